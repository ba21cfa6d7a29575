"""Flags add to a status and never repeat it; in the order of docs/gap-model.md."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.analysis.config import GapConfig, counts_as_honour
from graph.analysis.grading.measure import Neighbourhood, SegmentMeasure
from graph.analysis.regions.compare import Regional
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.segment import producing


@dataclass(frozen=True, slots=True)
class Criteria:
    """What everything is judged by: the thresholds, and the day that dates the evidence."""

    config: GapConfig
    today: date


def flags_of(
    m: SegmentMeasure, status: str, around: Neighbourhood, criteria: Criteria, regional: Regional | None = None
) -> tuple[str, ...]:
    """Every flag that applies to a graded segment."""
    supply, config = around.supply, criteria.config
    flags = [
        *_supply_flags(m, around),
        *_sample_flags(m, supply),
        *_maker_flags(m, config),
        *_source_flags(m, status, config),
    ]
    if m.segment.total == 0 and _stands_on_parent(m, supply):
        flags.append("上级未细分")
    if m.segment.summed:
        flags.append("汇总")
    if is_stale(m, status, supply, criteria):
        flags.append("数据陈旧")
    if m.segment.total and regional and regional.quotient[2] < 1:
        flags.append("相对薄弱")
    if status == "断链" and not _stopped_upstream(m, around):
        flags.append("与在产矛盾")
    return tuple(flags)


def _supply_flags(m: SegmentMeasure, around: Neighbourhood) -> Iterator[str]:
    ident = m.segment.fact.id
    if (m.external_share or 0) > 0:
        yield "外部依赖"
    if m.segment.total == 0 and (around.supply.city_makers(ident) or around.substitutes(ident)):
        yield "协同"
    if m.segment.total >= 1 and ident in around.unproven:
        yield "待核实"


def _sample_flags(m: SegmentMeasure, supply: Supply) -> Iterator[str]:
    s = m.segment
    if s.unnamed or s.lower_bound:
        yield "样本不全"
    if s.n and not m.real_shares:
        yield "份额按家数"
    if not m.states_stated:
        yield "状态未注明"
    firms = (supply.firms[t.firm] for t in m.stands)
    if any(not f.region_stated and f.region is None and not f.location for f in firms):
        yield "归属未注明"


def _maker_flags(m: SegmentMeasure, config: GapConfig) -> Iterator[str]:
    s = m.segment
    if s.n >= config.concentrated_makers and m.real_shares and (m.hhi or 0) > config.concentrated_hhi:
        yield "集中"
    if s.total == 1 and any(counts_as_honour(h, config) for h in m.honours):
        yield "单企支撑"


def _source_flags(m: SegmentMeasure, status: str, config: GapConfig) -> Iterator[str]:
    count, spread = len(m.segment.sources), m.external_hhi or 0
    if status == "缺链" and count >= config.stable_sources and spread <= config.single_source_hhi:
        yield "外购稳定"
    if m.segment.total == 0 and count and (count == 1 or spread > config.single_source_hhi):
        yield "来源单一"
    if status in ("缺链", "卡脖子") and not m.segment.supply_known:
        yield "外购来源未登记"


def _stands_on_parent(m: SegmentMeasure, supply: Supply) -> bool:
    parent = m.segment.ancestors[:1]
    return bool(parent) and any(producing(t) for t in supply.segments[parent[0]].here)


def is_stale(m: SegmentMeasure, status: str, supply: Supply, criteria: Criteria) -> bool:
    """Whether all dated evidence is older than the limit; rows without a date say nothing about age."""
    dates = [info.dated for r in m.evidence(status) if (info := supply.facts.info.get(r)) is not None and info.dated]
    today = criteria.today
    then = today.year - criteria.config.stale_years
    leap = today.month == 2 and today.day == 29 and not isleap(then)
    limit = date(then, today.month, 28 if leap else today.day)
    return bool(dates) and max(dates) < limit


def _stopped_upstream(m: SegmentMeasure, around: Neighbourhood) -> bool:
    """A dated 停产 on what is missing, or on what that lacks in turn, explains the break; so does a supposed loss."""
    explained = around.stopped | around.supply.known.bereft
    return any(x in explained for u in m.lacking for x in around.supply.segments[u].subtree)
