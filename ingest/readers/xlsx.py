"""xlsx by calamine, with what calamine keeps silent about read from the XML: errors, formulas without
a value, hidden rows and columns, long numbers, and dates that show no day."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import python_calamine as calamine

from ingest.finding import column_letter
from ingest.readers.base import (
    GARBLED,
    MB,
    Cell,
    CellError,
    Limits,
    Merge,
    RawRow,
    RawSheet,
    TooLarge,
    Unreadable,
    damaged,
    letters_to_index,
)
from ingest.readers.container import elements, local, open_container

# One start tag of a row or a cell. What follows a cell up to the next such tag is its content, so that
# one pass over a sheet takes linear time whatever is in it.
_TAG = re.compile(rb"<(?:\w+:)?(row|c)((?:\s[^>]*)?)>")
_REF = re.compile(rb'\sr="([A-Z]{0,4})(\d{1,10})"')
_STYLE = re.compile(rb'\ss="(\d{1,6})"')
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>/]*)?>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_LONG = re.compile(rb"<(?:\w+:)?v>\d{16,}</")
_FAR = re.compile(rb'\sr="(?:[A-Z]{3,4}\d+|[A-Z]{1,2}\d{7,})"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
DEFAULT_NAME = re.compile(r"(sheet|工作表|表)\s*\d*", re.IGNORECASE)
# Number formats that Excel knows by number alone and that show year and month only.
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})


@dataclass(slots=True)
class Marks:
    """What the XML of a sheet says beyond calamine's values; cells by (row from 1, column from 0)."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    coarse: dict[tuple[int, int], str] = field(default_factory=dict)  # dates that show "month" or "year" only
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[int] = field(default_factory=list)


def read_xlsx(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The sheets of a workbook; macros are never looked at. Raises Unreadable and TooLarge."""
    with open_container(path, name, limits) as archive:
        parts = _sheet_parts(archive, limits, name)
        styles, epoch = _coarse_styles(archive, limits, name), _epoch(archive)
        try:
            # Not by path: calamine would believe the suffix.
            book = calamine.CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        except calamine.PasswordError as error:
            raise Unreadable(name, "文件有打开密码", "在 Excel 中取消密码后另存再导入") from error
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise damaged(name) from error
        if len(book.sheet_names) > limits.sheets:
            raise TooLarge(name, "工作表数", len(book.sheet_names), limits.sheets)
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            named = not DEFAULT_NAME.fullmatch(meta.name)
            sheet = RawSheet(meta.name, iter(()), hidden, named)
            part = parts.get(meta.name)
            text = archive.read(part) if part in archive.NameToInfo else b""
            sheet.rows = _rows(book, sheet, text, (styles, epoch), limits, name)
            if _HIDDEN.search(text):
                sheet.hidden_columns = _hidden_columns(text, limits)
            sheet.merges = _merges(text, limits)
            yield sheet


def _sheet_parts(archive: zipfile.ZipFile, limits: Limits, name: str) -> dict[str, str]:
    """Sheet name -> part name."""
    links = archive.read("xl/_rels/workbook.xml.rels")
    targets = {e.attrib.get("Id", ""): e.attrib.get("Target", "") for e in elements(links, name, limits)}
    parts: dict[str, str] = {}
    for sheet in elements(archive.read("xl/workbook.xml"), name, limits):
        if local(sheet) == "sheet":
            link = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            target = targets.get(link, "").lstrip("/")
            parts[sheet.attrib.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return parts


def _epoch(archive: zipfile.ZipFile) -> date:
    found = re.search(rb'\sdate1904="(?:1|true)"', archive.read("xl/workbook.xml"))
    return date(1904, 1, 1) if found else date(1899, 12, 30)


def _coarse_styles(archive: zipfile.ZipFile, limits: Limits, name: str) -> dict[int, str]:
    """Cell styles that show a date without its day: style -> month or year."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return {}
    formats: dict[int, str] = {}
    styles: dict[int, str] = {}
    for element in elements(archive.read("xl/styles.xml"), name, limits):
        if local(element) == "numFmt":
            formats[int(element.attrib.get("numFmtId", 0))] = element.attrib.get("formatCode", "")
        elif local(element) == "cellXfs":
            for index, style in enumerate(element):
                number = int(style.attrib.get("numFmtId", 0))
                if found := coarseness(formats.get(number), number):
                    styles[index] = found
    return styles


def coarseness(code: str | None, number: int = 0) -> str | None:
    """Whether a number format shows a date as month or year only.

    >>> coarseness('yyyy"年"m"月"'), coarseness("yyyy"), coarseness("yyyy/m/d"), coarseness("0.00")
    ('month', 'year', None, None)
    """
    if code is None:
        return "month" if number in _MONTH_FORMATS else None
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", code.partition(";")[0]).lower()
    if "y" not in bare or any(c in bare for c in "dhs"):
        return None
    return "month" if "m" in bare else "year"


def _hidden_columns(text: bytes, limits: Limits) -> list[int]:
    hidden: list[int] = []
    for tag in _COLUMNS.findall(text.partition(b"sheetData")[0]):
        low, high = re.search(rb'\smin="(\d+)"', tag), re.search(rb'\smax="(\d+)"', tag)
        if _HIDDEN.search(tag) and low and high:
            hidden += range(int(low[1]) - 1, min(int(high[1]), limits.columns))
    return hidden


def _merges(text: bytes, limits: Limits) -> list[Merge]:
    merges = [
        Merge(int(m[2]), letters_to_index(m[1].decode()), int(m[4]), letters_to_index(m[3].decode()))
        for m in _MERGE.finditer(text)
    ]
    return [m for m in merges if m.first <= m.last <= limits.rows and m.left <= m.right]


def _rows(
    book: calamine.CalamineWorkbook,
    sheet: RawSheet,
    text: bytes,
    dates: tuple[dict[int, str], date],
    limits: Limits,
    file: str,
) -> Iterator[RawRow]:
    if not text.rstrip().endswith(b"worksheet>"):
        raise damaged(file)  # cut off: calamine would give the rows before the cut
    if _FAR.search(text):
        _check_extent(text, file, limits)
    marks = _read_marks(text, dates[0])
    del text
    table = book.get_sheet_by_name(sheet.name)
    if table.start is None:
        return
    blank: list[Cell] = [None] * table.start[1]
    for number, cells in enumerate(table.iter_rows(), 1):
        row = [*blank, *map(_plain, cells)]
        if marks.cells or marks.coarse:
            _mend(number, row, marks, dates[1])
        yield RawRow(number, row, number in marks.hidden_rows)


def _mend(number: int, row: list[Cell], marks: Marks, epoch: date) -> None:
    for index, cell in enumerate(row):
        spot = (number, index)
        if spot in marks.cells:
            row[index] = marks.cells[spot]
        elif spot in marks.coarse and (day := _day(cell, epoch)):
            row[index] = f"{day.year}-{day.month:02d}" if marks.coarse[spot] == "month" else str(day.year)


def _day(cell: Cell, epoch: date) -> date | None:
    if isinstance(cell, date):
        return cell
    is_serial = isinstance(cell, (int, float)) and 0 < cell < 110_000
    return epoch + timedelta(days=int(cell)) if is_serial and isinstance(cell, (int, float)) else None


def _plain(cell: object) -> Cell:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, float):
        return plain_number(cell)
    if isinstance(cell, str) and GARBLED in cell:
        return CellError(cell, "garbled")
    if isinstance(cell, (str, int, bool, date, datetime)):
        return cell
    return str(cell)


def plain_number(number: float) -> Cell:
    """A float as people see it: whole numbers without a point; what is no number is a fault."""
    if number - number != 0:  # NaN and the infinities
        return CellError(str(number))
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _cells(text: bytes) -> Iterator[tuple[int, int, bytes, int, int]]:
    """(row, column, attributes, start and end of the content) of every cell, where it says so or not."""
    row, column = 0, -1
    held: tuple[int, int, bytes, int] | None = None
    for tag in _TAG.finditer(text):
        if held:
            yield (*held, tag.start())
        held = None
        ref = _REF.search(tag[2])
        if tag[1] == b"row":
            row, column = int(ref[2]) if ref else row + 1, -1
            continue
        if ref and ref[1]:
            row, column = int(ref[2]), letters_to_index(ref[1].decode())
        else:
            column += 1
        if not tag[2].endswith(b"/"):
            held = (row, column, tag[2], tag.end())
    if held:
        yield (*held, len(text))


def _check_extent(text: bytes, file: str, limits: Limits) -> None:
    """Raise TooLarge for a cell far from the others: the table would fill the memory with blanks."""
    last_row = last_column = 0
    for row, column, _attributes, start, end in _cells(text):
        content = text[start:end]
        if b"<v" not in content and b":v" not in content and b"<is" not in content:
            continue
        if column >= limits.columns or row > limits.rows:
            what = ("列数", column + 1, limits.columns) if column >= limits.columns else ("行数", row, limits.rows)
            hint = f"单元格 {column_letter(column)}{row} 离数据太远；清除它或删去它所在的行和列后再导入"
            raise TooLarge(file, *what, hint)
        last_row, last_column = max(last_row, row), max(last_column, column)
    room = limits.memory_mb * MB // 64
    if last_row * last_column > room:
        said = f"{last_row} 行 × {last_column + 1} 列"
        raise TooLarge(file, "表格范围", said, f"{room} 格", "删除离数据很远的单元格，或拆分工作表后再导入")


def _read_marks(text: bytes, styles: dict[int, str]) -> Marks:
    marks = Marks()
    if _HIDDEN.search(text):
        row = 0
        for tag in _TAG.finditer(text):
            if tag[1] == b"row":
                ref = _REF.search(tag[2])
                row = int(ref[2]) if ref else row + 1
                if _HIDDEN.search(tag[2]):
                    marks.hidden_rows.add(row)
    formulas = b"<f" in text or b":f" in text
    if formulas or styles or b't="e"' in text or _LONG.search(text):
        for row, column, attributes, start, end in _cells(text):
            _mark_cell((row, column), attributes, text[start:end], styles, marks)
    return marks


def _mark_cell(spot: tuple[int, int], attributes: bytes, content: bytes, styles: dict[int, str], marks: Marks) -> None:
    value = _VALUE.search(content)
    said = value[1] if value else b""
    if b't="e"' in attributes:
        marks.cells[spot] = CellError(said.decode("utf-8", "replace") or "#ERR")
    elif not said and b't="str"' not in attributes and _FORMULA.search(content):
        marks.cells[spot] = CellError("", "uncalculated")
    elif said and b"t=" not in attributes and 15 < len(said) < 100 and said.isdigit():
        marks.cells[spot] = int(said)
    elif styles and (style := _STYLE.search(attributes)) and (found := styles.get(int(style[1]))):
        marks.coarse[spot] = found
