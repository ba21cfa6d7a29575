"""One node with its values, each with the row that counts and the rows that say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from graph.ledger.order import order_key
from graph.model import Record
from graph.projection.decisions import SHEET
from graph.queries.explorer import Explorer, Link, view_node
from graph.schema.kinds import Column, Kind, Relation, Schema
from graph.store.rows import Row
from graph.text import norm, single_item, split

Records = Callable[[Iterable[int]], dict[int, Record]]


def show_node(explorer: Explorer, kind: Kind, row: Row, records: Records) -> dict[str, Any]:
    """The document of `lianpu show`; `row` is the reader's."""
    node = view_node(kind, row)
    links = explorer.edges_from(kind.caption, {node.id}) + explorer.edges_to(kind.caption, {node.id})
    once = {
        (k.source_kind, k.target_kind, k.edge.relation, k.edge.source, k.edge.target, k.edge.records): k for k in links
    }
    stating = records({seq for k in once.values() for seq in k.edge.records})
    names = _names(explorer, once.values())
    return {
        "kind": kind.caption,
        "name": node.name,
        "id": node.id,
        "values": sourced_values(kind, row, records(node.records).values()),
        "edges": _each_once([_edge(explorer.schema, node.id, k, names, stating) for k in once.values()]),
    }


def _each_once(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Edges without those that say nothing beside another to the same node: their rows stand with that one."""

    def way(edge: Mapping[str, Any]) -> tuple[str, str, str]:
        return edge["relation"], edge["direction"], edge["id"]

    stated = {way(e): e for e in reversed(edges) if e["values"]}
    for edge in edges:
        if not edge["values"] and (fuller := stated.get(way(edge))):
            fuller["also"] += [s for s in (edge["source"], *edge["also"]) if s]
    return [e for e in edges if e["values"] or way(e) not in stated]


def _counting_last(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=order_key)


def sourced_values(kind: Kind, row: Mapping[str, Any], rows: Iterable[Record]) -> dict[str, Any]:
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
        # A value that travels with another is stated by the rows that state the other.
        stating = [r for r in records if r.values.get((leader if together and leader else column).caption) is not None]
        stating = _totals(kind, column, stating)
        if column.value_type.gathers:
            stating += [r for r in records if r not in stating and _names_it(kind, r, str(value))]
        values[column.caption] = _sourced(
            column, value, [r for r in stating if r.kind in (kind.sheet, SHEET)] or stating
        )
    extras = orjson.loads(row["extras"]) if row.get("extras") else {}
    return values | {c: _sourced_extra(c, v, records) for c, v in extras.items() if c not in values}


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


def _sourced(column: Column, value: Any, stating: Sequence[Record]) -> dict[str, Any]:
    def same(record: Record) -> bool:
        written = record.values.get(column.caption)
        return bool(written == value or norm(str(written)) == norm(str(value)))

    agreeing = [r for r in stating if same(r)] or list(stating)
    alternatives = [
        {"value": column.value_type.show(r.values.get(column.caption)), "source": r.source().document()}
        for r in reversed(stating)
        if not same(r) and not column.value_type.gathers
    ]
    return {"value": column.value_type.show(value), **_stated(agreeing, alternatives), "extra": False}


def _sourced_extra(caption: str, value: str, records: Sequence[Record]) -> dict[str, Any]:
    stating = [r for r in records if r.values.get("附加列", {}).get(caption) == value]
    return {"value": value, **_stated(stating, []), "extra": True}


def _stated(agreeing: Sequence[Record], alternatives: list[dict[str, Any]]) -> dict[str, Any]:
    """The `source` that counts, which is the last that agrees, what others state, and who `also` agrees."""
    sources = [r.source().document() for r in reversed(agreeing)]
    return {"source": sources[0] if sources else None, "alternatives": alternatives, "also": sources[1:]}


def _names(explorer: Explorer, links: Iterable[Link]) -> dict[str, str]:
    ids: dict[str, set[str]] = {}
    for link in links:
        ids.setdefault(link.source_kind, set()).add(link.edge.source)
        ids.setdefault(link.target_kind, set()).add(link.edge.target)
    return {n.id: n.name for kind, some in ids.items() for n in explorer.nodes(kind, some)}


def _edge(
    schema: Schema, node: str, link: Link, names: Mapping[str, str], records: Mapping[int, Record]
) -> dict[str, Any]:
    edge, outward = link.edge, link.edge.source == node
    relation = schema.relations[edge.relation]
    return {
        "relation": edge.relation,
        "caption": relation.caption,
        "direction": "out" if outward else "in",
        "kind": link.target_kind if outward else link.source_kind,
        "name": names.get(edge.target if outward else edge.source, ""),
        "id": edge.target if outward else edge.source,
        "values": dict(edge.values),
        **sourced_edge(relation, edge.values, [records[s] for s in edge.records if s in records]),
    }


def sourced_edge(relation: Relation, values: Mapping[str, Any], rows: Iterable[Record]) -> dict[str, Any]:
    """The `source` of an edge with these values (by caption), and the `alternatives` that other rows state."""
    ordered = _counting_last(rows)
    stated = [c.caption for c in relation.fields if c.caption in values]

    def cells(record: Record) -> dict[str, Any]:
        written = record.values
        return {
            c.caption: c.value_type.show(written[c.caption])
            for c in relation.fields
            if written.get(c.caption) is not None
        }

    agreeing = [r for r in ordered if all(cells(r).get(c, values[c]) == values[c] for c in stated)] or ordered
    others = [r for r in reversed(ordered) if r not in agreeing]
    alternatives = [{"value": cells(r), "source": r.source().document()} for r in others]
    return _stated(agreeing, alternatives)


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
        "kind": record.kind,
        "name": " ".join(str(c["value"]) for c in cells if c["field"] in named),
        "where": f"{record.sheet}!A{record.row}",
        "source": record.source().document(),
        "cells": cells,
        "extras": dict(record.values.get("附加列", {})),
    }
