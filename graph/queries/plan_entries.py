"""From the graph to the entries that measures count: each with the regions, chains and firm that it belongs to.

A row's county is its own, else its firm's, its chain's, its undertaker's, in this order; with it go the regions above.
Its chains are its own, else those of its segments, else those of its firm. A firm belongs to a county where it is local, to
a chain where it is local to the chain's county and stands on it; what is of outside firms belongs to nobody here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.analysis.facts import Facts, FirmFact
from graph.analysis.supply.location import Locality, RegionTree
from graph.measures.entry import Entry, When
from graph.measures.measure import SIX, load_measures
from graph.measures.six import all_six, six_have
from graph.model import ViewNode
from graph.plan.lead import Lead
from graph.queries.explorer import Explorer
from graph.queries.facts_reader import read_regions
from graph.queries.lead_reader import LEAD
from graph.text import norm

FIRM, CHAIN, SEGMENT, REGION = "企业", "产业链", "环节", "县市区"
OWNED = {"企业年报": "REPORT_OF", "资质认定": "AWARDED_TO"}  # kinds of which each is one firm's
UNDERTAKERS = ("UNDERTAKEN_BY", "HELD_BY", "RAISED_BY", "HOSTED_BY", "AFFILIATED_WITH", "SOLD_TO", "SOLD_BY")
SAME = {"招商线索": "项目"}  # what a thing of one kind becomes


class EntryReader:
    """Reads the entries of one state of the graph."""

    def __init__(self, explorer: Explorer, leads: Sequence[Lead], six_least: Mapping[str, float]) -> None:
        self.explorer, self.reader, self._six = explorer, explorer.reader, six_least
        self._leads = {lead.id: lead for lead in leads}
        self.regions = RegionTree(Facts(regions=tuple(read_regions(self.reader))))
        self.county_of = self._one("LOCATED_IN", CHAIN, REGION)
        self._chain_of_segment = self._one("IN_CHAIN", SEGMENT, CHAIN)
        self._local: dict[str, tuple[set[str], set[str]]] = {}  # firm -> its county (one or none), its chains
        self._firms: dict[str, ViewNode] = {}

    def read(self) -> list[Entry]:
        """Every entry of the kinds that measures count."""
        self._read_firms()
        kinds = dict.fromkeys(part.of for m in load_measures() for part in m.parts)
        entries = [e for kind in kinds for e in self._of_kind(kind)]
        return list(_joined(entries, self.county_of))

    def county_of_firm(self, firm: str) -> str:
        """The county (id) of a local firm; empty for any other, or one of several counties. Entries are read by then."""
        counties = self._local.get(firm, (set(), set()))[0]
        return next(iter(counties)) if len(counties) == 1 else ""

    # -- firms ------------------------------------------------------------------------------------

    def _read_firms(self) -> None:
        regions = self._one("LOCATED_IN", FIRM, REGION)
        stands: dict[str, set[str]] = defaultdict(set)
        for edge in self.reader.edges("STANDS_ON", FIRM, SEGMENT):
            stands[edge["source"]].add(self._chain_of_segment[edge["target"]])
        for edge in self.reader.edges("IN_CHAIN", FIRM, CHAIN):
            stands[edge["source"]].add(edge["target"])
        for firm in self.explorer.nodes(FIRM):
            stated, place = firm.values.get("县市区"), firm.values.get("所在地")
            fact = FirmFact(
                firm.id, firm.name, regions.get(firm.id), stated is not None, place, firm.values.get("状态") == "外部"
            )
            chains = {c for c in stands[firm.id] if self._is_local(fact, self.county_of.get(c, ""))}
            own = {fact.region} if fact.region and not fact.external else {self.county_of[c] for c in chains}
            nowhere = not (fact.external or fact.region_stated or fact.location)
            if own or nowhere:
                self._firms[firm.id] = firm
                self._local[firm.id] = (own, chains)

    def _is_local(self, firm: FirmFact, county: str) -> bool:
        return self.regions.locality(firm, county, "县") is Locality.LOCAL

    # -- kinds ------------------------------------------------------------------------------------

    def _of_kind(self, kind: str) -> Iterator[Entry]:
        if kind == FIRM:
            yield from (self._entry(n, *self._local[n.id], firm=n.id) for n in self._firms.values())
        elif kind in OWNED:
            yield from self._owned(kind, OWNED[kind])
        elif kind == LEAD:
            yield from (e for e in self._others(kind) if e.id in self._leads)  # those of one 编码 are one
        else:
            yield from self._others(kind)

    def _owned(self, kind: str, relation: str) -> Iterator[Entry]:
        firm_of = self._one(relation, kind, FIRM)
        for node in self.explorer.nodes(kind):
            firm = firm_of.get(node.id, "")
            if firm in self._local:
                yield self._entry(node, *self._local[firm], firm=firm)

    def _others(self, kind: str) -> Iterator[Entry]:
        counties, chains = self._many("LOCATED_IN", kind, REGION), self._many("IN_CHAIN", kind, CHAIN)
        segments = self._many("ON_SEGMENT", kind, SEGMENT)
        undertakers = [self._many(relation, kind, FIRM) for relation in UNDERTAKERS]
        for node in self.explorer.nodes(kind):
            if kind == CHAIN:
                yield self._entry(node, {self.county_of[node.id]}, {node.id})
                continue
            own = chains[node.id] or {self._chain_of_segment[s] for s in segments[node.id]}
            firms = {f for some in undertakers for f in some[node.id] if f in self._local}
            own = own or {c for f in firms for c in self._local[f][1]}
            county = counties[node.id] or {self.county_of[c] for c in own}
            yield self._entry(node, county or {c for f in firms for c in self._local[f][0]}, own, hosts=firms)

    def _entry(
        self, node: ViewNode, counties: set[str], chains: set[str], firm: str = "", hosts: Collection[str] = ()
    ) -> Entry:
        regions = dict.fromkeys(r for county in sorted(counties) for r in self.regions.line(county))
        subjects = (*regions, *sorted(chains), *((firm,) if firm else ()))
        return Entry(
            node.kind,
            node.id,
            node.name,
            self._values(node),
            node.records,
            tuple(dict.fromkeys(subjects)),
            firm=firm,
            hosts=tuple(sorted(hosts)),
            steps=tuple(_steps(self._leads[node.id])) if node.kind == LEAD else (),
        )

    def _values(self, node: ViewNode) -> Mapping[str, Any]:
        if node.kind != "平台":
            return node.values
        six = all_six(six_have(node.values, self._six))
        return {**node.values, **({} if six is None else {SIX: "是" if six else "否"})}

    # -- edges ------------------------------------------------------------------------------------

    def _many(self, relation: str, source: str, target: str) -> dict[str, set[str]]:
        ends: dict[str, set[str]] = defaultdict(set)
        if (source, target) in self.reader.schema.relations[relation].ends:
            for edge in self.reader.edges(relation, source, target):
                ends[edge["source"]].add(edge["target"])
        return ends

    def _one(self, relation: str, source: str, target: str) -> dict[str, str]:
        return {e["source"]: e["target"] for e in self.reader.edges(relation, source, target)}


def _steps(lead: Lead) -> Iterator[tuple[When | None, Mapping[str, Any]]]:
    for step in lead.steps:
        yield When(step.day.year, step.day) if step.day else None, step.values


def _joined(entries: Sequence[Entry], chains: Container[str]) -> Iterator[Entry]:
    """The entries, a lead that is a project bearing the project's id: same 编码, else same name and chain."""
    known: dict[tuple[str, ...], str] = {}
    for entry in entries:
        if entry.kind in SAME.values():
            for sign in _signs(entry, chains):
                known.setdefault(sign, entry.id)
    by_code: dict[tuple[str, ...], str] = {}
    for entry in entries:
        if entry.kind not in SAME:
            yield entry
            continue
        thing = next((known[s] for s in _signs(entry, chains) if s in known), None)
        if code := _code(entry):
            thing = thing or by_code.setdefault((code,), entry.id)
        yield replace(entry, thing=thing) if thing else entry


def _code(entry: Entry) -> str:
    return norm(str(entry.values.get("编码") or ""))


def _signs(entry: Entry, chains: Container[str]) -> Iterator[tuple[str, ...]]:
    """By what a lead and a project are known to be one."""
    if code := _code(entry):
        yield ("code", code)
    yield from (("name", norm(entry.name), s) for s in entry.subjects if s in chains)
