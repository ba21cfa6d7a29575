"""PDF tables by pdfium: 第1页表1 and so on. Pages are read one by one; pictures are never decoded."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.readers.base import (
    GARBLED,
    TEXT,
    Cell,
    CellError,
    Limits,
    Note,
    RawRow,
    RawSheet,
    TooLarge,
    Unreadable,
    damaged,
)
from ingest.readers.glyph import Glyph, Line, lines_of
from ingest.readers.half_ruled import rows_below
from ingest.readers.lattice import SNAP, Grid, RulingEdge, aligned_tables, ruled_tables

FORM_DEPTH = 12  # forms within forms
HEADER_ROWS = 2  # of a table that may be ruled at its header alone
WIDE = 3  # borders that text beside a ruled table has at least, to be a table too
MOST_OBJECTS = 200_000  # on a page
_THIN = 1.5  # how far a line may lean, in points
_GARBLED = {0, 0xFFFD, 0xFFFE, 0xFFFF}
_SCAN = "用文字识别（OCR）软件转成 Excel 或 Word，核对后再导入"
_PRINT = "用 Word 或 WPS 打开并另存为 .docx，或另存一份 PDF 后再导入"
_UNRULED = Note("表格没有框线或不全，没有框线的地方按文字的位置分行分列", "请核对各列；有框线的表格读得更准")


class Matrix(NamedTuple):
    """How a form or a path is laid on the page, as PDF writes it."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def then(self, n: Matrix) -> Matrix:
        """First this, then another."""
        return Matrix(
            *(self.a * n.a + self.b * n.c, self.a * n.b + self.b * n.d),
            *(self.c * n.a + self.d * n.c, self.c * n.b + self.d * n.d),
            *(self.e * n.a + self.f * n.c + n.e, self.e * n.b + self.f * n.d + n.f),
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


class _Holder(NamedTuple):
    """A page or a form: how its objects are got, how many there are, and how it lies on the page."""

    object_at: Callable[..., ctypes.c_void_p]
    handle: ctypes.c_void_p
    size: int
    matrix: Matrix = Matrix()
    depth: int = 0


def _opened(path: Path, name: str, limits: Limits) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(name, "文件有打开密码", "取消密码后另存再导入") from error
        raise damaged(name, "PDF", _PRINT) from error
    if len(document) > limits.pages:
        raise TooLarge(name, "页数", len(document), limits.pages)
    return document


def read_prose(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The lines of a document and its ruled tables, as they follow each other. Raises Unreadable and TooLarge."""
    document = _opened(path, name, limits)
    empty = True
    for number in range(1, len(document) + 1):
        glyphs, edges = _page(document, number, name)
        grids, rest = ruled_tables(edges, glyphs)
        lines = lines_of(rest)
        empty &= not glyphs
        top = float("-inf")
        for place, grid in enumerate([*grids, None], 1):
            bottom = grid.top + SNAP if grid else float("inf")
            here = [RawRow(i, [t.spaced()]) for i, t in enumerate(lines, 1) if top < t.top < bottom]
            yield RawSheet(f"第{number}页{TEXT}", iter(here), named=False)
            if grid:
                yield RawSheet(f"第{number}页表{place}", _rows(grid), named=False, merges=grid.merges)
                top = grid.bottom - SNAP
    if empty:
        raise Unreadable(name, "PDF 里没有文字，可能是扫描件或图片", _SCAN)


def read_pdf(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The tables of a document, page by page. Raises Unreadable and TooLarge."""
    document = _opened(path, name, limits)
    pages = len(document)
    blank: list[int] = []
    before: Grid | None = None
    for number in range(1, pages + 1):
        glyphs, edges = _page(document, number, name)
        if not glyphs:
            blank.append(number)
            continue
        grids, lines = _tables_on(glyphs, edges)
        for place, grid in enumerate(grids, 1):
            sheet = RawSheet(f"第{number}页表{place}", _rows(grid), named=False)
            sheet.above = _lines_over(grid, grids, lines)
            last = grids[place - 2] if place > 1 else before
            sheet.follows = last is not None and _goes_on(last, grid)
            sheet.parted = place > 1 and bool(sheet.above)
            sheet.merges = grid.merges
            if not grid.ruled:
                sheet.notes.append(_UNRULED)
            yield sheet
        before = next((g for g in reversed(grids) if g.ruled), grids[-1]) if grids else None
    if len(blank) == pages:
        raise Unreadable(name, "PDF 里没有文字，可能是扫描件或图片", _SCAN)
    for number in blank:
        yield RawSheet(f"第{number}页", _no_text(name), named=False)


def _tables_on(glyphs: Sequence[Glyph], edges: Sequence[RulingEdge]) -> tuple[list[Grid], list[Line]]:
    """The tables of a page, those that are ruled first, and the lines outside of them."""
    grids, rest = ruled_tables(edges, glyphs)
    lines = lines_of(rest)
    for grid in grids:
        beside = [g for g in grids if g.columns[0] < grid.columns[-1] and grid.columns[0] < g.columns[-1]]
        within = [_between(t, grid.columns[0], grid.columns[-1]) for t in lines] if len(beside) < len(grids) else lines
        end = min((g.top for g in beside if g.top > grid.bottom), default=float("inf"))
        rows = rows_below([t for t in within if t.glyphs], grid.columns, grid.bottom, end)
        if rows and grid.height <= HEADER_ROWS and (grid.height == 1 or len(rows) > 1):
            grid.go_on(rows)
            taken = {id(g) for row in rows for t in row for g in t.glyphs}
            lines = [Line(left) for t in lines if (left := [g for g in t.glyphs if id(g) not in taken])]
    wide = [g for g in aligned_tables(lines) if not grids or len(g.columns) > WIDE]
    return [*grids, *wide], lines


def _between(line: Line, left: float, right: float) -> Line:
    return Line([g for g in line.glyphs if left - SNAP <= (g.x0 + g.x1) / 2 <= right + SNAP])


def _lines_over(grid: Grid, grids: Sequence[Grid], lines: Sequence[Line]) -> list[str]:
    """The lines between a table and the one over it; of tables side by side each has what stands over its columns."""
    over = max((g.bottom for g in grids if g.bottom < grid.top), default=float("-inf"))
    between = [t for t in lines if over - SNAP < t.top and t.bottom < grid.top + SNAP][-3:]
    if not any(g is not grid and g.top < grid.bottom and grid.top < g.bottom for g in grids):
        return [t.spaced() for t in between]
    left, right = grid.columns[0], grid.columns[-1]
    return [part.spaced() for t in between if (part := _between(t, left, right)).glyphs]


def _goes_on(before: Grid, grid: Grid) -> bool:
    """Whether a table at the top of a page has the columns of the one that ended the page before."""
    pairs = list(zip(before.columns, grid.columns, strict=False))
    return len(before.columns) == len(grid.columns) and all(abs(a - b) <= 2 * SNAP for a, b in pairs)


def _no_text(name: str) -> Iterator[RawRow]:
    raise Unreadable(name, "这一页没有文字，可能是扫描件或图片，没有读取", _SCAN)
    yield


def _rows(grid: Grid) -> Iterator[RawRow]:
    for r in range(grid.height):
        yield RawRow(r + 1, [_cell(grid.cells.get((r, column))) for column in range(len(grid.columns) - 1)])


def _cell(text: str | None) -> Cell:
    if text and GARBLED in text:
        return CellError(text, "garbled")
    return text


def _page(document: pdfium.PdfDocument, number: int, name: str) -> tuple[list[Glyph], list[RulingEdge]]:
    """What is written and what is ruled on a page."""
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise Unreadable(name, f"第 {number} 页已损坏", _PRINT) from error
    turn = page.get_rotation()
    glyphs = list(_glyphs(text.raw, turn))
    edges = list(_edges(page.raw, turn, number, name)) if glyphs else []
    text.close()
    page.close()
    return glyphs, edges


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of the page (y upwards) as it is shown (y downwards)."""
    return {90: (y, x), 180: (-x, y), 270: (-y, -x)}.get(turn, (x, -y))


def _glyphs(text: ctypes.c_void_p, turn: int) -> Iterator[Glyph]:
    box = c.FS_RECTF()
    high = 0
    for index in range(c.FPDFText_CountChars(text)):
        code = c.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond 16 bits
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        character = GARBLED if code in _GARBLED or 0xD800 <= code < 0xE000 else chr(code)
        unseen = c.FPDFText_IsGenerated(text, index) or character in "\r\n"
        if unseen or not c.FPDFText_GetLooseCharBox(text, index, box):
            continue
        (x0, y0), (x1, y1) = _turned(box.left, box.top, turn), _turned(box.right, box.bottom, turn)
        yield Glyph(character, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _edges(page: ctypes.c_void_p, turn: int, number: int, name: str) -> Iterator[RulingEdge]:
    """The level and upright strokes of a page, those within forms too."""
    stack = [_Holder(c.FPDFPage_GetObject, page, c.FPDFPage_CountObjects(page))]
    seen = 0
    while stack:
        holder = stack.pop()
        for index in range(holder.size):
            seen += 1
            if seen > MOST_OBJECTS:
                raise TooLarge(name, f"第 {number} 页的图形数", f"{seen} 以上", MOST_OBJECTS)
            item = holder.object_at(holder.handle, index)
            kind = c.FPDFPageObj_GetType(item)
            if kind == c.FPDF_PAGEOBJ_PATH:
                yield from _strokes(item, _matrix_of(item).then(holder.matrix), turn)
            elif kind == c.FPDF_PAGEOBJ_FORM and holder.depth < FORM_DEPTH:
                inner, size = _matrix_of(item).then(holder.matrix), c.FPDFFormObj_CountObjects(item)
                stack.append(_Holder(c.FPDFFormObj_GetObject, item, size, inner, holder.depth + 1))


def _matrix_of(item: ctypes.c_void_p) -> Matrix:
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(item, matrix):
        return Matrix()
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _strokes(path: ctypes.c_void_p, matrix: Matrix, turn: int) -> Iterator[RulingEdge]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:  # a clip, not a drawing
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = at = (0.0, 0.0)
    for index in range(min(c.FPDFPath_CountSegments(path), MOST_OBJECTS)):
        segment = c.FPDFPath_GetPathSegment(path, index)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        before, at = at, _turned(*matrix.point(x.value, y.value), turn)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            start = at
        elif kind == c.FPDF_SEGMENT_LINETO:
            yield from _edge(before, at)
        if c.FPDFPathSegment_GetClose(segment):
            yield from _edge(at, start)


def _edge(start: tuple[float, float], end: tuple[float, float]) -> Iterator[RulingEdge]:
    (x0, y0), (x1, y1) = start, end
    if abs(x1 - x0) <= _THIN < abs(y1 - y0):
        yield RulingEdge(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
    elif abs(y1 - y0) <= _THIN < abs(x1 - x0):
        yield RulingEdge(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
