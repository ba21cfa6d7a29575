"""The ledger: append-only batches of rows, the only truth.

A row is never updated. Undoing a batch is a row of its own that hides the batch; withdrawing a row is
one that hides the row as long as the batch that withdrew it is there. The projection of what is
visible then equals what it was before. SQLite in WAL mode by default, PostgreSQL by URL.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

import orjson
import sqlalchemy as sa

from graph.bulk import chunks, shared
from graph.errors import UnknownBatch
from graph.ledger.batch import DIGEST, Batch, LedgerSheet, Part
from graph.ledger.health import LedgerHealth
from graph.ledger.mentions import MentionTable
from graph.ledger.moment import When, end_of_day
from graph.ledger.seals import ROW, row_seal, seal_batch, seal_undo
from graph.ledger.tables import (
    WRITTEN_AT_ONCE,
    batch_table,
    connect,
    part_table,
    record_table,
    undo_table,
    withdrawal_table,
    write_rows,
)
from graph.model import Record

_COLUMNS = (*ROW, record_table.c.seal)


def _not_withdrawn() -> sa.ColumnElement[bool]:
    """The condition that no visible batch withdrew a row, asked of that row alone."""
    w = withdrawal_table.c
    in_force = w.batch.not_in(sa.select(undo_table.c.batch))
    return ~sa.exists().where(w.seq == record_table.c.seq, in_force).correlate(record_table)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Ledger:
    """Append, undo and read. One writer at a time; readers see whole batches only."""

    def __init__(self, url: str | sa.URL) -> None:
        self._engine = connect(url)
        self.health = LedgerHealth(self._engine, self._shown)
        self._sheets: dict[int, LedgerSheet] = {}  # those read so far: a part never changes
        self._state: tuple[tuple[int, ...], str] | None = None  # of so many batches and undoings
        self.mentions = MentionTable(self._engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
        self.health.mark()

    @property
    def shown_url(self) -> str:
        """The URL without a password; a file's as people write its path."""
        url = self._engine.url
        if url.get_backend_name() == "sqlite":
            return f"{url.drivername}:///{url.database or ''}"
        return url.render_as_string(hide_password=True)

    def append(
        self, parts: Sequence[Part], form: str = "template", withdrawn: Collection[int] = (), by: str | None = None
    ) -> int:
        """Write one batch, whole or not at all; the number of the batch.

        `withdrawn` are the rows (by sequence number) that it hides; `by` is who loads it.
        """
        digest = hashlib.sha256(repr(sorted(withdrawn)).encode() if withdrawn else b"")
        for part in parts:
            digest.update(f"{part.file}\0{part.sheet}\0{part.kind}\0".encode())
            digest.update(b"".join(part.manifest))
        with self._engine.begin() as db:
            batch, seq = self._next(db)
            row = {"id": batch, "loaded_at": _now(), "format": form, "digest": digest.hexdigest(), "by": by}
            db.execute(batch_table.insert().values(row))
            for part in parts:
                self._append_part(db, batch, part, seq)
                seq += len(part.rows)
            if withdrawn:
                db.execute(withdrawal_table.insert(), [{"batch": batch, "seq": s} for s in sorted(withdrawn)])
            seal_batch(db, batch)
        return batch

    @staticmethod
    def _next(db: sa.Connection) -> tuple[int, int]:
        """The numbers that the next batch and its first row get."""
        batch = db.execute(sa.select(sa.func.max(batch_table.c.id))).scalar() or 0
        seq = db.execute(sa.select(sa.func.max(record_table.c.seq))).scalar() or 0
        return int(batch) + 1, int(seq) + 1

    def _append_part(self, db: sa.Connection, batch: int, part: Part, seq: int) -> None:
        key = db.execute(
            part_table.insert().values(
                batch=batch,
                file=part.file,
                sheet=part.sheet,
                kind=part.kind,
                rows=len(part.rows),
                columns=orjson.dumps(part.columns),
                manifest=b"".join(sorted(set(part.manifest))),
            )
        ).inserted_primary_key
        if not part.rows or not key:
            return
        # In chunks: encoded, all rows of a large sheet take as much memory as the rows themselves.
        for some in chunks(part.rows, WRITTEN_AT_ONCE):
            cells = (
                (n, key[0], r.row, r.as_of, r.grade, r.digest, orjson.dumps(r.values)) for n, r in enumerate(some, seq)
            )
            write_rows(db, record_table, [(*row, row_seal(*row)) for row in cells])
            seq += len(some)

    def undo(self, batch: int, by: str | None = None) -> None:
        """Hide a batch. Raises UnknownBatch when there is none, or it is undone already."""
        with self._engine.begin() as db:
            known = db.execute(sa.select(batch_table.c.id).where(batch_table.c.id == batch)).first()
            undone = db.execute(sa.select(undo_table.c.batch).where(undo_table.c.batch == batch)).first()
            if not known or undone:
                raise UnknownBatch(batch, undone is not None)
            db.execute(undo_table.insert().values(batch=batch, undone_at=_now(), by=by))
            seal_undo(db, batch)

    def batches(self) -> list[Batch]:
        """All batches, oldest first."""
        undone = sa.outerjoin(batch_table, undo_table, batch_table.c.id == undo_table.c.batch)
        columns = (batch_table, undo_table.c.undone_at, undo_table.c.by.label("undone_by"))
        with self._engine.connect() as db:
            batches = db.execute(sa.select(*columns).select_from(undone).order_by(batch_table.c.id)).all()
            parts: dict[int, dict[str, int]] = {}
            for row in db.execute(sa.select(part_table.c.batch, part_table.c.file, part_table.c.rows)):
                files_of = parts.setdefault(row.batch, {})
                files_of[row.file] = files_of.get(row.file, 0) + row.rows
            w = withdrawal_table.c
            query = sa.select(w.batch, sa.func.count()).group_by(w.batch)
            hidden = {int(r[0]): int(r[1]) for r in db.execute(query)}
        return [
            Batch(
                b.id, b.loaded_at, b.format, tuple(parts.get(b.id, {})), sum(parts.get(b.id, {}).values()), b.undone_at,
                b.by, b.undone_by, hidden.get(b.id, 0),
            )
            for b in batches
        ]  # fmt: skip

    def stamp(self, moment: When) -> str:
        """When a moment was, as the ledger writes times. Raises UnknownBatch."""
        if not isinstance(moment, int):
            return end_of_day(moment)
        with self._engine.connect() as db:
            loaded = db.execute(sa.select(batch_table.c.loaded_at).where(batch_table.c.id == moment)).scalar()
        if loaded is None:
            raise UnknownBatch(moment)
        return str(loaded)

    def _visible(self, as_of: When | None = None) -> sa.Select[Any]:
        joined = sa.outerjoin(batch_table, undo_table, batch_table.c.id == undo_table.c.batch)
        query = sa.select(batch_table.c.id).select_from(joined)
        if as_of is None:
            return query.where(undo_table.c.batch.is_(None))
        end = self.stamp(as_of)
        still_there = undo_table.c.batch.is_(None) | (undo_table.c.undone_at > end)
        until = batch_table.c.id <= as_of if isinstance(as_of, int) else batch_table.c.loaded_at <= end
        return query.where(until, still_there)

    def _shown(self, as_of: When | None = None) -> sa.ColumnElement[bool]:
        """The condition, on record joined with nothing else, that a row is visible."""
        batches = self._visible(as_of)
        parts = sa.select(part_table.c.id).where(part_table.c.batch.in_(batches))
        withdrawn = sa.select(withdrawal_table.c.seq).where(withdrawal_table.c.batch.in_(batches))
        return record_table.c.part.in_(parts) & record_table.c.seq.not_in(withdrawn)

    def records(
        self,
        as_of: When | None = None,
        only: Iterable[int] | None = None,
        parts: Sequence[Part] = (),
        form: str = "template",
        withdrawn: Collection[int] = (),
    ) -> Iterator[Record]:
        """Visible rows in order of writing; `only` picks sequence numbers, visible or not.

        `parts` are read as if the next batch had brought them, with the numbers it will get, and had
        withdrawn the rows `withdrawn`.
        """
        c = record_table.c
        query = sa.select(*_COLUMNS).order_by(c.seq)
        with self._engine.connect() as db:
            if only is None:
                queries = [query.where(self._shown(as_of))]
            else:
                queries = [query.where(c.seq.in_(some)) for some in chunks(sorted(set(only)), 500)]
            for narrowed in queries:
                for record in self._read(db, narrowed):
                    if record.seq not in withdrawn:
                        yield record
        yield from self.coming(parts, form)

    def coming(self, parts: Sequence[Part], form: str = "template") -> Iterator[Record]:
        """Rows as if the next batch had brought them, with the numbers that they will get."""
        with self._engine.connect() as db:
            batch, seq = self._next(db)
        numbers = count(seq)
        for coming in parts:
            sheet = LedgerSheet(batch, coming.kind, coming.file, coming.sheet, coming.columns, form == "chainkg")
            yield from (sheet.record(next(numbers), r.row, r.values, r.as_of, r.grade) for r in coming.rows)

    def shown(self, seqs: Iterable[int]) -> Iterator[Record]:
        """Those of these rows that are visible; it costs what they are, however many others there are."""
        c = record_table.c
        batch = sa.select(part_table.c.batch).where(part_table.c.id == c.part).scalar_subquery()
        visible = batch.not_in(sa.select(undo_table.c.batch))
        query = sa.select(*_COLUMNS).where(visible, _not_withdrawn()).order_by(c.seq)
        with self._engine.connect() as db:
            for some in chunks(sorted(set(seqs)), 500):
                yield from self._read(db, query.where(c.seq.in_(some)))

    def written(self, after: int) -> Iterator[Record]:
        """All rows with a greater number than this, visible or not."""
        c = record_table.c
        with self._engine.connect() as db:
            yield from self._read(db, sa.select(*_COLUMNS).where(c.seq > after).order_by(c.seq))

    def last(self) -> int:
        """The number of the last row that was ever written; 0 for none."""
        with self._engine.connect() as db:
            return self._next(db)[1] - 1

    def _read(self, db: sa.Connection, query: sa.Select[Any]) -> Iterator[Record]:
        words: dict[str, str] = {}
        for *cells, seal in db.execute(query):
            seq, part, row, dated, grade, _, values = cells
            if row_seal(*cells) != seal:
                raise self.health.altered(db)
            if part not in self._sheets:
                self._read_sheets(db)
            yield self._sheets[part].record(seq, row, shared(orjson.loads(values), words), dated, grade)

    def _read_sheets(self, db: sa.Connection) -> None:
        """Read the parts that were written since they were read last."""
        p, b = part_table.c, batch_table.c
        joined = sa.join(part_table, batch_table, p.batch == b.id)
        query = sa.select(p.id, p.batch, p.kind, p.file, p.sheet, p.columns, b.format).select_from(joined)
        for r in db.execute(query.where(p.id > max(self._sheets, default=0))).all():
            self._sheets[r[0]] = LedgerSheet(r[1], r[2], r[3], r[4], orjson.loads(r[5]), r[6] == "chainkg")

    def last_rows(self, file: str, sheet: str) -> dict[bytes, int]:
        """The rows that the last visible batch of this file had there and that still show: digests, and numbers.

        A row with one of these digests is unchanged.
        """
        p = part_table.c
        here = (p.file == file) & (p.sheet == sheet) & p.batch.in_(self._visible())
        with self._engine.connect() as db:
            manifest = db.execute(sa.select(p.manifest).where(here).order_by(p.batch.desc()).limit(1)).scalar()
        if not manifest:
            return {}
        had = {manifest[i : i + DIGEST] for i in range(0, len(manifest), DIGEST)}
        return {digest: seq for seq, at, digest in self.rows_of(file) if at == sheet and digest in had}

    def rows_of(self, file: str) -> list[tuple[int, str, bytes]]:
        """(sequence number, sheet, digest) of every visible row that a file of this name brought."""
        c, p = record_table.c, part_table.c
        with self._engine.connect() as db:
            brought = db.execute(sa.select(p.id, p.sheet).where(p.file == file, p.batch.in_(self._visible()))).all()
            sheets = {int(part): str(sheet) for part, sheet in brought}
            query = sa.select(c.seq, c.part, c.digest).where(_not_withdrawn())
            rows = (r for some in chunks(list(sheets), 500) for r in db.execute(query.where(c.part.in_(some))))
            return [(r[0], sheets[r[1]], r[2]) for r in rows]

    def brought_by(self, batch: int) -> list[int]:
        """The rows that a batch brought."""
        c, p = record_table.c, part_table.c
        with self._engine.connect() as db:
            parts = list(db.execute(sa.select(p.id).where(p.batch == batch)).scalars())
            rows = (db.execute(sa.select(c.seq).where(c.part.in_(some))).scalars() for some in chunks(parts, 500))
            return sorted(seq for some in rows for seq in some)

    def withdrawers(self, seq: int) -> list[int]:
        """The batches that withdrew a row."""
        w = withdrawal_table.c
        with self._engine.connect() as db:
            return list(db.execute(sa.select(w.batch).where(w.seq == seq).order_by(w.batch)).scalars())

    def withdrawn_by(self, batch: int) -> list[int]:
        """The rows that a batch withdrew."""
        w = withdrawal_table.c
        with self._engine.connect() as db:
            return list(db.execute(sa.select(w.seq).where(w.batch == batch).order_by(w.seq)).scalars())

    def sources(self, seqs: Iterable[int]) -> dict[int, dict[str, Any]]:
        """The JSON form of the Source of each row asked for."""
        return {r.seq: r.source().document() for r in self.records(only=seqs)}

    def state(self, as_of: When | None = None) -> str:
        """A digest of what is visible: equal states project to equal graphs."""
        with self._engine.connect() as db:
            counts = (sa.select(sa.func.max(batch_table.c.id)), sa.select(sa.func.count(undo_table.c.batch)))
            now = tuple(int(db.execute(c).scalar() or 0) for c in counts)  # batches and undoings are only ever added
            if as_of is None and self._state is not None and self._state[0] == now:
                return self._state[1]
            visible = batch_table.c.id.in_(self._visible(as_of))
            rows = db.execute(
                sa.select(batch_table.c.id, batch_table.c.digest).where(visible).order_by(batch_table.c.id)
            ).all()
        state = hashlib.sha256("".join(f"{r.id}:{r.digest};" for r in rows).encode()).hexdigest()[:32]
        if as_of is None:
            self._state = (now, state)
        return state

    def count(self) -> int:
        """How many rows are visible."""
        with self._engine.connect() as db:
            return int(
                db.execute(sa.select(sa.func.count()).select_from(record_table).where(self._shown())).scalar() or 0
            )
