"""A hostile file and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Content = bytes | Callable[[Path], object]


@dataclass(frozen=True)
class Hostile:
    """One file: its name, its content or what writes it, and what must become of it."""

    name: str
    file: str
    content: Content
    refused: str = ""
    rows: int = 0


class Kinds(list[Hostile]):
    """The hostile files of one theme."""

    def add(self, name: str, file: str, content: Content, refused: str = "", rows: int = 0) -> None:
        self.append(Hostile(name, file, content, refused, rows))
