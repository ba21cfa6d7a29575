"""查询: named queries with their forms, and the box for an analyst's own; the same over HTTP for programs."""

from __future__ import annotations

import shlex
from functools import partial
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from api.commands.errors import Usage
from api.commands.requests import named
from api.commands.workbench.query import ask, ask_by_name, pair, value_of
from api.commands.workbench.query_requests import TEXT
from api.home.drawing import Draw
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.downloads import OpenCounter
from api.web.errors import STATUS
from api.web.routers.documents import described, json_response
from api.web.routers.pages import page
from graph.answers.documents.workbench.queries import QueryDocument
from graph.answers.workbench.cells import text_of
from graph.answers.workbench.queries import list_queries
from graph.errors import LianpuError
from graph.queries.named.query import examples
from graph.store.cypher.functions import FUNCTIONS
from viz.report.query_sheet import write_query

SHOWN = 200
LISTED = ("县市区", "产业链")  # kinds whose names are few enough to choose from
Value = str | int | float | bool | None
router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)
api_router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], tags=["documents"])
Long = Annotated[str, Form(max_length=TEXT)]


class QueryBody(BaseModel):
    """A query: by its name, or as an analyst writes it."""

    query: Annotated[str | None, named("查询", "命名查询的名称", max_length=200)] = None
    cypher: Annotated[str | None, named("Cypher", "自己写的只读查询", max_length=TEXT)] = None
    parameters: Annotated[dict[str, Value | list[Value]], named("参数", "各参数的值", max_length=200)] = {}


@api_router.post("/query", **{**described("query", 404, 413), "name": "query by post"})
def post_query(session: OpenSession, asked: Annotated[QueryBody, Body()]) -> Response:
    """The same as GET, for queries of any length."""
    if (asked.query is None) == (asked.cypher is None):
        raise Usage("写 query（命名查询）或 cypher（自己写的查询）之一", "查看 /api 的参数说明")
    if asked.cypher is not None:
        return json_response(ask(session, asked.cypher, asked.parameters))
    given: dict[str, Any] = dict(asked.parameters)
    return json_response(ask_by_name(session, asked.query or "", given))


@router.get("/query")
def query_page(
    request: Request,
    session: OpenSession,
    name: Annotated[str, Query(max_length=200)] = "",
    cypher: Annotated[str, Query(max_length=TEXT)] = "",
    parameters: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """The page; a named query is asked once its form is sent. What is shared is only put into the box."""
    if not name:
        return _page(request, session, cypher=cypher, parameters=parameters)
    given = _given(request)
    chosen = next((q for q in list_queries()["queries"] if q["query"] == name), None)
    if chosen and not request.query_params.get("run"):
        return _page(request, session, chosen=chosen, given=given)
    return _answered(request, session, partial(ask_by_name, session, name, given), chosen=chosen, given=given)


@router.post("/query")
def query_own(request: Request, session: OpenSession, cypher: Long = "", parameters: Long = "") -> Response:
    """What a query of an analyst's own answers, on the page."""
    return _answered(
        request, session, lambda: ask(session, cypher, _values(parameters)), cypher=cypher, parameters=parameters
    )


@router.post("/query/result.xlsx")
async def query_own_book(counter: OpenCounter, cypher: Long = "", parameters: Long = "") -> Response:
    """The same as a workbook."""

    def read(session: Session) -> Draw[object]:
        return partial(write_query, ask(session, cypher, _values(parameters)))

    return await counter.attachment("查询结果.xlsx", read)


@router.get("/files/query.xlsx")
async def query_book(
    request: Request, counter: OpenCounter, name: Annotated[str, Query(min_length=1, max_length=200)]
) -> Response:
    """The rows of a named query as a workbook."""

    def read(session: Session) -> Draw[object]:
        return partial(write_query, ask_by_name(session, name, _given(request)))

    return await counter.attachment(f"{name}.xlsx", read)


def _given(request: Request) -> dict[str, str]:
    return {k: v for k, v in request.query_params.items() if v and k not in ("name", "run", "token")}


def _values(text: str) -> dict[str, Any]:
    """The parameters that stand in one line. Raises Usage."""
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise Usage("参数里的引号没有结束", "写成 名=值，用空格隔开；值里有空格时整个加引号") from error
    return {key: value_of(value) for key, value in map(pair, words)}


def _answered(request: Request, session: Session, asked: Any, **shown: Any) -> HTMLResponse:
    try:
        document = asked()
    except LianpuError as error:
        answered = _page(request, session, fault=error, **shown)
        answered.status_code = STATUS.get(error.code, 500)
        return answered
    return _page(request, session, document=document, **shown)


def _page(
    request: Request,
    session: Session,
    chosen: Any = None,
    given: dict[str, str] | None = None,
    document: QueryDocument | None = None,
    fault: LianpuError | None = None,
    cypher: str = "",
    parameters: str = "",
) -> HTMLResponse:
    schema = session.city.schema
    with session.reading() as state:
        chains = [(c.id, f"{c.county} · {c.name}") for c in state.chains()]
        counties = [(str(r["id"]), str(r["name"])) for r in state.reader.nodes("县市区")]
    columns = document["columns"] if document else []
    return page(
        request,
        session,
        "query.html",
        groups=[(g, list(some)) for g, some in groupby(list_queries()["queries"], key=lambda q: q["group"])],
        chosen_query=chosen,
        given=given or {},
        document=document,
        captions=[c["caption"] + (f"（{c['unit']}）" if c["unit"] else "") for c in columns],
        fault=fault,
        cypher=cypher,
        parameters=parameters,
        names={"县市区": sorted(counties, key=lambda c: c[1]), "产业链": chains},
        kinds=schema.kinds,
        schema_kinds=sorted(schema.kinds.values(), key=lambda k: k.order),
        schema_relations=schema.relations.values(),
        functions=FUNCTIONS.values(),
        examples=examples(),
        text_of=text_of,
        shown=SHOWN,
    )
