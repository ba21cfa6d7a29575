"""xlsx by calamine, with what calamine keeps silent about read from the XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import python_calamine as calamine

from ingest.readers.base import GARBLED, Cell, CellError, Limits, RawRow, RawSheet, TooLarge, Unreadable, damaged
from ingest.readers.books.formats import DEFAULT_NAME, as_shown, plain_number
from ingest.readers.books.look import BookLook, look_of
from ingest.readers.books.mended import mended
from ingest.readers.books.sheet_xml import Marks, check_extent, hidden_columns, merges_in, read_marks
from ingest.readers.container import elements, local, open_container


class _SheetText(NamedTuple):
    """The XML of a sheet, and the file it is from."""

    text: bytes
    file: str


def read_xlsx(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The sheets of a workbook; macros are never looked at. Raises Unreadable and TooLarge."""
    with open_container(path, name, limits) as given:
        pictures = any("richvaluerel" in part.lower() for part in given.namelist())
        data = mended(given, path.read_bytes(), name, limits)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = _sheet_parts(archive, limits, name)
        look, epoch = look_of(archive, limits, name, pictures=pictures), _epoch(archive)
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
            sheet.rows = _rows(book, sheet.name, _SheetText(text, name), look, epoch, limits)
            sheet.hidden_columns = hidden_columns(text, limits)
            sheet.merges = merges_in(text, limits)
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
    is_1904 = re.search(rb'\sdate1904="(?:1|true)"', archive.read("xl/workbook.xml"))
    return date(1904, 1, 1) if is_1904 else date(1899, 12, 30)


def _rows(
    book: calamine.CalamineWorkbook, sheet: str, xml: _SheetText, look: BookLook, epoch: date, limits: Limits
) -> Iterator[RawRow]:
    if not xml.text.rstrip().endswith(b"worksheet>"):
        raise damaged(xml.file)  # cut off: calamine would give the rows before the cut
    check_extent(xml.text, xml.file, limits)
    marks = read_marks(xml.text, look)
    del xml  # it may be large
    table = book.get_sheet_by_name(sheet)
    number = 0
    if table.start is not None:
        blank: list[Cell] = [None] * table.start[1]
        for number, cells in enumerate(table.iter_rows(), 1):
            row = [*blank, *map(plain_cell, cells)]
            if marks.cells or marks.shown:
                _mend(number, row, marks, epoch)
            yield RawRow(number, row, number in marks.hidden_rows)
    # calamine's table ends with the last value; a formula without one may stand beyond.
    beyond: dict[int, dict[int, Cell]] = {}
    for (row_number, column), cell in marks.cells.items():
        if number < row_number <= limits.rows and column < limits.columns:
            beyond.setdefault(row_number, {})[column] = cell
    for later, columns in sorted(beyond.items()):
        row = [columns.get(column) for column in range(max(columns) + 1)]
        yield RawRow(later, row, later in marks.hidden_rows)


def _mend(number: int, row: list[Cell], marks: Marks, epoch: date) -> None:
    for index, cell in enumerate(row):
        spot = (number, index)
        if spot in marks.cells:
            row[index] = marks.cells[spot]
        elif spot in marks.shown:
            row[index] = as_shown(cell, marks.shown[spot], epoch)


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
