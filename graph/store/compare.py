"""What a graph holds, apart from where it came from: comparing and hashing contents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import orjson

from graph.model import Edge, Node
from graph.projection.result import Projection
from graph.schema.kinds import Kind, Relation, Schema
from graph.store.protocol import Changes, GraphStore, Row, edge_columns, edge_row, node_columns, node_row

_MASK = (1 << 128) - 1


def content_hash(store: GraphStore, schema: Schema) -> str:
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


def _sum(label: str, rows: Iterable[Row], names: list[str]) -> int:
    total = 0
    for row in rows:
        encoded = orjson.dumps([label, *(row.get(n) for n in names)])
        total += int.from_bytes(hashlib.blake2b(encoded, digest_size=16).digest())
    return total


def difference(
    store: GraphStore, after: Projection, schema: Schema, nodes: dict[str, Any], edges: dict[str, Any],
    tally: Callable[[], Any],
) -> Changes:  # fmt: skip
    """The writes that turn what the store holds into `after`; tallies per kind and relation are filled in."""
    changes = Changes()
    for kind in schema.kinds.values():
        before = {row["id"]: row for row in store.nodes(kind)}
        wanted = after.nodes.get(kind.caption, {})
        if before or wanted:
            nodes[kind.caption] = count = tally()
            _compare_nodes(kind, before, wanted, changes, count)
    for relation in schema.relations.values():
        found = {
            row["id"]: (row, a, b)
            for a, b in relation.ends
            for row in store.edges(relation, schema.kinds[a], schema.kinds[b])
        }
        ends = after.edges.get(relation.name, {})
        if found or ends:
            edges[relation.name] = count = tally()
            _compare_edges(relation, found, ends, changes, count)
    return changes


def _compare_nodes(kind: Kind, before: dict[str, Row], wanted: dict[str, Node], changes: Changes, count: Any) -> None:
    names = [n for n, _ in node_columns(kind)]
    for ident, node in wanted.items():
        old = before.get(ident)
        new = node_row(node)
        if old is None:
            count.added += 1
            changes.nodes.append(node)
        elif any(old.get(n) != new.get(n) for n in names):
            same = all(old.get(n) == new.get(n) for n in names if n != "records")
            count.unchanged += same
            count.changed += not same
            changes.nodes.append(node)
            changes.before[ident] = old
        else:
            count.unchanged += 1
    for ident in sorted(before.keys() - wanted.keys()):
        count.removed += 1
        changes.dropped_nodes.append((kind.caption, ident))
        changes.before[ident] = before[ident]


def _compare_edges(
    relation: Relation, before: dict[str, tuple[Row, str, str]], wanted: dict[str, Edge], changes: Changes, count: Any
) -> None:  # fmt: skip
    names = [n for n, _ in edge_columns(relation)]
    for ident, edge in wanted.items():
        if ident not in before:
            count.added += 1
            changes.edges.append(edge)
            continue
        old, new = before[ident][0], edge_row(edge)
        if any(old.get(n) != new.get(n) for n in names):
            same = all(old.get(n) == new.get(n) for n in names if n != "records")
            count.unchanged += same
            count.changed += not same
            changes.edges.append(edge)
            changes.before[ident] = old
        else:
            count.unchanged += 1
    for ident in sorted(before.keys() - wanted.keys()):
        row, a, b = before[ident]
        count.removed += 1
        changes.before[ident] = row
        changes.dropped_edges.append(Edge(relation.name, ident, a, row["source"], b, row["target"], {}))
