"""Leads by stage, stale first: what is agreed, what has arrived, what is missing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import cast

from graph.answers.documents.parts import SourceDocument
from graph.answers.documents.plan import LeadDocument, LeadsDocument, LeadStepDocument
from graph.answers.lookup import find_node
from graph.answers.state import State
from graph.errors import Unknown
from graph.plan.lead import STAGES, Lead, LeadNow, LeadStep
from graph.queries.chain_view import Chain
from graph.queries.lead_reader import read_leads

AGREED, ARRIVED, THIS_YEAR = "协议投资额(万元)", "累计到资(万元)", "当年到资(万元)"


def read_all_leads(state: State) -> list[Lead]:
    """Every lead of a state, read once."""
    return state.once(("leads",), lambda: read_leads(state.reader, state.records))


def leads(state: State, county: str | None = None, stale: bool = False) -> LeadsDocument:
    """The document of `lianpu leads`: stale ones first, then by stage, the furthest first. Raises Unknown and Ambiguous."""
    chains = {c.id: c for c in state.chains()}
    own = str(find_node(state, state.city.schema.kinds["县市区"], county)["name"]) if county else None
    here = [x for x in read_all_leads(state) if own is None or (x.chain in chains and chains[x.chain].county == own)]
    now = [n for lead in here if (n := lead.at(state.today))]
    documents = [_document(state, n, chains.get(n.lead.chain)) for n in now]
    chosen = [d for d in documents if d["stale"]] if stale else documents
    chosen.sort(key=lambda d: (not d["stale"], d["lost"], -STAGES.index(d["stage"]), d["name"]))
    stages = Counter(d["stage"] for d in documents if not d["lost"])
    return {
        "at": state.today.isoformat(),
        "leads": chosen,
        "stages": {stage: stages[stage] for stage in STAGES},
        "lost": sum(d["lost"] for d in documents),
        "agreed": _sum(documents, "agreed"),
        "arrived": _sum(documents, "arrived"),
        "arrived_this_year": _sum(documents, "arrived_this_year"),
    }


def _sum(documents: list[LeadDocument], key: str) -> float | None:
    """The amounts that are stated, together; None where none is."""
    amounts = [a for d in documents if not d["lost"] and (a := d[key]) is not None]  # type: ignore[literal-required]
    return float(sum(amounts)) if amounts else None


def _document(state: State, now: LeadNow, chain: Chain | None) -> LeadDocument:
    model, lead = state.plan_model, now.lead
    names = _names(state)
    text = {k: _text(now.value(c)) for k, c in TEXTS.items()}
    document = {
        "id": lead.id,
        "name": lead.name,
        "county": chain.county if chain else None,
        "chain": chain.name if chain else None,
        "segments": [names.get(s, s) for s in lead.segments],
        "segment_ids": list(lead.segments),
        "firms": [names.get(f, f) for f in lead.firms],
        "stage": now.stage,
        "state": _text(now.value("状态")),
        "lost": now.lost,
        "since": _iso(now.decisive.day),
        "last": _iso(now.last_day),
        "stale": now.stale(state.today, model) or None,
        "missing": now.missing(model),
        "findings": list(now.findings(state.today, model)),
        "firm_state": now.firm_state,
        "verified": now.value("核验") == "已核验",
        "agreed": now.value(AGREED),
        "arrived": now.value(ARRIVED),
        "arrived_this_year": now.value(THIS_YEAR),
        **text,
        "history": [_step(state, s) for s in now.steps],
    }
    return cast("LeadDocument", document)


TEXTS = {
    "code": "编码",
    "investor": "投资主体",
    "form": "投资形态",
    "reason": "原因",
    "gone_to": "去向",
    "answered_by": "责任单位",
    "owner": "负责人",
    "next_step": "下一步",
    "next_date": "下一步日期",
    "note": "说明",
}


def _names(state: State) -> dict[str, str]:
    """What segments and invited firms are called."""

    def read() -> dict[str, str]:
        all_leads = read_all_leads(state)
        segments, firms = ({i for x in all_leads for i in getattr(x, end)} for end in ("segments", "firms"))
        rows = (*state.reader.nodes("环节", segments), *state.reader.nodes("企业", firms))
        return {r["id"]: r["name"] for r in rows}

    return state.once(("lead names",), read)


def _step(state: State, step: LeadStep) -> LeadStepDocument:
    sources = state.city.sources([step.record])
    return {
        "date": _iso(step.day),
        "stage": _text(step.values.get("阶段")),
        "state": _text(step.values.get("状态")),
        "note": _text(step.values.get("说明")),
        "evidence": [cast("SourceDocument", sources[r]) for r in (step.record,) if r in sources],
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def lead_called(state: State, ident: str) -> LeadDocument:
    """One lead by its id. Raises Unknown."""
    chains = {c.id: c for c in state.chains()}
    for lead in read_all_leads(state):
        if lead.id == ident and (now := lead.at(state.today)):
            return _document(state, now, chains.get(lead.chain))
    raise Unknown("招商线索", ident, [])
