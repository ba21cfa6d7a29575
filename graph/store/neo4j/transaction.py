"""Query files run inside a transaction of Neo4j, and rows packed for the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, LiteralString

import neo4j

from graph.errors import Rebuilding
from graph.store.changes import Step
from graph.store.protocol import GraphState
from graph.store.queries import fill, query_text
from graph.store.rows import Row, waiting_rows

ENGINE = "neo4j"
BATCH = 5_000  # rows or removals per transaction
CASTS: Mapping[str, Callable[[Any], Any]] = {"DOUBLE": float, "INT64": int, "BOOLEAN": bool}
Names = Mapping[str, str]
Batch = list[tuple[Step, list[Row]]]
Transaction = neo4j.ManagedTransaction


def _text(query: str, names: Names | None, folder: str) -> LiteralString:
    # Of our own files, filled with schema names only: as good as the literal that the driver asks for.
    return fill(query_text(query, ENGINE, folder), **(names or {}))


def rows_of(
    tx: Transaction, query: str, names: Names | None = None, parameters: Mapping[str, Any] | None = None
) -> list[Row]:
    """Rows of a query file."""
    result = tx.run(_text(query, names, "read"), dict(parameters or {}))
    keys = result.keys()
    return [dict(zip(keys, record, strict=True)) for record in result]


def number(tx: Transaction, query: str, names: Names | None = None, **parameters: Any) -> int:
    """The `n` of a query file that gives one row."""
    return int(rows_of(tx, query, names, parameters)[0]["n"])


def run(tx: Transaction, query: str, names: Names | None = None, **parameters: Any) -> None:
    """Run a query file that gives no rows."""
    tx.run(_text(query, names, "write"), parameters).consume()


def hold(tx: Transaction, token: str) -> None:
    """Keep other writers out until the transaction ends. Raises Rebuilding when the mark is not `token`."""
    if not rows_of(tx, "hold", None, {"token": token}):
        raise Rebuilding


def put(tx: Transaction, batch: Batch) -> None:
    """Run the steps of a batch."""
    for step, rows in batch:
        if not step.columns:
            run(tx, step.query, step.names, rows=rows)
            continue
        # Values by place, and none for a column that is empty throughout: half the bytes of a map per row.
        used = set().union(*rows)
        names = [*step.keys, *(name for name, _ in step.columns if name in used)]
        sets = [f"{step.variable}.{name} = row[{place}]" for place, name in enumerate(names) if place >= len(step.keys)]
        sets += [f"{step.variable}.{name} = null" for name, _ in step.columns if name not in used]
        packed = [[row.get(name) for name in names] for row in rows]
        run(tx, step.query, {"sets": ", ".join(sets), **step.names}, rows=packed)


def list_waiting(tx: Transaction, waiting: Sequence[Row]) -> None:
    """Replace the list of what waits."""
    run(tx, "drop_waiting")
    if waiting:
        run(tx, "put_waiting", rows=waiting_rows(waiting))


def finish(tx: Transaction, state: GraphState) -> None:
    """Note what the graph shows, and take the mark away."""
    run(tx, "set_state", ledger=state.ledger, schema=state.schema)
    run(tx, "release")


def _lean(step: Step) -> Iterator[Row]:
    """The rows of a step with the types of their columns; what has no value is left out."""
    casts = {name: CASTS[kind] for name, kind in step.columns if kind in CASTS}
    for row in step.rows:
        lean = {name: value for name, value in row.items() if value is not None}
        for name in casts.keys() & lean.keys():
            lean[name] = casts[name](lean[name])
        yield lean


def batches(steps: Iterable[Step]) -> Iterator[Batch]:
    """Steps in pieces of BATCH rows, small steps together."""
    batch: Batch = []
    room = BATCH
    for step in steps:
        lean = _lean(step)
        while rows := list(islice(lean, room)):
            batch.append((step, rows))
            room -= len(rows)
            if not room:
                yield batch
                batch, room = [], BATCH
    if batch:
        yield batch
