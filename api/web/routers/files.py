"""Downloads: every chain page has its three files, its table and its pictures as buttons."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import HTMLResponse

from api.commands import data, requests
from api.commands import files as commands
from api.commands.answers import gaps
from api.commands.recruiting import candidates
from api.home.session import Session
from api.web.access import OpenSession, allowed
from graph.answers.chains import view_chain
from graph.files import file_name
from graph.model import ChainView
from viz.chainmap.drawing import chain_svg
from viz.drawing.png import svg_to_png
from viz.mindmap.html import mindmap_html
from viz.report.sheets import write_gaps_table

Chain = Annotated[requests.OfChainRequest, Query()]
OneChain = Annotated[requests.OfOneChainRequest, Query()]
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
    return Response(content, media_type=MEDIA[suffix.lower()], headers={"Content-Disposition": disposition})


def _made(name: str, make: Callable[[Path], object]) -> Response:
    with tempfile.TemporaryDirectory(prefix="lianpu-") as folder:
        path = Path(folder) / f"file{Path(name).suffix}"
        make(path)
        return _attachment(name, path.read_bytes())


def _view(session: Session, asked: requests.OfOneChainRequest) -> ChainView:
    with session.reading() as state:
        return view_chain(state, asked.chain, asked.county)


@router.get("/report.docx")
def report(session: OpenSession, asked: OneChain) -> Response:
    """The chain's technology-analysis report."""
    return _made(
        f"{file_name(asked.chain)}技术分析报告.docx",
        lambda path: commands.report(session, requests.ReportRequest(output=str(path), **dict(asked))),
    )


@router.get("/needs.xlsx")
def needs_xlsx(session: OpenSession, asked: Chain) -> Response:
    """The needs list as a workbook."""
    return _needs(session, asked, ".xlsx")


@router.get("/needs.docx")
def needs_docx(session: OpenSession, asked: Chain) -> Response:
    """The needs list as a Word file."""
    return _needs(session, asked, ".docx")


def _needs(session: Session, asked: requests.OfChainRequest, suffix: str) -> Response:
    return _made(
        f"{file_name(asked.chain or '全市')}技术需求清单{suffix}",
        lambda path: commands.needs(session, requests.NeedsRequest(output=str(path), **dict(asked))),
    )


@router.get("/mindmap.{suffix}")
def mindmap(session: OpenSession, suffix: str, asked: OneChain) -> Response:
    """The mind map as a file."""
    return _made(
        f"{file_name(asked.chain)}创新思维导图.{suffix}",
        lambda path: commands.mindmap(session, requests.MindmapRequest(output=str(path), **dict(asked))),
    )


@router.get("/mindmap-frame")
def mindmap_frame(session: OpenSession, asked: OneChain) -> HTMLResponse:
    """The mind map for the sandboxed frame of its page."""
    view = _view(session, asked)
    page = mindmap_html(view, title=f"{view.county}{view.chain}创新思维导图")
    return HTMLResponse(page, headers={"Content-Security-Policy": FRAME_POLICY})


@router.get("/chainmap.svg")
def chainmap_svg(session: OpenSession, asked: OneChain) -> Response:
    """The chain map as a drawing."""
    return _attachment(f"{file_name(asked.chain)}链图.svg", chain_svg(_view(session, asked)).encode())


@router.get("/chainmap.png")
def chainmap_png(session: OpenSession, asked: OneChain) -> Response:
    """The chain map as a picture."""
    return _attachment(f"{file_name(asked.chain)}链图.png", svg_to_png(chain_svg(_view(session, asked))))


@router.get("/gaps.xlsx")
def gaps_table(session: OpenSession, asked: Annotated[requests.GapsRequest, Query()]) -> Response:
    """The weak-link table."""
    document = gaps(session, asked).document
    return _made("薄弱环节.xlsx", lambda path: write_gaps_table(document["segments"], path))


@router.get("/candidates.xlsx")
def candidates_table(session: OpenSession, asked: Annotated[requests.RecruitRequest, Query()]) -> Response:
    """Whom to call, with columns to fill in."""
    return _made(
        f"{file_name(asked.chain)}招商对接清单.xlsx",
        lambda path: candidates(session, requests.CandidatesRequest(output=str(path), **dict(asked))),
    )


@router.get("/template.xlsx")
def template(session: OpenSession, asked: Chain) -> Response:
    """The workbook to fill in."""
    with tempfile.TemporaryDirectory(prefix="lianpu-") as folder:
        request = requests.TemplateRequest(folder=folder, **dict(asked))
        path = Path(commands.template(session, request).document["files"][0])
        return _attachment(path.name, path.read_bytes())


@router.get("/export.xlsx")
def export(session: OpenSession) -> Response:
    """Everything visible, in the template format."""
    return _made("链谱数据.xlsx", lambda path: data.export(session, requests.ExportRequest(path=str(path))))
