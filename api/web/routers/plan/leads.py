"""招商看板: leads by stage, and the form by which a lead is noted or moves on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.commands import requests
from api.home.filing import BadForm, FieldFault, day_in, file_rows
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.forms import Batch, Form, Typed, waits_of
from api.web.render import link
from api.web.routers.pages import page
from graph.answers.documents.plan import LeadDocument
from graph.answers.plan.filing import county_name
from graph.answers.plan.leads import lead_called, leads
from graph.answers.state import State

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
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class BoardPage(requests.Request):
    """What stands in the address of the board."""

    county: requests.County = None
    stale: bool = False
    done: Batch = None


class LeadPage(requests.Request):
    """Which lead goes on; none is a new one."""

    lead: Annotated[str | None, requests.named("线索", "线索的标识", max_length=requests.NAME)] = None
    county: requests.County = None


@router.get("/leads")
def board(request: Request, session: OpenSession, asked: Annotated[BoardPage, Query()]) -> HTMLResponse:
    """Leads by stage, stale ones first. Raises Unknown and Ambiguous."""
    with session.reading() as state:
        county = county_name(state, asked.county) if asked.county else None
        document = leads(state, county, asked.stale)
        return page(
            request,
            session,
            "leads.html",
            document=document,
            counties=sorted({c.county for c in state.chains()}),
            county=county,
            stale=asked.stale,
            stalled=sum(bool(x["stale"]) for x in document["leads"]),
            done=asked.done,
            waits=waits_of(state, asked.done),
        )


@router.get("/file/lead")
def form(request: Request, session: OpenSession, asked: Annotated[LeadPage, Query()]) -> HTMLResponse:
    """The form of a lead: its next step, or a new one. Raises Unknown and Ambiguous."""
    return _page(request, session, asked, Typed())


def _page(request: Request, session: Session, asked: LeadPage, typed: Typed, status: int = 200) -> HTMLResponse:
    with session.reading() as state:
        lead = lead_called(state, asked.lead) if asked.lead else None
        county = county_name(state, asked.county) if asked.county else None
        chains = [f"{c.county}/{c.name}" for c in state.chains() if not county or c.county == county]
        shown = page(
            request,
            session,
            "lead.html",
            lead=lead,
            county=county,
            sheet=session.city.schema.sheets[SHEET],
            identity=IDENTITY,
            step=STEP,
            chains=chains,
            now=_now(lead) if lead else {},
            given={"日期": state.today.isoformat(), **({} if lead else {"阶段": "谋划", "状态": "正常"})},
            typed=typed,
            user=session.settings.user or "",
        )
    shown.status_code = status
    return shown


def _now(lead: LeadDocument) -> dict[str, Any]:
    """What the lead says now, by caption."""
    values: Mapping[str, Any] = lead
    return {c: f"{v:,.0f}" if isinstance(v, float) else v for c, k in SHOWN.items() if (v := values[k]) is not None}


@router.post("/file/lead")
def file_lead(request: Request, session: OpenSession, fields: Form) -> Response:
    """Save a step of a lead as one batch; where something is wrong, the form again, with every fault at its field."""
    typed = {name: values[0].strip() for name, values in fields.items() if values[0].strip()}
    asked = LeadPage(lead=typed.get("lead"), county=typed.get("county"))
    with session.reading() as state:
        lead = lead_called(state, asked.lead) if asked.lead else None
        row = _row(state, typed, lead)
    try:
        _check(session, row, lead)
        report = file_rows(session, SHEET, [row], typed.get("by", ""))
    except BadForm as bad:
        return _page(request, session, asked, Typed(SHEET, typed, {("", f.caption): f for f in bad.faults}), 400)
    return RedirectResponse(link("/leads", county=asked.county, done=report.batch), 303)


def _row(state: State, typed: Mapping[str, str], lead: LeadDocument | None) -> dict[str, str]:
    """The row that a form writes: who the lead is, and what was typed. A stage that is new is to be confirmed."""
    row = {c: typed[c] for c in (*(() if lead else IDENTITY), *STEP) if c in typed}
    if lead:
        known = {"项目名称": lead["name"], "产业链": lead["chain"], "县市区": lead["county"], "编码": lead["code"]}
        row = {c: v for c, v in known.items() if v} | row
    elif "/" in row.get("产业链", ""):
        row["县市区"], _, row["产业链"] = row["产业链"].partition("/")
    if "阶段" in row and (lead is None or row["阶段"] != lead["stage"]):
        row.setdefault("核验", UNVERIFIED)
    return row


def _check(session: Session, row: Mapping[str, str], lead: LeadDocument | None) -> None:
    """Refuse what would change nothing. Raises BadForm."""
    if not row.get("日期"):
        raise BadForm([FieldFault(0, "日期", "没有写日期", "每一步都要有日期，如 2026-05-20")])
    day, last = day_in(session, SHEET, row), lead["last"] if lead else None
    if lead and day and last and "阶段" in row and day < date.fromisoformat(last):
        message = f"{row['日期']} 早于最近一条记录（{last}），不会改变现在的阶段"
        raise BadForm([FieldFault(0, "日期", message, "写这一步发生的日期；要更正以前的记录，先撤销那个批次")])
