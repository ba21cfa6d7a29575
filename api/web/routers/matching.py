"""供需对接: needs with what may answer them, what people decide about each, events, what a chain has to offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.commands import requests
from api.home.filing import BadForm, FieldFault, day_in, file_rows, file_sheets
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.forms import Batch, Form, Lists, Typed, waits_of
from api.web.render import link
from api.web.routers.pages import chosen_chain, moved_chain, page
from graph.answers.documents.matching import MatchDocument
from graph.answers.lookup import find_chain
from graph.answers.matching import matching
from graph.answers.matching.library import library
from graph.answers.matching.meeting import events, invitable, meeting
from graph.answers.matching.pairings import pairings
from graph.answers.matching.registered import RESULT
from graph.answers.matching.sides import PairSides, pair_sides, written_name
from graph.plan.pair import BASIS, FAILED, PAIR_STATES, PROPOSED

SHEET = "供需对接"
STEP = ("状态", "日期", "理由", "经办", "单位", "活动", "企业", "说明")
MOST = 5  # results named for a need
Only = Literal["", "without", "open", "fits"]
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class MatchPage(requests.OfChainRequest):
    """What stands in the address: the chain, which needs, the batch just saved."""

    only: Only = ""
    done: Batch = None


class EventsPage(requests.OfChainRequest):
    """What stands in the address of the events: which one is open."""

    event: Annotated[str | None, requests.named("活动", "对接会的名称或标识", max_length=requests.NAME)] = None
    done: Batch = None


class PairPage(requests.Request):
    """Which need and which object, by id."""

    need: Annotated[str, requests.named("技术需求", "需求的标识", max_length=requests.NAME)]
    object: Annotated[str, requests.named("对象", "对象的标识", max_length=requests.NAME)]


@router.get("/match")
def needs(request: Request, session: OpenSession, asked: Annotated[MatchPage, Query()]) -> Response:
    """The needs of a chain, each with what may answer it. Raises Unknown and Ambiguous."""
    if elsewhere := moved_chain(request, session, asked):
        return elsewhere
    chains, chosen = chosen_chain(session, asked.chain, asked.county)
    with session.reading() as state:
        document = matching(state, chosen["chain_id"], top=MOST) if chosen else None
        shown = [m for m in document["matches"] if _fits(m, asked.only)] if document else []
        waits = waits_of(state, asked.done)
        return _page(
            request,
            session,
            "match.html",
            chains,
            chosen,
            asked=asked,
            document=document,
            shown=shown,
            meant={m["id"]: _meant(m) for m in shown},
            waits=waits,
        )


def _meant(match: MatchDocument) -> set[str | None]:
    """What of a need's hits fits, or was said to by people."""
    return {h["id"] for h in (*match["hits"], *match["others"]) if h["fits"] or h["linked"] or h["state"]}


def _fits(match: MatchDocument, only: Only) -> bool:
    """Whether a need is one of those asked for: without anything that fits, with, or with nothing decided yet."""
    if only == "open":
        return not match["refused"] and not any(h["state"] or h["linked"] for h in (*match["hits"], *match["others"]))
    return not only or match["fits"] is (only == "fits")


@router.get("/match/pairs")
def pairs(request: Request, session: OpenSession, asked: Annotated[MatchPage, Query()]) -> Response:
    """How far each pair has come; of all chains where none is chosen. Raises Unknown and Ambiguous."""
    if elsewhere := moved_chain(request, session, asked):
        return elsewhere
    chains, first = chosen_chain(session, asked.chain, asked.county)
    chosen = first if asked.chain else None
    with session.reading() as state:
        document = pairings(state, asked.chain, asked.county)
        waits = waits_of(state, asked.done)
        return _page(request, session, "match_pairs.html", chains, chosen, asked=asked, document=document, waits=waits)


@router.get("/match/events")
def fairs(request: Request, session: OpenSession, asked: Annotated[EventsPage, Query()]) -> Response:
    """The events, and who meets at the one that is open. Raises Unknown and Ambiguous."""
    if elsewhere := moved_chain(request, session, asked):
        return elsewhere
    chains, first = chosen_chain(session, asked.chain, asked.county)
    chosen = first if asked.chain else None
    with session.reading() as state:
        opened = meeting(state, asked.event) if asked.event else None
        return _page(
            request,
            session,
            "match_events.html",
            chains,
            chosen,
            asked=asked,
            events=events(state, asked.chain, asked.county),
            opened=opened,
            others=invitable(state, opened) if opened else [],
            waits=waits_of(state, asked.done),
            user=session.settings.user or "",
        )


@router.post("/match/events")
def invite(session: OpenSession, fields: Form) -> RedirectResponse:
    """Put pairs down for an event, as one batch. Raises BadForm, Unknown and Ambiguous."""
    with session.reading() as state:
        opened = meeting(state, _one(fields, "event"))
        rows = [
            {"技术需求": p["need"], "对象": named, "日期": state.today.isoformat(), "活动": opened["event"]}
            for p in invitable(state, opened)
            if p["id"] in fields.get("pair", ()) and (named := written_name(state, p["object_kind"], p["object"]))
        ]
    if not rows:
        raise BadForm([FieldFault(0, "列入", "没有选任何一对", "至少选一对再列入")])
    report = file_rows(session, SHEET, rows, _one(fields, "by"))
    back = {"chain": _one(fields, "chain") or None, "event": opened["event_id"], "done": report.batch}
    return RedirectResponse(link("/match/events", **back), 303)


def _one(fields: Lists, name: str) -> str:
    return fields.get(name, [""])[0].strip()[: requests.NAME]


@router.get("/match/library")
def offers(request: Request, session: OpenSession, asked: Annotated[requests.OfChainRequest, Query()]) -> Response:
    """The result library of a chain, its commissioners and what the plan counts. Raises Unknown and Ambiguous."""
    if elsewhere := moved_chain(request, session, asked):
        return elsewhere
    chains, chosen = chosen_chain(session, asked.chain, asked.county)
    with session.reading() as state:
        document = library(state, find_chain(state, chosen["chain_id"])) if chosen else None
        return _page(request, session, "match_library.html", chains, chosen, asked=asked, document=document)


def _page(
    request: Request, session: Session, template: str, chains: Any, chosen: Mapping[str, str] | None, **values: Any
) -> HTMLResponse:
    return page(request, session, template, chains=chains, chosen=chosen, **values)


# -- deciding -------------------------------------------------------------------------------------


@router.get("/match/pair")
def pair(request: Request, session: OpenSession, asked: Annotated[PairPage, Query()]) -> HTMLResponse:
    """A need beside what may answer it, and the form by which a step is noted. Raises Unknown."""
    return _pair_page(request, session, asked, Typed())


def _pair_page(request: Request, session: Session, asked: PairPage, typed: Typed, status: int = 200) -> HTMLResponse:
    with session.reading() as state:
        sides = pair_sides(state, asked.need, asked.object)
        fairs = [e["name"] for e in events(state)]
        shown = page(
            request,
            session,
            "pair.html",
            sides=sides,
            pair=sides.pair,
            sheet=session.city.schema.sheets[SHEET],
            step=STEP,
            fairs=fairs,
            given={"日期": state.today.isoformat(), **({} if sides.pair else {"状态": PROPOSED})},
            typed=typed,
            user=session.settings.user or "",
        )
    shown.status_code = status
    return shown


@router.post("/match/pair")
def decide(request: Request, session: OpenSession, fields: Form) -> Response:
    """Save what was decided as one batch; where something is wrong, the form again, with every fault at its field.

    `confirm` also says on the result's own sheet that it answers the need.
    """
    typed = {name: values[0].strip() for name, values in fields.items() if values[0].strip()}
    asked = PairPage(need=typed.get("need", "")[: requests.NAME], object=typed.get("object", "")[: requests.NAME])
    with session.reading() as state:
        sides, today = pair_sides(state, asked.need, asked.object), state.today
    row = _row(sides, typed, today)
    try:
        _check(session, row, sides)
        sheets = {SHEET: [row]}
        if "confirm" in typed and sides.object.kind == RESULT and not sides.linked:
            sheets[RESULT] = [{"名称": sides.object.name, "对应技术需求": sides.need.name}]
        report = file_sheets(session, sheets, typed.get("by", ""))
    except BadForm as bad:
        return _pair_page(request, session, asked, Typed(SHEET, typed, {("", f.caption): f for f in bad.faults}), 400)
    chain = typed.get("chain") or None
    back = "/match" if "back" not in typed else "/match/pairs"
    return RedirectResponse(link(back, chain=chain, done=report.batch) + f"#need-{asked.need}", 303)


def _row(sides: PairSides, typed: Mapping[str, str], today: date) -> dict[str, str]:
    """The row that a form writes: who is meant, what was typed, and what both sides said then."""
    row = {c: typed[c] for c in STEP if c in typed}
    if "confirm" in typed or "refuse" in typed:  # the buttons of the list: no field but the reason
        row.setdefault("日期", today.isoformat())
        now = sides.pair["state"] if sides.pair else None
        row["状态"] = FAILED if "refuse" in typed else now if now and now != FAILED else PROPOSED
    return {"技术需求": sides.need.name, "对象": sides.written, **row, BASIS: sides.basis}


def _check(session: Session, row: Mapping[str, str], sides: PairSides) -> None:
    """Refuse what would change nothing, or could not be understood. Raises BadForm."""
    if not sides.written:
        message = f"有几个{sides.object.kind}都叫“{sides.object.name}”，分不出是哪一个"
        raise BadForm([FieldFault(0, "", message, f"先在“{sides.object.kind}”表里把名称写得不同")])
    if row.get("状态") not in (None, *PAIR_STATES):
        raise BadForm([FieldFault(0, "状态", f"没有“{row['状态']}”这种状态", f"可选 {'、'.join(PAIR_STATES)}")])
    if row.get("状态") == FAILED and not row.get("理由"):
        raise BadForm([FieldFault(0, "理由", "未成没有写明理由", "写明为什么不合适，以后的人才不会再走一遍")])
    if not row.get("日期"):
        raise BadForm([FieldFault(0, "日期", "没有写日期", "每一步都要有日期，如 2026-05-20")])
    day, last = day_in(session, SHEET, row), sides.pair["last"] if sides.pair else None
    if day and last and "状态" in row and day < date.fromisoformat(last):
        message = f"{row['日期']} 早于最近一条记录（{last}），不会改变现在的状态"
        raise BadForm([FieldFault(0, "日期", message, "写这一步发生的日期；要更正以前的记录，先撤销那个批次")])
