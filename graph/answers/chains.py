"""Everything that hangs on a chain."""

from __future__ import annotations

from typing import Any, cast

from graph.answers.lookup import find_chain
from graph.answers.state import State
from graph.answers.statuses import segment_documents
from graph.model import ChainView
from graph.queries.chain_view import Chain, chain_view


def view_chain(state: State, chain: str, county: str | None = None) -> ChainView:
    """The view of a chain, by its name or 县/链. Raises Unknown and Ambiguous."""
    return view_of(state, find_chain(state, chain, county))


def view_of(state: State, chain: Chain) -> ChainView:
    """The view of one chain, made once."""

    def make() -> ChainView:
        city, rows = state.city, state.about(chain.id).graded()
        own = [s for s in rows if s.county == chain.county and s.chain == chain.name]
        segments = cast(list[dict[str, Any]], segment_documents(state, own))
        return chain_view(state.explorer, chain, segments, state.today, city.sources, demo=city.demo)

    return state.once(("view", chain.id), make)
