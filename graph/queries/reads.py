"""What an answer was read from, so that it is kept for as long as none of that changes.

Not what was found but what was asked: nodes of a kind by id, edges between two kinds by one of their ends, or
all of them. So a node that comes to stand where an answer looked in vain changes that answer too.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from graph.store.changes import Changes

Slot = tuple[str, ...]  # a kind; or a relation, the kinds of its ends and which end the ids are of


class Reads:
    """The places of a graph that an answer depends on, or that a change touched."""

    def __init__(self) -> None:
        self._ids: defaultdict[Slot, set[str]] = defaultdict(set)
        self._whole: set[Slot] = set()
        self.everything = False  # no change leaves the answer as it was

    def nodes(self, kind: str, ids: Collection[str] | None) -> None:
        """Nodes of a kind; all where `ids` is None."""
        self._note((kind,), ids)

    def edges(self, ends: tuple[str, str, str], side: str, ids: Collection[str] | None) -> None:
        """Edges (relation, kind of source, kind of target) at some ids of their `source` or `target`."""
        self._note((*ends, side), ids)

    def _note(self, slot: Slot, ids: Collection[str] | None) -> None:
        if ids is None:
            self._whole.add(slot)
            self._ids.pop(slot, None)
        elif slot not in self._whole:
            self._ids[slot].update(ids)

    def add(self, other: Reads) -> None:
        """What another answer depends on, which is part of this one."""
        self.everything |= other.everything
        for slot in other._whole:
            self._note(slot, None)
        for slot, ids in other._ids.items():
            self._note(slot, ids)

    def meets(self, touched: Reads) -> bool:
        """Whether something of it was touched."""
        if self.everything or touched.everything:
            return True
        return any(
            slot in self._whole or not self._ids.get(slot, frozenset()).isdisjoint(ids)
            for slot, ids in touched._ids.items()
        )


def touched_by(changes: Changes) -> Reads:
    """The places that a change of the graph touched."""
    touched = Reads()
    for node in changes.nodes:
        touched.nodes(node.kind, [node.id])
    for kind, ident in changes.dropped_nodes:
        touched.nodes(kind, [ident])
    for edge in (*changes.edges, *changes.dropped_edges):
        ends = (edge.relation, edge.source_kind, edge.target_kind)
        touched.edges(ends, "source", [edge.source])
        touched.edges(ends, "target", [edge.target])
    return touched


_here = threading.local()


@contextmanager
def recording() -> Iterator[Reads]:
    """What this thread reads inside the block. Recordings within it keep to themselves; see `depend`."""
    before, reads = _recorded(), Reads()
    _here.reads = reads
    try:
        yield reads
    finally:
        _here.reads = before


def _recorded() -> Reads | None:
    reads: Reads | None = getattr(_here, "reads", None)
    return reads


def depend(part: Reads) -> None:
    """What is recorded in this thread depends on `part` too."""
    if (reads := _recorded()) is not None:
        reads.add(part)


def read_nodes(kind: str, ids: Collection[str] | None = None) -> None:
    """Nodes of a kind are read."""
    if (reads := _recorded()) is not None:
        reads.nodes(kind, ids)


def read_edges(
    relation: str, source: str, target: str, side: str = "source", ids: Collection[str] | None = None
) -> None:
    """Edges between two kinds are read."""
    if (reads := _recorded()) is not None:
        reads.edges((relation, source, target), side, ids)


def read_everything() -> None:
    """Something is read that any change may change."""
    if (reads := _recorded()) is not None:
        reads.everything = True
