"""What the command line prints: documents, progress, and the line that says where the pages are."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.cli.options import invocation


def out() -> Console:
    """Standard output, wide enough for tables when it is no terminal."""
    return Console(width=None if sys.stdout.isatty() else 160, soft_wrap=False, highlight=False)


def emit(command: str, document: Any) -> None:
    """Print a document as JSON or for a person."""
    if invocation.json:
        print_json(document)
        return
    from api.terminal.output import SCREENS, show_plain

    SCREENS.get(command, show_plain)(out(), document)


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


class progress_bar:
    """A progress bar on standard error: `with progress_bar() as step: step("读取文件", 1, 3)`."""

    def __enter__(self) -> Callable[[str, int, int], None]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._tasks: dict[str, Any] = {}
        return self._step

    def _step(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total or 1)
        self._bar.update(self._tasks[stage], completed=done, total=total or 1)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
