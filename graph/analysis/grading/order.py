"""The one order of what to do first (先抓), for the command line, every page, the report and every file."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.statuses import STATUSES
from graph.analysis.supply.availability import Supply


@dataclass(frozen=True, slots=True)
class Gap:
    """One place of 先抓. Equal priorities share a `rank`: `tied` (并列).

    `breaks`: the broken segments (ids) that lack it and that it stands for; `restores`: the segments with makers (ids)
    that work again once it alone is to be had.
    """

    row: SegmentStatus
    rank: int
    tied: bool
    breaks: tuple[str, ...]
    restores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What to do, in order, in three blocks that are never mixed.

    `first` (先抓): 缺 卡 弱 空 by priority, what is bought from several sources (外购稳定) below the others; a broken
    segment (断链) stands there by the inputs that it lacks, perhaps of another chain.
    `thin` (先补名单): not ranked, for its makers are only a lower bound (样本不全) or too little is known (资料不足).
    `unknown` (未摸底): nobody knows whether anybody makes it; ask first.
    """

    first: tuple[Gap, ...]
    thin: tuple[SegmentStatus, ...]
    unknown: tuple[SegmentStatus, ...]

    def to_close(self) -> list[SegmentStatus]:
        """What to recruit for: the ranked gaps, then those of the list that is to be completed first."""
        return [*(g.row for g in self.first), *(r for r in self.thin if is_gap(r) and r.status != "断链")]


def in_order(
    rows: Iterable[SegmentStatus], graded: Iterable[SegmentStatus] | Mapping[str, SegmentStatus], supply: Supply
) -> Order:
    """What to do about `rows` (those of a chain, say), in the one order; `graded` are the rows of all chains, or by id.

    Segments that do not count (markets, 汇总) take no part, unless a broken segment lacks them.
    """
    by_id = graded if isinstance(graded, Mapping) else {r.segment_id: r for r in graded}
    own = [r for r in rows if r.counted]
    breaks: dict[str, list[str]] = defaultdict(list)
    for row in own:
        if row.status == "断链":
            for u in lacked(row.segment_id, supply):
                breaks[u].append(row.segment_id)
    gaps = {r.segment_id: r for r in own if is_gap(r) and r.status != "断链"} | {u: by_id[u] for u in breaks}
    thin = [r for r in gaps.values() if r.priority is None]
    thin += [r for r in own if r.provisional and r.segment_id not in gaps]
    return Order(
        tuple(_placed([r for r in gaps.values() if r.priority is not None], breaks, supply)),
        tuple(sorted(thin, key=lambda r: (STATUSES[r.status].gravity, *_name(r)))),
        tuple(r for r in own if r.status == "未知"),
    )


def _placed(gaps: list[SegmentStatus], breaks: Mapping[str, list[str]], supply: Supply) -> Iterable[Gap]:
    keys = [_key(r) for r in gaps]
    for row in sorted(gaps, key=lambda r: (_key(r), _name(r))):
        key, ident = _key(row), row.segment_id
        restores = () if row.available else tuple(sorted(supply.restored(ident)))
        yield Gap(row, 1 + sum(k < key for k in keys), keys.count(key) > 1, tuple(breaks.get(ident, ())), restores)


def _key(row: SegmentStatus) -> tuple[bool, float]:
    return "外购稳定" in row.flags, -(row.priority or 0.0)


def _name(row: SegmentStatus) -> tuple[str, ...]:
    return row.segment, row.county, row.chain, row.segment_id


def is_gap(row: SegmentStatus) -> bool:
    """Whether a segment is one to close: broken, missing, choked, weak or empty; sums over children are not."""
    return STATUSES[row.status].is_gap and row.counted


def lacked(segment: str, supply: Supply) -> list[str]:
    """The inputs (ids) that a broken segment lacks and that nobody here makes.

    An input that has makers is itself broken or rests on what is: what those makers lack stands for it.
    """
    lacking: list[str] = []
    queue, seen = deque(supply.missing(segment)), set[str]()
    while queue:
        ident = queue.popleft()
        if ident in seen:
            continue
        seen.add(ident)
        s = supply.segments[ident]
        if s.total:
            queue.extend(u for x in s.subtree if supply.carriers.crew[x] for u in supply.missing(x))
        else:
            lacking.append(ident)
    return lacking
