"""One state of a city, read once and kept: what every answer about it begins with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from threading import Lock, RLock
from typing import Any, TypeVar, cast

from graph.analysis.config import GapConfig
from graph.analysis.facts import Facts
from graph.analysis.grading.grade import SegmentStatus, graded
from graph.analysis.regions.compare import Regional, compare_regions
from graph.analysis.supply.availability import Supply
from graph.city.city import City
from graph.model import Record
from graph.queries.chain_view import Chain, read_chains
from graph.queries.explorer import Explorer
from graph.queries.facts_reader import connected_chains, read_facts
from graph.queries.rows import GraphReader

V = TypeVar("V")
Document = dict[str, Any]


class State:
    """What a city says at one moment, under one configuration. Several readers may ask it side by side.

    `only` is the id of the one chain that the answers are about; `whole` then answers about everything.
    """

    def __init__(
        self, city: City, config: GapConfig, today: date, only: str | None = None, whole: State | None = None
    ) -> None:
        self.city, self.config, self.today = city, config, today
        self.reader = GraphReader(city.store, city.schema)
        self.explorer = Explorer(self.reader)
        self._only, self._whole = only, whole or self
        self._kept: dict[tuple[str, ...], Any] = {}
        self._locks: defaultdict[tuple[str, ...], RLock] = defaultdict(RLock)
        self._lock = Lock()

    def once(self, key: tuple[str, ...], make: Callable[[], V]) -> V:
        """What `make` gives, made once for a key. Who asks for another key meanwhile does not wait."""
        with self._lock:
            lock = self._locks[key]
        with lock:
            if key not in self._kept:
                self._kept[key] = make()
            return cast(V, self._kept[key])

    def about(self, chain: str) -> State:
        """The same state seen from one chain (id), read for it alone: neither reading nor grading sees the rest."""
        if self._only is not None:
            return self
        return self.once(("about", chain), lambda: State(self.city, self.config, self.today, chain, self))

    def chains(self) -> list[Chain]:
        """Every chain, by county and name."""
        return self.once(("chains",), lambda: read_chains(self.reader))

    def connected(self) -> set[str]:
        """The chains (ids) within which whatever this state is about has its effects; see `about`."""
        if self._only is None:
            return {c.id for c in self.chains()}
        return connected_chains(self.reader, self._only)

    def facts(self) -> Facts:
        """What the analysis reads."""
        return self.once(("facts",), lambda: read_facts(self.reader, self.city.ledger, self._only))

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

    def records(self, seqs: Iterable[int]) -> dict[int, Record]:
        """Rows of the ledger by their numbers."""
        return {r.seq: r for r in self.city.ledger.records(only=seqs)}
