"""Rows of somebody's own table, read by a mapping: one row gives several records, or is rejected whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from graph.errors import LianpuError
from graph.ledger.batch import RowEntry, row_digest
from graph.schema.kinds import Column, Schema
from graph.schema.types.flag import FALSE
from graph.text import norm
from ingest.finding import Finding, column_letter
from ingest.mapping.binding import Binding, BoundHeader
from ingest.mapping.mapping import base_kind
from ingest.mapping.plan import RecordPlan, RowPlan, destinations_of, plan_row
from ingest.mapping.variants import Variants, cell_at
from ingest.readers.base import Cell, Note, RawRow
from ingest.table.cells import Answers, is_blank, show
from ingest.table.gate import RowGate
from ingest.table.header import Header
from ingest.table.record import RecordReader
from ingest.table.result import SheetResult, Spot
from ingest.table.units import TitleUnit

_ALONE = Note("“{}”有内容，但这一行没有对应的{}，作为附加列保留", "补填同一行的名称后重新导入")
_UNDIVIDED = Note("“{}”是这一行几项{}合计的，不知道各占多少，作为附加列保留", "分行填写：一行一项")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table: its titles, the money unit and the year that they state, what was answered for it.

    `addresses` are those of its cells when it is a form.
    """

    unit: TitleUnit | None = None
    year: int | None = None
    addresses: Sequence[str] = ()
    titles: tuple[str, ...] = ()
    answers: Answers = field(default_factory=Answers)


class LackingColumns(LianpuError):
    """What a table is about cannot be read for want of a column."""

    code = "lacking_columns"

    def __init__(self, record: str, lacking: Sequence[str], where: str) -> None:
        message = f"缺少“{'、'.join(lacking)}”，不能写入“{record}”"
        super().__init__(message, "加上这些列，或在映射的 constants 里写固定值（年份也可写在标题里）", where)


class Addresses:
    """Where things stand in a mapped table: what fills a caption, and the address of its cell."""

    def __init__(self, binding: Binding, row: RowPlan, form: Sequence[str]) -> None:
        self.binding, self.row, self.form = binding, row, form
        used = {p for plan in row.records for p in plan.positions()} | binding.serial
        self.extras = {p: binding.extras.get(p, c) for p, c in binding.captions.items() if p not in used}

    def cell(self, position: int, row: int) -> str:
        """The address within the sheet of a cell of a row."""
        return self.form[position] if self.form else f"{column_letter(position)}{row}"

    def position(self, plan: RecordPlan, caption: str) -> int:
        """Where what fills a caption stands; a constant stands with the name."""
        if positions := plan.cells.get(caption) or [p for p, c in self.extras.items() if c == caption]:
            return positions[0]
        listed = (p for p, k in sorted(self.binding.keys.items()) if k in self.binding.table.parties)
        named = next(self.row.main.positions(), 0)
        return next(listed, named) if caption in plan.by_party else named

    def letters(self, plan: RecordPlan) -> dict[str, str]:
        """The column letter of each caption; in a form the whole address of its cell."""
        positions = {c: self.position(plan, c) for c in plan.captions}
        return {c: self.cell(p, 0) if self.form else column_letter(p) for c, p in positions.items()}


class RowRecord(NamedTuple):
    """One record of a row; `number` is that of its plan."""

    number: int
    values: dict[str, Any]


@dataclass(slots=True)
class RowRecords:
    """All records of one row, and what there is to say about it, each thing once."""

    records: list[RowRecord] = field(default_factory=list)
    faults: dict[tuple[str, str], Finding] = field(default_factory=dict)
    remarks: dict[tuple[str, str], Finding] = field(default_factory=dict)


class MappedReader:
    """Reads the rows of one mapped table. `results` has one entry for each record that a row may give."""

    def __init__(self, bound: BoundHeader, schema: Schema, spot: Spot, around: Surroundings) -> None:
        self.binding, self.spot = bound.binding, spot
        self.plan = plan_row(bound.binding, schema, around.year)
        for plan, lacking in self.plan.left_out:
            if plan.record == bound.binding.table.kinds[0]:
                raise LackingColumns(plan.record, lacking, f"{spot.sheet}!A{bound.row}")
        self.addresses = Addresses(bound.binding, self.plan, around.addresses)
        self.header = _header(bound, self.plan)
        self.header.titles = around.titles
        self.results = [self._result(plan) for plan in self.plan.records]
        self.result = self.results[0]
        self.gate = RowGate(self.plan.main.sheet, self.header, spot, self.result)
        self._variants = Variants(bound.binding, self.plan)
        own = bound.binding.table.unit
        self.unit = TitleUnit(own) if own else around.unit
        self._readers = [self._record_reader(plan, around) for plan in self.plan.records]

    def _result(self, plan: RecordPlan) -> SheetResult:
        places, derived = self.addresses.letters(plan), plan is not self.plan.main
        kind, spot = plan.sheet.sheet or "", self.spot
        return SheetResult(kind, spot.sheet, header=self.header, places=places, derived=derived, file=spot.file)

    def _record_reader(self, plan: RecordPlan, around: Surroundings) -> RecordReader:
        """Reads the cells of one record in the order of its captions; extra columns go with the first record."""
        columns = dict(enumerate(map(plan.column, plan.captions)))
        firsts = {i: plan.cells[c][0] for i, c in enumerate(plan.captions) if plan.cells.get(c)}
        units = {i: self.binding.units[p] for i, p in firsts.items() if p in self.binding.units}
        extras = list(self.addresses.extras.values()) if plan is self.plan.main else []
        header = Header(0, 0, columns, units, dict(enumerate(extras, len(columns))), title_unit=self.unit)
        header.year, header.answers = around.year, around.answers
        return RecordReader(plan.sheet, header, self.spot)

    def take(self, row: RawRow, filled: Mapping[int, int]) -> None:
        """Skip, reject or accept one row with all its records."""
        if self.gate.admit(row, filled):
            self.take_records(row)

    def take_records(self, row: RawRow, raw: Mapping[int, list[Cell]] | None = None) -> None:
        """Reject or accept a row. `raw`: what to show of it when rejected, if not its own cells."""
        read = self._read(row)
        self.result.findings += (read.faults or read.remarks).values()
        if read.faults:
            self.result.reject(row, raw)
            return
        main = read.records[0].values
        as_of, grade = main.pop("数据日期", None), main.pop("可信度", "B")
        source: dict[str, Any] = {c: main[c] for c in ("来源", "来源网址") if c in main}
        records = [[self.plan.records[r.number].record, r.values] for r in read.records]
        digest = row_digest({"记录": records, "数据日期": as_of, "可信度": grade})
        for number, values in read.records:
            own = values if number == 0 else {**source, **values}
            dated, graded = own.pop("数据日期", as_of), own.pop("可信度", grade)
            self.results[number].accepted.append(RowEntry(row.number, own, dated, graded, digest))

    def _read(self, row: RawRow) -> RowRecords:
        read = RowRecords()
        silent: set[int] = set()
        undivided: set[int] = set()
        for number, plan in enumerate(self.plan.records):
            variants = list(self._variants.of(plan, row.cells))
            if not variants:
                silent |= set(plan.positions())
            amounts = _amounts(plan) if len(variants) > 1 else {}
            undivided |= {p for positions in amounts.values() for p in positions}
            for variant in variants:
                self._read_record(read, number, row, {c: v for c, v in variant.items() if c not in amounts})
        if read.records:
            filled = {p for r in read.records for p in self.plan.records[r.number].positions()}
            self._keep_unused(read, row, silent - filled, _ALONE)
            self._keep_unused(read, row, undivided, _UNDIVIDED)
        return read

    def _read_record(self, read: RowRecords, number: int, row: RawRow, variant: Mapping[str, Cell]) -> None:
        plan = self.plan.records[number]
        cells = [variant.get(c) for c in plan.captions]
        cells += [cell_at(row.cells, p) for p in self.addresses.extras] if number == 0 else []
        reading = self._readers[number].read(RawRow(row.number, cells))
        self.results[number].unknown.update(reading.unknown)
        read.records.append(RowRecord(number, reading.values))
        read.faults |= self._placed(reading.faults, plan, row.number)
        read.remarks |= self._placed(reading.remarks, plan, row.number)

    def _placed(self, findings: Iterable[Finding], plan: RecordPlan, row: int) -> dict[tuple[str, str], Finding]:
        """Findings at the addresses of their cells in the row, by address and message."""
        placed = {}
        for finding in findings:
            at = self.addresses.cell(self.addresses.position(plan, finding.field or ""), row)
            where = f"{self.spot.sheet}!{at}"
            placed[where, finding.message] = replace(finding, where=where)
        return placed

    def _keep_unused(self, read: RowRecords, row: RawRow, positions: Collection[int], why: Note) -> None:
        """Keep cells that no record takes (a budget without a need, or one for several needs), and say so."""
        for position in sorted(positions):
            if is_blank(cell_at(row.cells, position)):
                continue
            caption, text = self.binding.captions.get(position, ""), show(cell_at(row.cells, position)).strip()
            if norm(text).upper() in FALSE:
                continue
            read.records[0].values.setdefault("附加列", {})[caption] = text
            kind = base_kind(destinations_of(self.binding, position)[0].record)
            at, message = self.addresses.cell(position, row.number), why.message.format(caption, kind)
            note = self.spot.finding("warning", at, message, why.hint, caption, text)
            read.remarks[note.where, message] = note


def _header(bound: BoundHeader, row: RowPlan) -> Header:
    """The header with its columns where they really are, by which rows that are no data are known."""
    own = _columns([row.main])
    others = {p: c for p, c in _columns(row.records).items() if p not in own}
    binding = bound.binding
    columns = {**others, **own}  # of one caption the last counts
    header = Header(bound.first, bound.row, columns, dict(binding.units), binding.captions, binding.serial)
    header.texts = bound.texts
    return header


def _columns(plans: Iterable[RecordPlan]) -> dict[int, Column]:
    return {p: plan.column(c) for plan in plans for c, positions in plan.cells.items() for p in positions}


def _amounts(plan: RecordPlan) -> dict[str, Sequence[int]]:
    """Where the amounts of a record stand: one amount over several records is the amount of none of them."""
    return {c: positions for c, positions in plan.cells.items() if plan.column(c).value_type.is_amount}
