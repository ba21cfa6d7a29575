"""From raw rows to accepted rows: the tables of a sheet one below the other, each row validated whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.ledger.batch import RowEntry, row_digest
from graph.schema.kinds import Sheet
from ingest.finding import Finding, column_letter
from ingest.readers.base import RawRow, RawSheet
from ingest.table.amounts import about_units, places
from ingest.table.captions import CaptionIndex
from ingest.table.gate import RowGate
from ingest.table.header import HEADER_DEPTH, HEADER_WITHIN, Header, find_header
from ingest.table.layout import MergedCells, RowQueue, first_cell, names_columns, title_in
from ingest.table.no_data import ADOPT, YES
from ingest.table.parts.continued import brings_columns, directly, has_rows_for, repeats_header
from ingest.table.recognition import Recognised, on_its_side, recognise
from ingest.table.record import RecordReader
from ingest.table.result import SheetResult, Spot
from ingest.table.units import FOOT_WITHIN, TitleUnit, unit_over, unit_under


def read_sheet(
    raw: RawSheet, file: str, index: CaptionIndex, before: SheetResult | None = None
) -> list[SheetResult] | list[str]:
    """Validate one sheet: a result for each table in it, or the kinds it might be when it is none we know.

    `before` is the table before this one, which a table without a header may go on from.
    """
    spot = Spot(file, raw.name)
    rows = RowQueue(raw.rows)
    top = rows.peek(HEADER_WITHIN)
    if raw.follows and before and brings_columns(top, before, index.keys):
        message = "这一页的列名是上一页那张表的后几列，没有读取"
        hint = "把几页的列拼回一张表（用 Excel 或 Word 的原文件最稳妥），再导入"
        return [SheetResult(before.kind, raw.name, findings=[spot.finding("warning", "", message, hint)])]
    known = recognise(raw, top, file, index)
    if before and before.header and not (isinstance(known, Recognised) and known.header):
        known = _going_on(raw, top, index, before, spot) or known
    if not isinstance(known, Recognised):
        return known
    about = list(_about_sheet(raw, known, spot, bool(top)))
    if not known.header:
        result = _opened(known, spot)
        result.findings += about
        return [result]
    if on_its_side(known.header, known.sheet, top, index):
        message = "这张表是横着的：列名在左边一列，每条记录占一列"
        hint = "在 Excel 里复制整张表，用“选择性粘贴 → 转置”贴成一行一条，再导入"
        return [SheetResult(known.sheet.sheet or "", raw.name, findings=[spot.finding("error", "", message, hint)])]
    known.header.title_unit = known.header.title_unit or _unit_under(rows, known.header, index)
    tables = [_Table(known.sheet, known.header, spot, _opened(known, spot))]
    tables[0].result.findings += about
    tables += _Stack(raw, rows, spot, index).read(tables[0])
    return [table.result for table in tables]


def _unit_under(rows: RowQueue, header: Header, index: CaptionIndex) -> TitleUnit | None:
    """The unit that a note under the only table of a sheet states, where no other place does."""
    if all(i in header.units or not c.value_type.is_amount for i, c in header.columns.items()):
        return None
    below = [r for r in rows.peek(1 << 20) if r.number > header.row]
    last = below[-FOOT_WITHIN:]
    return unit_under(last) if not any(names_columns(r, index.keys) for r in below) else None


def _going_on(
    raw: RawSheet, top: Sequence[RawRow], index: CaptionIndex, before: SheetResult, spot: Spot
) -> Recognised | None:
    """What a table is that goes on from the one before, with its header once more or without one."""
    sheet, header = index.schema.sheets[before.kind], before.header
    if header is None:
        return None
    if repeats_header(top, before) and (again := find_header(top, index.of(sheet), raw.merges)):
        again.title_unit = unit_over(raw.above, [r for r in top if r.number < again.row]) or header.title_unit
        return Recognised(sheet, again, f"列名与上一张表相同，按“{before.kind}”表读取")
    start = replace(header, first=0, row=0)
    if directly(raw) or (raw.follows and has_rows_for(top, sheet, start, spot)):
        return Recognised(
            sheet, start, f"列数与上一张表相同、没有列名，接着按“{before.kind}”表读取" if raw.parted else None
        )
    return None


class _Table:
    """One table under its header: each row is skipped, rejected or accepted."""

    def __init__(self, sheet: Sheet, header: Header, spot: Spot, result: SheetResult) -> None:
        self.header, self.result = header, result
        self.gate = RowGate(sheet, header, spot, result)
        self._record = RecordReader(sheet, header, spot)

    def take(self, row: RawRow, filled: Mapping[int, int]) -> None:
        """Skip, reject or accept one row. `filled`: columns that a merged cell fills, and its first row."""
        if not self.gate.admit(row, filled):
            return
        reading = self._record.read(row)
        self.result.findings += reading.remarks
        self.result.unknown.update(reading.unknown)
        if reading.faults:
            self.result.reject(row)
            self.result.findings += reading.faults
            return
        self.result.accepted.append(entry_of(row.number, reading.values))


def entry_of(number: int, values: dict[str, Any]) -> RowEntry:
    """The row of the ledger that these values of a row make."""
    as_of, grade = values.pop("数据日期", None), values.pop("可信度", "B")
    digest = row_digest({**values, "数据日期": as_of, "可信度": grade})
    return RowEntry(number, values, as_of, grade, digest)


class _Stack:
    """The tables that lie one below the other on a sheet."""

    def __init__(self, raw: RawSheet, rows: RowQueue, spot: Spot, index: CaptionIndex) -> None:
        self.raw, self.rows, self.spot, self.index = raw, rows, spot, index

    def read(self, table: _Table) -> Iterator[_Table]:
        """Read the rows of a table and of those below it; yields the tables below."""
        merges, captions = MergedCells(self.raw.merges), self.index.keys
        start, title = table.header.row, ""
        for row in self.rows:
            filled = merges.fill(row)
            if row.number <= start:
                continue
            here = title_in(row, len(table.header.columns), merges, self.rows.peek(1), captions)
            if here is not None and not table.gate.no_data.reason(row):
                title = here
                table.gate.skip(row, "分段或另一张表的标题")
                continue
            again = self._header_here(row, title, table)
            title = ""
            if again is None:
                table.take(row, filled)
                continue
            table.gate.close()
            again.header.title_unit = again.header.title_unit or table.header.title_unit
            again.header.year = again.header.year or table.header.year
            table, start = again, again.header.row
            message = f"同一工作表中的另一张表，从这里起按“{again.result.kind}”表读取"
            note = self.spot.finding("note", first_cell(row), message, "一张工作表只放一张表更稳妥")
            again.result.findings.append(note)
            yield again
        table.gate.close()

    def _header_here(self, row: RawRow, title: str, table: _Table) -> _Table | None:
        """The table that begins with this row, under this title."""
        if not names_columns(row, self.index.keys) or table.gate.no_data.is_header_again(row):
            return None
        inner = RawSheet(title, iter(()), named=bool(title), merges=self.raw.merges)
        known = recognise(inner, [row, *self.rows.peek(HEADER_DEPTH)], "", self.index)
        if isinstance(known, Recognised) and known.header and known.header.first == row.number:
            return _Table(known.sheet, known.header, self.spot, _opened(known, self.spot))
        return None


def _about_sheet(raw: RawSheet, known: Recognised, spot: Spot, any_rows: bool) -> Iterator[Finding]:
    for note in raw.notes:
        yield spot.finding("note", "", note.message, note.hint)
    if known.header is None:
        if any_rows:
            message = f"“{known.sheet.sheet}”表没有找到表头"
            yield spot.finding("error", "", message, f"表头应有：{_required(known.sheet)}")
        else:
            yield spot.finding("note", "", "这张表是空的", "填写表头和数据后再导入")
        return
    if raw.hidden:
        yield spot.finding("note", "", "这是隐藏的工作表，已照常读取", "不需要请删除该表")
    used = known.header.columns.keys() | known.header.extras.keys()
    if columns := [column_letter(i) for i in raw.hidden_columns if i in used]:
        message = f"{'、'.join(columns[:10])} 列是隐藏列，已照常读取（共 {len(columns)} 列）"
        yield spot.finding("note", f"{columns[0]}{known.header.row}", message, "不需要请删除这些列")


def _opened(known: Recognised, spot: Spot) -> SheetResult:
    """An empty result, with what there is to say about the header."""
    result = SheetResult(known.sheet.sheet or "", spot.sheet, header=known.header, file=spot.file)
    if known.note:
        hint = "如不对，把工作表（或文件）改名为要导入的表名"
        result.findings.append(spot.finding("note", "", known.note, hint))
    if known.header and known.header.row:
        result.findings += _about_header(known.sheet, known.header, spot)
    return result


def _about_header(sheet: Sheet, header: Header, spot: Spot) -> Iterator[Finding]:
    missing = [c.caption for c in sheet.columns if c.required and not header.has(c.caption)]
    missing = [c for c in missing if not header.answers.fixed(sheet.caption, c)]
    if missing:
        message = f"缺少必填列：{'、'.join(missing)}"
        yield spot.finding("error", f"A{header.row}", message, f"表头应有：{_required(sheet)}")
    for index, written in sorted(header.synonyms.items()):
        caption = header.columns[index].caption
        message = f"列“{written}”按“{caption}”读取"
        at = f"{column_letter(index)}{header.row}"
        yield spot.finding("note", at, message, f"如不对，改写列名；正式列名是“{caption}”", caption)
    yield from about_units(header, header.units, header.title_unit, places(header.columns, header.row), spot)
    for index, caption in sorted(header.extras.items()):
        at = f"{column_letter(index)}{header.row}"
        message, hint = f"不认识的列“{caption}”，作为附加列保留", "附加列可查看和导出，不参与计算"
        if caption == ADOPT:
            message, hint = f"这张表有“{ADOPT}”列，只导入写 {YES} 的行", f"要导入的行在“{ADOPT}”写 {YES}"
        yield spot.finding("note", at, message, hint, caption)


def _required(sheet: Sheet) -> str:
    return "、".join(c.caption for c in sheet.columns if c.required)
