"""Reading neighbourhoods of the graph, engine and schema names kept inside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import orjson

from graph.model import ViewEdge, ViewNode
from graph.schema.kinds import Kind, Relation, Schema
from graph.store.protocol import GraphStore, Row, edge_returns, node_returns, unpack_records

Found = tuple[str, str, ViewEdge]  # kind of the source, kind of the target, the edge


def view_node(kind: Kind, row: Row) -> ViewNode:
    """A row of `nodes_of_kind` as people see it."""
    values = {
        c.caption: c.value_type.show(row[c.field or ""])
        for c in kind.fields
        if row.get(c.field or "") is not None and c is not kind.name_column
    }
    if row.get("extras"):
        values |= orjson.loads(row["extras"])
    return ViewNode(row["id"], kind.caption, node_name(kind, row), values, unpack_records(row["records"]))


def node_name(kind: Kind, row: Mapping[str, Any]) -> str:
    """What people call a node; kinds without a name are called by their key."""
    if kind.name_column and row.get(kind.name_column.field or ""):
        return str(row[kind.name_column.field or ""])
    return " ".join(str(row.get(kind.by_caption[k].field or "") or "") for k in kind.key).strip()


def view_edge(relation: Relation, row: Row) -> ViewEdge:
    """A row of `edges_of_relation` as people see it."""
    values = {
        c.caption: c.value_type.show(row[c.field or ""]) for c in relation.fields if row.get(c.field or "") is not None
    }
    return ViewEdge(relation.name, row["source"], row["target"], values, unpack_records(row["records"]))


class Explorer:
    """Neighbourhood reads over a store."""

    def __init__(self, store: GraphStore, schema: Schema) -> None:
        self.store, self.schema = store, schema

    def nodes(self, kind: str, ids: Collection[str]) -> list[ViewNode]:
        """The nodes of a kind among `ids`, in order of id."""
        if not ids:
            return []
        found = self.schema.kinds[kind]
        names = {"label": found.label, "columns": node_returns(found)}
        rows = self.store.read("nodes_by_id", names, ids=sorted(ids))
        return [view_node(found, r) for r in sorted(rows, key=lambda r: str(r["id"]))]

    def all_nodes(self, kind: str) -> list[ViewNode]:
        """All nodes of a kind, in order of id."""
        found = self.schema.kinds[kind]
        return [view_node(found, r) for r in sorted(self.store.nodes(found), key=lambda r: str(r["id"]))]

    def edges_from(self, kind: str, ids: Collection[str], skip: Collection[str] = ()) -> list[Found]:
        """Every edge that starts at one of `ids`."""
        return self._edges("edges_from", 0, kind, ids, skip)

    def edges_to(self, kind: str, ids: Collection[str], skip: Collection[str] = ()) -> list[Found]:
        """Every edge that ends at one of `ids`."""
        return self._edges("edges_to", 1, kind, ids, skip)

    def _edges(self, query: str, end: int, kind: str, ids: Collection[str], skip: Collection[str]) -> list[Found]:
        found: list[Found] = []
        kinds = self.schema.kinds
        for relation in self.schema.relations.values():
            if relation.name in skip or not ids:
                continue
            for ends in relation.ends:
                if ends[end] != kind:
                    continue
                names = {
                    "relation": relation.name, "source": kinds[ends[0]].label, "target": kinds[ends[1]].label,
                    "columns": edge_returns(relation),
                }  # fmt: skip
                rows = self.store.read(query, names, ids=sorted(ids))
                rows.sort(key=lambda r: str(r["id"]))
                found += [(ends[0], ends[1], view_edge(relation, r)) for r in rows]
        return found
