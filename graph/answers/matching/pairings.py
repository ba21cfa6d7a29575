"""How far each need and what may answer it have come, with every step and its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from graph.answers.documents.pairing import PairDocument, PairsDocument, PairStepDocument
from graph.answers.documents.parts import SourceDocument
from graph.answers.matching.decisions import Decided, decisions
from graph.answers.matching.registered import NEED, chains_asked, registered_of
from graph.answers.state import State
from graph.plan.pair import FAILED, PAIR_STATES, PROPOSED, PairStep


def pairings(state: State, chain: str | None = None, county: str | None = None) -> PairsDocument:
    """Every pair of one chain, one county or all: the furthest first, what came to nothing last. Raises Unknown and
    Ambiguous.
    """
    here = chains_asked(state, chain, county)
    pairs = [
        d
        for d in pair_documents(state, list(decisions(state).values()))
        if here is None or here & {c["chain_id"] for c in d["chains"]}
    ]
    counted = Counter(d["state"] for d in pairs)
    return {
        "at": state.today.isoformat(),
        "pairs": pairs,
        "states": {word: counted[word] for word in PAIR_STATES},
    }


def pair_documents(state: State, decided: Sequence[Decided]) -> list[PairDocument]:
    """Documents of some pairs, the furthest first."""
    registered = registered_of(state)
    chains = {c.id: c for c in state.chains()}
    pairs = [d.now.pair for d in decided]
    names = {
        n.id: n.name
        for kind, ids in (
            ("活动", {i for p in pairs for i in p.events}),
            ("企业", {i for p in pairs for i in p.firms}),
        )
        for n in state.explorer.nodes(kind, ids)
    }
    sources = state.city.sources([s.record for d in decided for s in d.now.steps])
    documents: list[PairDocument] = []
    for d in decided:
        pair, now = d.now.pair, d.now
        raised = registered.things[NEED][pair.need].holders
        own = [chains[c] for c in registered.chains.get(pair.need, ()) if c in chains]
        documents.append(
            {
                "id": pair.id,
                "need": d.need.name,
                "need_id": pair.need,
                "chains": [{"county": c.county, "chain": c.name, "chain_id": c.id} for c in own],
                "object": d.object.name,
                "object_id": pair.object,
                "object_kind": pair.object_kind,
                "holders": list(registered.things[pair.object_kind][pair.object].holders),
                "state": now.state,
                "since": _iso(now.decisive.day),
                "last": _iso(next((s.day for s in reversed(now.steps) if s.day), None)),
                "reason": now.reason,
                "handler": _text(now.value("经办")),
                "office": _text(now.value("单位")),
                "note": _text(now.value("说明")),
                "events": [names[e] for e in pair.events],
                "firms": [names[f] for f in pair.firms] or list(raised),
                "changed": d.changed,
                "findings": _findings(d),
                "history": [_step(s, sources) for s in now.steps],
            }
        )
    order = {word: place for place, word in enumerate((*PAIR_STATES[-2::-1], FAILED))}
    return sorted(documents, key=lambda d: (order[d["state"]], d["need"], d["object"]))


def _findings(decided: Decided) -> list[str]:
    now = decided.now
    amiss = []
    if now.failed and not now.reason:
        amiss.append("未成没有写明理由")
    if now.state != PROPOSED and now.decisive.day is None:
        amiss.append(f"{now.state}没有写日期")
    if decided.changed:
        amiss.append("未成以后需求或对象的内容有变，可再对接")
    return amiss


def _step(step: PairStep, sources: Mapping[int, object]) -> PairStepDocument:
    return {
        "date": _iso(step.day),
        "state": _text(step.values.get("状态")),
        "reason": _text(step.values.get("理由")),
        "note": _text(step.values.get("说明")),
        "evidence": [cast("SourceDocument", sources[step.record])] if step.record in sources else [],
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
