"""The documents of the commands over HTTP, under /api/."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query
from pydantic import StringConstraints

from api.commands import commands
from api.web.access import OpenSession, allowed, allowed_command
from api.web.errors import Forbidden

Document = dict[str, Any]
Text = Annotated[str, Query(max_length=200)]
MaybeText = Annotated[str | None, Query(max_length=200)]
Texts = Annotated[list[Annotated[str, StringConstraints(max_length=200)]] | None, Query(max_length=50)]
router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], tags=["documents"])
command_router = APIRouter(prefix="/api", dependencies=[Depends(allowed_command)], include_in_schema=False)


@router.get("/status")
def status(session: OpenSession) -> Document:
    """What the home holds."""
    return commands.status(session).document


@router.get("/batches")
def batches(session: OpenSession) -> Document:
    """All loads."""
    return commands.batches(session).document


@router.get("/gaps")
def gaps(
    session: OpenSession, county: MaybeText = None, chain: MaybeText = None, status: MaybeText = None,
    scope: Annotated[str, Query(pattern="^(县|市)$")] = "县", as_of: MaybeText = None,
) -> Document:  # fmt: skip
    """The status of every segment, with reasons and evidence."""
    return commands.gaps(session, county, chain, status, scope, as_of).document


@router.get("/cuts")
def cuts(
    session: OpenSession, chain: Text, county: MaybeText = None, order: Annotated[int, Query(ge=1, le=2)] = 1
) -> Document:
    """Losses of firms and sources that break a chain."""
    return commands.cuts(session, chain, county, order).document


@router.get("/whatif")
def whatif(
    session: OpenSession, chain: Text, county: MaybeText = None, add: Texts = None, remove: Texts = None,
    stop: Texts = None, survey: Texts = None,
) -> Document:  # fmt: skip
    """What would change if firms came or left, sources stopped, segments were surveyed."""
    return commands.whatif(session, chain, county, add or (), remove or (), stop or (), survey or ()).document


@router.get("/candidates")
def candidates(
    session: OpenSession, chain: Text, county: MaybeText = None, segment: MaybeText = None,
    top: Annotated[int, Query(ge=1, le=100)] = 5, province: MaybeText = None, product: MaybeText = None,
    scale: Annotated[float | None, Query(ge=0)] = None,
) -> Document:  # fmt: skip
    """Whom to invite for which gap, and what to ask where nobody surveyed."""
    return commands.candidates(session, chain, county, segment, top, province, product, scale).document


@router.get("/show")
def show(session: OpenSession, kind: Text, name: Text) -> Document:
    """One node, each value with its source and the other sources' values."""
    return commands.show(session, kind, name).document


@router.get("/search")
def search(session: OpenSession, text: Text) -> Document:
    """Nodes whose name, former name or code contains the text."""
    return commands.search(session, text).document


@command_router.post("/command")
def command(
    session: OpenSession, command: Annotated[str, Body()], parameters: Annotated[dict[str, Any], Body()]
) -> Document:
    """A command line that found its home served."""
    if command not in commands.COMMANDS:
        raise Forbidden(f"没有命令 {command}")
    result = commands.COMMANDS[command](session, **parameters)
    return {"document": result.document, "code": result.code}
