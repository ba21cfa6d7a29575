"""Who reads while a change is committed: an engine without snapshots lets it in between two reads only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Readers:
    """Readers side by side, and a commit when none is reading.

    A commit that waits keeps no reader out, so a slow read delays no other; only the commit itself does.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._count = 0
        self._committing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While this lasts, nothing is committed."""
        with self._changed:
            self._changed.wait_for(lambda: not self._committing)
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    @contextmanager
    def kept_out(self) -> Iterator[None]:
        """Wait until nobody reads; while this lasts, nobody begins to."""
        with self._changed:
            self._changed.wait_for(lambda: not self._count and not self._committing)
            self._committing = True
        try:
            yield
        finally:
            with self._changed:
                self._committing = False
                self._changed.notify_all()
