"""What would change: firms land or leave, sources stop, segments are surveyed, in any combination."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from graph.analysis.config import GapConfig
from graph.analysis.cuts import Cut, find_cuts
from graph.analysis.facts import Facts, FirmFact, OutputFact, SegmentFact, StandFact
from graph.analysis.gaps import SegmentStatus, graded
from graph.analysis.supply import Known, Place, Supply


@dataclass(frozen=True, slots=True)
class Landing:
    """A firm (by name, known or new) starts production at a segment (id), with an output in 万元 if known."""

    firm: str
    segment: str
    output: float | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes made together. Firms that leave by id, sources that stop by name, segments surveyed by id."""

    add: tuple[Landing, ...] = ()
    remove: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    survey: tuple[str, ...] = ()

    def __add__(self, other: Scenario) -> Scenario:
        """Both together."""
        return Scenario(
            self.add + other.add, self.remove + other.remove, self.stop + other.stop, self.survey + other.survey
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """A city before and after: graded segments of all chains in the same order, and what is gained or lost.

    `stopped` and `restored` are segment ids; `cuts_gained` and `cuts_lost` the single losses of the chain
    that newly, or no longer, break something.
    """

    before: tuple[SegmentStatus, ...]
    after: tuple[SegmentStatus, ...]
    stopped: tuple[str, ...]
    restored: tuple[str, ...]
    cuts_gained: tuple[Cut, ...]
    cuts_lost: tuple[Cut, ...]
    supply: Supply  # after

    def changed(self) -> list[tuple[SegmentStatus, SegmentStatus]]:
        """Segments whose status is another, before and after."""
        pairs = zip(self.before, self.after, strict=True)
        return [(a, b) for a, b in pairs if a.status != b.status]


def what_if(supply: Supply, scenario: Scenario, chain: str, *, config: GapConfig, today: date) -> Effect:
    """Grade the city with and without a scenario; cuts are compared for one chain (id)."""
    after = apply(supply, scenario)
    before_rows = graded(supply, config=config, today=today, scores=False)
    after_rows = graded(after, config=config, today=today, scores=False)
    was, now = supply.state.available, after.state.available
    had = {c.lost: c for c in find_cuts(supply, chain).cuts}
    has = {c.lost: c for c in find_cuts(after, chain).cuts}
    return Effect(
        tuple(before_rows), tuple(after_rows),
        tuple(i for i in was if was[i] and not now[i]), tuple(i for i in was if now[i] and not was[i]),
        tuple(c for key, c in has.items() if key not in had), tuple(c for key, c in had.items() if key not in has),
        after,
    )  # fmt: skip


def apply(supply: Supply, scenario: Scenario) -> Supply:
    """The supply as it would be. The given one is not changed.

    A loss takes a firm out of all its segments and lowers the count there by one; what was known stays
    known. Losses come before landings, so a firm may leave one segment and land at another.
    """
    facts, bereft = _without(supply, scenario)
    facts = _with_landings(facts, supply, scenario.add)
    surveyed = frozenset(scenario.survey)
    segments = tuple(replace(s, surveyed="是") if s.id in surveyed else s for s in facts.segments)
    known = Known(
        frozenset(i for i, s in supply.segments.items() if s.makers_known),
        frozenset(i for i, s in supply.segments.items() if s.supply_known),
        supply.known.bereft | bereft,
    )
    return Supply(replace(facts, segments=segments), supply.scope, known)


def _without(supply: Supply, scenario: Scenario) -> tuple[Facts, frozenset[str]]:
    facts = supply.facts
    gone, stopped = frozenset(scenario.remove), frozenset(scenario.stop)
    fewer: dict[str, int] = defaultdict(int)
    for ident, s in supply.segments.items():
        fewer[ident] += len(s.makers & gone)
    bereft = {t.segment for t in facts.stands if t.firm in gone} | {
        e.segment for e in facts.sources if e.name in stopped
    }
    segments = tuple(_fewer(s, fewer[s.id]) if fewer[s.id] else s for s in facts.segments)
    left = replace(
        facts,
        segments=segments,
        stands=tuple(t for t in facts.stands if t.firm not in gone),
        outputs=tuple(o for o in facts.outputs if o.firm not in gone),
        sources=tuple(e for e in facts.sources if e.name not in stopped),
    )
    return left, frozenset(bereft)


def _fewer(segment: SegmentFact, count: int) -> SegmentFact:
    return segment if segment.stated is None else replace(segment, stated=max(0, segment.stated - count))


def _with_landings(facts: Facts, supply: Supply, landings: tuple[Landing, ...]) -> Facts:
    firms = {f.id: f for f in facts.firms}
    by_name = {f.name: f for f in facts.firms}
    fresh: dict[tuple[str, str], FirmFact] = {}
    stands, outputs = list(facts.stands), list(facts.outputs)
    for landing in landings:
        s = supply.segments[landing.segment]
        firm = fresh.get((landing.firm, s.county)) or _landed(landing.firm, by_name.get(landing.firm), s.county, supply)
        fresh[landing.firm, s.county] = firm
        firms[firm.id] = firm
        stands = [t for t in stands if (t.firm, t.segment) != (firm.id, landing.segment)]
        stands.append(StandFact(firm.id, landing.segment, "在产"))
        if landing.output is not None:
            outputs.append(OutputFact(firm.id, landing.segment, _year(landing.segment, supply), landing.output))
    return replace(facts, firms=tuple(firms.values()), stands=tuple(stands), outputs=tuple(outputs))


def _landed(name: str, known: FirmFact | None, county: str, supply: Supply) -> FirmFact:
    """The firm as a local one; a firm that works elsewhere stays there too, its honours come along."""
    if known is None:
        return FirmFact(f"落地:{county}:{name}", name, county, True)
    if supply.regions.place(known, county, supply.scope) is Place.LOCAL:
        return known
    return replace(known, id=f"落地:{county}:{known.id}", region=county, region_stated=True, external=False)


def _year(segment: str, supply: Supply) -> int | None:
    """The latest year for which the segment's makers report, so that shares stay comparable."""
    years = [o.year for x in supply.segments[segment].subtree for o in supply.segments[x].outputs if o.year is not None]
    return max(years, default=None)


def changed_shares(effect: Effect) -> Mapping[str, tuple[SegmentStatus, SegmentStatus]]:
    """Segments whose makers or shares differ, by id."""
    pairs = zip(effect.before, effect.after, strict=True)
    return {a.segment_id: (a, b) for a, b in pairs if a.makers != b.makers}
