"""Neighbourhoods of the graph as people see them: values by caption, nodes by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from graph.model import ViewEdge, ViewNode
from graph.queries.rows import GraphReader, node_name
from graph.schema.kinds import Kind, Relation
from graph.store.rows import Row


@dataclass(frozen=True, slots=True)
class Link:
    """An edge with the kinds of its ends."""

    source_kind: str
    target_kind: str
    edge: ViewEdge


def view_node(kind: Kind, row: Row) -> ViewNode:
    """A row of the reader as people see it."""
    values = {
        c.caption: c.value_type.show(row[c.field or ""])
        for c in kind.fields
        if row.get(c.field or "") is not None and c is not kind.name_column
    }
    if row.get("extras"):
        values |= orjson.loads(row["extras"])
    return ViewNode(row["id"], kind.caption, node_name(kind, row), values, row["records"])


def edge_values(relation: Relation, row: Row) -> dict[str, Any]:
    """The values of an edge by caption."""
    return {
        c.caption: c.value_type.show(row[c.field or ""]) for c in relation.fields if row.get(c.field or "") is not None
    }


class Explorer:
    """Neighbourhoods of nodes."""

    def __init__(self, reader: GraphReader) -> None:
        self.reader, self.schema = reader, reader.schema

    def nodes(self, kind: str, ids: Collection[str] | None = None) -> list[ViewNode]:
        """All nodes of a kind, or those among `ids`, in order of id."""
        return [view_node(self.schema.kinds[kind], r) for r in self.reader.nodes(kind, ids)]

    def edges_from(self, kind: str, ids: Collection[str], skip: Collection[str] = ()) -> list[Link]:
        """Every edge that starts at one of `ids`, of all relations but those to skip."""
        return [
            link
            for relation, source, target in self._relations(skip)
            if ids and source == kind
            for link in _links(relation, source, target, self.reader.edges(relation.name, source, target, start=ids))
        ]

    def edges_to(self, kind: str, ids: Collection[str], skip: Collection[str] = ()) -> list[Link]:
        """Every edge that ends at one of `ids`, of all relations but those to skip."""
        return [
            link
            for relation, source, target in self._relations(skip)
            if ids and target == kind
            for link in _links(relation, source, target, self.reader.edges(relation.name, source, target, end=ids))
        ]

    def _relations(self, skip: Collection[str]) -> Iterator[tuple[Relation, str, str]]:
        for relation in self.schema.relations.values():
            if relation.name not in skip:
                yield from ((relation, source, target) for source, target in relation.ends)


def _links(relation: Relation, source: str, target: str, rows: list[Row]) -> Iterator[Link]:
    for row in sorted(rows, key=lambda r: str(r["id"])):
        edge = ViewEdge(relation.name, row["source"], row["target"], edge_values(relation, row), row["records"])
        yield Link(source, target, edge)
