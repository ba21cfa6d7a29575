"""The city as it stood at other times: the last few graphs are kept, each built once, beside all other work."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from api.home.answering import Answering
from graph.city.city import City, city_as_of
from graph.ledger.moment import When

KEPT = 3


class PastGraph:
    """One graph of the past, with what was answered from it and how many read it."""

    def __init__(self) -> None:
        self.building = threading.Lock()
        self.open = ExitStack()  # closes it and removes its files
        self.answering = Answering()
        self.city: City | None = None
        self.readers = 0


class Past:
    """The graphs of past moments of a city, by what its ledger held then."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, PastGraph] = OrderedDict()

    @contextmanager
    def on(self, moment: When) -> Iterator[tuple[City, Answering]]:
        """The city as it stood at a moment, and its answers."""
        with self._held(self._city.ledger.state(moment)) as then:
            with then.building:  # who asks for the same waits for the one who builds it; nobody else does
                if then.city is None:
                    then.city = then.open.enter_context(city_as_of(self._city, moment))
            yield then.city, then.answering

    @contextmanager
    def _held(self, state: str) -> Iterator[PastGraph]:
        with self._lock:
            then = self._kept.setdefault(state, PastGraph())
            self._kept.move_to_end(state)
            then.readers += 1
        try:
            yield then
        finally:
            with self._lock:
                then.readers -= 1
                spare = [s for s, t in self._kept.items() if not t.readers and s != state]
                gone = [self._kept.pop(s) for s in spare[: max(0, len(self._kept) - KEPT)]]
            for old in gone:
                old.open.close()

    def close(self) -> None:
        """Let go of every graph."""
        with self._lock:
            kept = list(self._kept.values())
            self._kept.clear()
        for then in kept:
            then.open.close()
