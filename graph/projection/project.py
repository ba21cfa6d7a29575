"""From the ledger's rows to the graph: a pure function.

Rows are taken in the order in which they count (grade, then date, then where they were written), so
that the last value written to a field is the one that counts. References are resolved here
(`graph.projection.references`), never at ingest: a name defined later makes its edges appear by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.ledger.order import order_key
from graph.model import Record
from graph.projection.decisions import PLACE, SHEET, Decision
from graph.projection.draft import Draft, End
from graph.projection.edge_rows import EdgeRows
from graph.projection.identity import UNDEFINED, Miss, pick
from graph.projection.merges import MergedNodes
from graph.projection.node_rows import NodeRows
from graph.projection.references import Resolver
from graph.projection.result import Projection
from graph.projection.settled import cut_loops
from graph.schema.kinds import Kind, Schema
from graph.text import norm


def project(records: Iterable[Record], schema: Schema) -> Projection:
    """Resolve names, split lists and pick what counts.

    `records` are the visible rows of the ledger. The result depends on their content and, between
    equal grades and dates, on where they were written only.
    """
    return drafted(records, schema).out


def drafted(records: Iterable[Record], schema: Schema) -> Draft:
    """The projection together with what names mean in it."""
    ordered = sorted(records, key=order_key)
    by_seq = {r.seq: r for r in ordered}
    known = Resolver(ordered, schema)
    draft = Draft(known, schema)
    rows, edges = NodeRows(draft), EdgeRows(draft)
    for record in ordered:
        sheet = schema.sheets[record.kind]
        if isinstance(sheet, Kind):
            rows.read(record, sheet)
        else:
            edges.read(record, sheet)
    for decision in known.decisions.of_verdict(PLACE):
        _place(draft, rows, decision)
    rows.references.settle(draft)
    rows.places.settle(draft)
    rows.stands.settle(draft)
    rows.totals.settle(draft)
    cut_loops(draft, by_seq)
    MergedNodes(known.merging, known.names, schema, draft.out.nodes).call(by_seq)
    return draft


def _place(draft: Draft, rows: NodeRows, decision: Decision) -> None:
    """Put what was placed on its segment: a statement like the 环节 of a row."""
    known, sheet = draft.known, draft.schema.kinds[SHEET]
    column = draft.schema.kinds[decision.kind].by_caption.get("环节")
    if column is None or not column.edges:
        refused = f"{decision.kind}不能归入环节"
        known.unresolved.remark(decision.record, "类别", refused, "归入环节用于企业、产品、关键技术和平台")
        return
    node = _placed(draft, decision)
    segment = pick(known.segments.find(decision.other))
    if isinstance(node, Miss):
        known.unresolved.wait_decision(decision, sheet.by_caption["名称"], node, decision.kind)
    elif isinstance(segment, Miss):
        known.unresolved.wait_decision(decision, sheet.by_caption["对象"], segment, "环节")
    else:
        placed = draft.out.nodes[decision.kind][node]
        rows.link(decision.record, column.edges[0], placed, End("环节", segment))


def _placed(draft: Draft, decision: Decision) -> str | Miss:
    """What a decision is about, where it exists by a row of its own or by being named."""
    known, sheet = draft.known, draft.schema.kinds[SHEET]
    column = replace(sheet.by_caption["名称"], to=(decision.kind,))
    defined = known.merging.node_id(decision.kind, norm(decision.kept))
    ident = known.resolve(decision.record, sheet, column, decision.kept)
    return defined if ident == UNDEFINED and defined in draft.out.nodes[decision.kind] else ident
