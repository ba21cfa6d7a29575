"""招商看板: leads by stage, and the form by which a lead is noted or moves on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from api.commands import plan_requests, requests
from api.home.filing import BadForm, FieldFault, day_in, file_rows
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.forms import Batch, Form, Typed, waits_of
from api.web.render import link
from api.web.routers.pages import chosen_chain, page
from graph.answers.documents.plan import LeadDocument
from graph.answers.lookup import find_kind, find_node
from graph.answers.plan.filing import county_name
from graph.answers.plan.leads import LeadsWanted, latest_lead, lead_called, leads, leads_on
from graph.answers.state import State
from graph.plan.lead import LOST, STAGES, TROUBLED, needed_at

SHEET = "招商线索"
IDENTITY = ("项目名称", "产业链", "环节", "企业", "投资主体", "投资形态")
STEP = (
    *("阶段", "日期", "状态", "原因", "去向", "编码", "协议投资额(万元)", "累计到资(万元)", "当年到资(万元)"),
    *("责任单位", "负责人", "下一步", "下一步日期", "核验", "说明"),
)
SHOWN = {
    "编码": "code", "协议投资额(万元)": "agreed", "累计到资(万元)": "arrived", "当年到资(万元)": "arrived_this_year",
    "责任单位": "answered_by", "负责人": "owner", "下一步": "next_step", "下一步日期": "next_date",
    "阶段": "stage", "状态": "state", "原因": "reason", "去向": "gone_to",
}  # fmt: skip
UNVERIFIED = "未核验"
ASKED = ("负责人", "下一步", "下一步日期", "说明")  # of a card that moves, beside what its stage needs
CARDS = 60  # of one stage on the board; a stage shown alone has all of them
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class BoardPage(plan_requests.LeadsOfRequest):
    """What stands in the address of the board."""

    done: Batch = None


class LeadPage(requests.Request):
    """Which lead goes on; none is a new one, perhaps for a segment and a firm."""

    lead: Annotated[str | None, requests.named("线索", "线索的标识", max_length=requests.NAME)] = None
    segment: Annotated[str | None, requests.named("环节", "环节的标识", max_length=requests.NAME)] = None
    firm: Annotated[str | None, requests.named("企业", "企业的标识", max_length=requests.NAME)] = None
    stage: Annotated[str | None, requests.named("阶段", "到哪个阶段", max_length=requests.NAME)] = None
    county: requests.County = None


@router.get("/leads")
def board(request: Request, session: OpenSession, asked: Annotated[BoardPage, Query()]) -> HTMLResponse:
    """Leads by stage, stale ones first. Raises Unknown and Ambiguous."""
    chains, chosen = chosen_chain(session, asked.chain, asked.county)
    with session.reading() as state:
        county = county_name(state, asked.county) if asked.county else None
        wanted = LeadsWanted(county, asked.chain or None, asked.owner or None, asked.stage or None, asked.stale)
        document = leads(state, wanted)
        return page(
            request,
            session,
            "leads.html",
            document=document,
            sheet=session.city.schema.sheets[SHEET],
            chains=[c for c in chains if county in (None, c["county"])],
            counties=sorted({c["county"] for c in chains}),
            chosen=chosen if asked.chain else None,
            wanted=wanted,
            filters={"county": county, "chain": wanted.chain, "owner": wanted.owner, "stale": asked.stale or None},
            needs={stage: needed_at(stage, state.plan_model) for stage in STAGES},
            given=_given,
            asked=ASKED,
            most=None if wanted.stage else CARDS,
            done=asked.done,
            waits=waits_of(state, asked.done),
        )


def _given(lead: LeadDocument) -> list[str]:
    """What a lead says already of what a stage may need, by caption."""
    return [*_now(lead), *(["企业"] if lead["firms"] else [])]


@router.get("/file/lead")
def form(request: Request, session: OpenSession, asked: Annotated[LeadPage, Query()]) -> HTMLResponse:
    """The form of a lead: its next step, or a new one. Raises Unknown and Ambiguous."""
    return _page(request, session, asked, Typed())


def _page(request: Request, session: Session, asked: LeadPage, typed: Typed, status: int = 200) -> HTMLResponse:
    user = session.settings.user or ""
    with session.reading() as state:
        lead = lead_called(state, asked.lead) if asked.lead else None
        county = county_name(state, asked.county) if asked.county else None
        chains = [f"{c.county}/{c.name}" for c in state.chains() if not county or c.county == county]
        given = {"日期": state.today.isoformat(), **({} if lead else _begun(state, asked) | {"负责人": user})}
        known = None if lead or not asked.segment else leads_on(state).get((asked.segment, asked.firm or ""))
        shown = page(
            request,
            session,
            "lead.html",
            lead=lead,
            known=known,
            county=county,
            sheet=session.city.schema.sheets[SHEET],
            identity=IDENTITY,
            step=STEP,
            chains=chains,
            now=_now(lead) if lead else {},
            given=given | ({"阶段": asked.stage} if asked.stage in STAGES else {}),
            needed=needed_at(asked.stage, state.plan_model) if asked.stage in STAGES else [],
            typed=typed,
            user=user,
        )
    shown.status_code = status
    return shown


def _begun(state: State, asked: LeadPage) -> dict[str, str]:
    """What a new lead for a segment and a firm begins with. Raises Unknown."""
    given = {"阶段": STAGES[0], "状态": "正常"}
    firm = str(find_node(state, find_kind(state, "企业"), asked.firm)["name"]) if asked.firm else ""
    if firm:
        given["企业"] = firm
    if not asked.segment:
        return given
    segment = find_node(state, find_kind(state, "环节"), asked.segment)
    above = state.reader.edges("IN_CHAIN", "环节", "产业链", start=[segment["id"]])
    chain = next(c for c in state.chains() if c.id in {e["target"] for e in above})
    name = f"{firm}·{segment['name']}" if firm else f"{segment['name']}（待找企业）"
    return given | {"项目名称": name, "产业链": f"{chain.county}/{chain.name}", "环节": str(segment["name"])}


def _now(lead: LeadDocument) -> dict[str, Any]:
    """What the lead says now, by caption."""
    values: Mapping[str, Any] = lead
    return {c: f"{v:,.0f}" if isinstance(v, float) else v for c, k in SHOWN.items() if (v := values[k]) is not None}


@router.post("/file/lead")
def file_lead(request: Request, session: OpenSession, fields: Form) -> Response:
    """Save a step of a lead as one batch; where something is wrong, the form again, with every fault at its field."""
    typed = {name: values[0].strip() for name, values in fields.items() if values[0].strip()}
    asked = LeadPage(lead=typed.get("lead"), county=typed.get("county"))
    script = "application/json" in request.headers.get("accept", "")
    with session.reading() as state:
        lead = lead_called(state, asked.lead) if asked.lead else None
        row = _row(typed, lead)
        faults = list(_faults(state, row, lead))
    try:
        _check(session, row, lead, faults)
        report = file_rows(session, SHEET, [row], typed.get("by", ""))
    except BadForm as bad:
        if script:
            faulty = [{"caption": f.caption, "message": f.message, "hint": f.hint} for f in bad.faults]
            return JSONResponse({"faults": faulty}, 400)
        return _page(request, session, asked, Typed(SHEET, typed, {("", f.caption): f for f in bad.faults}), 400)
    with session.reading() as state:
        ident = lead["id"] if lead else latest_lead(state)
    if script:
        return JSONResponse({"batch": report.batch, "lead": ident})
    return RedirectResponse(link("/leads", county=asked.county, done=report.batch) + f"#lead-{ident}", 303)


def _row(typed: Mapping[str, str], lead: LeadDocument | None) -> dict[str, str]:
    """The row that a form writes: who the lead is, and what was typed. A stage that is new is to be confirmed."""
    firm = () if not lead or lead["firms"] else ("企业",)  # a stage may ask for the firm that was open so far
    row = {c: typed[c] for c in (*(firm if lead else IDENTITY), *STEP) if c in typed}
    if lead:
        known = {"项目名称": lead["name"], "产业链": lead["chain"], "县市区": lead["county"], "编码": lead["code"]}
        row = {c: v for c, v in known.items() if v} | row
    elif "/" in row.get("产业链", ""):
        row["县市区"], _, row["产业链"] = row["产业链"].partition("/")
    if "阶段" in row and (lead is None or row["阶段"] != lead["stage"]):
        row.setdefault("核验", UNVERIFIED)
    return row


def _faults(state: State, row: Mapping[str, str], lead: LeadDocument | None) -> Iterator[FieldFault]:
    """What a new stage or state needs and neither the form nor the lead says."""
    stage = row.get("阶段", "")
    if stage in STAGES and (lead is None or stage != lead["stage"]) and row.get("状态") != LOST:
        given = {*row, *(_given(lead) if lead else ())}
        for caption in needed_at(stage, state.plan_model):
            if caption not in given:
                yield FieldFault(0, caption, f"到{stage}阶段要有{caption}", f"填好{caption}再移到{stage}")
    if row.get("状态") in TROUBLED and not row.get("原因"):
        yield FieldFault(0, "原因", f"{row['状态']}要写明原因", "写一句为什么")


def _check(session: Session, row: Mapping[str, str], lead: LeadDocument | None, faults: list[FieldFault]) -> None:
    """Refuse what would change nothing, and what lacks something. Raises BadForm."""
    if not row.get("日期"):
        faults = [f for f in faults if f.caption != "日期"]
        faults.insert(0, FieldFault(0, "日期", "没有写日期", "每一步都要有日期，如 2026-05-20"))
    day, last = day_in(session, SHEET, row), lead["last"] if lead else None
    if lead and day and last and "阶段" in row and day < date.fromisoformat(last):
        message = f"{row['日期']} 早于最近一条记录（{last}），不会改变现在的阶段"
        faults.append(FieldFault(0, "日期", message, "写这一步发生的日期；要更正以前的记录，先撤销那个批次"))
    if faults:
        raise BadForm(faults)
