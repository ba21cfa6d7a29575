"""What records a row of a mapped table gives, and from which of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.schema.kinds import Column, Kind, Relation, Schema
from ingest.mapping.binding import YEAR, Binding
from ingest.mapping.mapping import FROM_PARTIES, OUTSIDE, Target, base_kind, required
from ingest.readers.base import Cell
from ingest.table.cells import is_blank


@dataclass(slots=True)
class Plan:
    """One record of each row: `cells` says which positions fill which of its captions."""

    record: str
    sheet: Kind | Relation
    cells: dict[str, list[int]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()  # captions that the firms listed in a cell may fill: 内容 环节 占比
    own: set[str] = field(default_factory=set)  # captions whose cells say that the record is there
    shared: set[str] = field(default_factory=set)  # and those that say so only if nothing is missing

    @property
    def captions(self) -> list[str]:
        """What the record may have, in the order in which it is read."""
        return list(dict.fromkeys((*self.cells, *self.constants, *self.told)))

    def positions(self) -> Iterator[int]:
        """Every position that it reads."""
        for places in self.cells.values():
            yield from places

    def is_wanted(self, said: dict[str, Cell]) -> bool:
        """Whether a row says anything for this record beside what it says anyway."""
        if any(not is_blank(said.get(c)) for c in self.own):
            return True
        whole = all(not is_blank(said.get(c.caption)) for c in required(self.sheet))
        return whole and any(not is_blank(said.get(c)) for c in self.shared)

    def column(self, caption: str) -> Column:
        """The column of a caption."""
        return self.sheet.by_caption[caption]


@dataclass(slots=True)
class Plans:
    """All records of a row, the first is what it is about; what cannot be made of this table, and why."""

    plans: list[Plan]
    left_out: list[tuple[Plan, list[str]]]  # with the required captions that nothing fills
    year: int | None = None  # of the title, where it filled 年份


def plans_of(binding: Binding, schema: Schema, year: int | None) -> Plans:
    """The records that a table with this header gives. `year` is what its title states.

    Raises nothing: a record whose required columns are not there is left out, its cells are kept with the first.
    """
    table = binding.table
    found: list[Plan] = []
    for record in table.kinds:
        sheet = schema.sheets[base_kind(record)]
        constants = {t.caption: v for t, v in table.constants.items() if t.record == record}
        cells = _cells(binding, record)
        if found and YEAR in sheet.by_caption:
            found += _per_year(record, sheet, cells, constants)
        else:
            latest = {c: p for _, by_caption in sorted(cells.items()) for c, p in by_caption.items()}
            years = [y for y in cells if y]
            given = {**({YEAR: str(max(years))} if years and YEAR in sheet.by_caption else {}), **constants}
            found.append(Plan(record, sheet, latest, given))
    result = Plans([], [], None)
    for plan in found:
        if year and _lacks_year(plan, is_main=plan is found[0]):
            plan.constants[YEAR] = str(year)
            result.year = year
        plan.told = _told(plan, binding)
        given_by = {*plan.cells, *plan.constants, *(FROM_PARTIES & set(plan.told))}
        lacking = [c.caption for c in required(plan.sheet) if c.caption not in given_by]
        if lacking:
            result.left_out.append((plan, lacking))
        else:
            result.plans.append(plan)
    for plan in result.plans[1:]:
        _tell_triggers(plan, set(result.plans[0].positions()))
    return result


def _cells(binding: Binding, record: str) -> dict[int, dict[str, list[int]]]:
    """Positions by year (0 where the caption states none) and our caption."""
    cells: dict[int, dict[str, list[int]]] = {0: {}}
    for place, key in sorted(binding.keys.items()):
        for target in binding.table.columns[key]:
            if target.record == record:
                by_caption = cells.setdefault(binding.years.get(place, 0), {})
                by_caption.setdefault(target.caption, []).append(place)
    return cells


def _per_year(
    record: str, sheet: Kind | Relation, cells: dict[int, dict[str, list[int]]], constants: dict[str, str]
) -> Iterator[Plan]:
    """One record for each year that captions state; what has no year goes with the year column or the latest."""
    base, years = cells[0], sorted(y for y in cells if y)
    keys = {*sheet.key, *(c.caption for c in required(sheet))}
    if not years or YEAR in base:
        yield Plan(record, sheet, base, dict(constants))
    for year in years:
        rest = base if YEAR not in base and year == years[-1] else {c: p for c, p in base.items() if c in keys}
        own = {**rest, **cells[year]}
        own.pop(YEAR, None)
        yield Plan(f"{record}@{year}", sheet, own, {**constants, YEAR: str(year)})


def _lacks_year(plan: Plan, is_main: bool) -> bool:
    column = plan.sheet.by_caption.get(YEAR)
    if column is None or YEAR in plan.cells or YEAR in plan.constants:
        return False
    dated = {plan.column(c).with_ for c in plan.cells}
    return column.required or (is_main and YEAR in dated)


def _told(plan: Plan, binding: Binding) -> tuple[str, ...]:
    """What firms listed as 名称（外地，占60%）：内容 say beside their name."""
    parties = {p for p, k in binding.keys.items() if k in binding.table.parties}
    if base_kind(plan.record) == OUTSIDE and parties:
        return ("外部来源", "环节", "占比")
    if parties.intersection(plan.positions()):
        return tuple(c for c in ("内容", "环节", "占比") if c in plan.sheet.by_caption)
    return ()


def _tell_triggers(plan: Plan, main: set[int]) -> None:
    identity = {*plan.sheet.key, *(c.caption for c in required(plan.sheet))}
    exclusive = {c for c, places in plan.cells.items() if not main.issuperset(places)}
    flags = {c for c in plan.cells if plan.column(c).type == "bool"}
    plan.own = exclusive & identity or exclusive - flags
    plan.shared = set(plan.cells) - identity - plan.own


def targets_of(binding: Binding, place: int) -> Sequence[Target]:
    """What a position fills."""
    key = binding.keys.get(place)
    return binding.table.columns[key] if key else ()
