"""Neo4j 5 or newer, one server or a cluster. The only module that imports neo4j.

The Community edition has one database, so nothing can be built beside the old graph: a build marks
the graph, wipes what is ours, writes, verifies and takes the mark away. The mark is the builder's
token; every batch first asks whether the token still stands, so that of two builders one gives up
and never both write. While the mark stands, reads raise Rebuilding.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, LiteralString, TypeVar
from urllib.parse import unquote, urlsplit

import neo4j
import orjson
from neo4j import exceptions

from graph.errors import (
    BadGraphUrl,
    BuildFailed,
    GraphFault,
    GraphForeign,
    GraphLogin,
    GraphLost,
    GraphMemory,
    GraphMissing,
    GraphReadOnly,
    GraphTooOld,
    GraphTooSlow,
    GraphUnreachable,
    Rebuilding,
)  # fmt: skip
from graph.project import Projection
from graph.schema import Kind, Relation, Schema
from graph.store.base import (
    Changes,
    GraphState,
    Row,
    Step,
    edge_returns,
    fill,
    node_returns,
    query_text,
    steps,
    verify,
    waiting_rows,
)  # fmt: skip
from graph.version import __version__

ENGINE = "neo4j"
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
OURS = ("Lianpu", "LianpuWaiting", "LianpuState")  # every node of ours bears exactly one of these labels
BATCH = 5_000  # rows or removals per transaction
SILENCE = 60_000  # milliseconds after which a builder that says nothing counts as dead
TIMEOUT = 300.0  # seconds that the server may spend on one transaction
RETRY = 15.0  # seconds for which a transaction is tried again when the server is away
CONNECT = 5.0  # seconds for a connection to come about
CASTS: Mapping[str, Callable[[Any], Any]] = {"DOUBLE": float, "INT64": int, "BOOLEAN": bool}
T = TypeVar("T")
Batch = list[tuple[Step, list[Row]]]

# What goes wrong is told by our own errors; the driver's log lines would stand beside them on stderr.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Neo4jStore:
    """A graph in a database of a Neo4j server."""

    def __init__(self, url: str, schema: Schema) -> None:
        uri, auth, self._database, self.url = _parsed(url)
        self._schema = schema
        self._token = secrets.token_hex(8)
        self._reached = False
        with self._faults():
            self._driver = neo4j.GraphDatabase.driver(
                uri, auth=auth, connection_timeout=CONNECT, max_transaction_retry_time=RETRY,
                notifications_min_severity="OFF", user_agent=f"lianpu/{__version__}",
            )  # fmt: skip
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        try:
            self._greet()
        except BaseException:
            self.close()
            raise

    def _greet(self) -> None:
        with self._faults():  # not a transaction, which would be tried again for long where nothing answers
            agent = self._driver.get_server_info().agent
        self._reached = True
        found = re.match(r"Neo4j/(\d+)\.", agent)
        if found and int(found[1]) < 5:
            raise GraphTooOld(self.url, agent)
        if self.state() is not None:  # files imported by neo4j-admin bring no indexes
            self._index()

    def close(self) -> None:
        """Let go of the engine."""
        self._driver.close()

    # -- transactions -----------------------------------------------------------------------------

    def _session(self) -> neo4j.Session:
        # Followers may lag; the shared bookmarks make a read wait until it sees what was written.
        return self._driver.session(database=self._database, bookmark_manager=self._bookmarks, fetch_size=BATCH)

    def _read(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        with self._faults(), self._session() as session:
            return session.execute_read(neo4j.unit_of_work(timeout=TIMEOUT)(work))

    def _write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        with self._faults(), self._session() as session:
            return session.execute_write(neo4j.unit_of_work(timeout=TIMEOUT)(work))

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (exceptions.Neo4jError, exceptions.DriverError) as error:
            raise self._told(error) from error

    def _told(self, error: exceptions.GqlError) -> GraphFault:
        """The driver's error in words for a person."""
        code = getattr(error, "code", None) or ""
        title = code.rpartition(".")[2]
        if _is_too_old(error):
            return GraphTooOld(self.url)
        if "Security" in code:
            return GraphLogin(self.url, "没有权限") if title == "Forbidden" else GraphLogin(self.url)
        if title == "DatabaseNotFound":
            return GraphMissing(self._database, self.url)
        if "ReadOnly" in title or title in ("NotALeader", "AccessMode"):
            return GraphReadOnly(self.url)
        if "OutOfMemory" in title or "MemoryLimit" in title:
            return GraphMemory(self.url)
        if "TimedOut" in title:
            return GraphTooSlow(self.url)
        away = (exceptions.ServiceUnavailable, exceptions.SessionExpired, exceptions.ConnectionPoolError)
        if isinstance(error, exceptions.WriteServiceUnavailable):
            return GraphReadOnly(self.url)
        if isinstance(error, away) or title in ("DatabaseUnavailable", "DatabaseIsShuttingDown"):
            return GraphLost(self.url) if self._reached else GraphUnreachable(self.url)
        return GraphFault(code or type(error).__name__)

    # -- reading ----------------------------------------------------------------------------------

    def state(self) -> GraphState | None:
        """See GraphStore."""

        def work(tx: neo4j.ManagedTransaction) -> tuple[list[Row], list[Row]]:
            return _rows(tx, "state"), _rows(tx, "mark")

        # Asked of the leader, so that the bookmark of this answer makes followers catch up: another
        # process may have written since, and a lagging follower must not look like a graph to rebuild.
        found, marks = self._write(work)
        if marks:
            mark = marks[0]
            return GraphState("", "", building=mark["building"] != self._token and mark["silent"] < SILENCE)
        return GraphState(found[0]["ledger"], found[0]["schema"]) if found else None

    def read(self, query: str, names: Mapping[str, str] | None = None, **parameters: Any) -> list[Row]:
        """See GraphStore."""

        def work(tx: neo4j.ManagedTransaction) -> list[Row]:
            rows = _rows(tx, query, names, parameters)
            # Asked last: a build that began meanwhile may have taken rows away.
            if _rows(tx, "mark"):
                raise Rebuilding
            return rows

        return self._read(work)

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

        def work(tx: neo4j.ManagedTransaction) -> tuple[dict[str, int], dict[str, int]]:
            found = self._counted(tx)
            if _rows(tx, "mark"):
                raise Rebuilding
            return found

        return self._read(work)

    def _counted(self, tx: neo4j.ManagedTransaction) -> tuple[dict[str, int], dict[str, int]]:
        kinds = {k.caption: _number(tx, "count_nodes", {"label": k.label}) for k in self._schema.kinds.values()}
        relations = {r: _number(tx, "count_relation", {"relation": r}) for r in self._schema.relations}
        return {k: n for k, n in kinds.items() if n}, {k: n for k, n in relations.items() if n}

    # -- writing ----------------------------------------------------------------------------------

    def build(self, projection: Projection, state: GraphState, waiting: Sequence[Row]) -> None:
        """See GraphStore. Takes over from whoever builds at the moment. Raises GraphForeign."""
        self._refuse_foreign()
        self._index(search=False)
        self._write(lambda tx: _run(tx, "claim", token=self._token))
        while self._held(self._wipe):
            pass
        everything = Changes(
            nodes=[n for nodes in projection.nodes.values() for n in nodes.values()],
            edges=[e for edges in projection.edges.values() for e in edges.values()],
        )
        for batch in _batches(steps(everything, self._schema)):
            self._held(partial(_put, batch=batch))
        self._held(lambda tx: _list_waiting(tx, waiting))
        if not verify(projection, self._write(self._counted)):
            raise BuildFailed(kept=False)
        self._held(lambda tx: _finish(tx, state))
        self._index()  # filled by the engine afterwards, which is faster than row by row

    def apply(self, changes: Changes, state: GraphState, waiting: Sequence[Row]) -> None:
        """See GraphStore."""
        batches = list(_batches(steps(changes, self._schema)))

        def work(tx: neo4j.ManagedTransaction) -> None:
            _hold(tx, "")
            for batch in batches:
                _put(tx, batch)
            _list_waiting(tx, waiting)
            _finish(tx, state)

        self._write(work)

    def _held(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """One transaction of a build, while the mark is ours. Raises Rebuilding when another took over."""

        def held(tx: neo4j.ManagedTransaction) -> T:
            _hold(tx, self._token)
            return work(tx)

        return self._write(held)

    def _refuse_foreign(self) -> None:
        def strangers(tx: neo4j.ManagedTransaction) -> tuple[int, int]:
            nodes = _number(tx, "count_all_nodes") - sum(_number(tx, "count_nodes", {"label": o}) for o in OURS)
            relations = (_number(tx, "count_relation", {"relation": r}) for r in self._schema.relations)
            return nodes, _number(tx, "count_all_edges") - sum(relations)

        nodes, edges = self._write(strangers)
        if nodes or edges:
            raise GraphForeign(nodes, edges, self.url)

    def _index(self, search: bool = True) -> None:
        """Make the unique keys that are missing, and the text indexes that `search` uses."""
        kinds = self._schema.kinds.values()
        wanted: dict[str, tuple[str, dict[str, str]]] = {
            f"lianpu_{label}": ("create_key", {"label": label}) for label in (*(k.label for k in kinds), *OURS[1:])
        }
        for kind in kinds if search else ():
            for column in kind.fields:
                if column.sought or column.field == "name":
                    names = {"label": kind.label, "property": column.field or ""}
                    wanted[f"lianpu_{kind.label}_{column.field}"] = ("create_text_index", names)
        there = {row["name"] for row in self._write(lambda tx: _rows(tx, "index_names"))}

        def create(tx: neo4j.ManagedTransaction) -> None:
            for name, (query, names) in wanted.items():
                if name not in there:
                    _run(tx, query, {"name": name, **names})

        self._write(create)

    def _wipe(self, tx: neo4j.ManagedTransaction) -> int:
        """Remove up to a batch of what is ours, edges before nodes; how many."""
        queries = [*(("wipe_edges", {"relation": r}) for r in self._schema.relations), ("wipe_nodes", {})]
        left = BATCH
        for query, names in queries:
            if left:
                left -= _number(tx, query, names, most=left)
        return BATCH - left


def _parsed(url: str) -> tuple[str, tuple[str, str] | None, str, str]:
    """(address for the driver, user and password, database, URL to show) of a LIANPU_GRAPH_URL."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadGraphUrl("主机和端口看不懂") from None  # the cause may quote the password
    if not host or parts.query or parts.fragment or parts.path.count("/") > 1:
        raise BadGraphUrl("要有主机，最后一段是数据库")
    at = f"[{host}]" if ":" in host else host
    at = f"{at}:{port or 7687}"
    user, database = unquote(parts.username or ""), unquote(parts.path.strip("/")) or "neo4j"
    auth = (user, unquote(parts.password or "")) if user else None
    shown = f"{parts.scheme}://{user + '@' if user else ''}{at}/{database}"
    return f"{parts.scheme}://{at}", auth, database, shown


def _is_too_old(error: BaseException | None) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return any(map(_is_too_old, error.exceptions))
    return error is not None and (
        isinstance(error, exceptions.UnsupportedServerProduct) or _is_too_old(error.__cause__)
    )


def _text(query: str, names: Mapping[str, str] | None = None, folder: str = "read") -> LiteralString:
    # Of our own files, filled with schema names only: as good as the literal that the driver asks for.
    return fill(query_text(query, ENGINE, folder), **(names or {}))


def _rows(
    tx: neo4j.ManagedTransaction, query: str, names: Mapping[str, str] | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> list[Row]:  # fmt: skip
    result = tx.run(_text(query, names), dict(parameters or {}))
    keys = result.keys()
    return [dict(zip(keys, record, strict=True)) for record in result]


def _number(
    tx: neo4j.ManagedTransaction, query: str, names: Mapping[str, str] | None = None, **parameters: Any
) -> int:  # fmt: skip
    return int(_rows(tx, query, names, parameters)[0]["n"])


def _run(
    tx: neo4j.ManagedTransaction, query: str, names: Mapping[str, str] | None = None, **parameters: Any
) -> None:  # fmt: skip
    tx.run(_text(query, names, "write"), parameters).consume()


def _hold(tx: neo4j.ManagedTransaction, token: str) -> None:
    if not _rows(tx, "hold", None, {"token": token}):
        raise Rebuilding


def _put(tx: neo4j.ManagedTransaction, batch: Batch) -> None:
    for step, rows in batch:
        if not step.columns:
            _run(tx, step.query, step.names, rows=rows)
            continue
        # Values by place, and none for a column that is empty throughout: half the bytes of a map per row.
        used = set().union(*rows)
        names = [*step.keys, *(name for name, _ in step.columns if name in used)]
        sets = [f"{step.variable}.{name} = row[{place}]" for place, name in enumerate(names) if place >= len(step.keys)]
        sets += [f"{step.variable}.{name} = null" for name, _ in step.columns if name not in used]
        packed = [[row.get(name) for name in names] for row in rows]
        _run(tx, step.query, {"sets": ", ".join(sets), **step.names}, rows=packed)


def _list_waiting(tx: neo4j.ManagedTransaction, waiting: Sequence[Row]) -> None:
    _run(tx, "drop_waiting")
    if waiting:
        _run(tx, "put_waiting", rows=waiting_rows(waiting))


def _finish(tx: neo4j.ManagedTransaction, state: GraphState) -> None:
    _run(tx, "set_state", ledger=state.ledger, schema=state.schema)
    _run(tx, "release")


def _lean(step: Step) -> Iterator[Row]:
    """The rows of a step with the types of their columns; what has no value is left out."""
    casts = {name: CASTS[kind] for name, kind in step.columns if kind in CASTS}
    for row in step.rows:
        lean = {name: value for name, value in row.items() if value is not None}
        for name in casts.keys() & lean.keys():
            lean[name] = casts[name](lean[name])
        yield lean


def _batches(steps: Iterable[Step]) -> Iterator[Batch]:
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
