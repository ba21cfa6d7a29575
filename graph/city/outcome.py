"""What a change of the ledger does to the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.model import Record
from graph.projection.result import Projection
from graph.store.changes import Changes
from graph.store.compare import Tally

if TYPE_CHECKING:  # what finds names loads only where rows are projected
    from graph.projection.update import Update


@dataclass(slots=True)
class Outcome:
    """What a change of the ledger did to the graph."""

    nodes: dict[str, Tally] = field(default_factory=dict)
    edges: dict[str, Tally] = field(default_factory=dict)
    projection: Projection = field(default_factory=Projection)
    waiting: list[dict[str, Any]] = field(default_factory=list)  # everything that waits now
    batch: int | None = None
    fresh: dict[int, Record] = field(default_factory=dict)  # the rows of the batch, by sequence number
    rows: dict[int, Record] = field(default_factory=dict)  # the visible rows after it that were read
    changes: Changes | None = None  # what is written to the graph; None where all of it is new
    part: Update | None = None  # where only what the change touches was read, `projection` and `rows` hold no more
    same_waits: bool = False  # exactly what waited before it waits now
    amounts: Mapping[str, list[float]] | None = None  # by caption, what is usual, where `rows` do not tell

    def things(self) -> list[Any]:
        """Everything in it that there are many of: see `graph.bulk.free`."""
        return [*self.projection.things(), *self.rows.values(), *self.fresh.values(), *self.waiting]
