"""Leads and projects of investment side by side, as the review queue compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph.answers.plan.leads import AGREED, read_all_leads
from graph.answers.state import State
from graph.review.lead_doubles import LEAD, Investment
from graph.text import norm

PROJECT, RECRUITED = "项目", "招引"


def investments(state: State) -> list[Investment]:
    """Every lead that is not lost, and every 招引 project that is none of them."""
    leads = sorted(_leads(state), key=lambda i: i.path)
    known = {norm(i.path) for i in leads} | {i.code for i in leads if i.code}
    projects = (p for p in _projects(state) if norm(p.path) not in known and p.code not in known)
    return [*leads, *sorted(projects, key=lambda i: i.path)]


def _leads(state: State) -> Iterator[Investment]:
    places = {c.id: f"{c.county}/{c.name}" for c in state.chains()}
    leads = read_all_leads(state)
    firms = {f for lead in leads for f in lead.firms}
    names = {r["id"]: str(r["name"]) for r in state.reader.nodes("企业", firms)}
    paths = state.paths()
    for lead in leads:
        now = lead.at(state.today)
        if now is None or now.lost:
            continue
        written = now.value("投资主体")
        investors = (*([str(written)] if written else []), *(names[f] for f in lead.firms if f in names))
        yield Investment(
            LEAD,
            lead.id,
            f"{places.get(lead.chain, '')}/{lead.name}",
            lead.name,
            tuple(dict.fromkeys(investors)),
            tuple(paths.get(s, s) for s in lead.segments),
            now.value(AGREED),
            str(now.value("编码") or ""),
            tuple(s.record for s in reversed(lead.steps)),
        )


def _projects(state: State) -> Iterator[Investment]:
    places = {c.id: f"{c.county}/{c.name}" for c in state.chains()}
    reader, paths = state.reader, state.paths()
    chain = {e["source"]: e["target"] for e in reader.edges("IN_CHAIN", PROJECT, "产业链")}
    segments: dict[str, list[str]] = defaultdict(list)
    investors: dict[str, list[str]] = defaultdict(list)
    for edge in reader.edges("ON_SEGMENT", PROJECT, "环节"):
        segments[edge["source"]].append(paths.get(edge["target"], edge["target"]))
    firms = {r["id"]: str(r["name"]) for r in reader.nodes("企业")}
    for edge in reader.edges("UNDERTAKEN_BY", PROJECT, "企业"):
        investors[edge["source"]].append(firms[edge["target"]])
    for node in state.explorer.nodes(PROJECT):
        if node.values.get("类型") == RECRUITED and node.values.get("状态") != "终止":
            yield Investment(
                PROJECT,
                node.id,
                f"{places.get(chain.get(node.id, ''), '')}/{node.name}",
                node.name,
                tuple(investors[node.id]),
                tuple(segments[node.id]),
                node.values.get("金额(万元)"),
                str(node.values.get("编码") or ""),
                node.records,
            )
