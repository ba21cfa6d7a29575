"""Who makes what where, and what is available: an AND/OR graph over all chains of a city.

Compiled once from the facts, then asked what falls for any set of losses. In a cycle the greatest
fixed point holds: a loop that can feed itself works as long as every member is made. Taking away from
"everything is available" what cannot hold, until nothing changes, reaches exactly that fixed point in
O(V + E); and since a loss only lowers the function, the fall from the present state is exact too and
costs only what it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

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
    def line(self) -> list[str]:
        """Itself and its ancestors."""
        return [self.fact.id, *self.ancestors]

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


@dataclass(frozen=True, slots=True)
class Known:
    """What was known before a loss and stays known after it; `bereft` segments lost something by it."""

    makers: frozenset[str] = frozenset()
    supply: frozenset[str] = frozenset()
    bereft: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fall:
    """What a loss brings down: segments no longer available, segments no longer made here."""

    gone: frozenset[str]
    unmade: frozenset[str]


class _Down:
    """One descent to the greatest fixed point: only what changes is held."""

    def __init__(self, supply: Supply) -> None:
        self.supply = supply
        self.gone: set[str] = set()
        self.unmade: set[str] = set()
        self.idle: set[str] = set()
        self.working: dict[str, int] = {}
        self._crew: dict[str, int] = {}
        self._supplies: dict[str, int] = {}
        self._queue: list[str] = []

    def leave(self, ident: str) -> None:
        """A maker leaves a segment."""
        self._crew[ident] = left = self._crew.get(ident, self.supply._crew[ident]) - 1
        if not left:
            self.stop(ident)

    def unsupply(self, ident: str) -> None:
        """A supplier from elsewhere leaves a segment."""
        self._supplies[ident] = self._supplies.get(ident, self.supply._supplies[ident]) - 1
        self.check(ident)

    def stop(self, ident: str) -> None:
        """Makers of a segment stop; what is above it may no longer be made."""
        if ident in self.idle or ident in self.supply._idle:
            return
        self.idle.add(ident)
        for x in self.supply.segments[ident].line:
            self.working[x] = left = self.working.get(x, self.supply._working[x]) - 1
            if not left:
                self.unmade.add(x)
                self.check(x)

    def check(self, ident: str) -> None:
        """Drop a segment that nothing holds any more."""
        supply = self.supply
        held = (
            not supply.segments[ident].supply_known
            or self.working.get(ident, supply._working[ident]) > 0
            or self._supplies.get(ident, supply._supplies[ident]) > 0
        )
        if not held:
            self.drop(ident)

    def drop(self, ident: str) -> None:
        """A segment is no longer available."""
        if ident not in self.gone:
            self.gone.add(ident)
            self._queue.append(ident)

    def spread(self) -> None:
        """Stop everything that needs what is gone."""
        while self._queue:
            for user in self.supply.users.get(self._queue.pop(), ()):
                self.stop(user)


class Supply:
    """The compiled structure. Reads facts, changes nothing."""

    def __init__(self, facts: Facts, scope: str = "县", known: Known | None = None) -> None:
        self.facts, self.scope = facts, scope
        self.known = known or Known()
        self.firms = {f.id: f for f in facts.firms}
        self.regions = Regions(facts)
        county_of = {c.id: c.county for c in facts.chains}
        self.segments = {s.id: SegmentSupply(s, county_of[s.chain]) for s in facts.segments}
        self._trees()
        self._stands()
        self._feeds()
        self._counts()
        self._compile()
        self.state = self._rest()

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
        found = {root: None}
        todo = [root]
        for ident in todo:
            fresh = [c for c in self.segments[ident].children if c not in found]
            found |= dict.fromkeys(fresh)
            todo += fresh
        return todo

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
                or ident in self.known.makers
            )
            s.supply_known = s.fact.surveyed == "是" or bool(s.sources) or ident in self.known.supply

    def _leaves_first(self) -> list[str]:
        return sorted(self.segments, key=lambda i: (-len(self.segments[i].ancestors), i))

    def _compile(self) -> None:
        """Lookups from what can be lost to what it carries."""
        self.users: dict[str, list[str]] = defaultdict(list)  # segment -> those that need it
        self.crews: dict[str, list[str]] = defaultdict(list)  # local firm -> segments it makes, directly
        self.helpers: dict[str, list[str]] = defaultdict(list)  # 市内 firm -> segments it supplies, ancestors too
        self.bought: dict[str, list[str]] = defaultdict(list)  # outside source -> segments it supplies
        self._crew: dict[str, int] = {}  # hands on a segment: named makers, and one more for the unnamed
        self._supplies: dict[str, int] = dict.fromkeys(self.segments, 0)
        for ident, s in self.segments.items():
            for u in s.essential:
                self.users[u].append(ident)
            firms = dict.fromkeys(t.firm for t in s.here if producing(t))
            self._crew[ident] = len(firms) + s.unnamed
            for firm in firms:
                self.crews[firm].append(ident)
            for firm in dict.fromkeys(t.firm for t in s.city_here if producing(t)):
                for x in s.line:
                    self.helpers[firm].append(x)
                    self._supplies[x] += 1
            for source in dict.fromkeys(e.name for e in s.sources):
                self.bought[source].append(ident)
                self._supplies[ident] += 1

    def _rest(self) -> Availability:
        """The state with nothing lost."""
        self._working = dict.fromkeys(self.segments, 0)  # segments at or below that work
        self._idle: set[str] = set()
        for s in self.segments.values():
            for x in s.line:
                self._working[x] += 1
        down = _Down(self)
        for ident in self.segments:
            if not self._crew[ident]:
                down.stop(ident)
        for ident in self.segments:
            down.check(ident)
        down.spread()
        self._working.update(down.working)
        self._idle = down.idle
        return Availability(
            {i: i not in down.gone for i in self.segments},
            {i: self._supplies[i] > 0 for i in self.segments},
            {i: self._working[i] > 0 for i in self.segments},
        )

    # -- reading ----------------------------------------------------------------------------------

    def stands(self, segment: str) -> list[StandFact]:
        """Local stands on a segment and below."""
        return [t for x in self.segments[segment].subtree for t in self.segments[x].here]

    def city_makers(self, segment: str) -> list[StandFact]:
        """市内 firms 在产 on a segment or below."""
        return [t for x in self.segments[segment].subtree for t in self.segments[x].city_here if producing(t)]

    def fall(self, firms: Collection[str] = (), sources: Collection[str] = (), segments: Collection[str] = ()) -> Fall:
        """What a loss brings down: of firms (ids), outside sources (names), or whole segments (ids).

        Makers known and supply known stay as they were: a removal makes neither unknown. Costs what it touches.
        """
        down = _Down(self)
        for firm in firms:
            for ident in self.crews.get(firm, ()):
                down.leave(ident)
            for ident in self.helpers.get(firm, ()):
                down.unsupply(ident)
        for source in sources:
            for ident in self.bought.get(source, ()):
                down.unsupply(ident)
        for ident in segments:
            down.drop(ident)
        down.spread()
        return Fall(frozenset(i for i in down.gone if self.state.available[i]), frozenset(down.unmade))

    def evaluate(self, lost_firms: Collection[str] = (), lost_sources: Collection[str] = ()) -> Availability:
        """What is available once these firms (ids) and outside sources (names) are gone."""
        fallen = self.fall(lost_firms, lost_sources)
        left = dict(self._supplies)
        for group, index in ((lost_firms, self.helpers), (lost_sources, self.bought)):
            for one in group:
                for ident in index.get(one, ()):
                    left[ident] -= 1
        return Availability(
            {i: here and i not in fallen.gone for i, here in self.state.available.items()},
            {i: n > 0 for i, n in left.items()},
            {i: here and i not in fallen.unmade for i, here in self.state.made.items()},
        )

    def works(self, segment: str, available: Callable[[str], bool]) -> bool:
        """Whether somebody on a segment or below has every essential input, given what is available."""
        return any(
            self._crew[x] > 0 and all(available(u) for u in self.segments[x].essential)
            for x in self.segments[segment].subtree
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
