"""What waits for a name, after an update: the rest of the list stays as it was, its near names follow the names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from operator import is_

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

    def followed(self, name: str, kinds: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
        """Names that came near before, and still do, beside new ones."""
        if any(n in self._went[kind] for kind in kinds for n in before):
            return self.near(name, kinds)
        came = {n for kind in kinds for run in bigrams(name) for n in self._came.get((kind, run), ())}
        return _nearest(name, [*before, *came]) if came else tuple(before)

    @cached_property
    def _came(self) -> dict[tuple[str, str], list[str]]:
        """New names by kind and two-character run."""
        came: dict[tuple[str, str], list[str]] = defaultdict(list)
        for kind, names in self.added.items():
            for name in names.values():
                for run in bigrams(name):
                    came[kind, run].append(name)
        return came

    @cached_property
    def _went(self) -> dict[str, set[str]]:
        return defaultdict(set, {kind: set(names.values()) for kind, names in self.gone.items()})


def _nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(near(name, sorted(set(names))))


def like_any(name: str) -> str:
    """The pattern of names that share a two-character run with this one, narrow or wide.

    >>> like_any("锯A")
    '(?s).*([锯][AＡ]).*'
    """
    runs = ["".join(f"[{re.escape(c)}{WIDE.get(c, '')}]" for c in run) for run in sorted(bigrams(name))]
    return f"(?s).*({'|'.join(runs)}).*"


def waiting_after(before: list[Row], update: Update, names: Callable[[], NameChanges]) -> list[Row]:
    """The documents of what waits after an update, from those before it; the same list where they are the same."""
    changed = update.waits()
    listed = before
    if changed:
        kept = [d for d in before if d["record"] not in changed]
        fresh = [WaitingName(w, w.choices).document() for seq in sorted(changed) for w in changed[seq]]
        listed = sorted([*kept, *fresh], key=lambda d: (d["file"], d["record"], d["where"]))
    if not listed:
        return listed
    searched, sought = {id(d) for d in before[:NEAR_FOR]}, names()  # near names are sought for the first of the list
    first = [_placed(d, id(d) in searched, sought) for d in listed[:NEAR_FOR]]
    rest = [_without(d) if d["near"] and d["reason"] == "undefined" else d for d in listed[NEAR_FOR:]]
    return before if listed is before and all(map(is_, first, before)) else [*first, *rest]


def _placed(document: Row, searched: bool, names: NameChanges) -> Row:
    """A document with the names that come near what waits."""
    if document["reason"] != "undefined":
        return document
    name, kinds, was = document["name"], document["kinds"], document["near"]
    near_names = names.followed(name, kinds, was) if searched else names.near(name, kinds)
    return document if list(near_names) == was else replace(WaitingName.of(document), near=near_names).document()


def _without(document: Row) -> Row:
    return replace(WaitingName.of(document), near=()).document()
