"""What changed in a city between two moments: statuses, firms, lights, values, each with the rows that changed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from graph.analysis.grading.segment_status import SegmentStatus
from graph.answers.documents.parts import ChainNameDocument
from graph.answers.documents.workbench.changes import (
    ChangedFirmDocument,
    ChangedTargetDocument,
    ChangesDocument,
    MovedRowsDocument,
    SegmentBetweenDocument,
)
from graph.answers.lookup import find_chain, find_county
from graph.answers.plan.progress import plan_standings, sources_of
from graph.answers.state import State
from graph.answers.statuses import chain_ids_of, place_of
from graph.answers.workbench.moments import Moment, batches_between
from graph.answers.workbench.values import ScopeOfChanges, ValueChanges
from graph.errors import Unknown
from graph.plan.light import TargetStanding
from graph.plan.sentence import sentence
from graph.projection.result import Projection
from graph.queries.chain_view import Chain
from graph.queries.explorer import view_node
from graph.queries.segment_firms import FirmLists

NEW, GONE, CHANGED = "新增", "消失", "变化"
ROWS = 20  # listed of each change
NO_ROWS = "自己的行没有变：由相邻环节、企业的其他行或时间推移引起"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two moments, and what the city said then."""

    moment: Moment
    state: State


def find_either(sides: tuple[Side, Side], chain: str, county: str | None) -> Chain:
    """A chain that was there at the later moment, else at the earlier one. Raises Unknown and Ambiguous."""
    before, after = sides
    with suppress(Unknown):
        return find_chain(after.state, chain, county)
    return find_chain(before.state, chain, county)


def changes(
    before: Side, after: Side, projected: Projection, county: str | None = None, chain: str | None = None
) -> ChangesDocument:
    """The document of `lianpu changes`; `projected` is the later moment. Raises Unknown and Ambiguous."""
    only = find_either((before, after), chain, county) if chain else None
    where = _county(before, after, county) if county else None
    scope = ScopeOfChanges(before.state, projected, where, only) if where or only else None
    values = ValueChanges(before.state, after.state, projected, scope)
    return {
        "since": before.moment.document(),
        "until": after.moment.document(),
        "county": where,
        "chain": cast(ChainNameDocument, only.document()) if only else None,
        "batches": batches_between(after.state.city.ledger.batches(), before.moment, after.moment),
        "segments": _segments(before.state, after.state, where, only),
        "firms": _firms(before.state, after.state, scope),
        "targets": _targets(before.state, after.state, where, only),
        "values": values.listed(),
        "nodes": values.nodes(),
        "edges": values.edges(),
        "file": None,
    }


def _county(before: Side, after: Side, county: str) -> str:
    with suppress(Unknown):
        return find_county(after.state, county)
    return find_county(before.state, county)


def _kind_of(old: object, new: object) -> str:
    return NEW if old is None else GONE if new is None else CHANGED


# -- segments -------------------------------------------------------------------------------------


def _segments(before: State, after: State, county: str | None, chain: Chain | None) -> list[SegmentBetweenDocument]:
    old, new = before.by_id(), after.by_id()
    chain_ids = chain_ids_of(before) | chain_ids_of(after)
    stated = _Stated(before), _Stated(after)
    listed = []
    for ident in dict.fromkeys([*new, *old]):
        was, now = old.get(ident), new.get(ident)
        row = cast(SegmentStatus, now or was)
        if (county and row.county != county) or (chain and chain_ids[row.county, row.chain] != chain.id):
            continue
        if _shown(was) != _shown(now):
            rows = moved_rows(after, stated[0].of(was), stated[1].of(now))
            listed.append(_segment(was, now, chain_ids[row.county, row.chain], rows))
    order = {CHANGED: 0, NEW: 1, GONE: 2}
    return sorted(listed, key=lambda s: (order[s["change"]], s["county"], s["chain"], s["segment"]))


def _shown(row: SegmentStatus | None) -> tuple[str, str] | None:
    return (row.caption, row.count) if row else None


def _segment(
    was: SegmentStatus | None, now: SegmentStatus | None, chain_id: str, rows: MovedRowsDocument
) -> SegmentBetweenDocument:
    still = was is not None and now is not None
    return {
        **place_of(cast(SegmentStatus, now or was)),
        "chain_id": chain_id,
        "change": _kind_of(was, now),
        "before": was.caption if was else None,
        "before_status": was.status if was else None,
        "before_count": was.count if was else None,
        "after": now.caption if now else None,
        "after_status": now.status if now else None,
        "after_count": now.count if now else None,
        "reason": now.reason if now else "",
        "cause": NO_ROWS if still and not rows["brought_rows"] + rows["gone_rows"] else "",
        **rows,
    }


class _Stated:
    """The rows that a segment's status stands on: its own, and those of the firms on it."""

    def __init__(self, state: State) -> None:
        self._lists = FirmLists(state.supply()) if state.by_id() else None

    def of(self, row: SegmentStatus | None) -> set[int]:
        if row is None or self._lists is None:
            return set()
        firms = (f for group in self._lists.of(row).lists().values() for f in group)
        return set(row.evidence).union(*(f.records for f in firms))


def moved_rows(state: State, before: set[int], after: set[int]) -> MovedRowsDocument:
    """What came to count and what no longer does."""
    brought, gone = sorted(after - before), sorted(before - after)
    return {
        "brought": sources_of(state, brought[:ROWS]),
        "brought_rows": len(brought),
        "gone": sources_of(state, gone[:ROWS]),
        "gone_rows": len(gone),
    }


# -- firms ----------------------------------------------------------------------------------------


def _firms(before: State, after: State, scope: ScopeOfChanges | None) -> list[ChangedFirmDocument]:
    old, new = ({r["id"]: r for r in s.reader.nodes("企业")} for s in (before, after))
    came = _described(after, {i: r for i, r in new.items() if i not in old}, NEW, scope)
    went = _described(before, {i: r for i, r in old.items() if i not in new}, GONE, scope)
    return [*came, *went]


def _described(
    state: State, rows: Mapping[str, Mapping[str, Any]], change: str, scope: ScopeOfChanges | None
) -> list[ChangedFirmDocument]:
    wanted = {i: r for i, r in rows.items() if scope is None or i in scope.ids}
    on: dict[str, list[str]] = defaultdict(list)
    paths = state.paths() if wanted else {}
    for edge in state.reader.edges("STANDS_ON", "企业", "环节", start=set(wanted)) if wanted else ():
        on[edge["source"]].append(paths.get(edge["target"], ""))
    nodes = [view_node(state.city.schema.kinds["企业"], cast(dict[str, Any], r)) for r in wanted.values()]
    return [
        {
            "change": change,
            "id": n.id,
            "name": n.name,
            "place": n.values.get("县市区") or n.values.get("所在地"),
            "state": n.values.get("状态"),
            "on": sorted(set(on[n.id])),
            "evidence": sources_of(state, n.records[:ROWS]),
        }
        for n in sorted(nodes, key=lambda n: (n.name, n.id))
    ]


# -- targets --------------------------------------------------------------------------------------


def _targets(before: State, after: State, county: str | None, chain: Chain | None) -> list[ChangedTargetDocument]:
    old, new = (_by_key(plan_standings(s)) for s in (before, after))
    listed = []
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        subject = cast(TargetStanding, now or was).target.subject
        if (county and subject.county != county) or (chain and subject.key != chain.id):
            continue
        if was is None or now is None or was.light != now.light:
            listed.append(_target(was, now))
    return sorted(listed, key=lambda t: (t["change"] != CHANGED, t["county"] or "", t["subject"], t["indicator"]))


def _by_key(standings: Iterable[TargetStanding]) -> dict[tuple[str, str], TargetStanding]:
    return {(s.target.id, s.target.subject.key): s for s in standings}


def _target(was: TargetStanding | None, now: TargetStanding | None) -> ChangedTargetDocument:
    target = cast(TargetStanding, now or was).target
    return {
        "change": _kind_of(was, now),
        "id": target.id,
        "indicator": target.name,
        "subject": target.subject.name,
        "subject_key": target.subject.key,
        "county": target.subject.county or None,
        "before": was.light.word if was else None,
        "before_value": was.verdict.value if was else None,
        "after": now.light.word if now else None,
        "after_value": now.verdict.value if now else None,
        "unit": target.goal.unit or "",
        "text": sentence(now) if now else "",
    }
