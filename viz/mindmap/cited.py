"""Which rows a box cites, by numbers: the number of the source, and the row in it; the foot of a map lists the sources."""

from __future__ import annotations

from collections.abc import Iterable

from viz.mindmap.node import MindNode, MindRow

MOST = 2  # rows that a box names; how many there are is said beside them
KEY = "方括号里是依据：冒号前是来源的编号，冒号后是行号"


class CitedSources:
    """Numbers the sources of a map in the order in which its boxes first cite them.

    >>> row = MindRow(7, 1, "a.xlsx", "企业", 27, "")
    >>> cited = CitedSources([MindNode("甲", "企业", rows=[row])])
    >>> cited.cite(MindNode("甲", "企业", rows=[row])), cited.lines()
    ('[1:27]', ['1 a.xlsx“企业”'])
    """

    def __init__(self, nodes: Iterable[MindNode]) -> None:
        self._number: dict[tuple[str, str], int] = {}
        for node in nodes:
            for row in _cited(node):
                self._number.setdefault((row.file, row.sheet), len(self._number) + 1)

    def cite(self, node: MindNode) -> str:
        """The mark of a box; empty for one that stands on others only."""
        rows = _cited(node)
        marks = dict.fromkeys(f"[{self._number[r.file, r.sheet]}:{r.row}]" for r in rows)
        return "".join([*marks][:MOST]) + (f"等{len(marks)}行" if len(marks) > MOST else "")

    def lines(self) -> list[str]:
        """The sources by their numbers."""
        return [f"{number} {file}“{sheet}”" for (file, sheet), number in self._number.items()]


def _cited(node: MindNode) -> list[MindRow]:
    """The rows that a box cites. A chain and a segment stand on what is below them, and that cites its own."""
    return [] if node.children and node.kind in ("产业链", "环节") else node.rows
