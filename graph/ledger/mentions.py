"""Which rows name what: keys of names, by which the few rows that a change touches are found among all.

A projection of the rows, as the graph is: what is not listed yet, or was listed by other rules, is listed again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

import sqlalchemy as sa

from graph.bulk import chunks
from graph.ledger.tables import WRITTEN_AT_ONCE, listing_table, mention_table, write_rows
from graph.model import Record

CHUNK = 500  # keys asked for at once
SEQ_BITS = 40  # a key and a row are one number while they are sorted: two thirds less memory than a pair
SEQS = (1 << SEQ_BITS) - 1
SPREAD, MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1
Keys = Callable[[Record], Iterable[int]]


class ListSum(NamedTuple):
    """What a list comes to."""

    size: int
    total: int


class MentionTable:
    """The keys under which rows are listed."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def listed(self, rules: str) -> int:
        """The last row that is listed by these rules; 0 where none is."""
        t = listing_table.c
        with self._engine.connect() as db:
            row = db.execute(sa.select(t.rules, t.seq)).first()
        return int(row.seq) if row is not None and row.rules == rules else 0

    def forget(self) -> None:
        """Drop the whole list."""
        with self._engine.begin() as db:
            db.execute(mention_table.delete())
            db.execute(listing_table.delete())

    def add(self, records: Iterable[Record], keys: Keys, rules: str) -> None:
        """List rows that are in the ledger, in the order of their numbers, by rules that have a name."""
        last, packed = 0, list[int]()
        for record in records:
            last = record.seq
            packed += [(key << SEQ_BITS) | last for key in keys(record)]
        if not last:
            return
        packed.sort()  # the table is kept in this order: writing in it is several times faster
        with self._engine.begin() as db:
            for some in chunks(packed, WRITTEN_AT_ONCE):
                write_rows(db, mention_table, [(each >> SEQ_BITS, each & SEQS) for each in some])
            db.execute(listing_table.delete())
            db.execute(listing_table.insert().values(rules=rules, seq=last))

    def of(self, keys: Collection[int]) -> Iterator[tuple[int, int]]:
        """(key, row) for every row listed under one of these keys, whether the row is visible or not."""
        m, wanted = mention_table.c, sorted(keys)
        with self._engine.connect() as db:
            for start in range(0, len(wanted), CHUNK):
                query = sa.select(m.key, m.seq).where(m.key.in_(wanted[start : start + CHUNK]))
                yield from ((int(key), int(seq)) for key, seq in db.execute(query))

    def sum(self) -> ListSum:
        """What the whole list comes to (see `sum_of`)."""
        m = mention_table.c
        with self._engine.connect() as db:
            return sum_of((int(key), int(seq)) for key, seq in db.execute(sa.select(m.key, m.seq)))


def sum_of(pairs: Iterable[tuple[int, int]]) -> ListSum:
    """How many pairs of key and row, and a sum by which two lists are told apart, whatever their order.

    >>> sum_of([(5, 1), (7, 2)]) == sum_of([(7, 2), (5, 1)]) != sum_of([(5, 2), (7, 1)])
    True
    """
    count = total = 0
    for key, seq in pairs:
        count += 1
        total += (key ^ (seq * SPREAD)) * SPREAD
    return ListSum(count, total & MASK)
