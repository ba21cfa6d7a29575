"""Taking rows back: what it would change, the reason, and a batch that can be undone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.home.editor.opened import counting_row
from api.home.editor.writing import MovedOn, RowEdit, preview, save
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.forms import MOST_NUMBER, Back, Form, local
from api.web.render import link
from api.web.routers.pages import page
from graph.errors import UnknownRow
from graph.model import Record
from graph.queries.node_sources import row_document

Numbers = Annotated[list[int], Query(max_length=200)]
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


@router.get("/edit/withdraw")
def withdraw_form(
    request: Request, session: OpenSession, record: Annotated[Numbers, Query()], back: Back = None
) -> HTMLResponse:
    """What withdrawing rows would change. Raises UnknownRow and RowGone."""
    return _withdraw(request, session, record, "", "", local(back))


def _counting(session: Session, numbers: list[int]) -> list[Record]:
    """The rows of these numbers. Raises UnknownRow, for none as well, and RowGone."""
    if not numbers or not all(0 < n < MOST_NUMBER for n in numbers):
        raise UnknownRow(0)
    with session.reading() as state:
        return [counting_row(state, n) for n in numbers]


def _withdraw(
    request: Request, session: Session, numbers: list[int], why: str, by: str, back: str, fault: str = ""
) -> HTMLResponse:
    schema = session.city.schema
    records = _counting(session, numbers)
    previewed = preview(session, RowEdit(records[0].kind, gone=numbers))
    shown = page(
        request,
        session,
        "edit_withdraw.html",
        rows=[row_document(r, schema) for r in records],
        numbers=numbers,
        previewed=previewed,
        diff=previewed.document["diff"],
        captions={name: relation.caption for name, relation in schema.relations.items()},
        why=why,
        user=by or session.settings.user or "",
        back=back,
        fault=fault,
    )
    shown.status_code = 400 if fault else 200
    return shown


@router.post("/edit/withdraw")
def withdraw(request: Request, session: OpenSession, fields: Form) -> Response:
    """Withdraw rows as a batch of its own, with the reason; undoing the batch brings them back."""
    numbers = [int(n) for n in fields.get("record", ()) if n.isdecimal() and len(n) < 16][:200]
    one = {name: values[0].strip() for name, values in fields.items()}
    why, by, back = one.get("why", "")[:200], one.get("by", "")[:60], local(one.get("back"))
    if not why:
        return _withdraw(request, session, numbers, why, by, back, "写明为什么撤下")
    records = _counting(session, numbers)
    try:
        report = save(session, RowEdit(records[0].kind, (), numbers, why, by), one.get("seen", ""))
    except MovedOn:
        return _withdraw(request, session, numbers, why, by, back, "您打开之后数据变了，下面是现在会变的；确认后再撤下")
    return RedirectResponse(link(f"/edit/saved/{report.batch}", back=back or None), 303)
