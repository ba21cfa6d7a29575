"""A download: read in a thread, drawn by a worker, given up when the browser goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.home.drawing import Draw
from api.home.session import Session
from api.web.workers import Call, Workers

TICKET = "x-lianpu-ticket"  # a page's own word for one download, by which it asks how many come before it
GONE = 499  # said to nobody
MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".pdf": "application/pdf",
    ".xmind": "application/vnd.xmind.workbook", ".mm": "application/x-freemind", ".opml": "text/x-opml; charset=utf-8",
    ".md": "text/markdown; charset=utf-8", ".zip": "application/zip",
    ".csv": "text/csv; charset=utf-8", ".graphml": "application/xml; charset=utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counter:
    """Where one request gets its file."""

    request: Request

    async def content(self, suffix: str, read: Callable[[Session], Draw[object]]) -> bytes | None:
        """What is drawn; None when nobody waits for it any more. `read` takes what it needs from the home."""
        state = self.request.app.state
        workers: Workers = state.workers
        call = await run_in_threadpool(lambda: Call.of(read(state.session), suffix))
        ticket = self.request.headers.get(TICKET, "")[:40]
        return await while_there(self.request, workers.file(call, ticket))

    async def attachment(self, name: str, read: Callable[[Session], Draw[object]]) -> Response:
        """What is drawn, as a file to keep."""
        suffix = Path(name).suffix
        drawn = await self.content(suffix, read)
        if drawn is None:
            return Response(status_code=GONE)
        disposition = f"attachment; filename=\"lianpu{suffix}\"; filename*=UTF-8''{quote(name)}"
        return Response(drawn, media_type=MEDIA[suffix.lower()], headers={"Content-Disposition": disposition})


OpenCounter = Annotated[Counter, Depends(Counter)]


async def while_there(request: Request, work: Awaitable[bytes]) -> bytes | None:
    """What the work gives; it is cancelled when the client goes away."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            return None
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        with suppress(asyncio.CancelledError):
            await leaving


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
