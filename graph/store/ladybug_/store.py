"""The embedded engine as a store.

A store is a folder of generations, `<n>.lbug`, and a file CURRENT that names the live one. A build
writes the next generation and then replaces CURRENT: the swap is one rename, and a generation never
meets another's write-ahead log. There is exactly one Database object per path and process; a
generation that a build has replaced stays open until its last reader is done with it.

A generation is sealed when it is closed: one whose bytes are others when it is opened again, or which
was never closed, is not believed, nor is one that the engine stumbles over. The store then says that
nothing is built, and whoever has the ledger builds it anew.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from graph.bulk import give_back
from graph.errors import BuildFailed, GraphFault
from graph.projection.result import Projection
from graph.schema.kinds import Kind, Relation, Schema
from graph.store.changes import Changes, by_ends, end_labels, steps
from graph.store.compare import verify
from graph.store.cypher.apart import Answered, QueryLimits
from graph.store.cypher.statement import read_statement
from graph.store.errors import GraphBroken, GraphNotBuilt
from graph.store.ladybug_.folder import GenerationFolder, make_sure_that_nobody_has
from graph.store.ladybug_.frames import edge_frame, node_frame, rows_of, sets_of
from graph.store.ladybug_.generation import Generation, Snapshot, faults
from graph.store.ladybug_.kept import seal, size_of, unsealed
from graph.store.ladybug_.throwaway import ask
from graph.store.protocol import GraphState, Summary
from graph.store.queries import edge_returns, fill, node_returns, query_text
from graph.store.rows import Row, edge_columns, node_columns, waiting_rows

if TYPE_CHECKING:  # a third of a second that only those who open a graph should wait for
    import ladybug

ENGINE = "ladybug"


class LadybugStore:
    """A graph in a folder of this machine. Any number of threads may read while one writes."""

    keeps_summary = True

    def __init__(self, path: Path, schema: Schema) -> None:
        self.url = f"ladybug:///{path}"
        self._folder = GenerationFolder(path)
        self._schema = schema
        self._writing = threading.RLock()
        self._swapping = threading.Lock()
        self._in_place = threading.Lock()  # held while the live generation changes, or is copied
        self._here = threading.local()  # `snapshot`: what this thread reads
        self._live: Generation | None = None
        self._broken = False  # the engine stumbled over the live generation
        self._mended = False  # the live generation was built because of that
        self._folder.sweep()
        live = self._folder.current()
        kept = unsealed(live) if live else None
        self._believed = kept is not None or live is None
        self._summary = kept.summary if kept else None
        self._built = kept.built if kept else 0  # bytes of the live generation when it was built
        self._closed = self._summary is not None  # a graph whose summary holds opens when it is asked for more
        if not self._closed:
            self._open()

    # -- files ------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Open the live generation, if it can be believed. Raises GraphLocked, GraphNoMemory and GraphUnreadable."""
        path = self._folder.current()
        if path is None:
            return
        if not self._believed:  # a damaged projection is no loss: the ledger is the truth
            make_sure_that_nobody_has(path)
            return
        try:
            self._live = Generation(path)
        except GraphBroken:
            self._believed = False

    def holds_what_it_does_not_show(self) -> bool:
        """See GraphStore. Asked only where there is no ledger to build from: the engine may end over a damaged file."""
        path = self._folder.current()
        if self._believed or path is None:
            return False
        try:
            doubted = Generation(path)
            try:
                with doubted.connection() as connection, faults(path):
                    return any(self._counted(connection)[0].values())
            finally:
                doubted.let_go()
        except (GraphBroken, RuntimeError):
            return False

    def close(self) -> None:
        """Let go of the engine."""
        with self._writing:
            live, summary, sound = self._live, self.kept_summary(), not self._broken
            self._replace(None)
            if live is not None and sound and not live.is_held():
                with suppress(OSError):  # without room for a seal it is built anew the next time
                    seal(live.path, summary, self._built)

    def kept_summary(self) -> Summary | None:
        """See GraphStore."""
        kept = self._summary
        return kept if kept is not None and kept.state == self.state() else None

    def keep_summary(self, summary: Summary) -> None:
        """See GraphStore. It is written down when the engine closes its file."""
        self._summary = summary

    def grown(self) -> float:
        """See GraphStore."""
        with self._swapping:
            live = self._live
            return size_of(live.path) / self._built if live is not None and self._built else 1.0

    def _replace(self, by: Generation | None) -> None:
        with self._swapping:
            before, self._live = self._live, by
            never_opened, self._closed = self._closed, False
            self._broken = False
        if never_opened and by is not None:
            self._folder.sweep()
        if before is not None:
            before.let_go(replaced=by is not None)

    # -- reading ----------------------------------------------------------------------------------

    @contextmanager
    def _held(self) -> Iterator[Generation]:
        """The live generation, open until we are done with it."""
        with self._swapping:
            if self._closed:
                self._closed = False
                self._open()
                if self._live is None:
                    raise GraphBroken(self._folder.path)
            if self._live is None:
                raise GraphNotBuilt(self.url)
            live = self._live
            live.hold()
        try:
            yield live
        except GraphBroken:
            self._broken = not self._mended  # building it twice would not help
            raise
        finally:
            live.let_go()

    @contextmanager
    def _connection(self) -> Iterator[ladybug.Connection]:
        own: Snapshot | None = getattr(self._here, "snapshot", None)
        if own is not None:
            with own.connection() as connection:
                yield connection
            return
        with self._held() as live, live.connection() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See GraphStore."""
        if getattr(self._here, "snapshot", None) is not None:
            yield  # part of a longer read
            return
        with self._connection() as connection:
            self._here.snapshot = Snapshot(connection)
            try:
                yield
            finally:
                self._here.snapshot = None  # closing the connection ends its transaction

    def state(self) -> GraphState | None:
        """See GraphStore."""
        if self._closed and self._summary is not None:
            return self._summary.state
        if self._live is None or self._broken:
            return None
        try:
            rows = self.read("state")
        except (RuntimeError, GraphBroken):
            return None
        return GraphState(rows[0]["ledger"], rows[0]["schema"]) if rows else None

    def read(self, query: str, names: Mapping[str, str] | None = None, **parameters: Any) -> list[Row]:
        """See GraphStore."""
        text = fill(query_text(query, ENGINE), **(names or {}))
        with self._connection() as connection, faults(self._folder.path):
            return _rows(connection, text, parameters)

    def waiting(self) -> list[Row]:
        """See GraphStore."""
        return [orjson.loads(row["document"]) for row in self.read("waiting")]

    def nodes(self, kind: Kind) -> list[Row]:
        """See GraphStore."""
        return self.read("nodes_of_kind", {"label": kind.label, "columns": node_returns(kind)})

    def edges(self, relation: Relation, source: Kind, target: Kind) -> list[Row]:
        """See GraphStore."""
        names = {"relation": relation.name, "source": source.label, "target": target.label}
        return self.read("edges_of_relation", {**names, "columns": edge_returns(relation)})

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """See GraphStore."""
        with self._connection() as connection, faults(self._folder.path):
            return self._counted(connection)

    def _counted(self, connection: ladybug.Connection) -> tuple[dict[str, int], dict[str, int]]:
        def count(query: str, names: Mapping[str, str]) -> int:
            return int(_rows(connection, fill(query_text(query, ENGINE), **names), {})[0]["n"])

        nodes = {k.caption: count("count_nodes", {"label": k.label}) for k in self._schema.kinds.values()}
        edges: dict[str, int] = defaultdict(int)
        for relation in self._schema.relations.values():
            for names in self._end_labels(relation):
                edges[relation.name] += count("count_edges", names)
        return {k: n for k, n in nodes.items() if n}, {k: n for k, n in edges.items() if n}

    def _end_labels(self, relation: Relation) -> list[dict[str, str]]:
        kinds = self._schema.kinds
        return [
            {"relation": relation.name, "source": kinds[a].label, "target": kinds[b].label} for a, b in relation.ends
        ]

    def ask(self, query: str, parameters: Mapping[str, Any], limits: QueryLimits) -> Answered:
        """See GraphStore."""
        statement = read_statement(query, ENGINE, parameters)
        return ask(self._folder.path, self._still, statement, self._schema, limits)

    @contextmanager
    def _still(self) -> Iterator[Path]:
        """The file of the live generation, which nobody changes meanwhile."""
        with self._held() as live, self._in_place:
            yield live.path

    # -- writing ----------------------------------------------------------------------------------

    def build(self, projection: Projection, state: GraphState, waiting: Sequence[Row]) -> None:
        """See GraphStore."""
        with self._writing:
            if not self._believed:
                self._folder.drop()
            self._folder.make_sure_of_room(projection.size())
            path = self._folder.fresh()
            built = Generation(path)
            built.written = True
            try:
                with built.connection() as connection, faults(path):
                    connection.set_max_threads_for_exec(1)  # more would wait for the interpreter, and keep memory
                    self._create(connection)
                    self._copy(connection, projection)
                    _note(connection, state)
                    _list_waiting(connection, waiting)
                    if not verify(projection, self._counted(connection)):
                        raise BuildFailed
                self._folder.point_to(path)
            except BaseException:
                with suppress(GraphFault):  # what went wrong first is told
                    built.let_go(replaced=True)
                raise
            self._mended, self._built, self._believed = self._broken, size_of(path), True
            self._replace(built)

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
        # Each kind, and each relation between two, at once: the engine pays for every COPY with time and memory.
        kinds, relations = self._schema.kinds, self._schema.relations
        for caption, nodes in projection.nodes.items():
            if nodes:
                text = fill(query_text("copy_nodes", ENGINE), label=kinds[caption].label)
                connection.execute(text, {"frame": node_frame(nodes.values(), kinds[caption])})
                give_back()
        for name, edges in projection.edges.items():
            for some in by_ends(edges.values()):
                text = fill(query_text("copy_edges", ENGINE), **end_labels(some[0], self._schema))
                connection.execute(text, {"frame": edge_frame(some, relations[name])})
                give_back()

    def apply(self, changes: Changes, state: GraphState, waiting: Sequence[Row] | None) -> None:
        """See GraphStore."""
        self._folder.make_sure_of_room(0, changes.size() + len(waiting or ()))
        with self._writing, self._held() as live, self._in_place, live.connection() as connection, faults(live.path):
            live.written = True
            connection.execute("BEGIN TRANSACTION")
            try:
                for step in steps(changes, self._schema):
                    text = fill(query_text(step.query, ENGINE, "write"), sets=sets_of(step), **step.names)
                    connection.execute(text, {"rows": rows_of(step)})
                _note(connection, state)
                if waiting is not None:
                    connection.execute(query_text("drop_waiting", ENGINE, "write"))
                    _list_waiting(connection, waiting)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(RuntimeError):  # the engine has ended it where it could not write
                    connection.execute("ROLLBACK")
                raise


def _rows(connection: ladybug.Connection, text: str, parameters: dict[str, Any]) -> list[Row]:
    result = connection.execute(text, parameters)
    assert not isinstance(result, list)  # one statement, one result
    names = result.get_column_names()
    return [dict(zip(names, row, strict=True)) for row in result.get_all()]


def _note(connection: ladybug.Connection, state: GraphState) -> None:
    connection.execute(query_text("set_state", ENGINE, "write"), {"ledger": state.ledger, "schema": state.schema})


def _list_waiting(connection: ladybug.Connection, waiting: Sequence[Row]) -> None:
    if waiting:
        connection.execute(query_text("put_waiting", ENGINE, "write"), {"rows": waiting_rows(waiting)})
