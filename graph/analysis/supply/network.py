"""Who makes what where, and what is available: an AND/OR graph over all chains of a city.

Compiled once from the facts, then asked what falls for any set of losses. In a cycle the greatest
fixed point holds: a loop that can feed itself works as long as every member is made. Taking away from
"everything is available" what cannot hold, until nothing changes, reaches exactly that fixed point in
O(V + E); and since a loss only lowers the function, the fall from the present state is exact too and
costs only what it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.analysis.facts import ExternalSourceFact, Facts, FeedFact, OutputFact, SegmentFact, StandFact
from graph.analysis.supply.cascade import Descent, Fall
from graph.analysis.supply.location import Place, Regions

ESSENTIAL = 2


@dataclass(slots=True)
class SegmentSupply:
    """What is known about one segment, for its own chain's county."""

    fact: SegmentFact
    county: str
    children: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)  # itself and its ancestors, parent first
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
    def ancestors(self) -> list[str]:
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
            s.line = [s.fact.id]
            while (above := self.segments[s.line[-1]].fact.parent) in self.segments and above not in s.line:
                s.line.append(above)
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
        return sorted(self.segments, key=lambda i: (-len(self.segments[i].line), i))

    def _compile(self) -> None:
        """Lookups from what can be lost to what it carries."""
        self.users: dict[str, list[str]] = defaultdict(list)  # segment -> those that need it
        self.crews: dict[str, list[str]] = defaultdict(list)  # local firm -> segments it makes, directly
        self.helpers: dict[str, list[str]] = defaultdict(list)  # 市内 firm -> segments it supplies, ancestors too
        self.bought: dict[str, list[str]] = defaultdict(list)  # outside source -> segments it supplies
        self.crew: dict[str, int] = {}  # hands on a segment: named makers, and one more for the unnamed
        self.supplies: dict[str, int] = dict.fromkeys(self.segments, 0)
        for ident, s in self.segments.items():
            for u in s.essential:
                self.users[u].append(ident)
            firms = dict.fromkeys(t.firm for t in s.here if producing(t))
            self.crew[ident] = len(firms) + s.unnamed
            for firm in firms:
                self.crews[firm].append(ident)
            for firm in dict.fromkeys(t.firm for t in s.city_here if producing(t)):
                for x in s.line:
                    self.helpers[firm].append(x)
                    self.supplies[x] += 1
            for source in dict.fromkeys(e.name for e in s.sources):
                self.bought[source].append(ident)
                self.supplies[ident] += 1

    def _rest(self) -> Availability:
        """The state with nothing lost."""
        self.working = dict.fromkeys(self.segments, 0)  # segments at or below that work
        self.idle: set[str] = set()
        for s in self.segments.values():
            for x in s.line:
                self.working[x] += 1
        down = Descent(self)
        for ident in self.segments:
            if not self.crew[ident]:
                down.stop(ident)
        for ident in self.segments:
            down.check(ident)
        down.spread()
        self.working.update(down.working)
        self.idle = down.idle
        return Availability(
            {i: i not in down.gone for i in self.segments},
            {i: self.supplies[i] > 0 for i in self.segments},
            {i: self.working[i] > 0 for i in self.segments},
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

        Makers known and supply known stay as they were: a removal makes neither unknown. A segment that is
        lost is neither made, there or below, nor bought. Costs what it touches.
        """
        down = Descent(self)
        for firm in firms:
            for ident in self.crews.get(firm, ()):
                down.leave(ident)
            for ident in self.helpers.get(firm, ()):
                down.unsupply(ident)
        for source in sources:
            for ident in self.bought.get(source, ()):
                down.unsupply(ident)
        for ident in segments:
            for x in self.segments[ident].subtree:
                down.stop(x)
            down.drop(ident)
        down.spread()
        return down.result()

    def evaluate(self, lost_firms: Collection[str] = (), lost_sources: Collection[str] = ()) -> Availability:
        """What is available once these firms (ids) and outside sources (names) are gone."""
        fallen = self.fall(lost_firms, lost_sources)
        left = dict(self.supplies)
        for group, index in ((lost_firms, self.helpers), (lost_sources, self.bought)):
            for one in group:
                for ident in index.get(one, ()):
                    left[ident] -= 1
        return Availability(
            {i: here and i not in fallen.gone for i, here in self.state.available.items()},
            {i: n > 0 for i, n in left.items()},
            {i: here and i not in fallen.unmade for i, here in self.state.made.items()},
        )

    def unproven(self) -> frozenset[str]:
        """Segments with an essential input, direct or through others, that is available only for want of knowledge."""
        state = self.state
        todo = [i for i, on in state.available.items() if on and not state.supplied[i] and not state.made[i]]
        found: set[str] = set()
        for ident in todo:
            fresh = [u for u in self.users.get(ident, ()) if u not in found]
            found.update(fresh)
            todo += fresh
        return frozenset(found)

    def feeding_makers(self) -> frozenset[str]:
        """Segments that are an essential input, direct or through others, of a segment with N >= 1."""
        wanted: list[str] = [i for i, s in self.segments.items() if s.total >= 1]
        found: set[str] = set()
        for ident in wanted:
            fresh = [u for u in self.segments[ident].essential if u not in found]
            found.update(fresh)
            wanted += fresh
        return frozenset(found)

    def lacking(self, inputs: Iterable[str]) -> list[str]:
        """Of some inputs the unavailable ones, and what these lack in turn, nearest first."""
        on = self.state.available
        found = dict.fromkeys(u for u in inputs if not on[u])
        todo = list(found)
        for ident in todo:
            for x in self.segments[ident].subtree:
                fresh = [u for u in self.segments[x].essential if not on[u] and u not in found]
                found |= dict.fromkeys(fresh)
                todo += fresh
        return todo
