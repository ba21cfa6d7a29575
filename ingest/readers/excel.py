"""xlsx by calamine, with what calamine keeps silent about read from the XML: errors, formulas
without a value, hidden rows, long numbers, and a used range that begins away from A1."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import python_calamine as calamine
from defusedxml.ElementTree import fromstring

from ingest.finding import column_letter
from ingest.readers.base import Cell, CellError, RawRow, RawSheet, TooLarge, Unreadable

MAX_COLUMNS, MAX_ROWS, MAX_SHEETS = 512, 1_048_576, 100
MAX_INFLATED, MAX_PARTS, MAX_RATIO, RATIO_FROM = 200 << 20, 2_000, 100, 10 << 20
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?(?<=\s)r="([A-Z]+\d+)"[^>]*?(/>|>(.*?)</(?:\w+:)?c>)', re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_ATTR_R = re.compile(rb'\sr="(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>/]*)?>([^<]+)</")
_LONG = re.compile(rb"<(?:\w+:)?v>\d{16,}</")


@dataclass(slots=True)
class Marks:
    """What the XML of a sheet says beyond calamine's values."""

    faults: dict[str, str] = field(default_factory=dict)  # address -> error text, "" = not calculated
    long_numbers: dict[str, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


def read_excel(path: Path, name: str) -> Iterator[RawSheet]:
    """The sheets of a workbook. Raises Unreadable and TooLarge."""
    parts = _check_container(path, name)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise Unreadable(name, "文件有打开密码", "在 Excel 中取消密码后另存再导入") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(name, "不是有效的 Excel 工作簿或文件已损坏", "用 Excel 打开并另存为 .xlsx") from error
    with book:
        if len(book.sheet_names) > MAX_SHEETS:
            raise TooLarge(name, "工作表数", len(book.sheet_names), MAX_SHEETS)
        for meta in book.sheets_metadata:
            if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                hidden = meta.visible != calamine.SheetVisibleEnum.Visible
                yield RawSheet(meta.name, _rows(book, meta.name, name, path, parts), hidden)


def _rows(
    book: calamine.CalamineWorkbook, sheet_name: str, file: str, path: Path, parts: dict[str, str]
) -> Iterator[RawRow]:
    marks = _read_marks(path, parts.get(sheet_name))
    _check_extent(path, parts.get(sheet_name), file)
    sheet = book.get_sheet_by_name(sheet_name)
    if sheet.end is None:
        return
    # get_sheet_by_name drops leading blank rows and columns unless asked not to.
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield RawRow(number, _mend(number, cells, marks), number in marks.hidden_rows)


def _mend(number: int, cells: Sequence[object], marks: Marks) -> list[Cell]:
    row: list[Cell] = [_plain(c) for c in cells]
    if marks.faults or marks.long_numbers:
        for index in range(len(row)):
            address = f"{column_letter(index)}{number}"
            if address in marks.faults:
                row[index] = CellError(marks.faults[address])
            elif address in marks.long_numbers:
                row[index] = int(marks.long_numbers[address])
    return row


def _plain(cell: object) -> Cell:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, (str, int, float, bool, date, datetime)):
        return cell
    return str(cell)


def _check_container(path: Path, name: str) -> dict[str, str]:
    """Sheet name -> part name, after the limits on the container were checked."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            inflated = sum(i.file_size for i in infos)
            if len(infos) > MAX_PARTS:
                raise TooLarge(name, "压缩包内文件数", len(infos), MAX_PARTS)
            if inflated > MAX_INFLATED:
                raise TooLarge(name, "解压后大小（MB）", inflated >> 20, MAX_INFLATED >> 20)
            if inflated > RATIO_FROM and inflated > MAX_RATIO * max(1, path.stat().st_size):
                raise TooLarge(name, "压缩比", inflated // max(1, path.stat().st_size), MAX_RATIO)
            return _sheet_parts(archive)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, EOFError) as error:
        raise Unreadable(name, "不是有效的 Excel 工作簿或文件已损坏", "用 Excel 打开并另存为 .xlsx") from error


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    targets = {
        e.attrib.get("Id", ""): e.attrib.get("Target", "")
        for e in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    parts: dict[str, str] = {}
    for sheet in _local(fromstring(archive.read("xl/workbook.xml")), "sheet"):
        link = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        target = targets.get(link, "").lstrip("/")
        parts[sheet.attrib.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return parts


def _local(root: Element, name: str) -> Iterator[Element]:
    return (e for e in root.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name)


def _sheet_xml(path: Path, part: str | None) -> bytes:
    if part is None:
        return b""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(part)
    except (KeyError, zipfile.BadZipFile, OSError):
        return b""


def _check_extent(path: Path, part: str | None, file: str) -> None:
    for address in re.findall(rb'\sr="([A-Z]{3,})\d+"', _sheet_xml(path, part)):
        column = 0
        for letter in address:
            column = column * 26 + letter - 64
        if column > MAX_COLUMNS:
            raise TooLarge(file, "列数", column, MAX_COLUMNS)


def _read_marks(path: Path, part: str | None) -> Marks:
    marks = Marks()
    text = _sheet_xml(path, part)
    if b'hidden="' in text:
        for tag in _ROW.findall(text):
            number = _ATTR_R.search(tag)
            if number and (b'hidden="1"' in tag or b'hidden="true"' in tag):
                marks.hidden_rows.add(int(number[1]))
    if b't="e"' in text or b"<f" in text or b":f" in text or _LONG.search(text):
        for found in _CELL.finditer(text):
            _mark_cell(found, marks)
    return marks


def _mark_cell(found: re.Match[bytes], marks: Marks) -> None:
    address, head, body = found[1].decode(), found[0].partition(b">")[0], found[3] or b""
    value = _VALUE.search(body)
    if b't="e"' in head:
        marks.faults[address] = value[1].decode() if value else "#ERR"
    elif value is None and re.search(rb"<(?:\w+:)?f[\s>/]", body):
        marks.faults[address] = ""
    elif value and b"t=" not in head and re.fullmatch(rb"\d{16,}", value[1]):
        marks.long_numbers[address] = value[1].decode()
