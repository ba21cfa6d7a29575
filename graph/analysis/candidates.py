"""Whom to invite: outside firms ranked for each gap of a chain, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.analysis.config import GapConfig, counts_as_honour
from graph.analysis.gaps import SegmentStatus, graded
from graph.analysis.supply import Supply
from graph.analysis.whatif import Landing, Scenario, apply
from graph.analysis.words import names
from graph.text import bigrams, norm

GAPS = ("缺链", "卡脖子", "弱链", "空白")  # where another producer raises the status
STEPS = {"断链": 0, "缺链": 1, "卡脖子": 1, "空白": 1, "弱链": 2, "稳链": 3, "强链": 4}
NEWCOMER = "新落地企业"  # stands in for whoever lands while the gain is computed
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
    """An outside firm with what is known about it. `near`: 1 same city, 0.7 same province, 0.3 elsewhere, None unknown."""

    id: str
    name: str
    location: str | None = None
    near: float | None = None
    products: tuple[PoolProduct, ...] = ()
    stands: frozenset[str] = frozenset()  # segments (ids) that rows place it on
    output: float | None = None  # 万元, latest
    honours: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    signals: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
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
    """A firm proposed for a segment (id). `score` 0-100; `records` are the rows it rests on."""

    segment: str
    firm: PoolFirm
    product: str | None
    score: float
    parts: tuple[Part, ...]
    reasons: str
    change: str
    records: tuple[int, ...]


def terms(name: str) -> tuple[str, ...]:
    """The names a segment goes by: alternatives joined by 、 及 与 or set in brackets.

    >>> terms("减速器及齿轮箱（RV）")
    ('减速器', '齿轮箱', 'RV')
    """
    parts = re.split(r"[、/与和及()·,，]", norm(name))
    return tuple(dict.fromkeys(p.strip() for p in parts if len(p.strip()) >= 2)) or (norm(name),)


def match(term: str, product: str, config: GapConfig) -> float:
    """How well a product answers a segment's name, in [0, 1]; in Chinese the last word is the thing itself.

    >>> [match("锯带", p, GapConfig()) for p in ("锯带", "双金属锯带", "锯带设备", "锯", "其他")]
    [1.0, 0.9, 0.3, 0.0, 0.0]
    """
    product = norm(product)
    if len(product) < 2 or product in config.noise_products or re.fullmatch(r"[\d\W]+", product):
        return 0.0
    if product == term:
        return 1.0
    if product.endswith(term):
        return 0.9
    if term.endswith(product):
        return 0.7
    return 0.3 if term in product or product in term else 0.0


def targets(rows: Sequence[SegmentStatus], segment: str | None = None) -> list[SegmentStatus]:
    """Segments of a chain to recruit for, by priority; supplied ones (外购稳定) and sums after the others."""
    asked = [r for r in rows if (r.segment_id == segment if segment else r.status in GAPS and "汇总" not in r.flags)]
    asked = [r for r in asked if r.status not in ("未知", "不适用")]

    def key(r: SegmentStatus) -> tuple[object, ...]:
        priority = r.scores.priority if r.scores else None
        return ("外购稳定" in r.flags, r.status == "空白", -(priority or 0.0), r.segment)

    return sorted(asked, key=key)


def gain_at(segment: str, before: Mapping[str, SegmentStatus], supply: Supply, config: GapConfig, today: date) -> Gain:
    """What changes when one more producer lands at a segment: steps up over all segments, x / (x + 2).

    A newcomer who only shortens the way to the next status counts as that part of a step.
    """
    after = apply(supply, Scenario(add=(Landing(NEWCOMER, segment),)))
    steps, said = 0.0, []
    for row in graded(after, config=config, today=today, scores=False):
        was = before[row.segment_id]
        rise = STEPS.get(row.status, 0) - STEPS.get(was.status, 0)
        if row.status != was.status and was.status in STEPS:
            steps += rise
            said.append(f"“{row.segment}”由{was.caption}变为{row.caption}")
        elif row.segment_id == segment and was.flip and was.flip.steps and row.flip and row.flip.steps:
            steps += max(0, was.flip.steps - row.flip.steps) / was.flip.steps
            said.append(f"“{row.segment}”仍为{row.caption}，{row.flip.text}")
    text = names(said) if said else "状态不变，供给多一家"
    return Gain(max(0, steps) / (max(0, steps) + 2), text)


def rank(
    rows: Sequence[SegmentStatus], pool: Iterable[PoolFirm], supply: Supply, *, config: GapConfig, today: date, top: int
) -> list[Candidate]:
    """Candidates for segments (in the order given), up to `top` each, best first.

    Where the status is 未知 the gain is not known and is left out.
    """
    before = {r.segment_id: r for r in graded(supply, config=config, today=today, scores=False)}
    firms = list(pool)
    found: list[Candidate] = []
    for row in rows:
        gain = None
        if row.status not in ("未知", "不适用"):
            gain = gain_at(row.segment_id, before, supply, config, today)
        matched = [c for f in firms if (c := _candidate(row, f, gain, supply, config)) is not None]
        found += sorted(matched, key=lambda c: (-c.score, c.firm.name, c.firm.id))[:top]
    return found


def _candidate(
    row: SegmentStatus, firm: PoolFirm, gain: Gain | None, supply: Supply, config: GapConfig
) -> Candidate | None:  # fmt: skip
    value, product = best_match(row, firm, config)
    if value < config.match_at_least:
        return None
    share = product.share if product else None
    parts: tuple[Part, ...] = (
        Part("落地后的改善", gain.value if gain else None, config.candidate_gain, gain.text if gain else ""),
        Part(
            "产品吻合", value * (config.unknown_share if share is None else share), config.candidate_match,
            _product_text(row, firm, product, config),
        ),
        _ties(firm, config), _reach(row, firm, supply, config), _scale(firm, config),
        Part(
            "迹象", _saturated(len(firm.signals)), config.candidate_signals, names(list(firm.signals))
        ),
    )  # fmt: skip
    known = [(p.value, p.weight) for p in parts if p.value is not None]
    score = 100 * sum(v * w for v, w in known) / sum(w for _, w in known)
    if firm.risks:
        parts += (Part("风险", -1.0, config.candidate_risk, "注意：" + names(list(firm.risks))),)
        score -= 100 * config.candidate_risk
    reasons = "；".join(p.text for p in parts[1:] if p.text) + "。"
    change = gain.text if gain else "未摸底，先问清本地情况"
    rows = {*firm.records, *(product.records if product else ()), *(r for t in firm.ties for r in t.records)}
    label = product.name if product else None
    return Candidate(
        row.segment_id, firm, label, round(max(0.0, score), 2), parts, reasons, change, tuple(sorted(rows))
    )


def best_match(row: SegmentStatus, firm: PoolFirm, config: GapConfig) -> tuple[float, PoolProduct | None]:
    """The product that answers the segment best; a firm that rows place on it matches fully."""
    best: tuple[float, PoolProduct | None] = (1.0, None) if row.segment_id in firm.stands else (0.0, None)
    for product in firm.products:
        value = max(match(t, product.name, config) for t in terms(row.segment))
        if value and (value, _share(product)) > (best[0], _share(best[1])):
            best = (max(value, best[0]), product)
    if best[0] and best[1] is None:  # placed there by rows: the product that sounds most like it
        likely = max(firm.products, key=lambda p: (_alike(row.segment, p, config), _share(p)), default=None)
        if likely and _alike(row.segment, likely, config):
            best = (best[0], likely)
    return best


def _alike(segment: str, product: PoolProduct, config: GapConfig) -> int:
    if norm(product.name) in config.noise_products:
        return 0
    return len(bigrams(segment) & bigrams(product.name))


def _share(product: PoolProduct | None) -> float:
    return (product.share or 0.0) if product else -1.0


def _product_text(row: SegmentStatus, firm: PoolFirm, product: PoolProduct | None, config: GapConfig) -> str:
    if product is None:
        main = names([p.name for p in firm.products if norm(p.name) not in config.noise_products])
        return f"资料把它列在“{row.segment}”" + (f"，产品有{main}" if main else "")
    share = product.share
    said = f"占营收{share:.0%}" if share is not None else "营收占比未知，按一半计"
    return f"生产{product.name}（{said}）"


def _saturated(count: float, half: float = 1.0) -> float:
    """Grows from 0 towards 1; one half at `half`."""
    return count / (count + half)


def _ties(firm: PoolFirm, config: GapConfig) -> Part:
    text = names([t.text for t in firm.ties])
    return Part("本地联系", _saturated(len(firm.ties)), config.candidate_ties, text)


def _reach(row: SegmentStatus, firm: PoolFirm, supply: Supply, config: GapConfig) -> Part:
    chain = supply.segments[row.segment_id].fact.chain
    largest = max(
        (o.output for s in supply.segments.values() if s.fact.chain == chain for o in s.outputs), default=None
    )
    known: list[float] = []
    said: list[str] = []
    if firm.near is not None:
        known.append(firm.near)
        said.append({1.0: "同市", 0.7: "同省"}.get(firm.near, "外省"))
    if firm.ties:
        known.append(1.0)
    if firm.output is not None and largest:
        known.append(min(1.0, largest / firm.output) if firm.output > 0 else 1.0)
        said.append("体量相称" if known[-1] > 0.5 else "体量远大于本地企业")
    value = sum(known) / len(known) if known else None
    return Part("可招性", value, config.candidate_reach, "、".join(said))


def _scale(firm: PoolFirm, config: GapConfig) -> Part:
    good = [h for h in firm.honours if counts_as_honour(h, config)]
    known = []
    if firm.output is not None:
        known.append(_saturated(firm.output, LARGE))
    if firm.honours:
        known.append(_saturated(len(good)))
    value = sum(known) / len(known) if known else None
    return Part("规模与资质", value, config.candidate_scale, names(good))
