"""What every graph engine must do. No engine object leaves a store: rows are plain dicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from graph.projection.result import Projection
from graph.schema.kinds import Kind, Relation
from graph.store.changes import Changes
from graph.store.cypher.apart import Answered, QueryLimits
from graph.store.rows import Row


@dataclass(frozen=True, slots=True)
class GraphState:
    """Which state of the ledger a graph shows."""

    ledger: str
    schema: str
    building: bool = False  # somebody else is building it at this moment


@dataclass(frozen=True, slots=True)
class Summary:
    """What a whole graph comes to: the state that it shows, its counts, its content hash, what waits."""

    state: GraphState
    nodes: dict[str, int]
    edges: dict[str, int]
    hash: str
    waiting: list[Row]


class GraphStore(Protocol):
    """A projection of the ledger in some engine."""

    url: str
    keeps_summary: bool  # whether `keep_summary` outlasts this process

    def state(self) -> GraphState | None:
        """The ledger state that the graph shows, or None when it was never built."""

    def holds_what_it_does_not_show(self) -> bool:
        """Whether there are nodes in a graph that was not closed properly and is not believed."""

    def build(self, projection: Projection, state: GraphState, waiting: Sequence[Row]) -> None:
        """Replace everything: built beside the old graph, verified, then swapped in one step."""

    def apply(self, changes: Changes, state: GraphState, waiting: Sequence[Row] | None) -> None:
        """Update in place, in one transaction; what waits stays as it is where `waiting` is None."""

    def snapshot(self) -> AbstractContextManager[None]:
        """While this lasts, whatever this thread reads is of one state, whoever writes meanwhile."""

    def waiting(self) -> list[Row]:
        """The documents of what waits for a name, in order."""

    def read(self, query: str, names: Mapping[str, str] | None = None, **parameters: Any) -> list[Row]:
        """Rows of the query file `cypher/read/{query}.cypher`, its <<slots>> filled with schema names."""

    def ask(self, query: str, parameters: Mapping[str, Any], limits: QueryLimits) -> Answered:
        """What a person's query answers; checked, and run apart. Raises CypherRefused and the other errors of queries."""

    def nodes(self, kind: Kind) -> list[Row]:
        """All nodes of a kind: id, fields, extras, records."""

    def edges(self, relation: Relation, source: Kind, target: Kind) -> list[Row]:
        """All edges of a relation between two kinds: id, source, target, fields, records."""

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """Number of nodes per kind caption and of edges per relation name (zeroes left out)."""

    def kept_summary(self) -> Summary | None:
        """The summary kept of exactly the graph that is shown, or None; opens no engine for it."""

    def keep_summary(self, summary: Summary) -> None:
        """Keep it with the graph, for as long as that does not change."""

    def grown(self) -> float:
        """How many times what it took when built the graph takes now; 1 where the engine sees to that itself."""

    def close(self) -> None:
        """Let go of the engine."""
