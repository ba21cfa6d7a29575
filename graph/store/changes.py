"""What turns one graph into another, and the query files that do it, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from graph.model import Edge, Node
from graph.schema.kinds import Schema
from graph.store.rows import Row, edge_columns, edge_row, node_columns, node_row

K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class Changes:
    """What must happen to a graph to turn it into another: written or removed nodes and edges."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    dropped_nodes: list[tuple[str, str]] = field(default_factory=list)  # (kind, id)
    dropped_edges: list[Edge] = field(default_factory=list)
    before: dict[str, Row] = field(default_factory=dict)  # by id, what is changed or removed as it is now
    restated: set[str] = field(default_factory=set)  # ids of what says the same as before, by other rows

    def size(self) -> int:
        """How many writes this is."""
        return len(self.nodes) + len(self.edges) + len(self.dropped_nodes) + len(self.dropped_edges)


@dataclass(frozen=True, slots=True)
class Step:
    """One query file of `cypher/write` to run over many rows of one shape."""

    query: str
    names: dict[str, str]  # what fills its slots
    rows: Iterable[Row]
    keys: tuple[str, ...] = ("id",)  # by these a row finds what it is about
    variable: str = ""  # of what is written
    columns: Sequence[tuple[str, str]] = ()  # (property, column type) to set


def steps(changes: Changes, schema: Schema) -> Iterator[Step]:
    """What to run, in order: removals first, edges before their ends; then nodes before the edges between them."""
    ends = ("source", "target", "id")
    for edges in by_ends(changes.dropped_edges):
        rows = ({"source": e.source, "target": e.target, "id": e.id} for e in edges)
        yield Step("drop_edges", end_labels(edges[0], schema), rows, ends)
    for caption, ids in _grouped((kind, ident) for kind, ident in changes.dropped_nodes):
        yield Step("drop_nodes", {"label": schema.kinds[caption].label}, ({"id": i} for i in ids))
    for caption, nodes in _grouped((n.kind, n) for n in changes.nodes):
        kind = schema.kinds[caption]
        yield Step("put_nodes", {"label": kind.label}, map(node_row, nodes), variable="n", columns=node_columns(kind))
    for edges in by_ends(changes.edges):
        columns = edge_columns(schema.relations[edges[0].relation])[1:]
        yield Step("put_edges", end_labels(edges[0], schema), map(edge_row, edges), ends, "r", columns)


def by_ends(edges: Iterable[Edge]) -> list[list[Edge]]:
    """Edges grouped by relation and the kinds of their ends."""
    return [group for _, group in _grouped(((e.relation, e.source_kind, e.target_kind), e) for e in edges)]


def _grouped(pairs: Iterable[tuple[K, V]]) -> list[tuple[K, list[V]]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return list(groups.items())


def end_labels(edge: Edge, schema: Schema) -> dict[str, str]:
    """The names that fill a query about edges like this one."""
    kinds = schema.kinds
    return {
        "relation": edge.relation,
        "source": kinds[edge.source_kind].label,
        "target": kinds[edge.target_kind].label,
    }
