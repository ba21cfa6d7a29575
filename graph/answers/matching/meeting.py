"""对接会: which needs, results and firms meet at an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from graph.answers.documents.pairing import EventDocument, MeetingDocument, MeetingRowDocument, PairDocument
from graph.answers.lookup import find_node
from graph.answers.matching import matching
from graph.answers.matching.decisions import decisions
from graph.answers.matching.pairings import pair_documents
from graph.answers.matching.registered import chains_asked
from graph.answers.state import State
from graph.model import ViewNode
from graph.plan.pair import FAILED, SIGNED

EVENT = "活动"
WORDS = 3  # terms that tell why a pair was proposed
FAIRS = ("对接会", "推介会")


def events(state: State, chain: str | None = None, county: str | None = None) -> list[EventDocument]:
    """The events of one chain, one county or all at which needs and results meet, the latest first: those called so,
    and those at which a pair was brought together. Raises Unknown and Ambiguous.
    """
    here = chains_asked(state, chain, county)
    pairs: dict[str, int] = defaultdict(int)
    for d in decisions(state).values():
        for event in d.now.pair.events:
            pairs[event] += 1
    chain_of = {e["source"]: e["target"] for e in state.reader.edges("IN_CHAIN", EVENT, "产业链")}
    nodes = [
        n
        for n in state.explorer.nodes(EVENT)
        if (n.values.get("类型") in FAIRS or pairs[n.id]) and (here is None or chain_of.get(n.id) in here)
    ]
    documents = [_event(state, n, pairs[n.id], chain_of) for n in nodes]
    return sorted(documents, key=lambda e: (e["date"] or "", e["name"]), reverse=True)


def meeting(state: State, event: str) -> MeetingDocument:
    """Who meets at an event, called by name or id. Raises Unknown and Ambiguous."""
    row = find_node(state, state.city.schema.kinds[EVENT], event)
    (node,) = state.explorer.nodes(EVENT, [row["id"]])
    decided = [d for d in decisions(state).values() if node.id in d.now.pair.events]
    chain_of = {e["source"]: e["target"] for e in state.reader.edges("IN_CHAIN", EVENT, "产业链", start=[node.id])}
    about = _event(state, node, len(decided), chain_of)
    documents = sorted(pair_documents(state, decided), key=lambda p: (p["need"], p["object_kind"], p["object"]))
    needs = {d.need.id: d.need for d in decided}
    why = _reasons(state, {d.need.id for d in decided})
    rows = [_row(p, needs[p["need_id"]], why.get((p["need_id"], p["object_id"]), "")) for p in documents]
    return {
        "event": about["name"],
        "event_id": about["id"],
        "type": about["type"],
        "date": about["date"],
        "county": about["county"],
        "chain": about["chain"],
        "rows": rows,
        "needs": len(needs),
        "firms": sorted({f for r in rows for f in r["pair"]["firms"]}),
        "file": None,
    }


def invitable(state: State, opened: MeetingDocument) -> list[PairDocument]:
    """The pairs of an event's chain, else of its county, that could meet there: neither signed nor failed, nor there."""
    event_chain = f"{opened['county']}/{opened['chain']}" if opened["chain"] else None
    here = chains_asked(state, event_chain, None if event_chain else opened["county"])
    there = {r["pair"]["id"] for r in opened["rows"]}
    return [
        p
        for p in pair_documents(state, list(decisions(state).values()))
        if p["id"] not in there
        and p["state"] not in (SIGNED, FAILED)
        and (here is None or here & {c["chain_id"] for c in p["chains"]})
    ]


def _row(pair: PairDocument, need: ViewNode, why: str) -> MeetingRowDocument:
    return {
        "chain": "、".join(dict.fromkeys(c["chain"] for c in pair["chains"])),
        "category": str(c) if (c := need.values.get("类别")) else None,
        "raised_by": pair["firms"],
        "why": why,
        "pair": pair,
    }


def _reasons(state: State, needs: set[str]) -> dict[tuple[str, str], str]:
    """By the ids of need and object, the terms that most speak for them."""
    if not needs:
        return {}
    return {
        (m["id"] or "", h["id"] or ""): "、".join(r["term"] for r in h["reasons"][:WORDS])
        for m in matching(state, ids=needs)["matches"]
        for h in (*m["hits"], *m["others"])
    }


def _event(state: State, node: ViewNode, pairs: int, chain_of: Mapping[str, str]) -> EventDocument:
    chain = next((c for c in state.chains() if c.id == chain_of.get(node.id)), None)
    places = [e["target"] for e in state.reader.edges("LOCATED_IN", EVENT, "县市区", start=[node.id])]
    county = next((n.name for n in state.explorer.nodes("县市区", places)), chain.county if chain else None)
    return {
        "id": node.id,
        "name": node.name,
        "type": _text(node.values.get("类型")),
        "date": _text(node.values.get("日期")),
        "county": county,
        "chain": chain.name if chain else None,
        "pairs": pairs,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
