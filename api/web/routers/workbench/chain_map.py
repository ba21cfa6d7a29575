"""The chain map: its page, what it draws, and its table; the files of what is on screen stand with the others."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.commands import requests
from api.commands.workbench.changes import moment
from api.commands.workbench.changes_requests import AtRequest
from api.home.session import Session
from api.web.access import OpenSession, allowed
from api.web.kept import kept
from api.web.routers.pages import chosen_chain, moved_chain, page
from graph.answers.chains import surveyed_of, view_chain, view_of
from graph.answers.workbench.moments import stops
from viz.chainmap.drawing import chain_scene
from viz.chainmap.folding import OnScreen

router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)
Marks = Annotated[tuple[requests.Item, ...], requests.named("标记", "可重复", max_length=1000)]


class ChainPageRequest(requests.OfChainRequest, AtRequest):
    """A chain, where one is named, and as of when. Raises BadMoment and UnknownBatch."""


class ScreenRequest(requests.OfOneChainRequest, AtRequest):
    """A chain, as of when, and what of it is on screen: open parents (or all, none), hidden statuses, hidden cards."""

    open: Marks = ()
    hide: Marks = ()
    gone: Marks = ()


@router.get("/chain")
def chain_map(request: Request, session: OpenSession, asked: Annotated[ChainPageRequest, Query()]) -> Response:
    """The chain map with its table and its panel, now or as of another time. Raises BadMoment and UnknownBatch."""
    if elsewhere := moved_chain(request, session, asked):
        return elsewhere
    if asked.at is not None:
        return _chain_map(request, session, asked)
    loads = len(session.city.ledger.batches())  # each is a moment that the page offers
    return kept(request, session, (asked, loads), lambda: _chain_map(request, session, asked))


def _chain_map(request: Request, session: Session, asked: ChainPageRequest) -> HTMLResponse:
    chains, chosen = chosen_chain(session, asked.chain, asked.county)
    view = survey = None
    if chosen:
        with session.state_as_of(asked.at) as state:
            if chain := next((c for c in state.chains() if c.id == chosen["chain_id"]), None):
                view, survey = view_of(state, chain), surveyed_of(state, chain)
    at = moment(session, asked.at)
    offered = stops(session.city.ledger.batches(), at.day if asked.at is None else date.today())
    shown = {"view": view, "surveyed": survey, "at": at, "stops": offered}
    return page(request, session, "chain.html", chains=chains, chosen=chosen, **shown)


@router.get("/chain/scene")
def scene(request: Request, session: OpenSession, asked: Annotated[ScreenRequest, Query()]) -> Response:
    """What the chain map draws; a large chain folded, where nothing is asked."""
    if asked.at is not None:  # what was, and does not change
        return _scene(session, asked)
    return kept(request, session, asked, lambda: _scene(session, asked))


def _scene(session: Session, asked: ScreenRequest) -> Response:
    with session.state_as_of(asked.at) as state:
        view = view_chain(state, asked.chain, asked.county)
    screen = OnScreen.of(view, asked.open, asked.hide, asked.gone)
    return Response(orjson.dumps(chain_scene(view, screen)), media_type="application/json")
