"""What the XML of an xlsx sheet says that calamine keeps silent about: errors, formulas without a value, hidden
rows and columns, long numbers, merged cells, and dates that show no day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.finding import column_letter
from ingest.readers.base import MB, Cell, CellError, Limits, Merge, TooLarge, letters_to_index
from ingest.readers.books.formats import PICTURE, Shown, SymbolFont
from ingest.readers.books.look import BookLook, Run, runs_in
from ingest.readers.symbols import signs

# One start tag of a row or a cell. What follows a cell up to the next such tag is its content, so that
# one pass over a sheet takes linear time whatever is in it.
_TAG = re.compile(rb"<(?:\w+:)?(row|c)((?:\s[^>]*)?)>")
_REF = re.compile(rb'\sr="([A-Za-z]{0,4})(\d{1,10})"')
_STYLE = re.compile(rb'\ss="(\d{1,6})"')
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>/]*)?>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# What a formula that shows a picture begins with; of its value, if it has one, nobody sees anything.
_PICTURE = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>\s*=?\s*(?:_xl\w+\.)*(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_LONG = re.compile(rb"<(?:\w+:)?v>\d{16,}</")
_FAR = re.compile(rb'\sr="(?:[A-Za-z]{3,4}\d+|[A-Za-z]{1,2}\d{7,})"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})"')


@dataclass(slots=True)
class Marks:
    """What the XML of a sheet says beyond calamine's values; cells by (row from 1, column from 0)."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    shown: dict[tuple[int, int], Shown] = field(default_factory=dict)  # what their styles show
    hidden_rows: set[int] = field(default_factory=set)


class CellTag(NamedTuple):
    """A cell of a sheet's XML: where it stands (row from 1, column from 0), its attributes and its content."""

    row: int
    column: int
    attributes: bytes
    start: int
    end: int


def hidden_columns(text: bytes, limits: Limits) -> list[int]:
    """The columns that nobody sees, counted from 0."""
    hidden: list[int] = []
    rows = text.find(b"sheetData")
    for tag in _COLUMNS.findall(text, 0, rows if rows >= 0 else len(text)):
        low, high = re.search(rb'\smin="(\d+)"', tag), re.search(rb'\smax="(\d+)"', tag)
        if _HIDDEN.search(tag) and low and high:
            hidden += range(int(low[1]) - 1, min(int(high[1]), limits.columns))
    return hidden


def merges_in(text: bytes, limits: Limits) -> list[Merge]:
    """The merged cells that lie within the limits."""
    merges = [
        Merge(int(m[2]), letters_to_index(m[1].decode().upper()), int(m[4]), letters_to_index(m[3].decode().upper()))
        for m in _MERGE.finditer(text)
    ]
    return [m for m in merges if m.first <= m.last <= limits.rows and m.left <= m.right]


def _cells(text: bytes) -> Iterator[CellTag]:
    """Every cell, whether it says where it is or not."""
    row, column = 0, -1
    before: re.Match[bytes] | None = None  # the tag whose content goes up to this one
    for tag in _TAG.finditer(text):
        if before:
            yield CellTag(row, column, before[2], before.end(), tag.start())
        before = None
        ref = _REF.search(tag[2])
        if tag[1] == b"row":
            row, column = int(ref[2]) if ref else row + 1, -1
            continue
        if ref and ref[1]:
            row, column = int(ref[2]), letters_to_index(ref[1].decode().upper())
        else:
            column += 1
        if not tag[2].endswith(b"/"):
            before = tag
    if before:
        yield CellTag(row, column, before[2], before.end(), len(text))


def check_extent(text: bytes, file: str, limits: Limits) -> None:
    """Raise TooLarge for a cell far from the others: the table would fill the memory with blanks."""
    if not _FAR.search(text):
        return
    last_row = last_column = 0
    for cell in _cells(text):
        content = text[cell.start : cell.end]
        if b"<v" not in content and b":v" not in content and b"<is" not in content:
            continue
        if cell.column >= limits.columns:
            raise TooLarge(file, "列数", cell.column + 1, limits.columns, _too_far(cell))
        if cell.row > limits.rows:
            raise TooLarge(file, "行数", cell.row, limits.rows, _too_far(cell))
        last_row, last_column = max(last_row, cell.row), max(last_column, cell.column)
    room = limits.memory_mb * MB // 64
    if last_row * last_column > room:
        extent = f"{last_row} 行 × {last_column + 1} 列"
        raise TooLarge(file, "表格范围", extent, f"{room} 格", "删除离数据很远的单元格，或拆分工作表后再导入")


def _too_far(cell: CellTag) -> str:
    return f"单元格 {column_letter(cell.column)}{cell.row} 离数据太远；清除它或删去它所在的行和列后再导入"


def read_marks(text: bytes, look: BookLook) -> Marks:
    """The marks of a sheet."""
    marks = Marks(hidden_rows=set(_hidden_rows(text)) if _HIDDEN.search(text) else set())
    formulas = b"<f" in text or b":f" in text
    signs_used = bool(look.texts) or b"dings" in text
    if formulas or look.styles or signs_used or b't="e"' in text or _LONG.search(text):
        for cell in _cells(text):
            content = text[cell.start : cell.end]
            style = _STYLE.search(cell.attributes) if look.styles else None
            shown = look.styles.get(int(style[1])) if style else None
            mended = _mended(cell.attributes, content, look)
            if mended is None and signs_used and (runs := _runs(cell.attributes, content, look)):
                font = shown.name if isinstance(shown, SymbolFont) else ""
                mended = "".join(signs(run.text, run.font or font) for run in runs)
            if mended is not None:
                marks.cells[cell.row, cell.column] = mended
            elif shown:
                marks.shown[cell.row, cell.column] = shown
    return marks


def _runs(attributes: bytes, content: bytes, look: BookLook) -> list[Run] | None:
    """The pieces of a cell whose text is in several fonts."""
    if b't="s"' in attributes and (value := _VALUE.search(content)) and value[1].strip().isdigit():
        return look.texts.get(int(value[1]))
    return runs_in(content) if b't="inlineStr"' in attributes else None


def _hidden_rows(text: bytes) -> Iterator[int]:
    row = 0
    for tag in _TAG.finditer(text):
        if tag[1] == b"row":
            ref = _REF.search(tag[2])
            row = int(ref[2]) if ref else row + 1
            if _HIDDEN.search(tag[2]):
                yield row


def _mended(attributes: bytes, content: bytes, look: BookLook) -> CellError | int | str | None:
    """What a cell really holds, where calamine would say otherwise."""
    match = _VALUE.search(content)
    value = match[1] if match else b""
    if _PICTURE.search(content) or (look.pictures and value == b"#VALUE!" and b" vm=" in attributes):
        return PICTURE
    if b't="e"' in attributes:
        return CellError(value.decode("utf-8", "replace") or "#ERR")
    if not value and b't="str"' not in attributes and _FORMULA.search(content):
        return CellError("", "uncalculated")
    if value and b"t=" not in attributes and 15 < len(value) < 100 and value.isdigit():
        return int(value)
    return None
