"""The embedded engine. The only module that imports ladybug.

A store is a folder of generations, `<n>.lbug`, and a file CURRENT that names the live one. A build
writes the next generation and then replaces CURRENT: the swap is one rename, and a generation never
meets another's write-ahead log. There is exactly one Database object per path and process.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ladybug
import orjson

from graph.errors import BuildFailed
from graph.projection.result import Projection
from graph.schema.kinds import Kind, Relation, Schema
from graph.store.protocol import (
    Changes,
    GraphState,
    Row,
    Step,
    by_ends,
    edge_columns,
    edge_returns,
    edge_row,
    end_labels,
    fill,
    node_columns,
    node_returns,
    node_row,
    query_text,
    steps,
    verify,
    waiting_rows,
)  # fmt: skip

if TYPE_CHECKING:
    import pandas as pd  # at run time only where something is written: it takes a third of a second

ENGINE = "ladybug"
BUFFER = 1 << 30  # bytes of page cache; the engine's own default takes most of the machine


class LadybugStore:
    """A graph in a folder of this machine."""

    def __init__(self, path: Path, schema: Schema) -> None:
        self.url = f"ladybug:///{path}"
        self._folder = path
        self._schema = schema
        self._lock = threading.RLock()
        self._database: ladybug.Database | None = None
        path.mkdir(parents=True, exist_ok=True)
        self._sweep()
        self._open(self._current())

    # -- files ------------------------------------------------------------------------------------

    def _current(self) -> Path | None:
        pointer = self._folder / "CURRENT"
        if not pointer.exists():
            return None
        live = self._folder / pointer.read_text("utf-8").strip()
        return live if live.exists() else None

    def _sweep(self) -> None:
        """Remove what an interrupted build or a finished swap left behind."""
        live = self._current()
        for path in self._folder.glob("*.lbug*"):
            if live is None or not path.name.startswith(live.name):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    def _open(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            self._database = ladybug.Database(str(path), buffer_pool_size=BUFFER)
        except RuntimeError:
            # A damaged projection is no loss: the ledger is the truth, and no state means rebuild.
            (self._folder / "CURRENT").unlink(missing_ok=True)
            self._database = None

    def close(self) -> None:
        """Let go of the engine."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def _live(self) -> ladybug.Database:
        if self._database is None:
            raise BuildFailed
        return self._database

    # -- reading ----------------------------------------------------------------------------------

    def state(self) -> GraphState | None:
        """See GraphStore."""
        if self._database is None:
            return None
        try:
            rows = self.read("state")
        except RuntimeError:
            return None
        return GraphState(rows[0]["ledger"], rows[0]["schema"]) if rows else None

    def read(self, query: str, names: Mapping[str, str] | None = None, **parameters: Any) -> list[Row]:
        """See GraphStore."""
        return self._rows(fill(query_text(query, ENGINE), **(names or {})), parameters)

    def waiting(self) -> list[Row]:
        """See GraphStore."""
        return [orjson.loads(row["document"]) for row in self.read("waiting")]

    def _rows(self, text: str, parameters: dict[str, Any] | None = None) -> list[Row]:
        with self._lock:
            if self._database is None:
                return []
            with ladybug.Connection(self._database) as connection:
                result = connection.execute(text, parameters or {})
                assert isinstance(result, ladybug.QueryResult)  # one statement, one result
                names = result.get_column_names()
                return [dict(zip(names, row, strict=True)) for row in result.get_all()]

    def nodes(self, kind: Kind) -> list[Row]:
        """See GraphStore."""
        return self.read("nodes_of_kind", {"label": kind.label, "columns": node_returns(kind)})

    def edges(self, relation: Relation, source: Kind, target: Kind) -> list[Row]:
        """See GraphStore."""
        names = {"relation": relation.name, "source": source.label, "target": target.label}
        return self.read("edges_of_relation", {**names, "columns": edge_returns(relation)})

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """See GraphStore."""
        if self._database is None:
            return {}, {}
        nodes = {k.caption: self._count("count_nodes", {"label": k.label}) for k in self._schema.kinds.values()}
        edges: dict[str, int] = defaultdict(int)
        for relation in self._schema.relations.values():
            for names in self._end_labels(relation):
                edges[relation.name] += self._count("count_edges", names)
        return {k: n for k, n in nodes.items() if n}, {k: n for k, n in edges.items() if n}

    def _count(self, query: str, names: Mapping[str, str]) -> int:
        return int(self.read(query, names)[0]["n"])

    def _end_labels(self, relation: Relation) -> list[dict[str, str]]:
        kinds = self._schema.kinds
        return [
            {"relation": relation.name, "source": kinds[a].label, "target": kinds[b].label} for a, b in relation.ends
        ]

    # -- writing ----------------------------------------------------------------------------------

    def build(self, projection: Projection, state: GraphState, waiting: Sequence[Row]) -> None:
        """See GraphStore."""
        with self._lock:
            old = self._current()
            number = int(old.stem) + 1 if old else 1
            path = self._folder / f"{number}.lbug"
            database = ladybug.Database(str(path), buffer_pool_size=BUFFER)
            try:
                with ladybug.Connection(database) as connection:
                    self._create(connection)
                    self._copy(connection, projection)
                    _note(connection, state)
                    _list_waiting(connection, waiting)
                before, self._database = self._database, database
                if not verify(projection, self.counts()):
                    self._database = before
                    raise BuildFailed
                if before is not None:
                    before.close()
            except BaseException:
                database.close()
                path.unlink(missing_ok=True)
                raise
            self._swap(path)

    def _swap(self, path: Path) -> None:
        pointer = self._folder / "CURRENT.new"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self._folder / "CURRENT")
        self._sweep()

    def _create(self, connection: ladybug.Connection) -> None:
        kinds = self._schema.kinds
        for kind in kinds.values():
            columns = ", ".join(f"{n} {t}" for n, t in node_columns(kind))
            connection.execute(fill(query_text("create_node_table", ENGINE), label=kind.label, columns=columns))
        for label, columns in (("LianpuState", "ledger STRING, schema STRING"), ("LianpuWaiting", "document STRING")):
            connection.execute(fill(query_text("create_node_table", ENGINE), label=label, columns=columns))
        for relation in self._schema.relations.values():
            ends = ", ".join(f"FROM {kinds[a].label} TO {kinds[b].label}" for a, b in relation.ends)
            columns = ", ".join(f"{n} {t}" for n, t in edge_columns(relation))
            text = query_text("create_relation_table", ENGINE)
            connection.execute(fill(text, relation=relation.name, ends=ends, columns=columns))

    def _copy(self, connection: ladybug.Connection, projection: Projection) -> None:
        kinds = self._schema.kinds
        for caption, nodes in projection.nodes.items():
            if nodes:
                frame = _frame(map(node_row, nodes.values()), [("id", "STRING"), *node_columns(kinds[caption])])
                connection.execute(fill(query_text("copy_nodes", ENGINE), label=kinds[caption].label), {"frame": frame})
        for name, edges in projection.edges.items():
            columns = [("source", "STRING"), ("target", "STRING"), *edge_columns(self._schema.relations[name])]
            for some in by_ends(edges.values()):
                frame = _frame(map(edge_row, some), columns)
                text = fill(query_text("copy_edges", ENGINE), **end_labels(some[0], self._schema))
                connection.execute(text, {"frame": frame})

    def apply(self, changes: Changes, state: GraphState, waiting: Sequence[Row]) -> None:
        """See GraphStore."""
        with self._lock, ladybug.Connection(self._live()) as connection:
            connection.execute("BEGIN TRANSACTION")
            try:
                for step in steps(changes, self._schema):
                    text = fill(query_text(step.query, ENGINE, "write"), sets=_sets(step), **step.names)
                    connection.execute(text, {"rows": _rows_of(step)})
                _note(connection, state)
                connection.execute(query_text("drop_waiting", ENGINE, "write"))
                _list_waiting(connection, waiting)
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise


def _note(connection: ladybug.Connection, state: GraphState) -> None:
    connection.execute(query_text("set_state", ENGINE, "write"), {"ledger": state.ledger, "schema": state.schema})


def _list_waiting(connection: ladybug.Connection, waiting: Sequence[Row]) -> None:
    if waiting:
        connection.execute(query_text("put_waiting", ENGINE, "write"), {"rows": waiting_rows(waiting)})


def _sets(step: Step) -> str:
    return ", ".join(f"{step.variable}.{name} = CAST({name} AS {kind})" for name, kind in step.columns)


def _rows_of(step: Step) -> pd.DataFrame | list[Row]:
    """What is written comes as a frame, many times faster than as rows."""
    if not step.columns:
        return list(step.rows)
    return _frame(step.rows, [*((key, "STRING") for key in step.keys), *step.columns])


def _frame(rows: Iterable[Row], columns: list[tuple[str, str]]) -> pd.DataFrame:
    """A frame the engine can scan: it reads text and floats, but no nullable integers or booleans."""
    import pandas as pd

    listed = list(rows)
    data: dict[str, pd.Series[Any]] = {}
    for name, kind in columns:
        values = [row.get(name) for row in listed]
        if kind == "DOUBLE":
            data[name] = pd.Series(values, dtype="float64")
        elif kind == "STRING":
            data[name] = pd.Series(values, dtype=object)
        else:
            data[name] = pd.Series([None if v is None else str(v) for v in values], dtype=object)
    return pd.DataFrame(data)
