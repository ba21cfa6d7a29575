"""The status of every segment, what to do first in each chain, and what a preview would change of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain as chained
from typing import Any, cast

from graph.analysis.grading.order import Gap, in_order
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.statuses import SCORES, STATUSES
from graph.analysis.supply.availability import Supply
from graph.answers.documents import gaps as documents
from graph.answers.documents.ledger import StatusChangeDocument
from graph.answers.documents.parts import RowPlaceDocument, SegmentNameDocument, SegmentStateDocument
from graph.answers.lookup import find_chain, find_county
from graph.answers.state import State
from graph.city.outcome import Outcome
from graph.errors import Unknown
from graph.model import Record
from graph.queries.changed_reader import ChangedReader
from graph.queries.segment_firms import FirmLists, StandingFirm
from graph.store.changes import Changes
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
        "segments": segment_documents(state, rows, supply),
        "order": _order(rows, asked.graded(scope), supply),
        "next": next_steps(asked, wanted, scope),
    }


def _order(rows: Sequence[SegmentStatus], graded: Sequence[SegmentStatus], supply: Supply) -> list[str]:
    """Segments (ids) in the order of a table: 先抓, each gap followed by what it breaks; to complete; to survey; the rest."""
    order, own = in_order(rows, graded, supply), {r.segment_id for r in rows}
    first = [i for gap in order.first for i in (gap.row.segment_id, *gap.breaks)]
    blocks = [*first, *(r.segment_id for r in (*order.thin, *order.unknown))]
    rest = [r.segment_id for r in sorted(rows, key=lambda r: STATUSES[r.status].gravity)]
    return [i for i in dict.fromkeys([*blocks, *rest]) if i in own]


def segment_documents(state: State, rows: Sequence[SegmentStatus], supply: Supply) -> list[documents.SegmentDocument]:
    """Statuses as documents, each value with the rows that speak for it; `supply` is what they were graded by."""
    lists = FirmLists(supply)
    firms = {s.segment_id: lists.of(s).lists() for s in rows}
    standing = [f for some in firms.values() for group in some.values() for f in group]
    components = [c for s in rows if s.scores for c in s.scores.components()]
    seqs = {seq for s in rows for seq in s.evidence} | {seq for c in components for seq in c.evidence}
    sources = state.city.sources(sorted(seqs.union(*(f.records for f in standing))))
    chain_ids, segments = chain_ids_of(state), []
    for row in rows:
        document = {**asdict(row), "chain_id": chain_ids[row.county, row.chain]}
        document["firms"] = {
            name: [_standing(f, sources) for f in group] for name, group in firms[row.segment_id].items()
        }
        document["evidence"] = [sources[seq] for seq in row.evidence if seq in sources]
        for name in SCORES if row.scores else ():
            part = document["scores"][name]
            part["evidence"] = [_row_of(sources[seq]) for seq in part["evidence"] if seq in sources]
        segments.append(cast(documents.SegmentDocument, document))
    return segments


def _standing(firm: StandingFirm, sources: Mapping[int, Any]) -> documents.StandingFirmDocument:
    return {
        "id": firm.id,
        "name": firm.name,
        "state": firm.state,
        "share": firm.share,
        "place": firm.place,
        "on": list(firm.on),
        "evidence": [sources[seq] for seq in firm.records if seq in sources],
    }


def chain_ids_of(state: State) -> dict[tuple[str, str], str]:
    """The id of every chain by its county and name."""
    return {(c.county, c.name): c.id for c in state.chains()}


def place_of(row: SegmentStatus) -> SegmentNameDocument:
    """Where a segment stands."""
    return {"county": row.county, "chain": row.chain, "segment": row.segment, "segment_id": row.segment_id}


def brief(row: SegmentStatus) -> SegmentStateDocument:
    """Where a segment stands, and its status."""
    return {**place_of(row), "status": row.status, "caption": row.caption}


def next_steps(state: State, rows: Sequence[SegmentStatus], scope: str) -> list[documents.NextStepDocument]:
    """What to do in each chain: what to survey before all, the first gaps to close, and where names are missing."""
    by_id = {r.segment_id: r for r in state.graded(scope)}
    chains: dict[tuple[str, str], list[SegmentStatus]] = {}
    for row in rows:
        chains.setdefault((row.county, row.chain), []).append(row)
    steps: list[documents.NextStepDocument] = []
    chain_ids = chain_ids_of(state)
    for (county, chain), own in chains.items():
        order = in_order(own, by_id, state.supply(scope))
        if order.first or order.thin or order.unknown:
            steps.append(
                {
                    "county": county,
                    "chain": chain,
                    "chain_id": chain_ids[county, chain],
                    "survey": [r.segment for r in order.unknown],
                    "first": [_first(g, by_id) for g in order.first[:FIRST]],
                    "thin": [_gap(r) for r in order.thin],
                }
            )
    return steps


def _first(gap: Gap, by_id: Mapping[str, SegmentStatus]) -> documents.FirstGapDocument:
    restores = [place_of(by_id[i]) for i in gap.restores]
    return {**_gap(gap.row), "rank": gap.rank, "tied": gap.tied, "restores": restores}


def _gap(row: SegmentStatus) -> documents.GapToCloseDocument:
    rest = {"verb": row.verb, "reason": row.reason, "flags": list(row.flags), "priority": row.priority}
    return cast(documents.GapToCloseDocument, {**brief(row), **rest})


def _row_of(source: Mapping[str, Any]) -> RowPlaceDocument:
    return {"file": source["file"], "sheet": source["sheet"], "row": source["row"], "record": source["record"]}


class _Previewed(State):
    """What a city would say after a change that is not written."""

    def __init__(self, state: State, outcome: Outcome) -> None:
        super().__init__(state.city, state.config, state.today)
        self._coming = outcome.fresh
        self.reader = ChangedReader(state.city.store, state.city.schema, outcome.changes or _everything(outcome))

    def _rows(self, seqs: Iterable[int]) -> Iterator[Record]:
        wanted = set(seqs)
        yield from (r for seq, r in self._coming.items() if seq in wanted)
        yield from super()._rows(wanted - self._coming.keys())


def _everything(outcome: Outcome) -> Changes:
    """The changes that lead from nothing to a projection."""
    nodes, edges = outcome.projection.nodes.values(), outcome.projection.edges.values()
    return Changes(
        list(chained.from_iterable(n.values() for n in nodes)), list(chained.from_iterable(e.values() for e in edges))
    )


def status_changes(state: State, outcome: Outcome) -> list[StatusChangeDocument]:
    """Segments whose status or count is another after a previewed change: those that were there, gone ones, new ones."""
    before = {s.segment_id: s for s in state.graded()}
    after = {s.segment_id: s for s in _Previewed(state, outcome).graded()}
    pairs = [(before.get(i), after.get(i)) for i in dict.fromkeys([*before, *after])]
    changed = [_change(old, new) for old, new in pairs if _said(old) != _said(new)]
    return sorted(changed, key=lambda c: (c["before"] is None, c["after"] is None, c["county"], c["chain"]))


def _said(row: SegmentStatus | None) -> tuple[str, str] | None:
    return (row.caption, row.count) if row else None


def _change(old: SegmentStatus | None, new: SegmentStatus | None) -> StatusChangeDocument:
    row = new or old
    assert row
    return {
        **place_of(row),
        "before": old.caption if old else None,
        "after": new.caption if new else None,
        "count_before": old.count if old else None,
        "count_after": new.count if new else None,
        "reason": new.reason if new else "",
    }
