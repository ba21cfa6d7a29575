"""What a chain has to offer: the results in its library, its commissioners, and what the plan counts of them."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answers.documents.pairing import (
    CommissionerDocument,
    LibraryCountDocument,
    LibraryDocument,
    LibraryResultDocument,
)
from graph.answers.matching.registered import NEED, RESULT, registered_of
from graph.answers.plan.progress import plan_facts, sources_of
from graph.answers.state import State
from graph.measures.entry import Entry
from graph.measures.measure import Measure, load_measures
from graph.measures.value import Window
from graph.queries.chain_view import Chain

COUNTED = ("needs", "results", "results_listed", "results_landmark", "agents", "agent_teams", "talents", "showcases")
LEVELS = ("国家", "省", "市", "县")
TALENT, AGENT = "人才", "科技专员"
TYPES = (AGENT, "科技特派员", "专家", "重点人才")


def library(state: State, chain: Chain) -> LibraryDocument:
    """What a chain's library holds, and who serves it; counted as 目标进度 counts."""
    values = plan_facts(state).values
    results = [_result(state, e) for e in values.entries(RESULT, chain.id)]
    people = [_person(state, e) for e in values.entries(TALENT, chain.id)]
    results.sort(key=lambda r: (_place(r["level"], LEVELS), r["name"]))
    people.sort(key=lambda p: (_place(p["type"], TYPES), p["team"] or "", p["name"]))
    return {
        "county": chain.county,
        "chain": chain.name,
        "chain_id": chain.id,
        "counts": [_count(state, m, chain) for m in load_measures() if m.id in COUNTED],
        "results": results,
        "people": people,
        "teams": list(dict.fromkeys(p["team"] for p in people if p["type"] == AGENT and p["team"])),
    }


def _count(state: State, measure: Measure, chain: Chain) -> LibraryCountDocument:
    value = plan_facts(state).values.value(measure, chain.id, Window(state.today, state.today.year))
    return {
        "measure": measure.caption,
        "value": value.value if value else None,
        "unit": measure.unit,
        "evidence": sources_of(state, value.rows) if value else [],
    }


def _result(state: State, entry: Entry) -> LibraryResultDocument:
    registered, v = registered_of(state), entry.values
    needs = registered.things[NEED]
    return {
        "id": entry.id,
        "name": entry.name,
        "level": _text(v.get("入库级别")),
        "type": _text(v.get("类型")),
        "phase": _text(v.get("阶段")),
        "year": v.get("年份"),
        "holders": list(registered.things[RESULT][entry.id].holders),
        "needs": sorted(needs[n].title for r, n in registered.linked if r == entry.id),
        "evidence": sources_of(state, entry.records),
    }


def _person(state: State, entry: Entry) -> CommissionerDocument:
    own, v = registered_of(state).things[TALENT][entry.id], entry.values
    return {
        "id": entry.id,
        "name": entry.name,
        "type": _text(v.get("类型") or v.get("角色")),
        "team": _text(v.get("团队")),
        "office": list(own.holders),
        "technologies": list(own.marks),
        "evidence": sources_of(state, entry.records),
    }


def _place(word: str | None, order: Sequence[str]) -> int:
    return order.index(word) if word in order else len(order)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
