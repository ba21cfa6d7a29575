"""From the graph and the ledger to pairs of needs and what may answer them, each with its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from graph.model import Record
from graph.plan.pair import NeedPair, pair_steps
from graph.queries.rows import GraphReader

PAIR, NEED = "供需对接", "技术需求"
Records = Callable[[Iterable[int]], Mapping[int, Record]]


def read_pairs(reader: GraphReader, records: Records) -> list[NeedPair]:
    """Every pair, in order of its need and object."""
    nodes = reader.nodes(PAIR)
    if not nodes:
        return []
    needs = {e["source"]: e["target"] for e in reader.edges("PAIRING_OF", PAIR, NEED)}
    objects = {
        e["source"]: (kind, e["target"])
        for source, kind in reader.schema.relations["PAIRED_WITH"].ends
        if source == PAIR
        for e in reader.edges("PAIRED_WITH", PAIR, kind)
    }
    events, firms = _many(reader, "PAIRED_AT", "活动"), _many(reader, "JOINED_BY", "企业")
    rows = records([r for n in nodes for r in n["records"]])
    pairs = [
        NeedPair(
            n["id"],
            needs[n["id"]],
            objects[n["id"]][1],
            objects[n["id"]][0],
            pair_steps([(r, rows[r].values) for r in n["records"] if r in rows]),
            tuple(events[n["id"]]),
            tuple(firms[n["id"]]),
        )
        for n in nodes
        if n["id"] in needs and n["id"] in objects
    ]
    return sorted(pairs, key=lambda p: (p.need, p.object_kind, p.object))


def _many(reader: GraphReader, relation: str, to: str) -> defaultdict[str, list[str]]:
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for edge in reader.edges(relation, PAIR, to):
        ends[edge["source"]].append(edge["target"])
    return ends
