"""What waits for a name, with the names that come near and the choices that there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graph.model import Record, Remark, Waiting
from graph.projection.decisions import Decision
from graph.projection.result import Projection
from graph.schema.kinds import Column
from graph.text import bigrams, near

if TYPE_CHECKING:  # what finds names loads only where rows are projected
    from graph.projection.identity import Miss, NameIndex

NEAR_FOR = 200  # entries for which near names are sought; more would make a load wait for a courtesy


class Unresolved:
    """What waits, and what a person should know of rows, gathered while they are projected."""

    def __init__(self, names: Mapping[str, NameIndex]) -> None:
        self._names = names
        self.words: dict[str, str] = {}  # node id -> what tells it from its namesakes
        self.waiting: list[Waiting] = []
        self.remarks: list[Remark] = []

    def wait(self, record: Record, column: Column, name: str, miss: Miss) -> None:
        """Keep what a cell names until it is defined, or until a row says which of several is meant."""
        choices = tuple(sorted(self._labels(column, name, miss.choices)))
        where = record.where(column.caption)
        self.waiting.append(
            Waiting(record.seq, record.file, where, column.caption, name, miss.reason, column.to, choices)
        )

    def wait_decision(self, decision: Decision, column: Column, miss: Miss, kind: str) -> None:
        """Keep a decision until the name of this kind, which stands in this column, is defined."""
        name = decision.other if column.caption == "对象" else decision.kept
        self.wait(decision.record, replace(column, to=(kind,)), name, miss)

    def remark(self, record: Record, field: str, message: str, hint: str) -> None:
        """Say something about a row."""
        self.remarks.append(Remark(record.seq, field, message, hint))

    def _labels(self, column: Column, name: str, choices: Sequence[str]) -> Iterator[str]:
        """How to write each of several namesakes so that it is told from the others."""
        kind_of = {node: next(k for k in column.to or ("企业",) if node in self._names[k].nodes) for node in choices}
        kinds = list(kind_of.values())
        for node, kind in kind_of.items():
            words = kind if kinds.count(kind) == 1 else self.words.get(node, kind)
            yield f"{name}（{words}）"


@dataclass(frozen=True, slots=True)
class WaitingName:
    """A waiting name as people see it."""

    waiting: Waiting
    near: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """The JSON form in `lianpu status`."""
        w = self.waiting
        return {
            "file": w.file, "where": w.where, "field": w.field, "name": w.name, "near": list(self.near),
            "reason": w.reason, "message": self.message(), "record": w.record, "kinds": list(w.kinds),
        }  # fmt: skip

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> WaitingName:
        """The inverse of `document`."""
        d, names = document, tuple(document["near"])
        choices = names if d["reason"] == "ambiguous" else ()
        waiting = Waiting(
            d["record"], d["file"], d["where"], d["field"], d["name"], d["reason"], tuple(d["kinds"]), choices
        )
        return cls(waiting, names)

    @property
    def place(self) -> tuple[str, int, str]:
        """Its place in the list: by file, row and cell."""
        return self.waiting.file, self.waiting.record, self.waiting.where

    def message(self) -> str:
        """One sentence: what waits, and what to do."""
        w, near_names = self.waiting, "、".join(self.near)
        if w.reason == "loop":
            return f"“{w.field}”指向“{w.name}”形成循环，这条关系先不显示"
        if w.reason == "ambiguous":
            return f"“{w.name}”对应多个{'或'.join(w.kinds) or '对象'}：{near_names}，先等待，请照此写明是哪一个"
        missing = f"还没有名为“{w.name}”的{'或'.join(w.kinds) or '对象'}，先等待，导入后自动关联"
        return f"{missing}；相近：{near_names}" if near_names else missing


def waiting_names(projection: Projection) -> list[WaitingName]:
    """Every waiting name, in order of file, sheet and row."""
    entries = sorted(projection.waiting, key=lambda w: (w.file, w.record, w.where))
    pool = _pool(projection, [w for w in entries if w.reason == "undefined"][:NEAR_FOR])
    named: list[WaitingName] = []
    for place, w in enumerate(entries):
        if w.reason == "ambiguous":
            names = w.choices
        elif w.reason == "undefined" and place < NEAR_FOR:
            names = tuple(near(w.name, sorted({n for b in bigrams(w.name) for k in w.kinds for n in pool[k, b]})))
        else:
            names = ()
        named.append(WaitingName(w, names))
    return named


def _pool(projection: Projection, entries: Sequence[Waiting]) -> dict[tuple[str, str], list[str]]:
    """Names by kind and two-character run, for the runs that occur in waiting names only."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for w in entries:
        for kind in w.kinds:
            wanted[kind] |= bigrams(w.name)
    pool: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, runs in wanted.items():
        for node in projection.nodes.get(kind, {}).values():
            for run in bigrams(node.name) & runs:
                pool[kind, run].append(node.name)
    return pool
