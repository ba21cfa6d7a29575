"""地图: the counties by one figure, what flows between them, the table beside it, and both as files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.commands import requests
from api.commands.workbench.regions import regions_drawing
from api.home.drawing import Draw
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.downloads import OpenCounter
from api.web.kept import kept
from api.web.render import link
from api.web.routers.pages import page
from graph.answers.workbench.regions import FEEDS, SUPPLIES, regions
from graph.files import file_name
from viz.errors import UnknownFormat
from viz.regionmap.drawing import FORMATS, region_map

FLOWS = {"": "全部", FEEDS: "只看环节供给", SUPPLIES: "只看企业供货", "无": "不画"}
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class RegionsPage(requests.Request):
    """What stands in the address of the map: the figure, the county whose flows stand out, which flows are drawn."""

    by: Annotated[str | None, requests.named("上色", "按什么上色", max_length=requests.NAME)] = None
    pick: Annotated[str | None, requests.named("县市区", "突出哪个县（市、区）", max_length=requests.NAME)] = None
    flows: Annotated[str, requests.named("流动", "画哪些流动", max_length=requests.NAME)] = ""


Asked = Annotated[RegionsPage, Query()]


@router.get("/regions")
def show_regions(request: Request, session: OpenSession, asked: Asked) -> Response:
    """The map of counties. Raises Unknown."""
    return kept(request, session, asked, lambda: _regions(request, session, asked))


def _regions(request: Request, session: Session, asked: RegionsPage) -> HTMLResponse:
    with session.reading() as state:
        document = regions(state, asked.by)
    flows = asked.flows if asked.flows in FLOWS else ""
    links = {c["county_id"]: link("/county", county=c["county_id"]) for c in document["counties"]}
    return page(
        request,
        session,
        "regions.html",
        document=document,
        drawn=region_map(document, links, asked.pick, flows),
        pick=asked.pick,
        flows=flows,
        flow_choices=FLOWS,
    )


@router.get("/files/regions.{suffix}")
async def regions_file(counter: OpenCounter, suffix: str, asked: Asked) -> Response:
    """The map as a drawing or a picture, or its table as a workbook."""
    kinds = (*FORMATS, ".xlsx")
    if f".{suffix}".lower() not in kinds:
        raise UnknownFormat(f".{suffix}", kinds)

    def read(session: Session) -> Draw[int]:
        with session.reading() as state:
            document = regions(state, asked.by)
        return regions_drawing(session, document, f".{suffix}", asked.flows)

    return await counter.attachment(f"{file_name('县（市、区）地图')}.{suffix}", read)
