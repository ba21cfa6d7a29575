"""The page on which a plan's text is read: its targets and tasks marked in it, each taken or left, the taken ones loaded."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Form, Path, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from api.commands.plan_requests import PlanReadRequest
from api.commands.plan_text import suggestions
from api.commands.table import COMMANDS
from api.home.drawing import Draw
from api.home.session import Session
from api.home.uploads import NoUpload, Uploads
from api.web.access import OpenSession, allowed
from api.web.downloads import OpenCounter
from api.web.routers.documents import answer, described
from api.web.routers.pages import page
from ingest.plan_text.suggestion import PlanReading, TextSpan
from ingest.workbooks.plan_suggestions import mark_of, write_suggestions

Upload = Annotated[str, Path(max_length=40)]
Files = Annotated[list[UploadFile], Form()]
Taken = Annotated[list[str], Form(max_length=5_000)]
router = APIRouter(prefix="/plan/read", dependencies=[Depends(allowed)], include_in_schema=False)
api_router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], tags=["plan"])


class Piece(NamedTuple):
    """A piece of a passage, and the marks of what was read from it."""

    text: str
    marks: list[str]


@router.get("")
def ask(request: Request, session: OpenSession) -> HTMLResponse:
    """Choose a file."""
    return page(request, session, "plan_read.html", reading=None)


@router.post("")
def upload(session: OpenSession, files: Files) -> Response:
    """Keep the file and go on to what it says."""
    ident = Uploads(session.home).keep((f.filename or "", f.file) for f in files)
    return RedirectResponse(f"/plan/read/{ident}", 303)


@router.get("/{ident}")
def show(request: Request, session: OpenSession, ident: Upload) -> HTMLResponse:
    """The text with what was found in it, each to be taken or left."""
    file = _file(session, ident)
    reading = suggestions(session, file)
    targets = [(mark_of("指标", i), t) for i, t in enumerate(reading.targets)]
    tasks = [(mark_of("任务", i), t) for i, t in enumerate(reading.tasks)]
    text = _marked(reading)
    values = {"ident": ident, "file": file.name, "reading": reading}
    return page(request, session, "plan_read.html", **values, targets=targets, tasks=tasks, text=text)


@router.post("/{ident}")
def take(session: OpenSession, ident: Upload, taken: Taken) -> Response:
    """Put what was taken into a workbook of its own, and show what loading it would change."""
    file = _file(session, ident)
    with TemporaryDirectory() as folder:
        book = FilePath(folder) / f"{file.stem}_指标和任务.xlsx"
        write_suggestions(book, suggestions(session, file), session.city.schema, frozenset(taken), only=True)
        with book.open("rb") as content:
            preview = Uploads(session.home).keep([(book.name, content)])
    return RedirectResponse(f"/data/preview/{preview}", 303)


@router.get("/{ident}/plan.xlsx")
async def workbook(counter: OpenCounter, ident: Upload) -> Response:
    """Everything that was found, as a workbook to go through."""

    def read(session: Session) -> Draw[object]:
        return partial(
            write_suggestions, reading=suggestions(session, _file(session, ident)), schema=session.city.schema
        )

    return await counter.attachment("计划_待确认.xlsx", read)


@api_router.post("/plan/read", **described("plan read", 404, 413))
def api_read(session: OpenSession, files: Files) -> Response:
    """Read an uploaded plan: the document of `lianpu plan read`."""
    ident = Uploads(session.home).keep((f.filename or "", f.file) for f in files)
    return answer(session, COMMANDS["plan read"], PlanReadRequest(path=str(_file(session, ident))))


def _file(session: Session, ident: str) -> FilePath:
    """The plan of an upload. Raises NoUpload."""
    kept = sorted(p for p in Uploads(session.home).folder(ident).rglob("*") if p.is_file())
    if not kept:
        raise NoUpload
    return kept[0]


def _marked(reading: PlanReading) -> list[list[Piece]]:
    """Each passage cut at the borders of what was read from it."""
    spans: dict[int, list[tuple[TextSpan, str]]] = {}
    every: list[tuple[str, list[Any]]] = [("指标", reading.targets), ("任务", reading.tasks)]
    for kind, listed in every:
        for number, item in enumerate(listed):
            spans.setdefault(item.span.passage, []).append((item.span, mark_of(kind, number)))
    return [_pieces(text, spans.get(number, [])) for number, text in enumerate(reading.passages)]


def _pieces(text: str, spans: list[tuple[TextSpan, str]]) -> list[Piece]:
    borders = sorted({0, len(text), *(min(edge, len(text)) for span, _ in spans for edge in (span.start, span.end))})
    return [
        Piece(text[a:b], [mark for span, mark in spans if span.start <= a and b <= span.end])
        for a, b in pairwise(borders)
    ]
