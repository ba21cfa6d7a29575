"""Everything that 六图六清单 of a chain are drawn from, as plain values that a worker can hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.answers.atlas.trend import trend
from graph.answers.chains import view_of
from graph.answers.documents.atlas import TrendDocument
from graph.answers.documents.plan import TargetDocument, TaskDocument
from graph.answers.documents.recruiting import CandidatesDocument
from graph.answers.lookup import find_chain
from graph.answers.plan.progress import plan_standings, target_document
from graph.answers.plan.tasks import tasks
from graph.answers.recruiting import candidates
from graph.answers.state import State
from graph.model import ChainView
from graph.queries.chain_view import Chain

WHOLE_CITY, COUNTY = "全市", "县市区"


@dataclass(frozen=True, slots=True)
class AtlasFacts:
    """One chain: its view, its gaps with candidates, its years, and what the plan asks of it and its county."""

    view: ChainView
    plan: CandidatesDocument
    trend: TrendDocument
    targets: list[TargetDocument]
    tasks: list[TaskDocument]
    at: str


def atlas_facts(state: State, chain: str, county: str | None = None, at: date | None = None) -> AtlasFacts:
    """The facts of one chain. Raises Unknown and Ambiguous."""
    asked, day = find_chain(state, chain, county), at or state.today
    return AtlasFacts(
        view_of(state, asked),
        candidates(state, asked.id),
        trend(state, asked),
        targets_applying(state, asked, day),
        tasks_applying(state, asked, day),
        day.isoformat(),
    )


def targets_applying(state: State, chain: Chain, day: date) -> list[TargetDocument]:
    """What the plan asks of a chain, of its county and of the whole city, by deadline."""
    applying = [
        s
        for s in plan_standings(state, day)
        if s.target.subject.key == chain.id
        or s.target.subject.kind == WHOLE_CITY
        or (s.target.subject.kind == COUNTY and s.target.subject.county == chain.county)
    ]
    documents = [target_document(state, s) for s in applying]
    return sorted(documents, key=lambda t: (t["deadline"] or "9999", t["subject_kind"], t["indicator"]))


def tasks_applying(state: State, chain: Chain, day: date) -> list[TaskDocument]:
    """The tasks of a chain and of its county, by deadline."""
    own = tasks(state, chain.county, day)["tasks"]
    applying = [t for t in own if t["subject_kind"] == COUNTY or t["subject"] == chain.name]
    return sorted(applying, key=lambda t: (t["deadline"] or "9999", t["code"] or "", t["name"]))
