"""From the graph to the facts that the analysis reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from graph.analysis.facts import (
    AchievementFact,
    ChainFact,
    ExternalSourceFact,
    Facts,
    FeedFact,
    FirmFact,
    OutputFact,
    PlatformFact,
    RecordInfo,
    RegionFact,
    SegmentFact,
    StandFact,
)  # fmt: skip
from graph.ledger import Ledger
from graph.period import as_date
from graph.schema import Schema
from graph.store.base import GraphStore, Row, unpack_records

ESSENTIALITY = {"必需": 2, "一般": 1, "可忽略": 0}


def read_facts(store: GraphStore, ledger: Ledger, schema: Schema) -> Facts:
    """Everything that statuses depend on, sorted by id."""
    return _Reader(store, ledger, schema).read()


class _Reader:
    def __init__(self, store: GraphStore, ledger: Ledger, schema: Schema) -> None:
        self.store, self.ledger, self.schema = store, ledger, schema
        self.used: set[int] = set()

    def nodes(self, kind: str) -> list[Row]:
        rows = sorted(self.store.nodes(self.schema.kinds[kind]), key=lambda r: str(r["id"]))
        return [self._with_records(r) for r in rows]

    def edges(self, relation: str, source: str, target: str) -> list[Row]:
        kinds = self.schema.kinds
        rows = self.store.edges(self.schema.relations[relation], kinds[source], kinds[target])
        rows.sort(key=lambda r: (str(r["source"]), str(r["target"]), str(r["id"])))
        return [self._with_records(r) for r in rows]

    def _with_records(self, row: Row) -> Row:
        row["records"] = unpack_records(row["records"])
        return row

    def read(self) -> Facts:
        segments = tuple(self._segments())
        facts = Facts(
            regions=tuple(self._regions()),
            chains=tuple(self._chains()),
            segments=segments,
            feeds=tuple(self._feeds()),
            firms=tuple(self._firms()),
            stands=tuple(
                StandFact(e["source"], e["target"], e["state"], e["state_date"] is not None, e["records"])
                for e in self.edges("STANDS_ON", "企业", "环节")
            ),
            outputs=tuple(
                OutputFact(e["source"], e["target"], e["year"], e["output"], e["records"])
                for e in self.edges("OUTPUTS", "企业", "环节")
                if e["output"] is not None
            ),
            sources=tuple(self._sources()),
            platforms=tuple(self._platforms()),
            achievements=tuple(self._achievements()),
        )
        facts.info.update(self._info(facts))
        return facts

    def _target_of(self, relation: str, source: str, target: str) -> dict[str, str]:
        return {e["source"]: e["target"] for e in self.edges(relation, source, target)}

    def _regions(self) -> Iterator[RegionFact]:
        parents = self._target_of("PART_OF", "县市区", "县市区")
        for n in self.nodes("县市区"):
            yield RegionFact(n["id"], n["name"], parents.get(n["id"]), n["records"])

    def _chains(self) -> Iterator[ChainFact]:
        counties = self._target_of("LOCATED_IN", "产业链", "县市区")
        for n in self.nodes("产业链"):
            yield ChainFact(n["id"], n["name"], counties[n["id"]], n["records"])

    def _segments(self) -> Iterator[SegmentFact]:
        chains = self._target_of("IN_CHAIN", "环节", "产业链")
        parents = self._target_of("SUBSEGMENT_OF", "环节", "环节")
        products: dict[str, set[str]] = defaultdict(set)
        for e in self.edges("INCLUDED_IN", "产品", "环节"):
            products[e["target"]].add(e["source"])
        for n in self.nodes("环节"):
            yield SegmentFact(
                n["id"], n["name"], chains[n["id"]], n["stage"], parents.get(n["id"]), n["surveyed"] or "否",
                n["stated"], n["controlled"], n["import_dependence"], frozenset(products[n["id"]]), n["records"],
            )  # fmt: skip

    def _feeds(self) -> Iterator[FeedFact]:
        for e in self.edges("FEEDS", "环节", "环节"):
            level = ESSENTIALITY.get(e["essentiality"] or "")
            yield FeedFact(e["source"], e["target"], level, e["what"], e["records"])

    def _firms(self) -> Iterator[FirmFact]:
        regions = self._target_of("LOCATED_IN", "企业", "县市区")
        names = {n["id"]: n["name"] for n in self.nodes("资质认定")}
        honours: dict[str, set[str]] = defaultdict(set)
        records: dict[str, set[int]] = defaultdict(set)
        for e in self.edges("AWARDED_TO", "资质认定", "企业"):
            honours[e["target"]].add(names[e["source"]])
            records[e["target"]].update(e["records"])
        for n in self.nodes("企业"):
            ident = n["id"]
            yield FirmFact(
                ident, n["name"], regions.get(ident), n["county"] is not None, n["location"], n["state"] == "外部",
                tuple(sorted(honours[ident])), tuple(sorted({*n["records"], *records[ident]})),
            )  # fmt: skip

    def _sources(self) -> Iterator[ExternalSourceFact]:
        names = {n["id"]: n["name"] for n in self.nodes("外部来源")}
        for e in self.edges("BOUGHT_FROM", "环节", "外部来源"):
            yield ExternalSourceFact(e["source"], names[e["target"]], e["share"], e["records"])

    def _platforms(self) -> Iterator[PlatformFact]:
        names = {n["id"]: n["name"] for n in self.nodes("平台")}
        for e in self.edges("ON_SEGMENT", "平台", "环节"):
            yield PlatformFact(names[e["source"]], e["target"], e["records"])

    def _achievements(self) -> Iterator[AchievementFact]:
        names = {n["id"]: n["name"] for n in self.nodes("科技成果")}
        for e in self.edges("HELD_BY", "科技成果", "企业"):
            yield AchievementFact(names[e["source"]], e["target"], e["records"])

    def _info(self, facts: Facts) -> dict[int, RecordInfo]:
        standing = {s.firm for s in facts.stands}
        groups: tuple[Iterable[Any], ...] = (
            facts.segments, facts.feeds, facts.stands, facts.outputs, facts.sources, facts.platforms,
            facts.achievements, (f for f in facts.firms if f.id in standing),
        )  # fmt: skip
        seqs = {seq for group in groups for fact in group for seq in fact.records}
        return {r.seq: RecordInfo(as_date(r.as_of or _year(r.values)), r.grade) for r in self.ledger.records(only=seqs)}


def _year(values: dict[str, Any]) -> str | None:
    year = values.get("年份") or values.get("统计年份")
    return str(year) if year else None
