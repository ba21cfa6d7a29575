"""Answers that follow from the graph alone: made once for its state, and not sent again to a browser that has them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request, Response

from api.home.session import Session

# A browser asks each time whether what it has still holds.
ASK_AGAIN = "private, no-cache"


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent."""

    body: bytes
    media_type: str
    mark: str


def kept(request: Request, session: Session, asked: object, make: Callable[[], Response]) -> Response:
    """What `make` answers to `asked`, kept as long as nothing changes that it was read from.

    It must read through `session.reading()` alone: no file of the home, no clock but the state's day.
    """
    with session.reading() as state:
        key = ("http", request.url.path, repr(asked), request.query_params.get("from"), session.city.demo)
        sent = state.answer(key, lambda: _sent(make()))
    headers = {"ETag": sent.mark, "Cache-Control": ASK_AGAIN}
    if request.headers.get("if-none-match") == sent.mark:
        return Response(status_code=304, headers=headers)
    return Response(sent.body, media_type=sent.media_type, headers=headers)


def _sent(response: Response) -> _Sent:
    body = bytes(response.body)
    return _Sent(body, response.headers["content-type"], f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"')
