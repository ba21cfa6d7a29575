"""An update held against projecting every row anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from graph.ledger.batch import RowChange
from graph.model import Record, Waiting
from graph.projection.mentions import Mentions
from graph.projection.project import project
from graph.projection.result import Projection
from graph.projection.update import Update, update
from graph.review.plausibility import find_implausible
from graph.schema.parse import load_schema

SCHEMA = load_schema()
MENTIONS = Mentions(SCHEMA)
Things = dict[tuple[str, str], tuple[Any, ...]]


def things(projection: Projection) -> Things:
    """All nodes and edges, with the rows that state them."""
    nodes = {
        (kind, i): (n.name, n.values, n.extras, sorted(set(n.records)))
        for kind, of_kind in projection.nodes.items()
        for i, n in of_kind.items()
    }
    edges = {
        (name, i): (e.source_kind, e.source, e.target_kind, e.target, e.values, sorted(set(e.records)))
        for name, of_relation in projection.edges.items()
        for i, e in of_relation.items()
    }
    return {**nodes, **edges}


def waits(projection: Projection) -> dict[int, list[Waiting]]:
    """What waits, by row."""
    by_row = defaultdict(list)
    for waiting in projection.waiting:
        by_row[waiting.record].append(waiting)
    return dict(by_row)


def updated_as_anew(whole: Projection, before: Mapping[int, Record], after: Mapping[int, Record]) -> Update:
    """The update from some visible rows, whose projection is `whole`, to others; it comes to what these come to."""
    change = RowChange(
        {s: r for s, r in after.items() if s not in before}, {s: r for s, r in before.items() if s not in after}
    )
    there: dict[int, list[Record]] = defaultdict(list)
    for record in {**before, **after}.values():
        for key in set(MENTIONS.keys(record)):
            there[key].append(record)

    def listed(keys: Collection[int]) -> Iterator[tuple[int, Record]]:
        return ((key, record) for key in keys for record in there.get(key, ()))

    updated = update(change, listed, MENTIONS, len(before) + len(after))
    moved, anew = updated.whole(whole), project(after.values(), SCHEMA)
    assert things(moved) == things(anew)
    assert waits(moved) == waits(anew)
    assert (moved.alike, moved.decisions.by_kind) == (anew.alike, anew.decisions.by_kind)
    assert _remarks(updated.after.out, change) == _remarks(anew, change)
    assert _implausible(updated.after.out, updated.rows, change) == _implausible(anew, after, change)
    return updated


def _remarks(projection: Projection, change: RowChange) -> set[tuple[int, str, str]]:
    return {(r.record, r.field, r.message) for r in projection.remarks if r.record in change.fresh}


def _implausible(projection: Projection, rows: Mapping[int, Record], change: RowChange) -> set[tuple[int, str, str]]:
    visible = {seq: r for seq, r in rows.items() if seq not in change.gone}
    remarks = find_implausible(projection, visible, change.fresh, SCHEMA, {})
    return {(r.record, r.field, r.message) for r in remarks}
