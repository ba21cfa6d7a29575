"""How many technology needs a chain has, against what the plan asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from graph.model import ChainView, ViewNode

ASKED = 10  # common and key needs together, of each chain
COMMON, KEY = "共性", "关键"


@dataclass(frozen=True, slots=True)
class NeedsCount:
    """Needs by category: 共性, 关键, and without one, which the plan does not count.

    >>> needs = NeedsCount(common=1, key=3, other=2)
    >>> needs.counted, needs.missing, needs.text
    (4, 6, '已录 4 项（共性 1、关键 3），距10项差 6 项；另有未注明类别 2 项，注明后计入')
    >>> NeedsCount(11, 6, 0).text
    '已录 17 项（共性 11、关键 6），已达标（不少于10项）'
    """

    common: int
    key: int
    other: int

    @classmethod
    def of(cls, needs: Iterable[ViewNode]) -> Self:
        """Some needs, counted."""
        categories = Counter(n.values.get("类别") for n in needs)
        common, key = categories[COMMON], categories[KEY]
        return cls(common, key, categories.total() - common - key)

    @property
    def counted(self) -> int:
        """Common and key needs together."""
        return self.common + self.key

    @property
    def missing(self) -> int:
        """How many are short of what the plan asks."""
        return max(0, ASKED - self.counted)

    @property
    def text(self) -> str:
        """The line of the plan: how many are there, and how many are short."""
        verdict = f"距{ASKED}项差 {self.missing} 项" if self.missing else f"已达标（不少于{ASKED}项）"
        more = f"；另有未注明类别 {self.other} 项，注明后计入" if self.other else ""
        return f"已录 {self.counted} 项（共性 {self.common}、关键 {self.key}），{verdict}{more}"


def needs_of(view: ChainView) -> NeedsCount:
    """The needs of a chain, counted."""
    return NeedsCount.of(view.belonging("技术需求"))
