"""目标进度 as a table: a row for each target, a column for each county, in a cell the lights of its subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.answers.plan.progress import DUE, plan_standings
from graph.answers.state import State
from graph.plan.chain_targets import asked_text
from graph.plan.light import BEHIND, BY_GRAVITY, BY_LEDGER, FAR_BEHIND, LATE, TargetStanding
from graph.plan.sentence import amount_text
from graph.plan.target import CITY, Target
from graph.plan.verdict import YES
from graph.text import norm

CITY_COLUMN = CITY  # what is set for the city as a whole, or for what is of no county


@dataclass(slots=True)
class MatrixRow:
    """One target: what it asks by when, and where it stands in each column."""

    first: Target
    cells: dict[str, list[TargetStanding]] = field(default_factory=dict)

    @property
    def all(self) -> list[TargetStanding]:
        """Where it stands, everywhere."""
        return [s for cell in self.cells.values() for s in cell]

    @property
    def deadline(self) -> date | None:
        """The day that was first set."""
        return first_deadline(self.first)

    @property
    def asked(self) -> str:
        """What it asks, where it asks the same of everybody; else empty."""
        texts = {asked_text(s.target.goal) for s in self.all}
        return texts.pop() if len(texts) == 1 else ""

    @property
    def lights(self) -> Counter[str]:
        """How many of each light."""
        return Counter(s.light.word for s in self.all)

    @property
    def proved(self) -> frozenset[str]:
        """The lights that the ledger's counts alone prove, all of them."""
        return proved_alone(self.all)

    @property
    def spread(self) -> str:
        """How many of its subjects have met it, where it is set for several."""
        there = self.all
        return f"{sum(s.verdict.met == YES for s in there)}/{len(there)} 达标" if len(there) > 1 else ""


@dataclass(frozen=True, slots=True)
class TargetMatrix:
    """The table. `columns` are counties, those with the gravest lights first; the city, where it has targets, before them.

    `proved` are by column the lights that the ledger's counts alone prove, all of them.
    """

    columns: tuple[str, ...]
    county_ids: Mapping[str, str]
    rows: tuple[MatrixRow, ...]
    lights: Mapping[str, Mapping[str, int]]
    proved: Mapping[str, frozenset[str]]
    hidden: int = 0

    @property
    def total(self) -> dict[str, int]:
        """The lights of all columns together."""
        return {light.word: sum(c[light.word] for c in self.lights.values()) for light in BY_GRAVITY}


def matrix(
    standings: Iterable[TargetStanding],
    county_ids: Mapping[str, str],
    cells: int | None = None,
    light: str | None = None,
) -> TargetMatrix:
    """The table of some targets; `county_ids` are the ids of counties by name, `cells` how many cells are shown
    at most, by whole rows; `light` is the word of a light that a shown row must have somewhere.
    """
    rows: dict[tuple[object, ...], MatrixRow] = {}
    of_column: dict[str, list[TargetStanding]] = {}
    for there in standings:
        target = there.target
        column = target.subject.county or CITY_COLUMN
        rows.setdefault(_row_key(target), MatrixRow(target)).cells.setdefault(column, []).append(there)
        of_column.setdefault(column, []).append(there)
    lights = {c: Counter(s.light.word for s in some) for c, some in of_column.items()}
    shown = [r for r in rows.values() if light is None or any(s.light.word == light for s in r.all)]
    ordered = sorted(shown, key=lambda r: _place(r.all))
    most = max(cells // len(lights), 1) if cells and lights else None
    return TargetMatrix(
        tuple(sorted(lights, key=lambda c: (c != CITY_COLUMN, *counts_order(lights[c]), c))),
        county_ids,
        tuple(ordered[:most]),
        {c: {light.word: n[light.word] for light in BY_GRAVITY} for c, n in lights.items()},
        {c: proved_alone(some) for c, some in of_column.items()},
        max(len(ordered) - most, 0) if most else 0,
    )


def proved_alone(standings: Iterable[TargetStanding]) -> frozenset[str]:
    """The words of the lights of which each rests on the ledger's count alone: there may be more than it knows."""
    flagged: dict[str, bool] = {}
    for there in standings:
        flagged[there.light.word] = flagged.get(there.light.word, True) and BY_LEDGER in there.flags
    return frozenset(word for word, all_of in flagged.items() if all_of)


def plan_glance(state: State) -> tuple[TargetMatrix, list[MatrixRow]]:
    """For the first page: the lights of every county, and what is due next and not met, a row for each target."""
    there = plan_standings(state)
    ids = {str(r["name"]): r["id"] for r in state.reader.nodes("县市区")}
    ahead = [s for s in there if s.verdict.met != YES and s.days_left is not None and 0 <= s.days_left <= DUE[-1]]
    rows = matrix(ahead, ids).rows
    return matrix(there, ids), sorted(rows, key=lambda r: (min(s.days_left or 0 for s in r.all), -len(r.all)))


def counts_order(lights: Mapping[str, int]) -> tuple[int, ...]:
    """What orders counties: the more that is late, far behind, behind, the earlier."""
    return tuple(-lights.get(light.word, 0) for light in (LATE, FAR_BEHIND, BEHIND))


def _row_key(target: Target) -> tuple[object, ...]:
    """What is one row: the same name and comparison first set for the same day, of the same plan."""
    day = first_deadline(target)
    plan = target.plan.name if target.plan else ""
    return plan, norm(target.name), target.goal.comparison, target.goal.unit, day.isoformat() if day else ""


def first_deadline(target: Target) -> date | None:
    """The day that was first set: what moved it for one county parts no row."""
    return target.moved[0].old if target.moved else target.deadline


def _place(there: Sequence[TargetStanding]) -> tuple[object, ...]:
    """Rows stand by plan, then as they were written."""
    target = min((s.target for s in there), key=lambda t: t.records)
    return target.plan is None, target.plan.name if target.plan else "", target.records


def value_text(there: TargetStanding) -> str:
    """The value that counts in few words: a number, its bounds, whether it is done."""
    verdict = there.verdict
    unit = "%" if there.target.goal.unit == "%" else ""
    if isinstance(verdict.value, bool):
        return "已完成" if verdict.value else "未完成"
    if verdict.value is not None:
        return f"{amount_text(verdict.value, there.target.goal.bound)}{unit}"
    if verdict.lower is not None:
        upper = amount_text(verdict.upper) if verdict.upper is not None else "更多"
        return f"{amount_text(verdict.lower)}–{upper}{unit}"
    return there.light.word


def due_text(day: date | None, days_left: int | None) -> str:
    """A deadline with how far off it is.

    >>> due_text(date(2026, 12, 31), 34), due_text(date(2024, 12, 31), -3), due_text(None, None)
    ('2026-12-31（剩 34 天）', '2024-12-31（已过 3 天）', '无期限')
    """
    if day is None or days_left is None:
        return "无期限"
    return f"{day.isoformat()}（{f'剩 {days_left} 天' if days_left >= 0 else f'已过 {-days_left} 天'}）"
