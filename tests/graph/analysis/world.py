"""Facts by hand: `World().segment("ore").firm("甲", "ore", 10)...facts()`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from graph.analysis.config import GapConfig
from graph.analysis.facts import (
    AchievementFact,
    ChainFact,
    ExternalSourceFact,
    Facts,
    FeedFact,
    FirmFact,
    OutputFact,
    PlatformFact,
    ProjectFact,
    RecordInfo,
    RegionFact,
    SegmentFact,
    StandFact,
)  # fmt: skip
from graph.analysis.grading.grade import grade
from graph.analysis.grading.segment_status import SegmentStatus

TODAY = date(2026, 6, 1)


class World:
    """A city with one county and one chain, unless told otherwise; every row has its own number."""

    def __init__(self) -> None:
        self.regions = [
            RegionFact("市", "示例市"),
            RegionFact("县", "示例县", "市"),
            RegionFact("邻", "示例邻县", "市"),
        ]
        self.chains = {"链": ChainFact("链", "示例链", "县"), "邻链": ChainFact("邻链", "示例邻链", "邻")}
        self.segments: dict[str, SegmentFact] = {}
        self.firms: dict[str, FirmFact] = {}
        self.feeds: list[FeedFact] = []
        self.stands: list[StandFact] = []
        self.outputs: list[OutputFact] = []
        self.sources: list[ExternalSourceFact] = []
        self.platforms: list[PlatformFact] = []
        self.achievements: list[AchievementFact] = []
        self.projects: list[ProjectFact] = []
        self.info: dict[int, RecordInfo] = {}

    def row(self, dated: date | None = date(2026, 1, 1), grade: str = "B") -> tuple[int, ...]:
        """A new ledger row."""
        seq = len(self.info) + 1
        self.info[seq] = RecordInfo(dated, grade)
        return (seq,)

    def segment(self, ident: str, chain: str = "链", dated: date | None = date(2026, 1, 1), **values: Any) -> World:
        values.setdefault("surveyed", "是")
        self.segments[ident] = SegmentFact(ident, values.pop("name", ident), chain, records=self.row(dated), **values)
        return self

    def feed(self, source: str, target: str, essentiality: int | None = 2, what: str | None = None) -> World:
        self.feeds.append(FeedFact(source, target, essentiality, what, records=self.row()))
        return self

    def firm(
        self, name: str, segment: str, output: float | None = None, state: str | None = "在产", region: str | None = "县",
        year: int = 2025, dated: date | None = date(2026, 1, 1), state_dated: bool = False, **values: Any,
    ) -> World:  # fmt: skip
        rows = self.row(dated)
        if name not in self.firms:
            self.firms[name] = FirmFact(
                name, name, region, values.pop("region_stated", region is not None), records=rows, **values
            )
        self.stands.append(StandFact(name, segment, state, state_dated, rows))
        if output is not None:
            self.outputs.append(OutputFact(name, segment, year, output, rows))
        return self

    def source(self, segment: str, name: str, share: float | None = None) -> World:
        self.sources.append(ExternalSourceFact(segment, name, share, self.row()))
        return self

    def facts(self) -> Facts:
        chains = [c for c in self.chains.values() if any(s.chain == c.id for s in self.segments.values())]
        return Facts(
            tuple(self.regions), tuple(chains), tuple(self.segments.values()), tuple(self.feeds),
            tuple(self.firms.values()), tuple(self.stands), tuple(self.outputs), tuple(self.sources),
            tuple(self.platforms), tuple(self.achievements), tuple(self.projects), dict(self.info),
        )  # fmt: skip

    def grade(self, scope: str = "县", **config: Any) -> dict[str, SegmentStatus]:
        graded = grade(self.facts(), config=replace(GapConfig(), **config), today=TODAY, scope=scope)
        return {s.segment_id: s for s in graded}
