"""A bound on what one request may send: counted as it comes in, before anything is kept."""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.errors import TooLong, error_response
from graph.errors import LianpuError
from ingest.readers.base import MB, TooLarge

FORM_BYTES = 64_000  # of a form without files


class BodyLimit:
    """Refuses a request with a body beyond `most_mb`, and a form without files beyond FORM_BYTES, stated or not.

    A form is written to a temporary file while it comes in, and only then does a route see it: without a
    bound here, one request could fill the disk.
    """

    def __init__(self, app: ASGIApp, most_mb: int) -> None:
        self.app, self.most_mb = app, most_mb

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Request(scope).headers
        plain = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        most = FORM_BYTES if plain else self.most_mb * MB
        fault = TooLong(FORM_BYTES) if plain else self._fault()
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > most:
            response = error_response(Request(scope), fault)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise fault
            return message

        await self.app(scope, counted, send)

    def _fault(self) -> LianpuError:
        return TooLarge("", "一次上传的总大小（MB）", f"{self.most_mb} 以上", self.most_mb, "分几次上传")
