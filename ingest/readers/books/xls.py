"""Excel 97-2003 by xlrd: values, errors, hidden rows and columns, merges; macros are never looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import xlrd

from ingest.readers.base import Cell, CellError, Limits, Merge, RawRow, RawSheet, TooLarge, Unreadable
from ingest.readers.books.formats import DEFAULT_NAME, coarseness, plain_number, shown_unit
from ingest.readers.symbols import signs


def read_xls(path: Path, name: str, limits: Limits) -> Iterator[RawSheet]:
    """The sheets of a workbook. Raises Unreadable and TooLarge."""
    try:
        book = xlrd.open_workbook(path, formatting_info=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Unreadable(name, "文件有打开密码", "在 Excel 中取消密码后另存再导入") from error
        raise
    if book.nsheets > limits.sheets:
        raise TooLarge(name, "工作表数", book.nsheets, limits.sheets)
    for sheet in book.sheets():
        named = not DEFAULT_NAME.fullmatch(sheet.name)
        raw = RawSheet(sheet.name, _rows(book, sheet), sheet.visibility != 0, named)
        columns = sorted(sheet.colinfo_map.items())
        raw.hidden_columns = [c for c, info in columns if info.hidden and c < sheet.ncols]
        raw.merges = [Merge(r1 + 1, c1, r2, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells]
        yield raw


def _rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[RawRow]:
    for index in range(sheet.nrows):
        info = sheet.rowinfo_map.get(index)
        runs = sheet.rich_text_runlist_map
        cells = [_plain(book, cell, runs.get((index, column), ())) for column, cell in enumerate(sheet.row(index))]
        yield RawRow(index + 1, cells, bool(info and info.hidden))


def _plain(book: xlrd.Book, cell: xlrd.sheet.Cell, runs: Sequence[tuple[int, int]]) -> Cell:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return _in_signs(book, cell, runs) or None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        number = plain_number(cell.value)
        unit = shown_unit(_format(book, cell) or "")
        return unit.text(number) if unit and isinstance(number, (int, float)) else number
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(cell.value, "#ERR"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(book, cell)
    return None


def _in_signs(book: xlrd.Book, cell: xlrd.sheet.Cell, runs: Sequence[tuple[int, int]]) -> str:
    """A text as people see it: the letters of symbol fonts as signs. Each run says from where on which font holds."""
    text = str(cell.value)
    starts = [(0, book.xf_list[cell.xf_index].font_index), *runs]
    ends = [start for start, _ in runs] + [len(text)]
    return "".join(signs(text[a:b], _font(book, font)) for (a, font), b in zip(starts, ends, strict=True))


def _font(book: xlrd.Book, index: int) -> str:
    return str(book.font_list[index].name) if index < len(book.font_list) else ""


def _format(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str | None:
    number = book.xf_list[cell.xf_index].format_key
    return book.format_map[number].format_str if number in book.format_map else None


def _date(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Cell:
    try:
        day = xlrd.xldate_as_datetime(cell.value, book.datemode)
    except (ValueError, OverflowError):
        return plain_number(cell.value)
    number = book.xf_list[cell.xf_index].format_key
    coarse = coarseness(_format(book, cell), number)
    if coarse == "year":
        return str(day.year)
    return f"{day.year}-{day.month:02d}" if coarse else day
