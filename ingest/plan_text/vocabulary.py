"""The words of `words.yaml` as patterns, and numbers as plans write them: 2,200, 1.5, 三, 一百二十."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.text import norm

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
NUMERAL = "零〇一二两三四五六七八九十百千"
NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@cache
def words() -> dict[str, Any]:
    """What stands in the file."""
    data: dict[str, Any] = yaml.safe_load((files("ingest.plan_text") / "words.yaml").read_text("utf-8"))
    return data


def any_of(items: Iterable[str]) -> str:
    """A pattern of any of some words, longer ones first."""
    return "|".join(re.escape(w) for w in sorted(set(items), key=lambda w: (-len(w), w)))


@cache
def bound_of() -> dict[str, str]:
    """What each word right before a number makes of it: at_least, above, at_most ..."""
    return {w: kind for kind, listed in words()["bounds"].items() for w in listed}


@cache
def trailing_bound() -> re.Pattern[str]:
    """The words right before a number, at the end of the text before it."""
    return re.compile(f"(?:{any_of(bound_of())})$")


def number_of(text: str) -> float:
    """The number that digits or Chinese numerals write.

    >>> number_of("2,200"), number_of("1.5"), number_of("十"), number_of("一百二十"), number_of("两"), number_of("二〇三〇")
    (2200.0, 1.5, 10.0, 120.0, 2.0, 2030.0)
    """
    text = norm(text).replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    if len(text) > 1 and not any(c in _TENS or c in _MYRIADS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    whole = part = 0
    digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            part += (digit or 1) * _TENS[char]
            digit = 0
        else:
            whole = (whole + part + digit) * _MYRIADS[char]
            part = digit = 0
    return float(whole + part + digit)
