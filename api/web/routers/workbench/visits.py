"""拜访提纲: what to know of a firm before somebody calls on it, as a page and as one sheet of paper."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from api.commands.workbench.visit_requests import VisitOfRequest
from api.commands.workbench.visits import visit_drawing
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.downloads import OpenCounter
from api.web.routers.pages import page
from graph.answers.documents.workbench.visit import VisitDocument
from graph.answers.workbench.visit import visit
from graph.files import file_name
from viz.errors import UnknownFormat
from viz.paper.files import FORMATS
from viz.workbench.visit_paper import about_text, visit_title

router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)
Asked = Annotated[VisitOfRequest, Query()]


def _read(session: Session, asked: VisitOfRequest) -> VisitDocument:
    with session.reading() as state:
        return visit(state, asked.firm, asked.segment or None)


@router.get("/brief")
def brief(request: Request, session: OpenSession, asked: Asked) -> HTMLResponse:
    """The page. Raises Unknown, Ambiguous and NoSegment."""
    document = _read(session, asked)
    chosen = {k: str(document[k]) for k in ("county", "chain", "chain_id")}
    return page(request, session, "visit.html", document=document, about=about_text(document), chosen=chosen)


@router.get("/files/brief.{suffix}")
async def brief_file(counter: OpenCounter, suffix: str, asked: Asked) -> Response:
    """The sheet of paper: .docx, .pdf or .html."""
    if f".{suffix}".lower() not in FORMATS:
        raise UnknownFormat(f".{suffix}", FORMATS)
    session: Session = counter.request.app.state.session
    document = await run_in_threadpool(_read, session, asked)
    return await counter.attachment(
        f"{file_name(visit_title(document))}.{suffix}", lambda s: visit_drawing(s, document)
    )
