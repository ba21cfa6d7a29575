"""Commands and served homes for tests: in an open home, or real processes on a port of 127.0.0.1."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.commands.result import Result
from api.commands.table import COMMANDS
from api.home.session import Session
from api.web.access import Access

ROOT = Path(__file__).parents[1]


def lianpu(home: Path, *arguments: str, json_out: bool = True) -> tuple[int, object, str]:
    """Run a command in a process of its own: (exit code, document or text, stderr)."""
    command = [
        sys.executable,
        "-c",
        "from api.cli.main import main; main()",
        *arguments,
        *(["--json"] if json_out else []),
    ]
    env = {**os.environ, "LIANPU_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=home.parent, timeout=120)
    out = json.loads(done.stdout) if json_out else done.stdout
    return done.returncode, out, done.stderr


def ask(session: Session, name: str, /, **parameters: Any) -> Result[Any]:
    """What a command answers in an open home."""
    return COMMANDS[name].run(session, COMMANDS[name].read(parameters))


@dataclass(frozen=True)
class Served:
    """Where a home is served."""

    home: Path
    url: str  # with the token
    base: str
    run: dict[str, object]


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """Serve a home until the block ends."""
    env = {**os.environ, "LIANPU_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from api.cli.main import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=env, text=True)
    try:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), url
        run = json.loads((home / "run.json").read_text("utf-8"))
        yield Served(home, url, url.partition("/?")[0], run)
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def page_client(home: Path) -> Iterator[httpx.Client]:
    """Serve a home until the block ends, to a client that is signed in as the browser on its pages is."""
    lianpu(home, "status")
    with (
        served(home) as site,
        httpx.Client(base_url=site.base, trust_env=False, timeout=60, follow_redirects=True) as client,
    ):
        assert client.get(site.url).status_code == 200
        client.headers.update({"Origin": site.base, "X-Lianpu-CSRF": Access(str(site.run["token"]), "").csrf})
        yield client


def upload(client: httpx.Client, path: Path, **fields: str) -> httpx.Response:
    """Upload a file as the form of the data page does."""
    return client.post("/data/upload", files={"files": (path.name, path.read_bytes())}, data=fields)
