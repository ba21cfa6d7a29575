"""A sheet that is read on the screen and printed on A4 lying on its side: title, unit and day above, the header on every
page and always in sight, no type smaller than 9 pt, columns as wide as what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import starmap
from math import ceil, sqrt
from typing import Any

from viz.fonts import text_width
from viz.report.sheets import Book
from viz.theme import HEAD, SOFT

SIZE = 9.5  # points; programs that shrink a sheet by a hair to fit its width stay above 9
ACROSS = 1000  # pixels of a printed line, 96 to the inch: 297 mm less the margins, less what programs round up
CHAR = SIZE * 96 / 72  # pixels of a character as wide as high
BOLD = 1.12  # how much wider bold type is, brackets above all
PADDING, EDGE = 9, 5  # pixels of a cell that no text takes: at ease, at least
A4 = 9  # as Excel counts papers
LINE = 12.6  # points from line to line
TALLEST = 400.0  # points of a row, as programs allow
NARROWEST, SCREEN = 2, 26  # characters: of a printed column, and of a column for the screen at most
_WHOLE = re.compile(r"[0-9A-Za-z.,%+\-—]+")  # never broken over lines
_FORMATS = {"0%": "{:.0%}", "0.0": "{:.1f}", "0.0#": "{:.2f}", "0": "{:.0f}"}  # of Excel and of Python
Line = Sequence["Cell"]


@dataclass(frozen=True, slots=True)
class Styled:
    """A value with a look of its own."""

    value: str | float | None
    color: str = ""
    fill: str = ""
    format: str = ""


Cell = str | float | Styled | None


@dataclass(frozen=True, slots=True)
class Band:
    """Rows under a band across the sheet; where there are none, `empty` stands there."""

    title: str
    rows: Sequence[Line]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """What a printed sheet holds. Only the first `printed` columns go on paper; the rest is for the screen."""

    name: str
    title: str
    columns: Sequence[str]
    parts: Sequence[Band]
    left: str = ""  # the unit, under the title
    right: str = ""  # the day, on the same line
    above: Sequence[str] = ()
    notes: Sequence[str] = field(default=())
    frozen: int = 1
    printed: int = 0
    room: Mapping[str, float] = field(default_factory=dict)  # characters at least, of a column that people write in
    bare: bool = False  # the header is the first row, as it is read back; the title stands in the margin

    @property
    def on_paper(self) -> int:
        """How many columns are printed."""
        return self.printed or len(self.columns)

    @property
    def rows(self) -> list[Line]:
        """The rows of all parts."""
        return [row for part in self.parts for row in part.rows]


def widths_of(sheet: PrintedSheet) -> list[float]:
    """How wide each column is, in pixels: those on paper fill a line together."""
    rows, paper = sheet.rows, sheet.on_paper
    wanted, least = [], []
    for place, caption in enumerate(sheet.columns):
        texts = [text_of(row[place]) for row in rows]
        longest = max((_wide(line) for text in texts for line in text.split("\n")), default=0)
        head = [_wide(line) * BOLD for line in _head(caption).split("\n")]
        header = head[0] / 2 if len(head) == 1 and len(caption) > 4 else sum(head) if sheet.bare else max(head)
        whole = max((_wide(token) for text in texts for token in _WHOLE.findall(text) if len(token) < 14), default=0)
        low = max(whole, header, sheet.room.get(caption, NARROWEST) * CHAR)
        least.append(low + PADDING)
        wanted.append(max(longest, low) + PADDING)
    screen = [max(low, min(want, SCREEN * CHAR)) for low, want in zip(least[paper:], wanted[paper:], strict=True)]
    return [*shared(wanted[:paper], least[:paper], ACROSS), *screen]


def shared(wanted: Sequence[float], least: Sequence[float], across: float) -> list[float]:
    """A width for each column, all together as wide as the line: what is narrow gets what it wants, long texts share the
    rest by the root of their length.

    >>> shared([100, 300], [10, 10], 1000)
    [250.0, 750.0]
    >>> [round(w) for w in shared([100, 900, 8100], [10, 10, 10], 1000)]
    [77, 231, 692]
    """
    if sum(wanted) <= across:
        return [across * w / sum(wanted) for w in wanted]
    given: dict[int, float] = {}
    while True:
        open_ = [i for i in range(len(wanted)) if i not in given]
        rest = across - sum(given.values())
        roots = sum(sqrt(wanted[i]) for i in open_)
        shares = {i: rest * sqrt(wanted[i]) / roots for i in open_}
        settled = {i: wanted[i] for i in open_ if wanted[i] <= shares[i]} or {
            i: least[i] for i in open_ if least[i] > shares[i]
        }
        if not settled or len(settled) == len(open_):
            return [(given | shares)[i] for i in range(len(wanted))]
        given |= settled


def text_of(cell: Cell) -> str:
    """What a cell shows.

    >>> text_of(Styled(0.5, format="0%")), text_of(12.0), text_of(None)
    ('50%', '12', '')
    """
    if isinstance(cell, Styled):
        shown = _FORMATS.get(cell.format)
        return shown.format(cell.value) if shown and isinstance(cell.value, int | float) else text_of(cell.value)
    return f"{cell:g}" if isinstance(cell, float) else "" if cell is None else str(cell)


def _head(caption: str) -> str:
    """A caption with its unit on a line of its own."""
    return caption.replace("(", "\n(") if len(caption) > 6 else caption


def _margin(text: str) -> str:
    """A text in the margin of a page: & is a code there, 255 characters are all that programs take, and a number right after
    the size of the type would be read as part of it."""
    return " " * text[:1].isdigit() + text.replace("&", "&&")[:100]


def _wide(text: str) -> float:
    return text_width(text, CHAR)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes; a little more than it fills, as no line is filled to its end."""
    inner = max(width - EDGE, CHAR)
    return sum(max(1, ceil(_wide(line) * (1.04 if _wide(line) > inner else 1) / inner)) for line in text.split("\n"))


def height_of(cells: Iterable[tuple[str, float]]) -> float:
    """The height in points of a row of texts in columns of some widths (pixels); programs differ in whether they see to it."""
    return min(TALLEST, LINE * max(starmap(_lines, cells), default=1) + 4)


class Printer:
    """A sheet being written into a book."""

    def __init__(self, book: Book, sheet: PrintedSheet) -> None:
        self._book, self._sheet = book, sheet
        self._page: Any = book.page(sheet.name)
        self._widths, self._last = widths_of(sheet), sheet.on_paper - 1
        self._styles: dict[tuple[str, str, str, bool], Any] = {}
        self._line = 0
        for place, width in enumerate(self._widths):
            self._page.set_column_pixels(place, place, round(width))

    def write(self) -> None:
        """Head, header, parts and notes, and how it is printed."""
        sheet, page = self._sheet, self._page
        if not sheet.bare:
            self._across(sheet.title, height=30, bold=True, font_size=16, align="center")
            self._ends()
            for text in sheet.above:
                self._across(text)
        header = self._line
        head = self._book.style(bold=True, bg_color=HEAD, border_color="black", text_wrap=True, font_size=SIZE, align="center", valign="vcenter")  # fmt: skip
        self._row(sheet.columns if sheet.bare else [_head(c) for c in sheet.columns], head)
        for part in sheet.parts:
            self._part(part)
        if not any(part.title for part in sheet.parts) and sheet.rows:
            page.autofilter(header, 0, self._line - 1, len(sheet.columns) - 1)
        for text in sheet.notes:
            self._across(text)
        page.freeze_panes(header + 1, sheet.frozen)
        page.repeat_rows(header)
        page.print_area(0, 0, max(self._line - 1, header), self._last)
        if sheet.bare:
            ends = "".join(
                f"&{side}&10{_margin(text)}" for side, text in (("L", sheet.left), ("R", sheet.right)) if text
            )
            page.set_header(f"&C&14{_margin(sheet.title)}{ends}")
        page.set_footer("&C第&P页，共&N页")
        page.set_paper(A4)
        page.set_margins(left=0.45, right=0.45, top=0.8 if sheet.bare else 0.6, bottom=0.6)
        page.center_horizontally()
        page.set_landscape()
        page.fit_to_pages(1, 0)

    def _part(self, part: Band) -> None:
        if part.title:
            self._across(part.title, height=20, bold=True, bg_color=SOFT, border=1, border_color="black")
        for row in part.rows:
            self._row(row)
        if not part.rows and part.empty:
            self._across(part.empty, border=1, border_color="black")

    def _across(self, text: str, *, height: float = 0, **own: object) -> None:
        """A line over all printed columns."""
        style = self._book.plain(valign="vcenter", text_wrap=True, **{"font_size": SIZE + 0.5, **own})
        self._page.set_row(self._line, height or height_of([(text, sum(self._widths[: self._last + 1]))]) + 2)
        if self._last:
            self._page.merge_range(self._line, 0, self._line, self._last, "", style)
        self._page.write_string(self._line, 0, text, style)
        self._line += 1

    def _ends(self) -> None:
        """The unit on the left, the day on the right; each over half of the columns, so that neither is cut."""
        left, right = self._sheet.left, self._sheet.right
        if not left and not right:
            return
        if self._last < 1:
            self._across(f"{left}　{right}".strip("　"))
            return
        total, cut = sum(self._widths[: self._last + 1]), 0
        while cut < self._last - 1 and sum(self._widths[: cut + 1]) < total / 2:
            cut += 1
        self._page.set_row(self._line, 18)
        for first, last, text, align in ((0, cut, left, "left"), (cut + 1, self._last, right, "right")):
            style = self._book.plain(font_size=SIZE + 0.5, align=align, valign="vcenter")
            if last > first:
                self._page.merge_range(self._line, first, self._line, last, "", style)
            self._page.write_string(self._line, first, text, style)
        self._line += 1

    def _row(self, cells: Line, style: Any = None) -> None:
        texts = [text_of(c) for c in cells[: self._last + 1]]
        self._page.set_row(self._line, height_of(zip(texts, self._widths, strict=False)))
        for place, cell in enumerate(cells):
            self._cell(place, cell, style)
        self._line += 1

    def _cell(self, place: int, cell: Cell, style: Any) -> None:
        own = cell if isinstance(cell, Styled) else Styled(cell)
        style = style or self._style(own)
        if own.value is None or own.value == "":
            self._page.write_blank(self._line, place, None, style)
        elif isinstance(own.value, str):
            self._page.write_string(self._line, place, own.value, style)
        else:
            self._page.write_number(self._line, place, own.value, style)

    def _style(self, own: Styled) -> Any:
        number = isinstance(own.value, int | float)
        key = (own.color, own.fill, own.format, number)
        if key not in self._styles:
            look = {"font_color": own.color, "bg_color": own.fill, "num_format": own.format, "align": "center" * number}
            self._styles[key] = self._book.style(
                text_wrap=True, font_size=SIZE, border_color="black", **{k: v for k, v in look.items() if v}
            )
        return self._styles[key]


def print_sheet(book: Book, sheet: PrintedSheet) -> None:
    """Write a sheet that fits on A4 lying on its side."""
    Printer(book, sheet).write()
