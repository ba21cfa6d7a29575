"""Who has filed what: complete and on time by county and period, and what a county is asked to file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from graph.answers.documents.filing import (
    CompletenessDocument,
    FilingWatchDocument,
    LaterChangeDocument,
    MissingFilingDocument,
)
from graph.answers.lookup import find_node
from graph.answers.plan.progress import plan_facts, plan_standings
from graph.answers.state import State
from graph.plan.filing_watch import Arrivals, Completeness, DueFiling, by_county, by_period, due_filings
from graph.plan.light import TargetStanding
from graph.plan.period import Period
from graph.plan.target import CITY, Filed, TargetSubject
from graph.plan.task import Task
from graph.text import norm

REGION = "县市区"


def filing_watch(state: State, county: str | None = None, at: date | None = None) -> FilingWatchDocument:
    """What was due for the periods that ended by a day, by county and period. Raises Unknown and Ambiguous."""
    day = at or state.today
    own = county_name(state, county) if county else None
    due = [d for d in all_due(state, day) if own is None or d.subject.county == own]
    return {
        "at": day.isoformat(),
        "on_time_days": int(state.plan_model.on_time_days),
        "counties": [_completeness(c) for c in by_county(due)],
        "periods": [_completeness(c) for c in by_period(due)],
        "changed": [_later(d) for d in due if d.changes],
    }


def county_name(state: State, county: str) -> str:
    """The county that is called so. Raises Unknown and Ambiguous."""
    return str(find_node(state, state.city.schema.kinds[REGION], county)["name"])


def all_due(state: State, day: date) -> list[DueFiling]:
    """All that is due by a day."""
    records = plan_facts(state).records
    rows = [r for filings in records.filings.values() for f in filings for r in f.filing.records]
    arrivals = _arrivals(state, rows)
    return due_filings(records.targets, records.filings, day, state.plan_model, arrivals)


def _arrivals(state: State, rows: Iterable[int]) -> Arrivals:
    """The batch that brought each row, and the day on which it was loaded."""
    loaded = {b.id: datetime.fromisoformat(b.loaded_at).date() for b in state.city.ledger.batches()}
    return {row: (s["batch"], loaded[s["batch"]]) for row, s in state.city.sources(rows).items()}


def _completeness(of: Completeness) -> CompletenessDocument:
    period, first = of.period, of.due[0]
    return {
        "county": of.county or None,
        "period": period.text if period else None,
        "ends": period.last.isoformat() if period else None,
        "locked": period is not None and first.locked,
        "due": len(of.due),
        "filed": of.filed,
        "on_time": of.on_time,
        "missing": [_missing(d) for d in of.missing],
    }


def _missing(due: DueFiling) -> MissingFilingDocument:
    return {
        "indicator": due.indicator,
        "subject": due.subject.name,
        "owners": list(due.owners),
        "period": due.period.text,
        "by": due.by.isoformat(),
        "locked": due.locked,
    }


def _later(due: DueFiling) -> LaterChangeDocument:
    return {
        "indicator": due.indicator,
        "subject": due.subject.name,
        "county": due.subject.county or None,
        "period": due.period.text,
        "batches": list(due.changes),
    }


# -- what a form asks -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period that may be filed for."""

    period: Period
    filed: bool
    locked: bool

    @property
    def caption(self) -> str:
        """How a form offers it."""
        state = "已填" if self.filed else "未填"
        return f"{self.period.text}（{state}{'，已锁定' if self.locked else ''}）"


@dataclass(frozen=True, slots=True)
class AskedFiling:
    """An indicator of one subject that a form asks for: the target that counts next, and what was filed last."""

    there: TargetStanding
    last: Filed | None
    periods: tuple[PeriodChoice, ...]  # the last first

    @property
    def key(self) -> str:
        """By what the form knows it."""
        target = self.there.target
        return f"{norm(target.name)}|{target.subject.filed_under}"

    def cells(self) -> dict[str, str]:
        """What its row says by itself."""
        return {"指标": self.there.target.name, **subject_cells(self.there.target.subject)}

    def is_correction(self, period: str) -> bool:
        """Whether filing for a period changes what is locked."""
        return any(p.filed and p.locked for p in self.periods if p.period.text == period)


@dataclass(frozen=True, slots=True)
class AskedProgress:
    """A task of one subject whose progress a form asks for."""

    task: Task
    state: str

    @property
    def key(self) -> str:
        """By what the form knows it."""
        return f"{self.task.id}|{self.task.subject.filed_under}"

    def cells(self) -> dict[str, str]:
        """What its row says by itself."""
        return {"任务": self.task.name, **subject_cells(self.task.subject)}


def subject_cells(subject: TargetSubject) -> dict[str, str]:
    """Whom a row is for, as a workbook says it; the county tells chains and firms of one name apart."""
    county = {} if subject.kind in (CITY, REGION) or not subject.county else {"县市区": subject.county}
    return {"对象": CITY if subject.kind == CITY else subject.name, **county}


def asked_filings(state: State, county: str) -> list[AskedFiling]:
    """The indicators that a county (name; empty: the city) is to file, the gravest light first."""
    records, day = plan_facts(state).records, state.today
    due: dict[tuple[str, str], list[DueFiling]] = {}
    for one in all_due(state, day):
        due.setdefault((norm(one.indicator), one.subject.filed_under), []).append(one)
    chosen: dict[tuple[str, str], TargetStanding] = {}
    for there in plan_standings(state):
        target = there.target
        if target.subject.county == county:
            of = norm(target.name), target.subject.filed_under
            if of not in chosen or _sooner(there, chosen[of]):
                chosen[of] = there
    return [
        AskedFiling(
            there,
            next(iter(reversed(records.filings.get(of, ()))), None),
            tuple(PeriodChoice(d.period, bool(d.filed), d.locked) for d in reversed(due.get(of, ()))),
        )
        for of, there in chosen.items()
    ]


def _sooner(one: TargetStanding, other: TargetStanding) -> bool:
    """Whether a target of the same name counts rather than another: the next deadline that lies ahead, else the last."""

    def order(there: TargetStanding) -> tuple[bool, int]:
        days = there.days_left
        ahead = days is None or days >= 0
        return not ahead, abs(days) if days is not None else 100_000

    return order(one) < order(other)


def asked_progress(state: State, county: str) -> list[AskedProgress]:
    """The tasks of a county (name; empty: the city) that are not over, by deadline."""
    tasks = [t for t in plan_facts(state).records.tasks if t.subject.county == county]
    asked = [AskedProgress(t, t.state(state.today)) for t in tasks]
    return sorted(asked, key=lambda a: (a.state in ("已完成", "已取消"), a.task.deadline or date.max, a.task.name))
