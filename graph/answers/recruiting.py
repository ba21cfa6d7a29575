"""Whom to invite for a gap, and every other way to close it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.analysis.facts import Facts
from graph.analysis.grading.measure import Neighbourhood
from graph.analysis.grading.order import Gap, in_order, lacked
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.recruiting.candidates import Candidate, rank
from graph.analysis.recruiting.fit import Fitting
from graph.analysis.recruiting.outside_firm import PoolFirm
from graph.analysis.recruiting.product_match import ProductMatch
from graph.analysis.recruiting.questions import question_of, topic_of
from graph.analysis.recruiting.vocabulary import ChainWords
from graph.answers.chains import view_of
from graph.answers.documents import recruiting
from graph.answers.lookup import find_chain, find_segment
from graph.answers.remedies import paths
from graph.answers.state import State
from graph.answers.statuses import brief, place_of
from graph.model import ChainView
from graph.naming.chain import chain_title
from graph.naming.firm import parse_firm
from graph.naming.places import Place, home_of
from graph.naming.places import place_of as told
from graph.naming.terms import tokenizer
from graph.queries.chain_view import Chain
from graph.queries.outside_firms import Market, Pool
from graph.text import norm

TOP = 5  # firms shown for one segment, unless asked otherwise


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which candidates are asked for: of one segment or all, at most `top` each, from where, making what, how big."""

    segment: str | None = None
    top: int = TOP
    province: str | None = None
    product: str | None = None
    scale: float | None = None  # 万元 of output at least

    def fits(self, firm: PoolFirm) -> bool:
        """Whether a firm is of the province, product and size asked for."""
        return (
            (not self.province or self.province in (firm.location or "") or _lies_in(firm.place, told(self.province)))
            and (not self.product or any(norm(self.product) in norm(p.name) for p in firm.products))
            and (self.scale is None or (firm.output is not None and firm.output >= self.scale))
        )


def _lies_in(place: Place | None, around: Place | None) -> bool:
    """Whether a place is known to be of another one, a province or a city."""
    if place is None or around is None:
        return False
    return place.province == around.province and around.city in (None, place.city)


def candidates(
    state: State, chain: str, county: str | None = None, wanted: Wanted | None = None
) -> recruiting.CandidatesDocument:
    """The document of `lianpu candidates`: gaps with their candidates, and unsurveyed segments apart."""
    asked, wish = find_chain(state, chain, county), wanted or Wanted()
    narrow = state.about(asked.id)
    rows, supply = narrow.graded(), narrow.supply()
    own = [r for r in rows if supply.segments[r.segment_id].fact.chain == asked.id]
    order = in_order(own, rows, supply)
    if wish.segment:
        gaps, unknown = _of_segment(narrow, find_segment(narrow, asked.id, wish.segment).id)
    else:
        gaps, unknown = order.to_close(), list(order.unknown)
    pool, common = _pool(narrow, asked, [*gaps, *unknown])
    firms = [f for f in pool.firms if wish.fits(f)]
    match = ProductMatch(state.config, common, tokenizer(city_names(supply.facts)))
    fitting = Fitting(pool.firms, pool.wishes, match)

    def ranked(rows: Sequence[SegmentStatus]) -> list[Candidate]:
        return rank(rows, fitting, supply, today=state.today, top=wish.top, only={f.id for f in firms})

    for_gaps, for_unknown = ranked(gaps), ranked(unknown)
    sources = state.city.sources(sorted({r for c in (*for_gaps, *for_unknown) for r in c.records}))
    plan = _Plan(narrow, own, view_of(state, asked), for_gaps, {g.row.segment_id: g for g in order.first})
    to_ask: dict[str, list[recruiting.CandidateDocument]] = defaultdict(list)
    for c in for_unknown:
        to_ask[c.segment].append(_candidate(narrow, c, sources))
    return {
        "county": asked.county,
        "chain": asked.name,
        "chain_id": asked.id,
        "gaps": [plan.gap(r) for r in gaps],
        "candidates": [_candidate(narrow, c, sources) for c in for_gaps],
        "to_survey": [
            {**place_of(r), "question": question_of(r, supply), "targets": to_ask[r.segment_id]} for r in unknown
        ],
    }


def _of_segment(state: State, segment: str) -> tuple[list[SegmentStatus], list[SegmentStatus]]:
    """What to recruit for at one segment, whatever its status, and the same where it is not surveyed."""
    by_id, row = state.by_id(), state.by_id()[segment]
    if row.status == "断链":
        return [by_id[u] for u in lacked(segment, state.supply())], []
    return ([row], []) if row.known else ([], [row] if row.status == "未知" else [])


def city_names(facts: Facts) -> frozenset[str]:
    """What a city calls its own: chains, segments and the brands of its firms."""
    return frozenset(
        (
            *(c.name for c in facts.chains),
            *(s.name for s in facts.segments),
            *(parse_firm(f.name).brand for f in facts.firms),
        )
    )


def _pool(state: State, chain: Chain, rows: Sequence[SegmentStatus]) -> tuple[Pool, dict[str, int]]:
    """The outside firms that could answer some segments, and how common the ends of names are; read once for all wishes."""

    def read() -> tuple[Pool, dict[str, int]]:
        pool = Pool(state.reader, state.supply(), state.config, _market(state, chain, rows))
        return pool, pool.common()

    return state.answer(("pool", chain.id, *(r.segment_id for r in rows)), read)


def _market(state: State, chain: Chain, rows: Sequence[SegmentStatus]) -> Market:
    """Some segments as seen from the chain's county."""
    facts, supply = state.facts(), state.supply()
    county = next(c.county for c in facts.chains if c.id == chain.id)
    names = {r.id: r.name for r in facts.regions}
    parent = supply.regions.city(county)
    codes = {n.id: str(n.values.get("代码") or "") for n in state.explorer.nodes("县市区")}
    home = home_of(names.get(parent, names[county]), codes[county], codes.get(parent))
    siblings = tuple(norm(s.name) for s in facts.segments if s.chain == chain.id)
    trade = chain_title(chain.county, chain.name).removeprefix(chain.county).removesuffix("产业链")
    segments = {r.segment_id: r.segment for r in rows}
    return Market(segments, county, home, ChainWords(chain.name, siblings), trade, state.today)


def _candidate(state: State, candidate: Candidate, sources: Mapping[int, Any]) -> recruiting.CandidateDocument:
    firm, row = candidate.firm, state.by_id()[candidate.segment]
    return {
        **brief(row),
        "firm": firm.name,
        "firm_id": firm.id,
        "location": firm.location,
        "product": candidate.product,
        "score": candidate.score,
        "rank": candidate.rank,
        "tied": candidate.tied,
        "parts": [{"name": p.name, "value": p.value, "weight": p.weight, "text": p.text} for p in candidate.parts],
        "reasons": candidate.reasons,
        "change": candidate.change,
        "topic": topic_of(row, state.supply()),
        "risks": list(firm.risks),
        "sources": [sources[r] for r in candidate.records if r in sources],
    }


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known to close the gaps of one chain."""

    state: State
    own: Sequence[SegmentStatus]
    view: ChainView
    candidates: Sequence[Candidate]
    places: Mapping[str, Gap]  # in 先抓, by segment

    def gap(self, row: SegmentStatus) -> recruiting.GapDocument:
        """One gap with its four remedies, the neighbours to work with, and what waits for it."""
        supply, ident = self.state.supply(), row.segment_id
        recruit: list[recruiting.RecruitDocument] = [
            {"name": c.firm.name, "why": c.change, "score": c.score} for c in self.candidates if c.segment == ident
        ]
        ways, place = paths(self.view, ident), self.places.get(ident)
        restored = frozenset() if row.available else supply.restored(ident)
        broken = [r for r in self.own if r.status == "断链" and r.segment_id in restored]
        return {
            **brief(row),
            "priority": row.priority,
            "rank": place.rank if place else None,
            "tied": bool(place and place.tied),
            "count": row.count,
            "reason": row.reason,
            "flags": list(row.flags),
            "next": row.flip.text if row.flip else "",
            "question": question_of(row, supply),
            "unblocks": [place_of(r) for r in broken],
            "partners": self._partners(row),
            "remedies": {"招引": recruit, "转化": ways["转化"], "平台": ways["平台"], "人才": ways["人才"]},
        }

    def _partners(self, row: SegmentStatus) -> list[recruiting.PartnerDocument]:
        """Neighbours of the same city who make it, or already supply the chain: to work with, not to recruit."""
        if "协同" not in row.flags:
            return []
        supply, statuses = self.state.supply(), self.state.by_id()
        around = Neighbourhood(supply)
        standing = sorted({around.firm(t.firm) for t in supply.city_makers(row.segment_id)})
        partners: list[recruiting.PartnerDocument] = []
        if standing:
            partners.append(
                {
                    "county": None,
                    "chain": None,
                    "segment": row.segment,
                    "segment_id": row.segment_id,
                    "how": "市内在产",
                    "firms": standing,
                }
            )
        for other in around.substitutes(row.segment_id):
            how = "可供同类" if around.interchangeable(row.segment_id, other) else "已供本链同类"
            firms = sorted(around.firm(f) for f in supply.segments[other].makers)
            partners.append({**place_of(statuses[other]), "how": how, "firms": firms})
        return partners
