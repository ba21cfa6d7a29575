"""One node with its values, each with the row that counts and the rows that say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from graph.dates import order_key
from graph.model import Record, ViewEdge
from graph.projection.decisions import SHEET
from graph.queries.explorer import Explorer, node_name, view_node
from graph.schema.kinds import Column, Kind, Relation, Schema
from graph.store.protocol import node_returns
from graph.text import norm, single_item, split

Records = Callable[[Iterable[int]], dict[int, Record]]


def show_node(explorer: Explorer, kind: Kind, row: dict[str, Any], records: Records) -> dict[str, Any]:
    """The document of `lianpu show`; `row` is the graph's."""
    node = view_node(kind, row)
    own = records(node.records)
    edges = explorer.edges_from(kind.caption, {node.id}) + explorer.edges_to(kind.caption, {node.id})
    unique = {(a, b, e.relation, e.source, e.target, e.records): (a, b, e) for a, b, e in edges}
    said = records({s for _, _, e in unique.values() for s in e.records})
    names = _names(explorer, list(unique.values()))
    return {
        "kind": kind.caption,
        "name": node.name,
        "id": node.id,
        "values": told_values(kind, row, own.values()),
        "edges": [_edge(explorer.schema, node.id, a, b, e, names, said) for a, b, e in unique.values()],
    }


def _counting_last(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=order_key)


def told_values(kind: Kind, row: Mapping[str, Any], rows: Iterable[Record]) -> dict[str, Any]:
    """The values of a node by caption, each with its source and the alternatives, from the rows that state it."""
    records = _counting_last(rows)
    partner = {c.with_: c for c in kind.columns if c.with_}
    values: dict[str, Any] = {}
    for column in kind.fields:
        value = row.get(column.field or "")
        leader = partner.get(column.caption)
        together = leader is not None and row.get(leader.field or "") is not None
        if value is None:
            continue
        # A value that travels with another is told by the rows that state the other.
        stating = [r for r in records if r.values.get((leader if together and leader else column).caption) is not None]
        stating = _totals(kind, column, stating)
        if column.value_type.gathers:
            stating += [r for r in records if r not in stating and _names_it(kind, r, str(value))]
        values[column.caption] = _told(column, value, [r for r in stating if r.kind in (kind.sheet, SHEET)] or stating)
    extras = orjson.loads(row["extras"]) if row.get("extras") else {}
    return values | {c: _told_extra(c, v, records) for c, v in extras.items() if c not in values}


def _names_it(kind: Kind, record: Record, names: str) -> bool:
    """Whether a row gives a node one of its other names by its own, or decides that it has them."""
    key = kind.key_name.caption if kind.key_name else ""
    return record.kind == SHEET or norm(str(record.values.get(key))) in {norm(n) for n in split(names)}


def _totals(kind: Kind, column: Column, stating: list[Record]) -> list[Record]:
    """The rows that state a value of the node itself, not of one of several items (see `project`)."""
    for lister in kind.columns:
        if any(rule.single and column.caption in rule.carries for rule in lister.edges):
            of_items = {item for r in stating if (item := single_item(r.values.get(lister.caption)))}
            whole = [r for r in stating if not single_item(r.values.get(lister.caption))]
            return whole if whole or len(of_items) > 1 else stating
    return stating


def _told(column: Column, value: Any, stating: Sequence[Record]) -> dict[str, Any]:
    def same(record: Record) -> bool:
        said = record.values.get(column.caption)
        return bool(said == value or norm(str(said)) == norm(str(value)))

    agreeing = [r for r in stating if same(r)] or list(stating)
    alternatives = [
        {"value": column.value_type.show(r.values.get(column.caption)), "source": r.source().document()}
        for r in reversed(stating)
        if not same(r) and not column.value_type.gathers
    ]
    source = agreeing[-1].source().document() if agreeing else None
    also = [r.source().document() for r in reversed(agreeing[:-1])]
    told = {"value": column.value_type.show(value), "source": source, "alternatives": alternatives}
    return {**told, "also": also, "extra": False}


def _told_extra(caption: str, value: str, records: Sequence[Record]) -> dict[str, Any]:
    stating = [r for r in records if (said := r.values.get("附加列", {}).get(caption)) is not None and said == value]
    sources = [r.source().document() for r in reversed(stating)]
    source = sources[0] if sources else None
    return {"value": value, "source": source, "alternatives": [], "also": sources[1:], "extra": True}


def _names(explorer: Explorer, edges: list[tuple[str, str, ViewEdge]]) -> dict[str, str]:
    ids: dict[str, set[str]] = {}
    for source_kind, target_kind, edge in edges:
        ids.setdefault(source_kind, set()).add(edge.source)
        ids.setdefault(target_kind, set()).add(edge.target)
    return {n.id: n.name for kind, some in ids.items() for n in explorer.nodes(kind, some)}


def _edge(
    schema: Schema, node: str, source_kind: str, target_kind: str, edge: ViewEdge, names: Mapping[str, str],
    records: Mapping[int, Record],
) -> dict[str, Any]:  # fmt: skip
    outward = edge.source == node
    relation = schema.relations[edge.relation]
    return {
        "relation": edge.relation,
        "caption": relation.caption,
        "direction": "out" if outward else "in",
        "kind": target_kind if outward else source_kind,
        "name": names.get(edge.target if outward else edge.source, ""),
        "values": dict(edge.values),
        **told_edge(relation, edge.values, [records[s] for s in edge.records if s in records]),
    }


def told_edge(relation: Relation, values: Mapping[str, Any], rows: Iterable[Record]) -> dict[str, Any]:
    """The `source` of an edge with these values (by caption), and the `alternatives` that other rows state."""
    ordered = _counting_last(rows)
    stated = [c.caption for c in relation.fields if c.caption in values]

    def said(record: Record) -> dict[str, Any]:
        columns = relation.fields
        return {
            c.caption: c.value_type.show(record.values[c.caption])
            for c in columns
            if record.values.get(c.caption) is not None
        }

    agreeing = [r for r in ordered if all(said(r).get(c, values[c]) == values[c] for c in stated)] or ordered
    return {
        "source": agreeing[-1].source().document() if agreeing else None,
        "alternatives": [
            {"value": said(r), "source": r.source().document()} for r in reversed(ordered) if r not in agreeing
        ],
        "also": [r.source().document() for r in reversed(agreeing[:-1])],
    }


def row_document(record: Record, schema: Schema) -> dict[str, Any]:
    """A row of the ledger: where it stands, its cells by caption with the address of each, extra ones apart."""
    sheet = schema.sheets[record.kind]
    cells = [
        {
            "field": c.caption,
            "where": record.where(c.caption),
            "value": c.value_type.show(record.values[c.caption]),
            "refers": list(c.to),
        }
        for c in (*sheet.columns, *sheet.common)
        if record.values.get(c.caption) is not None
    ]
    own = sheet.name_column if isinstance(sheet, Kind) else None
    named = [own.caption] if own else [c.caption for c in sheet.columns if c.required]
    return {
        "kind": record.kind, "name": " ".join(str(c["value"]) for c in cells if c["field"] in named),
        "where": f"{record.sheet}!A{record.row}", "source": record.source().document(), "cells": cells,
        "extras": dict(record.values.get("附加列", {})),
    }  # fmt: skip


def named(explorer: Explorer, kind: Kind, name: str) -> list[dict[str, Any]]:
    """Rows of the nodes of a kind that bear a name or former name; all nodes are read only where none is written so."""
    wanted = norm(name)
    if kind.name_column and kind.name_column.field == "name":
        names = {"label": kind.label, "columns": node_returns(kind)}
        if found := explorer.store.read("nodes_by_name", names, texts=sorted({name.strip(), wanted})):
            return sorted(found, key=lambda r: str(r["id"]))
    rows = explorer.store.nodes(kind)
    exact = [r for r in rows if norm(node_name(kind, r)) == wanted]
    if exact or not kind.aliases:
        return exact
    return [r for r in rows if wanted in {norm(a) for a in str(r.get("aliases") or "").split("、")}]
