"""A paper under construction: what it says, in order. `viz.paper.files` writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from viz.drawing.svg import clean_xml, size_of
from viz.paper.blocks import (
    Block,
    ContentsBlock,
    HeadingBlock,
    PageBreak,
    PictureBlock,
    TableBlock,
    TextBlock,
    TurnBlock,
)
from viz.paper.columns import column_widths
from viz.paper.styles import SIDE_W, STYLES, TEXT_W, ParagraphStyle

POINTS = 72 / 25.4  # of a millimetre


@dataclass(slots=True)
class Paper:
    """Blocks in order, numbered as they come; the same blocks give the same bytes. `notice` stands at the head of each page.

    Example:
        >>> paper = Paper("示例报告", date(2026, 1, 1))
        >>> paper.heading("一、概况")
        >>> paper.table("企业", ("名称", "产值"), [("示例甲厂", 12)])
        >>> list(paper.texts())
        ['一、概况', '表1　企业', '名称', '产值', '示例甲厂', '12']
    """

    name: str
    day: date
    landscape: bool = False
    notice: str = ""
    styles: Mapping[str, ParagraphStyle] = field(default_factory=lambda: STYLES)
    blocks: list[Block] = field(init=False, default_factory=list)
    _side: bool = field(init=False)
    _tables: int = field(init=False, default=0)
    _pictures: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._side = self.landscape

    # -- words ------------------------------------------------------------------------------------

    def line(self, text: str, style: str = "body", *, bold: bool = False) -> None:
        """A paragraph in one of the styles of `viz.paper.styles`."""
        self.blocks.append(TextBlock(clean_xml(text), style, bold=bold))

    def cover(self, text: str) -> None:
        """The title of a document that has a cover."""
        self.line(text, "cover")

    def title(self, text: str) -> None:
        """The title at the head of a page."""
        self.line(text, "title")

    def centred(self, text: str) -> None:
        """A centred line."""
        self.line(text, "centred")

    def say(self, text: str, *, bold: bool = False) -> None:
        """A paragraph of body text, its first line indented by two characters."""
        self.line(text, bold=bold)

    def hold_last(self) -> None:
        """The last paragraph stays on the page of what follows."""
        if isinstance(last := self.blocks[-1], TextBlock):
            self.blocks[-1] = replace(last, hold=True)

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading of level 1 to 3."""
        if new_page:
            self.new_page()
        self.blocks.append(HeadingBlock(clean_xml(text), level))

    def contents(self) -> None:
        """The table of contents, with the pages on which the headings stand."""
        self.line("目　录", "contents")
        self.blocks.append(ContentsBlock())

    # -- tables and pictures ----------------------------------------------------------------------

    def table(self, caption: str, headers: Sequence[str], rows: Iterable[Sequence[object]], size: float = 10.5) -> None:
        """A table: caption above, header repeated on each page, no row broken, columns as wide as what stands in them."""
        listed = [tuple(row) for row in rows]
        texts = tuple(tuple("" if c is None else clean_xml(c) for c in row) for row in listed)
        centred = frozenset(
            place for place in range(len(headers)) if any(isinstance(row[place], int) for row in listed)
        )
        self._tables += 1
        widths = column_widths(headers, texts, size, self.text_width * POINTS)
        self.blocks.append(TableBlock(self._tables, clean_xml(caption), tuple(headers), texts, widths, centred, size))

    def picture(self, svg: str, caption: str, *, width: float | None = None, height: float = 195) -> None:
        """A drawing fitted into a width and a height (mm), with its caption beneath."""
        drawn_w, drawn_h = size_of(svg)
        scale = min((width or self.text_width) / drawn_w, height / drawn_h)
        self._pictures += 1
        self.blocks.append(PictureBlock(self._pictures, clean_xml(caption), svg, drawn_w * scale, drawn_h * scale))

    # -- pages ------------------------------------------------------------------------------------

    @property
    def text_width(self) -> float:
        """How wide the text of a page is here, in millimetres."""
        return SIDE_W if self._side else TEXT_W

    def new_page(self) -> None:
        """The next thing begins a page."""
        self.blocks.append(PageBreak())

    def turn(self, landscape: bool) -> None:
        """From here on the pages lie on their side, or stand again."""
        self._side = landscape
        self.blocks.append(TurnBlock(landscape))

    # -- what it is in the end --------------------------------------------------------------------

    def texts(self) -> Iterator[str]:
        """Every sentence, heading, caption and cell, in order."""
        for block in self.blocks:
            match block:
                case TextBlock(text=text) | HeadingBlock(text=text):
                    yield text
                case TableBlock():
                    yield f"表{block.number}　{block.caption}"
                    yield from block.headers
                    for row in block.rows:
                        yield from row
                case PictureBlock():
                    yield f"图{block.number}　{block.caption}"
