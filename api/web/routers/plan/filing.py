"""Filing without a workbook: what a county filed and misses, forms for 完成情况 and 任务进展."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.commands import requests
from api.home.filing import BadForm, FieldFault, file_rows
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.forms import Batch, Form, Lists, Typed, waits_of
from api.web.render import link
from api.web.routers.pages import page
from graph.answers.plan.filing import (
    AskedFiling,
    AskedProgress,
    asked_filings,
    asked_progress,
    county_name,
    filing_watch,
)
from graph.answers.state import State
from graph.plan.chain_targets import asked_text
from graph.plan.target import CITY
from graph.text import norm

ROWS = 40  # of one form: what it sends is bounded
FILED = ("数值", "单位", "佐证", "原因", "措施", "异议")  # columns that people fill in
PROGRESSED = ("进展", "完成比例", "存在问题", "下一步")
GIVEN = frozenset({"单位", "期间"})  # filled in by the page: alone they are no filing
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class FilingPage(requests.Request):
    """What stands in the address: the county (全市 for the city's own), words to narrow the rows, the batch just saved."""

    county: requests.County = None
    text: Annotated[str | None, requests.named("包含", "只列名称含这些字的", max_length=requests.NAME)] = None
    done: Batch = None


@router.get("/file")
def form(request: Request, session: OpenSession, asked: Annotated[FilingPage, Query()]) -> HTMLResponse:
    """What each county filed and misses; of one county the forms. Raises Unknown and Ambiguous."""
    return _page(request, session, asked, Typed())


def _page(request: Request, session: Session, asked: FilingPage, typed: Typed, status: int = 200) -> HTMLResponse:
    with session.reading() as state:
        county = _county(state, asked.county)
        filings = (
            _fitting(asked_filings(state, county), asked.text, lambda a: a.there.target.name)
            if county is not None
            else []
        )
        steps = _fitting(asked_progress(state, county), asked.text, lambda a: a.task.name) if county is not None else []
        shown = page(
            request,
            session,
            "filing.html",
            county=county,
            counties=_counties(state),
            asked=asked,
            watch=filing_watch(state, county or None),
            filings=filings[:ROWS],
            steps=steps[:ROWS],
            left=(max(len(filings) - ROWS, 0), max(len(steps) - ROWS, 0)),
            sheets=session.city.schema.sheets,
            typed=typed,
            user=session.settings.user or "",
            today=state.today.isoformat(),
            waits=waits_of(state, asked.done),
            asked_text=asked_text,
        )
    shown.status_code = status
    return shown


def _counties(state: State) -> list[str]:
    """Whom the forms are for: those with chains, targets or tasks; the city itself is the first."""
    chains = {c.county for c in state.chains()}
    return [CITY, *sorted(chains)]


def _county(state: State, written: str | None) -> str | None:
    """The county's name; empty for the city, None for none. Raises Unknown and Ambiguous."""
    if not written:
        return None
    return "" if written == CITY else county_name(state, written)


def _fitting(rows: Sequence[Any], text: str | None, name: Any) -> list[Any]:
    return [r for r in rows if not text or norm(text) in norm(name(r))]


# -- saving ---------------------------------------------------------------------------------------


@router.post("/file/measurements")
def file_measurements(request: Request, session: OpenSession, fields: Form) -> Response:
    """Save what was reached, as one batch."""
    with session.reading() as state:
        rows = asked_filings(state, _county(state, _one(fields, "county")) or "")
    return _save(request, session, fields, "完成情况", FILED, rows)


@router.post("/file/progress")
def file_progress(request: Request, session: OpenSession, fields: Form) -> Response:
    """Save how far tasks are, as one batch."""
    with session.reading() as state:
        rows = asked_progress(state, _county(state, _one(fields, "county")) or "")
    return _save(request, session, fields, "任务进展", PROGRESSED, rows)


def _save(
    request: Request,
    session: Session,
    fields: Lists,
    sheet: str,
    captions: Sequence[str],
    asked: Sequence[AskedFiling] | Sequence[AskedProgress],
) -> Response:
    """Save the rows that say something; where something is wrong, the form again, with every fault at its field."""
    typed = {name: values[0].strip() for name, values in fields.items()}
    known = {a.key: a for a in asked}
    keys, rows, corrections = [], [], False
    for name, key in typed.items():
        number, _, what = name.partition(".")
        own = {c: typed[f"{number}.{c}"] for c in (*captions, "期间") if typed.get(f"{number}.{c}")}
        if what != "of" or key not in known or not own.keys() - GIVEN:
            continue
        keys.append(key)
        rows.append({**known[key].cells(), **own, "日期": typed.get("date", "")})
        corrections |= _corrects(known[key], own.get("期间", ""))
    back = FilingPage(county=typed.get("county"), text=typed.get("text"))
    try:
        if not rows:
            raise BadForm([FieldFault(0, "", "没有填写任何一行", "至少填一行再保存")])
        if corrections and not typed.get("why"):
            raise BadForm([FieldFault(0, "更正说明", "要改的期间已锁定，还没有写为什么更正", "写明更正的原因后再保存")])
        marked = [{**r, "来源": f"更正：{typed['why']}"} for r in rows] if corrections else rows
        report = file_rows(session, sheet, marked, typed.get("by", ""), corrections)
    except BadForm as bad:
        faults = {(keys[f.row] if f.row < len(keys) else "", f.caption): f for f in bad.faults}
        general = {("", f.caption): f for f in bad.faults if f.caption in ("", "日期", "更正说明")}
        return _page(request, session, back, Typed(sheet, typed, faults | general), 400)
    return RedirectResponse(link("/file", county=back.county, text=back.text or None, done=report.batch), 303)


def _corrects(asked: AskedFiling | AskedProgress, period: str) -> bool:
    return isinstance(asked, AskedFiling) and asked.is_correction(period)


def _one(fields: Lists, name: str) -> str:
    return fields.get(name, [""])[0].strip()[: requests.NAME]
