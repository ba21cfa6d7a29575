"""Leads by stage, stale first: what is agreed, what has arrived, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from graph.answers.documents.parts import SourceDocument
from graph.answers.documents.plan import LeadDocument, LeadsDocument, LeadStepDocument, StageMoneyDocument
from graph.answers.lookup import find_chain, find_node
from graph.answers.state import State
from graph.errors import Unknown
from graph.plan.lead import LOST, STAGES, Lead, LeadNow, LeadStep
from graph.queries.chain_view import Chain
from graph.queries.lead_reader import read_leads

AGREED, ARRIVED, THIS_YEAR = "协议投资额(万元)", "累计到资(万元)", "当年到资(万元)"


def read_all_leads(state: State) -> list[Lead]:
    """Every lead of a state, read once."""
    return state.once(("leads",), lambda: read_leads(state.reader, state.records))


@dataclass(frozen=True, slots=True)
class LeadsWanted:
    """Which leads are asked for: of a county, a chain, a person or office, a stage (or 流失); only those that nobody follows."""

    county: str | None = None
    chain: str | None = None
    owner: str | None = None
    stage: str | None = None
    stale: bool = False


def leads(state: State, wanted: LeadsWanted | None = None) -> LeadsDocument:
    """The document of `lianpu leads`: stale ones first, then by stage, the furthest first; of one stage whose next day is
    the nearest. The sums are of all leads of the county, chain and owner. Raises Unknown and Ambiguous.
    """
    wish, chains = wanted or LeadsWanted(), {c.id: c for c in state.chains()}
    if wish.stage and wish.stage not in (*STAGES, LOST):
        raise Unknown("阶段", wish.stage, (*STAGES, LOST))
    county = str(find_node(state, state.city.schema.kinds["县市区"], wish.county)["name"]) if wish.county else None
    chain = find_chain(state, wish.chain, county).id if wish.chain else None
    here = [
        x
        for x in read_all_leads(state)
        if (county is None or (x.chain in chains and chains[x.chain].county == county)) and chain in (None, x.chain)
    ]
    now = [n for lead in here if (n := lead.at(state.today))]
    documents = [_document(state, n, chains.get(n.lead.chain)) for n in now]
    owners = sorted({o for d in documents for o in (d["owner"], d["answered_by"]) if o})
    documents = [d for d in documents if not wish.owner or wish.owner in (d["owner"], d["answered_by"])]
    chosen = [d for d in documents if (d["stale"] or not wish.stale) and wish.stage in (None, "", _column(d))]
    chosen.sort(key=lambda d: (not d["stale"], d["lost"], -STAGES.index(d["stage"]), d["next_date"] or "9", d["name"]))
    followed = [d for d in documents if not d["lost"]]
    of_stage = {stage: [d for d in followed if d["stage"] == stage] for stage in STAGES}
    return {
        "at": state.today.isoformat(),
        "leads": chosen,
        "stages": {stage: len(some) for stage, some in of_stage.items()},
        "money": {stage: _money(some) for stage, some in of_stage.items()},
        "stale": sum(bool(d["stale"]) for d in documents),
        "lost": len(documents) - len(followed),
        "owners": owners,
        **_money(followed),
    }


def _column(lead: LeadDocument) -> str:
    """Where a lead stands on the board."""
    return LOST if lead["lost"] else lead["stage"]


def _money(documents: Sequence[LeadDocument]) -> StageMoneyDocument:
    """What is agreed and what has arrived: the amounts that are stated, together; None where none is."""
    return {
        "agreed": _sum([d["agreed"] for d in documents]),
        "arrived": _sum([d["arrived"] for d in documents]),
        "arrived_this_year": _sum([d["arrived_this_year"] for d in documents]),
    }


def _sum(amounts: Sequence[float | None]) -> float | None:
    stated = [a for a in amounts if a is not None]
    return float(sum(stated)) if stated else None


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
        "firm_ids": list(lead.firms),
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
        "next_date": _text(now.next_day),
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


def leads_on(state: State) -> dict[tuple[str, str], LeadDocument]:
    """The leads that go on, by segment (id) and firm (id; empty for one without a firm): the last word first."""
    on: dict[tuple[str, str], LeadDocument] = {}
    chains = {c.id: c for c in state.chains()}
    for lead in read_all_leads(state):
        now = lead.at(state.today)
        if now and not now.lost:
            document = _document(state, now, chains.get(lead.chain))
            on |= {(s, f): document for s in lead.segments for f in (lead.firms or ("",))}
    return on


def latest_lead(state: State) -> str:
    """The id of the lead whose row was written last. Raises Unknown where there is none."""
    known = read_all_leads(state)
    if not known:
        raise Unknown("招商线索", "", [])
    return max(known, key=lambda lead: max(s.record for s in lead.steps)).id
