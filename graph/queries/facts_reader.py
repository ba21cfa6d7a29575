"""From the graph to the facts that the analysis reads.

Only what hangs on segments is read: firms that stand on one, with their regions, honours and achievements.
The cost follows the chains, not the pool of outside firms and products around them; for one chain it follows
the chains that are connected with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
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
    ProjectFact,
    RecordInfo,
    RegionFact,
    SegmentFact,
    StandFact,
)
from graph.dates import as_date
from graph.model import Record
from graph.plan.lead import LeadStand, counts_over, stands_of
from graph.queries.lead_reader import read_leads
from graph.queries.rows import GraphReader
from graph.store.rows import Row

Rows = Callable[[Iterable[int]], Iterable[Record]]
ESSENTIALITY = {"必需": 2, "一般": 1, "可忽略": 0}


def read_facts(reader: GraphReader, rows: Rows, today: date, chain: str | None = None) -> Facts:
    """Everything that statuses depend on, sorted by id; `rows` gives rows of the ledger by their numbers.

    `today` is the day by which leads are taken. With `chain` (id) no more than its skeleton: what the statuses of its
    segments depend on, and what losses among them bring down, also in other chains.
    """
    segments = None if chain is None else _skeleton(reader, chain)
    return _FactsReader(reader, rows, today, segments).read()


def connected_chains(reader: GraphReader, chain: str) -> set[str]:
    """The chains (ids) that supply flows through from and to a chain, or that share its firms or outside sources."""
    connected, fresh = {chain}, {chain}
    while fresh:
        fresh = reader.linked_chains(fresh) - connected
        connected |= fresh
    return connected


def _skeleton(reader: GraphReader, chain: str) -> set[str]:
    """The segments (ids) that the statuses of a chain depend on."""
    connected = connected_chains(reader, chain)
    chains = connected | reader.alike_chains(connected)
    return {e["source"] for e in reader.edges("IN_CHAIN", "环节", "产业链", end=chains)}


def read_regions(reader: GraphReader) -> Iterator[RegionFact]:
    """Every region, with the one that it is part of."""
    parents = {e["source"]: e["target"] for e in reader.edges("PART_OF", "县市区", "县市区")}
    for n in reader.nodes("县市区"):
        yield RegionFact(n["id"], n["name"], parents.get(n["id"]), n["level"], n["records"])


def read_firms(reader: GraphReader, ids: Collection[str]) -> Iterator[FirmFact]:
    """Enterprises with their region and honours."""
    regions = {e["source"]: e["target"] for e in reader.edges("LOCATED_IN", "企业", "县市区", start=ids)}
    honours: dict[str, set[str]] = defaultdict(set)
    records: dict[str, set[int]] = defaultdict(set)
    for e in reader.edges("AWARDED_TO", "资质认定", "企业", end=ids, named=True):
        honours[e["target"]].add(e["name"])
        records[e["target"]].update(e["records"])
    for n in reader.nodes("企业", ids):
        ident = n["id"]
        yield FirmFact(
            ident,
            n["name"],
            regions.get(ident),
            n["county"] is not None,
            n["location"],
            n["state"] == "外部",
            tuple(sorted(honours[ident])),
            tuple(sorted({*n["records"], *records[ident]})),
        )


class _FactsReader:
    """Reads the facts about some segments (ids), or about all."""

    def __init__(self, reader: GraphReader, rows: Rows, today: date, segments: Collection[str] | None) -> None:
        self.reader, self.rows, self.today, self.segments = reader, rows, today, segments

    def _to(self, relation: str, source: str) -> list[Row]:
        """Edges of a relation that end at the segments read."""
        return self.reader.edges(relation, source, "环节", end=self.segments)

    def _from(self, relation: str, target: str) -> list[Row]:
        """Edges of a relation that start at the segments read."""
        return self.reader.edges(relation, "环节", target, start=self.segments)

    def read(self) -> Facts:
        stands = tuple(sorted(self._stands(), key=lambda s: (s.firm, s.segment)))
        standing = {s.firm for s in stands}
        facts = Facts(
            regions=tuple(read_regions(self.reader)),
            chains=tuple(self._chains()),
            segments=tuple(self._segments()),
            feeds=tuple(self._feeds()),
            firms=tuple(read_firms(self.reader, standing)),
            stands=stands,
            outputs=tuple(
                OutputFact(e["source"], e["target"], e["year"], e["output"], e["records"])
                for e in self._to("OUTPUTS", "企业")
                if e["output"] is not None
            ),
            sources=tuple(self._sources()),
            platforms=tuple(self._platforms()),
            achievements=tuple(self._achievements(standing)),
            projects=tuple(self._projects()),
        )
        return self._informed(facts)

    def _stands(self) -> Iterator[StandFact]:
        """Firms on segments: as their own rows say, or as a lead that counts over these does."""
        leads = read_leads(self.reader, self._records, self.segments)
        brought = stands_of(leads, self.today)
        for e in self._to("STANDS_ON", "企业"):
            own = StandFact(e["source"], e["target"], e["state"], e["state_date"] is not None, e["records"])
            lead = brought.pop((own.firm, own.segment), None)
            if lead is not None and counts_over(lead, own.state, as_date(e["state_date"])):
                own = _brought(lead, own.records)
            yield own
        yield from (_brought(lead) for lead in brought.values())

    def _records(self, seqs: Iterable[int]) -> dict[int, Record]:
        return {r.seq: r for r in self.rows(seqs)}

    def _target_of(self, relation: str, source: str, target: str) -> dict[str, str]:
        return {e["source"]: e["target"] for e in self.reader.edges(relation, source, target)}

    def _chains(self) -> Iterator[ChainFact]:
        counties = self._target_of("LOCATED_IN", "产业链", "县市区")
        for n in self.reader.nodes("产业链"):
            yield ChainFact(n["id"], n["name"], counties[n["id"]], n["records"])

    def _segments(self) -> Iterator[SegmentFact]:
        chains = {e["source"]: e["target"] for e in self._from("IN_CHAIN", "产业链")}
        parents = {e["source"]: e["target"] for e in self._from("SUBSEGMENT_OF", "环节")}
        products: dict[str, set[str]] = defaultdict(set)
        for e in self._to("INCLUDED_IN", "产品"):
            products[e["target"]].add(e["source"])
        names = {n["id"]: n["name"] for n in self.reader.nodes("产品", {p for some in products.values() for p in some})}
        for n in self.reader.nodes("环节", self.segments):
            yield SegmentFact(
                n["id"],
                n["name"],
                chains[n["id"]],
                n["stage"],
                parents.get(n["id"]),
                n["surveyed"] or "否",
                n["stated"],
                n["controlled"],
                n["import_dependence"],
                frozenset(products[n["id"]]),
                frozenset(names[p] for p in products[n["id"]] if p in names),
                n["records"],
            )

    def _feeds(self) -> Iterator[FeedFact]:
        for e in self._to("FEEDS", "环节"):
            level = ESSENTIALITY.get(e["essentiality"] or "")
            yield FeedFact(e["source"], e["target"], level, e["what"], e["records"])

    def _sources(self) -> Iterator[ExternalSourceFact]:
        edges = self._from("BOUGHT_FROM", "外部来源")
        names = {n["id"]: n["name"] for n in self.reader.nodes("外部来源", {e["target"] for e in edges})}
        for e in edges:
            yield ExternalSourceFact(e["source"], names[e["target"]], e["share"], e["records"])

    def _platforms(self) -> Iterator[PlatformFact]:
        edges = self._to("ON_SEGMENT", "平台")
        names = {n["id"]: n["name"] for n in self.reader.nodes("平台", {e["source"] for e in edges})}
        for e in edges:
            yield PlatformFact(names[e["source"]], e["target"], e["records"])

    def _projects(self) -> Iterator[ProjectFact]:
        edges = self._to("ON_SEGMENT", "项目")
        projects = {n["id"]: n for n in self.reader.nodes("项目", {e["source"] for e in edges})}
        for e in edges:
            project = projects[e["source"]]
            yield ProjectFact(project["name"], e["target"], project["state"], (*project["records"], *e["records"]))

    def _achievements(self, firms: Collection[str]) -> Iterator[AchievementFact]:
        for e in self.reader.edges("HELD_BY", "科技成果", "企业", end=firms, named=True):
            yield AchievementFact(e["name"], e["target"], e["records"])

    def _informed(self, facts: Facts) -> Facts:
        """The facts with the rows that state them; a row that calls a firm 外部 says nothing of one that is local."""
        groups: tuple[Iterable[Any], ...] = (
            facts.segments,
            facts.feeds,
            facts.stands,
            facts.outputs,
            facts.sources,
            facts.platforms,
            facts.achievements,
            facts.projects,
            facts.firms,
        )
        seqs = {seq for group in groups for fact in group for seq in fact.records}
        outside: set[int] = set()
        for r in self.rows(seqs):
            facts.info[r.seq] = RecordInfo(as_date(r.as_of or _year(r.values)), r.grade)
            if r.values.get("状态") == "外部":
                outside.add(r.seq)
        return replace(facts, firms=tuple(f if f.external else _without(f, outside) for f in facts.firms))


def _brought(lead: LeadStand, records: tuple[int, ...] = ()) -> StandFact:
    """A firm on a segment as a lead brings it there, with the lead's row."""
    return StandFact(lead.firm, lead.segment, lead.state, lead.day is not None, (*records, *lead.records), landed=True)


def _without(firm: FirmFact, rows: set[int]) -> FirmFact:
    kept = tuple(r for r in firm.records if r not in rows)
    return replace(firm, records=kept) if kept else firm


def _year(values: dict[str, Any]) -> str | None:
    year = values.get("年份") or values.get("统计年份")
    return str(year) if year else None
