"""Many rows at once: a grid that a spreadsheet's cells are pasted into, with the checks of a load by cell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.home.editor.change import AS_OF, PAGE, SOURCE
from api.home.editor.opened import columns_of, open_new, sheet_of
from api.home.editor.writing import EditPreview, MovedOn, RowEdit, preview, save
from api.home.filing import BadForm, FieldFault
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.forms import Form, local
from api.web.render import link
from api.web.routers.pages import page
from api.web.routers.workbench.edit import EditAsked, prefilled
from graph.schema.kinds import Column

MOST = 1000  # rows of one batch
GridRow = Mapping[str, str]
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


@router.get("/edit/grid")
def grid(request: Request, session: OpenSession, asked: Annotated[EditAsked, Query()]) -> HTMLResponse:
    """An empty grid of a sheet; what the address gives stands in every row. Raises NoSheet."""
    opened = open_new(session.city.schema, asked.kind or "", prefilled(request))
    return _grid(request, session, asked, [], opened.cells, (), {"by": session.settings.user or "", "why": ""})


def _grid(
    request: Request,
    session: Session,
    asked: EditAsked,
    rows: Sequence[GridRow],
    given: Mapping[str, str],
    faults: Sequence[FieldFault],
    typed: Mapping[str, str],
) -> HTMLResponse:
    name = sheet_of(session.city.schema, asked.kind or "")
    sheet = session.city.schema.sheets[name]
    columns = columns_of(sheet)
    shown = page(
        request,
        session,
        "edit_grid.html",
        name=name,
        sheet=sheet,
        columns=columns,
        described=_json([_described(c) for c in columns]),
        rows=_json(list(rows)),
        given=_json(dict(given)),
        faults=faults,
        placed=_json([{"row": f.row, "caption": f.caption, "message": f.message, "hint": f.hint} for f in faults]),
        typed=typed,
        most=MOST,
        back=local(asked.back),
    )
    shown.status_code = 400 if faults else 200
    return shown


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _described(column: Column) -> dict[str, Any]:
    """What the grid must know of a column."""
    listed = column.value_type.choices(column) or column.to
    return {
        "caption": column.caption,
        "names": list(column.synonyms),
        "list": f"list-{column.caption}" if listed else "",
        "kinds": ",".join(column.to),
        "several": column.list,
    }


@router.post("/edit/grid")
def submit(request: Request, session: OpenSession, fields: Form) -> Response:
    """What the rows of a grid would change, the grid again with every fault at its cell, or saving them as one batch."""
    one = {name: values[0].strip() for name, values in fields.items()}
    asked = EditAsked(kind=one.get("kind", "")[:200], back=local(one.get("back")))
    rows, given = _rows(one.get("table", "")), _cells(_read(one.get("given", "")))
    typed = {name: one.get(name, "")[:500] for name in ("by", "why")}
    if one.get("step") == "edit":
        return _grid(request, session, asked, rows, given, (), typed)
    edit = _edit(session, asked, rows, typed)
    moved = False
    try:
        if not rows:
            raise BadForm([FieldFault(0, "", "没有填写任何一行", "粘贴或填写后再预览")])
        if len(rows) > MOST:
            raise BadForm(
                [FieldFault(MOST, "", f"有 {len(rows)} 行，一次最多 {MOST} 行", "分几次录入，或存成文件在数据页导入")]
            )
        if one.get("step") == "save":
            try:
                report = save(session, edit, one.get("seen", ""))
                return RedirectResponse(link(f"/edit/saved/{report.batch}", back=asked.back or None), 303)
            except MovedOn:
                moved = True
        shown = preview(session, edit)
    except BadForm as bad:
        return _grid(request, session, asked, rows, given, bad.faults, typed)
    return _preview(request, session, asked, rows, given, typed, shown, moved)


def _preview(
    request: Request,
    session: Session,
    asked: EditAsked,
    rows: Sequence[GridRow],
    given: Mapping[str, str],
    typed: Mapping[str, str],
    shown: EditPreview,
    moved: bool,
) -> HTMLResponse:
    return page(
        request,
        session,
        "edit_grid_preview.html",
        asked=asked,
        name=sheet_of(session.city.schema, asked.kind or ""),
        table=_json(rows),
        given=_json(dict(given)),
        count=len(rows),
        typed=typed,
        previewed=shown,
        document=shown.document,
        diff=shown.document["diff"],
        captions={name: relation.caption for name, relation in session.city.schema.relations.items()},
        moved=moved,
        file=PAGE,
    )


def _edit(session: Session, asked: EditAsked, rows: Sequence[GridRow], typed: Mapping[str, str]) -> RowEdit:
    """The rows as they are written: dated today where no date is given, with what is said of them all."""
    with session.reading() as state:
        today = state.today.isoformat()
    why = typed["why"]
    written = []
    for row in rows:
        source = row.get(SOURCE, "")
        about = f"{source}；{why}" if source and why else source or why
        written.append({**row, AS_OF: row.get(AS_OF) or today, **({SOURCE: about} if about else {})})
    return RowEdit(sheet_of(session.city.schema, asked.kind or ""), written, by=typed["by"][:60])


def _rows(text: str) -> list[GridRow]:
    """The rows that a grid sent; those that say nothing are none."""
    read = _read(text)
    rows = [_cells(row) for row in read] if isinstance(read, list) else []
    return [row for row in rows if any(row.values())]


def _cells(row: Any) -> dict[str, str]:
    return {str(c): str(t).strip() for c, t in row.items() if t is not None} if isinstance(row, dict) else {}


def _read(text: str) -> Any:
    try:
        return json.loads(text or "null")
    except (ValueError, RecursionError):
        return None
