"""Commands that answer from the graph, and write nothing."""

from __future__ import annotations

from typing import Any

from api.commands import requests
from api.commands.result import Result, found
from api.home.session import Session
from graph.answers import nodes, statuses
from graph.answers import review as queue
from graph.answers import search as names


def gaps(session: Session, request: requests.GapsRequest) -> Result[Any]:
    """`lianpu gaps`."""
    with session.state_as_of(request.as_of) as state:
        document = statuses.gaps(state, request.county, request.chain, request.status, request.scope)
    return found(document, document["segments"])


def show(session: Session, request: requests.ShowRequest) -> Result[Any]:
    """`lianpu show`."""
    with session.reading() as state:
        return Result(nodes.show(state, request.kind, request.name))


def search(session: Session, request: requests.SearchRequest) -> Result[Any]:
    """`lianpu search`."""
    with session.reading() as state:
        document = names.search(state, request.text, request.kind, wait=not session.kept)
    return found(document, document["hits"])


def review(session: Session, request: requests.ReviewRequest) -> Result[Any]:
    """`lianpu review`: names that may be one, firms that may be placed, and what was decided."""
    with session.reading() as state:
        document = queue.review(state, request.kind, request.top)
    return found(document, *(document["count"][n] for n in ("same", "placing", "leads")))
