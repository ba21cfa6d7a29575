"""Outside firms that could answer some segments: who they are, what they make, whom here they know.

Found through rows that place them on a segment, through the names of what they make and the industries they are of, so a
big imported pool (listed companies) costs what matches, not what there is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import orjson

from graph.analysis.config import GapConfig
from graph.analysis.facts import FirmFact
from graph.analysis.recruiting.outside_firm import PoolFirm, PoolProduct, Tie, Wish
from graph.analysis.recruiting.product_match import sought
from graph.analysis.recruiting.vocabulary import ChainWords
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.location import Locality
from graph.naming.divisions import bare
from graph.naming.kinship import Kin, Kinship, KnownFirm, Relatives
from graph.naming.places import MADE_UP, Place, firm_place, nearness
from graph.queries.facts_reader import read_firms
from graph.queries.rows import GraphReader
from graph.schema.types.code import stock_code
from graph.store.rows import Row
from graph.text import norm

Records = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """What is asked for, as seen from a county (id) of a city: its home, and the names of segments (by id)."""

    segments: Mapping[str, str]
    county: str
    home: Place
    around: ChainWords
    trade: str  # what the chain is about, as its name has it
    today: date


class Pool:
    """The outside firms of one market, read from the graph."""

    def __init__(self, reader: GraphReader, supply: Supply, config: GapConfig, market: Market) -> None:
        self._reader, self.supply, self.market, self._config = reader, supply, market, config
        self._regions = {r.id: r.name for r in supply.facts.regions}
        stands: dict[str, set[str]] = defaultdict(set)
        for t in supply.facts.stands:
            if t.segment in market.segments:
                stands[t.firm].add(t.segment)
        meant = {i: sought(name, market.around, config) for i, name in market.segments.items()}
        words = {word for s in meant.values() for word in s.words()}
        ids = set(stands) | reader.makers(words) | reader.in_industries(words)
        profiles = FirmProfiles(reader, ids)
        self._here = self._local_leaders(profiles)
        outside = {i for i in ids if self._locality(profiles.fact(i)) is Locality.OUTSIDE}
        self._kin = self._kin_here(outside)
        outside -= {i for i, (_, k) in self._kin.items() if k.kin is Kin.SAME}
        if not self._regions[market.county].startswith(MADE_UP):  # who is invented never comes to a real county
            outside -= {i for i in outside if self._where(profiles.fact(i)).startswith(MADE_UP)}
        self.firms = [self._firm(profiles, i, frozenset(stands[i])) for i in sorted(outside)]
        made_here: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for firm in sorted(stands.keys() - outside):
            for segment in stands[firm] if profiles.products[firm] else ():
                made_here[segment].append(tuple(p.name for p in profiles.products[firm]))
        self.wishes = {i: Wish(s, market.trade, tuple(made_here[i])) for i, s in meant.items()}

    def _locality(self, firm: FirmFact) -> Locality:
        return self.supply.regions.locality(firm, self.market.county, "县")

    def _kin_here(self, outside: Collection[str]) -> dict[str, tuple[str, Kinship]]:
        """The outside firms (ids) that belong together with a local one, with its name and how."""
        local = {f.id for f in self.supply.facts.firms if self._locality(f) is Locality.LOCAL}
        here = Relatives(_known(n) for n in self._reader.nodes("企业", local))
        kin_of = ((n["id"], here.of(_known(n))) for n in self._reader.nodes("企业", outside))
        return {ident: kin for ident, kin in kin_of if kin is not None}

    def common(self) -> dict[str, int]:
        """How many products end with what these firms make, where it is but the end of a term; see `ProductMatch`."""
        terms = {t for w in self.wishes.values() for t in w.sought.terms}
        ends = {t[at:] for t in terms for at in range(1, len(t) - 1)}
        return self._reader.product_endings({norm(p.name) for f in self.firms for p in f.products} & ends)

    def _firm(self, profiles: FirmProfiles, ident: str, stands: frozenset[str]) -> PoolFirm:
        fact = profiles.fact(ident)
        region = self._region(fact)
        known = firm_place(fact.name, fact.location, region, self.market.home)
        place = known.place if known else None
        return PoolFirm(
            ident,
            fact.name,
            self._where(fact) or None,
            place,
            nearness(self.market.home, place),
            tuple(profiles.products[ident]),
            tuple(profiles.industries[ident]),
            stands,
            profiles.output(ident),
            fact.honours,
            tuple(self._ties(ident, fact, profiles)),
            tuple(self._signals(ident, profiles)),
            tuple(self._risks(fact.name, profiles, ident)),
            tuple(_related(r) for r in (self._kin.get(ident),) if r and r[1].kin is Kin.LIKELY),
            fact.records,
        )

    def _where(self, fact: FirmFact) -> str:
        """Where a firm is as rows say it; empty where they do not."""
        return fact.location or self._region(fact) or ""

    def _region(self, fact: FirmFact) -> str | None:
        """The region of a firm as a place is written, the widest first (丽水市松阳县); 丽水开发区 says 丽水市 itself."""
        line = self.supply.regions.line(fact.region) if fact.region else ()
        names = [self._regions[r] for r in line if r in self._regions]
        wider = [n for n, below in zip(names[1:], names, strict=False) if not below.startswith(bare(n))]
        return "".join((*reversed(wider), *names[:1])) or None

    def _local(self, profiles: FirmProfiles, ident: str) -> FirmFact | None:
        firm = profiles.others.get(ident)
        return firm if firm is not None and self._locality(firm) is Locality.LOCAL else None

    def _local_leaders(self, profiles: FirmProfiles) -> dict[str, list[str]]:
        """Technology (id) -> local firms that lead in it too."""
        return {
            technology: [local.name for firm in firms if (local := self._local(profiles, firm))]
            for technology, firms in profiles.leaders.items()
        }

    def _ties(self, ident: str, fact: FirmFact, profiles: FirmProfiles) -> Iterable[Tie]:
        for deal in profiles.deals[ident]:
            if firm := self._local(profiles, deal.other):
                yield Tie(deal.words.format(firm.name), deal.records)
        for source in self.supply.facts.sources:
            segment = self.supply.segments.get(source.segment)
            if segment and segment.county == self.market.county and norm(source.name) == norm(fact.name):
                yield Tie(f"现向本地供应“{segment.fact.name}”", source.records)
        for lead in profiles.leads[ident]:
            if local := self._here.get(lead.technology):
                yield Tie(f"与本地{local[0]}同为“{lead.name}”的优势单位", lead.records)
            elif profiles.segments_of[lead.technology] & set(self.market.segments):
                yield Tie(f"掌握所需的关键技术“{lead.name}”", lead.records)

    def _signals(self, ident: str, profiles: FirmProfiles) -> Iterable[str]:
        for t in self.supply.facts.stands:
            if t.firm == ident and t.segment in self.market.segments and t.state in ("签约", "在建"):
                yield f"已在本地{t.state}"
        yield from (f"承担项目“{name}”" for name in profiles.projects[ident])

    def _risks(self, name: str, profiles: FirmProfiles, ident: str) -> Iterable[str]:
        if (relative := self._kin.get(ident)) and relative[1].kin is Kin.SISTER:
            yield _related(relative)
        if re.match(r"\*?S?ST", norm(name)):
            yield "上市公司被特别处理（ST）"
        if ident in profiles.stopped:
            yield "有停产记录"
        if ident in profiles.losses:
            yield f"{profiles.losses[ident]}年亏损"
        years = [p.year for p in profiles.products[ident] if p.share is not None and p.year]
        if years and max(years) < self.market.today.year - self._config.stale_years:
            yield f"营收占比是{max(years)}年的"


@dataclass(frozen=True, slots=True)
class Deal:
    """What a firm supplies to another or buys from it, in words with a place for the other's name."""

    other: str
    words: str
    records: Records


@dataclass(frozen=True, slots=True)
class TechnologyLead:
    """A key technology (id) in which a firm leads."""

    technology: str
    name: str
    records: Records


class FirmProfiles:
    """What the graph says of some firms: their products, size, dealings, technologies, projects."""

    def __init__(self, reader: GraphReader, ids: Collection[str]) -> None:
        self._facts = {f.id: f for f in read_firms(reader, ids)}
        self.products = _products(reader, ids)
        self.deals = _deals(reader, ids)
        self.industries: dict[str, list[str]] = defaultdict(list)
        for e in reader.edges("IN_INDUSTRY", "企业", "行业", start=ids, named=True):
            self.industries[e["source"]].append(e["name"])
        self.projects: dict[str, list[str]] = defaultdict(list)
        for e in reader.edges("UNDERTAKEN_BY", "项目", "企业", end=ids, named=True):
            self.projects[e["target"]].append(e["name"])
        standing = reader.edges("STANDS_ON", "企业", "环节", start=ids)
        self.stopped = {e["source"] for e in standing if e["state"] == "停产"}
        self._technologies(reader, ids)
        self._sizes(reader, ids)
        dealing = {deal.other for deals in self.deals.values() for deal in deals}
        leading = {firm for firms in self.leaders.values() for firm in firms}
        self.others = {f.id: f for f in read_firms(reader, dealing | leading)}

    def _technologies(self, reader: GraphReader, ids: Collection[str]) -> None:
        self.leads: dict[str, list[TechnologyLead]] = defaultdict(list)
        self.leaders: dict[str, list[str]] = defaultdict(list)  # technology -> every firm that leads in it
        self.segments_of: dict[str, set[str]] = defaultdict(set)
        for e in reader.edges("LED_BY", "关键技术", "企业", end=ids, named=True):
            self.leads[e["target"]].append(TechnologyLead(e["source"], e["name"], e["records"]))
        technologies = {lead.technology for leads in self.leads.values() for lead in leads}
        for e in reader.edges("LED_BY", "关键技术", "企业", start=technologies):
            self.leaders[e["source"]].append(e["target"])
        for e in reader.edges("ON_SEGMENT", "关键技术", "环节", start=technologies):
            self.segments_of[e["source"]].add(e["target"])

    def _sizes(self, reader: GraphReader, ids: Collection[str]) -> None:
        self._outputs: dict[str, tuple[int, float]] = {}  # firm -> year, output
        self.losses: dict[str, int] = {}  # firm -> year, where its latest reported profit is below zero
        for n in reader.nodes("企业", ids):
            if n["output"] is not None:
                self._outputs[n["id"]] = (n["year"] or 0, n["output"])
        firm_of = {e["source"]: e["target"] for e in reader.edges("REPORT_OF", "企业年报", "企业", end=ids)}
        for n in sorted(reader.nodes("企业年报", set(firm_of)), key=lambda n: n["year"]):
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


def _related(relative: tuple[str, Kinship]) -> str:
    local, kinship = relative
    return f"与本地{local}{kinship.kin.value}（{kinship.why}）"


def _known(firm: Row) -> KnownFirm:
    """What rows say of who a firm is."""
    extras = orjson.loads(firm["extras"] or "{}")
    texts = {caption: str(value) for caption, value in extras.items()}
    return KnownFirm.of(firm["name"], firm["aliases"], (firm["code"], stock_code(str(firm["stock_code"] or ""))), texts)


def _deals(reader: GraphReader, ids: Collection[str]) -> dict[str, list[Deal]]:
    """By firm, whom it supplies, then whom it buys from."""
    deals: dict[str, list[Deal]] = defaultdict(list)
    for e in reader.edges("SUPPLIES", "企业", "企业", start=ids):
        deals[e["source"]].append(Deal(e["target"], "向{}供货", e["records"]))
    for e in reader.edges("SUPPLIES", "企业", "企业", end=ids):
        deals[e["target"]].append(Deal(e["source"], "向{}采购", e["records"]))
    return deals


def _products(reader: GraphReader, ids: Collection[str]) -> dict[str, list[PoolProduct]]:
    """What each firm makes; a product stated for several years stands once for each."""
    products: dict[str, list[PoolProduct]] = defaultdict(list)
    for e in reader.edges("MAKES", "企业", "产品", start=ids, named=True):
        products[e["source"]].append(PoolProduct(e["name"], e["share"], e["year"], e["records"]))
    return products
