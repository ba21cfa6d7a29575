"""The chain map: its page, what it draws, and its table; the files of what is on screen stand with the others."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.commands import requests
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.kept import kept
from api.web.routers.pages import OfChain, chosen_chain, moved_chain, page
from graph.answers.chains import surveyed_of, view_chain, view_of
from graph.answers.lookup import find_chain
from viz.chainmap.drawing import chain_scene
from viz.chainmap.folding import OnScreen

router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)
Marks = Annotated[tuple[requests.Item, ...], requests.named("标记", "可重复", max_length=1000)]


class ScreenRequest(requests.OfOneChainRequest):
    """A chain and what of it is on screen: open parents (or all, none), hidden statuses, hidden cards."""

    open: Marks = ()
    hide: Marks = ()
    gone: Marks = ()


@router.get("/chain")
def chain_map(request: Request, session: OpenSession, asked: OfChain) -> Response:
    """The chain map with its table and its panel."""
    return moved_chain(request, session, asked) or kept(
        request, session, asked, lambda: _chain_map(request, session, asked)
    )


def _chain_map(request: Request, session: Session, asked: requests.OfChainRequest) -> HTMLResponse:
    chains, chosen = chosen_chain(session, asked.chain, asked.county)
    view = survey = None
    if chosen:
        with session.reading() as state:
            chain = find_chain(state, chosen["chain_id"])
            view, survey = view_of(state, chain), surveyed_of(state, chain)
    return page(request, session, "chain.html", chains=chains, chosen=chosen, view=view, surveyed=survey)


@router.get("/chain/scene")
def scene(request: Request, session: OpenSession, asked: Annotated[ScreenRequest, Query()]) -> Response:
    """What the chain map draws; a large chain folded, where nothing is asked."""
    return kept(request, session, asked, lambda: _scene(session, asked))


def _scene(session: Session, asked: ScreenRequest) -> Response:
    with session.reading() as state:
        view = view_chain(state, asked.chain, asked.county)
    screen = OnScreen.of(view, asked.open, asked.hide, asked.gone)
    return Response(orjson.dumps(chain_scene(view, screen)), media_type="application/json")
