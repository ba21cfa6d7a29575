"""Downloads: every chain page has its three files, its table and its pictures as buttons."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from api.commands import files as commands
from api.commands import map_requests, plan_files, plan_requests, requests
from api.commands import plan as plan_commands
from api.commands.answers import gaps
from api.commands.data import export_drawing
from api.commands.recruiting import candidates, candidates_drawing
from api.home.drawing import Draw
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.downloads import GONE, OpenCounter
from api.web.routers.workbench.chain_map import ScreenRequest
from graph.answers.lookup import find_chain
from graph.answers.matching import meeting as fair
from graph.answers.plan.filing import county_name
from graph.files import file_name
from viz.atlas.atlas import FORMATS as ATLAS
from viz.chainmap.folding import ALL, OnScreen
from viz.errors import UnknownFormat
from viz.mindmap.write import FORMATS
from viz.paper.files import FORMATS as PAPERS
from viz.plan.meeting import FORMATS as MEETINGS
from viz.report.gaps import write_gaps_table
from viz.report.needs import FORMATS as LISTS

Chain = Annotated[requests.OfChainRequest, Query()]
OneChain = Annotated[requests.OfOneChainRequest, Query()]
Screen = Annotated[ScreenRequest, Query()]
Map = Annotated[map_requests.MindmapOfRequest, Query()]
Gaps = Annotated[requests.GapsRequest, Query()]
Ticket = Annotated[str, Query(max_length=40)]
router = APIRouter(prefix="/files", dependencies=[Depends(allowed)], include_in_schema=False)
# The mind map carries its own script and style: it runs alone in a sandbox and can neither load nor send.
FRAME_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "sandbox allow-scripts; frame-ancestors 'self'"
)


@router.get("/queue")
async def queue(request: Request, ticket: Ticket = "") -> dict[str, int]:
    """How many drawings come before the one of a ticket, or before one that would be asked for now."""
    return {"ahead": request.app.state.workers.ahead(ticket)}


async def _name(counter: OpenCounter, asked: requests.OfChainRequest | requests.OfOneChainRequest) -> str:
    """What the files of a chain are called, however it was asked for. Raises Unknown and Ambiguous."""
    session: Session = counter.request.app.state.session

    def read() -> str:
        if not asked.chain:
            return "全市"
        with session.reading() as state:
            return file_name(find_chain(state, asked.chain, asked.county).name)

    return await run_in_threadpool(read)


@router.get("/report.{suffix}")
async def report(counter: OpenCounter, suffix: str, asked: Chain) -> Response:
    """The technology-analysis report of a chain, else of a county, else of the whole city."""
    if f".{suffix}".lower() not in PAPERS:
        raise UnknownFormat(f".{suffix}", PAPERS)
    whose = await (_name(counter, asked) if asked.chain else _region(counter, asked.county))
    name = f"{whose}技术分析报告.{suffix}"
    return await counter.attachment(name, lambda s: commands.report_drawing(s, asked.chain, asked.county))


async def _region(counter: OpenCounter, county: str | None) -> str:
    return f"{await _place(counter, county) or '全市'}产业链"


@router.get("/atlas.{suffix}")
async def atlas(counter: OpenCounter, suffix: str, asked: OneChain) -> Response:
    """六图六清单: all in one archive, the drawings as PDF, or the lists as a workbook."""
    if f".{suffix}".lower() not in ATLAS:
        raise UnknownFormat(f".{suffix}", ATLAS)
    name = f"{await _name(counter, asked)}六图六清单.{suffix}"
    return await counter.attachment(name, lambda s: commands.atlas_drawing(s, asked.chain, asked.county))


@router.get("/needs.{suffix}")
async def needs(counter: OpenCounter, suffix: str, asked: Chain) -> Response:
    """The needs list of a chain, else of a county, else of the whole city, as a workbook or as a paper."""
    if f".{suffix}".lower() not in LISTS:
        raise UnknownFormat(f".{suffix}", LISTS)
    whose = await (_name(counter, asked) if asked.chain else _place(counter, asked.county)) or "全市"
    name = f"{whose}技术需求清单.{suffix}"
    return await counter.attachment(name, lambda s: commands.needs_drawing(s, asked.chain, asked.county))


@router.get("/mindmap.{suffix}")
async def mindmap(counter: OpenCounter, session: OpenSession, suffix: str, asked: Map) -> Response:
    """The mind map as a file; pictures of several sheets in a zip."""
    if f".{suffix}".lower() not in FORMATS:
        raise UnknownFormat(f".{suffix}", FORMATS)
    if suffix.lower() == "png" and await run_in_threadpool(commands.mindmap_sheets, session, asked) > 1:
        suffix = "zip"
    name = f"{await _name(counter, asked)}创新思维导图.{suffix}"
    return await counter.attachment(name, lambda s: commands.mindmap_drawing(s, asked))


@router.get("/mindmap-frame")
async def mindmap_frame(counter: OpenCounter, asked: Map) -> Response:
    """The mind map for the sandboxed frame of its page."""
    drawn = await counter.content(".html", lambda s: commands.mindmap_drawing(s, asked))
    if drawn is None:
        return Response(status_code=GONE)
    return HTMLResponse(drawn, headers={"Content-Security-Policy": FRAME_POLICY})


@router.get("/chainmap.svg")
async def chainmap_svg(counter: OpenCounter, asked: Screen) -> Response:
    """The chain map as a drawing."""
    return await _chainmap(counter, asked, ".svg")


@router.get("/chainmap.png")
async def chainmap_png(counter: OpenCounter, asked: Screen) -> Response:
    """The chain map as a picture."""
    return await _chainmap(counter, asked, ".png")


async def _chainmap(counter: OpenCounter, asked: ScreenRequest, suffix: str) -> Response:
    """All of it, or what is on screen: what is left out is said on it."""
    name = f"{await _name(counter, asked)}链图{suffix}"
    screen = OnScreen.asked(asked.open or (ALL,), asked.hide, asked.gone)
    return await counter.attachment(
        name, lambda s: commands.chainmap_drawing(s, asked.chain, asked.county, screen, asked.at)
    )


@router.get("/gaps.xlsx")
async def gaps_table(counter: OpenCounter, asked: Gaps) -> Response:
    """The weak-link table."""

    def read(session: Session) -> Draw[Any]:
        document = gaps(session, asked).document
        by_id = {s["segment_id"]: s for s in document["segments"]}
        return partial(write_gaps_table, [by_id[ident] for ident in document["order"]])

    return await counter.attachment("薄弱环节.xlsx", read)


@router.get("/candidates.xlsx")
async def candidates_table(counter: OpenCounter, asked: Annotated[requests.RecruitRequest, Query()]) -> Response:
    """Whom to call, with columns to fill in."""

    def read(session: Session) -> Draw[Any]:
        return candidates_drawing(session, candidates(session, requests.CandidatesRequest(**dict(asked))).document)

    return await counter.attachment(f"{await _name(counter, asked)}招商对接清单.xlsx", read)


@router.get("/progress.xlsx")
async def target_book(counter: OpenCounter, asked: Annotated[plan_requests.ProgressRequest, Query()]) -> Response:
    """指标台账: every target with its light."""

    def read(session: Session) -> Draw[Any]:
        request = plan_requests.ProgressFileRequest(**dict(asked))
        return plan_files.target_book_drawing(plan_commands.progress(session, request).document)

    return await counter.attachment(f"{await _place(counter, asked.county)}指标台账.xlsx", read)


@router.get("/zero.xlsx")
async def zero_book(counter: OpenCounter, asked: Annotated[plan_requests.ZeroRequest, Query()]) -> Response:
    """清零清单: the firms of the three lists."""

    def read(session: Session) -> Draw[Any]:
        request = plan_requests.ZeroFileRequest(**dict(asked))
        return plan_files.zero_book_drawing(plan_commands.zero(session, request).document)

    return await counter.attachment(f"{await _place(counter, asked.county)}清零清单.xlsx", read)


@router.get("/meeting.{suffix}")
async def meeting(
    counter: OpenCounter, suffix: str, asked: Annotated[plan_requests.MeetingOfRequest, Query()]
) -> Response:
    """Who meets at an event."""
    if f".{suffix}".lower() not in MEETINGS:
        raise UnknownFormat(f".{suffix}", MEETINGS)

    def named() -> str:
        with counter.request.app.state.session.reading() as state:
            return file_name(fair.meeting(state, asked.event)["event"])

    def read(session: Session) -> Draw[Any]:
        request = plan_requests.MeetingRequest(event=asked.event)
        return plan_files.meeting_drawing(session, plan_commands.meeting(session, request).document)

    return await counter.attachment(f"{await run_in_threadpool(named)}安排表.{suffix}", read)


@router.get("/bulletin.docx")
async def bulletin(counter: OpenCounter, asked: Annotated[plan_requests.BulletinOfRequest, Query()]) -> Response:
    """督查通报 of a day."""
    return await counter.attachment("督查通报.docx", lambda s: plan_files.bulletin_drawing(s, asked))


@router.get("/draft.docx")
async def draft(counter: OpenCounter, asked: Annotated[plan_requests.DraftOfRequest, Query()]) -> Response:
    """The draft of a county's own plan."""
    name = f"{await _place(counter, asked.county)}实施方案（初稿）.docx"
    return await counter.attachment(name, lambda s: plan_files.draft_drawing(s, asked))


async def _place(counter: OpenCounter, county: str | None) -> str:
    """What a county is called in a file's name, however it was asked for. Raises Unknown and Ambiguous."""
    session: Session = counter.request.app.state.session

    def read() -> str:
        with session.reading() as state:
            return file_name(county_name(state, county)) if county else ""

    return await run_in_threadpool(read)


class PublishPage(requests.Request):
    """Which counties and chains a snapshot may show."""

    counties: requests.Counties = ()
    chains: requests.Chains = ()


@router.get("/publish.html")
async def publish(counter: OpenCounter, asked: Annotated[PublishPage, Query()]) -> Response:
    """The snapshot: one file to be read without this program."""
    named = [*asked.counties, *asked.chains]
    name = f"{file_name('、'.join(named[:2])) if named else '全市'}产业链快照.html"
    return await counter.attachment(name, lambda s: commands.publish_drawing(s, asked.counties, asked.chains))


@router.get("/template.xlsx")
async def template(counter: OpenCounter, session: OpenSession, asked: Chain) -> Response:
    """The workbook to fill in."""
    request = requests.TemplateRequest(**dict(asked))
    name, draw = await run_in_threadpool(commands.template_drawing, session, request)
    return await counter.attachment(name, lambda _: draw)


@router.get("/export.xlsx")
async def export(counter: OpenCounter) -> Response:
    """Everything visible, in the template format."""
    return await counter.attachment("链谱数据.xlsx", export_drawing)
