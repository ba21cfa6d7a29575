"""Which region lies in which: where a firm stands as seen from a county."""

from __future__ import annotations

from enum import Enum

import networkx as nx

from graph.analysis.facts import Facts, FirmFact, StandFact
from graph.analysis.supply.network import reached

PROVINCES = ("省", "自治区")


class Locality(Enum):
    """Where a firm stands as seen from a chain's county."""

    LOCAL = "本地"
    CITY = "市内"
    OUTSIDE = "外地"


class RegionTree:
    """Which region lies in which, and which city each belongs to."""

    def __init__(self, facts: Facts) -> None:
        lies_in: nx.DiGraph[str] = nx.DiGraph((r.id, r.parent) for r in facts.regions if r.parent)
        self._line = {region: tuple(reached(lies_in, [region])) for region in lies_in}
        self._provinces = {r.id for r in facts.regions if r.level in PROVINCES or r.name.endswith(PROVINCES)}
        roots = {self._top(r.id) for r in facts.regions if r.parent}
        # Where no 上级 is given there is one city: the only one there is, or all such regions together.
        self._default = next(iter(roots)) if len(roots) == 1 else ""
        self._roots = roots

    def line(self, region: str) -> tuple[str, ...]:
        """A region and those it lies in, the nearest first."""
        return self._line.get(region, (region,))

    def _top(self, region: str) -> str:
        """The highest region above one that is not a province."""
        return next((r for r in reversed(self.line(region)) if r not in self._provinces), region)

    def within(self, region: str, county: str) -> bool:
        """Whether a region is the county or lies below it."""
        return county in self.line(region)

    def city(self, region: str) -> str:
        """The city of a region."""
        root = self._top(region)
        return root if root in self._roots else self._default

    def locality(self, firm: FirmFact, county: str, scope: str) -> Locality:
        """Where a firm stands as seen from a county (scope 县) or from its city (scope 市)."""
        if firm.external:
            return Locality.OUTSIDE
        if firm.region is None:
            return Locality.OUTSIDE if firm.region_stated or firm.location else Locality.LOCAL
        if self.within(firm.region, county):
            return Locality.LOCAL
        if self.city(firm.region) == self.city(county):
            return Locality.LOCAL if scope == "市" else Locality.CITY
        return Locality.OUTSIDE

    def of_stand(self, stand: StandFact, firm: FirmFact, county: str, scope: str) -> Locality:
        """Where a firm stands on one segment: here, where a lead brings it, else where the firm itself is."""
        return Locality.LOCAL if stand.landed else self.locality(firm, county, scope)
