"""The status of every segment, and what to do first in each chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

from graph.analysis.grading.grade import SegmentStatus
from graph.analysis.grading.statuses import SCORES, STATUSES
from graph.analysis.recruiting.candidates import gaps_in_order, is_gap
from graph.answers.documents import gaps as documents
from graph.answers.documents.parts import RowPlaceDocument, SegmentNameDocument, SegmentStateDocument
from graph.answers.lookup import find_chain, find_county
from graph.answers.state import State
from graph.errors import Unknown
from graph.text import near

FIRST = 3  # gaps of a chain to begin with


def gaps(
    state: State, county: str | None = None, chain: str | None = None, status: str | None = None, scope: str = "县"
) -> documents.GapsDocument:
    """The document of `lianpu gaps`. Raises Unknown for a county, chain or status that does not exist."""
    county_name = find_county(state, county) if county else None
    chain_id = find_chain(state, chain, county).id if chain else None
    codes = {code for code, s in STATUSES.items() if status in (None, code, s.caption)}
    if not codes:
        raise Unknown("状态", status or "", near(status or "", STATUSES) or list(STATUSES))
    asked = state.about(chain_id) if chain_id else state
    supply = asked.supply(scope)
    wanted = [
        s
        for s in asked.graded(scope)
        if (county_name is None or s.county == county_name)
        and (chain_id is None or supply.segments[s.segment_id].fact.chain == chain_id)
    ]
    rows = [s for s in wanted if s.status in codes]
    return {
        "as_of": state.today.isoformat(),
        "scope": scope,
        "segments": segment_documents(state, rows),
        "next": _next(asked, wanted, scope),
    }


def segment_documents(state: State, rows: Sequence[SegmentStatus]) -> list[documents.SegmentDocument]:
    """Statuses as documents, each value with the rows that speak for it."""
    components = [c for s in rows if s.scores for c in s.scores.components()]
    seqs = {seq for s in rows for seq in s.evidence} | {seq for c in components for seq in c.evidence}
    sources = state.city.sources(sorted(seqs))
    segments = []
    for row in rows:
        document = asdict(row)
        document["evidence"] = [sources[seq] for seq in row.evidence if seq in sources]
        for name in SCORES if row.scores else ():
            part = document["scores"][name]
            part["evidence"] = [_row_of(sources[seq]) for seq in part["evidence"] if seq in sources]
        segments.append(cast(documents.SegmentDocument, document))
    return segments


def place_of(row: SegmentStatus) -> SegmentNameDocument:
    """Where a segment stands."""
    return {"county": row.county, "chain": row.chain, "segment": row.segment}


def brief(row: SegmentStatus) -> SegmentStateDocument:
    """Where a segment stands, and its status."""
    return {**place_of(row), "status": row.status, "caption": row.caption}


def _next(state: State, rows: Sequence[SegmentStatus], scope: str) -> list[documents.NextStepDocument]:
    """What to do in each chain: what to survey before all, then the first gaps to close."""
    chains: dict[tuple[str, str], list[SegmentStatus]] = {}
    for row in rows:
        chains.setdefault((row.county, row.chain), []).append(row)
    steps: list[documents.NextStepDocument] = []
    for (county, chain), own in chains.items():
        gravest = gaps_in_order(filter(is_gap, own), state.graded(scope), state.supply(scope))
        survey = [r.segment for r in own if r.status == "未知"]
        if gravest or survey:
            first = [_first(r) for r in gravest[:FIRST]]
            steps.append({"county": county, "chain": chain, "survey": survey, "first": first})
    return steps


def _first(row: SegmentStatus) -> documents.FirstGapDocument:
    priority = row.scores.priority if row.scores else None
    return {
        **brief(row),
        "verb": row.verb,
        "reason": row.reason,
        "flags": list(row.flags),
        "priority": priority,
    }


def _row_of(source: Mapping[str, Any]) -> RowPlaceDocument:
    return {"file": source["file"], "sheet": source["sheet"], "row": source["row"], "record": source["record"]}
