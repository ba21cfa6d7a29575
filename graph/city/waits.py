"""What waits for a name, after an update: the rest of the list stays as it was, its near names follow the names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from graph.projection.unresolved import NEAR_FOR, WaitingName
from graph.projection.update import Update
from graph.schema.kinds import Schema
from graph.store.changes import Changes
from graph.store.protocol import GraphStore
from graph.store.rows import Row
from graph.text import bigrams, near

WIDE = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}  # written wide, a character is the same in a name


class NameChanges:
    """The names of nodes that come and go with some changes, and those that there are, as far as they are sought."""

    def __init__(self, changes: Changes, store: GraphStore, schema: Schema) -> None:
        self._store, self._schema = store, schema
        self.added: dict[str, dict[str, str]] = defaultdict(dict)  # kind -> node -> name
        self.gone: dict[str, dict[str, str]] = defaultdict(dict)
        for node in changes.nodes:
            if (was := changes.before.get(node.id)) is None or was.get("name") != node.name:
                self.added[node.kind][node.id] = node.name
                if was is not None:
                    self.gone[node.kind][node.id] = str(was.get("name"))
        for kind, ident in changes.dropped_nodes:
            self.gone[kind][ident] = str(changes.before[ident].get("name"))

    def near(self, name: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """The names that come near among all nodes of these kinds, after the changes."""
        return _nearest(name, (n for kind in kinds for n in self._sharing(kind, name)))

    def _sharing(self, kind: str, name: str) -> Iterable[str]:
        """Names of a kind that share a two-character run with this one."""
        label = self._schema.kinds[kind].label
        there = self._store.read("names_like", {"label": label}, pattern=like_any(name))
        came, went = self.added[kind], self.gone[kind]
        return [*(r["name"] for r in there if r["id"] not in came and r["id"] not in went), *came.values()]

    def followed(self, name: str, kinds: Sequence[str], before: tuple[str, ...]) -> tuple[str, ...]:
        """Names that came near before, and still do, beside new ones."""
        went = {n for kind in kinds for n in self.gone[kind].values()}
        if not went.isdisjoint(before):
            return self.near(name, kinds)
        return _nearest(name, [*before, *(n for kind in kinds for n in self.added[kind].values())])


def _nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(near(name, sorted(set(names))))


def like_any(name: str) -> str:
    """The pattern of names that share a two-character run with this one, narrow or wide.

    >>> like_any("锯A")
    '(?s).*([锯][AＡ]).*'
    """
    runs = ["".join(f"[{re.escape(c)}{WIDE.get(c, '')}]" for c in run) for run in sorted(bigrams(name))]
    return f"(?s).*({'|'.join(runs)}).*"


def waiting_after(before: Sequence[Row], update: Update, names: Callable[[], NameChanges]) -> list[Row]:
    """The documents of what waits after an update, from those before it."""
    changed = update.waits()
    entries = [WaitingName.of(d) for d in before]
    searched = {id(e) for e in entries[:NEAR_FOR]}  # whose near names were sought
    kept = [e for e in entries if e.waiting.record not in changed]
    fresh = [WaitingName(w, w.choices) for seq in sorted(changed) for w in changed[seq]]
    listed = sorted([*kept, *fresh], key=lambda e: e.place)
    if not listed:
        return []
    sought = names()
    return [_placed(entry, place, id(entry) in searched, sought).document() for place, entry in enumerate(listed)]


def _placed(entry: WaitingName, place: int, searched: bool, names: NameChanges) -> WaitingName:
    """An entry with the names that come near it, which are sought for the first of the list only."""
    w = entry.waiting
    if w.reason != "undefined":
        return entry
    if place >= NEAR_FOR:
        return replace(entry, near=())
    return replace(entry, near=names.followed(w.name, w.kinds, entry.near) if searched else names.near(w.name, w.kinds))
