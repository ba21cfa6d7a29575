"""Who is tied to whom, of the whole graph and by id alone: what neighbours, groups and paths are counted on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import networkx as nx

from graph.queries.reads import read_edges, read_nodes
from graph.queries.rows import GraphReader


class GraphTie(NamedTuple):
    """One edge as seen from one of its ends."""

    relation: str
    out: bool  # it starts here
    other: str


class TieNet:
    """Every node (id) with its kind and its ties."""

    def __init__(self, kinds: Mapping[str, str], edges: Iterable[tuple[str, str, str]]) -> None:
        ties: defaultdict[str, list[GraphTie]] = defaultdict(list)
        for relation, source, target in sorted(set(edges)):
            if source in kinds and target in kinds:
                ties[source].append(GraphTie(relation, True, target))
                ties[target].append(GraphTie(relation, False, source))
        self.kinds, self._ties = kinds, dict(ties)

    @classmethod
    def read(cls, reader: GraphReader) -> TieNet:
        """Of the graph that a reader sees."""
        return cls(dict(_nodes(reader)), _edges(reader))

    def ties(self, ident: str) -> list[GraphTie]:
        """The edges of a node, in order of relation and other end."""
        return self._ties.get(ident, [])

    def weight(self, ident: str) -> int:
        """With how many others a node is tied."""
        return len({t.other for t in self.ties(ident) if t.other != ident})

    @cached_property
    def graph(self) -> nx.Graph[str]:
        """The same without directions, for the algorithms of networkx; made when a path is first asked for."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(sorted(self.kinds))
        graph.add_edges_from((ident, t.other) for ident in sorted(self._ties) for t in self._ties[ident] if t.out)
        return graph


def _nodes(reader: GraphReader) -> Iterator[tuple[str, str]]:
    for kind in reader.schema.kinds.values():
        read_nodes(kind.caption)
        # A second column of the same name is none for Neo4j.
        rows = reader.store.read("nodes_of_kind", {"label": kind.label, "columns": "n.id AS node"})
        yield from ((row["node"], kind.caption) for row in rows)


def _edges(reader: GraphReader) -> Iterator[tuple[str, str, str]]:
    kinds = reader.schema.kinds
    for relation in reader.schema.relations.values():
        for source, target in relation.ends:
            read_edges(relation.name, source, target, "source")
            read_edges(relation.name, source, target, "target")
            names = {"relation": relation.name, "columns": "r.id AS id"}
            ends = {"source": kinds[source].label, "target": kinds[target].label}
            rows = reader.store.read("edges_of_relation", names | ends)
            yield from ((relation.name, row["source"], row["target"]) for row in rows)
