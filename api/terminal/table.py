"""Tables and indented lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

Document = dict[str, Any]


def table(title: str, headers: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """A table of plain cells."""
    grid = Table(title=escape(title), title_justify="left", header_style="bold", show_lines=False)
    for header in headers:
        grid.add_column(header, overflow="fold")
    for row in rows:
        grid.add_row(*(escape("" if c is None else str(c)) for c in row))
    return grid


def say(out: Console, text: str, indent: int) -> None:
    """Text that stays indented where it wraps."""
    out.print(Padding(escape(text), (0, 0, 0, indent)))
