"""What waits for a name, with the names that come near and the choices that there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.model import Waiting
from graph.projection.result import Projection
from graph.text import bigrams, near

NEAR_FOR = 200  # entries for which near names are sought; more would make a load wait for a courtesy


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
            "reason": w.reason, "message": self.message(), "record": w.record,
        }  # fmt: skip

    def message(self) -> str:
        """One sentence: what waits, and what to do."""
        w, near_names = self.waiting, "、".join(self.near)
        if w.reason == "loop":
            return f"“{w.field}”指向“{w.name}”形成循环，这条关系先不显示"
        if w.reason == "ambiguous":
            return f"“{w.name}”对应多个{'或'.join(w.kinds) or '对象'}：{near_names}，先等待，请照此写明是哪一个"
        said = f"还没有名为“{w.name}”的{'或'.join(w.kinds) or '对象'}，先等待，导入后自动关联"
        return f"{said}；相近：{near_names}" if near_names else said


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
