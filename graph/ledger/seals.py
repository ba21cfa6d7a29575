"""Seals: a checksum of every row, batch and undo as it was written, by which a flipped digit is seen when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zlib import crc32

import sqlalchemy as sa

from graph.bulk import chunks
from graph.ledger.tables import batch_table, part_table, record_table, undo_table, withdrawal_table

AT_ONCE = 10_000  # rows that are sealed by one statement
ROW = tuple(record_table.c[name] for name in ("seq", "part", "row", "as_of", "grade", "digest", "values"))


def seal_of(row: Iterable[Any]) -> int:
    """The seal of what a row of a table says.

    >>> seal_of((1, None, b"a")) == seal_of((1, None, b"a")) != seal_of((1, None, b"b"))
    True
    """
    seal = 0
    for value in row:
        seal = crc32(value if isinstance(value, bytes) else f"{value}\0".encode(), seal)
    return seal


def row_seal(seq: int, part: int, row: int, as_of: str | None, grade: str, digest: bytes, values: bytes) -> int:
    """The seal of a ledger row; -1 for what cannot have been written so.

    >>> row_seal(1, 2, 3, None, "B", b"d", b"{}") == seal_of((1, 2, 3, None, "B", b"d", b"{}"))
    True
    """
    try:
        return crc32(values, crc32(digest, crc32(f"{seq}\0{part}\0{row}\0{as_of}\0{grade}\0".encode())))
    except TypeError:
        return -1


def batch_seals(db: sa.Connection, batch: int | None = None) -> dict[int, int]:
    """What the seal of each batch should be: of itself, its parts and what it withdrew."""
    b, p, w = batch_table.c, part_table.c, withdrawal_table.c
    seals: dict[int, int] = {}
    for key, columns, order in (
        (b.id, [c for c in b if c.name != "seal"], [b.id]),
        (p.batch, list(p), [p.id]),
        (w.batch, list(w), [w.batch, w.seq]),
    ):
        query = sa.select(key.label("of"), *columns).order_by(*order)
        for row in db.execute(query if batch is None else query.where(key == batch)):
            seals[row[0]] = crc32(seal_of(row[1:]).to_bytes(4), seals.get(row[0], 0))
    return seals


def undo_seals(db: sa.Connection, batch: int | None = None) -> dict[int, int]:
    """What the seal of each undo should be."""
    u = undo_table.c
    query = sa.select(u.batch, u.undone_at, u.by)
    return {row[0]: seal_of(row) for row in db.execute(query if batch is None else query.where(u.batch == batch))}


def seal_batch(db: sa.Connection, batch: int | None = None) -> None:
    """Seal a batch that was just written; without a number, all of them."""
    _write(db, batch_table, batch_table.c.id, batch_seals(db, batch))


def seal_undo(db: sa.Connection, batch: int | None = None) -> None:
    """Seal an undo that was just written; without a number, all of them."""
    _write(db, undo_table, undo_table.c.batch, undo_seals(db, batch))


def seal_rows(db: sa.Connection, seqs: Iterable[int] | None = None) -> None:
    """Seal rows as they are, all of them unless some are named: where they never were, or somebody vouches for them."""
    seq = record_table.c.seq
    if seqs is not None:
        for some in chunks(sorted(seqs), 500):
            _write(db, record_table, seq, _row_seals(db, sa.select(*ROW).where(seq.in_(some))))
        return
    last = 0
    while seals := _row_seals(db, sa.select(*ROW).where(seq > last).order_by(seq).limit(AT_ONCE)):
        _write(db, record_table, seq, seals)
        last = max(seals)


def _row_seals(db: sa.Connection, query: sa.Select[Any]) -> dict[int, int]:
    return {row[0]: row_seal(*row) for row in db.execute(query)}


def _write(db: sa.Connection, table: sa.Table, key: sa.Column[Any], seals: dict[int, int]) -> None:
    if seals:
        statement = table.update().where(key == sa.bindparam("of")).values(seal=sa.bindparam("is"))
        db.execute(statement, [{"of": of, "is": seal} for of, seal in seals.items()])


def broken_heads(db: sa.Connection) -> Iterator[tuple[str, int]]:
    """The batches that count and the undos that are not as they were sealed, each with what it is."""
    b, u = batch_table.c, undo_table.c
    for what, seals, query in (
        ("批次", batch_seals(db), sa.select(b.id, b.seal).where(b.id.not_in(sa.select(u.batch)))),
        ("撤销", undo_seals(db), sa.select(u.batch, u.seal)),
    ):
        yield from ((what, batch) for batch, seal in db.execute(query) if seals[batch] != seal)


def broken_rows(db: sa.Connection, which: sa.ColumnElement[bool]) -> Iterator[int]:
    """Those of these rows that are not as they were sealed."""
    for row in db.execute(sa.select(*ROW, record_table.c.seal).where(which)):
        if row_seal(*row[:-1]) != row[-1]:
            yield row[0]
