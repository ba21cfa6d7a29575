"""Every name of a graph in memory: a part of a name is found in a millisecond, whatever else the engine does.

A projection like the graph itself: read from it off the path of requests, brought up to date by what changes, and
never asked for more than the engine would say: the same nodes, in the same order.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import accumulate, islice
from typing import Any

import orjson

from graph.model import Node
from graph.queries.rows import GraphReader, node_name
from graph.schema.kinds import Kind, Schema
from graph.store.changes import Changes

BETWEEN = "\n"  # names
PLACES = ("县市区", "所在地")  # captions of where a thing stands
MOST = 200  # nodes found by one column, as in cypher/read/search_*.cypher
FRESH = 5000  # changed nodes beyond which all names are read anew
LARGE = 2_000_000  # nodes beyond which the engine searches by itself


@dataclass(frozen=True, slots=True)
class NamedNode:
    """A node as search shows it: what it is called, where it stands, and the text in it that matches."""

    id: str
    name: str
    place: str | None
    matched: str = ""


class _Column:
    """One column of a kind, its texts in order, joined to be searched at once."""

    def __init__(self, cells: Iterable[tuple[str, str]]) -> None:
        ordered = sorted(cells)  # (text, id)
        self._ids = [ident for _, ident in ordered]
        self._ends = array("q", accumulate(len(text) + 1 for text, _ in ordered))
        self._joined = BETWEEN.join(text for text, _ in ordered)

    def holding(self, text: str) -> Iterator[tuple[str, str]]:
        """(text of the cell, id) of each cell that holds a text, in order."""
        at = self._joined.find(text)
        while at >= 0:
            cell = bisect_right(self._ends, at)
            end = self._ends[cell] - 1
            if at + len(text) <= end:  # else it reaches into the next cell
                begin = self._ends[cell - 1] if cell else 0
                yield self._joined[begin:end], self._ids[cell]
                at = self._joined.find(text, end)
            else:
                at = self._joined.find(text, at + 1)


class _Names:
    """The names of one kind."""

    def __init__(self, kind: Kind, rows: Iterable[Mapping[str, Any]]) -> None:
        nodes = sorted((_named(kind, row) for row in rows), key=lambda n: n[0].id)
        self._ids = [node.id for node, _ in nodes]
        self._names = [node.name for node, _ in nodes]
        self._places = [node.place for node, _ in nodes]
        self._columns = [_Column((text, n.id) for n, cells in nodes if (text := cells.get(c))) for c in _searched(kind)]

    def node(self, ident: str, matched: str) -> NamedNode:
        at = bisect_left(self._ids, ident)
        return NamedNode(ident, self._names[at], self._places[at], matched)

    def holding(self, text: str) -> list[Iterator[tuple[str, str]]]:
        """By column that is searched, the cells that hold a text."""
        return [column.holding(text) for column in self._columns]

    def __len__(self) -> int:
        return len(self._ids)


def _searched(kind: Kind) -> list[str]:
    """The columns of a kind that search looks into: names before the others."""
    if kind.name_column is None:
        return []
    name = kind.name_column.field
    return [*(["name"] if name == "name" else []), *(c.field for c in kind.fields if c.sought and c.field)]


def _named(kind: Kind, row: Mapping[str, Any]) -> tuple[NamedNode, Mapping[str, Any]]:
    """A node as search shows it, and its row."""
    extras = orjson.loads(row["extras"]) if row.get("extras") else {}
    shown = {c.caption: c.value_type.show(row[c.field]) for c in _placing(kind) if row.get(c.field or "") is not None}
    place = next((p for caption in PLACES if (p := {**shown, **extras}.get(caption))), None)
    return NamedNode(row["id"], node_name(kind, row), place), row


def _placing(kind: Kind) -> list[Any]:
    return [c for c in kind.fields if c.caption in PLACES and c is not kind.name_column]


def _read(kind: Kind, reader: GraphReader) -> _Names:
    wanted = dict.fromkeys(
        [*_searched(kind), *(c.field for c in _placing(kind)), *(kind.by_caption[k].field for k in kind.key), "extras"]
    )
    columns = ", ".join(f"n.{c} AS {c}" for c in wanted if c)
    return _Names(kind, reader.store.read("nodes_of_kind", {"label": kind.label, "columns": columns}))


class SearchIndex:
    """The names of every kind at one state of a graph."""

    def __init__(
        self, schema: Schema, names: Mapping[str, _Names], fresh: Mapping[str, Mapping[str, Node | None]]
    ) -> None:
        self._schema, self._names = schema, names
        self._fresh = {kind: dict(nodes) for kind, nodes in fresh.items()}
        self._changed = {
            kind: _Names(
                schema.kinds[kind], ({**n.values, "id": n.id, "extras": _packed(n)} for n in nodes.values() if n)
            )
            for kind, nodes in self._fresh.items()
        }

    @classmethod
    def read(cls, reader: GraphReader) -> SearchIndex | None:
        """Of the graph that a reader sees; None where that is too large to be kept in memory."""
        kinds = [k for k in reader.schema.kinds.values() if _searched(k)]
        if sum(reader.count(k.caption) for k in kinds) > LARGE:
            return None
        return cls(reader.schema, {k.caption: _read(k, reader) for k in kinds}, {})

    def after(self, changes: Changes) -> SearchIndex | None:
        """The names after a change; None where so much has changed that they are better read anew."""
        fresh: dict[str, dict[str, Node | None]] = {kind: dict(nodes) for kind, nodes in self._fresh.items()}
        for node in changes.nodes:
            fresh.setdefault(node.kind, {})[node.id] = node
        for kind, ident in changes.dropped_nodes:
            fresh.setdefault(kind, {})[ident] = None
        fresh = {kind: nodes for kind, nodes in fresh.items() if kind in self._names}
        return SearchIndex(self._schema, self._names, fresh) if sum(map(len, fresh.values())) <= FRESH else None

    def holding(self, kind: str, text: str) -> list[NamedNode]:
        """The nodes of a kind of which a searched column holds a text, in order of id."""
        names = self._names.get(kind)
        if names is None or not text:
            return []
        fresh, changed = self._fresh.get(kind, {}), self._changed.get(kind)
        nodes: dict[str, NamedNode] = {}
        columns = names.holding(text)
        now = changed.holding(text) if changed else [iter(())] * len(columns)
        for before, after in zip(columns, now, strict=True):
            still = (cell for cell in before if cell[1] not in fresh)
            for matched, ident in islice(merge(still, after), MOST):
                if ident not in nodes:
                    nodes[ident] = (changed if changed and ident in fresh else names).node(ident, matched)
        return [nodes[ident] for ident in sorted(nodes)]


def _packed(node: Node) -> str | None:
    return orjson.dumps(node.extras).decode() if node.extras else None
