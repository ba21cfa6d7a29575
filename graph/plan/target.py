"""A target of a plan for one subject: what it asks, by when, of whom; and what was filed about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from graph.measures.measure import Measure
from graph.plan.progress import Filing, Goal

CITY, COUNTY, CHAIN, FIRM = "全市", "县市区", "产业链", "企业"
EACH = {"各县市区": COUNTY, "各产业链": CHAIN}  # 对象 that means each of a kind separately


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, whose it is, and its years."""

    name: str
    start_year: int | None = None
    end_year: int | None = None
    issuer: str = ""
    region: str = ""  # the id of the region whose plan it is
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetSubject:
    """Whom a target is set for. `key` is the id whose rows count, "" for all; `county` is where it is."""

    kind: str
    name: str
    key: str = ""
    county: str = ""

    @property
    def filed_under(self) -> str:
        """The id under which it is filed: none for the whole city."""
        return "" if self.kind == CITY else self.key


@dataclass(frozen=True, slots=True)
class Moved:
    """One postponement: from which day to which, why, and who approved."""

    old: date
    new: date
    reason: str
    approved_by: str = ""
    day: date | None = None
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Filed:
    """One row of 完成情况: its value, and what the owner says of it."""

    filing: Filing
    order: tuple[object, ...] = ()  # the counting order among filings of one day
    proof: str = ""
    source: str = ""
    period: str = ""
    reason: str = ""
    measures: str = ""
    dissent: str = ""
    verified: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One target for one subject. `since` is 起算; `goal.deadline` is the day that counts, after what moved it."""

    id: str
    name: str
    subject: TargetSubject
    goal: Goal
    task: str = ""
    plan: Plan | None = None
    since: date | None = None
    frequency: str = ""
    measure: Measure | None = None
    parent: str = ""
    owners: tuple[str, ...] = ()
    records: tuple[int, ...] = ()
    moved: tuple[Moved, ...] = ()
    each: str = ""  # 各县市区 or 各产业链, where it is one of several

    @property
    def deadline(self) -> date | None:
        """D: the last day; that of the plan where the target states none."""
        if self.goal.deadline:
            return self.goal.deadline
        return date(self.plan.end_year, 12, 31) if self.plan and self.plan.end_year else None

    @property
    def start(self) -> date | None:
        """S: 起算, else the plan's 1 January, else 1 January of the deadline's year."""
        if self.since:
            return self.since
        if self.plan and self.plan.start_year:
            return date(self.plan.start_year, 1, 1)
        return date(self.deadline.year, 1, 1) if self.deadline else None

    @property
    def counted_from(self) -> date | None:
        """From which day a cumulative count counts; None is from ever."""
        if self.since:
            return self.since
        return date(self.plan.start_year, 1, 1) if self.plan and self.plan.start_year else None

    def put_off(self, moves: tuple[Moved, ...]) -> Target:
        """The target with what put its deadline off in force."""
        day, applied = put_off(self.goal.deadline, moves)
        return replace(self, goal=replace(self.goal, deadline=day), moved=applied) if applied else self


def put_off(day: date | None, moves: tuple[Moved, ...]) -> tuple[date | None, tuple[Moved, ...]]:
    """The day that counts after what put it off, and the moves that led there, in order.

    Each starts from the day that counted before it, the last approved one where several do; moves from other days are of
    other deadlines.
    """
    applied: list[Moved] = []
    while day is not None:
        here = [m for m in moves if m.old == day and m not in applied]
        if not here:
            break
        applied.append(max(here, key=lambda m: (m.day or date.min, m.new)))
        day = applied[-1].new
    return day, tuple(applied)
