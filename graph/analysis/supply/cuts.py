"""Which losses break a chain: minimal sets of firms and outside sources, and what stops with them.

Availability is an AND/OR graph, so dominators and minimum cuts, which take complements for substitutes,
would be wrong here; each loss is followed down instead (Fussell & Vesely 1972 call the sets minimal cut sets).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice

from graph.analysis.supply.availability import Supply
from graph.analysis.supply.cascade import Fall
from graph.analysis.supply.network import beyond

MOST_PAIRS = 200_000


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """A firm (by id) or an outside source (by name) that may go."""

    kind: str  # 企业 or 外部来源
    id: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A minimal set of losses and the segments (ids) that are no longer available, in order of id."""

    lost: tuple[Loss, ...]
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cuts:
    """Cuts of one chain. `supply_unknown` segments cannot be cut; `capped` says that MOST_PAIRS pairs were not all."""

    cuts: tuple[Cut, ...]
    supply_unknown: int
    capped: bool = False


def find_cuts(supply: Supply, chain: str, order: int = 1) -> Cuts:
    """Every minimal loss of up to `order` (1 or 2) that makes an available segment of a chain unavailable.

    `stops` names the segments of all chains that are available now and not after. The largest stop first.
    Raises ValueError for another order.

    >>> from graph.analysis.facts import ChainFact, Facts, FirmFact, RegionFact, SegmentFact, StandFact
    >>> facts = Facts((RegionFact("县", "示例县"),), (ChainFact("链", "示例链", "县"),),
    ...     (SegmentFact("锯条", "锯条", "链", surveyed="是"),), (), (FirmFact("甲", "示例甲"),),
    ...     (StandFact("甲", "锯条", "在产"),))
    >>> [(c.lost[0].id, c.stops) for c in find_cuts(Supply(facts), "链").cuts]
    [('甲', ('锯条',))]
    """
    if order not in (1, 2):
        raise ValueError("order is 1 or 2")
    own = {i for i, s in supply.segments.items() if s.fact.chain == chain}
    losses = sorted(_within_reach(supply, own))
    falls = {loss: _fall(supply, (loss,)) for loss in losses}
    cuts = [Cut((loss,), tuple(sorted(f.gone))) for loss, f in falls.items() if f.gone & own]
    pairs = list(islice(_pairs(falls), MOST_PAIRS + 1)) if order == 2 else []
    for pair in pairs[:MOST_PAIRS]:
        gone = _fall(supply, pair).gone
        if (gone - falls[pair[0]].gone - falls[pair[1]].gone) & own:
            cuts.append(Cut(pair, tuple(sorted(gone))))
    cuts.sort(key=lambda c: (len(c.lost), -len(c.stops), c.lost))
    unknown = sum(not supply.segments[i].supply_known for i in own)
    return Cuts(tuple(cuts), unknown, len(pairs) > MOST_PAIRS)


def _pairs(falls: Mapping[Loss, Fall]) -> Iterator[tuple[Loss, Loss]]:
    """Pairs that can do together what neither does alone: those whose falls touch a segment in common."""
    touching: dict[str, list[Loss]] = defaultdict(list)
    for loss, fall in falls.items():
        for ident in fall.touched:
            touching[ident].append(loss)
    seen: set[tuple[Loss, Loss]] = set()
    for ident in sorted(touching):
        for pair in combinations(touching[ident], 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _fall(supply: Supply, losses: Iterable[Loss]) -> Fall:
    firms: list[str] = []
    sources: list[str] = []
    for loss in losses:
        (firms if loss.kind == "企业" else sources).append(loss.id)
    return supply.fall(firms, sources)


def _within_reach(supply: Supply, own: set[str]) -> set[Loss]:
    """Firms and sources on these segments, on what is below them, and on whatever they need, to any depth."""
    within = own | beyond(supply.network.rests_on, own)
    carriers = supply.carriers
    return (
        {Loss("企业", f) for f, carried in carriers.crews.items() if not within.isdisjoint(carried)}
        | {Loss("企业", f) for f, carried in carriers.helpers.items() if not within.isdisjoint(carried)}
        | {Loss("外部来源", e) for e, carried in carriers.bought.items() if not within.isdisjoint(carried)}
    )
