"""How many things of a chain a measure counts, from the view of the chain alone."""

from __future__ import annotations

from collections.abc import Collection

from graph.measures.measure import Measure
from graph.model import ChainView

OUTSIDE = "外部"  # 状态 of a firm that is only a candidate: it is not of the chain yet


def count_of_chain(measure: Measure, view: ChainView, filed: Collection[str]) -> int | None:
    """How many nodes that count belong to the chain or stand on its segments; None where nobody filed any row of that
    kind.

    `filed` are the kinds that have rows at all: what nobody reported is 未报, which is not zero.
    """
    if measure.of not in filed:
        return None
    counting = (n for n in view.belonging(measure.of) if n.values.get("状态") != OUTSIDE)
    return sum(measure.rows.passes(n.values) for n in counting)
