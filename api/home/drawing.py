"""Files drawn from plain values, here or in another process: what is read from the home is read before.

A `Draw` is a function that wants nothing but the path to write: a writer of `viz` or `ingest.workbooks` with its view or
document filled in by `functools.partial`. It holds no store and no session, so that it can be pickled.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

T = TypeVar("T")
Draw: TypeAlias = Callable[[Path], T]
BEHIND = 10  # nice level of a worker: pages come before drawings


class Drawing(Protocol):
    """Whoever sees to it that a file is drawn: this process, or the workers of a server."""

    def __call__(self, draw: Draw[T], path: Path) -> T:
        """Draw into the file."""
        ...


def draw_here(draw: Draw[T], path: Path) -> T:
    """At once, in this process."""
    return draw(path)


def content(draw: Draw[object], suffix: str) -> bytes:
    """What a drawing writes into a file of some suffix.

    >>> content(lambda path: path.write_text(path.name), ".txt")
    b'file.txt'
    """
    with tempfile.TemporaryDirectory(prefix="lianpu-") as folder:
        path = Path(folder) / f"file{suffix}"
        draw(path)
        return path.read_bytes()


class _Parts(list[bytes]):
    """What a pickler writes, in parts: between two of them other threads get their turn, as they do not in `dumps`."""

    def write(self, part: Any) -> int:
        self.append(bytes(part))
        return len(part)


def packed(function: Callable[..., T], *arguments: object) -> bytes:
    """A call as bytes, to be done elsewhere by `unpack_and_do`; equal calls are equal bytes.

    >>> unpack_and_do(packed(max, 1, 2))
    2
    """
    parts = _Parts()
    pickle.Pickler(parts, pickle.HIGHEST_PROTOCOL).dump((function, arguments))
    return b"".join(parts)


def unpack_and_do(call: bytes) -> Any:
    """Do what was packed. Only what this program packed itself may come here."""
    function, arguments = pickle.loads(call)
    return function(*arguments)


def work(call: bytes) -> Any:
    """The same in a worker, which steps back for whoever answers pages."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, BEHIND)
    return unpack_and_do(call)
