"""A city: its ledger, the graph projected from it, and what both answer together."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from graph.bulk import free, no_collection
from graph.city.ledger_opening import naming_a_copy, open_ledger
from graph.city.outcome import Outcome
from graph.city.updates import Updates, counted
from graph.errors import LianpuError, Rebuilding
from graph.ledger.batch import Part, RowChange
from graph.ledger.errors import LedgerAltered
from graph.ledger.ledger import Ledger
from graph.ledger.moment import When
from graph.ledger.tables import file_url, holds_batches
from graph.model import Record
from graph.projection.result import Projection
from graph.projection.unresolved import waiting_names
from graph.schema.kinds import Schema
from graph.schema.parse import load_schema
from graph.store.changes import Changes
from graph.store.compare import ProjectedRows, Tally, content_hash, difference, moved_hash
from graph.store.errors import NOT_WRITTEN
from graph.store.opening import is_at, open_store
from graph.store.protocol import GraphState, GraphStore, Summary
from graph.store.rows import schema_mark

DEMO_MARK = "demo"  # a file in the home that says: example data
SMALL = 50_000  # nodes and edges up to which a summary is made at once, so that the next `status` need not
RETRY = 5.0  # seconds after which a graph that could not be written is tried again
IN_PLACE = 2000  # writes up to which a graph whose rows were all read is updated in place; beyond, a build is faster

Watch = Callable[[GraphState | None, GraphState, Changes | None], None]  # state before and after, what is written


@dataclass(frozen=True, slots=True)
class _Projected:
    """The projection of one state of the ledger."""

    state: str
    projection: Projection


class City:
    """One city's data. Not safe for several threads writing at once; `api` serialises writers."""

    def __init__(self, ledger: Ledger, store: GraphStore, schema: Schema) -> None:
        self.ledger, self.store, self.schema = ledger, store, schema
        self._mark = schema_mark(schema)
        self._projected: _Projected | None = None
        self.updates = Updates(ledger, store, schema)
        self.demo = False  # example data: pages and reports carry the notice
        self._put_off = 0.0  # when to try again to write a graph for which there was no room
        self._counted: tuple[str, int] | None = None  # see `records`
        self.who: str | None = None  # who loads and undoes, as batches tell
        self.watch: Watch = lambda before, after, changes: None  # told what happens to the graph

    def close(self) -> None:
        """Let go of both databases; a small graph that was changed leaves its summary."""
        shown = self._projected
        small = self.store.keeps_summary and shown is not None and shown.projection.size() <= SMALL
        with suppress(LianpuError, RuntimeError):  # nobody asked for it: whatever is wrong, both are let go
            if small and self.store.state() == self.target_state():
                self.summary()
        self.store.close()
        self.ledger.close()

    # -- keeping the graph in step -----------------------------------------------------------------

    def target_state(self) -> GraphState:
        """The state that the graph should show."""
        return GraphState(self.ledger.state(), self._mark)

    def in_step(self) -> bool:
        """Whether the graph shows what the ledger says."""
        return self.store.state() == self.target_state()

    def projection(self, as_of: When | None = None) -> Projection:
        """The projection of what is visible (at a moment of the past)."""
        if as_of is not None:
            return _project(self.ledger.records(as_of=as_of), self.schema)
        state, kept = self.ledger.state(), self._projected
        if kept is None or kept.state != state:
            kept = self._projected = _Projected(state, _project(self.ledger.records(), self.schema))
        return kept.projection

    def sync(self) -> None:
        """Bring the graph into step with the ledger, if an interrupted command left it behind. Raises Rebuilding.

        Where there is no room for a new graph, the last whole one goes on showing what it shows.
        """
        state = self.store.state()
        if state is not None and state.building:
            raise Rebuilding
        if state == self.target_state() or (state is not None and monotonic() < self._put_off):
            return
        try:
            self._build()
        except NOT_WRITTEN:
            if state is None:
                raise
            self._put_off = monotonic() + RETRY

    def rebuild(self) -> None:
        """Project everything anew and swap it in, whatever updates led to."""
        self._projected = None
        self._build()

    def _build(self) -> None:
        with no_collection():
            after = self.projection()
            self.watch(None, self.target_state(), None)
            self.store.build(after, self.target_state(), self.waiting_documents(after))

    def append(
        self, parts: Sequence[Part], form: str = "template", withdrawn: Collection[int] = (), by: str | None = None
    ) -> Outcome:
        """Write one batch and show it; `withdrawn` are the rows of earlier batches that it hides, `by` is who brings it."""
        with no_collection():
            return self._append(parts, form, withdrawn, by or self.who)

    def _append(self, parts: Sequence[Part], form: str, withdrawn: Collection[int], by: str | None) -> Outcome:
        outcome = self.preview(parts, form, withdrawn)
        outcome.batch = self.ledger.append(parts, form, withdrawn, by)
        with _written(f"批次 {outcome.batch} 已写入台账，不要重复导入"), ThreadPoolExecutor(1) as beside:
            listed = beside.submit(self.updates.take, outcome.fresh)  # while the engine takes in what it brought
            self._show(outcome)
            listed.result()
        return outcome

    def undo(self, batch: int) -> Outcome:
        """Hide one batch, and show what it withdrew. Raises UnknownBatch."""
        brought, hid = self.ledger.brought_by(batch), self.ledger.withdrawn_by(batch)
        small = self.updates.is_small(len(brought) + len(hid)) and self.in_step()
        gone: dict[int, Record] = {}
        try:
            gone = {r.seq: r for r in self.ledger.shown(brought)} if small else {}
        except LedgerAltered:  # a batch with a damaged row can be undone: the rest is projected
            small = False
        self.ledger.undo(batch, self.who)
        with _written(f"批次 {batch} 已在台账里撤销"):
            fresh = {r.seq: r for r in self.ledger.shown(hid)} if small else {}
            outcome = self.updates.outcome(RowChange(fresh, gone)) if small else None
            outcome = outcome or self._compare(self.projection())
            self._show(outcome)
        outcome.batch, outcome.fresh = batch, {}
        return outcome

    def preview(self, parts: Sequence[Part], form: str = "template", withdrawn: Collection[int] = ()) -> Outcome:
        """What `append` would do, without doing it."""
        if self.updates.is_small(sum(len(p.rows) for p in parts) + len(withdrawn)) and self.in_step():
            fresh = {r.seq: r for r in self.ledger.coming(parts, form)}
            gone = {r.seq: r for r in self.ledger.shown(withdrawn)}
            if (outcome := self.updates.outcome(RowChange(fresh, gone))) is not None:
                return outcome
        records = list(self.ledger.records(parts=parts, form=form, withdrawn=withdrawn))
        outcome = self._compare(_project(records, self.schema))
        outcome.rows = {r.seq: r for r in records}
        coming = sum(len(p.rows) for p in parts)  # they stand at the end
        outcome.fresh = outcome.rows if coming == len(records) else {r.seq: r for r in records[len(records) - coming :]}
        return outcome

    def diff(self, outcome: Outcome) -> dict[str, Any]:
        """The outcome of `append` or `preview` thing by thing (see `graph.city.diff`)."""
        from graph.city.diff import Diff

        def records(seqs: Iterable[int]) -> dict[int, Record]:
            wanted = set(seqs)
            visible = {s: outcome.rows[s] for s in wanted if s in outcome.rows}
            gone = wanted.difference(visible)
            return visible | ({r.seq: r for r in self.ledger.records(only=gone)} if gone else {})

        return Diff(outcome.changes, outcome.projection, self.schema, records).document()

    def unchanged(self) -> Outcome:
        """The outcome of a load that brought nothing new."""
        self.sync()  # to a home that is new, a load comes before there is a graph
        return Outcome(waiting=self.store.waiting())

    def own_tallies(self, outcome: Outcome, same: Set[int]) -> tuple[dict[str, Tally], dict[str, Tally]]:
        """The outcome of a load, counted: of what it leaves unchanged only what its own rows state.

        `same` are rows of its files that were there before.
        """
        from graph.city.stated import own_tallies

        return own_tallies(outcome, same, self.ledger.shown, self.store, self.schema)

    @staticmethod
    def waiting_documents(after: Projection) -> list[dict[str, Any]]:
        """What waits in a projection, as people see it."""
        return [w.document() for w in waiting_names(after)]

    def _show(self, outcome: Outcome) -> None:
        """Show in the graph what was written to the ledger."""
        state, changes = self.target_state(), outcome.changes
        shown, known = self.store.state(), self._projected
        whole: Projection | None = outcome.projection
        if outcome.part is not None:  # what is known of everything follows, where it is of the state that is shown
            same = known is not None and shown is not None and known.state == shown.ledger
            whole = outcome.part.whole(known.projection) if known is not None and same else None
        gone = known.projection.things() if known is not None and outcome.part is None else []
        self._projected = known = _Projected(state.ledger, whole) if whole is not None else None
        free(gone)
        self.watch(shown, state, changes)
        if changes is None or (changes.size() > IN_PLACE and not outcome.part):
            self.store.build(outcome.projection, state, outcome.waiting)
            return
        before = self.store.kept_summary()
        self.store.apply(changes, state, None if outcome.same_waits else outcome.waiting)
        if before is not None:
            counts = counted(before.nodes, outcome.nodes), counted(before.edges, outcome.edges)
            content = moved_hash(before.hash, changes, self.schema)
            self.store.keep_summary(Summary(state, *counts, content, outcome.waiting))

    def _compare(self, after: Projection) -> Outcome:
        outcome = Outcome(projection=after, waiting=self.waiting_documents(after))
        if self.store.state() is None or not any(self.store.counts()):
            outcome.nodes = {k: Tally(added=len(v)) for k, v in after.nodes.items() if v}
            outcome.edges = {k: Tally(added=len(v)) for k, v in after.edges.items() if v}
            return outcome
        compared = difference(self.store, after, self.schema)
        outcome.changes, outcome.nodes, outcome.edges = compared.changes, compared.nodes, compared.edges
        return outcome

    # -- what it holds ----------------------------------------------------------------------------

    def records(self) -> int:
        """How many rows are visible, counted once for a state of the ledger."""
        state, counted = self.ledger.state(), self._counted
        if counted is None or counted[0] != state:
            counted = self._counted = state, self.ledger.count()
        return counted[1]

    def hash(self) -> str:
        """The content hash: kinds, keys, counting values and edges; the same on every engine."""
        return content_hash(self.store, self.schema)

    def hash_anew(self) -> str:
        """The content hash of what the ledger says at this moment, whatever the graph shows."""
        return content_hash(ProjectedRows(_project(self.ledger.records(), self.schema)), self.schema)

    def summary(self) -> Summary | None:
        """What the graph comes to; None where it was never built. Read from the graph where none is kept of it."""
        if (kept := self.store.kept_summary()) is not None:
            return kept
        with self.store.snapshot():
            state = self.store.state()
            if state is None:
                return None
            summary = Summary(state, *self.store.counts(), self.hash(), self.store.waiting())
        self.store.keep_summary(summary)
        return summary

    def sources(self, seqs: Iterable[int]) -> Mapping[int, dict[str, Any]]:
        """The Source of each ledger row, as JSON."""
        return self.ledger.sources(seqs)


def _project(records: Iterable[Record], schema: Schema) -> Projection:
    from graph.projection.project import project  # its libraries load only where rows are projected

    return project(records, schema)


@contextmanager
def _written(done: str) -> Iterator[None]:
    """Whatever is wrong with the graph now, the ledger has it: say so."""
    try:
        yield
    except LianpuError as fault:
        raise fault.after(f"{done}；图库还没有跟上") from fault.__cause__


@contextmanager
def city_as_of(city: City, moment: When) -> Iterator[City]:
    """The city as it stood at a moment: a throw-away graph beside the live one."""
    folder = Path(tempfile.mkdtemp(prefix="lianpu-"))
    store = open_store(f"ladybug:///{folder / 'graph'}", city.schema)
    try:
        then = City(city.ledger, store, city.schema)
        then.demo = city.demo
        store.build(city.projection(as_of=moment), GraphState(city.ledger.state(moment), "as-of"), [])
        yield then
    finally:
        store.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def city_at(city: City, url: str | None) -> Iterator[City]:
    """The same ledger, shown by the graph at another URL."""
    if url is None or is_at(city.store, url):
        yield city
        return
    store = open_store(url, city.schema)
    try:
        there = City(city.ledger, store, city.schema)
        there.demo = city.demo
        yield there
    finally:
        store.close()


def open_city(
    home: Path | str,
    *,
    graph_url: str | None = None,
    ledger_url: str | None = None,
    sync: bool = True,
    verify: bool = True,
) -> City:
    """The city kept in a folder; made when it does not exist. Raises LedgerMissing, LedgerDamaged, LedgerAltered and LedgerFault."""
    folder = Path(home).expanduser().absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the firms' data are for its owner alone
    schema = load_schema()
    url = ledger_url or file_url(folder / "ledger.sqlite")
    with naming_a_copy(url):
        known = holds_batches(url)
    store = open_store(graph_url or f"ladybug:///{folder / 'graph'}", schema)
    try:
        with naming_a_copy(url):
            ledger = open_ledger(url, store, known, verify)
    except BaseException:
        store.close()
        raise
    city = City(ledger, store, schema)
    city.demo = (folder / DEMO_MARK).exists()
    try:
        if sync:
            city.sync()
    except BaseException:
        city.close()
        raise
    return city
