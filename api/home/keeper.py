"""What a served home does by itself, so that nobody who asks has to wait for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic

from api.home.session import Session
from graph.bulk import give_back
from graph.errors import LianpuError

PAUSE = 2.0  # seconds between two looks at the home
IDLE = 300.0  # seconds without a question after which the graph's file may be written anew
GROWN = 1.5  # times what it took when built, from which that is worth it
TRIM = 10.0  # seconds between two times that memory is given back
_log = logging.getLogger("lianpu")


class Keeper:
    """A thread that reads the names for search, and writes a graph anew that many small updates have made large."""

    def __init__(self, session: Session, now: Callable[[], float] = monotonic) -> None:
        self._session, self._now = session, now
        self._given_back = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def __enter__(self) -> Keeper:
        self._session.kept = True
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Wait until it has done what it is at."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(PAUSE):
            try:
                self.learn_names()
                self.give_memory_back()
                self.compact_when_idle()
            except (LianpuError, RuntimeError, OSError) as error:  # nobody asked for it: the next one who asks is told
                _log.warning("in the background: %s", error)

    def learn_names(self) -> None:
        """Read the names of the graph that is shown, where they are not known."""
        from graph.queries.names.index import SearchIndex
        from graph.queries.rows import GraphReader

        answering = self._session.answering
        with self._session.aside() as city:
            shown = city.store.state()
            if shown is None or not shown.ledger or answering.has_names(shown):
                return
            names = SearchIndex.read(GraphReader(city.store, city.schema))
            if names is not None:
                names.spell()
            answering.learn_names(shown, names)

    def give_memory_back(self) -> None:
        """Give the machine back what requests used and freed: the allocator of the C library keeps it otherwise."""
        if self._now() - self._given_back >= TRIM and self._session.asked_at > self._given_back:
            self._given_back = self._now()
            give_back()

    def compact_when_idle(self) -> None:
        """Build the graph anew beside the old one, when nobody has asked for a while and its file has grown."""
        session = self._session
        if self._now() - session.asked_at < IDLE or session.city.store.grown() < GROWN:
            return
        with session.writing() as city:
            before = city.store.grown()
            city.rebuild()
        session.forget_past()
        _log.info("the graph had grown %.1f times since it was built: built anew", before)
