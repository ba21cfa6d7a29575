"""Neo4j 5 or newer, one server or a cluster.

The Community edition has one database, so nothing can be built beside the old graph: a build marks
the graph, wipes what is ours, writes, verifies and takes the mark away. The mark is the builder's
token; every batch first asks whether the token still stands, so that of two builders one gives up
and never both write. While the mark stands, reads raise Rebuilding.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import neo4j
import orjson
from neo4j import exceptions

from graph.errors import BuildFailed, GraphForeign, GraphTooOld, Rebuilding
from graph.projection.result import Projection
from graph.schema.kinds import Kind, Relation, Schema
from graph.store.changes import Changes, steps
from graph.store.compare import verify
from graph.store.cypher.apart import Answered, QueryLimits, one_of_few, run_apart
from graph.store.cypher.statement import read_statement
from graph.store.cypher.unknown import hints
from graph.store.neo4j import child
from graph.store.neo4j.address import parse_address
from graph.store.neo4j.faults import error_of
from graph.store.neo4j.import_files import OURS
from graph.store.neo4j.readers import Readers
from graph.store.neo4j.transaction import (
    BATCH,
    ENGINE,
    Transaction,
    batches,
    finish,
    hold,
    list_waiting,
    number,
    put,
    rows_of,
    run,
)
from graph.store.protocol import GraphState, Summary
from graph.store.queries import edge_returns, node_returns
from graph.store.rows import Row
from graph.version import __version__

SILENCE = 60_000  # milliseconds after which a builder that says nothing counts as dead
TIMEOUT = 300.0  # seconds that the server may spend on one transaction
RETRY = 15.0  # seconds for which a transaction is tried again when the server is away
CONNECT = 5.0  # seconds for a connection to come about
ANSWER = 30.0  # seconds for whoever answers there to turn out to be a Neo4j server
T = TypeVar("T")

# What goes wrong is told by our own errors; the driver's log lines would stand beside them on stderr.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Neo4jStore:
    """A graph in a database of a Neo4j server."""

    keeps_summary = False

    def __init__(self, url: str, schema: Schema) -> None:
        self._at = at = parse_address(url)
        self.url = at.shown
        self._schema = schema
        self._token = secrets.token_hex(8)
        self._reached = False
        self._readers = Readers()
        with self._faults():
            self._driver = neo4j.GraphDatabase.driver(
                at.uri, auth=at.auth, connection_timeout=CONNECT, connection_acquisition_timeout=ANSWER,
                max_transaction_retry_time=RETRY, notifications_min_severity="OFF", user_agent=f"lianpu/{__version__}",
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
        version = re.match(r"Neo4j/(\d+)\.", agent)
        if version and int(version[1]) < 5:
            raise GraphTooOld(self.url, agent)
        if self.state() is not None:  # files imported by neo4j-admin bring no indexes
            self._index()

    def close(self) -> None:
        """Let go of the engine."""
        self._driver.close()

    # -- transactions -----------------------------------------------------------------------------

    def _session(self) -> neo4j.Session:
        # Followers may lag; the shared bookmarks make a read wait until it sees what was written.
        return self._driver.session(database=self._at.database, bookmark_manager=self._bookmarks, fetch_size=BATCH)

    def _read(self, work: Callable[[Transaction], T]) -> T:
        with self._faults(), self._session() as session:
            return session.execute_read(neo4j.unit_of_work(timeout=TIMEOUT)(work))

    def _write(self, work: Callable[[Transaction], T], timeout: float | None = None) -> T:
        limit = TIMEOUT if timeout is None else timeout
        with self._faults(), self._session() as session:
            return session.execute_write(neo4j.unit_of_work(timeout=limit)(work))

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (exceptions.Neo4jError, exceptions.DriverError) as error:
            raise error_of(error, self._at, self._reached) from error

    # -- reading ----------------------------------------------------------------------------------

    def state(self) -> GraphState | None:
        """See GraphStore."""

        def work(tx: Transaction) -> tuple[list[Row], list[Row]]:
            return rows_of(tx, "state"), rows_of(tx, "mark")

        # Asked of the leader, so that the bookmark of this answer makes followers catch up: another
        # process may have written since, and a lagging follower must not look like a graph to rebuild.
        states, marks = self._write(work)
        if marks:
            mark = marks[0]
            return GraphState("", "", building=mark["building"] != self._token and mark["silent"] < SILENCE)
        return GraphState(states[0]["ledger"], states[0]["schema"]) if states else None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See GraphStore. A read sees what is committed at its moment, so commits of this process wait for its end."""
        with self._readers.reading():
            yield

    def read(self, query: str, names: Mapping[str, str] | None = None, **parameters: Any) -> list[Row]:
        """See GraphStore."""

        def work(tx: Transaction) -> list[Row]:
            rows = rows_of(tx, query, names, parameters)
            # Asked last: a build that began meanwhile may have taken rows away.
            if rows_of(tx, "mark"):
                raise Rebuilding
            return rows

        return self._read(work)

    def ask(self, query: str, parameters: Mapping[str, Any], limits: QueryLimits) -> Answered:
        """See GraphStore. It sees what is committed at its moment; a build that began meanwhile makes it void."""
        statement = read_statement(query, ENGINE, parameters)
        at = {"uri": self._at.uri, "auth": self._at.auth, "database": self._at.database}
        marks = list(self._bookmarks.get_bookmarks())
        request = {**at, "bookmarks": marks, "text": statement.text, "parameters": statement.parameters}
        with one_of_few(limits):
            answered = run_apart(Path(child.__file__), request, limits, grace=1.0)
        self.waiting()  # raises Rebuilding
        return answered.of(statement.columns, hints(statement, self._schema))

    def kept_summary(self) -> None:
        """See GraphStore. Anybody may change what the server holds, so nothing is kept of it."""

    def keep_summary(self, summary: Summary) -> None:
        """See GraphStore."""

    def grown(self) -> float:
        """See GraphStore. The server uses again what updates have freed."""
        return 1.0

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

        def work(tx: Transaction) -> tuple[dict[str, int], dict[str, int]]:
            counts = self._counted(tx)
            if rows_of(tx, "mark"):
                raise Rebuilding
            return counts

        return self._read(work)

    def _counted(self, tx: Transaction) -> tuple[dict[str, int], dict[str, int]]:
        kinds = {k.caption: number(tx, "count_nodes", {"label": k.label}) for k in self._schema.kinds.values()}
        relations = {r: number(tx, "count_relation", {"relation": r}) for r in self._schema.relations}
        return {k: n for k, n in kinds.items() if n}, {k: n for k, n in relations.items() if n}

    # -- writing ----------------------------------------------------------------------------------

    def holds_what_it_does_not_show(self) -> bool:
        """See GraphStore. A server sees to its own files."""
        return False

    def build(self, projection: Projection, state: GraphState, waiting: Sequence[Row]) -> None:
        """See GraphStore. Takes over from whoever builds at the moment. Raises GraphForeign."""
        self._refuse_foreign()
        self._index(search=False)
        self._write(lambda tx: run(tx, "claim", token=self._token))
        while self._held(self._wipe):
            pass
        everything = Changes(
            nodes=[n for nodes in projection.nodes.values() for n in nodes.values()],
            edges=[e for edges in projection.edges.values() for e in edges.values()],
        )
        for batch in batches(steps(everything, self._schema)):
            self._held(partial(put, batch=batch))
        self._held(lambda tx: list_waiting(tx, waiting))
        if not verify(projection, self._write(self._counted)):
            raise BuildFailed(kept=False)
        self._held(lambda tx: finish(tx, state))
        self._index()  # filled by the engine afterwards, which is faster than row by row

    def apply(self, changes: Changes, state: GraphState, waiting: Sequence[Row] | None) -> None:
        """See GraphStore."""
        wanted = list(batches(steps(changes, self._schema)))

        def work(tx: Transaction) -> None:
            nobody_reads.close()  # where the driver tries again
            hold(tx, "")
            for batch in wanted:
                put(tx, batch)
            if waiting is not None:
                list_waiting(tx, waiting)
            finish(tx, state)
            nobody_reads.enter_context(self._readers.kept_out())  # until it is committed

        with ExitStack() as nobody_reads:
            self._write(work)

    def _held(self, work: Callable[[Transaction], T]) -> T:
        """One transaction of a build, while the mark is ours. Raises Rebuilding when another took over."""

        def held(tx: Transaction) -> T:
            hold(tx, self._token)
            return work(tx)

        return self._write(held)

    def _refuse_foreign(self) -> None:
        def strangers(tx: Transaction) -> tuple[int, int]:
            nodes = number(tx, "count_all_nodes") - sum(number(tx, "count_nodes", {"label": o}) for o in OURS)
            relations = (number(tx, "count_relation", {"relation": r}) for r in self._schema.relations)
            return nodes, number(tx, "count_all_edges") - sum(relations)

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
        there = {row["name"] for row in self._write(lambda tx: rows_of(tx, "index_names"))}

        def create(tx: Transaction) -> None:
            for name, (query, names) in wanted.items():
                if name not in there:
                    run(tx, query, {"name": name, **names})

        self._write(create, timeout=0)  # no limit: after an import the engine checks every node there is

    def _wipe(self, tx: Transaction) -> int:
        """Remove up to a batch of what is ours, edges before nodes; how many."""
        queries = [*(("wipe_edges", {"relation": r}) for r in self._schema.relations), ("wipe_nodes", {})]
        left = BATCH
        for query, names in queries:
            if left:
                left -= number(tx, query, names, most=left)
        return BATCH - left
