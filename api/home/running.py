"""Talking to the server that holds a home: `run.json` says where it is."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from filelock import FileLock, Timeout

from graph.errors import HomeBusy, HomeUnwritable, LianpuError
from graph.files import reason_of

if TYPE_CHECKING:
    import httpx  # at run time only where a run file is there: most commands meet none

RUN_FILE, LOCK = "run.json", "lock"
LONGEST, CONNECT = 3600.0, 2.0  # seconds: a command on the server may take long, one answer of it may not
STEP = 0.2  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Running:
    """A server as `run.json` describes it. `command_token` never leaves that file."""

    address: str
    token: str
    command_token: str
    pid: int


Waiting: TypeAlias = Callable[[Running | None], None]  # gets the server that does not answer, if it is one


class RemoteError(LianpuError):
    """An error that the server reported."""

    def __init__(self, code: str, message: str, hint: str, where: str | None) -> None:
        super().__init__(message, hint, where)
        self.code = code


class ServerGone(LianpuError):
    """The server that holds the home went away in the middle."""

    code = "server_gone"

    def __init__(self, address: str) -> None:
        super().__init__(f"正在服务此数据目录的链谱（{address}）没有应答", "确认它是否还在运行，稍后重试")


def write_run_file(home: Path, running: Running) -> None:
    """Write `run.json` so that only its owner can read it. Raises HomeUnwritable."""
    path = home / RUN_FILE
    new = home / f"{RUN_FILE}.new"
    try:
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({name: getattr(running, name) for name in running.__slots__}, file)
        new.replace(path)
    except OSError as error:
        raise HomeUnwritable(str(path), reason_of(error)) from error


def find_running(home: Path, waiting: Waiting = lambda _: None, longest: float = LONGEST) -> Running | None:
    """The server of this home, once it answers; None when nobody holds the home, whatever an old run file says.

    `waiting` is called now and then while the holder does not answer: a server at work or about to start, or a command,
    which is waited for to its end. Raises HomeBusy.
    """
    until = time.monotonic() + longest
    while _is_held(home):
        running = _described(home)
        if running and _answers(running):
            return running
        if time.monotonic() > until:
            raise HomeBusy(str(home))
        waiting(running)
        time.sleep(STEP)
    return None


def _is_held(home: Path) -> bool:
    """Whether some process holds the home; a dead one holds nothing."""
    path = home / LOCK
    if not path.is_file():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # opening the home will say what is wrong
        return False


def _described(home: Path) -> Running | None:
    try:
        return Running(**json.loads((home / RUN_FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _answers(running: Running) -> bool:
    """Whether it is the described process that answers: somebody else must get no token of it."""
    import httpx

    try:
        answer = _client(running).get("/healthz", timeout=CONNECT)
        return answer.status_code == httpx.codes.OK and answer.json().get("pid") == running.pid
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, AttributeError):
        return False


def send(running: Running, command: str, parameters: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Run a command on the server. Raises RemoteError and ServerGone."""
    import httpx

    try:
        answer = _client(running).post(
            "/api/command",
            json={"command": command, "parameters": parameters},
            headers={"Authorization": f"Bearer {running.command_token}"},
        )
        body = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise ServerGone(running.address) from error
    if "error" in body:
        fault = body["error"]
        raise RemoteError(fault["code"], fault["message"], fault["hint"], fault.get("where"))
    return body["document"], int(body["code"])


def _client(running: Running) -> httpx.Client:
    import httpx

    # trust_env off: a proxy setting must not carry a local request away from this machine.
    return httpx.Client(base_url=running.address, timeout=httpx.Timeout(LONGEST, connect=CONNECT), trust_env=False)
