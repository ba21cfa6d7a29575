"""Search: what is offered while somebody types, on every page, and the page of all hits."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.commands import requests
from api.web.access import OpenSession, allowed
from api.web.routers.pages import page
from graph.answers import search as answers

router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class SearchPage(requests.Request):
    """What stands in the address of a search."""

    text: Annotated[str, requests.named("文字", "要找的字", max_length=requests.NAME)] = ""
    kind: Annotated[str | None, requests.named("类别", "只找一个类别", max_length=requests.NAME)] = None


Asked = Annotated[SearchPage, Query()]


@router.get("/search")
def search(request: Request, session: OpenSession, asked: Asked) -> HTMLResponse:
    """The hits, of one kind or of all, with how many there are of each. Raises Unknown."""
    with session.reading() as state:
        document = answers.search(state, asked.text, asked.kind)
        counts = answers.search(state, asked.text)["counts"] if asked.kind else document["counts"]
    return page(request, session, "search.html", asked=asked, document=document, counts=counts)


@router.get("/search/suggest")
def suggest(session: OpenSession, asked: Asked) -> Response:
    """The best few of each kind. Raises Unknown."""
    with session.reading() as state:
        document = answers.suggestions(state, asked.text, asked.kind)
    return Response(orjson.dumps(document), media_type="application/json")
