"""Queries over HTTP: those that are too long for an address."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Response
from pydantic import BaseModel

from api.commands.errors import Usage
from api.commands.requests import named
from api.commands.workbench.query import ask, ask_by_name
from api.commands.workbench.query_requests import TEXT
from api.web.access import OpenSession, allowed
from api.web.routers.documents import described, json_response

Value = str | int | float | bool | None
api_router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], tags=["documents"])


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
