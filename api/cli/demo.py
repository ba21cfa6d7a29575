"""`demo`: the example data in a home of its own, the three files, and the pages."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from api.cli.options import invocation
from api.cli.printing import announce
from api.cli.progress import progress_bar
from api.commands import requests
from api.commands.answers import gaps
from api.commands.data import load_demo
from api.commands.files import deliver_files
from api.home.session import open_session
from api.home.settings import Settings
from api.terminal.advice import show_gaps
from api.terminal.data import show_load
from api.web.server import end_in_order, serve_session

CHAINS = ("缙云机械装备产业链",)


def run_demo(settings: Settings, output: str | None, port: int | None) -> None:
    """Load, print the gap table, write the files, serve at the port, if there is one."""
    quiet = invocation.json
    out = Console(stderr=quiet, width=160 if not sys.stdout.isatty() else None, highlight=False)
    end_in_order()
    with open_session(settings, wait=3) as session:
        with progress_bar() as step:
            loaded = load_demo(session, progress=step)
            step("写出成果文件", 0, 1)
            folder = Path(output) if output else settings.home / "files"
            delivered = deliver_files(session, requests.DeliverRequest(output=str(folder.absolute()), chains=CHAINS))
            step("写出成果文件", 1, 1)
        show_load(out, {**loaded.document, "findings": []})
        show_gaps(out, gaps(session, requests.GapsRequest()).document)
        for path in delivered.document["files"]:
            out.print(f"已写出：{path}", markup=False)
        document: dict[str, Any] = {"load": loaded.document["rows"], "files": delivered.document["files"]}
        if port is not None:
            serve_session(session, port, lambda url: announce(url, document))
        elif quiet:
            sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
