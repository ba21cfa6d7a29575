"""The page of the review queue: read it, decide. Taking a decision back is undoing its batch."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.commands import requests
from api.commands.answers import review
from api.commands.data import decide
from api.web.access import OpenSession, allowed
from api.web.forms import Batch
from api.web.render import link
from api.web.routers.pages import page
from graph.review.lead_doubles import LEAD

router = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class Answer(requests.DecideRequest):
    """The answer of a button; `shown` is the kind that the page was narrowed to."""

    shown: Annotated[str | None, requests.named("只看", "页面只看的类别", max_length=20)] = None


class Shown(requests.ReviewRequest):
    """What the page shows; `done` is the batch of the last answer."""

    done: Batch = None


@router.get("/data/review")
def review_page(request: Request, session: OpenSession, shown: Annotated[Shown, Query()]) -> HTMLResponse:
    """The queue, with a button for every answer."""
    document = review(session, shown).document
    return page(
        request,
        session,
        "review.html",
        document=document,
        kind=shown.kind,
        kinds=(*session.city.schema.compared, LEAD),
        done=shown.done,
    )


@router.post("/data/review")
def answer(session: OpenSession, answer: Annotated[Answer, Form()]) -> RedirectResponse:
    """Write the answer of a button and go back to the queue."""
    batch = decide(session, answer).document["batch"]
    return RedirectResponse(link("/data/review", kind=answer.shown or None, done=batch), 303)
