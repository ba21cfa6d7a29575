"""Downloads: every chain page has its three files, its table and its pictures as buttons."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import HTMLResponse

from api.commands import commands
from api.home.session import Session
from api.web.access import OpenSession, allowed
from graph.answers.chains import view_chain
from graph.files import file_name
from graph.model import ChainView
from viz.chainmap.drawing import chain_svg
from viz.drawing.png import svg_to_png
from viz.mindmap.html import mindmap_html
from viz.report.sheets import write_gaps_table

Text = Annotated[str, Query(max_length=200)]
MaybeText = Annotated[str | None, Query(max_length=200)]
router = APIRouter(prefix="/files", dependencies=[Depends(allowed)], include_in_schema=False)
MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
}  # fmt: skip
# The mind map carries its own script and style: it runs alone in a sandbox and can neither load nor send.
FRAME_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "sandbox allow-scripts; frame-ancestors 'self'"
)


def _attachment(name: str, content: bytes) -> Response:
    suffix = Path(name).suffix
    disposition = f"attachment; filename=\"lianpu{suffix}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=MEDIA[suffix], headers={"Content-Disposition": disposition})


def _made(name: str, make: Callable[[Path], object]) -> Response:
    with tempfile.TemporaryDirectory(prefix="lianpu-") as folder:
        path = Path(folder) / f"file{Path(name).suffix}"
        make(path)
        return _attachment(name, path.read_bytes())


def _view(session: Session, chain: str, county: str | None) -> ChainView:
    with session.reading() as state:
        return view_chain(state, chain, county)


@router.get("/report.docx")
def report(session: OpenSession, chain: Text, county: MaybeText = None) -> Response:
    """The chain's technology-analysis report."""
    name = f"{file_name(chain)}技术分析报告.docx"
    return _made(name, lambda path: commands.report(session, chain, str(path), county))


@router.get("/needs.xlsx")
def needs_xlsx(session: OpenSession, chain: MaybeText = None, county: MaybeText = None) -> Response:
    """The needs list as a workbook."""
    name = f"{file_name(chain or '全市')}技术需求清单.xlsx"
    return _made(name, lambda path: commands.needs(session, str(path), chain, county))


@router.get("/needs.docx")
def needs_docx(session: OpenSession, chain: MaybeText = None, county: MaybeText = None) -> Response:
    """The needs list as a Word file."""
    name = f"{file_name(chain or '全市')}技术需求清单.docx"
    return _made(name, lambda path: commands.needs(session, str(path), chain, county))


@router.get("/mindmap.{suffix}")
def mindmap(session: OpenSession, suffix: str, chain: Text, county: MaybeText = None) -> Response:
    """The mind map as a file."""
    name = f"{file_name(chain)}创新思维导图.{suffix}"
    return _made(name, lambda path: commands.mindmap(session, chain, str(path), county))


@router.get("/mindmap-frame")
def mindmap_frame(session: OpenSession, chain: Text, county: MaybeText = None) -> HTMLResponse:
    """The mind map for the sandboxed frame of its page."""
    view = _view(session, chain, county)
    page = mindmap_html(view, title=f"{view.county}{view.chain}创新思维导图")
    return HTMLResponse(page, headers={"Content-Security-Policy": FRAME_POLICY})


@router.get("/chainmap.svg")
def chainmap_svg(session: OpenSession, chain: Text, county: MaybeText = None) -> Response:
    """The chain map as a drawing."""
    view = _view(session, chain, county)
    return _attachment(f"{file_name(chain)}链图.svg", chain_svg(view).encode())


@router.get("/chainmap.png")
def chainmap_png(session: OpenSession, chain: Text, county: MaybeText = None) -> Response:
    """The chain map as a picture."""
    view = _view(session, chain, county)
    return _attachment(f"{file_name(chain)}链图.png", svg_to_png(chain_svg(view)))


@router.get("/gaps.xlsx")
def gaps_table(
    session: OpenSession, county: MaybeText = None, chain: MaybeText = None, status: MaybeText = None
) -> Response:
    """The weak-link table."""
    document = commands.gaps(session, county, chain, status).document
    return _made("薄弱环节.xlsx", lambda path: write_gaps_table(document["segments"], path))


@router.get("/candidates.xlsx")
def candidates_table(
    session: OpenSession, chain: Text, county: MaybeText = None, segment: MaybeText = None,
    top: Annotated[int, Query(ge=1, le=100)] = 5, province: MaybeText = None, product: MaybeText = None,
    scale: Annotated[float | None, Query(ge=0)] = None,
) -> Response:  # fmt: skip
    """Whom to call, with columns to fill in."""
    name = f"{file_name(chain)}招商对接清单.xlsx"
    options = (chain, county, segment, top, province, product, scale)
    return _made(name, lambda path: commands.candidates(session, *options, str(path)))


@router.get("/template.xlsx")
def template(session: OpenSession, chain: MaybeText = None, county: MaybeText = None) -> Response:
    """The workbook to fill in."""
    with tempfile.TemporaryDirectory(prefix="lianpu-") as folder:
        made = commands.template(session, folder, chain, county).document["files"][0]
        return _attachment(Path(made).name, Path(made).read_bytes())


@router.get("/export.xlsx")
def export(session: OpenSession) -> Response:
    """Everything visible, in the template format."""
    return _made("链谱数据.xlsx", lambda path: commands.export(session, str(path)))
