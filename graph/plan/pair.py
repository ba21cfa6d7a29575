"""A need and what may answer it, as people bring them together: every dated row is one step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.dates import as_date, last_day
from graph.model import ViewNode

PAIR_STATES = ("推荐", "已联系", "洽谈", "签约", "未成")
PROPOSED, SIGNED, FAILED = "推荐", "签约", "未成"
BASIS = "依据"
NO_FACTS = frozenset(
    {"进展", "状态", "责任人", "入库级别"}
)  # columns of which a change makes nothing fit better or worse


def basis_of(*nodes: ViewNode) -> str:
    """What nodes say, as a short word that changes when they do.

    >>> need, result = (ViewNode(i, "", i, {"摘要": "甲"}, ()) for i in "ab")
    >>> basis_of(need, result) == basis_of(need, ViewNode("b", "", "b", {"摘要": "乙"}, ()))
    False
    """
    facts = [[n.name, sorted((k, str(v)) for k, v in n.values.items() if k not in NO_FACTS)] for n in nodes]
    return hashlib.blake2b(json.dumps(facts, ensure_ascii=False).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class PairStep:
    """One row: what it says, by caption, and its day."""

    day: date | None
    values: Mapping[str, Any]
    record: int


@dataclass(frozen=True, slots=True)
class NeedPair:
    """A need and an object (ids) that people brought together; `steps` stand by day, `events` and `firms` are ids."""

    id: str
    need: str
    object: str
    object_kind: str
    steps: tuple[PairStep, ...]
    events: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()

    def at(self, today: date) -> PairNow | None:
        """What is known of it on a day; None before its first step."""
        steps = tuple(s for s in self.steps if s.day is None or s.day <= today)
        return PairNow(self, steps) if steps else None


@dataclass(frozen=True, slots=True)
class PairNow:
    """A pair on a day: the last word of each column counts."""

    pair: NeedPair
    steps: tuple[PairStep, ...]

    def value(self, caption: str) -> Any:
        """The last word of a column."""
        return next((v for s in reversed(self.steps) if (v := s.values.get(caption)) is not None), None)

    @property
    def state(self) -> str:
        """How far it is; where nobody says, it was proposed."""
        return str(self.value("状态") or PROPOSED)

    @property
    def decisive(self) -> PairStep:
        """The step that says the state."""
        return next((s for s in reversed(self.steps) if s.values.get("状态") is not None), self.steps[-1])

    @property
    def failed(self) -> bool:
        """Whether nothing came of it."""
        return self.state == FAILED

    @property
    def reason(self) -> str | None:
        """Why the state is what it is: a reason of an earlier state does not count."""
        reasons = (s.values.get("理由") for s in reversed(self.steps[self.steps.index(self.decisive) :]))
        return next((str(r) for r in reasons if r), None)

    def outdated(self, basis: str, news: bool) -> bool:
        """Whether need or object changed since nothing came of it, so that it may be proposed again.

        `basis` is what both say now. Where the row does not tell what they said then, `news` decides: whether rows
        dated later say something that none before did.
        """
        then = self.decisive.values.get(BASIS)
        return str(then) != basis if then else news


def pair_steps(rows: Sequence[tuple[int, Mapping[str, Any]]]) -> tuple[PairStep, ...]:
    """The steps of a pair from its rows (number in the ledger, values by caption), by day; a row without one is first.

    >>> steps = pair_steps([(2, {"日期": "2026-03", "状态": "洽谈"}), (1, {"日期": "2026-01-02", "状态": "推荐"})])
    >>> [s.record for s in steps], NeedPair("p", "n", "o", "科技成果", steps).at(date(2026, 2, 1)).state
    ([1, 2], '推荐')
    """
    steps = (PairStep(as_date(v.get("日期")), v, record) for record, v in rows)
    return tuple(sorted(steps, key=lambda s: (last_day(s.day.isoformat() if s.day else None), s.record)))
