"""变化: what changed between two moments, as tables and on the union of both chain maps."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.commands.workbench import changes as commands
from api.commands.workbench.changes_requests import ChangesRequest
from api.home.drawing import Draw
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.downloads import OpenCounter
from api.web.routers.pages import page
from graph.answers.chains import view_of
from graph.answers.plan.zero import counties_of
from graph.answers.workbench.changes import Side
from graph.answers.workbench.moments import stops
from graph.model import ChainView
from graph.projection.identity import is_id
from viz.workbench.changes_map import changes_map

SHOWN = 200  # rows of each table; the workbook has all
Asked = Annotated[ChangesRequest, Query()]
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


@router.get("/changes")
def changes_page(request: Request, session: OpenSession, asked: Asked) -> HTMLResponse:
    """What changed between two moments. Raises BadMoment, UnknownBatch, Unknown and Ambiguous."""
    asked = ChangesRequest.model_validate({k: v or None for k, v in dict(asked).items()})
    document = commands.compared(session, asked)
    with session.reading() as state:
        chains = [c.document() for c in state.chains()]
        counties = counties_of(state, None)
        offered = stops(session.city.ledger.batches(), state.today)
    return page(
        request,
        session,
        "changes.html",
        document=document,
        drawing=_drawing(session, asked, document) if document["chain"] else "",
        chains=chains,
        counties=counties,
        county=asked.county
        if asked.county and is_id(asked.county)
        else next((i for i, n in counties if n == document["county"]), None),
        chosen=document["chain"],
        stops=offered,
        shown=SHOWN,
    )


def _drawing(session: Session, asked: ChangesRequest, document: Any) -> str:
    changed = {s["segment_id"]: s for s in document["segments"]}
    with commands.sides(session, asked) as (before, after):
        return changes_map(_view(before, document), _view(after, document), changed)


def _view(side: Side, document: Any) -> ChainView | None:
    wanted = document["chain"]["chain_id"]
    chain = next((c for c in side.state.chains() if c.id == wanted), None)
    return view_of(side.state, chain) if chain else None


@router.get("/files/changes.xlsx")
async def changes_book(counter: OpenCounter, asked: Asked) -> Response:
    """The same as a workbook, whole."""

    def read(session: Session) -> Draw[None]:
        return commands.changes_drawing(commands.compared(session, asked))

    return await counter.attachment("变化.xlsx", read)
