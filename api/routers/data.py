"""The data page and what it does: upload, preview, commit, undo; batches and rows one by one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from api import commands
from api.deps import OpenSession, allowed
from api.pages import link
from api.routers.pages import page
from api.uploads import NoUpload, Uploads

ROWS = 500  # rows of a batch that its page lists
Upload = Annotated[str, Path(max_length=40)]
Number = Annotated[int, Path(ge=1, le=2**53)]
Which = Annotated[int, Query(ge=1, le=2**53)]
Asked = Annotated[bool, Form()]
Files = Annotated[list[UploadFile], Form()]
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)
api_router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], tags=["data"])


def _kept(session: OpenSession, files: list[UploadFile]) -> str:
    return Uploads(session.home).keep((f.filename or "", f.file) for f in files)


@router.get("/data")
def data(request: Request, session: OpenSession) -> HTMLResponse:
    """Upload, batches, what waits, templates."""
    with session.reading() as docs:
        batches, waiting = docs.batches()["batches"], docs.city.store.waiting()
        chains = [{"county": k, "chain": c.name} for c, k in docs.chains()]
    return page(request, session, "data.html", batches=batches, waiting=waiting, chains=chains)


@router.post("/data/upload")
def upload(session: OpenSession, files: Files, replace: Asked = False) -> Response:
    """Keep the files and go on to what they would change."""
    ident = _kept(session, files)
    return RedirectResponse(link(f"/data/preview/{ident}", replace="1" if replace else None), 303)


@router.get("/data/preview/{ident}")
def preview(request: Request, session: OpenSession, ident: Upload, replace: bool = False) -> HTMLResponse:
    """What the files would change; nothing is written."""
    uploads = Uploads(session.home)
    marked, folder = uploads.marked(ident), uploads.folder(ident)
    document = commands.load_files(session, [str(folder)], True, marked=str(marked), replace=replace).document
    return _load_page(request, session, document, ident, replace)


@router.post("/data/commit/{ident}")
def commit(
    request: Request, session: OpenSession, ident: Upload, replace: Asked = False, yes: Asked = False
) -> HTMLResponse:
    """Write what the preview showed."""
    uploads = Uploads(session.home)
    marked, folder = str(uploads.marked(ident)), str(uploads.folder(ident))
    document = commands.load_files(session, [folder], marked=marked, replace=replace, yes=yes).document
    return _load_page(request, session, document, ident, replace)


def _load_page(
    request: Request, session: OpenSession, document: dict[str, Any], ident: str, replace: bool
) -> HTMLResponse:
    captions = {name: relation.caption for name, relation in session.city.schema.relations.items()}
    return page(request, session, "load.html", document=document, ident=ident, replace=replace, captions=captions)


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
    with session.reading() as docs:
        document = docs.batch(batch, ROWS)
    return page(request, session, "batch.html", document=document)


@router.post("/data/undo/{batch}")
def undo(session: OpenSession, batch: Number) -> Response:
    """Take a batch back."""
    commands.undo(session, str(batch))
    return RedirectResponse(f"/data/batch/{batch}", 303)


@router.get("/row/{record}")
def row(request: Request, session: OpenSession, record: Number) -> HTMLResponse:
    """One row as it was written."""
    with session.reading() as docs:
        document = docs.row(record)
    own = document["kind"] in session.city.schema.kinds and document["name"]
    return page(request, session, "row.html", document=document, own=own)


@api_router.post("/load")
def api_load(
    session: OpenSession, files: Files, dry_run: Asked = False, replace: Asked = False, yes: Asked = False
) -> dict[str, Any]:
    """Load uploaded files: the document of `lianpu load`."""
    folder = Uploads(session.home).folder(_kept(session, files))
    return commands.load_files(session, [str(folder)], dry_run, replace=replace, yes=yes).document


@api_router.post("/undo")
def api_undo(session: OpenSession, batch: Annotated[int, Form(ge=1, le=2**53)]) -> dict[str, Any]:
    """Take a batch back: the document of `lianpu undo`."""
    return commands.undo(session, str(batch)).document


@api_router.get("/batch")
def api_batch(session: OpenSession, batch: Which) -> dict[str, Any]:
    """One batch with the rows that it brought and withdrew."""
    with session.reading() as docs:
        return docs.batch(batch, ROWS)


@api_router.get("/row")
def api_row(session: OpenSession, record: Which) -> dict[str, Any]:
    """One row of the ledger as it was written."""
    with session.reading() as docs:
        return docs.row(record)
