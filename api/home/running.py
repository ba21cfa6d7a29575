"""Talking to the server that holds a home: `run.json` says where it is."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import HomeUnwritable, LianpuError
from graph.files import reason_of

if TYPE_CHECKING:
    import httpx  # at run time only where a run file is there: most commands meet none

RUN_FILE = "run.json"
LONGEST, CONNECT = 3600.0, 2.0  # seconds: a command on the server may take long, finding it may not


@dataclass(frozen=True, slots=True)
class Running:
    """A server as `run.json` describes it. `command_token` never leaves that file."""

    address: str
    token: str
    command_token: str
    pid: int


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


def find_running(home: Path) -> Running | None:
    """The server of this home, if one answers."""
    try:
        running = Running(**json.loads((home / RUN_FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    import httpx

    try:
        answer = _client(running).get("/healthz", timeout=2.0)
    except httpx.HTTPError:
        return None
    return running if answer.status_code == httpx.codes.OK and answer.json().get("pid") == running.pid else None


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
