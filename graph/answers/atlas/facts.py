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
from graph.answers.papers.report import applying_targets
from graph.answers.plan.tasks import tasks
from graph.answers.recruiting import candidates
from graph.answers.state import State
from graph.model import ChainView
from graph.queries.chain_view import Chain

COUNTY = "县市区"


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
    view = view_of(state, asked)
    return AtlasFacts(
        view,
        candidates(state, asked.id),
        trend(state, asked),
        sorted(applying_targets(state, view, day), key=lambda t: (t["deadline"] or "9999", t["indicator"])),
        tasks_applying(state, asked, day),
        day.isoformat(),
    )


def tasks_applying(state: State, chain: Chain, day: date) -> list[TaskDocument]:
    """The tasks of a chain and of its county, by deadline."""
    own = tasks(state, chain.county, day)["tasks"]
    applying = [t for t in own if t["subject_kind"] == COUNTY or t["subject"] == chain.name]
    return sorted(applying, key=lambda t: (t["deadline"] or "9999", t["code"] or "", t["name"]))
