"""A county held against its peers: what it has and lacks by what goes with it, who is alike, what it could take up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.statuses import STATUSES
from graph.analysis.regions.compare import makers_by_region
from graph.analysis.regions.standing import ProductStanding, alike_regions, chances, product_standings
from graph.answers.documents.workbench.comparing import (
    AlikeCountyDocument,
    MakersDocument,
    NearbyDocument,
    ProductPointDocument,
    StandingDocument,
)
from graph.answers.state import State
from graph.answers.statuses import brief, place_of
from graph.answers.workbench.figures import RegionSubject, counties
from graph.text import norm

if TYPE_CHECKING:
    import pandas as pd

ALL, CITY, CHOSEN = "全部", "同市", "所选"
GROUPS = (ALL, CITY, CHOSEN)
ALIKE, IDEAS, NAMED = 5, 10, 6  # counties alike, ideas; makers named of each


class _Making:
    """Who makes what, by county (name) and by the name of a segment: segments that count and have makers."""

    def __init__(self, state: State) -> None:
        self.rows: dict[str, dict[str, list[SegmentStatus]]] = defaultdict(lambda: defaultdict(list))
        for row in state.graded():
            if row.counted and row.total:
                self.rows[row.county][norm(row.segment)].append(row)
        self.names = {norm(r.segment): r.segment for r in state.graded()}

    def of(self, county: str, product: str) -> list[MakersDocument]:
        """The segments of a name that have makers in a county."""
        if county not in self.rows:
            return []
        return [{**place_of(r), "makers": r.count} for r in self.rows[county].get(product, ())]

    def made(self, among: Collection[str]) -> Mapping[str, Collection[str]]:
        """What each of some counties makes."""
        return {county: list(self.rows[county]) for county in self.rows if county in among}


def standing(state: State, county: str, group: str, chosen: Sequence[str]) -> StandingDocument:
    """One county (name) against its peers: all counties, those of its city, or the chosen ones."""
    own = {c.name: c for c in counties(state)}
    peers = peers_of(state, county, group, chosen)
    table = makers_by_region(state.supply(), {own[p].id for p in peers})
    points = product_standings(table, own[county].id, state.config)
    making = _Making(state)
    names = {c.id: c.name for c in own.values()}
    documents = {p.product: _point(p, county, making, names) for p in points}
    return {
        "county": county,
        "county_id": own[county].id,
        "group": group,
        "peers": peers,
        "regions": len(table),
        "needed": state.config.regions_at_least,
        "missing": "" if points else _missing(state, county, group, len(peers), table),
        "points": list(documents.values()),
        "ideas": [documents[p.product] for p in chances(points)[:IDEAS]],
        "alike": _alike(county, making, own),
        "nearby": _nearby(state, county, making),
    }


def peers_of(state: State, county: str, group: str, chosen: Sequence[str] = ()) -> list[str]:
    """The counties that one is held against, itself among them: those that have chains."""
    own = [c for c in counties(state) if c.chains or c.name == county]
    if group == CHOSEN:
        return [c.name for c in own if c.name in {county, *chosen}]
    if group == CITY:
        regions = state.supply().regions
        cities = {c.name: regions.city(c.id) for c in own}
        return [c.name for c in own if cities[c.name] == cities[county]]
    return [c.name for c in own]


def _missing(state: State, county: str, group: str, peers: int, table: pd.DataFrame) -> str:
    """Why nothing may be said, and what it takes."""
    needed, regions = state.config.regions_at_least, len(table)
    if regions < needed:
        wider = "；也可以把同组改为“全部”" if group != ALL else ""
        return (
            f"区域样本不足：同组 {peers} 个县（市、区）里，与别处有同名在产环节的只有 {regions} 个，至少要 {needed} 个，"
            f"还缺 {needed - regions} 个。补报各县的环节和在产企业，同一产品的环节写同一个名称{wider}。"
        )
    if next((c.id for c in counties(state) if c.name == county), None) not in table.index:
        return f"{county}没有与别处同名的在产环节，不能比较：先摸底它的环节，同一产品写同一个名称。"
    return "同组的县（市、区）在产环节没有差别，分不出相对位置。"


def _point(there: ProductStanding, county: str, making: _Making, names: Mapping[str, str]) -> ProductPointDocument:
    elsewhere = [m for peer in there.elsewhere for m in making.of(names[peer], there.product)]
    low, middle, high = there.quotient
    return {
        "product": making.names[there.product],
        "makers": there.makers,
        "presence": middle,
        "presence_low": low,
        "presence_high": high,
        "related": there.related,
        "usual": there.usual,
        "complexity": there.complexity,
        "quadrant": there.quadrant,
        "beside": [making.names[p] for p in there.beside],
        "elsewhere": elsewhere[:NAMED],
        "here": making.of(county, there.product),
    }


def _alike(county: str, making: _Making, own: Mapping[str, RegionSubject]) -> list[AlikeCountyDocument]:
    documents: list[AlikeCountyDocument] = []
    for alike in alike_regions(making.made(own), county)[:ALIKE]:
        documents.append(
            {
                "county": alike.region,
                "county_id": own[alike.region].id,
                "likeness": alike.likeness,
                "shared": [
                    {
                        "segment": making.names[p],
                        "here": making.of(county, p),
                        "there": making.of(alike.region, p),
                    }
                    for p in alike.shared
                ],
            }
        )
    return documents


def _nearby(state: State, county: str, making: _Making) -> list[NearbyDocument]:
    """The gaps without makers of a county whose name others make, the gravest first."""
    gaps = [r for r in state.graded() if r.county == county and r.counted and not r.total and STATUSES[r.status].is_gap]
    documents: list[NearbyDocument] = []
    for row in sorted(gaps, key=lambda r: (STATUSES[r.status].gravity, r.segment)):
        elsewhere = [m for other in making.rows if other != county for m in making.of(other, norm(row.segment))]
        if elsewhere:
            documents.append({"gap": brief(row), "elsewhere": elsewhere[:NAMED]})
    return documents
