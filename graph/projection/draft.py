"""The graph while rows are read into it: nodes and edges are made once, and know the rows that state them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graph.model import Edge, Node, Record, Value
from graph.projection.identity import make_id
from graph.projection.references import Resolver
from graph.projection.result import Projection
from graph.schema.kinds import Relation, Schema
from graph.text import norm


class End(NamedTuple):
    """A node at the end of an edge."""

    kind: str
    id: str


def support(thing: Node | Edge, record: Record) -> None:
    """Note that a row states a node or an edge."""
    if not thing.records:
        thing.records = [record.seq]  # of most things it stays the only one, and takes no more room than that
    elif thing.records[-1] != record.seq:
        thing.records.append(record.seq)


class Draft:
    """A projection in the making; `known` says what names mean."""

    def __init__(self, known: Resolver, schema: Schema) -> None:
        self.known, self.schema = known, schema
        unresolved = known.unresolved
        self.out = Projection(
            waiting=unresolved.waiting, remarks=unresolved.remarks, alike=known.alike, decisions=known.decisions
        )
        self._stated = set(known.entity.values())  # nodes with a row of their own

    def node(self, kind: str, ident: str, record: Record, name: str = "") -> Node:
        """A node that a row states; it bears this name where it is new."""
        nodes = self.out.nodes[kind]
        node = nodes.get(ident)
        if node is None:
            node = nodes[ident] = Node(kind, ident, name, {})
        support(node, record)
        return node

    def named(self, kind: str, ident: str, record: Record, name: str) -> Node:
        """A node that a row names in passing: it is called so, unless a row of its own says its name."""
        node = self.node(kind, ident, record, name)
        if ident not in self._stated:
            node.name = node.values["name"] = name
        return node

    def define(self, kind: str, name: str, record: Record) -> str:
        """The id of what is defined by being named."""
        bearers = self.known.names[kind].find(name)
        ident = bearers[0] if bearers else self.known.merging.node_id(kind, norm(name))
        return self.named(kind, ident, record, name).id

    def edge(self, relation: Relation, source: End, target: End, values: Mapping[str, Any]) -> Edge:
        """An edge; of the `values`, by caption, those that are stated count."""
        keys = ("" if (word := values.get(k)) is None else norm(str(word)) for k in relation.key)
        ident = make_id(relation.name, source.id, target.id, *keys)
        edges = self.out.edges[relation.name]
        edge = edges.get(ident)
        if edge is None:
            edge = edges[ident] = Edge(relation.name, ident, source.kind, source.id, target.kind, target.id, {})
        for column in relation.fields:
            value: Value = values.get(column.caption)
            if value is not None:
                edge.values[column.field or ""] = value
                if column.with_ and column.with_ not in relation.key:
                    edge.values[column.with_] = values.get(column.with_)
        return edge

    def end(self, ident: str, kinds: Sequence[str]) -> End:
        """The node as the end of an edge; its kind is one of these."""
        if len(kinds) == 1:
            return End(kinds[0], ident)
        names = self.known.names
        return End(next(k for k in kinds if ident in self.out.nodes[k] or ident in names[k].nodes), ident)
