"""Whom to invite: outside firms ranked for each gap of a chain, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.analysis.config import GapConfig, counts_as_honour
from graph.analysis.grading.grade import graded
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.sentences import names
from graph.analysis.grading.statuses import STATUSES
from graph.analysis.recruiting.product_match import ProductMatch, is_noise, terms
from graph.analysis.scenario import Landing, Scenario, apply
from graph.analysis.supply.availability import Supply
from graph.text import bigrams

NEWCOMER = "新落地企业"  # stands in for whoever lands while the gain is computed
PLACED = 0.95  # match of a firm that rows place on a segment, its products unlike the name
LARGE = 50_000.0  # 万元: output at which the scale part reaches one half


@dataclass(frozen=True, slots=True)
class PoolProduct:
    """What an outside firm makes; `share` of its revenue in [0, 1] or None."""

    name: str
    share: float | None = None
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A known link to a local firm, in words (向示例甲公司供货)."""

    text: str
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PoolFirm:
    """An outside firm with what is known about it. `nearness`: 1 same city, 0.7 same province, 0.3 elsewhere, None unknown."""

    id: str
    name: str
    location: str | None = None
    nearness: float | None = None
    products: tuple[PoolProduct, ...] = ()
    stands: frozenset[str] = frozenset()  # segments (ids) that rows place it on
    output: float | None = None  # 万元, latest
    honours: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    signals: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    records: tuple[int, ...] = ()


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
class Fit:
    """How well a firm answers a segment, in [0, 1], and by which product."""

    value: float
    product: PoolProduct | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm proposed for a segment (id). `score` 0-100; `records` are the rows it rests on."""

    segment: str
    firm: PoolFirm
    product: str | None
    score: float
    parts: tuple[ScorePart, ...]
    reasons: str
    change: str
    records: tuple[int, ...]


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
    """A segment to recruit for: what a newcomer there changes (None where its status is not known), what it goes by,
    and the largest output of a firm in its chain (万元)."""

    row: SegmentStatus
    gain: Gain | None
    terms: tuple[str, ...]
    largest: float | None


def rank(
    rows: Sequence[SegmentStatus],
    pool: Iterable[PoolFirm],
    supply: Supply,
    match: ProductMatch,
    *,
    today: date,
    top: int,
) -> list[Candidate]:
    """Candidates for segments (in the order given), up to `top` each, best first.

    Where the status is 未知 the gain is not known and is left out.
    """
    config = match.config
    before = {r.segment_id: r for r in graded(supply, config=config, today=today, scores=False)}
    firms = list(pool)
    candidates: list[Candidate] = []
    for row in rows:
        known = STATUSES[row.status].graded
        gain = gain_at(row.segment_id, before, supply, config, today) if known else None
        opening = _Opening(row, gain, terms(row.segment, config), _largest(row, supply))
        matched = [c for f in firms if (c := _candidate(opening, f, match)) is not None]
        candidates += sorted(matched, key=lambda c: (-c.score, c.firm.name, c.firm.id))[:top]
    return candidates


def _candidate(opening: _Opening, firm: PoolFirm, match: ProductMatch) -> Candidate | None:
    config, gain = match.config, opening.gain
    fit = best_match(opening.row, firm, opening.terms, match)
    if fit.value < config.match_at_least:
        return None
    parts = _parts(opening, firm, fit, config)
    known = [(p.value, p.weight) for p in parts if p.value is not None]
    score = 100 * sum(v * w for v, w in known) / sum(w for _, w in known)
    if firm.risks:
        parts += (ScorePart("风险", -1.0, config.candidate_risk, "注意：" + names(list(firm.risks))),)
        score -= 100 * config.candidate_risk
    return Candidate(
        segment=opening.row.segment_id,
        firm=firm,
        product=fit.product.name if fit.product else _main_products(firm, config) or None,
        score=round(max(0.0, score), 2),
        parts=parts,
        reasons="；".join(p.text for p in parts[1:] if p.text) + "。",
        change=gain.text if gain else "未摸底，先问清本地情况",
        records=_rows(firm, fit.product),
    )


def _parts(opening: _Opening, firm: PoolFirm, fit: Fit, config: GapConfig) -> tuple[ScorePart, ...]:
    """What speaks for a firm, each part with its weight."""
    gain, share = opening.gain, fit.product.share if fit.product else None
    fitting = fit.value * (config.unknown_share if share is None else share)
    signals = _saturated(len(firm.signals))
    return (
        ScorePart("落地后的改善", gain.value if gain else None, config.candidate_gain, gain.text if gain else ""),
        ScorePart("产品吻合", fitting, config.candidate_match, _product_text(opening.row, firm, fit.product, config)),
        _ties(firm, config),
        _reach(firm, opening.largest, config),
        _scale(firm, opening.largest, config),
        ScorePart("迹象", signals, config.candidate_signals, names(list(firm.signals))),
    )


def _rows(firm: PoolFirm, product: PoolProduct | None) -> tuple[int, ...]:
    """The ledger rows that a candidate rests on."""
    stated = product.records if product else ()
    return tuple(sorted({*firm.records, *stated, *(r for t in firm.ties for r in t.records)}))


def best_match(row: SegmentStatus, firm: PoolFirm, wanted: Sequence[str], match: ProductMatch) -> Fit:
    """The product that answers the segment best; a firm that rows place on it matches almost fully, and fully
    where a product of its sounds like it. `wanted`: what the segment goes by.
    """
    config = match.config
    best = Fit(PLACED) if row.segment_id in firm.stands else Fit(0.0)
    for product in firm.products:
        if product.share is not None and product.share < config.minor_share:
            continue
        value = max(match.of(t, product.name) for t in wanted)
        if value and (value, _share(product)) > (best.value, _share(best.product)):
            best = Fit(max(value, best.value), product)
    if best.value and best.product is None:  # placed there by rows: the product that sounds most like it
        likely = max(firm.products, key=lambda p: (_alike(row.segment, p, config), _share(p)), default=None)
        if likely and _alike(row.segment, likely, config):
            best = Fit(1.0, likely)
    return best


def _alike(segment: str, product: PoolProduct, config: GapConfig) -> int:
    if is_noise(product.name, config):
        return 0
    return len(bigrams(segment) & bigrams(product.name))


def _share(product: PoolProduct | None) -> float:
    return (product.share or 0.0) if product else -1.0


def _product_text(row: SegmentStatus, firm: PoolFirm, product: PoolProduct | None, config: GapConfig) -> str:
    if product is None:
        main = _main_products(firm, config)
        return f"资料把它列在“{row.segment}”" + (f"，产品有{main}" if main else "")
    of_revenue = f"占营收{product.share:.0%}" if product.share is not None else "营收占比未知，按一半计"
    return f"生产{product.name}（{of_revenue}）"


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
    known: list[float] = []
    words: list[str] = []
    if firm.nearness is not None:
        known.append(firm.nearness)
        words.append({1.0: "同市", 0.7: "同省"}.get(firm.nearness, "外省"))
    if firm.ties:
        known.append(1.0)
    if firm.output is not None and largest:
        known.append(min(1.0, largest / firm.output) if firm.output > 0 else 1.0)
        words.append("体量相称" if known[-1] > 0.5 else "体量远大于本地企业" if known[-1] < 0.1 else "体量大于本地企业")
    value = sum(known) / len(known) if known else None
    return ScorePart("可招性", value, config.candidate_reach, "、".join(words))


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
