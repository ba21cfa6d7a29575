"""The value of a measure for a chain."""

from __future__ import annotations

from collections.abc import Collection

from graph.measures.measure import Measure
from graph.model import ChainView

OUTSIDE = "外部"  # 状态 of a firm that is only a candidate: it is not of the chain yet


def value_of(measure: Measure, view: ChainView, filed: Collection[str]) -> int | None:
    """How many nodes of the measure's kind belong to the chain or stand on its segments; None where nobody filed
    any row of that kind.

    `filed` are the kinds that have rows at all: what nobody reported is 未报, which is not zero.
    """
    if measure.of not in filed:
        return None
    return len([node for node in view.belonging(measure.of) if node.values.get("状态") != OUTSIDE])
