"""What breaks a chain: the smallest losses of firms and outside sources that stop one of its segments."""

from __future__ import annotations

from graph.analysis.supply.cuts import Cut, find_cuts
from graph.answers.documents import recruiting
from graph.answers.lookup import find_chain
from graph.answers.state import State
from graph.answers.statuses import place_of


def cuts(state: State, chain: str, county: str | None = None, order: int = 1) -> recruiting.CutsDocument:
    """The document of `lianpu cuts`."""
    asked = find_chain(state, chain, county)
    narrow = state.about(asked.id)
    result = find_cuts(narrow.supply(), asked.id, order)
    return {
        "county": asked.county,
        "chain": asked.name,
        "chain_id": asked.id,
        "order": order,
        "cuts": [_cut(narrow, c) for c in result.cuts],
        "supply_unknown": result.supply_unknown,
        "capped": result.capped,
    }


def _cut(state: State, cut: Cut) -> recruiting.CutDocument:
    firms, statuses = state.supply().firms, state.by_id()
    return {
        "lost": [firms[x.id].name if x.kind == "企业" and x.id in firms else x.id for x in cut.lost],
        "kinds": [x.kind for x in cut.lost],
        "stops": [place_of(statuses[s]) for s in cut.stops],
    }
