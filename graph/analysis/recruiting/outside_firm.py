"""What is known of the outside firms that could answer a segment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.analysis.recruiting.product_match import Sought
from graph.naming.places import Place


@dataclass(frozen=True, slots=True)
class PoolProduct:
    """What an outside firm makes; `share` of its revenue in [0, 1] of a year, None where not stated."""

    name: str
    share: float | None = None
    year: int | None = None
    records: tuple[int, ...] = ()

    def part_of(self, whole: float) -> PoolProduct:
        """The same, its share as a part of what all shares come to."""
        return self if self.share is None or whole == 1.0 else replace(self, share=self.share / whole)


@dataclass(frozen=True, slots=True)
class Tie:
    """A known link to a local firm, in words (向示例甲公司供货)."""

    text: str
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PoolFirm:
    """An outside firm with what is known about it; `nearness` as `graph.naming.places.nearness` has it, None unknown.

    `location` is 所在地 as written, else its 县市区 with the city; `place` what that or its name tells.
    """

    id: str
    name: str
    location: str | None = None
    place: Place | None = None
    nearness: float | None = None
    products: tuple[PoolProduct, ...] = ()
    industries: tuple[str, ...] = ()
    stands: frozenset[str] = frozenset()  # segments (ids) that rows place it on
    output: float | None = None  # 万元, latest
    honours: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    signals: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()  # to be asked; nothing is taken off for them
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a segment is asked for: its names and senses, what the chain is about, what local firms make on it (by firm)."""

    sought: Sought
    trade: str = ""
    local: tuple[tuple[str, ...], ...] = ()
