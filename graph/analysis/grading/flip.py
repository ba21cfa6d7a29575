"""The smallest change that raises a segment's status: 断 < 缺 < 弱 < 稳 < 强."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations, islice
from math import ceil

from graph.analysis.config import GapConfig, counts_as_honour
from graph.analysis.grading.measure import SegmentMeasure
from graph.analysis.grading.statuses import STATUSES
from graph.analysis.supply.availability import Supply

TRIES = 2000  # sets looked at; beyond, the best found so far stands, which always serves


@dataclass(frozen=True, slots=True)
class Change:
    """`count` single changes at a segment (name, id): 企业, 外部来源, 资质, 平台; or its 产值 reported."""

    what: str
    segment: str
    segment_id: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Flip:
    """The fewest single changes that raise a status to `to`; for a task `to` and `steps` are None."""

    to: str | None
    text: str
    steps: int | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Addition:
    """One maker (`made`) or one outside source more at a segment."""

    segment: str
    made: bool


def flip_of(m: SegmentMeasure, status: str, supply: Supply, config: GapConfig) -> Flip | None:
    """The smallest step up from a status; None where there is none to take."""
    if task := STATUSES[status].task:
        return Flip(None, task.format(m.segment.fact.name))
    if status in ("断链", "缺链"):
        return _restored(m, supply, config)
    if status == "弱链":
        return _to_steady(m, config)
    if status == "稳链":
        return _to_strong(m, config)
    return None


def by_number(total: int, config: GapConfig) -> str:
    """The status that N alone gives."""
    return "弱链" if total <= config.weak_at_most else "稳链"


def _flip(text: str, to: str, changes: tuple[Change, ...]) -> Flip:
    return Flip(to, f"{text} → {STATUSES[to].caption}", sum(c.count for c in changes), changes)


def _change(what: str, m: SegmentMeasure, count: int = 1) -> Change:
    return Change(what, m.segment.fact.name, m.segment.fact.id, count)


def _to_steady(m: SegmentMeasure, config: GapConfig) -> Flip:
    """A count that a report states may already hold the newcomer, so the named makers have to reach the number."""
    count = config.weak_at_most + 1 - m.segment.n
    text = f"列名在产企业再有{count}家" if m.segment.unnamed else f"再有{count}家在产企业"
    return _flip(text, by_number(config.weak_at_most + 1, config), (_change("企业", m, count),))


def _restored(m: SegmentMeasure, supply: Supply, config: GapConfig) -> Flip:
    """A broken segment gets its inputs back; a missing one its first maker, and whatever that needs."""
    ident = m.segment.fact.id
    additions = fewest_additions(m, supply)
    names = {p: supply.segments[p.segment].fact.name for p in additions}
    inside = [p for p in additions if p.made and p.segment in m.segment.subtree]
    founded = inside[0] if m.segment.total == 0 else None
    rest = [p for p in additions if p != founded]
    steps = []
    if founded:
        steps.append("有1家企业投产" + (f"于“{names[founded]}”" if founded.segment != ident else ""))
    bought = [p for p in rest if not p.made]
    if open_to_makers := [p for p in bought if not supply.missing(p.segment)]:
        steps.append(f"补上{_quoted(names[p] for p in open_to_makers)}的供给（各1家企业或1个外购来源）")
    if only_bought := [p for p in bought if p not in open_to_makers]:  # who makes it would lack inputs too
        steps.append(f"落实{_quoted(names[p] for p in only_bought)}的外购（各1个来源）")
    if founders := [p for p in rest if p.made]:
        steps.append(f"{_quoted(names[p] for p in founders)}各有1家企业投产")
    total = _total_with(inside, ident, supply)
    strong = not inside and _strong_steps(m, config) == ()
    changes = tuple(Change("企业" if p.made else "外部来源", names[p], p.segment) for p in additions)
    return _flip("，并".join(steps), "强链" if strong else by_number(total, config), changes)


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{n}”" for n in names)


def _total_with(additions: list[Addition], segment: str, supply: Supply) -> int:
    """N of a segment once these makers stand in its subtree."""
    s = supply.segments[segment]
    more = sum(p.segment in s.subtree for p in additions)
    return max(s.n + more, s.fact.stated or 0, *(_total_with(additions, c, supply) for c in s.children), 0)


def _to_strong(m: SegmentMeasure, config: GapConfig) -> Flip:
    changes = _strong_steps(m, config)
    words = {
        "企业": "再有{}家产值相当的在产企业",
        "产值": "补齐企业名单和各家同一年产值" if m.segment.unnamed else "补齐各企业同一年产值",
        "资质": "{}家取得高新、小巨人等资质",
        "平台": "{}个平台或1项成果",
    }
    return _flip("、".join(words[c.what].format(c.count) for c in changes), "强链", changes)


def _strong_steps(m: SegmentMeasure, config: GapConfig) -> tuple[Change, ...]:
    """What a 强链 still lacks.

    Concentration falls fastest with newcomers as large as the output-weighted mean maker: k of them give
    HHI = 1 / (1/HHI + k).
    """
    more = config.strong_at_least - m.segment.total
    if m.real_shares and m.hhi:
        more = max(more, ceil(round(1 / config.strong_hhi - 1 / m.hhi, 9)))
    steps: list[Change] = []
    if more > 0:
        steps.append(_change("企业", m, more))
    if not m.real_shares:
        steps.append(_change("产值", m))
    if not any(counts_as_honour(h, config) for h in m.honours):
        steps.append(_change("资质", m))
    if not m.platforms and not m.achievements:
        steps.append(_change("平台", m))
    return tuple(steps)


def fewest_additions(m: SegmentMeasure, supply: Supply) -> tuple[Addition, ...]:
    """The fewest makers and sources that make all essential inputs available, and found the segment where N = 0.

    A source always serves its segment; a maker serves it and everything above it, once its own inputs are
    there. One place per missing thing serves plainly; fewer can only do with additions that help several of
    them, so only sets of those are tried, smallest first, each filled up plainly. Exact up to TRIES sets.
    """
    plain = _plain(m)
    best = tuple(plain.values())
    sets = (c for size in range(1, len(plain)) for c in combinations(_helpful(m, supply), size))
    for additions in islice(sets, TRIES):
        if len(additions) >= len(best):
            break
        rest = _still_lacking(set(additions), m, supply)
        best = min(best, (*additions, *(plain[t] for t in rest)), key=len)
    return best


def _plain(m: SegmentMeasure) -> dict[str, Addition]:
    """What is missing (segment ids), each with the place that serves it alone."""
    own = {m.segment.fact.id: Addition(m.segment.fact.id, True)} if m.segment.total == 0 else {}
    return own | {u: Addition(u, False) for u in m.missing_inputs}


def _helpful(m: SegmentMeasure, supply: Supply) -> list[Addition]:
    """Places that help more than one missing thing; a maker only where a source would do less."""
    reach = [frozenset(supply.lacking([u])) for u in m.missing_inputs]
    below = frozenset(m.segment.subtree if m.segment.total == 0 else ())
    wanted = {*m.lacking, *([m.segment.fact.id] if below else [])}
    helpful = [Addition(u, False) for u in m.lacking if sum(u in r for r in reach) > 1]
    for x in sorted({x for u in wanted for x in supply.segments[u].subtree if not supply.carriers.crew[x]}):
        line = supply.segments[x].line
        helped = sum(not r.isdisjoint(line) for r in reach) + (x in below)
        # Where N = 0 a maker is needed anyway, and in a loop it may bring its own input back.
        if helped > 1 and (x in below or len(wanted.intersection(line)) > 1):
            helpful.append(Addition(x, True))
    return helpful


def _still_lacking(additions: set[Addition], m: SegmentMeasure, supply: Supply) -> list[str]:
    """What is still missing once `additions` are filled: the greatest fixed point over what is lacking."""
    on = set(m.lacking)

    def available(ident: str) -> bool:
        return supply.state.available[ident] or ident in on

    while fallen := {
        u for u in on if Addition(u, False) not in additions and not _works(u, additions, supply, available)
    }:
        on -= fallen
    founded = m.segment.total or any(p.made and p.segment in m.segment.subtree for p in additions)
    return [*([] if founded else [m.segment.fact.id]), *(u for u in m.missing_inputs if u not in on)]


def _works(ident: str, additions: set[Addition], supply: Supply, available: Callable[[str], bool]) -> bool:
    """Whether somebody on a segment or below, newcomers included, has every essential input."""
    return any(
        (supply.carriers.crew[x] > 0 or Addition(x, True) in additions)
        and all(available(u) for u in supply.segments[x].essential)
        for x in supply.segments[ident].subtree
    )
