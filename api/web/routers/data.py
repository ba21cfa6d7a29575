"""The data page and what it does: upload, preview, commit, undo; batches and rows one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from api.commands import data as commands
from api.commands import requests
from api.commands.table import COMMANDS
from api.home.session import Session
from api.home.uploads import NoUpload, Uploads
from api.web import column_choices as screen_mapping
from api.web.access import OpenSession, allowed
from api.web.errors import faults
from api.web.forms import Form as Fields
from api.web.render import link
from api.web.routers.documents import answer, described, json_response
from api.web.routers.pages import page
from graph.answers import batches as answers
from graph.answers.documents.nodes import BatchRowsDocument, LoadedRowDocument
from graph.errors import NothingRead
from ingest.mapping.mapping import BadMapping

ROWS = 500  # rows of a batch that its page lists
Upload = Annotated[str, Path(max_length=40)]
Number = Annotated[int, Path(ge=1, le=2**53)]
Which = Annotated[int, Query(ge=1, le=2**53)]
Ticked = Annotated[bool, Form()]
Files = Annotated[list[UploadFile], Form()]
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)
api_router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], tags=["data"])


def _kept(session: OpenSession, files: list[UploadFile]) -> str:
    return Uploads(session.home).keep((f.filename or "", f.file) for f in files)


@router.get("/data")
def data(request: Request, session: OpenSession) -> HTMLResponse:
    """Upload, batches, what waits, templates."""
    with session.reading() as state:
        loaded, waiting = answers.batches(state.city)["batches"], state.waiting()
        chains = [c.document() for c in state.chains()]
    return page(request, session, "data.html", batches=loaded, waiting=waiting, chains=chains)


@router.post("/data/upload")
def upload(session: OpenSession, files: Files, replace: Ticked = False) -> Response:
    """Keep the files and go on to what they would change."""
    ident = _kept(session, files)
    return RedirectResponse(link(f"/data/preview/{ident}", replace="1" if replace else None), 303)


@router.get("/data/preview/{ident}")
def preview(
    request: Request, session: OpenSession, ident: Upload, replace: bool = False, columns: bool = False
) -> HTMLResponse:
    """What the files would change; nothing is written. Tables that nothing knows, or all with `columns`, are asked about."""
    folder, chosen = Uploads(session.home).folder(ident), Uploads(session.home).mapping(ident)
    shown = _Shown(request, session, ident, replace)
    try:
        document = _load(session, ident, True, replace)
    except NothingRead:
        if tables := screen_mapping.asked(session, folder, chosen):
            return shown.columns(tables)
        raise
    if columns and (tables := screen_mapping.asked(session, folder, chosen)):
        return shown.columns(tables)
    tables = screen_mapping.asked(session, folder, chosen, document["unread"]) if document["unread"] else []
    return shown.load(document, tables)


@router.post("/data/map/{ident}")
def choose(request: Request, session: OpenSession, ident: Upload, answers: Fields) -> Response:
    """Keep what the columns are beside the files, and show what they would change so."""
    uploads, schema = Uploads(session.home), session.city.schema
    every = screen_mapping.asked(session, uploads.folder(ident), uploads.mapping(ident))
    tables = [t for t in every if f"{t.mark}.kind" in answers] or every
    replace = "replace" in answers
    try:
        mapping = screen_mapping.mapping_of(every, answers, schema)
    except BadMapping as bad:
        tables = screen_mapping.again(tables, answers, schema)
        return _Shown(request, session, ident, replace).columns(tables, bad.faults)
    mapping = replaced(mapping, answers=screen_mapping.chosen_before(session, uploads.mapping(ident)).answers)
    uploads.mapping(ident).write_text(mapping.text(), "utf-8")
    return RedirectResponse(link(f"/data/preview/{ident}", replace="1" if replace else None), 303)


@router.post("/data/answer/{ident}")
def answer_questions(session: OpenSession, ident: Upload, answers: Fields) -> Response:
    """Keep what was answered beside the files, and show what they would change so."""
    screen_mapping.keep_answers(session, Uploads(session.home).mapping(ident), answers)
    return RedirectResponse(link(f"/data/preview/{ident}", replace="1" if "replace" in answers else None), 303)


@router.post("/data/commit/{ident}")
def commit(
    request: Request, session: OpenSession, ident: Upload, replace: Ticked = False, yes: Ticked = False
) -> HTMLResponse:
    """Write what the preview showed."""
    return _Shown(request, session, ident, replace).load(_load(session, ident, False, replace, yes))


def _load(session: OpenSession, ident: str, dry_run: bool, replace: bool, yes: bool = False) -> dict[str, Any]:
    uploads = Uploads(session.home)
    chosen = uploads.mapping(ident)
    request = requests.LoadRequest(
        paths=(str(uploads.folder(ident)),),
        dry_run=dry_run,
        marked=str(uploads.marked(ident)),
        replace=replace,
        yes=yes,
        mapping=str(chosen) if chosen.exists() else None,
    )
    document: dict[str, Any] = commands.load_files(session, request).document
    return document


@dataclass(frozen=True, slots=True)
class _Shown:
    """An upload on its pages."""

    request: Request
    session: Session
    ident: str
    replace: bool

    def load(self, document: dict[str, Any], tables: Sequence[screen_mapping.AskedTable] = ()) -> HTMLResponse:
        """What a load does or did, and the tables of it that nothing knows."""
        captions = {name: relation.caption for name, relation in self.session.city.schema.relations.items()}
        return self._page("load.html", tables, document=document, captions=captions, faults=[])

    def columns(self, tables: Sequence[screen_mapping.AskedTable], faults: Sequence[str] = ()) -> HTMLResponse:
        """What each column of some tables is, asked again where the answers have faults."""
        return self._page("map.html", tables, faults=faults)

    def _page(self, template: str, tables: Sequence[screen_mapping.AskedTable], **values: Any) -> HTMLResponse:
        schema = self.session.city.schema
        return page(
            self.request,
            self.session,
            template,
            ident=self.ident,
            replace=self.replace,
            asked=[t.document(schema) for t in tables[: screen_mapping.MOST_TABLES]],
            choices=screen_mapping.choices(schema),
            **values,
        )


@router.get("/data/marked/{ident}")
def marked(session: OpenSession, ident: Upload) -> Response:
    """The rejected rows with the wrong cells marked."""
    path = Uploads(session.home).marked(ident)
    if not path.exists():
        raise NoUpload
    return FileResponse(path, filename="待改正.xlsx")


@router.get("/data/batch/{batch}")
def batch(request: Request, session: OpenSession, batch: Number) -> HTMLResponse:
    """One batch: who, when, which rows it brought and withdrew."""
    with session.reading() as state:
        document = answers.batch(state, batch, ROWS)
    return page(request, session, "batch.html", document=document)


@router.post("/data/undo/{batch}")
def undo(session: OpenSession, batch: Number) -> Response:
    """Take a batch back."""
    commands.undo(session, requests.UndoRequest(batch=batch))
    return RedirectResponse(f"/data/batch/{batch}", 303)


@router.get("/row/{record}")
def row(request: Request, session: OpenSession, record: Number) -> HTMLResponse:
    """One row as it was written."""
    with session.reading() as state:
        document = answers.row(state, record)
    return page(request, session, "row.html", document=document)


@api_router.post("/load", **described("load", 404, 413))
def api_load(
    session: OpenSession,
    files: Files,
    dry_run: Ticked = False,
    replace: Ticked = False,
    yes: Ticked = False,
    answers: Annotated[tuple[str, ...], Form(max_length=requests.CHANGES)] = (),
) -> Response:
    """Load uploaded files: the document of `lianpu load`."""
    folder = Uploads(session.home).folder(_kept(session, files))
    paths = (str(folder),)
    request = requests.LoadRequest(paths=paths, dry_run=dry_run, replace=replace, yes=yes, answers=answers)
    return answer(session, COMMANDS["load"], request)


@api_router.get("/batch", response_model=BatchRowsDocument, responses=faults(404))
def api_batch(session: OpenSession, batch: Which) -> Response:
    """One batch with the rows that it brought and withdrew."""
    with session.reading() as state:
        return json_response(answers.batch(state, batch, ROWS))


@api_router.get("/row", response_model=LoadedRowDocument, responses=faults(404))
def api_row(session: OpenSession, record: Which) -> Response:
    """One row of the ledger as it was written."""
    with session.reading() as state:
        return json_response(answers.row(state, record))
