"""What is available, and what a loss brings down: propagation over an AND/OR graph.

A segment is made where somebody works on it or below (OR) and every essential input is there (AND); in a cycle
the greatest fixed point holds: a loop that can feed itself works as long as every member is made. Taking away
from "everything is available" what cannot hold, until nothing changes, reaches exactly that fixed point in
O(V + E); and since a loss only lowers the function, the fall from the present state is exact too and costs only
what it touches.

Own code, because no graph library propagates AND over OR (`nx.descendants`, dominators and minimum cuts take
complements for substitutes), and because doing it by `nx.condensation` and `nx.topological_sort` visits the whole
network for every loss: on the network of listed companies (48,455 segments, 56,722 feeds, 3 loops) one such pass
takes 318 ms beside 1.1 s once for the condensation, one descent from the present state 0.03 ms, with equal results
(a fall touches 1.9 segments in the mean there); cuts of order one need a loss for each firm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import networkx as nx

from graph.analysis.supply.segment import SegmentSupply, producing


@dataclass(frozen=True, slots=True)
class Availability:
    """Per segment: available, and by what."""

    available: Mapping[str, bool]
    supplied: Mapping[str, bool]
    made: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Fall:
    """What a loss brings down: segments no longer available, segments no longer made here.

    `touched` lost a maker, a supplier or a working part, whether that mattered or not.
    """

    gone: frozenset[str]
    unmade: frozenset[str]
    touched: frozenset[str]


class Carriers:
    """Who carries which segments: what can be lost, and how many stand behind each segment."""

    def __init__(self, segments: Mapping[str, SegmentSupply]) -> None:
        self.crews: dict[str, list[str]] = defaultdict(list)  # local firm -> segments it makes, directly
        self.helpers: dict[str, list[str]] = defaultdict(list)  # 市内 firm -> segments it supplies, ancestors too
        self.bought: dict[str, list[str]] = defaultdict(list)  # outside source -> segments it supplies
        self.crew: dict[str, int] = {}  # hands on a segment: named makers, and one more for the unnamed
        self.supplies: dict[str, int] = dict.fromkeys(segments, 0)
        for ident, s in segments.items():
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


class Cascade:
    """The state with nothing lost, and what falls from it.

    `needs` has an edge from each essential input to every segment that needs it.
    """

    def __init__(
        self, segments: Mapping[str, SegmentSupply], needs: nx.DiGraph[str], carriers: Carriers | None = None
    ) -> None:
        self.segments, self.needs = segments, needs
        self.carriers = carriers or Carriers(segments)
        self.idle: frozenset[str] = frozenset()  # nobody works on it, or not with what is there
        self.working = dict.fromkeys(segments, 0)  # segments at or below that work
        for s in segments.values():
            for x in s.line:
                self.working[x] += 1
        self.rest = self._settle()

    def _settle(self) -> Availability:
        descent = Descent(self)
        for ident, hands in self.carriers.crew.items():
            if not hands:
                descent.stop(ident)
        for ident in self.segments:
            descent.check(ident)
        descent.spread()
        self.working.update(descent.working)
        self.idle = frozenset(descent.idle)
        return Availability(
            {i: i not in descent.gone for i in self.segments},
            {i: n > 0 for i, n in self.carriers.supplies.items()},
            {i: n > 0 for i, n in self.working.items()},
        )

    def fall(self, firms: Collection[str], sources: Collection[str], segments: Collection[str]) -> Fall:
        """What falls once firms (ids), outside sources (names) and whole segments (ids) are gone."""
        descent = Descent(self)
        for firm in firms:
            for ident in self.carriers.crews.get(firm, ()):
                descent.leave(ident)
            for ident in self.carriers.helpers.get(firm, ()):
                descent.unsupply(ident)
        for source in sources:
            for ident in self.carriers.bought.get(source, ()):
                descent.unsupply(ident)
        for ident in segments:
            for x in self.segments[ident].subtree:
                descent.stop(x)
            descent.drop(ident)
        descent.spread()
        touched = frozenset().union(descent.crew, descent.supplies, descent.working)
        fallen = frozenset(i for i in descent.gone if self.rest.available[i])
        return Fall(fallen, frozenset(descent.unmade), touched)


class Rise:
    """What works again once one segment that is not available becomes so: the greatest fixed point above a state.

    First everything that this could reach is taken to work; then what lacks something else stops again. A loop that
    waits for that one segment so comes back whole. Costs what it could reach.
    """

    def __init__(self, state: Cascade, start: str) -> None:
        self.state, self.start = state, start
        self.on = {start}  # available again, perhaps
        self.crews: set[str] = set()  # working again, perhaps
        self._reach()
        while self._stop_what_lacks():
            pass

    def made(self) -> frozenset[str]:
        """Segments that are made again."""
        state = self.state
        return frozenset(y for x in self.crews for y in state.segments[x].line if not state.rest.made[y])

    def _reach(self) -> None:
        state, queue = self.state, [self.start]
        while queue:
            for x in state.needs.successors(queue.pop()):
                if x in self.crews or not (x in state.idle and state.carriers.crew[x]):
                    continue
                self.crews.add(x)
                above = [y for y in state.segments[x].line if not (y in self.on or state.rest.available[y])]
                self.on.update(above)
                queue += above

    def _stop_what_lacks(self) -> bool:
        state = self.state
        lacking = {
            x
            for x in self.crews
            if not all(state.rest.available[u] or u in self.on for u in state.segments[x].essential)
        }
        self.crews -= lacking
        held = {y for x in self.crews for y in state.segments[x].line} | {self.start}
        fallen = self.on - held
        self.on &= held
        return bool(lacking or fallen)


class Descent:
    """One descent to the greatest fixed point below a state: only what changes is held."""

    def __init__(self, state: Cascade) -> None:
        self.state = state
        self.gone: set[str] = set()
        self.unmade: set[str] = set()
        self.idle: set[str] = set()
        self.working: dict[str, int] = {}
        self.crew: dict[str, int] = {}
        self.supplies: dict[str, int] = {}
        self._queue: list[str] = []

    def leave(self, ident: str) -> None:
        """A maker leaves a segment."""
        self.crew[ident] = left = self.crew.get(ident, self.state.carriers.crew[ident]) - 1
        if not left:
            self.stop(ident)

    def unsupply(self, ident: str) -> None:
        """A supplier from elsewhere leaves a segment."""
        self.supplies[ident] = self.supplies.get(ident, self.state.carriers.supplies[ident]) - 1
        self.check(ident)

    def stop(self, ident: str) -> None:
        """Makers of a segment stop; what is above it may no longer be made."""
        if ident in self.idle or ident in self.state.idle:
            return
        self.idle.add(ident)
        for x in self.state.segments[ident].line:
            self.working[x] = left = self.working.get(x, self.state.working[x]) - 1
            if not left:
                self.unmade.add(x)
                self.check(x)

    def check(self, ident: str) -> None:
        """Drop a segment that nothing holds any more."""
        state = self.state
        held = (
            not state.segments[ident].supply_known
            or self.working.get(ident, state.working[ident]) > 0
            or self.supplies.get(ident, state.carriers.supplies[ident]) > 0
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
            for user in self.state.needs.successors(self._queue.pop()):
                self.stop(user)
