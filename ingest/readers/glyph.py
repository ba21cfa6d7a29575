"""Characters on a drawn page, and the lines of text that they make. Pure geometry.

Lengths are points; x grows to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs that stand side by side."""

    glyphs: list[Glyph]

    @property
    def top(self) -> float:
        """Where the line begins."""
        return min(g.y0 for g in self.glyphs)

    @property
    def bottom(self) -> float:
        """Where the line ends."""
        return max(g.y1 for g in self.glyphs)

    def text(self) -> str:
        """What it says, with a space where words of letters stand apart."""
        text = self.glyphs[0].text
        for before, glyph in zip(self.glyphs, self.glyphs[1:], strict=False):
            apart = glyph.x0 - before.x1 > 0.25 * (glyph.y1 - glyph.y0)
            text += f" {glyph.text}" if apart and (before.text + glyph.text).isascii() else glyph.text
        return text

    def spaced(self) -> str:
        """What it says, with a space where it stands far apart: a title on the left, 单位：亿元 on the right."""
        parts: list[list[Glyph]] = []
        for glyph in self.glyphs:
            if not parts or glyph.x0 - parts[-1][-1].x1 > 2.5 * (glyph.y1 - glyph.y0):
                parts.append([])
            parts[-1].append(glyph)
        return " ".join(Line(part).text() for part in parts)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs as lines from top to bottom, each from left to right."""
    lines: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.y0 + g.y1):
        y, height = (glyph.y0 + glyph.y1) / 2, glyph.y1 - glyph.y0
        if not lines or y - middle > max(height / 2, 2.0):
            lines.append([])
            middle = y
        lines[-1].append(glyph)
    return [Line(sorted(line, key=lambda g: g.x0)) for line in lines]


def wrapped(lines: Sequence[Line], width: float) -> str:
    """The text of a cell: a line that had no room for one more character goes on in the next one.

    >>> full = [Line([Glyph("锯", 0, 0, 10, 10)]), Line([Glyph("条", 0, 12, 10, 22)])]
    >>> wrapped(full, 12), wrapped(full, 90)
    ('锯条', '锯\\n条')
    """
    text = ""
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        text += line.text()
        if after:
            last, first = line.glyphs[-1], after.glyphs[0]
            room = width - (last.x1 - line.glyphs[0].x0)
            words = last.text.isalpha() and first.text.isalpha() and (last.text + first.text).isascii()
            text += ("" if not words else " ") if room < first.x1 - first.x0 else "\n"
    return text
