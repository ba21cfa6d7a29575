"""Nodes, edges and what waits as the rows that engines write: their columns, packed values and a mark of all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from graph.model import Edge, Node
from graph.projection.result import RULES
from graph.schema.kinds import Kind, Relation, Schema

Row = dict[str, Any]
WAITING = 2  # the form of the documents of what waits; an update reads those that an older version wrote


def node_columns(kind: Kind) -> list[tuple[str, str]]:
    """(property, column type) of a node kind, beside id."""
    return [*((c.field or "", c.db_type) for c in kind.fields), ("extras", "STRING"), ("records", "STRING")]


def edge_columns(relation: Relation) -> list[tuple[str, str]]:
    """(property, column type) of a relation, beside its two ends."""
    return [("id", "STRING"), *((c.field or "", c.db_type) for c in relation.fields), ("records", "STRING")]


def schema_mark(schema: Schema) -> str:
    """A digest of labels and properties, of the rules by which rows become nodes, and of how what waits is written: a
    graph of another form is rebuilt."""
    parts = [f"waiting {WAITING}", f"rules {RULES}"]
    parts += [f"{k.label}:{node_columns(k)}" for k in schema.kinds.values()]
    parts += [f"{r.name}:{edge_columns(r)}:{r.ends}" for r in schema.relations.values()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def node_row(node: Node) -> Row:
    """A node as the row that engines write."""
    packed = {"extras": pack_extras(node.extras), "records": pack_records(node.records)}
    return {**node.values, "id": node.id, **packed}


def edge_row(edge: Edge) -> Row:
    """An edge as the row that engines write."""
    ends = {"source": edge.source, "target": edge.target, "id": edge.id}
    return {**edge.values, **ends, "records": pack_records(edge.records)}


def pack_extras(extras: Mapping[str, str]) -> str | None:
    """Columns that the schema does not know, as the graph keeps them."""
    return orjson.dumps(extras, option=orjson.OPT_SORT_KEYS).decode() if extras else None


def as_read(row: Row, columns: Sequence[tuple[str, str]]) -> Row:
    """A row as engines give it back: every column, whole numbers of a DOUBLE column as floats.

    >>> as_read({"id": "a", "output": 3}, [("output", "DOUBLE"), ("name", "STRING")])
    {'id': 'a', 'output': 3.0, 'name': None}
    """
    values = {n: float(v) if t == "DOUBLE" and (v := row.get(n)) is not None else row.get(n) for n, t in columns}
    return {**row, **values}


def pack_records(records: Sequence[int]) -> str:
    """Sequence numbers as the graph keeps them.

    >>> pack_records([12, 7])
    '7,12'
    """
    return str(records[0]) if len(records) == 1 else ",".join(map(str, sorted(set(records))))


def unpack_records(text: str | None) -> tuple[int, ...]:
    """The inverse of `pack_records`."""
    return tuple(map(int, text.split(","))) if text else ()


def waiting_rows(documents: Sequence[Row]) -> list[Row]:
    """What waits, as rows that keep their order by id."""
    return [
        {"id": f"{place:08d}", "document": orjson.dumps(document).decode()} for place, document in enumerate(documents)
    ]
