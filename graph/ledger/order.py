"""The order in which rows count, and in which files and sheets follow each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from graph.dates import last_day
from graph.model import ORIGIN, Record

GRADES = {"C": 0, "B": 1, "A": 2}


def order_key(record: Record) -> tuple[Any, ...]:
    """The order in which rows count, least first: grade, 数据日期, then batch, path, sheet and row."""
    if ORIGIN in record.values:
        first = record.origin
        place, row = _place(record.grade, record.as_of, first.batch, first.file, first.sheet), first.row
    else:
        place, row = _place(record.grade, record.as_of, (record.batch,), record.file, record.sheet), record.row
    return place, row, record.kind, record.seq


@lru_cache(maxsize=1 << 12)
def _place(grade: str, as_of: str | None, batch: tuple[int, ...], file: str, sheet: str) -> tuple[Any, ...]:
    """What the rows of one sheet have in common: one object for them all, so that it is compared at once."""
    return GRADES[grade], last_day(as_of), batch, natural(file), natural(sheet)


@lru_cache(maxsize=1 << 12)
def natural(name: str) -> tuple[tuple[str | int, ...], str]:
    """Names in the order that people expect of numbered ones.

    >>> sorted(["10月.xlsx", "9月.xlsx", "1月.xlsx"], key=natural)
    ['1月.xlsx', '9月.xlsx', '10月.xlsx']
    """
    pieces = re.split(r"(\d+)", name)
    return tuple(int(p) if place % 2 else p for place, p in enumerate(pieces)), name
