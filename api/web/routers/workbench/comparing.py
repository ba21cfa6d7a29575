"""对比: counties and chains side by side, a county against its peers, and both as files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from api.commands import requests
from api.commands.workbench.regions import compare_drawing
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.downloads import OpenCounter
from api.web.kept import kept
from api.web.routers.pages import page
from graph.answers.documents.workbench.comparing import ComparisonDocument
from graph.answers.workbench.comparing import MOST, compare
from graph.answers.workbench.figures import chain_subjects, counties
from graph.answers.workbench.peers import ALL, GROUPS
from viz.errors import UnknownFormat
from viz.regionmap.quadrants import FORMATS, quadrant_chart

Named = Annotated[str, Field(max_length=requests.LONG_NAME)]
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class ComparePage(requests.Request):
    """What stands in the address: the counties and chains, the county that is held against its peers, who these are."""

    subject: Annotated[tuple[Named, ...], requests.named("并排的对象", "县（市、区）或产业链", max_length=50)] = ()
    of: Annotated[str | None, requests.named("县市区", "哪个县（市、区）与同组比较", max_length=requests.NAME)] = None
    group: Annotated[str, requests.named("同组", "全部、同市或所选", max_length=requests.NAME)] = ALL


Asked = Annotated[ComparePage, Query()]


@router.get("/compare")
def show_comparison(request: Request, session: OpenSession, asked: Asked) -> Response:
    """Counties and chains side by side. Raises Unknown and Ambiguous."""
    return kept(request, session, asked, lambda: _comparison(request, session, asked))


def _comparison(request: Request, session: Session, asked: ComparePage) -> HTMLResponse:
    document = _read(session, asked)
    with session.reading() as state:
        offered = counties(state), chain_subjects(state)
    there = document["standing"]
    return page(
        request,
        session,
        "compare.html",
        document=document,
        standing=there,
        chart=quadrant_chart(there) if there else "",
        counties=[c for c in offered[0] if c.chains],
        chains=offered[1],
        chosen_ids=[s["id"] for s in document["subjects"]],
        groups=GROUPS,
        most=MOST,
        left_out=len(dict.fromkeys(asked.subject)) - MOST,
        files={"subject": [s["id"] for s in document["subjects"]], "of": asked.of, "group": asked.group},
    )


def _read(session: Session, asked: ComparePage) -> ComparisonDocument:
    with session.reading() as state:
        return compare(state, asked.subject, asked.of or None, asked.group if asked.group in GROUPS else ALL)


@router.get("/files/compare.{suffix}")
async def compare_file(counter: OpenCounter, suffix: str, asked: Asked) -> Response:
    """The comparison as a workbook, or the chart of a county as a drawing or a picture."""
    kinds = (*FORMATS, ".xlsx")
    if f".{suffix}".lower() not in kinds:
        raise UnknownFormat(f".{suffix}", kinds)

    return await counter.attachment(f"对比.{suffix}", lambda s: compare_drawing(_read(s, asked), f".{suffix}"))
