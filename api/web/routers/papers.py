"""文书设置: who issues and signs the papers of this home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile
from fastapi import Form as FileForm
from fastapi.responses import HTMLResponse, RedirectResponse

from api.commands import requests
from api.home.papers import HomePapers
from api.home.session import Session
from api.home.uploads import NoUpload
from api.web.access import OpenSession, allowed
from api.web.forms import Form
from api.web.render import link
from api.web.routers.pages import page
from graph.answers.plan.filing import county_name
from viz.paper.settings import captions, setting_fault
from viz.paper.styles import STYLES

RESTYLED = {
    "body": "正文", "title": "题目", "h1": "一级标题", "h2": "二级标题", "h3": "三级标题", "caption": "题注", "toc1": "目录",
}  # fmt: skip
router = APIRouter(prefix="/papers", dependencies=[Depends(allowed)], include_in_schema=False)


class PapersPage(requests.Request):
    """What stands in the address: whose papers, and whether they were just saved."""

    county: requests.County = None
    done: bool = False


@router.get("")
def show(request: Request, session: OpenSession, asked: Annotated[PapersPage, Query()]) -> HTMLResponse:
    """The settings of all papers, or of one county's. Raises Unknown and Ambiguous."""
    return _page(request, session, asked)


@router.post("")
def save(request: Request, session: OpenSession, fields: Form) -> Response:
    """Keep what was typed; where something is wrong, the form again. Raises Unknown and Ambiguous."""
    asked = PapersPage(county=fields.get("county", [""])[0] or None)
    typed = {name: fields.get(name, [""])[0].strip() for name in captions()}
    faults = {name: fault for name, value in typed.items() if (fault := setting_fault(name, value))}
    if faults:
        return _page(request, session, asked, typed, faults, 400)
    with session.reading() as state:
        county = county_name(state, asked.county) if asked.county else None
    with session.writing():
        HomePapers(session.home).save(county or "", typed)
    return RedirectResponse(link("/papers", county=county, done=1), 303)


@router.post("/template")
def keep_template(session: OpenSession, files: Annotated[list[UploadFile], FileForm()]) -> Response:
    """Use a Word file as the template from now on. Raises NoUpload and BadTemplate."""
    chosen = [f for f in files if f.filename]
    if not chosen:
        raise NoUpload("没有选择文件")
    with session.writing():
        HomePapers(session.home).keep_template(chosen[0].file)
    return RedirectResponse("/papers?done=1", 303)


@router.post("/template/drop")
def drop_template(session: OpenSession) -> Response:
    """Use our own styles again."""
    with session.writing():
        HomePapers(session.home).drop_template()
    return RedirectResponse("/papers?done=1", 303)


def _page(
    request: Request,
    session: Session,
    asked: PapersPage,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    with session.reading() as state:
        counties = sorted({c.county for c in state.chains()})
        county = county_name(state, asked.county) if asked.county else ""
    settings = HomePapers(session.home).settings()
    shared = {name: str(getattr(settings, name)) for name in captions()}
    own = settings.counties.get(county, {}) if county else shared
    shown = page(
        request,
        session,
        "papers.html",
        county=county,
        counties=counties,
        captions=captions(),
        values=typed if typed is not None else own,
        shared=shared if county else {},
        faults=faults or {},
        done=asked.done,
        own_template=HomePapers(session.home).template.exists(),
        restyled=[(RESTYLED[n], s) for n, s in settings.styles.items() if n in RESTYLED and s != STYLES[n]],
    )
    shown.status_code = status
    return shown
