"""What would change: firms land or leave, sources stop, segments are surveyed, in any combination."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from graph.analysis.config import GapConfig
from graph.analysis.facts import ExternalSourceFact, Facts, FirmFact, OutputFact, SegmentFact, StandFact
from graph.analysis.grading.grade import graded
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.cuts import Cut, find_cuts
from graph.analysis.supply.location import Locality
from graph.analysis.supply.segment import Known, producing


@dataclass(frozen=True, slots=True)
class Landing:
    """A firm (by name, known or new) starts production at a segment (id), with an output in 万元 if known."""

    firm: str
    segment: str
    output: float | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """A segment (id) is bought from an outside source (name), with its share in [0, 1] if known."""

    source: str
    segment: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes made together. Firms that leave by id, sources that stop by name, segments surveyed by id.

    Scenarios add up: what leaves in either leaves before what lands in either, whatever their order.

    >>> both = Scenario(remove=("甲",)) + Scenario(add=(Landing("示例乙", "锯条"),))
    >>> both.remove, both.add[0].firm
    (('甲',), '示例乙')
    """

    add: tuple[Landing, ...] = ()
    remove: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    survey: tuple[str, ...] = ()
    buy: tuple[Purchase, ...] = ()

    def __add__(self, other: Scenario) -> Scenario:
        """Both together."""
        return Scenario(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


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
    facts = _with_purchases(_with_landings(facts, supply, scenario.add), scenario.buy)
    surveyed = frozenset(scenario.survey)
    segments = tuple(replace(s, surveyed="是") if s.id in surveyed else s for s in facts.segments)
    known = Known(
        frozenset(i for i, s in supply.segments.items() if s.makers_known),
        frozenset(i for i, s in supply.segments.items() if s.supply_known),
        supply.known.bereft | bereft,
    )
    return Supply(replace(facts, segments=segments), supply.scope, known, supply.network)


def _without(supply: Supply, scenario: Scenario) -> tuple[Facts, frozenset[str]]:
    facts = supply.facts
    gone, stopped = frozenset(scenario.remove), frozenset(scenario.stop)
    fewer: dict[str, int] = defaultdict(int)
    for ident, s in supply.segments.items():
        fewer[ident] += len(s.makers & gone)
    bereft = {t.segment for t in facts.stands if t.firm in gone and (producing(t) or t.state_dated)}
    bereft |= {e.segment for e in facts.sources if e.name in stopped}
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
    by_name = {f.name: f for f in supply.facts.firms}
    stands, outputs, held = list(facts.stands), list(facts.outputs), set(facts.achievements)
    for landing in landings:
        at, known = landing.segment, by_name.get(landing.firm)
        firm = _landed(landing.firm, known, supply.segments[at].county, supply)
        firms[firm.id] = firm
        held |= {replace(a, firm=firm.id) for a in facts.achievements if known and a.firm == known.id}
        stands = [t for t in stands if (t.firm, t.segment) != (firm.id, at)]
        stands.append(StandFact(firm.id, at, "在产"))
        if landing.output is not None:
            outputs = [o for o in outputs if (o.firm, o.segment) != (firm.id, at)]
            outputs += [OutputFact(firm.id, at, year, landing.output) for year in _years(at, supply)]
    achievements = tuple(sorted(held, key=lambda a: (a.firm, a.name)))
    return replace(
        facts, firms=tuple(firms.values()), stands=tuple(stands), outputs=tuple(outputs), achievements=achievements
    )


def _with_purchases(facts: Facts, purchases: tuple[Purchase, ...]) -> Facts:
    bought = {(p.segment, p.source): ExternalSourceFact(p.segment, p.source, p.share) for p in purchases}
    kept = tuple(e for e in facts.sources if (e.segment, e.name) not in bought)
    return replace(facts, sources=(*kept, *bought.values()))


def _landed(name: str, known: FirmFact | None, county: str, supply: Supply) -> FirmFact:
    """The firm as a local one; a firm that works elsewhere stays there too, its honours and achievements come along."""
    if known is None:
        return FirmFact(f"落地:{county}:{name}", name, county, True)
    if supply.regions.locality(known, county, supply.scope) is Locality.LOCAL:
        return known
    return replace(known, id=f"落地:{county}:{known.id}", region=county, region_stated=True, external=False)


def _years(segment: str, supply: Supply) -> list[int | None]:
    """The years that the segment, or one above it, has outputs of: a landing's output counts in each of them.

    Its year is not said, and the shares of every segment should rest on the year they rest on now.
    """
    top = supply.segments[segment].line[-1]
    years = {o.year for x in supply.segments[top].subtree for o in supply.segments[x].outputs}
    return sorted(years, key=lambda y: y or 0) or [None]


def changed_shares(effect: Effect) -> Mapping[str, tuple[SegmentStatus, SegmentStatus]]:
    """Segments whose makers or shares differ, by id."""
    pairs = zip(effect.before, effect.after, strict=True)
    return {a.segment_id: (a, b) for a, b in pairs if a.makers != b.makers}
