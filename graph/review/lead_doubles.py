"""Leads that may be one investment, or one with a project that is registered: for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from graph.naming.similarity import numbers
from graph.text import digits, norm

ALIKE, MONEY = 0.85, 0.2  # names as alike as this; money no further apart than this part of the larger
LEAD = "招商线索"


@dataclass(frozen=True, slots=True)
class Investment:
    """A lead or a project of investment. `path` is how decisions name it, `investors` are names as written."""

    kind: str
    id: str
    path: str
    name: str
    investors: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    money: float | None = None
    code: str = ""
    records: tuple[int, ...] = ()

    def is_settled_with(self, other: Investment) -> bool:
        """Whether nobody need look at the two: each has its own code, or neither is a lead."""
        return bool(self.code and other.code) or LEAD not in (self.kind, other.kind)


@dataclass(frozen=True, slots=True)
class LeadDouble:
    """Two that may be one, and why."""

    one: Investment
    other: Investment
    reasons: tuple[str, ...]


def lead_doubles(investments: Sequence[Investment], apart: Collection[frozenset[str]] = ()) -> list[LeadDouble]:
    """Pairs of one investor whose names are alike, or whose segment and money are; `apart` are pairs decided to be two.

    >>> a = Investment(LEAD, "1", "示例县/链/示例带钢项目", "示例带钢项目", ("示例公司",))
    >>> b = Investment(LEAD, "2", "示例县/链/示例带钢新建项目", "示例带钢新建项目", ("示例公司",))
    >>> lead_doubles([a, b])[0].reasons
    ('投资主体相同：示例公司', '名称相近 86%')
    """
    of: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(investments):
        for investor in dict.fromkeys(map(norm, one.investors)):
            of[investor].append(place)
    pairs = {pair: investor for investor, places in sorted(of.items()) for pair in combinations(places, 2)}
    doubles = [
        LeadDouble(one, other, (f"投资主体相同：{_written(one, investor)}", *reasons))
        for (a, b), investor in sorted(pairs.items())
        if not (one := investments[a]).is_settled_with(other := investments[b])
        and frozenset((norm(one.path), norm(other.path))) not in apart
        and (reasons := tuple(_reasons(one, other)))
    ]
    return sorted(doubles, key=lambda d: (-len(d.reasons), d.one.path, d.other.path))


def _written(one: Investment, investor: str) -> str:
    return next(i for i in one.investors if norm(i) == investor)


def _reasons(one: Investment, other: Investment) -> Iterator[str]:
    a, b = norm(one.name), norm(other.name)
    alike = SequenceMatcher(None, a, b).ratio()
    if alike >= ALIKE and numbers(a) == numbers(b):
        yield f"名称相近 {alike:.0%}"
    shared = [s for s in one.segments if s in other.segments]
    if shared and one.money and other.money and abs(one.money - other.money) <= MONEY * max(one.money, other.money):
        yield f"环节相同：{shared[0]}，金额相近：{digits(one.money)}万元、{digits(other.money)}万元"
