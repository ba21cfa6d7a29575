"""The documents of the commands over HTTP, under /api/."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Depends, Form, Query, Response
from fastapi import Request as HttpRequest

from api.commands import requests
from api.commands.requests import Request
from api.commands.table import COMMANDS, Command
from api.home.session import Session
from api.web.access import OpenSession, allowed, allowed_command
from api.web.errors import Forbidden, faults
from api.web.kept import kept

router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], tags=["documents"])
KEPT = frozenset(
    {"gaps", "show", "cuts", "candidates"}
)  # commands that read nothing but the graph, asked again and again
command_router = APIRouter(prefix="/api", dependencies=[Depends(allowed_command)], include_in_schema=False)


def json_response(document: Any) -> Response:
    """A document as it is: its type stands in OpenAPI and is held by a test, so that no answer pays for a check."""
    content = orjson.dumps(document, default=str, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(content, media_type="application/json")


def described(name: str, *statuses: int) -> dict[str, Any]:
    """What OpenAPI says of a command: in words, its document, and the faults it may answer with."""
    command = COMMANDS[name]
    return {
        "name": name,
        "summary": command.about,
        "response_model": command.document,
        "responses": faults(*statuses),
    }


def answer(session: Session, command: Command, request: Request) -> Response:
    """Run a command; what was asked becomes its request."""
    if not isinstance(request, command.request):
        request = command.request(**dict(request))
    return json_response(command.run(session, request).document)


def _add_question(command: Command, path: str) -> None:
    """A command that is asked with GET: its request is the query."""

    def ask(http: HttpRequest, session: OpenSession, request: Request) -> Response:
        if command.name in KEPT and getattr(request, "as_of", None) is None:
            return kept(http, session, request, lambda: answer(session, command, request))
        return answer(session, command, request)

    ask.__annotations__["request"] = Annotated[command.asked or command.request, Query()]
    router.get(path, **described(command.name, 404))(ask)


for each in COMMANDS.values():
    if each.http.startswith("GET /api/"):
        _add_question(each, each.http.removeprefix("GET /api"))


@router.post("/decide", **described("decide", 400, 413))
def decide(session: OpenSession, verdict: requests.DecideRequest) -> Response:
    """Write one decision as a batch of its own."""
    return answer(session, COMMANDS["decide"], verdict)


@router.post("/undo", **described("undo", 404, 413))
def undo(session: OpenSession, request: Annotated[requests.UndoRequest, Form()]) -> Response:
    """Take a batch back."""
    return answer(session, COMMANDS["undo"], request)


@command_router.post("/command")
def command(
    session: OpenSession, command: Annotated[str, Body()], parameters: Annotated[dict[str, Any], Body()]
) -> Response:
    """A command line that found its home served."""
    if command not in COMMANDS:
        raise Forbidden(f"没有命令 {command}")
    result = COMMANDS[command].run(session, COMMANDS[command].read(parameters))
    return json_response({"document": result.document, "code": result.code})
