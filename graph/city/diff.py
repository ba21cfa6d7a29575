"""What a change of the ledger does to the graph, thing by thing: old and new value, each with its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from graph.model import Edge, Node, Record
from graph.projection.result import Projection
from graph.queries.explorer import edge_values
from graph.queries.node_sources import sourced_edge, sourced_values
from graph.queries.rows import node_name
from graph.schema.kinds import Kind, Relation, Schema
from graph.store.changes import Changes
from graph.store.rows import Row, edge_row, node_row, unpack_records

LIMIT, NEW = 200, 50  # things listed of each kind, and new things among them; the tallies count all
Document = dict[str, Any]
Records = Callable[[Iterable[int]], Mapping[int, Record]]


class Diff:
    """`changes` (None: everything is new) that lead to `after`; `records` gives ledger rows by number."""

    def __init__(self, changes: Changes | None, after: Projection, schema: Schema, records: Records) -> None:
        self._changes = changes or Changes(
            [n for nodes in after.nodes.values() for n in nodes.values()],
            [e for edges in after.edges.values() for e in edges.values()],
        )
        self._after, self._schema, self._records = after, schema, records
        self._new_nodes: dict[str, list[Node]] = defaultdict(list)
        self._new_edges: dict[str, list[Edge]] = defaultdict(list)
        for node in self._changes.nodes:
            self._new_nodes[node.kind].append(node)
        for edge in self._changes.edges:
            self._new_edges[edge.relation].append(edge)

    def document(self) -> Document:
        """By kind and by relation: what is changed, removed and added, at most LIMIT of each, and NEW new ones.

        Entries: `change` (added, changed, removed), `id` (of nodes), `name`, `values: [{field, before, after}]`, where before and
        after are `{value, source}` or null; for edges `source` and `target` names stand beside.
        """
        return {
            "nodes": {k: entries for k in self._schema.kinds if (entries := self._nodes(k))},
            "edges": {r: entries for r in self._schema.relations if (entries := self._edges(r))},
        }

    def _nodes(self, caption: str) -> list[Document]:
        kind = self._schema.kinds[caption]
        before, wanted = self._changes.before, self._new_nodes[caption]
        rows: Iterator[tuple[Row | None, Row | None]] = chain(
            ((before[n.id], node_row(n)) for n in wanted if n.id in before),
            ((before[i], None) for k, i in self._changes.dropped_nodes if k == caption),
            ((None, node_row(n)) for n in islice((n for n in wanted if n.id not in before), NEW)),
        )
        entries = (self._entry(kind, old, new) for old, new in rows)
        return _first(e for e in entries if e["values"] or e["change"] != "changed")

    def _entry(self, kind: Kind, old: Row | None, new: Row | None) -> Document:
        row = new or old or {}
        name = node_name(kind, row)
        return {
            "change": _change(old, new),
            "id": row["id"],
            "name": name,
            "values": _pairs(self._cells(kind, old), self._cells(kind, new)),
        }

    def _cells(self, kind: Kind, row: Row | None) -> dict[str, Any]:
        if row is None:
            return {}
        rows = self._records(unpack_records(row["records"])).values()
        return sourced_values(kind, row, rows)

    def _edges(self, name: str) -> list[Document]:
        relation = self._schema.relations[name]
        before, wanted = self._changes.before, self._new_edges[name]
        pairs: Iterator[tuple[Edge, Row | None, Row | None]] = chain(
            ((e, before[e.id], edge_row(e)) for e in wanted if e.id in before),
            ((e, before[e.id], None) for e in self._changes.dropped_edges if e.relation == name),
            ((e, None, edge_row(e)) for e in islice((e for e in wanted if e.id not in before), NEW)),
        )
        entries = (self._edge_entry(relation, *pair) for pair in pairs)
        return _first(e for e in entries if e["values"] or e["change"] != "changed")

    def _edge_entry(self, relation: Relation, edge: Edge, old: Row | None, new: Row | None) -> Document:
        ends = {
            "source": self._name(edge.source_kind, edge.source),
            "target": self._name(edge.target_kind, edge.target),
        }
        values = _pairs(self._edge_cells(relation, old), self._edge_cells(relation, new))
        return {"change": _change(old, new), "name": f"{ends['source']} → {ends['target']}", **ends, "values": values}

    def _edge_cells(self, relation: Relation, row: Row | None) -> dict[str, Any]:
        if row is None:
            return {}
        values = edge_values(relation, row)
        rows = self._records(unpack_records(row["records"])).values()
        source = sourced_edge(relation, values, rows)["source"]
        return {c: {"value": v, "source": source} for c, v in values.items()} or {
            relation.caption: {"value": "有", "source": source}
        }

    def _name(self, kind: str, ident: str) -> str:
        node: Node | None = self._after.nodes.get(kind, {}).get(ident)
        return node.name if node else node_name(self._schema.kinds[kind], self._changes.before.get(ident, {}))


def _change(old: Row | None, new: Row | None) -> str:
    return "added" if old is None else "removed" if new is None else "changed"


def _first(entries: Iterator[Document]) -> list[Document]:
    return list(islice(entries, LIMIT))


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Document]:
    def short(cells: Mapping[str, Any], caption: str) -> Document | None:
        return {k: cells[caption][k] for k in ("value", "source")} if caption in cells else None

    pairs = [(c, short(before, c), short(after, c)) for c in dict.fromkeys([*before, *after])]
    return [
        {"field": c, "before": old, "after": new}
        for c, old, new in pairs
        if old is None or new is None or old["value"] != new["value"]
    ]
