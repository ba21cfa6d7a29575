"""Who may make answers at once: as many as there are processors, whatever the number of those who ask.

Forty makings side by side take no less time than four after another, but ten times the memory of the engine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

MOST = max(2, os.cpu_count() or 2)


class Lockable(Protocol):
    """A lock of any kind."""

    def acquire(self, blocking: bool = True) -> bool:
        """Take it."""

    def release(self) -> None:
        """Give it back."""


class Turns:
    """Turns to make something. Who waits for what another is making gives up its turn meanwhile: nothing can lock up."""

    def __init__(self, most: int = MOST) -> None:
        self._free = threading.Semaphore(most)
        self._here = threading.local()

    def _mine(self) -> bool:
        return getattr(self._here, "mine", False)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Have a turn; within it, it is had already."""
        if self._mine():
            yield
            return
        with self._free:
            self._here.mine = True
            try:
                yield
            finally:
                self._here.mine = False

    @contextmanager
    def holding(self, lock: Lockable) -> Iterator[None]:
        """Hold a lock; while it has to be waited for, somebody else may have the turn."""
        if not lock.acquire(blocking=False):
            mine = self._mine()
            if mine:
                self._free.release()
            lock.acquire()
            if mine:
                self._free.acquire()
        try:
            yield
        finally:
            lock.release()
