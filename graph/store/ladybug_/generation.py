"""One file of the engine: who holds it open, what is read of it at one moment, and what is wrong with it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import GraphFault
from graph.store.errors import GraphBroken, GraphLocked, GraphNoMemory, GraphUnreadable
from graph.store.ladybug_.folder import remove

if TYPE_CHECKING:
    import ladybug

OURS = ("Binder exception", "Parser exception", "Catalog exception", "Connection exception", "an earlier query")
LEAVE_AS_IT_IS = "CALL force_checkpoint_on_close = false"  # a setting of the engine, no query
BUFFER = 1 << 30  # bytes of page cache; the engine's own default takes most of the machine


class Generation:
    """One file of the engine, open as long as it is live or somebody reads it."""

    def __init__(self, path: Path) -> None:
        import ladybug  # see store.py

        self.path = path
        self._connect = ladybug.Connection
        with faults(path):
            self._database = ladybug.Database(str(path), buffer_pool_size=BUFFER)
        self._lock = threading.Lock()
        self._holders = 1  # the store itself
        self._replaced = False
        self.written = False  # since it was opened

    @contextmanager
    def connection(self) -> Iterator[ladybug.Connection]:
        """A connection of one's own."""
        with self._connect(self._database) as connection:
            yield connection

    def hold(self) -> None:
        """Keep it open; who holds it lets go of it."""
        with self._lock:
            self._holders += 1

    def is_held(self) -> bool:
        """Whether somebody still has it open."""
        with self._lock:
            return self._holders > 0

    def let_go(self, replaced: bool = False) -> None:
        """The last to let go closes it, and removes the files of one that a build has replaced."""
        with self._lock:
            self._holders -= 1
            self._replaced |= replaced
            if self._holders:
                return
        try:
            with faults(self.path):
                if not self.written or self._replaced:  # else closing it changes bytes, asks for room, and takes long
                    with self.connection() as connection:
                        connection.execute(LEAVE_AS_IT_IS)
                self._database.close()
        finally:
            if self._replaced:
                for path in self.path.parent.glob(f"{self.path.name}*"):
                    remove(path)


class Snapshot:
    """A read transaction: its rows are of one state. The engine ends it where a query fails."""

    def __init__(self, connection: ladybug.Connection) -> None:
        self._connection = connection
        self._failed = False
        connection.execute("BEGIN TRANSACTION READ ONLY")

    @contextmanager
    def connection(self) -> Iterator[ladybug.Connection]:
        """Its connection, for one query."""
        if self._failed:
            raise RuntimeError("an earlier query of this snapshot failed")
        try:
            yield self._connection
        except BaseException:
            self._failed = True
            raise


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Say what is wrong, and tell what is wrong with the machine from what is wrong with the file.

    What is wrong with a query of ours stays a RuntimeError.
    """
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        fault = _fault(error, path)
        if fault is None:
            raise
        raise fault from error


def _fault(error: Exception, path: Path) -> GraphFault | None:
    text = str(error)
    if isinstance(error, MemoryError) or text.startswith("Buffer manager exception"):
        return GraphNoMemory(path)
    if "Could not set lock" in text:
        return GraphLocked(path)
    if "IO exception" in text and not text.startswith("IO exception: Cannot read"):  # what is missing there is damage
        return GraphUnreadable(path)
    return None if text.startswith(OURS) else GraphBroken(path)
