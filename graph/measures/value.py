"""The value of a measure for a chain."""

from __future__ import annotations

from collections.abc import Collection

from graph.measures.measure import Measure
from graph.model import ChainView


def value_of(measure: Measure, view: ChainView, filed: Collection[str]) -> int | None:
    """How many nodes of the measure's kind belong to the chain; None where nobody filed any row of that kind.

    `filed` are the kinds that have rows at all: what nobody reported is 未报, which is not zero.
    """
    if measure.of not in filed:
        return None
    on_chain = {e.source for e in view.edges if e.relation == "IN_CHAIN" and e.target == view.chain_id}
    return sum(1 for node in view.of_kind(measure.of) if node.id in on_chain)
