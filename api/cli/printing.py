"""What the command line prints: documents, progress, and the line that says where the pages are."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from api.cli.options import invocation

if TYPE_CHECKING:  # what prints tables loads only where one is printed
    from rich.console import Console

    from api.home.running import Running, Waiting

MOMENT = 1.0  # seconds that nobody minds


def out() -> Console:
    """Standard output, wide enough for tables when it is no terminal."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160, soft_wrap=False, highlight=False)


def emit(command: str, document: Any) -> None:
    """Print a document as JSON or for a person."""
    if invocation.json:
        print_json(document)
        return
    from api.terminal.output import screen_of

    screen_of(command)(out(), document)


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


def announce(url: str, document: dict[str, Any] | None = None) -> None:
    """The line that says where the pages are; with --json it goes to standard error."""
    if invocation.json:
        print_json({**(document or {}), "url": url})
        sys.stderr.write(url + "\n")
    else:
        sys.stdout.write(url + "\n")
    sys.stdout.flush()


def say_waiting() -> Waiting:
    """What says, once and after a moment, whom a command waits for; on standard error, so that a document stays alone."""
    begun, silent = time.monotonic(), True

    def say(running: Running | None) -> None:
        nonlocal silent
        if silent and time.monotonic() - begun > MOMENT:
            silent = False
            whom = f"链谱网页（进程 {running.pid}）正忙" if running else "数据目录正被另一个链谱进程使用"
            sys.stderr.write(f"{whom}，等它应答后继续；按 Ctrl+C 放弃……\n")
            sys.stderr.flush()

    return say
