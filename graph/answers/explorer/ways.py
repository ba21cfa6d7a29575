"""Ways from one node to another, and what both are tied to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import networkx as nx

from graph.answers.explorer.net import TieNet

HUBS = frozenset(("县市区", "产业链", "行业", "部门", "计划"))  # by these anything comes to anything in two steps
LONGEST, MOST_PATHS = 4, 60


def shortest(net: TieNet, start: str, end: str) -> list[str]:
    """The nodes of the shortest path, both ends with it; empty where there is none.

    Through a county or a chain only where no other way leads: by these everything comes to everything.
    """
    if start not in net.kinds or end not in net.kinds:
        return []
    for graph in (_without_hubs(net, start, end), net.graph):
        try:
            return list(min(islice(nx.all_shortest_paths(graph, start, end), 200)))
        except nx.NetworkXNoPath:
            continue
    return []


def all_paths(net: TieNet, start: str, end: str) -> list[list[str]]:
    """The paths of at most four steps, short ones first; through no county and no chain."""
    if start not in net.kinds or end not in net.kinds or start == end:
        return []
    graph = _without_hubs(net, start, end)
    around = nx.single_source_shortest_path_length(graph, start, cutoff=LONGEST)
    back = nx.single_source_shortest_path_length(graph, end, cutoff=LONGEST)
    between = [n for n in around if around[n] + back.get(n, LONGEST + 1) <= LONGEST]
    small = graph.subgraph(between)
    if end not in small or start not in small:
        return []
    paths: list[list[str]] = []
    for length in range(1, LONGEST + 1):
        ways = (p for p in nx.all_simple_paths(small, start, end, cutoff=length) if len(p) == length + 1)
        paths += sorted(islice(ways, MOST_PATHS - len(paths)))
        if len(paths) >= MOST_PATHS:
            break
    return paths


def common(net: TieNet, ids: Iterable[str]) -> list[str]:
    """What every one of some nodes is tied to, the most tied first."""
    around = [{t.other for t in net.ties(ident)} for ident in ids]
    shared = set.intersection(*around) - set(ids) if around else set()
    return sorted(shared, key=lambda n: (net.kinds[n] in HUBS, -net.weight(n), n))


def _without_hubs(net: TieNet, *but: str) -> nx.Graph[str]:
    hubs = {n for n, kind in net.kinds.items() if kind in HUBS} - set(but)
    return nx.restricted_view(net.graph, hubs, ())
