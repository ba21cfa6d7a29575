"""Correct in place: a form for any record or edge, what it would change, and saving it as a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from api.commands import requests
from api.home.editor.change import PAGE, WHY, Composed, TypedChange, compose
from api.home.editor.opened import OF_ROW, Opened, columns_of, open_new, open_node, open_row
from api.home.editor.suggest import names_like
from api.home.editor.writing import EditPreview, MovedOn, RowEdit, preview, save
from api.home.filing import BadForm, FieldFault
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.forms import MOST_NUMBER, Back, Form, Lists, local
from api.web.render import link
from api.web.routers.pages import page
from graph.answers.batches import batch as batch_answer
from graph.answers.state import State
from graph.queries.node_sources import row_document
from graph.schema.kinds import Schema

CELL = "cell."  # before the caption of a field
MOST_GIVEN = 2000  # characters of a cell that an address gives
MOST_ROWS = 50  # of a node that its form lists, and of a batch on the page after saving
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class EditAsked(requests.Request):
    """What a form is about: a node by its id, a row by its number, or something new of a kind or sheet."""

    kind: Annotated[str | None, requests.named("类别", "类别或表", max_length=requests.NAME)] = None
    id: Annotated[str | None, requests.named("标识", "对象的标识", max_length=requests.NAME)] = None
    record: Annotated[int | None, requests.named("行", "台账中的编号", ge=1, le=2**53)] = None
    field: Annotated[str | None, requests.named("项目", "光标所在的项目", max_length=requests.NAME)] = None
    back: Back = None


def prefilled(request: Request) -> dict[str, str]:
    """What the address gives for fields that nobody has filled in yet, by caption."""
    return {caption: text[:MOST_GIVEN] for caption, text in request.query_params.items()}


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form as it came back."""

    asked: EditAsked
    change: TypedChange
    step: str
    seen: str

    @classmethod
    def of(cls, fields: Lists) -> _Sent:
        one = {name: values[0].strip() for name, values in fields.items()}
        number = one.get("record", "")
        asked = EditAsked(
            kind=one.get("kind", "")[: requests.NAME],
            id=one.get("id", "")[: requests.NAME],
            record=int(number) if number.isdecimal() and 0 < int(number[:16]) < MOST_NUMBER else None,
            back=local(one.get("back")),
        )
        cells = {name.removeprefix(CELL): text for name, text in one.items() if name.startswith(CELL)}
        change = TypedChange(cells, _before(one.get("before", "")), one.get("why", "")[:500], one.get("by", "")[:60])
        return cls(asked, change, one.get("step", ""), one.get("seen", ""))


def _before(text: str) -> dict[str, str]:
    """What the form was opened with, as it sent it along."""
    try:
        read = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in read.items()} if isinstance(read, dict) else {}


@router.get("/edit")
def form(request: Request, session: OpenSession, asked: Annotated[EditAsked, Query()]) -> HTMLResponse:
    """A form; without anything asked for, the kinds to choose from. Raises Unknown, NoSheet, UnknownRow and RowGone."""
    if not (asked.kind or asked.record):
        return page(
            request, session, "edit_kinds.html", sheets=session.city.schema.sheets.items(), back=local(asked.back)
        )
    given = prefilled(request)
    with session.reading() as state:
        opened = _opened(state, asked, given)
        before = _opened(state, asked, {}).cells if opened.id else opened.cells if opened.record else {}
    return _form(request, session, asked, opened, TypedChange(opened.cells, before))


def _opened(state: State, asked: EditAsked, given: Mapping[str, str]) -> Opened:
    if asked.record:
        return open_row(state, asked.record)
    if asked.id:
        return open_node(state, asked.kind or "", asked.id, given)
    return open_new(state.city.schema, asked.kind or "", given)


def _form(
    request: Request,
    session: Session,
    asked: EditAsked,
    opened: Opened,
    change: TypedChange,
    faults: tuple[FieldFault, ...] = (),
    theirs: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    schema = session.city.schema
    sheet = schema.sheets[opened.sheet]
    columns = columns_of(sheet)
    shown = page(
        request,
        session,
        "edit.html",
        asked=asked,
        back=local(asked.back),
        opened=opened,
        sheet=sheet,
        own=[c for c in columns if c.caption not in OF_ROW],
        of_row=[c for c in columns if c.caption in OF_ROW],
        cells=change.cells,
        before=json.dumps(dict(change.before), ensure_ascii=False),
        change=change,
        why=WHY,
        faults={f.caption: f for f in reversed(faults)},
        theirs=theirs or {},
        user=change.by or session.settings.user or "",
        rows=[row_document(r, schema) for r in opened.rows[:MOST_ROWS]] if opened.id else [],
        today=date_of(session),
    )
    shown.status_code = 400 if faults else 200
    return shown


def date_of(session: Session) -> str:
    """Today, as the data see it."""
    with session.reading() as state:
        return state.today.isoformat()


# -- preview and saving -----------------------------------------------------------------------------


@router.post("/edit")
def submit(request: Request, session: OpenSession, fields: Form) -> Response:
    """What a form would change, the form again, or saving it. What somebody else changed meanwhile is shown first."""
    sent = _Sent.of(fields)
    asked, change = sent.asked, sent.change
    with session.reading() as state:
        opened = _opened(state, asked, {})
        batches = {b.id: b for b in state.city.ledger.batches()}
        today = state.today
    if not (opened.id or opened.record):
        opened = Opened(opened.sheet)
    theirs = _theirs(opened, change, batches)
    if sent.step == "edit":
        return _form(request, session, asked, opened, change)
    sheet = session.city.schema.sheets[opened.sheet]
    if theirs:  # from here on the form knows of it
        change = TypedChange(
            change.cells, {**change.before, **{c: t["now"] for c, t in theirs.items()}}, change.why, change.by
        )
    composed = compose(opened, sheet, change, today)
    rows = _rows(opened, composed, change)
    try:
        if composed.faults:
            raise BadForm(composed.faults)
        if sent.step == "save" and not theirs:
            try:
                report = save(session, rows, sent.seen)
                return RedirectResponse(link(f"/edit/saved/{report.batch}", back=asked.back or None), 303)
            except MovedOn:
                moved = True
        else:
            moved = False
        return _preview(request, session, sent, opened, change, composed, preview(session, rows), theirs, moved)
    except BadForm as bad:
        return _form(request, session, asked, opened, change, bad.faults, theirs)


def _rows(opened: Opened, composed: Composed, change: TypedChange) -> RowEdit:
    gone = (opened.record,) if composed.replaces else ()
    return RowEdit(opened.sheet, (composed.row,), gone, by=change.by)


def _theirs(opened: Opened, change: TypedChange, batches: Mapping[int, Any]) -> dict[str, dict[str, Any]]:
    """What somebody else changed since the form was opened: what it was, what it is, who and when."""
    theirs: dict[str, dict[str, Any]] = {}
    if opened.is_new:
        return theirs
    for caption in dict.fromkeys([*change.before, *opened.cells]):
        then, now = change.before.get(caption, ""), opened.cells.get(caption, "")
        if then != now:
            source = opened.sources.get(caption) or {}
            batch = batches.get(source.get("batch", 0))
            theirs[caption] = {"then": then, "now": now, "yours": change.cells.get(caption, ""), "batch": batch}
    return theirs


def _preview(
    request: Request,
    session: Session,
    sent: _Sent,
    opened: Opened,
    change: TypedChange,
    composed: Composed,
    previewed: EditPreview,
    theirs: Mapping[str, Any],
    moved: bool,
) -> HTMLResponse:
    schema = session.city.schema
    diff = previewed.document["diff"]
    return page(
        request,
        session,
        "edit_preview.html",
        asked=sent.asked,
        opened=opened,
        change=change,
        before=json.dumps(dict(change.before), ensure_ascii=False),
        composed=composed,
        previewed=previewed,
        document=previewed.document,
        diff=diff,
        captions={name: relation.caption for name, relation in schema.relations.items()},
        idle=_idle(opened, composed, schema.sheets[opened.sheet], diff),
        theirs=theirs,
        moved=moved,
        merged=_merged(opened, diff, schema),
        file=PAGE,
    )


def _idle(opened: Opened, composed: Composed, sheet: Any, diff: Mapping[str, Any]) -> list[str]:
    """Captions whose new value would not count: something that counts more says otherwise."""
    if not opened.id:
        return []
    entries = diff["nodes"].get(opened.kind, [])
    moved = {v["field"] for e in entries for v in e["values"]}
    fields = {c.caption for c in sheet.fields if not c.value_type.gathers}
    return [c for c in composed.changed if c in fields and c not in moved and c not in sheet.key]


def _merged(opened: Opened, diff: Mapping[str, Any], schema: Schema) -> str:
    """The kind of which a new row is about a thing that is there already; empty for none."""
    kind = next((k for k in schema.kinds.values() if k.sheet == opened.sheet), None)
    if kind is None or not opened.is_new or any(e["change"] == "added" for e in diff["nodes"].get(kind.caption, ())):
        return ""
    return kind.caption


@router.get("/edit/saved/{batch}")
def saved(request: Request, session: OpenSession, batch: int, back: Back = None) -> HTMLResponse:
    """What was saved, with the way back. Raises UnknownBatch."""
    with session.reading() as state:
        document = batch_answer(state, batch, MOST_ROWS)
    return page(request, session, "edit_saved.html", document=document, back=local(back))


@router.get("/edit/names")
def names(
    session: OpenSession,
    kind: Annotated[list[str], Query(max_length=10)],
    text: Annotated[str, Query(max_length=200)] = "",
    chain: Annotated[str, Query(max_length=200)] = "",
) -> JSONResponse:
    """Names that a field may refer to, for its list."""
    with session.reading() as state:
        return JSONResponse(names_like(state, kind, text, chain))
