"""Who makes what where, and what is available, over all chains of a city."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

import networkx as nx

from graph.analysis.facts import Facts, StandFact
from graph.analysis.supply.cascade import Availability, Cascade, Fall, Rise
from graph.analysis.supply.location import RegionTree
from graph.analysis.supply.network import SupplyNetwork, beyond, reached
from graph.analysis.supply.segment import Known, producing, segment_supplies


class Supply:
    """One state of a city, compiled once from its facts, then asked. Reads facts, changes nothing.

    `network` may be that of another state with the same segments and feeds.
    """

    def __init__(
        self, facts: Facts, scope: str = "县", known: Known | None = None, network: SupplyNetwork | None = None
    ) -> None:
        self.facts, self.scope = facts, scope
        self.known = known or Known()
        self.firms = {f.id: f for f in facts.firms}
        self.regions = RegionTree(facts)
        self.network = network or SupplyNetwork(facts.segments, facts.feeds)
        self.segments = segment_supplies(facts, self.network, self.regions, scope, self.known)
        self._cascade = Cascade(self.segments, self.network.needs)
        self.carriers = self._cascade.carriers
        self.state = self._cascade.rest

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
        return self._cascade.fall(firms, sources, segments)

    def restored(self, segment: str) -> frozenset[str]:
        """Segments with N >= 1 that are not made now and are once a segment that is not available becomes so.

        A segment with makers is among what its own becoming available restores.
        """
        again = Rise(self._cascade, segment).made() | {segment}
        return frozenset(i for i in again if self.segments[i].total and not self.state.made[i])

    def evaluate(self, lost_firms: Collection[str] = (), lost_sources: Collection[str] = ()) -> Availability:
        """What is available once these firms (ids) and outside sources (names) are gone."""
        fallen = self.fall(lost_firms, lost_sources)
        left = dict(self.carriers.supplies)
        for lost, carried in ((lost_firms, self.carriers.helpers), (lost_sources, self.carriers.bought)):
            for ident in (x for one in lost for x in carried.get(one, ())):
                left[ident] -= 1
        return Availability(
            {i: here and i not in fallen.gone for i, here in self.state.available.items()},
            {i: n > 0 for i, n in left.items()},
            {i: here and i not in fallen.unmade for i, here in self.state.made.items()},
        )

    # -- closures ---------------------------------------------------------------------------------

    def users(self, segment: str) -> list[str]:
        """Segments that need it directly."""
        return list(self.network.needs[segment]) if segment in self.network.needs else []

    def downstream(self, segment: str) -> list[str]:
        """Segments that need it, directly or through others, nearest first."""
        return reached(self.network.needs, self.users(segment))

    def unproven(self) -> frozenset[str]:
        """Segments with an essential input, direct or through others, that is available only for want of knowledge."""
        state = self.state
        assumed = (i for i, on in state.available.items() if on and not state.supplied[i] and not state.made[i])
        return beyond(self.network.needs, assumed)

    def feeding_makers(self) -> frozenset[str]:
        """Segments that are an essential input, direct or through others, of a segment with N >= 1."""
        return beyond(self.network.needs.reverse(copy=False), (i for i, s in self.segments.items() if s.total))

    def missing(self, segment: str) -> list[str]:
        """Essential inputs of a segment that are not available."""
        return [u for u in self.segments[segment].essential if not self.state.available[u]]

    def lacking(self, inputs: Iterable[str]) -> list[str]:
        """Of some inputs the unavailable ones, and what these lack in turn, nearest first."""
        missing = [u for u in inputs if not self.state.available[u]]
        return reached(self._lacks, missing) if missing else []

    @cached_property
    def _lacks(self) -> nx.DiGraph[str]:
        """From each unavailable segment to what it or its parts lack."""
        lacks: nx.DiGraph[str] = nx.DiGraph()
        lacks.add_nodes_from(i for i, on in self.state.available.items() if not on)
        lacks.add_edges_from([(i, u) for i in lacks for x in self.segments[i].subtree for u in self.missing(x)])
        return lacks
