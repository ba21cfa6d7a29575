"""From the graph and the ledger to leads: each with its history, its firms and its segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from graph.model import Record
from graph.plan.lead import Lead, joined, steps_of
from graph.queries.rows import GraphReader

LEAD = "招商线索"
Records = Callable[[Iterable[int]], Mapping[int, Record]]


def read_leads(reader: GraphReader, records: Records, segments: Collection[str] | None = None) -> list[Lead]:
    """Every lead, or those for some segments (ids); leads of one 编码 are one."""
    on: dict[str, list[str]] = defaultdict(list)
    for edge in reader.edges("ON_SEGMENT", LEAD, "环节", end=segments):
        on[edge["source"]].append(edge["target"])
    ids = None if segments is None else set(on)
    nodes = reader.nodes(LEAD, ids)
    if not nodes:
        return []
    firms: dict[str, list[str]] = defaultdict(list)
    for edge in reader.edges("INVITES", LEAD, "企业", start=ids):
        firms[edge["source"]].append(edge["target"])
    chains = {e["source"]: e["target"] for e in reader.edges("IN_CHAIN", LEAD, "产业链", start=ids)}
    rows = records([r for n in nodes for r in n["records"]])
    return joined(
        [
            Lead(
                n["id"],
                n["name"],
                chains.get(n["id"], ""),
                steps_of([(r, rows[r].values) for r in n["records"] if r in rows]),
                tuple(on[n["id"]]),
                tuple(firms[n["id"]]),
            )
            for n in nodes
        ]
    )
