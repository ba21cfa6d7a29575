"""What is said about one segment, and what it counts for: one definition for every screen, page and file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.analysis.grading.flip import Flip
from graph.analysis.grading.measure import Maker
from graph.analysis.grading.scores import Scores


@dataclass(frozen=True, slots=True)
class SegmentStatus:
    """All that is said about one segment. `total` is N; `evidence` are ledger sequence numbers.

    `supply_known`: its outside sources are registered, or it was surveyed; `counted`: it counts in totals and ranks
    (no market, and no 汇总); `known`: 已摸底; `provisional`: 暂估, its makers are only a lower bound; `count`: how many
    makers it has, as people read it: “—”, 至少n家 or n家.
    """

    segment_id: str
    county: str
    chain: str
    segment: str
    stage: str | None
    parent: str | None
    status: str
    caption: str
    verb: str
    flags: tuple[str, ...]
    available: bool
    supply_known: bool
    n: int
    stated: int | None
    total: int
    pending: int
    counted: bool
    known: bool
    provisional: bool
    count: str
    makers: tuple[Maker, ...]
    hhi: float | None
    external_share: float | None
    external_hhi: float | None
    confidence: float | None
    coverage: float | None
    flip: Flip | None
    reason: str
    remedies: tuple[str, ...]
    evidence: tuple[int, ...]
    scores: Scores | None = None  # None for 未知 and 不适用

    @property
    def priority(self) -> float | None:
        """Its priority; None where it has none: 资料不足不排名."""
        return self.scores.priority if self.scores else None


@dataclass(frozen=True, slots=True)
class Surveyed:
    """已摸底: how many of the segments that count are known.

    >>> str(Surveyed(2, 5))
    '2/5'
    """

    known: int
    of: int

    def __str__(self) -> str:
        """As it is shown."""
        return f"{self.known}/{self.of}"


def surveyed(rows: Iterable[SegmentStatus]) -> Surveyed:
    """How many of some segments are 已摸底: markets and 汇总 never count, a parent with firms of its own does."""
    counted = [r for r in rows if r.counted]
    return Surveyed(sum(r.known for r in counted), len(counted))
