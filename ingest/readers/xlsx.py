"""xlsx by calamine, with what calamine keeps silent about read from the XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import python_calamine as calamine

from ingest.readers.base import GARBLED, Cell, CellError, Limits, RawRow, RawSheet, TooLarge, Unreadable, damaged
from ingest.readers.container import elements, local, open_container
from ingest.readers.mended import mended
from ingest.readers.sheet_xml import Marks, ShownUnit, check_extent, hidden_columns, merges_in, read_marks, shown_unit

DEFAULT_NAME = re.compile(r"(sheet|工作表|表)\s*\d*", re.IGNORECASE)
# Number formats that Excel knows by number alone and that show year and month only.
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})


class _Dates(NamedTuple):
    """How a workbook shows dates: the styles without a day (style -> month or year), and the day it counts from."""

    coarse: dict[int, str | ShownUnit]
    epoch: date


class _SheetText(NamedTuple):
    """The XML of a sheet, and the file it is from."""

    text: bytes
    file: str


def read_xlsx(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The sheets of a workbook; macros are never looked at. Raises Unreadable and TooLarge."""
    with open_container(path, name, limits) as given:
        data = mended(given, path.read_bytes(), name, limits)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = _sheet_parts(archive, limits, name)
        dates = _Dates(_coarse_styles(archive, limits, name), _epoch(archive))
        try:
            # Not by path: calamine would believe the suffix.
            book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
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
            sheet.rows = _rows(book, sheet.name, _SheetText(text, name), dates, limits)
            sheet.hidden_columns = hidden_columns(text, limits)
            sheet.merges = merges_in(text, limits)
            yield sheet


def read_ods(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The sheets of an OpenDocument workbook, as LibreOffice offices save them. Raises Unreadable and TooLarge."""
    open_container(path, name, limits).close()
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise damaged(name, "OpenDocument 工作簿") from error
    if len(book.sheet_names) > limits.sheets:
        raise TooLarge(name, "工作表数", len(book.sheet_names), limits.sheets)
    for meta in book.sheets_metadata:
        if meta.typ == calamine.SheetTypeEnum.WorkSheet:
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            rows = _plain_rows(book.get_sheet_by_name(meta.name))
            yield RawSheet(meta.name, rows, hidden, not DEFAULT_NAME.fullmatch(meta.name))


def _plain_rows(sheet: calamine.CalamineSheet) -> Iterator[RawRow]:
    if sheet.start is None:
        return
    blank = [None] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield RawRow(number, [*blank, *map(plain_cell, cells)])


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
    is_1904 = re.search(rb'\sdate1904="(?:1|true)"', archive.read("xl/workbook.xml"))
    return date(1904, 1, 1) if is_1904 else date(1899, 12, 30)


def _coarse_styles(archive: zipfile.ZipFile, limits: Limits, name: str) -> dict[int, str | ShownUnit]:
    """Cell styles that show a date without its day (style -> month or year), or a unit of money."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return {}
    formats: dict[int, str] = {}
    styles: dict[int, str | ShownUnit] = {}
    for element in elements(archive.read("xl/styles.xml"), name, limits):
        if local(element) == "numFmt":
            formats[int(element.attrib.get("numFmtId", 0))] = element.attrib.get("formatCode", "")
        elif local(element) == "cellXfs":
            for index, style in enumerate(element):
                number = int(style.attrib.get("numFmtId", 0))
                if coarse := coarseness(formats.get(number), number) or shown_unit(formats.get(number, "")):
                    styles[index] = coarse
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


def _rows(
    book: calamine.CalamineWorkbook, sheet: str, xml: _SheetText, dates: _Dates, limits: Limits
) -> Iterator[RawRow]:
    if not xml.text.rstrip().endswith(b"worksheet>"):
        raise damaged(xml.file)  # cut off: calamine would give the rows before the cut
    check_extent(xml.text, xml.file, limits)
    marks = read_marks(xml.text, dates.coarse)
    del xml  # it may be large
    table = book.get_sheet_by_name(sheet)
    if table.start is None:
        return
    blank: list[Cell] = [None] * table.start[1]
    for number, cells in enumerate(table.iter_rows(), 1):
        row = [*blank, *map(plain_cell, cells)]
        if marks.cells or marks.coarse:
            _mend(number, row, marks, dates.epoch)
        yield RawRow(number, row, number in marks.hidden_rows)


def _mend(number: int, row: list[Cell], marks: Marks, epoch: date) -> None:
    for index, cell in enumerate(row):
        spot = (number, index)
        if spot in marks.cells:
            row[index] = marks.cells[spot]
        elif isinstance(shown := marks.coarse.get(spot), ShownUnit):
            row[index] = shown.text(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell
        elif spot in marks.coarse and (day := _day(cell, epoch)):
            row[index] = f"{day.year}-{day.month:02d}" if marks.coarse[spot] == "month" else str(day.year)


def _day(cell: Cell, epoch: date) -> date | None:
    if isinstance(cell, date):
        return cell
    is_serial = isinstance(cell, (int, float)) and 0 < cell < 110_000
    return epoch + timedelta(days=int(cell)) if is_serial and isinstance(cell, (int, float)) else None


def plain_cell(cell: object) -> Cell:
    """A value of calamine as a cell."""
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
