"""What records a row of a mapped table gives, and from which of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.schema.kinds import Column, Schema, Sheet
from ingest.mapping.binding import YEAR, Binding
from ingest.mapping.mapping import FROM_PARTIES, OUTSIDE, Destination, base_kind, required
from ingest.readers.base import Cell
from ingest.table.cells import is_blank


@dataclass(slots=True)
class RecordPlan:
    """One record of each row: `cells` says which positions fill which of its captions."""

    record: str
    sheet: Sheet
    cells: dict[str, list[int]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    by_party: tuple[str, ...] = ()  # captions that the firms listed in a cell may fill: 内容 环节 占比
    own: set[str] = field(default_factory=set)  # captions whose cells say that the record is there
    shared: set[str] = field(default_factory=set)  # and those that say so only if nothing is missing

    @property
    def captions(self) -> list[str]:
        """What the record may have, in the order in which it is read."""
        return list(dict.fromkeys((*self.cells, *self.constants, *self.by_party)))

    def positions(self) -> Iterator[int]:
        """Every position that it reads."""
        for places in self.cells.values():
            yield from places

    def is_wanted(self, cells: Mapping[str, Cell]) -> bool:
        """Whether a row says anything for this record beside what it says anyway."""
        if any(not is_blank(cells.get(c)) for c in self.own):
            return True
        whole = all(not is_blank(cells.get(c.caption)) for c in required(self.sheet))
        return whole and any(not is_blank(cells.get(c)) for c in self.shared)

    def column(self, caption: str) -> Column:
        """The column of a caption."""
        return self.sheet.by_caption[caption]


class LeftOut(NamedTuple):
    """A record that this table cannot give, with the required captions that nothing fills."""

    plan: RecordPlan
    lacking: list[str]


@dataclass(slots=True)
class RowPlan:
    """All records of a row, the first is what it is about; what cannot be made of this table, and why."""

    records: list[RecordPlan] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    year: int | None = None  # of the title, where it filled 年份

    @property
    def main(self) -> RecordPlan:
        """What the row is about."""
        return self.records[0]


def plan_row(binding: Binding, schema: Schema, year: int | None) -> RowPlan:
    """The records that a table with this header gives. `year` is what its title states.

    Raises nothing: a record whose required columns are not there is left out, its cells are kept with the first.
    """
    row = RowPlan()
    for number, plan in enumerate(_records(binding, schema)):
        if year and _lacks_year(plan, is_main=number == 0):
            plan.constants[YEAR] = str(year)
            row.year = year
        plan.by_party = _by_party(plan, binding)
        given = {*plan.cells, *plan.constants, *(FROM_PARTIES & set(plan.by_party))}
        if lacking := [c.caption for c in required(plan.sheet) if c.caption not in given]:
            row.left_out.append(LeftOut(plan, lacking))
        else:
            row.records.append(plan)
    for plan in row.records[1:]:
        _set_triggers(plan, set(row.main.positions()))
    return row


def _records(binding: Binding, schema: Schema) -> Iterator[RecordPlan]:
    """A record for each that the mapping names, and for each year of it where captions state years."""
    table = binding.table
    for number, record in enumerate(table.kinds):
        sheet = schema.sheets[base_kind(record)]
        constants = {d.caption: v for d, v in table.constants.items() if d.record == record}
        cells = _cells(binding, record)
        if number and YEAR in sheet.by_caption:
            yield from _per_year(record, sheet, cells, constants)
            continue
        latest = {c: p for _, by_caption in sorted(cells.items()) for c, p in by_caption.items()}
        years = [y for y in cells if y]
        dated = {YEAR: str(max(years))} if years and YEAR in sheet.by_caption else {}
        yield RecordPlan(record, sheet, latest, {**dated, **constants})


def _cells(binding: Binding, record: str) -> dict[int, dict[str, list[int]]]:
    """Positions by year (0 where the caption states none) and our caption."""
    cells: dict[int, dict[str, list[int]]] = {0: {}}
    for place, key in sorted(binding.keys.items()):
        for destination in binding.table.columns[key]:
            if destination.record == record:
                by_caption = cells.setdefault(binding.years.get(place, 0), {})
                by_caption.setdefault(destination.caption, []).append(place)
    return cells


def _per_year(
    record: str, sheet: Sheet, cells: dict[int, dict[str, list[int]]], constants: dict[str, str]
) -> Iterator[RecordPlan]:
    """One record for each year that captions state; what has no year goes with the year column or the latest."""
    base, years = cells[0], sorted(y for y in cells if y)
    keys = {*sheet.key, *(c.caption for c in required(sheet))}
    if not years or YEAR in base:
        yield RecordPlan(record, sheet, base, dict(constants))
    for year in years:
        rest = base if YEAR not in base and year == years[-1] else {c: p for c, p in base.items() if c in keys}
        own = {**rest, **cells[year]}
        own.pop(YEAR, None)
        yield RecordPlan(f"{record}@{year}", sheet, own, {**constants, YEAR: str(year)})


def _lacks_year(plan: RecordPlan, is_main: bool) -> bool:
    column = plan.sheet.by_caption.get(YEAR)
    if column is None or YEAR in plan.cells or YEAR in plan.constants:
        return False
    dated = {plan.column(c).with_ for c in plan.cells}
    return column.required or (is_main and YEAR in dated)


def _by_party(plan: RecordPlan, binding: Binding) -> tuple[str, ...]:
    """What firms listed as 名称（外地，占60%）：内容 say beside their name."""
    parties = {p for p, k in binding.keys.items() if k in binding.table.parties}
    if base_kind(plan.record) == OUTSIDE and parties:
        return ("外部来源", "环节", "占比")
    if parties.intersection(plan.positions()):
        return tuple(c for c in ("内容", "环节", "占比") if c in plan.sheet.by_caption)
    return ()


def _set_triggers(plan: RecordPlan, main: set[int]) -> None:
    identity = {*plan.sheet.key, *(c.caption for c in required(plan.sheet))}
    exclusive = {c for c, places in plan.cells.items() if not main.issuperset(places)}
    flags = {c for c in plan.cells if plan.column(c).value_type.is_flag}
    plan.own = exclusive & identity or exclusive - flags
    plan.shared = set(plan.cells) - identity - plan.own


def destinations_of(binding: Binding, place: int) -> Sequence[Destination]:
    """What a position fills."""
    key = binding.keys.get(place)
    return binding.table.columns[key] if key else ()
