"""What every graph engine must do. No engine object leaves a store: rows are plain dicts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Protocol, TypeVar

import orjson

from graph.model import Edge, Node
from graph.projection.result import Projection
from graph.schema.kinds import Kind, Relation, Schema

Row = dict[str, Any]
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

    def size(self) -> int:
        """How many writes this is."""
        return len(self.nodes) + len(self.edges) + len(self.dropped_nodes) + len(self.dropped_edges)


@dataclass(frozen=True, slots=True)
class GraphState:
    """Which state of the ledger a graph shows."""

    ledger: str
    schema: str
    building: bool = False  # somebody else is building it at this moment


class GraphStore(Protocol):
    """A projection of the ledger in some engine."""

    url: str

    def state(self) -> GraphState | None:
        """The ledger state that the graph shows, or None when it was never built."""

    def build(self, projection: Projection, state: GraphState, waiting: Sequence[Row]) -> None:
        """Replace everything: built beside the old graph, verified, then swapped in one step."""

    def apply(self, changes: Changes, state: GraphState, waiting: Sequence[Row]) -> None:
        """Update in place, in one transaction."""

    def snapshot(self) -> AbstractContextManager[None]:
        """While this lasts, whatever this thread reads is of one state, whoever writes meanwhile."""

    def waiting(self) -> list[Row]:
        """The documents of what waits for a name, in order."""

    def read(self, query: str, names: Mapping[str, str] | None = None, **parameters: Any) -> list[Row]:
        """Rows of the query file `cypher/read/{query}.cypher`, its <<slots>> filled with schema names."""

    def nodes(self, kind: Kind) -> list[Row]:
        """All nodes of a kind: id, fields, extras, records."""

    def edges(self, relation: Relation, source: Kind, target: Kind) -> list[Row]:
        """All edges of a relation between two kinds: id, source, target, fields, records."""

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """Number of nodes per kind caption and of edges per relation name (zeroes left out)."""

    def close(self) -> None:
        """Let go of the engine."""


@cache
def query_text(name: str, engine: str, folder: str = "read") -> str:
    """The text of a query file; an engine's own file of the same name wins."""
    root = files("cypher")
    own = root / engine / f"{name}.cypher"
    text = (own if own.is_file() else root / folder / f"{name}.cypher").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()


def fill(template: str, **names: str) -> str:
    """Put schema names (never values) into the <<slots>> of a query file."""
    for slot, name in names.items():
        template = template.replace(f"<<{slot}>>", name)
    return template


def node_columns(kind: Kind) -> list[tuple[str, str]]:
    """(property, column type) of a node kind, beside id."""
    return [*((c.field or "", c.db_type) for c in kind.fields), ("extras", "STRING"), ("records", "STRING")]


def edge_columns(relation: Relation) -> list[tuple[str, str]]:
    """(property, column type) of a relation, beside its two ends."""
    return [("id", "STRING"), *((c.field or "", c.db_type) for c in relation.fields), ("records", "STRING")]


def node_returns(kind: Kind) -> str:
    """The RETURN items of every property of a node `n`."""
    return ", ".join(f"n.{name} AS {name}" for name, _ in node_columns(kind))


def edge_returns(relation: Relation) -> str:
    """The RETURN items of every property of an edge `r`."""
    return ", ".join(f"r.{name} AS {name}" for name, _ in edge_columns(relation))


def pack_records(records: Sequence[int]) -> str:
    """Sequence numbers as the graph keeps them.

    >>> pack_records([12, 7])
    '7,12'
    """
    return ",".join(map(str, sorted(set(records))))


def unpack_records(text: str | None) -> tuple[int, ...]:
    """The inverse of `pack_records`."""
    return tuple(map(int, text.split(","))) if text else ()


def schema_mark(schema: Schema) -> str:
    """A digest of labels and properties: a graph of another schema is rebuilt."""
    parts = [f"{k.label}:{node_columns(k)}" for k in schema.kinds.values()]
    parts += [f"{r.name}:{edge_columns(r)}:{r.ends}" for r in schema.relations.values()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def waiting_rows(documents: Sequence[Row]) -> list[Row]:
    """What waits, as rows that keep their order by id."""
    return [
        {"id": f"{place:08d}", "document": orjson.dumps(document).decode()} for place, document in enumerate(documents)
    ]


def verify(expected: Projection, counts: tuple[Mapping[str, int], Mapping[str, int]]) -> bool:
    """Whether a built graph holds what was to be built."""
    nodes = {k: len(v) for k, v in expected.nodes.items() if v}
    edges = {k: len(v) for k, v in expected.edges.items() if v}
    return nodes == dict(counts[0]) and edges == dict(counts[1])


def node_row(node: Node) -> Row:
    """A node as the row that engines write."""
    extras = orjson.dumps(node.extras, option=orjson.OPT_SORT_KEYS).decode() if node.extras else None
    return {**node.values, "id": node.id, "extras": extras, "records": pack_records(node.records)}


def edge_row(edge: Edge) -> Row:
    """An edge as the row that engines write."""
    ends = {"source": edge.source, "target": edge.target, "id": edge.id}
    return {**edge.values, **ends, "records": pack_records(edge.records)}


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
