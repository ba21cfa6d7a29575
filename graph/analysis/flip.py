"""The smallest change that raises a segment's status: 断 < 缺 < 弱 < 稳 < 强."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice
from math import ceil

from graph.analysis.config import GapConfig, counts_as_honour
from graph.analysis.measure import Measure
from graph.analysis.supply import Availability, Supply
from graph.analysis.words import CAPTIONS

TRIES = 2000  # sets of sources looked at before the plain answer (one per missing input) stands
TASKS = {
    "未知": "先摸底“{}”：填写已调查和在产企业",
    "空白": "是否延链由规划决定，不计距离",
    "卡脖子": "列入攻关，或有1家企业投产",
}


@dataclass(frozen=True, slots=True)
class Change:
    """`count` single changes of one sort: a 企业 or 外部来源 at a segment (name), a 资质, a 平台, or 产值 reported."""

    what: str
    segment: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Flip:
    """The fewest single changes that raise a status to `to`; for a task `to` and `steps` are None."""

    to: str | None
    text: str
    steps: int | None = None
    changes: tuple[Change, ...] = ()


def flip_of(m: Measure, status: str, supply: Supply, state: Availability, config: GapConfig) -> Flip | None:
    """The smallest step up from a status; None where there is none to take.

    Sources alone restore inputs, since a source always serves where a producer would. Concentration falls
    fastest with newcomers as large as the output-weighted mean maker: k of them give HHI = 1 / (1/HHI + k).
    """
    name = m.segment.fact.name
    if status in TASKS:
        return Flip(None, TASKS[status].format(name))
    if status == "断链":
        return _restored(m, supply, state, config)
    if status == "缺链":
        return _founded(m, supply, state, config)
    if status == "弱链":
        count = config.weak_at_most + 1 - m.segment.total
        return _said(
            f"再有{count}家在产企业", by_number(config.weak_at_most + 1, config), (Change("企业", name, count),)
        )
    if status == "稳链":
        return _to_strong(m, config)
    return None


def by_number(total: int, config: GapConfig) -> str:
    """The status that N alone gives."""
    return "弱链" if total <= config.weak_at_most else "稳链"


def _said(text: str, to: str, changes: tuple[Change, ...]) -> Flip:
    return Flip(to, f"{text} → {CAPTIONS[to]}", sum(c.count for c in changes), changes)


def _restored(m: Measure, supply: Supply, state: Availability, config: GapConfig) -> Flip:
    places = fewest_sources(m.missing_inputs, supply, state)
    changes = tuple(Change("外部来源", supply.segments[x].fact.name) for x in places)
    strong = _strong_steps(m, config) == ()
    to = "强链" if strong else by_number(m.segment.total, config)
    return _said(f"补上{_places(changes)}的供给（各1家企业或1个外购来源）", to, changes)


def _founded(m: Measure, supply: Supply, state: Availability, config: GapConfig) -> Flip:
    places = fewest_sources(m.missing_inputs, supply, state)
    changes = tuple(Change("外部来源", supply.segments[x].fact.name) for x in places)
    also = f"，并补上{_places(changes)}的供给" if changes else ""
    own = Change("企业", m.segment.fact.name)
    return _said(f"有1家企业投产{also}", by_number(1, config), (own, *changes))


def _places(changes: tuple[Change, ...]) -> str:
    return "、".join(f"“{c.segment}”" for c in changes)


def _to_strong(m: Measure, config: GapConfig) -> Flip:
    changes = _strong_steps(m, config)
    words = {
        "企业": "再有{}家产值相当的在产企业",
        "产值": "补齐各企业同一年产值",
        "资质": "{}家取得高新、小巨人等资质",
        "平台": "{}个平台或1项成果",
    }
    return _said("、".join(words[c.what].format(c.count) for c in changes), "强链", changes)


def _strong_steps(m: Measure, config: GapConfig) -> tuple[Change, ...]:
    name = m.segment.fact.name
    more = config.strong_at_least - m.segment.total
    steps: list[Change] = []
    if m.real_shares and m.hhi:
        more = max(more, ceil(round(1 / config.strong_hhi - 1 / m.hhi, 9)))
    if more > 0:
        steps.append(Change("企业", name, more))
    if not m.real_shares:
        steps.append(Change("产值", name))
    if not any(counts_as_honour(h, config) for h in m.honours):
        steps.append(Change("资质", name))
    if not m.platforms and not m.achievements:
        steps.append(Change("平台", name))
    return tuple(steps)


def fewest_sources(missing: tuple[str, ...], supply: Supply, state: Availability) -> tuple[str, ...]:
    """The fewest segments whose being supplied makes all of `missing` available, nearest first.

    Exact up to TRIES sets; beyond that one source per missing input, which always serves.
    """
    lacking = list(missing)
    for ident in lacking:
        for x in supply.segments[ident].subtree:
            lacking += [u for u in supply.segments[x].essential if not state.available[u] and u not in lacking]
    for size in range(1, len(missing)):
        for places in islice(combinations(lacking, size), TRIES):
            if _serves(set(places), missing, lacking, supply, state):
                return places
    return missing


def _serves(
    places: set[str], missing: tuple[str, ...], lacking: list[str], supply: Supply, state: Availability
) -> bool:  # fmt: skip
    """Whether `missing` hold once `places` are supplied: the greatest fixed point over what is lacking."""
    on = set(lacking)
    changed = True
    while changed and all(u in on for u in missing):
        changed = False
        for ident in lacking:
            if ident in on and ident not in places and not supply.works(ident, lambda u: state.available[u] or u in on):
                on.discard(ident)
                changed = True
    return all(u in on for u in missing)
