"""What should have been filed for the periods that ended: filed or missing, on time, and changed once it was locked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.plan.config import PlanModel
from graph.plan.period import MONTHS, Period, ended_periods, period_called, period_of
from graph.plan.target import Filed, Target, TargetSubject
from graph.text import norm

Key = tuple[str, str]  # an indicator's name in normal form, and the id of its subject
Arrivals = Mapping[int, tuple[int, date]]  # the batch that brought a row of the ledger, and the day it was loaded


@dataclass(frozen=True, slots=True)
class DueFiling:
    """What is due of one indicator and subject for one period, and what was filed for it, the first in time first."""

    indicator: str
    subject: TargetSubject
    owners: tuple[str, ...]
    period: Period
    filed: tuple[Filed, ...]
    by: date  # the last day on which it is on time; from the next day on it is locked
    locked: bool
    changes: tuple[int, ...] = ()  # batches that changed it once it was locked

    @property
    def on_time(self) -> bool:
        """Whether something was filed on time."""
        return any(f.filing.day <= self.by for f in self.filed)


def due_filings(
    targets: Iterable[Target],
    filings: Mapping[Key, Sequence[Filed]],
    today: date,
    model: PlanModel,
    arrivals: Arrivals | None = None,
) -> list[DueFiling]:
    """What is due by today: by period, county and indicator.

    A filing names indicator and subject, so that one serves all targets of a name; the day that it bears is the day on
    which it was filed. Without 期间 it is for the period in which that day lies.
    """
    due: dict[tuple[str, str, Period], DueFiling] = {}
    for target in targets:
        start = target.start
        if target.frequency not in MONTHS or start is None:
            continue
        of = norm(target.name), target.subject.filed_under
        filed = _by_period(filings.get(of, ()), target.frequency)
        for period in ended_periods(start, target.deadline, today, target.frequency):
            by = period.last + timedelta(model.on_time_days)
            there = tuple(f for f in filed.get(period, ()) if f.filing.day <= today)
            changes = tuple(_changes(there, by, arrivals or {}))
            due.setdefault(
                (*of, period),
                DueFiling(target.name, target.subject, target.owners, period, there, by, today > by, changes),
            )
    return sorted(due.values(), key=lambda d: (d.period.last, d.subject.county, d.subject.name, d.indicator))


def _by_period(filings: Iterable[Filed], frequency: str) -> dict[Period, list[Filed]]:
    periods: dict[Period, list[Filed]] = defaultdict(list)
    for filed in filings:
        periods[filed_for(filed, frequency)].append(filed)
    return periods


def filed_for(filed: Filed, frequency: str) -> Period:
    """The period that a filing is for: the one that it names, else the one in which its day lies."""
    return period_called(filed.period) or period_of(filed.filing.day, frequency)


def _changes(filed: Sequence[Filed], by: date, arrivals: Arrivals) -> Iterator[int]:
    """The batches that filed again, after the lock, what another had filed before."""
    brought = sorted({arrivals[r] for f in filed for r in f.filing.records if r in arrivals})
    for batch, day in brought[1:]:
        if day > by and batch != brought[0][0]:
            yield batch


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete the filings of one county are: of one period, or of all."""

    county: str  # empty for what is of no county
    period: Period | None
    due: tuple[DueFiling, ...]

    @property
    def filed(self) -> int:
        """How many were filed."""
        return sum(bool(d.filed) for d in self.due)

    @property
    def on_time(self) -> int:
        """How many were filed on time."""
        return sum(d.on_time for d in self.due)

    @property
    def missing(self) -> tuple[DueFiling, ...]:
        """Those for which nothing was filed."""
        return tuple(d for d in self.due if not d.filed)


def by_county(due: Iterable[DueFiling]) -> list[Completeness]:
    """The filings of each county: who misses most first."""
    counties: dict[str, list[DueFiling]] = defaultdict(list)
    for one in due:
        counties[one.subject.county].append(one)
    all_of = [Completeness(county, None, tuple(some)) for county, some in counties.items()]
    return sorted(all_of, key=lambda c: (-len(c.missing), c.on_time - len(c.due), c.county))


def by_period(due: Iterable[DueFiling]) -> list[Completeness]:
    """The filings of each county and period: the last period first."""
    parts: dict[tuple[str, Period], list[DueFiling]] = defaultdict(list)
    for one in due:
        parts[one.subject.county, one.period].append(one)
    all_of = [Completeness(county, period, tuple(some)) for (county, period), some in parts.items()]
    return sorted(all_of, key=lambda c: (-c.due[0].period.last.toordinal(), c.due[0].period.frequency, c.county))
