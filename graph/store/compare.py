"""What a graph holds, apart from where it came from: hashing it, and comparing it with what it should hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import orjson

from graph.model import Edge
from graph.projection.result import Projection
from graph.schema.kinds import Kind, Relation, Schema
from graph.store.changes import Changes
from graph.store.rows import Row, as_read, edge_columns, edge_row, node_columns, node_row

_MASK = (1 << 128) - 1
Ends = tuple[str, str]  # the kinds that an edge goes from and to
T = TypeVar("T")


class Rows(Protocol):
    """Where rows of a graph are read: a store, or a projection."""

    def nodes(self, kind: Kind) -> list[Row]:
        """All nodes of a kind."""

    def edges(self, relation: Relation, source: Kind, target: Kind) -> list[Row]:
        """All edges of a relation between two kinds."""


@dataclass(frozen=True, slots=True)
class ProjectedRows:
    """A projection as a store would give it back."""

    projection: Projection

    def nodes(self, kind: Kind) -> list[Row]:
        """See Rows."""
        columns = node_columns(kind)
        return [as_read(node_row(n), columns) for n in self.projection.nodes.get(kind.caption, {}).values()]

    def edges(self, relation: Relation, source: Kind, target: Kind) -> list[Row]:
        """See Rows."""
        columns, ends = edge_columns(relation), (source.caption, target.caption)
        there = self.projection.edges.get(relation.name, {}).values()
        return [as_read(edge_row(e), columns) for e in there if (e.source_kind, e.target_kind) == ends]


def content_hash(store: Rows, schema: Schema) -> str:
    """A hash of kinds, keys, counting values and edges; not of sources, batches or alternatives.

    The digests of all rows are added, so that neither order nor engine matters.
    """
    total = 0
    for kind in schema.kinds.values():
        names = [n for n, _ in node_columns(kind)[:-1]]
        total += _sum(kind.label, store.nodes(kind), ["id", *names])
    for relation in schema.relations.values():
        names = [n for n, _ in edge_columns(relation)[:-1]]
        for source, target in relation.ends:
            rows = store.edges(relation, schema.kinds[source], schema.kinds[target])
            total += _sum(relation.name, rows, ["source", "target", *names])
    return f"{total & _MASK:032x}"


def moved_hash(content: str, changes: Changes, schema: Schema) -> str:
    """The content hash after some changes, from the one before them."""
    total = int(content, 16)
    gone: dict[str, Row] = dict(changes.before)
    for node in changes.nodes:
        columns = node_columns(schema.kinds[node.kind])
        names = ["id", *(n for n, _ in columns[:-1])]
        label = schema.kinds[node.kind].label
        total += _sum(label, [as_read(node_row(node), columns)], names)
        total -= _sum(label, [gone[node.id]] if node.id in gone else [], names)
    for kind, ident in changes.dropped_nodes:
        names = ["id", *(n for n, _ in node_columns(schema.kinds[kind])[:-1])]
        total -= _sum(schema.kinds[kind].label, [gone[ident]], names)
    for edge in changes.edges:
        columns = edge_columns(schema.relations[edge.relation])
        names = ["source", "target", *(n for n, _ in columns[:-1])]
        total += _sum(edge.relation, [as_read(edge_row(edge), columns)], names)
        total -= _sum(edge.relation, [gone[edge.id]] if edge.id in gone else [], names)
    for edge in changes.dropped_edges:
        names = ["source", "target", *(n for n, _ in edge_columns(schema.relations[edge.relation])[:-1])]
        total -= _sum(edge.relation, [gone[edge.id]], names)
    return f"{total & _MASK:032x}"


def _sum(label: str, rows: Iterable[Row], names: list[str]) -> int:
    total = 0
    for row in rows:
        encoded = orjson.dumps([label, *(row.get(n) for n in names)])
        total += int.from_bytes(hashlib.blake2b(encoded, digest_size=16).digest())
    return total


@dataclass(slots=True)
class Tally:
    """How many nodes of a kind, or edges of a relation, a step touches."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def document(self) -> dict[str, int]:
        """The JSON form; `removed` only where something was."""
        counts = {"added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        return {**counts, "removed": self.removed} if self.removed else counts


@dataclass(frozen=True, slots=True)
class Difference:
    """The writes that turn one graph into another, and how many of each kind and relation that touches."""

    changes: Changes
    nodes: dict[str, Tally]
    edges: dict[str, Tally]


def difference(store: Rows, after: Projection, schema: Schema) -> Difference:
    """What turns a graph into `after`."""
    changes = Changes()
    nodes: dict[str, Tally] = {}
    edges: dict[str, Tally] = {}
    for kind in schema.kinds.values():
        things = _compare(store.nodes(kind), after.nodes.get(kind.caption, {}), node_columns(kind), node_row)
        if things.seen():
            nodes[kind.caption] = things.tally
            changes.nodes += things.written
            changes.restated |= things.restated
            changes.dropped_nodes += [(kind.caption, ident) for ident in things.removed]
            changes.before |= things.before
    for relation in schema.relations.values():
        ends, rows = _edges_of(store, relation, schema)
        links = _compare(rows, after.edges.get(relation.name, {}), edge_columns(relation), edge_row)
        if links.seen():
            edges[relation.name] = links.tally
            changes.edges += links.written
            changes.restated |= links.restated
            changes.dropped_edges += [_dropped(relation, ends[i], links.before[i]) for i in links.removed]
            changes.before |= links.before
    return Difference(changes, nodes, edges)


def _edges_of(store: Rows, relation: Relation, schema: Schema) -> tuple[dict[str, Ends], list[Row]]:
    """All edges of a relation, and the kinds of the ends of each."""
    ends: dict[str, Ends] = {}
    rows: list[Row] = []
    for source, target in relation.ends:
        of_these = store.edges(relation, schema.kinds[source], schema.kinds[target])
        ends |= {row["id"]: (source, target) for row in of_these}
        rows += of_these
    return ends, rows


def _dropped(relation: Relation, ends: Ends, row: Row) -> Edge:
    source, target = ends
    return Edge(relation.name, row["id"], source, row["source"], target, row["target"], {})


@dataclass(slots=True)
class _Compared(Generic[T]):
    """Things of one shape that are to be written or removed; `before` has those of them that there were."""

    tally: Tally = field(default_factory=Tally)
    written: list[T] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    before: dict[str, Row] = field(default_factory=dict)
    restated: set[str] = field(default_factory=set)

    def seen(self) -> bool:
        """Whether there is or was anything of this shape."""
        return self.tally != Tally()


def _compare(
    rows: Iterable[Row], wanted: Mapping[str, T], columns: Sequence[tuple[str, str]], row_of: Callable[[T], Row]
) -> _Compared[T]:
    compared: _Compared[T] = _Compared()
    tally, names = compared.tally, [name for name, _ in columns]
    there = {row["id"]: row for row in rows}
    for ident, thing in wanted.items():
        old, new = there.get(ident), row_of(thing)
        if old is None:
            tally.added += 1
            compared.written.append(thing)
            continue
        differing = [name for name in names if old.get(name) != new.get(name)]
        if differing:
            compared.written.append(thing)
            compared.before[ident] = old
        if differing in ([], ["records"]):  # stated by other rows, but it says the same
            tally.unchanged += 1
            if differing:
                compared.restated.add(ident)
        else:
            tally.changed += 1
    compared.removed = sorted(there.keys() - wanted.keys())
    compared.before |= {ident: there[ident] for ident in compared.removed}
    tally.removed = len(compared.removed)
    return compared


def verify(expected: Projection, counts: tuple[Mapping[str, int], Mapping[str, int]]) -> bool:
    """Whether a built graph holds what was to be built."""
    nodes = {k: len(v) for k, v in expected.nodes.items() if v}
    edges = {k: len(v) for k, v in expected.edges.items() if v}
    return nodes == dict(counts[0]) and edges == dict(counts[1])
