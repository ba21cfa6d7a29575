"""The status of every segment: which links are strong, weak, missing, broken or unknown, and why.

Rules: docs/gap-model.md. Everything is judged for the chain's own county (scope 县) or city (市).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from graph.analysis.config import GapConfig, counts_as_honour
from graph.analysis.facts import Facts
from graph.analysis.grading.flags import Criteria, flags_of
from graph.analysis.grading.flip import flip_of
from graph.analysis.grading.measure import Neighbourhood, SegmentMeasure, measure
from graph.analysis.grading.order import in_order
from graph.analysis.grading.scores import Criticality, Scores, score, stability
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.sentences import Case, reason_of, remedies_of, verb_of
from graph.analysis.grading.statuses import STATUSES, caption_of, count_of
from graph.analysis.regions.compare import Regional
from graph.analysis.supply.availability import Supply

ORDER = {"上游": 0, "中游": 1, "下游": 2, "配套": 3, "应用": 4}


def grade(facts: Facts, *, config: GapConfig, today: date, scope: str = "县") -> list[SegmentStatus]:
    """The status of every segment of every chain, by county, chain and tree order.

    `scope` 县 grades each chain for its own county, 市 for the whole city; `today` dates the evidence.

    >>> from graph.analysis.facts import ChainFact, RegionFact, SegmentFact
    >>> facts = Facts((RegionFact("r", "示例县"),), (ChainFact("c", "示例链", "r"),), (SegmentFact("s", "锯条", "c"),))
    >>> [(s.status, s.caption) for s in grade(facts, config=GapConfig(), today=date(2026, 1, 1))]
    [('未知', '未摸底')]
    """
    return graded(Supply(facts, scope), config=config, today=today)


def graded(
    supply: Supply,
    *,
    config: GapConfig,
    today: date,
    regional: Mapping[str, Regional] | None = None,
    scores: bool = True,
) -> list[SegmentStatus]:
    """The same of a compiled supply, with what comparing regions says; without `scores` where only statuses are compared."""
    around, criteria, compared = Neighbourhood(supply), Criteria(config, today), regional or {}
    measures = {ident: measure(ident, around) for ident in _tree_order(supply)}
    rows = {ident: _grade_one(m, around, criteria, compared.get(ident)) for ident, m in measures.items()}
    if not scores:
        return list(rows.values())
    scored = _scores(rows, measures, supply, config, compared)
    return _ranked([replace(row, scores=scored.get(ident)) for ident, row in rows.items()], supply, config)


def _scores(
    rows: Mapping[str, SegmentStatus],
    measures: Mapping[str, SegmentMeasure],
    supply: Supply,
    config: GapConfig,
    regional: Mapping[str, Regional],
) -> dict[str, Scores]:
    """Scores of the graded segments (by id), not ranked yet."""
    criticality = Criticality(supply, measures)
    return {
        ident: score(measures[ident], criticality, config, regional.get(ident))
        for ident, row in rows.items()
        if STATUSES[row.status].graded
    }


def _ranked(rows: list[SegmentStatus], supply: Supply, config: GapConfig) -> list[SegmentStatus]:
    """The same rows; what stands in the order (先抓) of its chain has its rank there, and how often that holds."""
    by_id = {r.segment_id: r for r in rows}
    chains: dict[str, list[SegmentStatus]] = defaultdict(list)
    for row in rows:
        chains[supply.segments[row.segment_id].fact.chain].append(row)
    ranked: dict[str, Scores] = {}
    for chain, own in chains.items():
        gaps = in_order(own, by_id, supply).first
        parts = [(g.row.scores, "外购稳定" in g.row.flags) for g in gaps if g.row.scores]
        for gap, holds in zip(gaps, stability(parts, config), strict=True):
            ident = gap.row.segment_id
            if gap.row.scores and supply.segments[ident].fact.chain == chain:
                ranked[ident] = replace(gap.row.scores, rank=gap.rank, tied=gap.tied, rank_holds=holds)
    return [replace(row, scores=ranked.get(row.segment_id, row.scores)) for row in rows]


def _tree_order(supply: Supply) -> list[str]:
    """Segments by county, chain and stage; children after their parent."""
    names = {r.id: r.name for r in supply.facts.regions}
    chains = {c.id: (names[c.county], c.name) for c in supply.facts.chains}

    def key(ident: str) -> tuple[object, ...]:
        s = supply.segments[ident]
        line = [ident, *s.ancestors][::-1]
        steps = [(ORDER.get(supply.segments[x].fact.stage or "", 9), supply.segments[x].fact.name, x) for x in line]
        return (*chains[s.fact.chain], steps)

    return sorted(supply.segments, key=key)


def status_of(m: SegmentMeasure, config: GapConfig) -> str:
    """The first status that applies."""
    s = m.segment
    if s.fact.stage == "应用":
        return "不适用"
    if not s.makers_known:
        return "未知"
    if s.total >= 1:
        return _made_status(m, config)
    if s.fact.controlled or (s.fact.import_dependence or 0.0) >= config.import_dependence:
        return "卡脖子"
    return "缺链" if m.wanted else "空白"


def _made_status(m: SegmentMeasure, config: GapConfig) -> str:
    if m.missing_inputs:
        return "断链"
    if m.segment.total <= config.weak_at_most:
        return "弱链"
    return "强链" if is_strong(m, config) else "稳链"


def is_strong(m: SegmentMeasure, config: GapConfig) -> bool:
    """N, concentration on real outputs, honours, and a platform or an achievement."""
    return (
        m.segment.total >= config.strong_at_least
        and m.real_shares
        and m.hhi is not None
        and m.hhi <= config.strong_hhi
        and any(counts_as_honour(h, config) for h in m.honours)
        and bool(m.platforms or m.achievements)
    )


def _grade_one(
    m: SegmentMeasure, around: Neighbourhood, criteria: Criteria, regional: Regional | None
) -> SegmentStatus:
    supply, config, status = around.supply, criteria.config, status_of(m, criteria.config)
    flags = flags_of(m, status, around, criteria, regional)
    case = Case(m, status, flags, around)
    s, parent = m.segment, m.segment.ancestors[:1]
    return SegmentStatus(
        segment_id=s.fact.id, county=around.county_name[s.county], chain=around.chain_name[s.fact.chain],
        segment=s.fact.name, stage=s.fact.stage, parent=around.name(parent[0]) if parent else None,
        status=status, caption=caption_of(s, status, flags), verb=verb_of(status, flags),
        flags=flags, available=supply.state.available[s.fact.id], supply_known=s.supply_known, n=s.n, stated=s.fact.stated, total=s.total,
        pending=len(m.pending), counted=s.counted, known=STATUSES[status].graded,
        provisional=STATUSES[status].graded and s.lower_bound, count=count_of(s, status), makers=m.makers,
        hhi=m.hhi, external_share=m.external_share, external_hhi=m.external_hhi,
        confidence=None if status == "不适用" else confidence(m, config, supply),
        coverage=s.n / s.fact.stated if s.fact.stated else None,
        flip=flip_of(m, status, supply, config), reason=reason_of(case), remedies=remedies_of(case),
        evidence=m.evidence(status),
    )  # fmt: skip


def confidence(m: SegmentMeasure, config: GapConfig, supply: Supply) -> float:
    """Share of five things known, times the mean grade of the evidence; in [0, 1].

    Known: the survey, outputs, states, outside supply, essentiality. With makers known to be none there
    are no outputs and states left to know; likewise essentiality without inputs.
    """
    s = m.segment
    known = [
        s.fact.surveyed != "否",
        m.real_shares if s.total else s.makers_known,
        m.states_stated if s.n else s.makers_known and not s.total,
        s.supply_known,
        all(f.essentiality is not None for f in s.input_feeds),
    ]
    grades = [config.grade(supply.facts.info[r].grade) for r in m.evidence("") if r in supply.facts.info]
    mean = sum(grades) / len(grades) if grades else config.grade("B")
    return round(sum(known) / len(known) * mean, 4)
