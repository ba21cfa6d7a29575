"""The pages: parse the query, take one document, render one template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BeforeValidator, Field

from api.commands import map_requests, requests
from api.commands.answers import gaps as find_gaps
from api.commands.answers import show as find_node
from api.commands.recruiting import candidates
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.kept import kept
from api.web.render import render
from graph.analysis.grading.statuses import BY_GRAVITY, SCORES
from graph.answers.chains import view_of
from graph.answers.lookup import find_chain
from graph.answers.nodes import node_id
from graph.answers.overview import SHOWN, overview
from graph.answers.plan.matrix import plan_glance
from graph.answers.workbench.profile import firm_profile
from graph.errors import Unknown
from graph.measures.measure import load_measures
from graph.projection.identity import is_id
from viz.chainmap.gapchart import gap_chart
from viz.charts.firm_years import firm_years
from viz.theme import demo_notice

SCORED = tuple((s.name, s.caption) for s in SCORES.values() if s.weighed)
MaybeText = Annotated[str | None, Query(max_length=200)]
OfChain = Annotated[requests.OfChainRequest, Query()]


class MindmapPage(map_requests.MapPartRequest, requests.OfChainRequest):
    """What stands in the address of a mind map's page."""

    depth: Annotated[int | None, BeforeValidator(lambda text: text or None)] = Field(None, ge=1, le=20)  # "" is none


AskedOfChain = requests.OfChainRequest | requests.GapsRequest
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


def page(request: Request, session: Session, template: str, **values: Any) -> HTMLResponse:
    """A page with what every page needs."""
    start = request.query_params.get("from", "")
    shared = {
        "path": request.url.path,
        "csrf": request.app.state.access.csrf,
        "error": None,
        "rows_from": int(start) if start.isdecimal() and len(start) < 8 else 0,
    }
    return HTMLResponse(render(template, notice=_notice(session, values.get("chosen")), **shared, **values))


def _notice(session: Session, chosen: Mapping[str, str] | None) -> str:
    """What stands over every page of example data: of the chain that is shown, else of all."""
    if not session.city.demo:
        return ""
    return demo_notice([chosen["county"]] if chosen else [c["county"] for c in _chains(session)])


class NodePage(requests.Request):
    """One node: by its id, or by a name as people write it."""

    kind: Annotated[str, requests.named("类别", "类别，如 企业、环节", max_length=requests.NAME)]
    id: MaybeText = None
    name: Annotated[str | None, requests.named("名称", "名称，可写 县/链/环节", max_length=requests.LONG_NAME)] = None


class OneSegment(requests.Request):
    """A row of the weak links."""

    chain: Annotated[str, Query(max_length=requests.NAME)]
    segment: Annotated[str, Query(max_length=requests.NAME)]


def moved(request: Request, **ids: str) -> RedirectResponse:
    """To the address by id of a page that was asked for by name: links go by id, what people write is answered too."""
    rest = [(k, v) for k, v in request.query_params.multi_items() if k not in {*ids, "county", "name"}]
    return RedirectResponse(f"{request.url.path}?{urlencode([*ids.items(), *rest])}", 307)


def moved_chain(request: Request, session: Session, asked: AskedOfChain) -> RedirectResponse | None:
    """The same for a page of a chain; None where it stands by id already. Raises Unknown and Ambiguous."""
    if not asked.chain or is_id(asked.chain):
        return None
    with session.reading() as state:
        return moved(request, chain=find_chain(state, asked.chain, asked.county).id)


def _chains(session: Session) -> list[dict[str, str]]:
    with session.reading() as state:
        return [c.document() for c in state.chains()]


def chosen_chain(
    session: Session, chain: str | None, county: str | None
) -> tuple[list[dict[str, str]], dict[str, str] | None]:
    """All chains, and the one to show: the one asked for, else the county's first, else the first."""
    chains = _chains(session)
    if chain:
        with session.reading() as state:
            return chains, find_chain(state, chain, county).document()
    fitting = [c for c in chains if not county or c["county"] == county]
    return chains, next(iter(fitting or chains), None)


@router.get("/")
def home(request: Request, session: OpenSession) -> Response:
    """The director's table."""
    return kept(request, session, None, lambda: _home(request, session))


def _home(request: Request, session: Session) -> HTMLResponse:
    with session.reading() as state:
        table, today = overview(state), state.today
        lights, due = plan_glance(state)
    shown = [code for code in BY_GRAVITY if code in SHOWN]
    columns = [m for m in load_measures() if m.director]
    return page(
        request, session, "home.html", overview=table, today=today, codes=shown, measures=columns, plan=lights, due=due
    )


@router.get("/gaps")
def gaps(request: Request, session: OpenSession, asked: Annotated[requests.GapsRequest, Query()]) -> Response:
    """Segments with their scores, what to do first, and the chart of one chain."""
    return moved_chain(request, session, asked) or kept(request, session, asked, lambda: _gaps(request, session, asked))


def _gaps(request: Request, session: Session, asked: requests.GapsRequest) -> HTMLResponse:
    chain, county = asked.chain, asked.county
    document = find_gaps(session, requests.GapsRequest(county=county, chain=chain)).document
    place = {ident: number for number, ident in enumerate(document["order"])}
    document["segments"].sort(key=lambda s: place[s["segment_id"]])
    chains, chosen = chosen_chain(session, chain, county) if chain else (_chains(session), None)
    return page(
        request,
        session,
        "gaps.html",
        document=document,
        chains=chains,
        chosen=chosen,
        asked={"county": county, "chain": chain, "status": asked.status},
        chart=gap_chart(document["segments"]) if chosen else "",
        scored=SCORED,
        regional=next((s["scores"]["feasibility"]["text"] for s in document["segments"] if s["scores"]), ""),
    )


@router.get("/gaps/more")
def gap_more(request: Request, session: OpenSession, asked: Annotated[OneSegment, Query()]) -> Response:
    """What a row of the weak links unfolds to. Raises Unknown."""
    return kept(request, session, asked, lambda: _gap_more(session, asked))


def _gap_more(session: Session, asked: OneSegment) -> HTMLResponse:
    document = find_gaps(session, requests.GapsRequest(chain=asked.chain)).document
    segment = next((s for s in document["segments"] if s["segment_id"] == asked.segment), None)
    if segment is None:
        raise Unknown("环节", asked.segment)
    of_segment = requests.CandidatesRequest(chain=asked.chain, segment=asked.segment, top=3)
    plans = candidates(session, of_segment).document["gaps"]
    plan = next((g for g in plans if g["segment_id"] == asked.segment), None)
    return HTMLResponse(render("gap_more.html", segment=segment, plan=plan))


@router.get("/mindmap")
def mindmap(request: Request, session: OpenSession, asked: Annotated[MindmapPage, Query()]) -> Response:
    """The mind map, in a sandboxed frame."""
    if elsewhere := moved_chain(request, session, asked):
        return elsewhere
    chains, chosen = chosen_chain(session, asked.chain, asked.county)
    branches = _branches(session, chosen["chain_id"]) if chosen else []
    return page(request, session, "mindmap.html", chains=chains, chosen=chosen, asked=asked, branches=branches)


def _branches(session: Session, chain: str) -> list[str]:
    """The parts of a mind map that its page offers: the stages and segments of the chain."""
    with session.reading() as state:
        segments = view_of(state, find_chain(state, chain)).segments
    return [*dict.fromkeys(s["stage"] for s in segments if s["stage"]), *dict.fromkeys(s["segment"] for s in segments)]


@router.get("/show")
def show(request: Request, session: OpenSession, asked: Annotated[NodePage, Query()]) -> Response:
    """One node with the row behind every value. Raises Unknown and Ambiguous."""

    def node() -> HTMLResponse:
        called = requests.ShowRequest(kind=asked.kind, name=asked.id or "")
        document, kinds = find_node(session, called).document, session.city.schema.kinds
        profile = None
        if document["kind"] == "企业":
            with session.reading() as state:
                profile = firm_profile(state, document["id"])
        return page(
            request,
            session,
            "show.html",
            document=document,
            editable=bool(kinds[document["kind"]].sheet),
            profile=profile,
            chart=firm_years(profile["years"]) if profile else "",
        )

    if asked.id:
        return kept(request, session, asked, node)
    with session.reading() as state:
        return moved(request, kind=asked.kind, id=node_id(state, asked.kind, asked.name or ""))
