"""Word tables: 表1, 表2 ... in the order of the document, with the heading and the lines over each.

Revisions are read as if accepted. Text boxes are no part of a cell, but a table in one is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest.readers.base import TEXT, Cell, Limits, Merge, Note, RawRow, RawSheet, damaged
from ingest.readers.container import elements, local, open_container
from ingest.readers.package import Package
from ingest.readers.symbols import is_symbol_font, sign_of, signs

_LINES_ABOVE = 2  # lines over a table that may be its title, beside the heading
# Removed by a revision, doubled, or about the text rather than text.
_NOT_TEXT = frozenset({"del", "moveFrom", "Fallback", "rt", "txbxContent", "instrText", "delText", "pPr", "rPr", "tbl"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_REVISED = Note("文档里有未处理的修订，按接受全部修订后的内容读取", "在 Word 中接受或拒绝修订后另存更稳妥")
_BOXED = Note("表格里有文本框，文本框里的文字没有读取", "需要的内容请直接写进单元格")
_HEADING = re.compile(r"heading|title|caption|标题|题注", re.IGNORECASE)


@dataclass(slots=True)
class _Place:
    """Where in the document we are: what stands over the next table."""

    headings: frozenset[str]  # styles of headings
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    count: int = 0
    width: int = 0  # of the table before; 0 once another part of the document begins
    parted: bool = False  # text stands after it


def read_docx(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The tables of a document; macros, pictures and links are never looked at. Raises TooLarge."""
    root, place = _opened(path, name, limits)
    if root is not None:
        yield from _tables(root, place)


def read_prose(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The paragraphs of a document and, where they stand between them, its tables. Raises TooLarge."""
    root, place = _opened(path, name, limits)
    lines: list[RawRow] = []
    number = 0
    for block in _blocks(root) if root is not None else ():
        if local(block) == "p":
            number += 1
            lines += [RawRow(number, [text]) for text in _text(block).splitlines() if text.strip()]
            continue
        if lines:
            yield RawSheet(TEXT, iter(lines), named=False)
            lines = []
        yield from _table(block, place)
    yield RawSheet(TEXT, iter(lines), named=False)


def _blocks(element: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, through what may hold them."""
    for child in element:
        if local(child) in ("p", "tbl"):
            yield child
        elif local(child) not in _NOT_TEXT:
            yield from _blocks(child)


def _opened(path: Path, name: str, limits: Limits) -> tuple[Element | None, _Place]:
    """The body of a document, and where reading begins."""
    with open_container(path, name, limits) as archive:
        package = Package(archive, name, limits)
        main = package.main("word/document.xml")
        if main is None:
            raise damaged(name, "Word 文档", "用 Word 或 WPS 打开并另存为 .docx 后再导入")
        styles = next((link.part for link in package.links(main) if link.kind == "styles" and link.part), None)
        place = _Place(_heading_styles(package.text(styles), name, limits) if styles else frozenset())
        root = None
        for element in elements(package.text(main), name, limits):
            root = element  # the last to close is the whole
    return root, place


def _heading_styles(data: bytes, name: str, limits: Limits) -> frozenset[str]:
    styles = set()
    for style in elements(data, name, limits):
        if local(style) == "style":
            inner = {local(e): _attribute(e, "val") for e in style.iter()}
            if _HEADING.match(inner.get("name", "")) or "outlineLvl" in inner:
                styles.add(_attribute(style, "styleId"))
    return frozenset(styles)


def _attribute(element: Element | None, name: str) -> str:
    items = element.attrib.items() if element is not None else ()
    return next((v for k, v in items if k.rpartition("}")[2] == name), "")


def _child(element: Element | None, *names: str) -> Element | None:
    for name in names:
        element = next((e for e in element if local(e) == name), None) if element is not None else None
    return element


def _tables(element: Element, place: _Place) -> Iterator[RawSheet]:
    """The tables within an element in order, those within a table after it."""
    for child in element:
        kind = local(child)
        if kind == "tbl":
            yield from _table(child, place)
        elif kind == "p":
            _note_paragraph(child, place)
            yield from _tables(child, place)
        elif kind not in _NOT_TEXT or kind == "txbxContent":
            yield from _tables(child, place)


def _note_paragraph(paragraph: Element, place: _Place) -> None:
    text = _text(paragraph).strip()
    if not text:
        return
    place.parted = True
    properties = _child(paragraph, "pPr")
    style = _attribute(_child(properties, "pStyle"), "val")
    if style in place.headings or _child(properties, "outlineLvl") is not None:
        place.heading, place.lines = text, []
        place.width = place.width if "续" in text else 0
    else:
        place.lines = [*place.lines[1 - _LINES_ABOVE :], text]


def _table(table: Element, place: _Place) -> Iterator[RawSheet]:
    place.count += 1
    # A number of its own: tables within this one count on.
    sheet = RawSheet(f"表{place.count}", iter(()), named=False)
    sheet.above = [t for t in (place.heading, *place.lines) if t]
    grid = [_Row(e) for e in _inside(table, "tr")]
    starts = max((row.starts() for row in grid), key=len, default=[])
    sheet.follows, sheet.parted = 0 < place.width == len(starts), place.parted
    rows, sheet.merges = _laid_out(grid, starts)
    sheet.rows = iter(rows)
    if any(local(e) in ("ins", "del", "moveFrom", "cellDel") for e in table.iter()):
        sheet.notes.append(_REVISED)
    if any(local(e) == "txbxContent" for e in table.iter()):
        sheet.notes.append(_BOXED)
    place.lines, place.width = [], 0
    yield sheet
    for cell in (c for row in grid for c in row.cells):
        place.lines = []
        yield from _tables(cell, place)
    place.lines, place.width, place.parted = [], len(starts), False


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through content controls and insertions."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) not in _NOT_TEXT and local(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, name)


class _Row:
    """A row of a table: its cells and the grid columns they take."""

    def __init__(self, element: Element) -> None:
        properties = _child(element, "trPr")
        self.deleted = _child(properties, "del") is not None
        self.hidden = _child(properties, "hidden") is not None
        before = _attribute(_child(properties, "gridBefore"), "val")
        self.before = int(before) if before.isdecimal() else 0
        self.cells = [c for c in _inside(element, "tc") if _child(c, "tcPr", "cellDel") is None]
        spans = [_attribute(_child(c, "tcPr", "gridSpan"), "val") for c in self.cells]
        self.spans = [max(1, min(int(s), 1000)) if s.isdecimal() else 1 for s in spans]

    def starts(self) -> list[int]:
        """The grid column in which each cell begins."""
        at, starts = self.before, []
        for span in self.spans:
            starts.append(at)
            at += span
        return starts


def _laid_out(grid: list[_Row], starts: list[int]) -> tuple[list[RawRow], list[Merge]]:
    """Rows and merges in the columns of the fullest row.

    Word's own grid has a column for every border that was ever dragged, which nobody sees: a row with as
    many cells as the fullest one has the same columns, and others are laid along its borders.
    """
    rows: list[RawRow] = []
    merges: list[Merge] = []
    tall: dict[int, Merge] = {}  # column -> the merged cell that may go on downwards
    for number, row in enumerate(grid, 1):
        if row.deleted:
            continue
        cells: list[Cell] = [None] * len(starts)
        going_on: dict[int, Merge] = {}
        for (first, last), cell in zip(_columns(row, starts), row.cells, strict=True):
            properties = _child(cell, "tcPr")
            merge = _child(properties, "vMerge")
            text = _cell_text(cell)
            if merge is not None and _attribute(merge, "val") != "restart" and first in tall:
                going_on[first] = tall[first]._replace(last=number)
                continue
            cells[first] = text if cells[first] is None else f"{cells[first]} {text or ''}".rstrip()
            if merge is not None:
                going_on[first] = Merge(number, first, number, last)
            elif last > first:
                merges.append(Merge(number, first, number, last))
        merges += [m for column, m in tall.items() if column not in going_on or going_on[column].first != m.first]
        tall = going_on
        rows.append(RawRow(number, cells, row.hidden))
    merges += tall.values()
    return rows, [m for m in merges if m.is_tall or m.width > 1]


def _columns(row: _Row, starts: list[int]) -> list[tuple[int, int]]:
    """First and last column of each cell of a row."""
    own = row.starts()
    if len(own) == len(starts):
        return [(i, i) for i in range(len(own))]
    places = []
    for at, span in zip(own, row.spans, strict=True):
        first = max(0, bisect_right(starts, at) - 1)
        places.append((first, max(first, bisect_right(starts, at + span - 1) - 1)))
    return places


def _cell_text(cell: Element) -> str | None:
    """The paragraphs of a cell, a line each."""
    text = "\n".join(t for p in _inside_cell(cell) if (t := _text(p).strip()))
    return text or None


def _inside_cell(element: Element) -> Iterator[Element]:
    for child in element:
        if local(child) == "p":
            yield child
        elif local(child) not in _NOT_TEXT:
            yield from _inside_cell(child)


def _text(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    font = _font(element)
    for child in element:
        kind = local(child)
        if kind == "t":
            yield signs(child.text or "", font) if font else child.text or ""
        elif kind in _BREAKS:
            yield _BREAKS[kind]
        elif kind == "sym":
            yield sign_of(_attribute(child, "char"), _attribute(child, "font"))
        elif kind in ("sdt", "ffData") and (sign := _check_box(child)):
            yield sign
        elif kind not in _NOT_TEXT:
            yield from _pieces(child)


def _font(run: Element) -> str | None:
    """The symbol font of a run, in which letters stand for signs."""
    fonts = _child(run, "rPr", "rFonts")
    return next(filter(is_symbol_font, (_attribute(fonts, which) for which in ("ascii", "hAnsi"))), None)


def _check_box(element: Element) -> str | None:
    """What a check box that can be clicked shows: a content control's, or an old form field's."""
    box = _child(element, "sdtPr", "checkbox") if local(element) == "sdt" else _child(element, "checkBox")
    if box is None:
        return None
    state = _child(box, "checked")
    if state is None:
        state = _child(box, "default")
    on = state is not None and _attribute(state, "val") not in ("0", "false", "off")
    return "☑" if on else "□"
