"""Which of several choices are ticked, in the many ways in which people tick."""

from __future__ import annotations

import re

from graph.text import norm

TICKS, BOXES = "☑☒✅✓✔√■●◉⦿⊙🗹🗷", "□☐○◯◻▢⬜"
_FILLED = re.compile(r"[(\[{〔【]\s*[√✓✔☑☒■●vVxX×*]\s*[)\]}〕】]")
_EMPTY = re.compile(r"[(\[{〔【]\s*[)\]}〕】]")
_TOKEN = re.compile(rf"[{TICKS}{BOXES}]|[^{TICKS}{BOXES}\s,;、，；]+|[\s,;、，；]+")
_TICK, _BOX = "☑", "□"


def ticked(text: str) -> list[str] | None:
    """The choices that are ticked; None where the text is no choice at all.

    >>> ticked("☑是 □否"), ticked("是√  否"), ticked("（√）是（ ）否"), ticked("是（ ）否（√）"), ticked("是 √否")
    (['是'], ['是'], ['是'], ['否'], ['否'])
    >>> ticked("□是 □否"), ticked("√"), ticked("锯床")
    ([], None, None)
    """
    plain = _EMPTY.sub(_BOX, _FILLED.sub(_TICK, norm(text)))
    tokens = [_kind(t) for t in _TOKEN.findall(plain)]
    labels = [t for t in tokens if t not in (_TICK, _BOX, " ")]
    if tokens and all(t in (_BOX, " ") for t in tokens):
        return []  # a box of its own that is not ticked
    if len(labels) == len([t for t in tokens if t != " "]) or not labels:
        return None
    signs = [i for i, t in enumerate(tokens) if t in (_TICK, _BOX)]
    before = tokens[0] in (_TICK, _BOX) or all(_leads(tokens, i) for i in signs)
    choices = (_label(tokens, i, 1 if before else -1) for i in signs if tokens[i] == _TICK)
    return list(dict.fromkeys(c for c in choices if c))


def _kind(token: str) -> str:
    return _TICK if token in TICKS else _BOX if token in BOXES else token.strip(" \n\r\t,;、，；") or " "


def _leads(tokens: list[str], sign: int) -> bool:
    """Whether a sign stands close before a label and apart from the one before it."""
    apart = sign == 0 or tokens[sign - 1] == " "
    return apart and sign + 1 < len(tokens) and tokens[sign + 1] not in (" ", _TICK, _BOX)


def _label(tokens: list[str], sign: int, step: int) -> str:
    at = sign + step
    while 0 <= at < len(tokens) and tokens[at] == " ":
        at += step
    return tokens[at] if 0 <= at < len(tokens) and tokens[at] not in (_TICK, _BOX) else ""
