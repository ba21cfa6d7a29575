"""What people decided about names: that two mean one thing, that a firm stands on a segment.

A decision is a row of the sheet 决定, like any other; of several about one pair the last counts, in the order in
which rows count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.model import Record
from graph.text import norm

SHEET = "决定"
MERGE, APART, PLACE, NOT_PLACE = "合并", "不合并", "归入环节", "不归入环节"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `kept` and `other` as written; for a placing `other` is the segment's path."""

    verdict: str
    kind: str
    kept: str
    other: str
    record: Record

    @property
    def pair(self) -> tuple[str, ...]:
        """What it is about: for two names the order does not matter."""
        names = [norm(self.kept), norm(self.other)]
        return (self.kind, "同", *sorted(names)) if self.verdict in (MERGE, APART) else (self.kind, "归", *names)


@dataclass(slots=True)
class Decisions:
    """The decisions in force, by kind."""

    by_kind: dict[str, list[Decision]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, records: Iterable[Record]) -> Decisions:
        """Read them off the rows, which come in the order in which they count, least first."""
        last: dict[tuple[str, ...], Decision] = {}
        for record in records:
            verdict, kind, kept, other = (str(record.values[c]) for c in ("决定", "类别", "名称", "对象"))
            decision = Decision(verdict, kind, kept, other, record)
            last[decision.pair] = decision
        return cls._in_order(last)

    @classmethod
    def _in_order(cls, by_pair: Mapping[tuple[str, ...], Decision]) -> Decisions:
        decisions = cls()
        for pair in sorted(by_pair):
            decisions.by_kind[by_pair[pair].kind].append(by_pair[pair])
        return decisions

    def _by_pair(self) -> dict[tuple[str, ...], Decision]:
        return {d.pair: d for of_kind in self.by_kind.values() for d in of_kind}

    def moved(self, before: Decisions, after: Decisions) -> Decisions:
        """These, where `before` are some of them and `after` what became of those."""
        gone = before._by_pair().keys()
        kept = {pair: d for pair, d in self._by_pair().items() if pair not in gone}
        return self._in_order({**kept, **after._by_pair()})

    def of_verdict(self, verdict: str, kind: str | None = None) -> Iterator[Decision]:
        """Decisions with one verdict, about one kind or all, in a fixed order."""
        kinds = sorted(self.by_kind) if kind is None else [kind]
        return (d for k in kinds for d in self.by_kind.get(k, ()) if d.verdict == verdict)
