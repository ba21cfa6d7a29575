"""Who makes what where, and what is available: an AND/OR graph over all chains of a city.

Compiled once from the facts, then evaluated for any set of losses. In a cycle the greatest fixed
point holds: a loop that can feed itself works as long as every member is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

import networkx as nx

from graph.analysis.facts import ExternalSourceFact, Facts, FeedFact, FirmFact, OutputFact, SegmentFact, StandFact

ESSENTIAL = 2


class Place(Enum):
    """Where a firm stands as seen from a chain's county."""

    LOCAL = "本地"
    CITY = "市内"
    OUTSIDE = "外地"


class Regions:
    """Which region lies in which, and which city each belongs to."""

    def __init__(self, facts: Facts) -> None:
        self._parent = {r.id: r.parent for r in facts.regions}
        roots = {self._line(r.id)[-1] for r in facts.regions if r.parent}
        # Where no 上级 is given there is one city: the only one there is, or all such regions together.
        self._default = next(iter(roots)) if len(roots) == 1 else ""
        self._roots = roots

    def _line(self, region: str) -> list[str]:
        line = [region]
        while (above := self._parent.get(line[-1])) and above not in line:
            line.append(above)
        return line

    def within(self, region: str, county: str) -> bool:
        """Whether a region is the county or lies below it."""
        return county in self._line(region)

    def city(self, region: str) -> str:
        """The city of a region."""
        root = self._line(region)[-1]
        return root if root in self._roots else self._default

    def place(self, firm: FirmFact, county: str, scope: str) -> Place:
        """Where a firm stands as seen from a county (scope 县) or from its city (scope 市)."""
        if firm.external:
            return Place.OUTSIDE
        if firm.region is None:
            return Place.OUTSIDE if firm.region_stated or firm.location else Place.LOCAL
        if self.within(firm.region, county):
            return Place.LOCAL
        if self.city(firm.region) == self.city(county):
            return Place.LOCAL if scope == "市" else Place.CITY
        return Place.OUTSIDE


@dataclass(slots=True)
class SegmentSupply:
    """What is known about one segment, for its own chain's county."""

    fact: SegmentFact
    county: str
    children: list[str] = field(default_factory=list)
    ancestors: list[str] = field(default_factory=list)  # parent first
    subtree: list[str] = field(default_factory=list)  # itself and its descendants
    here: list[StandFact] = field(default_factory=list)  # local stands directly on it
    city_here: list[StandFact] = field(default_factory=list)  # 市内 stands directly on it
    sources: list[ExternalSourceFact] = field(default_factory=list)
    outputs: list[OutputFact] = field(default_factory=list)
    feeds: list[FeedFact] = field(default_factory=list)  # into it, directly
    inputs: dict[str, int] = field(default_factory=dict)  # segment -> essentiality, inherited ones included
    input_feeds: list[FeedFact] = field(default_factory=list)
    makers: frozenset[str] = frozenset()  # local firms 在产 on it or below
    total: int = 0  # N
    makers_known: bool = False
    supply_known: bool = False

    @property
    def n(self) -> int:
        """How many makers have a name."""
        return len(self.makers)

    @property
    def unnamed(self) -> bool:
        """Whether a report counts more makers than have a name."""
        return (self.fact.stated or 0) > self.n

    @property
    def essential(self) -> list[str]:
        """Essential inputs."""
        return [u for u, level in self.inputs.items() if level >= ESSENTIAL]


def producing(stand: StandFact) -> bool:
    """在产, or nothing said."""
    return stand.state in (None, "在产")


@dataclass(frozen=True, slots=True)
class Availability:
    """Per segment: available, and by what."""

    available: Mapping[str, bool]
    supplied: Mapping[str, bool]
    made: Mapping[str, bool]


class Supply:
    """The compiled structure. Reads facts, changes nothing."""

    def __init__(self, facts: Facts, scope: str = "县") -> None:
        self.facts, self.scope = facts, scope
        self.firms = {f.id: f for f in facts.firms}
        self.regions = Regions(facts)
        county_of = {c.id: c.county for c in facts.chains}
        self.segments = {s.id: SegmentSupply(s, county_of[s.chain]) for s in facts.segments}
        self._trees()
        self._stands()
        self._feeds()
        self._counts()
        self._order = self._evaluation_order()

    # -- compiling --------------------------------------------------------------------------------

    def _trees(self) -> None:
        for ident, s in self.segments.items():
            if s.fact.parent in self.segments:
                self.segments[s.fact.parent].children.append(ident)
        for s in self.segments.values():
            above = s.fact.parent
            while above in self.segments and above not in s.ancestors and above != s.fact.id:
                s.ancestors.append(above)
                above = self.segments[above].fact.parent
            s.subtree = self._below(s.fact.id)

    def _below(self, root: str) -> list[str]:
        found = [root]
        for ident in found:
            found += [c for c in self.segments[ident].children if c not in found]
        return found

    def _stands(self) -> None:
        for stand in self.facts.stands:
            s = self.segments.get(stand.segment)
            firm = self.firms.get(stand.firm)
            if s is None or firm is None:
                continue
            place = self.regions.place(firm, s.county, self.scope)
            if place is Place.LOCAL:
                s.here.append(stand)
            elif place is Place.CITY:
                s.city_here.append(stand)
        for source in self.facts.sources:
            if source.segment in self.segments:
                self.segments[source.segment].sources.append(source)
        for output in self.facts.outputs:
            if output.segment in self.segments:
                self.segments[output.segment].outputs.append(output)

    def _feeds(self) -> None:
        into: dict[str, list[FeedFact]] = defaultdict(list)
        for feed in self.facts.feeds:
            if feed.source in self.segments and feed.target in self.segments:
                into[feed.target].append(feed)
        below = {ident: frozenset(s.subtree) for ident, s in self.segments.items()}
        for ident, s in self.segments.items():
            s.feeds = into[ident]
            s.input_feeds = list(into[ident])
            for above in s.ancestors:
                s.input_feeds += [f for f in into[above] if f.source not in below[above]]
            for feed in s.input_feeds:
                level = ESSENTIAL if feed.essentiality is None else feed.essentiality
                s.inputs[feed.source] = max(level, s.inputs.get(feed.source, 0))

    def _counts(self) -> None:
        for ident in self._leaves_first():
            s = self.segments[ident]
            stands = self.stands(ident)
            s.makers = frozenset(t.firm for t in stands if producing(t))
            s.total = max([s.n, s.fact.stated or 0, *(self.segments[c].total for c in s.children)])
            s.makers_known = (
                s.fact.surveyed in ("是", "仅本地")
                or s.fact.stated is not None
                or s.total >= 1
                or any(t.state == "停产" for t in stands)
            )
            s.supply_known = s.fact.surveyed == "是" or bool(s.sources)

    def _leaves_first(self) -> list[str]:
        return sorted(self.segments, key=lambda i: (-len(self.segments[i].ancestors), i))

    def _evaluation_order(self) -> list[list[str]]:
        """Strongly connected groups, each after the groups it depends on."""
        needs: nx.DiGraph[str] = nx.DiGraph()
        needs.add_nodes_from(self.segments)
        for ident, s in self.segments.items():
            for x in s.subtree:
                needs.add_edges_from((ident, u) for u in self.segments[x].essential)
        groups = nx.condensation(needs)
        return [sorted(groups.nodes[g]["members"]) for g in reversed(list(nx.topological_sort(groups)))]

    # -- reading ----------------------------------------------------------------------------------

    def stands(self, segment: str) -> list[StandFact]:
        """Local stands on a segment and below."""
        return [t for x in self.segments[segment].subtree for t in self.segments[x].here]

    def city_makers(self, segment: str) -> list[StandFact]:
        """市内 firms 在产 on a segment or below."""
        return [t for x in self.segments[segment].subtree for t in self.segments[x].city_here if producing(t)]

    def evaluate(self, lost_firms: Collection[str] = (), lost_sources: Collection[str] = ()) -> Availability:
        """What is available once these firms (ids) and outside sources (names) are gone.

        Makers known and supply known stay as they were: a removal makes neither unknown. O(V + E).
        """
        supplied = {
            ident: any(e.name not in lost_sources for e in s.sources)
            or any(t.firm not in lost_firms for t in self.city_makers(ident))
            for ident, s in self.segments.items()
        }
        available: dict[str, bool] = {}
        made: dict[str, bool] = {}
        manned = {
            ident: s.unnamed or any(producing(t) and t.firm not in lost_firms for t in s.here)
            for ident, s in self.segments.items()
        }
        for group in self._order:
            # Greatest fixed point: assume everything, then take away what cannot hold.
            available.update(dict.fromkeys(group, True))
            changed = True
            while changed:
                changed = False
                for ident in group:
                    made[ident] = self._made(ident, manned, available)
                    holds = supplied[ident] or made[ident] or not self.segments[ident].supply_known
                    if available[ident] and not holds:
                        available[ident], changed = False, True
        return Availability(available, supplied, made)

    def _made(self, segment: str, manned: Mapping[str, bool], available: Mapping[str, bool]) -> bool:
        return any(
            manned[x] and all(available[u] for u in self.segments[x].essential) for x in self.segments[segment].subtree
        )

    def upstream(self, segment: str) -> list[str]:
        """Essential inputs, direct or through others, nearest first."""
        found = list(dict.fromkeys(self.segments[segment].essential))
        seen = set(found)
        for ident in found:
            for u in self.segments[ident].essential:
                if u not in seen:
                    seen.add(u)
                    found.append(u)
        return found

    def feeding_makers(self) -> frozenset[str]:
        """Segments that are an essential input, direct or through others, of a segment with N >= 1."""
        wanted: list[str] = [i for i, s in self.segments.items() if s.total >= 1]
        found: set[str] = set()
        for ident in wanted:
            fresh = [u for u in self.segments[ident].essential if u not in found]
            found.update(fresh)
            wanted += fresh
        return frozenset(found)

    def lacking(self, segment: str, state: Availability) -> list[str]:
        """Unavailable essential inputs, and what these lack in turn, nearest first."""
        found = [u for u in self.segments[segment].essential if not state.available[u]]
        for ident in found:
            for x in self.segments[ident].subtree:
                found += [u for u in self.segments[x].essential if not state.available[u] and u not in found]
        return found


def herfindahl(shares: Iterable[float]) -> float:
    """Concentration of a segment's producers: the sum of squared shares, in (0, 1].

    Shares are non-negative and in any unit; they are normalised first. Source: Hirschman (1964).
    Raises ValueError when nothing is positive.

    >>> round(herfindahl([30, 30, 20, 20]), 2)
    0.26
    """
    values = list(shares)
    total = sum(values)
    if total <= 0:
        raise ValueError("no positive share")
    return sum((v / total) ** 2 for v in values)
