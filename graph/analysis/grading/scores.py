"""Scores of a graded segment (0-100): each with its inputs, weight, evidence and one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.analysis.config import GapConfig
from graph.analysis.grading.measure import SegmentMeasure
from graph.analysis.grading.statuses import SCORES, TOO_FEW_REGIONS
from graph.analysis.regions.compare import Regional
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.segment import producing

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Component:
    """One score. `value` is None where an input is not known: left out, never 0."""

    caption: str
    value: float | None
    weight: float
    inputs: Mapping[str, float | None]
    evidence: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of a segment. `rank` is its place in 先抓 of its chain, which others may share (`tied`); `rank_holds`
    the share of draws that keep it. `priority` is None where too little is known: 资料不足不排名.
    """

    gap: Component
    criticality: Component
    concentration: Component
    external: Component
    feasibility: Component
    priority: float | None
    target: float | None
    rank: int | None = None
    tied: bool = False
    rank_holds: float | None = None

    def components(self) -> tuple[Component, ...]:
        """All of them, in the order of `SCORES`."""
        return *self.weighed(), self.feasibility

    def weighed(self) -> tuple[Component, ...]:
        """The components that make the priority."""
        return self.gap, self.criticality, self.concentration, self.external


@dataclass(frozen=True, slots=True)
class Whole:
    """What a chain has of makers: its segments with N >= 1, by output where every one has it, else one each."""

    parts: Mapping[str, float]
    by_output: bool
    total: float


class Criticality:
    """Shares of a chain's local output that stop once one of its segments is no longer available, or come back once
    one that is not becomes so."""

    def __init__(self, supply: Supply, measures: Mapping[str, SegmentMeasure]) -> None:
        self.supply, self.measures = supply, measures
        local: dict[str, list[str]] = defaultdict(list)
        for ident, s in supply.segments.items():
            if s.total and s.counted:
                local[s.fact.chain].append(ident)
        self._wholes = {chain: self._whole(idents) for chain, idents in local.items()}

    def _whole(self, idents: Sequence[str]) -> Whole:
        outputs = {x: v for x in idents if (v := self.measures[x].own_output) is not None}
        by_output = len(outputs) == len(idents) and sum(outputs.values()) > 0
        parts = outputs if by_output else dict.fromkeys(idents, 1.0)
        return Whole(parts, by_output, sum(parts.values()))

    def of(self, ident: str, weight: float) -> Component:
        """Share of the chain's output on segments made here now that are not once this one is unavailable; where it
        is not available, on segments with makers that its becoming available restores."""
        fact = self.supply.segments[ident].fact
        whole = self._wholes.get(fact.chain)
        if whole is None:
            return Component(SCORES["criticality"].caption, None, weight, {}, (), "本链没有在产环节，不计算。")
        here = self.supply.state.available[ident]
        hit = self.supply.fall(segments=(ident,)).unmade if here else self.supply.restored(ident)
        moved = [x for x in hit if x in whole.parts]
        part = sum(sorted(whole.parts[x] for x in moved))
        share = part / whole.total
        by = "产值" if whole.by_output else "环节数（产值不全）"
        others = sum(x != ident for x in moved)
        text = (
            f"一旦得不到“{fact.name}”，本链在产环节停{len(moved)}个"
            if here
            else f"补上“{fact.name}”，本链恢复{len(moved)}个环节"
        )
        text += f"，按{by}占{share:.0%}。"
        rows = {r for x in moved or [ident] for group in self.measures[x].rows for r in group}
        inputs = {"停产部分" if here else "恢复部分": part, "在产合计": whole.total, "受影响的其他环节": float(others)}
        return Component(
            SCORES["criticality"].caption, round(100 * share, 6), weight, inputs, tuple(sorted(rows)), text
        )


def score(m: SegmentMeasure, criticality: Criticality, config: GapConfig, regional: Regional | None) -> Scores:
    """The scores of one measured segment, before ranking."""
    critical = criticality.of(m.segment.fact.id, config.weight_criticality)
    gap = _gap(m, config)
    concentration = _concentration(m, config)
    external = _external(m, config)
    feasibility = _feasibility(config, regional)
    weighed = (gap, critical, concentration, external)
    ranks = not m.segment.lower_bound and sum(c.value is not None for c in weighed) >= config.scores_at_least
    priority = weighted_mean(weighed) if ranks else None
    target = priority
    if priority is not None and regional is not None and feasibility.value is not None:
        target = round(priority**0.5 * feasibility.value**0.3 * (100 * regional.complexity) ** 0.2, 6)
    return Scores(gap, critical, concentration, external, feasibility, priority, target)


def weighted_mean(components: Iterable[Component], weights: Sequence[float] | None = None) -> float | None:
    """The mean of the values that exist, by weight; None when there is none.

    >>> from dataclasses import replace
    >>> part = Component("", 100.0, 0.3, {}, (), "")
    >>> weighted_mean([part, replace(part, value=0.0, weight=0.1), replace(part, value=None)])
    75.0
    """
    listed = list(components)
    used = weights or [c.weight for c in listed]
    known = [(c.value, w) for c, w in zip(listed, used, strict=True) if c.value is not None]
    total = sum(w for _, w in known)
    return round(sum(v * w for v, w in known) / total, 6) if total else None


def _outside_rows(m: SegmentMeasure) -> tuple[int, ...]:
    return tuple(sorted({r for e in m.segment.sources for r in e.records}))


def _gap(m: SegmentMeasure, config: GapConfig) -> Component:
    total, outside = m.segment.total, m.external_share
    inputs: dict[str, float | None] = {"企业数N": float(total), "外购占比X": outside}
    if total == 0:
        rows = tuple(sorted(m.segment.fact.records))
        return Component(
            SCORES["gap"].caption, 100.0, config.weight_gap, inputs, rows, "本地没有在产企业，缺口按100计。"
        )
    if outside is None:
        return Component(SCORES["gap"].caption, None, config.weight_gap, inputs, (), "外购占比没有填写，缺口不计。")
    text = f"本地有在产企业，另有{outside:.0%}靠外购。"
    return Component(SCORES["gap"].caption, round(100 * outside, 6), config.weight_gap, inputs, _outside_rows(m), text)


def _concentration(m: SegmentMeasure, config: GapConfig) -> Component:
    weight = config.weight_concentration
    if not m.segment.n or m.hhi is None:
        return Component(SCORES["concentration"].caption, None, weight, {"HHI": None}, (), "没有列名企业，集中度不计。")
    rows = tuple(sorted({r for t in m.stands if producing(t) for r in t.records}))
    largest = m.makers[0]
    basis = "" if m.real_shares else "（按家数）"
    text = f"最大一家{largest.name}占{largest.share:.0%}{basis}。"
    return Component(SCORES["concentration"].caption, round(100 * m.hhi, 6), weight, {"HHI": m.hhi}, rows, text)


def _external(m: SegmentMeasure, config: GapConfig) -> Component:
    weight, share, spread = config.weight_external, m.external_share, m.external_hhi
    inputs = {"外购占比X": share, "外购集中度": spread}
    if share is None or spread is None:
        return Component(SCORES["external"].caption, None, weight, inputs, (), "外购占比没有填写，外部依赖不计。")
    value = 100 * share * max(spread, config.external_floor)
    text = f"外购占{share:.0%}，来自{len(m.segment.sources)}个来源。"
    return Component(SCORES["external"].caption, round(value, 6), weight, inputs, _outside_rows(m), text)


def _feasibility(config: GapConfig, regional: Regional | None) -> Component:
    weight = config.weight_feasibility
    if regional is None:
        return Component(SCORES["feasibility"].caption, None, weight, {"关联密度": None}, (), TOO_FEW_REGIONS)
    text = f"与本地已有优势环节的关联密度为{regional.density:.0%}。"
    return Component(
        SCORES["feasibility"].caption,
        round(100 * regional.density, 6),
        weight,
        {"关联密度": regional.density},
        (),
        text,
    )


def stability(parts: Sequence[tuple[Scores, bool]], config: GapConfig) -> list[float]:
    """In which share of draws of weights each keeps its rank among them; True stands below all that are False.

    Weights vary independently and uniformly by the configured spread; the draws are the same every time. Where k
    share a rank, it belongs to each in one of k orders only.
    """
    if not parts:
        return []
    values = np.array([[np.nan if c.value is None else c.value for c in s.weighed()] for s, _ in parts])
    low = np.array([later for _, later in parts])
    base = np.array([c.weight for c in parts[0][0].weighed()])
    spread = np.random.default_rng(20260101).uniform(-1, 1, (config.sensitivity_draws, len(base)))
    now = _ranks(values, base, low)
    held = np.zeros(len(parts))
    for weights in base * (1 + config.sensitivity_spread * spread):
        held += _ranks(values, weights, low) == now
    holds = held / config.sensitivity_draws if config.sensitivity_draws else np.ones(len(parts))
    sharing = (now[:, None] == now).sum(axis=1)
    return [round(float(v), 4) for v in holds / sharing]


def _ranks(values: Floats, weights: Floats, low: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Ranks from 1 (highest) of the weighted means of what is known; equal priorities share the better rank."""
    known = ~np.isnan(values)
    means = np.round(np.where(known, values, 0.0) @ weights / (known @ weights), 6) - 1000.0 * low
    return 1 + len(means) - np.searchsorted(np.sort(means), means, side="right")
