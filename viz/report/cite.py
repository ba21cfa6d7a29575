"""Numbered references: every number in a report leads to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


class Citations:
    """Numbers rows in the order in which they are first cited.

    >>> rows = [{"file": "a.xlsx", "sheet": "企业", "row": n, "as_of": None, "grade": "B"} for n in range(9)]
    >>> cite = Citations()
    >>> cite.of(rows[:1]), cite.of(rows[:5]), cite.of([rows[0], rows[6]])
    ('[1]', '[1]—[5]', '[1][6]')
    """

    SHOWN = 4  # runs

    def __init__(self) -> None:
        self._number: dict[tuple[str, str, int, int], int] = {}
        self.cited: list[Mapping[str, Any]] = []

    def of(self, sources: Iterable[Mapping[str, Any]]) -> str:
        """The reference marks for Source documents."""
        numbers = sorted({self._one(s) for s in sources})
        runs = list(_runs(numbers))
        marks = "".join(
            f"[{a}]" if a == b else f"[{a}][{b}]" if b == a + 1 else f"[{a}]—[{b}]" for a, b in runs[: self.SHOWN]
        )
        return marks + (f"等{len(numbers)}行" if len(runs) > self.SHOWN else "")

    def _one(self, source: Mapping[str, Any]) -> int:
        key = (source["file"], source["sheet"], source["row"], source.get("batch", 0))
        if key not in self._number:
            self._number[key] = len(self.cited) + 1
            self.cited.append(source)
        return self._number[key]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    start = None
    for place, number in enumerate(numbers):
        start = number if start is None else start
        if place + 1 == len(numbers) or numbers[place + 1] != number + 1:
            yield start, number
            start = None
