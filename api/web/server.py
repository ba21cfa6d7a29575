"""`serve`: hold a home and answer on 127.0.0.1 until told to stop."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from logging.handlers import RotatingFileHandler

import uvicorn

from api.home.keeper import Keeper
from api.home.running import RUN_FILE, Running, write_run_file
from api.home.session import Session, open_session
from api.home.settings import Settings
from api.web.access import Access
from api.web.app import create_app
from graph.errors import LianpuError, without_password

HOST = "127.0.0.1"
DEFAULT_PORT = 8765
SWITCH = 0.0002  # seconds that a thread computes before another may: a search beside a load waits some dozens of times
Announce = Callable[..., None]


class PortTaken(LianpuError):
    """Somebody else listens there."""

    code = "port_taken"

    def __init__(self, port: int) -> None:
        super().__init__(f"端口 {port} 已被占用", "换一个：lianpu serve --port 0（自动选择）")


def serve_home(settings: Settings, port: int, announce: Announce) -> None:
    """Open the home and serve it. Raises HomeBusy and PortTaken."""
    end_in_order()
    with open_session(settings, wait=3) as session:
        serve_session(session, port, announce)


def end_in_order() -> None:
    """From here on, what asks this process to end (SIGTERM) lets it clear up: run file, lock, graph and workers.

    uvicorn ends its requests first and then raises the signal again, which would kill the process where it stands.
    """

    def end(_number: int, _frame: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)


def serve_session(session: Session, port: int, announce: Announce) -> None:
    """Serve an open home until interrupted; `announce` gets the URL once pages answer."""
    listener = _listen(port)
    access = Access(secrets.token_urlsafe(24), secrets.token_urlsafe(32))
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    _log_to_file(session)
    run_file = session.home / RUN_FILE
    app = create_app(session, access)
    server = _Server(
        uvicorn.Config(app, log_config=None, access_log=False, server_header=False),
        started=lambda: _started(session, address, access, announce),
        ending=app.state.workers.close,
    )
    try:
        sys.setswitchinterval(SWITCH)
        with Keeper(session):
            server.run(sockets=[listener])
    finally:
        with suppress(OSError):
            run_file.unlink(missing_ok=True)
        listener.close()


def _started(session: Session, address: str, access: Access, announce: Announce) -> None:
    write_run_file(session.home, Running(address, access.token, access.command_token, os.getpid()))
    announce(f"{address}/?token={access.token}")


class _Server(uvicorn.Server):
    """A server that says when it answers, and gives up at its end what it need not wait for."""

    def __init__(
        self, config: uvicorn.Config, *, started: Callable[[], None], ending: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._say_started, self._give_up = started, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._say_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._give_up()
        await super().shutdown(sockets)


def _listen(port: int) -> socket.socket:
    """A listening socket; without a wish the usual port, or any free one when it is taken."""
    for wanted in (port,) if port else (DEFAULT_PORT, 0):
        # Named by its protocol, or asyncio leaves Nagle on and every answer waits 40 ms for an acknowledgement.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, wanted))
        except OSError:
            listener.close()
            continue
        listener.listen(128)
        return listener
    raise PortTaken(port)


class _Discreet(logging.Formatter):
    """Lines that say no password of a URL."""

    def format(self, record: logging.LogRecord) -> str:
        return without_password(super().format(record))


def _log_to_file(session: Session) -> None:
    handler = RotatingFileHandler(session.home / "server.log", maxBytes=1 << 20, backupCount=2, encoding="utf-8")
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(message)s"))
    for name in ("lianpu", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
