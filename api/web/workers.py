"""Worker processes for what takes long and nobody else should wait for: drawings and documents.

One drawing can hold the interpreter for many seconds. The request's thread reads what is to be drawn, a plain
value; a worker draws it; bytes come back. Processes are anyio's: started when first needed, kept warm, ended with
the event loop, killed when their drawing is cancelled, replaced when they die.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import anyio
from anyio import BrokenWorkerProcess, CapacityLimiter, from_thread, to_process

from api.home.drawing import Draw, T, content, packed, work
from graph.errors import LianpuError

SECONDS = 300.0  # a drawing that takes longer is stopped
MOST_WAITING = 200
KEPT_FILES, KEPT_BYTES = 64, 64 << 20


class DrawingBroken(LianpuError):
    """A worker died over a drawing."""

    code = "drawing_broken"

    def __init__(self) -> None:
        super().__init__("生成文件的进程中断了，网页和数据不受影响", "再试一次；若总在这一个文件上中断，可能是内存不够")


class DrawingTooLong(LianpuError):
    """A drawing did not end in time."""

    code = "drawing_too_long"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"生成文件超过 {seconds:g} 秒，已停止", "缩小范围（一条链、一种文件），或用命令行在空闲时生成")


class DrawingsFull(LianpuError):
    """More drawings wait than is sensible."""

    code = "drawings_full"

    def __init__(self, waiting: int) -> None:
        super().__init__(f"已有 {waiting} 份文件在排队", "过几分钟再试")


@dataclass(frozen=True, slots=True)
class Call:
    """A drawing to be done elsewhere: as bytes, and what tells it from others. Made in the thread that read it."""

    body: bytes
    digest: str

    @classmethod
    def of(cls, draw: Draw[object], suffix: str) -> Call:
        """The call that gives a file's content."""
        body = packed(content, draw, suffix)
        return cls(body, sha256(body).hexdigest())


@dataclass(slots=True, eq=False)
class _Order:
    """A drawing that is waited for."""

    body: bytes
    waiting: int = 0  # who waits for it; when nobody does, it is dropped
    task: asyncio.Task[Any] | None = None


class Workers:
    """Draws outside this process, a few at a time, first come, first served.

    Equal orders are drawn once: whoever asks for what is being drawn waits for the same drawing, and the last files
    are kept. An order is equal when its bytes are, so that nothing old is ever handed out.
    """

    def __init__(self, count: int | None = None, seconds: float = SECONDS) -> None:
        self.count = count or max(1, min(2, (os.cpu_count() or 2) - 1))
        self._seconds = seconds
        self._places = CapacityLimiter(self.count)
        self._line: list[_Order] = []  # in the order in which they came; the first `count` are being drawn
        self._wanted: dict[str, _Order] = {}
        self._tickets: dict[str, _Order] = {}
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Give up what is being drawn, wait until nothing of it is left, and begin nothing more."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def ahead(self, ticket: str = "") -> int:
        """How many drawings come before the one of a ticket begins; without one, before a new one does."""
        order = self._tickets.get(ticket)
        place = self._line.index(order) if order in self._line else len(self._line)
        return 0 if ticket and order is None else max(0, place - self.count + 1)

    async def file(self, call: Call, ticket: str = "") -> bytes:
        """The content of a file. Whoever is cancelled leaves; the others go on waiting."""
        if kept := self._kept.get(call.digest):
            self._kept.move_to_end(call.digest)
            return kept
        order = self._wanted.get(call.digest)
        if order is None:
            order = self._wanted[call.digest] = _Order(call.body)
            order.task = self._begin(self._fill(call.digest, order))
        order.waiting += 1
        if ticket:
            self._tickets[ticket] = order
        try:
            assert order.task
            drawn: bytes = await _outcome(order.task)
            return drawn
        finally:
            order.waiting -= 1
            self._tickets.pop(ticket, None)
            if not order.waiting and order.task and not order.task.done():
                self._forget(call.digest, order)
                order.task.cancel()

    def draw(self, draw: Draw[T], path: Path) -> T:
        """Draw into a file, for a thread that waits for it: commands that were sent to this server."""
        drawn: T = from_thread.run(self._drawn, _Order(packed(draw, path)))
        return drawn

    async def _drawn(self, order: _Order) -> Any:
        return await _outcome(self._begin(self._run(order)))

    def _begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _fill(self, digest: str, order: _Order) -> bytes:
        try:
            drawn: bytes = await self._run(order)
        finally:
            self._forget(digest, order)
        self._keep(digest, drawn)
        return drawn

    def _forget(self, digest: str, order: _Order) -> None:
        if self._wanted.get(digest) is order:
            del self._wanted[digest]

    def _keep(self, digest: str, drawn: bytes) -> None:
        self._kept[digest] = drawn
        while len(self._kept) > KEPT_FILES or sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)

    async def _run(self, order: _Order) -> Any:
        """Wait for a free worker and let it work."""
        if self._closed:
            raise DrawingBroken
        if len(self._line) >= MOST_WAITING + self.count:
            raise DrawingsFull(len(self._line))
        self._line.append(order)
        try:
            async with self._places:
                with anyio.fail_after(self._seconds):
                    return await to_process.run_sync(work, order.body, cancellable=True, limiter=CapacityLimiter(1))
        except TimeoutError as error:
            raise DrawingTooLong(self._seconds) from error
        except BrokenWorkerProcess as error:
            raise DrawingBroken from error
        finally:
            self._line.remove(order)


async def _outcome(task: asyncio.Task[Any]) -> Any:
    """What a drawing gives to one of those who wait. Raises DrawingBroken when the workers are closed."""
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if task.cancelled():
            raise DrawingBroken from None
        raise
