"""What a scenario touches, told even where no status changes: makers, shares, output, suppliers, buyers, steps left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.scenario import Effect, Scenario, changed_shares
from graph.analysis.supply.availability import Supply


@dataclass(frozen=True, slots=True)
class Impact:
    """One segment that a scenario touches, before and after.

    `output` is what is known of its makers' latest outputs in 万元; `change` is None where somebody comes or goes whose
    output nobody knows. `suppliers` and `buyers` are the segments (ids) that feed it and that it feeds.
    """

    before: SegmentStatus
    after: SegmentStatus
    output: tuple[float | None, float | None]
    change: float | None
    suppliers: tuple[str, ...]
    buyers: tuple[str, ...]


def impacts(supply: Supply, scenario: Scenario, effect: Effect) -> list[Impact]:
    """The segments that a scenario names or whose makers it changes, in the order of the chains' trees."""
    touched = set(_named(supply, scenario)) | changed_shares(effect).keys()
    pairs = zip(effect.before, effect.after, strict=True)
    return [_impact(a, b, supply, effect.supply) for a, b in pairs if a.segment_id in touched]


def output_change(supply: Supply, after: Supply, chain: str) -> float | None:
    """By how much the known output of a chain (id) changes, in 万元; None where a part of it is not known."""
    own = [i for i, s in supply.segments.items() if s.fact.chain == chain]
    changes = [_change(i, supply, after, (i,)) for i in own]
    known = [c for c in changes if c is not None]
    return sum(known) if len(known) == len(changes) else None


def _named(supply: Supply, scenario: Scenario) -> Iterable[str]:
    gone, stopped = set(scenario.remove), set(scenario.stop)
    yield from (a.segment for a in scenario.add)
    yield from (b.segment for b in scenario.buy)
    yield from scenario.survey
    yield from (t.segment for t in supply.facts.stands if t.firm in gone and t.segment in supply.segments)
    yield from (e.segment for e in supply.facts.sources if e.name in stopped)


def _impact(before: SegmentStatus, after: SegmentStatus, supply: Supply, then: Supply) -> Impact:
    ident = before.segment_id
    line, subtree = supply.segments[ident].line, supply.segments[ident].subtree
    feeds = supply.facts.feeds
    return Impact(
        before,
        after,
        (_output(ident, supply, subtree), _output(ident, then, subtree)),
        _change(ident, supply, then, subtree),
        tuple(dict.fromkeys(f.source for f in feeds if f.target in line and f.source not in line)),
        tuple(dict.fromkeys(f.target for f in feeds if f.source in line and f.target not in line)),
    )


def latest_outputs(ident: str, supply: Supply, within: Iterable[str]) -> dict[tuple[str, str], tuple[int, float]]:
    """The latest output of each maker on each of some segments, with its year (0 where none is stated)."""
    latest: dict[tuple[str, str], tuple[int, float]] = {}
    for x in within:
        for o in supply.segments[x].outputs:
            if o.firm in supply.segments[ident].makers:
                latest[o.firm, x] = max(latest.get((o.firm, x), (0, 0.0)), (o.year or 0, o.output))
    return latest


def _outputs(ident: str, supply: Supply, within: Iterable[str]) -> dict[tuple[str, str], float]:
    return {key: output for key, (_, output) in latest_outputs(ident, supply, within).items()}


def _output(ident: str, supply: Supply, within: Iterable[str]) -> float | None:
    outputs = _outputs(ident, supply, within)
    return sum(outputs.values()) if outputs else None


def _change(ident: str, supply: Supply, then: Supply, within: Iterable[str]) -> float | None:
    """What the outputs within a segment change by; None where the output of who comes or goes is not known."""
    before, after = _outputs(ident, supply, within), _outputs(ident, then, within)
    moved = {t.firm for x in within for t in supply.segments[x].here} ^ {
        t.firm for x in within for t in then.segments[x].here
    }
    makers = supply.segments[ident].makers | then.segments[ident].makers
    known = {firm for firm, _ in (*before, *after)}
    return None if (moved & makers) - known else sum(after.values()) - sum(before.values())
