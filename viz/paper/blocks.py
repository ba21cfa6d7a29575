"""What a paper is made of, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Text in one of the styles of `viz.paper.styles`; `hold` keeps it with what follows."""

    text: str
    style: str = "body"
    hold: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading of level 1 to 3; the contents list the first two."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Headers and rows as text; `widths` in points add up to the width of the page's text. Whole numbers stand centred."""

    number: int
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    centred: frozenset[int]  # columns
    size: float


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A drawing (SVG) with its size on paper, in millimetres."""

    number: int
    caption: str
    svg: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ContentsBlock:
    """The table of contents."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class TurnBlock:
    """From here on the pages lie on their side, or stand again."""

    landscape: bool


Block = TextBlock | HeadingBlock | TableBlock | PictureBlock | ContentsBlock | PageBreak | TurnBlock
