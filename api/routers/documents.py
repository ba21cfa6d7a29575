"""The documents of the commands over HTTP, under /api/."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query

from api import commands
from api.deps import OpenSession, allowed, allowed_command
from api.errors import Forbidden

Document = dict[str, Any]
Text = Annotated[str, Query(max_length=200)]
MaybeText = Annotated[str | None, Query(max_length=200)]
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
