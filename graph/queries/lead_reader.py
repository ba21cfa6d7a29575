"""From the graph and the ledger to leads: each with its history, its firms and its segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from graph.model import Record
from graph.naming.classes import SameNames
from graph.plan.lead import Lead, joined, steps_of
from graph.projection.decisions import APART, MERGE, SHEET
from graph.queries.chain_view import read_chains
from graph.queries.rows import GraphReader
from graph.text import norm

LEAD = "招商线索"
Records = Callable[[Iterable[int]], Mapping[int, Record]]


def read_leads(reader: GraphReader, records: Records, segments: Collection[str] | None = None) -> list[Lead]:
    """Every lead, or those for some segments (ids); leads of one 编码, or decided to be one, are one."""
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
    leads = [
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
    return joined(leads, _decided_one(reader, leads))


def _decided_one(reader: GraphReader, leads: Iterable[Lead]) -> dict[str, str]:
    """By the id of a lead, what stands for all that people decided to be one with it."""
    verdicts = lead_verdicts(reader)
    pairs = [pair for pair, verdict in verdicts.items() if verdict == MERGE]
    if not pairs:
        return {}
    same = SameNames((a, b) for (a, b), verdict in verdicts.items() if verdict == APART)
    for a, b in pairs:
        same.join(a, b)
    places = {c.id: f"{c.county}/{c.name}" for c in read_chains(reader)}
    paths = {lead.id: norm(f"{places.get(lead.chain, '')}/{lead.name}") for lead in leads}
    decided = {name for pair in pairs for name in pair}
    return {ident: same.of(path) for ident, path in paths.items() if path in decided}


def lead_verdicts(reader: GraphReader) -> dict[tuple[str, str], str]:
    """What was decided last about two leads, called 县/链/项目名称, each pair in one order."""
    rows = [r for r in reader.nodes(SHEET) if r["category"] == LEAD and r["decision"] in (MERGE, APART)]
    verdicts: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda r: max(r["records"], default=0)):
        a, b = sorted((norm(str(row["subject"])), norm(str(row["object"]))))
        verdicts[a, b] = str(row["decision"])
    return verdicts
