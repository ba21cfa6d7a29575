"""The review queue: read it, decide. Taking a decision back is undoing its batch."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, StringConstraints

from api.commands import commands
from api.web.access import OpenSession, allowed
from api.web.render import link
from api.web.routers.pages import page
from graph.review.duplicates import KINDS

Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Field = Annotated[str, Form(min_length=1, max_length=300)]
MaybeKind = Annotated[str | None, Query(max_length=20)]
Batch = Annotated[int | None, Query(ge=1, le=2**53)]
Top = Annotated[int, Query(ge=1, le=10000)]
router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], tags=["documents"])
pages = APIRouter(dependencies=[Depends(allowed)], include_in_schema=False)


class Verdict(BaseModel):
    """A decision, as `lianpu decide` takes it."""

    verdict: Text
    name: Text
    other: Text
    kind: Text = "企业"
    reason: Annotated[str | None, StringConstraints(max_length=1000)] = None
    by: Annotated[str | None, StringConstraints(max_length=100)] = None


@router.get("/review")
def review(session: OpenSession, kind: MaybeKind = None, top: Top = 100) -> dict[str, Any]:
    """Names that may be one, firms that may be placed, and what was decided."""
    return commands.review(session, kind, top).document


@router.post("/decide")
def decide(session: OpenSession, verdict: Verdict) -> dict[str, Any]:
    """Write one decision as a batch of its own."""
    return commands.decide(session, **verdict.model_dump()).document


@pages.get("/data/review")
def review_page(
    request: Request, session: OpenSession, kind: MaybeKind = None, done: Batch = None
) -> HTMLResponse:  # fmt: skip
    """The queue, with a button for every answer; `done` is the batch of the last one."""
    document = commands.review(session, kind).document
    return page(request, session, "review.html", document=document, kind=kind, kinds=KINDS, done=done)


@pages.post("/data/review")
def answer(
    session: OpenSession, verdict: Field, name: Field, other: Field, kind: Field,
    shown: Annotated[str | None, Form(max_length=20)] = None,
) -> RedirectResponse:  # fmt: skip
    """Write the answer of a button and go back to the queue; `shown` is the kind that the page was narrowed to."""
    batch = commands.decide(session, verdict, name, other, kind).document["batch"]
    return RedirectResponse(link("/data/review", kind=shown or None, done=batch), 303)
