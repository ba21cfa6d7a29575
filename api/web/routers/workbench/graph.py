"""图谱: the neighbourhood of any node, drawn step by step; the address holds every step."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import Field

from api.commands import requests
from api.commands.answers import search as find_names
from api.home.drawing import Draw
from api.home.filing import BadForm, file_rows
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.downloads import OpenCounter
from api.web.errors import TooLong
from api.web.forms import Form, Typed
from api.web.kept import kept
from api.web.routers.pages import MaybeText, page
from graph.answers.explorer.cards import FACETS
from graph.answers.explorer.members import members, panel
from graph.answers.explorer.neighbours import names_of, net_of
from graph.answers.explorer.picture import draw, picture_document
from graph.answers.explorer.steps import MOST_STEPS, read_steps
from graph.answers.explorer.views import LONGEST, SHEET, opened, saved_views
from graph.answers.state import State
from viz.errors import UnknownFormat
from viz.graphmap.files import FORMATS, write_graph
from viz.graphmap.scene import graph_scene
from viz.theme import demo_notice

Ident = Annotated[str, Query(max_length=requests.NAME)]
Name = Annotated[str, Field(max_length=requests.NAME)]
OneStep = Annotated[str, Field(max_length=20_000)]
FOUND = 20  # names that the finder proposes
router = APIRouter(prefix="/graph", dependencies=[Depends(allowed)], include_in_schema=False)


class GraphAsked(requests.Request):
    """What the address says: where the picture starts, the steps, the filters, size and colour."""

    start: list[Name] = Field([], max_length=200)
    node: MaybeText = None  # a start, too: how other pages link here
    chain: MaybeText = None  # a start where there is no other: the menu keeps the chain
    do: list[OneStep] = Field([], max_length=MOST_STEPS * 2)
    off: list[Name] = Field([], max_length=200)
    county: list[Name] = Field([], max_length=200)
    status: list[Name] = Field([], max_length=200)
    year: list[Name] = Field([], max_length=200)
    grade: list[Name] = Field([], max_length=200)
    size: MaybeText = None
    color: MaybeText = None

    def starts(self) -> list[str]:
        """Where the picture starts."""
        own = [*self.start, *([self.node] if self.node else [])]
        return own or ([self.chain] if self.chain and not self.do else [])

    def chosen(self) -> dict[str, list[str]]:
        """The values to keep, by facet."""
        return {"county": self.county, "status": self.status, "year": self.year, "grade": self.grade}


class MembersAsked(requests.Request):
    """A group of a node."""

    node: str = Field(max_length=requests.NAME)
    group: str = Field(max_length=requests.NAME)


AskedGraph = Annotated[GraphAsked, Query()]


@router.get("")
def graph(request: Request, session: OpenSession, asked: AskedGraph, saved: int | None = None) -> HTMLResponse:
    """The page: the picture, or where to begin."""
    return _page(request, session, asked, Typed(), saved)


def _page(
    request: Request, session: Session, asked: GraphAsked, typed: Typed, saved: int | None = None, status: int = 200
) -> HTMLResponse:
    with session.reading() as state:
        views = saved_views(state)
        chains = [c.document() for c in state.chains()]
        starts = [i for i in asked.starts() if i in net_of(state).kinds]
        names = list(names_of(state, starts).values())
    shown = page(
        request,
        session,
        "graph.html",
        names=names,
        drawn=bool(asked.starts() or asked.do),
        views=views,
        chains=chains,
        chosen=next((c for c in chains if c["chain_id"] == asked.chain), None),
        typed=typed,
        user=session.settings.user or "",
        saved=saved,
        query=str(request.url.query) if request.method == "GET" else "",
    )
    shown.status_code = status
    return shown


@router.get("/scene")
def scene(session: OpenSession, asked: AskedGraph) -> Response:
    """What the page draws. It is not kept: each step makes another, and a large one is megabytes."""
    with session.reading() as state:
        return JSONResponse(_scene(state, asked))


def _scene(state: State, asked: GraphAsked) -> dict[str, Any]:
    steps, unread = read_steps(asked.do)
    picture = draw(state, asked.starts(), steps)
    if unread:
        picture.remarks.append(f"链接里有 {unread} 步看不懂，或在第 {MOST_STEPS} 步以后，没有做")
    document = picture_document(state, picture, asked.chosen(), asked.off)
    color = asked.color if asked.color in FACETS else None
    return graph_scene(picture, document, state.city.schema.looks, asked.size, color)


@router.get("/members")
def group_members(session: OpenSession, asked: Annotated[MembersAsked, Query()]) -> Response:
    """All members of a group. Raises Unknown."""
    with session.reading() as state:
        return JSONResponse(members(state, asked.node, asked.group))


@router.get("/panel")
def node_panel(request: Request, session: OpenSession, node: Ident) -> Response:
    """What stands beside the picture of a picked node. Raises Unknown."""

    def made() -> JSONResponse:
        with session.reading() as state:
            return JSONResponse(panel(state, node))

    return kept(request, session, node, made)


@router.get("/find")
def find(session: OpenSession, text: MaybeText = None) -> JSONResponse:
    """Names that the finder proposes."""
    hits = find_names(session, requests.SearchRequest(text=text)).document["hits"] if text else []
    return JSONResponse({"hits": hits[:FOUND], "total": len(hits)})


@router.get("/file.{suffix}")
async def graph_file(counter: OpenCounter, suffix: str, asked: AskedGraph) -> Response:
    """What is on screen as a file. Raises UnknownFormat."""
    if f".{suffix}".lower() not in FORMATS:
        raise UnknownFormat(f".{suffix}", FORMATS)
    return await counter.attachment(f"图谱.{suffix}", lambda s: _drawing(s, asked))


def _drawing(session: Session, asked: GraphAsked) -> Draw[None]:
    with session.reading() as state:
        names = list(names_of(state, [i for i in asked.starts() if i in net_of(state).kinds]).values())
        counties = [c.county for c in state.chains()]
        drawn = _scene(state, asked)
        day = state.today.isoformat()
    title = f"图谱：{'、'.join(names[:3])}{' 等' if len(names) > 3 else ''}" if names else "图谱"
    notice = demo_notice(counties) if session.city.demo else ""
    return partial(write_graph, drawn, title, day, notice)


@router.post("/views")
def save_view(request: Request, session: OpenSession, fields: Form) -> Response:
    """Keep an address under a name, as a row that can be undone; where something is wrong, the page says so."""
    typed = {name: values[0].strip() for name, values in fields.items() if values[0].strip()}
    query = typed.get("query", "")
    if len(query) > LONGEST:
        raise TooLong(LONGEST)
    address = opened(f"/graph?{query}")
    row = {c: typed[c] for c in ("名称", "负责人", "说明") if c in typed} | {"地址": address}
    try:
        report = file_rows(session, SHEET, [row], typed.get("负责人", ""))
    except BadForm as bad:
        faults = {("", f.caption): f for f in bad.faults}
        return _page(request, session, GraphAsked.model_validate({}), Typed(SHEET, typed, faults), status=400)
    return RedirectResponse(f"{address}{'&' if '?' in address else '?'}saved={report.batch}", 303)
