"""Work that makes millions of small objects and keeps them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

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
            gc.enable()


def settled() -> None:
    """What there is stays until the end: collect garbage from now on, and never walk the rest again."""
    gc.freeze()
    gc.enable()


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items, so many at a time: what is made of them need not all be there at once.

    >>> [list(some) for some in chunks("abcde", 2)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]
