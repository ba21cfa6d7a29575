"""The vendored Chinese font, and how wide a text is in it."""

from __future__ import annotations

import unicodedata
from importlib.resources import as_file, files
from pathlib import Path

FONT_FILE = "NotoSansSC-GBK.otf"
FAMILY = "Lianpu Sans SC"
_NARROW = frozenset("ijlI.,:;'|!()[]{}ft ")
_WIDE = frozenset("mwMWGOQ@%&")
NEVER_FIRST = frozenset("，。、；：！？）》”’…·,.;:!?)")  # marks that begin no line
NEVER_LAST = frozenset("（《“‘(")  # and those that end none


def font_path() -> Path:
    """The font as a file on disk."""
    with as_file(files("viz.fonts") / FONT_FILE) as path:
        return path


def text_width(text: str, size: float) -> float:
    """How wide a text is, in the unit of `size`; wide enough, never too narrow by much.

    >>> text_width("锯床", 14)
    28.0
    """
    total = 0.0
    for char in text:
        if unicodedata.east_asian_width(char) in "WFA":
            total += 1.0
        elif char in _NARROW:
            total += 0.36
        elif char in _WIDE:
            total += 0.9
        else:
            total += 0.6
    return round(total * size, 3)


def fit(text: str, size: float, width: float) -> str:
    """The text, shortened with … where it is too wide.

    >>> fit("数控系统与电气", 10, 45)
    '数控系…'
    """
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def wrap(text: str, size: float, width: float, lines: int = 2) -> list[str]:
    """The text in at most `lines` lines, the last one shortened.

    >>> wrap("弯管与管件成形装备", 10, 50)
    ['弯管与管件', '成形装备']
    """
    broken: list[str] = []
    rest = text
    while rest and len(broken) < lines - 1 and text_width(rest, size) > width:
        take = rest
        while len(take) > 1 and text_width(take, size) > width:
            take = take[:-1]
        while len(take) > 1 and (rest[len(take)] in NEVER_FIRST or take[-1] in NEVER_LAST):
            take = take[:-1]
        broken.append(take)
        rest = rest[len(take) :]
    return [*broken, fit(rest, size, width)] if rest else broken or [""]
