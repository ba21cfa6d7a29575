"""The firms of a segment: who makes it here, who is to, who stopped, and who stands on it elsewhere, each list apart.

One reading of the supply for card, panel, table, mind map and file. A parent has the firms of its descendants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from graph.analysis.facts import StandFact
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.location import Locality
from graph.analysis.supply.segment import producing

PENDING = ("在建", "签约")


@dataclass(frozen=True, slots=True)
class StandingFirm:
    """A firm on a segment or below it. `on` are the segments (ids) that it stands on there."""

    id: str
    name: str
    state: str
    share: float | None
    place: str | None
    on: tuple[str, ...]
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SegmentFirms:
    """The lists: `makers` count, in the order of their shares; the others never do.

    `pending` are local and 在建 or 签约; `stopped` are local and neither; `city` stand elsewhere in the city;
    `outside` beyond it: candidates.
    """

    makers: tuple[StandingFirm, ...]
    pending: tuple[StandingFirm, ...]
    stopped: tuple[StandingFirm, ...]
    city: tuple[StandingFirm, ...]
    outside: tuple[StandingFirm, ...]

    def lists(self) -> dict[str, tuple[StandingFirm, ...]]:
        """The lists by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


class FirmLists:
    """Reads the lists off one supply."""

    def __init__(self, supply: Supply) -> None:
        self._supply = supply
        self._regions = {r.id: r.name for r in supply.facts.regions}
        self._on: dict[str, list[StandFact]] = defaultdict(list)
        for stand in supply.facts.stands:
            self._on[stand.segment].append(stand)

    def of(self, row: SegmentStatus) -> SegmentFirms:
        """The firms of one segment."""
        segment = self._supply.segments[row.segment_id]
        places: dict[Locality, dict[str, list[StandFact]]] = {p: defaultdict(list) for p in Locality}
        for stand in (t for x in segment.subtree for t in self._on[x]):
            firm, scope = self._supply.firms[stand.firm], self._supply.scope
            locality = self._supply.regions.of_stand(stand, firm, segment.county, scope)
            places[locality][stand.firm].append(stand)
        local = places[Locality.LOCAL]
        pending = {f for f, stands in local.items() if any(t.state in PENDING for t in stands)}
        stopped = local.keys() - segment.makers - pending
        return SegmentFirms(
            self._listed({f: [t for t in local[f] if producing(t)] for f in segment.makers}, row),
            self._listed({f: [t for t in local[f] if t.state in PENDING] for f in pending}),
            self._listed({f: local[f] for f in stopped}),
            self._listed(places[Locality.CITY]),
            self._listed(places[Locality.OUTSIDE]),
        )

    def _listed(
        self, stands: Mapping[str, Iterable[StandFact]], row: SegmentStatus | None = None
    ) -> tuple[StandingFirm, ...]:
        """Firms by share, then name; shares are those of `row`."""
        share = {m.name: m.share for m in row.makers} if row else {}
        firms = [self._firm(ident, tuple(own), share) for ident, own in stands.items()]
        return tuple(sorted(firms, key=lambda f: (-(f.share or 0.0), f.name, f.id)))

    def _firm(self, ident: str, stands: tuple[StandFact, ...], share: Mapping[str, float]) -> StandingFirm:
        firm = self._supply.firms[ident]
        states = dict.fromkeys(t.state or "状态未注明" for t in stands)
        return StandingFirm(
            ident,
            firm.name,
            "、".join(states),
            share.get(firm.name),
            self._regions.get(firm.region or "") or firm.location,
            tuple(dict.fromkeys(t.segment for t in stands)),
            tuple(dict.fromkeys(r for t in stands for r in t.records)),
        )
