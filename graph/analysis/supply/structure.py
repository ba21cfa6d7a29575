"""How a supply network is built: what comes before what, which segments feed each other, who stands between others.

Pure graph figures, blind to who makes what: brokerage says whom much passes through, never that it is a chokepoint
(for that see `graph.analysis.supply.cuts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import networkx as nx


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a node stands. `level`: 0 needs nothing; `in_loop`: it feeds itself through others.

    `betweenness`: share of shortest ways between two others that lead through it. `constraint`: how much its
    neighbours are each other's neighbours too (low: a broker), None for a node without neighbours.
    """

    level: int
    in_loop: bool
    betweenness: float
    constraint: float | None


def standings(graph: nx.DiGraph[str]) -> dict[str, Standing]:
    """Where every node of a network of feeds stands; nodes of one loop share a level.

    Sources: Freeman (1977) for betweenness; Burt (1992) for constraint.

    >>> places = standings(nx.DiGraph([("矿", "钢"), ("钢", "锯条"), ("钢", "轴承")]))
    >>> [(n, s.level, round(s.betweenness, 2), round(s.constraint or 0, 2)) for n, s in places.items()]
    [('矿', 0, 0.0, 1.0), ('钢', 1, 0.33, 0.33), ('锯条', 2, 0.0, 1.0), ('轴承', 2, 0.0, 1.0)]
    """
    condensed = nx.condensation(graph)
    members = condensed.nodes(data="members")
    level = {n: at for at, group in enumerate(nx.topological_generations(condensed)) for c in group for n in members[c]}
    looped = {n for _, loop in members if len(loop) > 1 for n in loop}
    betweenness, constraint = nx.betweenness_centrality(graph), nx.constraint(graph.to_undirected())
    return {
        n: Standing(level[n], n in looped, betweenness[n], None if isnan(constraint[n]) else constraint[n])
        for n in graph
    }
