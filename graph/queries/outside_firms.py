"""Outside firms that could answer some segments: who they are, what they make, whom here they know.

Found through rows that place them on a segment and through the names of what they make, so a big imported
pool (listed companies) costs what matches, not what there is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.analysis.config import GapConfig
from graph.analysis.facts import FirmFact
from graph.analysis.recruiting.candidates import PoolFirm, PoolProduct, Tie
from graph.analysis.recruiting.product_match import terms
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.location import Locality
from graph.naming.divisions import nearness
from graph.queries.facts_reader import Rows
from graph.schema.kinds import Schema
from graph.store.protocol import GraphStore
from graph.text import norm

Records = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """What is asked for: segments (id -> name) as seen from a county (id) of a city and province (names)."""

    segments: Mapping[str, str]
    county: str
    city: str
    province: str | None

    def terms(self, config: GapConfig) -> list[str]:
        """Everything the segments go by."""
        return sorted({t for name in self.segments.values() for t in terms(name, config)})


class Pool:
    """The outside firms of one market, read from the graph."""

    def __init__(self, store: GraphStore, schema: Schema, supply: Supply, config: GapConfig, market: Market) -> None:
        self.store, self.schema, self.supply, self.market = store, schema, supply, market
        stands: dict[str, set[str]] = defaultdict(set)
        for t in supply.facts.stands:
            if t.segment in market.segments:
                stands[t.firm].add(t.segment)
        self._terms = market.terms(config)
        ids = set(stands) | {r["firm"] for r in self._makers(self._terms)}
        reader = FirmReader(store, schema, ids)
        self._here = self._local_ties(reader)
        self.firms = [
            self._firm(reader, ident, frozenset(stands[ident]))
            for ident in sorted(ids)
            if supply.regions.locality(reader.fact(ident), market.county, "县") is Locality.OUTSIDE
        ]

    def _makers(self, wanted: list[str]) -> list[dict[str, str]]:
        if not wanted:
            return []
        kinds = self.schema.kinds
        names = {"firm": kinds["企业"].label, "product": kinds["产品"].label, "makes": "MAKES"}
        return self.store.read("makers_by_term", names, terms=wanted)

    def common(self) -> dict[str, int]:
        """How many products end with what these firms make, where it is but the end of a term; see `likeness.match`."""
        ends = {t[at:] for t in self._terms for at in range(1, len(t) - 1)}
        words = sorted({norm(p.name) for f in self.firms for p in f.products} & ends)
        if not words:
            return {}
        rows = self.store.read("count_endings", {"label": self.schema.kinds["产品"].label}, words=words)
        return {r["word"]: r["n"] for r in rows}

    def _firm(self, reader: FirmReader, ident: str, stands: frozenset[str]) -> PoolFirm:
        fact, market = reader.fact(ident), self.market
        # Where no row says the place, a registered name that begins with its province does.
        near = nearness(fact.location or fact.name, market.city, market.province)
        return PoolFirm(
            ident, fact.name, fact.location, near, tuple(reader.products[ident]), stands, reader.output(ident),
            fact.honours, tuple(self._ties(ident, fact, reader)), tuple(self._signals(ident, reader)),
            tuple(_risks(fact.name, reader, ident)), fact.records,
        )  # fmt: skip

    def _local(self, reader: FirmReader, ident: str) -> FirmFact | None:
        firm = reader.others.get(ident)
        here = firm is not None and self.supply.regions.locality(firm, self.market.county, "县") is Locality.LOCAL
        return firm if here else None

    def _local_ties(self, reader: FirmReader) -> dict[str, list[str]]:
        """Technology (id) -> local firms that lead in it too."""
        found: dict[str, list[str]] = defaultdict(list)
        for technology, firm in reader.leaders:
            if local := self._local(reader, firm):
                found[technology].append(local.name)
        return found

    def _ties(self, ident: str, fact: FirmFact, reader: FirmReader) -> Iterable[Tie]:
        for other, text, records in reader.deals[ident]:
            if firm := self._local(reader, other):
                yield Tie(text.format(firm.name), records)
        for source in self.supply.facts.sources:
            segment = self.supply.segments.get(source.segment)
            if segment and segment.county == self.market.county and norm(source.name) == norm(fact.name):
                yield Tie(f"现向本地供应“{segment.fact.name}”", source.records)
        for technology, name, records in reader.led[ident]:
            if self._here[technology]:
                yield Tie(f"与本地{self._here[technology][0]}同为“{name}”的优势单位", records)
            elif reader.segments_of[technology] & set(self.market.segments):
                yield Tie(f"掌握所需的关键技术“{name}”", records)

    def _signals(self, ident: str, reader: FirmReader) -> Iterable[str]:
        for t in self.supply.facts.stands:
            if t.firm == ident and t.segment in self.market.segments and t.state in ("签约", "在建"):
                yield f"已在本地{t.state}"
        yield from (f"承担项目“{name}”" for name in reader.projects[ident])


class FirmReader:
    """What the graph says of some firms: their products, size, dealings, technologies, projects."""

    def __init__(self, store: GraphStore, schema: Schema, ids: Collection[str]) -> None:
        rows = Rows(store, schema)
        self._facts = {f.id: f for f in rows.firms(ids)}
        self.products = _products(rows, ids)
        self.deals: dict[str, list[tuple[str, str, Records]]] = defaultdict(list)  # other firm, words, rows
        self.projects: dict[str, list[str]] = defaultdict(list)
        self.led: dict[str, list[tuple[str, str, Records]]] = defaultdict(list)  # technology, its name, rows
        self.stopped = {e["source"] for e in rows.edges("STANDS_ON", "企业", "环节", start=ids) if e["state"] == "停产"}
        for e in rows.edges("SUPPLIES", "企业", "企业", start=ids):
            self.deals[e["source"]].append((e["target"], "向{}供货", e["records"]))
        for e in rows.edges("SUPPLIES", "企业", "企业", end=ids):
            self.deals[e["target"]].append((e["source"], "向{}采购", e["records"]))
        for e in rows.edges("UNDERTAKEN_BY", "项目", "企业", end=ids, named=True):
            self.projects[e["target"]].append(e["name"])
        self._technologies(rows, ids)
        self._sizes(rows, ids)
        dealing = {other for deals in self.deals.values() for other, _, _ in deals}
        self.others = {f.id: f for f in rows.firms(dealing | {firm for _, firm in self.leaders})}

    def _technologies(self, rows: Rows, ids: Collection[str]) -> None:
        for e in rows.edges("LED_BY", "关键技术", "企业", end=ids, named=True):
            self.led[e["target"]].append((e["source"], e["name"], e["records"]))
        known = {t for led in self.led.values() for t, _, _ in led}
        self.leaders = [(e["source"], e["target"]) for e in rows.edges("LED_BY", "关键技术", "企业", start=known)]
        self.segments_of: dict[str, set[str]] = defaultdict(set)
        for e in rows.edges("ON_SEGMENT", "关键技术", "环节", start=known):
            self.segments_of[e["source"]].add(e["target"])

    def _sizes(self, rows: Rows, ids: Collection[str]) -> None:
        self._outputs: dict[str, tuple[int, float]] = {}
        self.losses: dict[str, int] = {}  # firm -> year, where its latest reported profit is below zero
        for n in rows.nodes("企业", ids):
            if n["output"] is not None:
                self._outputs[n["id"]] = (n["year"] or 0, n["output"])
        firm_of = {e["source"]: e["target"] for e in rows.edges("REPORT_OF", "企业年报", "企业", end=ids)}
        for n in sorted(rows.nodes("企业年报", set(firm_of)), key=lambda n: n["year"]):
            firm, size = firm_of[n["id"]], n["output"] if n["output"] is not None else n["revenue"]
            if size is not None:
                self._outputs[firm] = max(self._outputs.get(firm, (0, size)), (n["year"], size))
            if n["profit"] is not None:
                self.losses.pop(firm, None)
                if n["profit"] < 0:
                    self.losses[firm] = n["year"]

    def fact(self, ident: str) -> FirmFact:
        """The firm itself."""
        return self._facts[ident]

    def output(self, ident: str) -> float | None:
        """Output, else revenue, of the latest year (万元)."""
        return self._outputs[ident][1] if ident in self._outputs else None


def _products(rows: Rows, ids: Collection[str]) -> dict[str, list[PoolProduct]]:
    """What each firm makes. One product may be stated for several years: the latest with a share counts."""
    makes = rows.edges("MAKES", "企业", "产品", start=ids, named=True)
    makes.sort(key=lambda e: (e["share"] is not None, e["year"] or 0))
    latest = {(e["source"], e["target"]): e for e in makes}
    found: dict[str, list[PoolProduct]] = defaultdict(list)
    for (firm, _), e in sorted(latest.items()):
        found[firm].append(PoolProduct(e["name"], e["share"], e["records"]))
    return found


def _risks(name: str, reader: FirmReader, ident: str) -> Iterable[str]:
    if re.match(r"\*?S?ST", norm(name)):
        yield "上市公司被特别处理（ST）"
    if ident in reader.stopped:
        yield "有停产记录"
    if ident in reader.losses:
        yield f"{reader.losses[ident]}年亏损"
