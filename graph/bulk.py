"""Work that makes millions of small objects and keeps them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the cyclic garbage collector: rows form no cycles, and walking them all costs a third of a big load.

    Example:
        >>> with no_collection():
        ...     gc.isenabled()
        False
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()  # both together: what there is counts as old, without the walk that comes of making it so
            gc.enable()


def settled() -> None:
    """What there is stays until the end: collect garbage from now on, and never walk the rest again."""
    gc.freeze()
    gc.enable()


def free(things: list[Any]) -> None:
    """Let go of things one at a time: where what holds millions of them goes at once, no other thread gets its turn.

    Whoever held them has let go of them already; nobody looks at the list again.

    >>> rows = {1: object(), 2: object()}
    >>> things = list(rows.values())
    >>> del rows
    >>> free(things)
    >>> things
    []
    """
    while things:
        things.pop()


def give_back() -> None:
    """Return freed memory to the system: the C library of Linux keeps what its threads let go of, for each apart."""
    import ctypes  # here, because small commands need not wait for it

    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if library is not None and hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items, so many at a time: what is made of them need not all be there at once.

    >>> [list(some) for some in chunks("abcde", 2)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]


def shared(values: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """The values, equal texts of all rows being one, kept in `words`: names stand in many rows.

    >>> words = {}
    >>> one, other = (shared({"产品": "".join(("锯", "条"))}, words) for _ in range(2))
    >>> one["产品"] is other["产品"]
    True
    """
    for caption, value in values.items():
        if isinstance(value, str):
            values[caption] = words.setdefault(value, value)
    return values
