"""What waits for a person's decision."""

from __future__ import annotations

from typing import cast

from graph.answers.documents.nodes import LeadDoubleDocument, MayBeLeadDocument, ReviewDocument
from graph.answers.plan.investments import investments
from graph.answers.plan.progress import sources_of
from graph.answers.state import State
from graph.errors import Unknown
from graph.projection.decisions import APART
from graph.queries.lead_reader import lead_verdicts
from graph.queries.reads import read_everything
from graph.review.lead_doubles import LEAD, Investment, LeadDouble, lead_doubles
from graph.review.queue import ReviewQueue


def review(state: State, kind: str | None = None, top: int = 100) -> ReviewDocument:
    """The document of `lianpu review`. Raises Unknown for a kind that is not reviewed."""
    city = state.city
    reviewed = (*city.schema.compared, LEAD)
    if kind is not None and kind not in reviewed:
        raise Unknown("类别", kind, reviewed)

    def read() -> ReviewQueue:
        read_everything()
        return ReviewQueue.of(city.projection(), city.schema)

    queue = state.once(("review",), read)
    document = cast(ReviewDocument, queue.document(city.sources, kind, top))
    doubles = _doubles(state) if kind in (None, LEAD) else []
    document["count"]["leads"] = len(doubles)
    document["leads"] = [_double(state, d) for d in doubles[:top]]
    return document


def _doubles(state: State) -> list[LeadDouble]:
    def read() -> list[LeadDouble]:
        apart = {frozenset(pair) for pair, verdict in lead_verdicts(state.reader).items() if verdict == APART}
        return lead_doubles(investments(state), apart)

    return state.once(("lead doubles",), read)


def _double(state: State, double: LeadDouble) -> LeadDoubleDocument:
    return {
        "one": _may_be(state, double.one),
        "other": _may_be(state, double.other),
        "reasons": list(double.reasons),
        "leads": double.one.kind == double.other.kind == LEAD,
    }


def _may_be(state: State, one: Investment) -> MayBeLeadDocument:
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "path": one.path,
        "code": one.code or None,
        "money": one.money,
        "rows": sources_of(state, one.records[:5]),
    }
