"""Whom to invite: outside firms ranked for each gap of a chain, each with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.analysis.config import GapConfig, counts_as_honour
from graph.analysis.grading.grade import graded
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.sentences import names
from graph.analysis.grading.statuses import STATUSES
from graph.analysis.recruiting.fit import Fit, Fitting
from graph.analysis.recruiting.outside_firm import PoolFirm, PoolProduct
from graph.analysis.recruiting.product_match import is_noise
from graph.analysis.scenario import Landing, Scenario, apply
from graph.analysis.supply.availability import Supply
from graph.naming.places import IN_WORDS

NEWCOMER = "新落地企业"  # stands in for whoever lands while the gain is computed
UNKNOWN = 0.5  # what is not known of how likely a firm is to come; nothing known counts less
LARGE = 50_000.0  # 万元: output at which the scale part reaches one half


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: value in [0, 1] or None where unknown (left out), its weight, and a clause."""

    name: str
    value: float | None
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Gain:
    """What a newcomer at a segment changes: value in [0, 1), and in words."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm proposed for a segment (id). `score` 0-100; equal scores share a `rank` (`tied`, 并列); `records` are the
    rows it rests on.
    """

    segment: str
    firm: PoolFirm
    product: str | None
    score: float
    parts: tuple[ScorePart, ...]
    reasons: str
    change: str
    records: tuple[int, ...]
    rank: int = 1
    tied: bool = False


def gain_at(segment: str, before: Mapping[str, SegmentStatus], supply: Supply, config: GapConfig, today: date) -> Gain:
    """What changes when one more producer lands at a segment: steps up over all segments, x / (x + 2).

    A newcomer who only shortens the way to the next status counts as that part of a step.
    """
    after = apply(supply, Scenario(add=(Landing(NEWCOMER, segment),)))
    steps, changes = 0.0, []
    rows = graded(after, config=config, today=today, scores=False)
    for row in sorted(rows, key=lambda r: r.segment_id != segment):  # its own change is said first
        was = before[row.segment_id]
        if "汇总" in row.flags and row.segment_id != segment:
            continue  # a sum over its children: counted there
        level = STATUSES[was.status].level
        if row.status != was.status and level is not None:
            steps += (STATUSES[row.status].level or 0) - level
            changes.append(f"“{row.segment}”由{was.caption}变为{row.caption}")
        elif row.segment_id == segment and was.flip and was.flip.steps and row.flip and row.flip.steps:
            steps += max(0, was.flip.steps - row.flip.steps) / was.flip.steps
            changes.append(f"“{row.segment}”仍为{row.caption}，{row.flip.text}")
    text = names(changes) if changes else "状态不变，供给多一家"
    return Gain(max(0, steps) / (max(0, steps) + 2), text)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A segment to recruit for: what a newcomer there changes (None where its status is not known), and the largest
    output of a firm in its chain (万元)."""

    row: SegmentStatus
    gain: Gain | None
    largest: float | None


def rank(
    rows: Sequence[SegmentStatus],
    fitting: Fitting,
    supply: Supply,
    *,
    today: date,
    top: int,
    only: Collection[str] | None = None,
) -> list[Candidate]:
    """Candidates for segments (in the order given), up to `top` each, best first; of `only` (ids) where given.

    Where the status is 未知 the gain is not known and is left out.
    """
    config = fitting.match.config
    before = {r.segment_id: r for r in graded(supply, config=config, today=today, scores=False)}
    candidates: list[Candidate] = []
    for row in rows:
        known = STATUSES[row.status].graded
        gain = gain_at(row.segment_id, before, supply, config, today) if known else None
        opening = _Opening(row, gain, _largest(row, supply))
        fits = fitting.of(row.segment_id)
        matched = [
            _candidate(opening, fitting.firms[ident], fit, config)
            for ident, fit in fits.items()
            if only is None or ident in only
        ]
        candidates += in_places(matched)[:top]
    return candidates


def in_places(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates of one segment, the best first, equal scores on one place."""
    ranked = sorted(candidates, key=lambda c: (-c.score, c.firm.name, c.firm.id))
    alike = Counter(c.score for c in ranked)
    first: dict[float, int] = {}
    for place, c in enumerate(ranked, 1):
        first.setdefault(c.score, place)
    return [replace(c, rank=first[c.score], tied=alike[c.score] > 1) for c in ranked]


def _candidate(opening: _Opening, firm: PoolFirm, fit: Fit, config: GapConfig) -> Candidate:
    gain = opening.gain
    parts = _parts(opening, firm, fit, config)
    known = [(p.value, p.weight) for p in parts if p.value is not None]
    score = 100 * sum(v * w for v, w in known) / sum(w for _, w in known)
    if firm.risks:
        parts += (ScorePart("风险", -1.0, config.candidate_risk, "注意：" + names(list(firm.risks))),)
        score -= 100 * config.candidate_risk
    return Candidate(
        segment=opening.row.segment_id,
        firm=firm,
        product=names([p.name for p in fit.products]) or fit.close or _main_products(firm, config) or None,
        score=round(max(0.0, score), 2),
        parts=parts,
        reasons="；".join([*(p.text for p in parts[1:] if p.text), *(f"请核实：{d}" for d in firm.doubts)]) + "。",
        change=gain.text if gain else "未摸底，先问清本地情况",
        records=_rows(firm, fit.products),
    )


def _parts(opening: _Opening, firm: PoolFirm, fit: Fit, config: GapConfig) -> tuple[ScorePart, ...]:
    """What speaks for a firm, each part with its weight."""
    gain = opening.gain
    signals = _saturated(len(firm.signals))
    return (
        ScorePart("落地后的改善", gain.value if gain else None, config.candidate_gain, gain.text if gain else ""),
        ScorePart("产品吻合", fit.value, config.candidate_match, _product_text(opening.row, firm, fit, config)),
        _ties(firm, config),
        _reach(firm, opening.largest, config),
        _scale(firm, opening.largest, config),
        ScorePart("迹象", signals, config.candidate_signals, names(list(firm.signals))),
    )


def _rows(firm: PoolFirm, products: Iterable[PoolProduct]) -> tuple[int, ...]:
    """The ledger rows that a candidate rests on."""
    stated = (r for p in products for r in p.records)
    return tuple(sorted({*firm.records, *stated, *(r for t in firm.ties for r in t.records)}))


def _product_text(row: SegmentStatus, firm: PoolFirm, fit: Fit, config: GapConfig) -> str:
    """What the firm makes of what is sought; where none of its products answers by name, why it is named at all."""
    if fit.products:
        text = f"生产{names([p.name for p in fit.products])}"
        shares = [p.share for p in fit.products if p.share is not None]
        return text + (f"（占营收{sum(shares):.0%}）" if shares else "（营收占比未知，按一半计）")
    main = _main_products(firm, config)
    if fit.placed:
        return f"资料把它列在“{row.segment}”" + (f"，产品有{main}" if main else "")
    return f"产品{fit.close or main}与“{row.segment}”所需相近，是否生产待核实"


def _main_products(firm: PoolFirm, config: GapConfig) -> str:
    return names([p.name for p in firm.products if not is_noise(p.name, config)])


def _saturated(count: float, half: float = 1.0) -> float:
    """Grows from 0 towards 1; one half at `half`."""
    return count / (count + half)


def _ties(firm: PoolFirm, config: GapConfig) -> ScorePart:
    text = names([t.text for t in firm.ties])
    return ScorePart("本地联系", _saturated(len(firm.ties)), config.candidate_ties, text)


def _largest(row: SegmentStatus, supply: Supply) -> float | None:
    """The largest output of a firm on one segment of the chain (万元): the measure of what fits it."""
    chain = supply.segments[row.segment_id].fact.chain
    return max((o.output for s in supply.segments.values() if s.fact.chain == chain for o in s.outputs), default=None)


def _reach(firm: PoolFirm, largest: float | None, config: GapConfig) -> ScorePart:
    """How likely it is to come: near by, known here, of a size that fits. What is not known counts .5, and nothing less."""
    values = [UNKNOWN if firm.nearness is None else firm.nearness]
    nowhere = "远近不明" if firm.location else "所在地未注明"
    words = [nowhere if firm.nearness is None else IN_WORDS[firm.nearness]]
    if firm.ties:
        values.append(1.0)
    if firm.output is not None and largest:
        ratio = min(1.0, largest / firm.output) if firm.output > 0 else 1.0
        values.append(UNKNOWN + (1 - UNKNOWN) * ratio)
        words.append("体量相称" if ratio > 0.5 else "体量远大于本地企业" if ratio < 0.1 else "体量大于本地企业")
    else:
        values.append(UNKNOWN)
    return ScorePart("可招性", sum(values) / len(values), config.candidate_reach, "、".join(words))


def _scale(firm: PoolFirm, largest: float | None, config: GapConfig) -> ScorePart:
    """Size saturates, and beyond the chain's own largest firm it counts no more: a giant is not a better guest."""
    good = [h for h in firm.honours if counts_as_honour(h, config)]
    known = []
    if firm.output is not None:
        known.append(_saturated(min(firm.output, largest or firm.output), LARGE))
    if good:  # honours that do not count say nothing of the size
        known.append(_saturated(len(good)))
    value = sum(known) / len(known) if known else None
    return ScorePart("规模与资质", value, config.candidate_scale, names(good))
