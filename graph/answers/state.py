"""One state of a city, read once and kept: what every answer about it begins with."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock, RLock
from typing import Any, TypeVar, cast

from graph.analysis.config import GapConfig
from graph.analysis.facts import Facts
from graph.analysis.grading.grade import graded
from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.regions.compare import Regional, compare_regions
from graph.analysis.supply.availability import Supply
from graph.city.city import City
from graph.model import Record
from graph.plan.config import PlanModel, load_plan_model
from graph.queries.chain_view import Chain, read_chains
from graph.queries.explorer import Explorer
from graph.queries.facts_reader import connected_chains, read_facts
from graph.queries.names.index import SearchIndex
from graph.queries.reads import Reads, depend, read_everything, recording, touched_by
from graph.queries.rows import GraphReader
from graph.store.changes import Changes
from graph.turns import Turns

V = TypeVar("V")
Document = dict[str, Any]
Key = tuple[Hashable, ...]
TURNS = Turns()
ANSWERS = 512  # pages and documents kept of a state; beyond, the one asked for longest ago goes


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something made once, and what it was made from."""

    value: Any
    reads: Reads


class State:
    """What a city says at one moment, under one configuration. Several readers may ask it side by side.

    `only` is the id of the one chain that the answers are about; `whole` then answers about everything.
    """

    def __init__(
        self,
        city: City,
        config: GapConfig,
        today: date,
        only: str | None = None,
        whole: State | None = None,
        plan_model: PlanModel | None = None,
    ) -> None:
        self.city, self.config, self.today = city, config, today
        self.plan_model = plan_model or load_plan_model()
        self.reader = GraphReader(city.store, city.schema)
        self.explorer = Explorer(self.reader)
        self.names: SearchIndex | None = None  # once somebody has read it: see `search`
        self._only, self._whole = only, whole or self
        self._kept: dict[Key, Remembered] = {}
        self._answers: OrderedDict[Key, None] = OrderedDict()
        self._about: dict[str, State] = {}
        self._locks: defaultdict[Key, RLock] = defaultdict(RLock)
        self._lock = Lock()

    def once(self, key: Key, make: Callable[[], V]) -> V:
        """What `make` gives, made once for a key. Who asks for another key meanwhile does not wait."""
        kept = self._kept.get(key)
        if kept is None:
            with self._lock:
                lock = self._locks[key]
            with TURNS.holding(lock), TURNS.turn():
                kept = self._kept.get(key)
                if kept is None:
                    with recording() as reads:
                        value = make()
                    kept = self._kept[key] = Remembered(value, reads)
        depend(kept.reads)  # whatever is made from it depends on the same
        return cast(V, kept.value)

    def answer(self, key: Key, make: Callable[[], V]) -> V:
        """As `once`, for what is asked in any number of ways: the last few hundred are kept."""
        value = self.once(key, make)
        with self._lock:
            self._answers[key] = None
            self._answers.move_to_end(key)
            while len(self._answers) > ANSWERS:
                oldest, _ = self._answers.popitem(last=False)
                self._kept.pop(oldest, None)
                self._locks.pop(oldest, None)
        return value

    def after(self, changes: Changes) -> State:
        """The state that a change of the graph leads to: it knows what the change left as it was."""
        return self._carried(touched_by(changes), None)

    def _carried(self, touched: Reads, whole: State | None) -> State:
        then = State(self.city, self.config, self.today, self._only, whole, self.plan_model)
        with self._lock:
            kept, answers, parts = dict(self._kept), list(self._answers), dict(self._about)
        then._kept = {k: v for k, v in kept.items() if not v.reads.meets(touched)}
        then._answers = OrderedDict.fromkeys(k for k in answers if k in then._kept)
        then._about = {chain: part._carried(touched, then) for chain, part in parts.items()}
        return then

    def about(self, chain: str) -> State:
        """The same state seen from one chain (id), read for it alone: neither reading nor grading sees the rest."""
        if self._only is not None:
            return self
        with self._lock:
            if chain not in self._about:
                self._about[chain] = State(self.city, self.config, self.today, chain, self, self.plan_model)
            return self._about[chain]

    def chains(self) -> list[Chain]:
        """Every chain, by county and name."""
        return self.once(("chains",), lambda: read_chains(self.reader))

    def paths(self) -> Mapping[str, str]:
        """Every segment (id) as people name it: 县/链/环节."""

        def read() -> dict[str, str]:
            chains = {c.id: c for c in self.chains()}
            chain_of = {e["source"]: chains[e["target"]] for e in self.reader.edges("IN_CHAIN", "环节", "产业链")}
            segments = ((r["name"], r["id"]) for r in self.reader.nodes("环节"))
            return {ident: f"{chain_of[ident].county}/{chain_of[ident].name}/{name}" for name, ident in segments}

        return self.once(("paths",), read)

    def connected(self) -> set[str]:
        """The chains (ids) within which whatever this state is about has its effects; see `about`."""
        if self._only is None:
            return {c.id for c in self.chains()}
        return connected_chains(self.reader, self._only)

    def facts(self) -> Facts:
        """What the analysis reads."""
        return self.once(("facts",), lambda: read_facts(self.reader, self._rows, self.today, self._only))

    def _rows(self, seqs: Iterable[int]) -> Iterator[Record]:
        return self.city.ledger.records(only=seqs)

    def supply(self, scope: str = "县") -> Supply:
        """The compiled supply of all chains."""
        return self.once(("supply", scope), lambda: Supply(self.facts(), scope))

    def regional(self, scope: str = "县") -> Mapping[str, Regional]:
        """What comparing regions says of each segment; reads everything only where regions enough have chains."""

        def compare() -> dict[str, Regional]:
            enough = len({c.county for c in self.chains()}) >= self.config.regions_at_least
            return compare_regions(self.supply(scope), self.config) if enough else {}

        return self.once(("regional", scope), compare)

    def graded(self, scope: str = "县") -> list[SegmentStatus]:
        """The status of every segment."""

        def grade() -> list[SegmentStatus]:
            compared = self._whole.regional(scope)
            return graded(self.supply(scope), config=self.config, today=self.today, regional=compared)

        return self.once(("graded", scope), grade)

    def by_id(self) -> Mapping[str, SegmentStatus]:
        """The status of every segment by its id."""
        return self.once(("by_id",), lambda: {s.segment_id: s for s in self.graded()})

    def waiting(self) -> list[Document]:
        """What waits for a name, as documents."""

        def wait() -> list[Document]:
            read_everything()
            return self.city.store.waiting()

        return self.once(("waiting",), wait)

    def records(self, seqs: Iterable[int]) -> dict[int, Record]:
        """Rows of the ledger by their numbers."""
        return {r.seq: r for r in self.city.ledger.records(only=seqs)}
