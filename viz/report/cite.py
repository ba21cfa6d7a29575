"""Numbered references: every number in a report leads to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class Citations:
    """Numbers rows in the order in which they are first cited.

    >>> cite = Citations({7: {"file": "a.xlsx", "sheet": "企业", "row": 2, "as_of": None, "grade": "B"}})
    >>> cite([7]), cite([7, 8])
    ('[1]', '[1]')
    """

    SHOWN = 4

    def __init__(self, sources: Mapping[int, Mapping[str, Any]]) -> None:
        self._sources = sources
        self._number: dict[tuple[str, str, int, int], int] = {}
        self.cited: list[Mapping[str, Any]] = []

    def __call__(self, records: Iterable[int]) -> str:
        """The reference marks for ledger rows."""
        return self.of([self._sources[r] for r in records if r in self._sources])

    def of(self, sources: Iterable[Mapping[str, Any]]) -> str:
        """The reference marks for Source documents."""
        numbers = sorted({self._one(s) for s in sources})
        marks = "".join(f"[{n}]" for n in numbers[: self.SHOWN])
        return marks + (f"等{len(numbers)}行" if len(numbers) > self.SHOWN else "")

    def _one(self, source: Mapping[str, Any]) -> int:
        key = (source["file"], source["sheet"], source["row"], source.get("batch", 0))
        if key not in self._number:
            self._number[key] = len(self.cited) + 1
            self.cited.append(source)
        return self._number[key]
