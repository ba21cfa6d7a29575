"""Everything that hangs on a chain."""

from __future__ import annotations

from typing import Any, cast

from graph.analysis.grading.segment_status import SegmentStatus, Surveyed, surveyed
from graph.answers.lookup import find_chain
from graph.answers.state import State
from graph.answers.statuses import segment_documents
from graph.model import ChainView
from graph.queries.chain_view import Chain, chain_view


def surveyed_of(state: State, chain: Chain) -> Surveyed:
    """已摸底 of a chain, as every page, table and file says it."""
    return surveyed(rows_of(state, chain))


def rows_of(state: State, chain: Chain) -> list[SegmentStatus]:
    """The statuses of a chain's own segments."""
    return [r for r in state.about(chain.id).graded() if (r.county, r.chain) == (chain.county, chain.name)]


def view_chain(state: State, chain: str, county: str | None = None) -> ChainView:
    """The view of a chain, by its name or 县/链. Raises Unknown and Ambiguous."""
    return view_of(state, find_chain(state, chain, county))


def view_of(state: State, chain: Chain) -> ChainView:
    """The view of one chain, made once."""

    def make() -> ChainView:
        city, own = state.city, rows_of(state, chain)
        segments = cast(list[dict[str, Any]], segment_documents(state, own, state.about(chain.id).supply()))
        return chain_view(state.explorer, chain, segments, state.today, city.sources, demo=city.demo)

    return state.once(("view", chain.id), make)
