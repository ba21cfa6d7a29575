"""A made file and what it must give; the two firms that most of them hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from builders import Table

from corpus.files import Make

HEAD = ["名称", "产值(万元)", "年份"]
FIRMS: Table = [HEAD, ["示例甲公司", 100, 2024], ["示例乙公司", 200, 2023]]
TWO = {("企业", "示例甲公司", "产值(万元)"): 100.0, ("企业", "示例乙公司", "年份"): 2023}


@dataclass(frozen=True)
class Case:
    """One file and what it must give."""

    name: str
    make: Make
    rows: tuple[int, int, int, int, int] = (2, 2, 0, 0, 0)
    nodes: dict[str, int] = field(default_factory=lambda: {"企业": 2})
    values: dict[tuple[str, str, str], Any] = field(default_factory=lambda: dict(TWO))
    findings: tuple[str, ...] = ()  # "error 企业!B3", "warning 企业!C2"
    notes: tuple[str, ...] = ()  # addresses of notes, exactly; None of them is looked at when empty


class Cases(list[Case]):
    """The cases of one theme."""

    def add(self, name: str, make: Make, **expected: Any) -> None:
        self.append(Case(name, make, **expected))
