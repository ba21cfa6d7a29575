"""A person's query on a copy of the graph that is thrown away afterwards: whatever it does, the graph stays as it is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import product
from pathlib import Path

from graph.schema.kinds import Schema
from graph.store.cypher.apart import Answered, QueryLimits, one_of_few, run_apart
from graph.store.cypher.cursor import quoted
from graph.store.cypher.errors import QueryFailed
from graph.store.cypher.statement import CypherStatement
from graph.store.cypher.unknown import hints, unknown_labels, unknown_relations
from graph.store.ladybug_ import child
from graph.store.ladybug_.folder import remove
from graph.store.queries import fill, query_text

ENGINE = "ladybug"
PREFIX = "asked-"
OURS = ("LianpuState", "LianpuWaiting")  # what the store notes beside the graph
MOST_UNKNOWN = 8
PROGRAM = Path(child.__file__)
Live = Callable[[], AbstractContextManager[Path]]  # the live generation, which stays as it is meanwhile


def ask(folder: Path, live: Live, statement: CypherStatement, schema: Schema, limits: QueryLimits) -> Answered:
    """Run a statement on a copy of the live generation, which nobody writes while it is copied."""
    with one_of_few(limits), _copied(folder, live) as copy:
        size = sum(path.stat().st_size for path in copy.parent.iterdir())
        request = {"path": str(copy), "size": size, "text": statement.text, "parameters": statement.parameters}
        for kind in ("STRING", "DOUBLE"):  # what a property that nobody knows would hold
            try:
                prepared = {**request, "prepare": prepare(statement, schema, kind)}
                return run_apart(PROGRAM, prepared, limits).of(statement.columns, hints(statement, schema))
            except QueryFailed:
                if kind == "DOUBLE" or not (unknown_labels(statement, schema) or unknown_relations(statement, schema)):
                    raise
                _copy_again(copy, live)
        raise AssertionError("unreachable")


def prepare(statement: CypherStatement, schema: Schema, kind: str) -> list[str]:
    """What makes a copy fit for a statement: nothing of the store's own, and empty tables for what nobody knows.

    The engine refuses a query that names what it has no table for; people are to get an empty answer instead.
    """
    labels = unknown_labels(statement, schema)
    if len(labels) + len(unknown_relations(statement, schema)) > MOST_UNKNOWN:
        raise QueryFailed("图中没有的类别和关系太多", "右侧有全部类别、关系和属性")
    columns = ", ".join(f"{quoted(name)} {kind}" for name in sorted({*statement.properties, "name"} - {"id"}))
    prepared = [fill(query_text("drop_table", ENGINE), label=name) for name in OURS]
    for label in labels:
        prepared.append(fill(query_text("create_node_table", ENGINE), label=quoted(label), columns=columns))
    prepared += _joined(statement, schema, labels, columns)
    return prepared


def _joined(statement: CypherStatement, schema: Schema, labels: list[str], columns: str) -> list[str]:
    """Relations between tables that were made, and the others of the statement."""
    everything = sorted(statement.labels) or [next(iter(schema.kinds.values())).label]
    statements: list[str] = []
    for name in sorted(statement.relations):
        pairs = [(a, b) for a, b in product(everything, repeat=2)]
        if name in schema.relations:
            pairs = [(a, b) for a, b in pairs if a in labels or b in labels]
            for a, b in pairs:
                names = {"relation": quoted(name), "source": quoted(a), "target": quoted(b)}
                statements.append(fill(query_text("join_tables", ENGINE), **names))
            continue
        ends = ", ".join(f"FROM {quoted(a)} TO {quoted(b)}" for a, b in pairs)
        text = query_text("create_relation_table", ENGINE)
        statements.append(fill(text, relation=quoted(name), ends=ends, columns=f"id STRING, {columns}"))
    return statements


@contextmanager
def _copied(folder: Path, live: Live) -> Iterator[Path]:
    """A copy of the live generation, and of its log where there is one, in a folder that goes away with it."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=folder, ignore_cleanup_errors=True) as own:
        copy = Path(own) / "graph"
        _copy(copy, live)
        yield copy


def _copy(copy: Path, live: Live) -> None:
    with live() as path:
        for part in path.parent.glob(f"{path.name}*"):
            if part.name in (path.name, f"{path.name}.wal"):
                shutil.copyfile(part, copy.with_name(copy.name + part.name.removeprefix(path.name)))


def _copy_again(copy: Path, live: Live) -> None:
    for part in copy.parent.iterdir():
        remove(part)
    _copy(copy, live)
