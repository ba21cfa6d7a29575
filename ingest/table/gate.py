"""The rows of a table that are data are let through; the others are skipped, each with a note."""

from __future__ import annotations

from collections.abc import Mapping

from graph.schema.kinds import Sheet
from graph.text import norm
from ingest.finding import column_letter
from ingest.readers.base import Cell, CellError, RawRow
from ingest.table.amounts import UnitColumns
from ingest.table.cells import is_blank, show
from ingest.table.header import Header
from ingest.table.layout import first_cell
from ingest.table.no_data import NoData
from ingest.table.no_value import is_ditto, nothing_said, says_something, without_shapeless
from ingest.table.result import SheetResult, Spot


class RowGate:
    """Decides row by row whether it is data, and keeps what there is to say about that in the table's result."""

    def __init__(self, sheet: Sheet, header: Header, spot: Spot, result: SheetResult) -> None:
        self.header, self.spot, self.result = header, spot, result
        self.no_data = NoData(sheet, header)
        self._units = UnitColumns(header.columns, header.extras, header.units)
        self._unitless = False
        self._hidden: list[int] = []
        self._above: list[Cell] = []  # the row before, by which 同上 is read
        self._doubtful: set[tuple[int, int]] = set()  # merged cells whose number stands for several rows

    def admit(self, row: RawRow, filled: Mapping[int, int]) -> bool:
        """Whether a row is data. `filled`: columns that a merged cell fills, and its first row."""
        if reason := self.no_data.reason(row):
            self.skip(row, reason)
            return False
        self._unmerge_numbers(row, filled)
        self._read_through(row)
        self._read_units(row)
        if row.hidden:
            self._hidden.append(row.number)
        return True

    def skip(self, row: RawRow, reason: str) -> None:
        """Leave out a row that is no data, and say so."""
        self.result.skipped += 1
        text = norm(show(next(c for c in row.cells if c is not None)))
        note = self.spot.finding("note", first_cell(row), f"{reason}，已跳过", "不是数据则不必处理", value=text[:100])
        self.result.findings.append(note)

    def _read_through(self, row: RawRow) -> None:
        """What cells hold that is no value: characters without a shape, 同上, words and pictures for nothing."""
        for index, cell in enumerate(row.cells):
            if not isinstance(cell, str) or says_something(cell) or index in self.header.serial:
                continue
            if (seen := without_shapeless(cell)) != cell:
                row.cells[index] = seen or None
                self._remark(row, index, "单元格里有看不见的控制字符，已去掉", cell)
            if is_ditto(seen):
                self._read_ditto(row, index, seen)
            column = self.header.columns.get(index)
            if column and (why := nothing_said(row.cells[index], column)) and not is_blank(seen):
                row.cells[index] = None
                self._remark(row, index, why, seen)
        self._above = row.cells

    def _read_units(self, row: RawRow) -> None:
        """Where a column says the units of each row: a row that says none is told of, once."""
        if self._units.amounts and (bare := self._units.apply(row)) and not self._unitless:
            self._unitless = True
            index, unit = min(bare), self.header.title_unit.unit if self.header.title_unit else "万元"
            self._remark(row, index, f"这一行没有写金额的单位，按{unit}读取", show(row.cells[index]))

    def _read_ditto(self, row: RawRow, index: int, cell: str) -> None:
        above = self._above[index] if index < len(self._above) else None
        row.cells[index] = above if above is not None else CellError(cell, "ditto")
        if above is not None:
            self._remark(row, index, f"“{cell.strip()}”按上一行的“{show(above)[:40]}”读取", cell)

    def _remark(self, row: RawRow, index: int, message: str, value: str) -> None:
        column, at = self.header.columns.get(index), f"{column_letter(index)}{row.number}"
        caption = column.caption if column else None
        shown = without_shapeless(value).strip()[:100]
        self.result.findings.append(self.spot.finding("note", at, message, "请核对", caption, shown))

    def _unmerge_numbers(self, row: RawRow, filled: Mapping[int, int]) -> None:
        for index, first in filled.items():
            column = self.header.columns.get(index)
            # One number in a merged cell is of all its rows together or of each: nobody knows.
            if column is None or not column.value_type.sums:
                continue
            value, row.cells[index] = show(row.cells[index]), None
            if (first, index) not in self._doubtful:
                self._doubtful.add((first, index))
                at, message = f"{column_letter(index)}{first}", "合并单元格里的一个数值对应多行，只记在第一行"
                hint = "如果各行都是这个数，取消合并并逐行填写"
                self.result.findings.append(self.spot.finding("warning", at, message, hint, column.caption, value))

    def close(self) -> None:
        """Say once which hidden rows were read."""
        if self._hidden:
            some = "、".join(map(str, self._hidden[:10])) + ("等" if len(self._hidden) > 10 else "")
            message = f"第 {some} 行是隐藏行，已照常读取（共 {len(self._hidden)} 行）"
            self.result.findings.append(self.spot.finding("note", f"A{self._hidden[0]}", message, "不需要请删除这些行"))
