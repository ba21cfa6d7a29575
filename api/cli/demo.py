"""`demo`: the example data in a home of its own, the three files, and the pages."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from api.cli.app import invocation, progress_bar
from api.commands import commands
from api.home.session import open_session
from api.home.settings import Settings
from api.terminal.advice import show_gaps
from api.terminal.output import show_load
from api.web.server import Announce, serve_session

CHAINS = ("缙云机械装备产业链",)


def run_demo(settings: Settings, port: int, output: str | None, *, serve_after: bool, announce: Announce) -> None:
    """Load, print the gap table, write the three files, serve."""
    quiet = invocation.json
    out = Console(stderr=quiet, width=160 if not sys.stdout.isatty() else None, highlight=False)
    with open_session(settings, wait=3) as session:
        with progress_bar() as step:
            loaded = commands.load_demo(session, progress=step)
            step("写出三个文件", 0, 1)
            folder = Path(output) if output else settings.home / "files"
            files = commands.deliver_files(session, str(folder.absolute()), list(CHAINS))
            step("写出三个文件", 1, 1)
        show_load(out, {**loaded.document, "findings": []})
        show_gaps(out, commands.gaps(session).document)
        for path in files.document["files"]:
            out.print(f"已写出：{path}", markup=False)
        document: dict[str, Any] = {"load": loaded.document["rows"], "files": files.document["files"]}
        if serve_after:
            serve_session(session, port, lambda url: announce(url, document))
        elif quiet:
            sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
