"""The supply network of a city as networkx graphs: what is part of what, and what feeds what.

Structure only: segments and feeds, whoever makes or sells them. So one network serves the city as it is and
every what-if of it, and whatever is asked of it (closures, orders, paths) is a networkx call on a view built once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import networkx as nx

from graph.analysis.facts import FeedFact, SegmentFact

ESSENTIAL = 2


def reached(graph: nx.DiGraph[str], starts: Iterable[str]) -> list[str]:
    """Some nodes of a graph and all that can be reached from them, nearest first, in the order of their edges.

    >>> reached(nx.DiGraph([("矿", "钢"), ("钢", "锯条"), ("焊丝", "锯条")]), ["钢", "矿"])
    ['钢', '矿', '锯条']
    """
    begin = list(starts)
    return list(dict.fromkeys([*begin, *(head for _, head in nx.edge_bfs(graph, begin))]))


def beyond(graph: nx.DiGraph[str], starts: Iterable[str]) -> frozenset[str]:
    """All that can be reached from some nodes in one step or more; a start only where it lies on a loop.

    >>> sorted(beyond(nx.DiGraph([("矿", "钢"), ("钢", "锯条")]), ["矿"]))
    ['钢', '锯条']
    """
    layers = nx.bfs_layers(graph, frozenset(starts))  # four times as fast as the edges in order, where order is nothing
    return frozenset(head for layer in layers for tail in layer for head in graph.successors(tail))


class SupplyNetwork:
    """Segments (ids), their tree and their feeds.

    `feeds`: an edge from each segment to every one it feeds directly, with `essentiality` (2 必需, 1 一般, 0 可忽略)
    and `what` flows; nodes have `name`, `chain`, `stage`, `parent`. `parts`: from a segment to those below it.
    `needs`: from each essential input to every segment that needs it, inputs inherited from above included.
    Raises networkx.NetworkXUnfeasible where a segment stands below itself (the projection lets no such rows through).

    >>> steel, blade = SegmentFact("s", "钢带", "c"), SegmentFact("b", "锯条", "c")
    >>> network = SupplyNetwork([steel, blade, SegmentFact("w", "双金属锯条", "c", parent="b")], [FeedFact("s", "b", 2)])
    >>> network.subtree["b"], network.line["w"], sorted(network.needs["s"])
    (('b', 'w'), ('w', 'b'), ['b', 'w'])
    """

    def __init__(self, segments: Sequence[SegmentFact], feeds: Iterable[FeedFact]) -> None:
        self._segments = segments
        self.parts: nx.DiGraph[str] = nx.DiGraph()
        self.parts.add_nodes_from(s.id for s in segments)
        self.parts.add_edges_from((s.parent, s.id) for s in segments if s.parent is not None and s.parent in self.parts)
        self.top_down: tuple[str, ...] = tuple(nx.topological_sort(self.parts))
        self.line: dict[str, tuple[str, ...]] = {}  # a segment and its ancestors, parent first
        for ident in self.top_down:
            self.line[ident] = (ident, *(x for above in self.parts.pred[ident] for x in self.line[above]))
        self.subtree: dict[str, tuple[str, ...]] = {  # a segment and its descendants, nearest first
            ident: tuple(reached(self.parts, [ident])) if below else (ident,) for ident, below in self.parts.adj.items()
        }
        self._into: dict[str, list[FeedFact]] = defaultdict(list)
        for feed in feeds:
            if feed.source in self.parts and feed.target in self.parts:
                self._into[feed.target].append(feed)
        self.input_feeds = self._input_feeds()  # what feeds a segment or one above it
        self.inputs = {ident: _by_essentiality(into) for ident, into in self.input_feeds.items()}
        self.needs: nx.DiGraph[str] = nx.DiGraph()
        self.needs.add_nodes_from(self.parts)
        self.needs.add_edges_from(
            (u, i) for i, inputs in self.inputs.items() for u, v in inputs.items() if v >= ESSENTIAL
        )

    def _input_feeds(self) -> dict[str, tuple[FeedFact, ...]]:
        """Feeds by the segment they reach; one that starts at or below the ancestor it feeds is not inherited."""
        into = self._into
        below = {ident: frozenset(self.subtree[ident]) for ident in into}
        return {
            ident: tuple(f for x in self.line[ident] for f in into.get(x, ()) if x == ident or f.source not in below[x])
            for ident in self.parts
        }

    @cached_property
    def feeds(self) -> nx.DiGraph[str]:
        """From each segment to every one it feeds directly."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        for s in self._segments:
            graph.add_node(s.id, name=s.name, chain=s.chain, stage=s.stage, parent=s.parent)
        for target, direct in self._into.items():
            for source, level in _by_essentiality(direct).items():
                what = dict.fromkeys(f.what for f in direct if f.source == source and f.what)
                graph.add_edge(source, target, essentiality=level, what="、".join(what))
        return graph

    @cached_property
    def rests_on(self) -> nx.DiGraph[str]:
        """From each segment to its parts and to its essential inputs."""
        graph: nx.DiGraph[str] = self.parts.copy()
        graph.add_edges_from((user, needed) for needed, user in self.needs.edges)
        return graph


def _by_essentiality(feeds: Iterable[FeedFact]) -> dict[str, int]:
    """Segments that feed, each with its essentiality: of several feeds from one segment the highest counts."""
    levels: dict[str, int] = {}
    for feed in feeds:
        level = ESSENTIAL if feed.essentiality is None else feed.essentiality
        levels[feed.source] = max(level, levels.get(feed.source, 0))
    return levels
