"""What is known of each segment, for its own chain's county: who makes it, how many, who supplies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graph.analysis.facts import ExternalSourceFact, Facts, FeedFact, OutputFact, SegmentFact, StandFact
from graph.analysis.supply.location import Locality, RegionTree
from graph.analysis.supply.network import ESSENTIAL, SupplyNetwork

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What was known before a loss and stays known after it; `bereft` segments lost something by it."""

    makers: frozenset[str] = frozenset()
    supply: frozenset[str] = frozenset()
    bereft: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SegmentSupply:
    """What is known about one segment, for its own chain's county."""

    fact: SegmentFact
    county: str
    children: tuple[str, ...]
    line: tuple[str, ...]  # itself and its ancestors, parent first
    subtree: tuple[str, ...]  # itself and its descendants
    here: tuple[StandFact, ...]  # local stands directly on it
    city_here: tuple[StandFact, ...]  # 市内 stands directly on it
    sources: tuple[ExternalSourceFact, ...]
    outputs: tuple[OutputFact, ...]
    inputs: Mapping[str, int]  # segment -> essentiality, inherited ones included
    input_feeds: tuple[FeedFact, ...]
    makers: frozenset[str]  # local firms 在产 on it or below
    total: int  # N
    makers_known: bool
    supply_known: bool

    @property
    def ancestors(self) -> tuple[str, ...]:
        """Segments above it, parent first."""
        return self.line[1:]

    @property
    def n(self) -> int:
        """How many makers have a name."""
        return len(self.makers)

    @property
    def unnamed(self) -> bool:
        """Whether a report counts more makers than have a name."""
        return (self.fact.stated or 0) > self.n

    @property
    def summed(self) -> bool:
        """Whether it only sums up its parts (汇总); with a firm or a count of its own it is a leaf 本环节 too."""
        return bool(self.children) and not self.here and self.fact.stated is None

    @property
    def counted(self) -> bool:
        """Whether it counts in totals and ranks: no market, and no mere sum of others."""
        return self.fact.stage != "应用" and not self.summed

    @property
    def lower_bound(self) -> bool:
        """Whether its makers are known from rows alone: there may be more."""
        return self.makers_known and self.fact.surveyed == "否" and self.fact.stated is None

    @property
    def essential(self) -> list[str]:
        """Essential inputs."""
        return [u for u, level in self.inputs.items() if level >= ESSENTIAL]


def producing(stand: StandFact) -> bool:
    """在产, or nothing said."""
    return stand.state in (None, "在产")


def segment_supplies(
    facts: Facts, network: SupplyNetwork, regions: RegionTree, scope: str, known: Known
) -> dict[str, SegmentSupply]:
    """Every segment (by id) with what is known of it, in the order of the facts."""
    county_of = {c.id: c.county for c in facts.chains}
    segment_facts = {s.id: s for s in facts.segments}
    county = {ident: county_of[fact.chain] for ident, fact in segment_facts.items()}
    stands = _stands(facts, county, regions, scope)
    sources = _grouped(facts.sources, lambda e: e.segment)
    outputs = _grouped(facts.outputs, lambda o: o.segment)
    supplies: dict[str, SegmentSupply] = {}
    for ident in reversed(network.top_down):
        fact, children = segment_facts[ident], tuple(network.parts[ident])
        subtree, here = network.subtree[ident], stands[Locality.LOCAL]
        local = [t for x in subtree for t in here.get(x, ())]
        makers = frozenset(t.firm for t in local if producing(t))
        total = max([len(makers), fact.stated or 0, *(supplies[c].total for c in children)])
        bought = tuple(sources.get(ident, ()))
        supplies[ident] = SegmentSupply(
            fact=fact, county=county[ident], children=children, line=network.line[ident], subtree=subtree,
            here=tuple(here.get(ident, ())), city_here=tuple(stands[Locality.CITY].get(ident, ())),
            sources=bought, outputs=tuple(outputs.get(ident, ())),
            inputs=network.inputs[ident], input_feeds=network.input_feeds[ident], makers=makers, total=total,
            makers_known=ident in known.makers or total >= 1 or _makers_known(fact, local),
            supply_known=ident in known.supply or fact.surveyed == "是" or bool(bought),
        )  # fmt: skip
    return {ident: supplies[ident] for ident in segment_facts}


def _makers_known(fact: SegmentFact, local: Iterable[StandFact]) -> bool:
    """Whether nobody making it is a finding: it was surveyed, counted, or somebody stopped."""
    return fact.surveyed in ("是", "仅本地") or fact.stated is not None or any(t.state == "停产" for t in local)


def _stands(
    facts: Facts, county: Mapping[str, str], regions: RegionTree, scope: str
) -> dict[Locality, dict[str, list[StandFact]]]:
    """Stands by where the firm is as seen from the segment's county, then by segment."""
    firms = {f.id: f for f in facts.firms}
    stands: dict[Locality, dict[str, list[StandFact]]] = {locality: defaultdict(list) for locality in Locality}
    for stand in facts.stands:
        if stand.segment in county and stand.firm in firms:
            locality = regions.of_stand(stand, firms[stand.firm], county[stand.segment], scope)
            stands[locality][stand.segment].append(stand)
    return stands


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups
