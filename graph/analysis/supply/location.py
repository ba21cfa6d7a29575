"""Which region lies in which: where a firm stands as seen from a county."""

from __future__ import annotations

from enum import Enum

from graph.analysis.facts import Facts, FirmFact

PROVINCES = ("省", "自治区")


class Place(Enum):
    """Where a firm stands as seen from a chain's county."""

    LOCAL = "本地"
    CITY = "市内"
    OUTSIDE = "外地"


class Regions:
    """Which region lies in which, and which city each belongs to."""

    def __init__(self, facts: Facts) -> None:
        self._parent = {r.id: r.parent for r in facts.regions}
        self._provinces = {r.id for r in facts.regions if r.level in PROVINCES or r.name.endswith(PROVINCES)}
        roots = {self._top(r.id) for r in facts.regions if r.parent}
        # Where no 上级 is given there is one city: the only one there is, or all such regions together.
        self._default = next(iter(roots)) if len(roots) == 1 else ""
        self._roots = roots

    def _line(self, region: str) -> list[str]:
        line = [region]
        while (above := self._parent.get(line[-1])) and above not in line:
            line.append(above)
        return line

    def _top(self, region: str) -> str:
        """The highest region above one that is not a province."""
        return next((r for r in reversed(self._line(region)) if r not in self._provinces), region)

    def within(self, region: str, county: str) -> bool:
        """Whether a region is the county or lies below it."""
        return county in self._line(region)

    def city(self, region: str) -> str:
        """The city of a region."""
        root = self._top(region)
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
