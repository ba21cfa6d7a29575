"""Whether a ledger is as it was written: what is damaged, told by file, sheet and row where that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from graph.ledger.copies import keep_copy, newest_good_copy
from graph.ledger.errors import LedgerAltered
from graph.ledger.seals import broken_heads, broken_rows, seal_batch, seal_rows, seal_undo
from graph.ledger.tables import batch_table, part_table, record_table, undo_table, withdrawal_table

MOST = 50  # damages of one kind that are told


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it was written."""

    where: str
    message: str


class LedgerHealth:
    """What keeps a ledger from harm, and sees it.

    Beside its file stands a mark, which says how that was when it was last closed: one that nobody else has written to
    since is not read through as it opens. Whatever is read to be projected is held to its seal anyhow.
    """

    def __init__(self, engine: sa.Engine, shown: Callable[[], sa.ColumnElement[bool]]) -> None:
        self._engine, self._shown = engine, shown
        self._known = self.file is not None and _mark(self.file).is_file() and _stamp(self.file) == _marked(self.file)

    @property
    def file(self) -> Path | None:
        """The file that holds it; None for a server's."""
        url = self._engine.url
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    def keep_copy(self) -> Path | None:
        """Copy its file, before a load changes it (see `graph.ledger.copies`). A server's is its keeper's to copy."""
        if self.file is None:
            return None
        with self._engine.connect() as db:
            last = db.execute(sa.select(sa.func.max(batch_table.c.id))).scalar()
            source = db.connection.driver_connection
            return keep_copy(self.file, source, int(last) + 1) if last and source else None

    def newest_good_copy(self) -> Path | None:
        """The newest copy that is not damaged itself."""
        return newest_good_copy(self.file) if self.file else None

    def verify(self) -> bool:
        """Hold what counts to its seals, if somebody else has written to the file; whether so. Raises LedgerAltered."""
        if self._known:
            return False
        with self._engine.connect() as db:
            if next(broken_heads(db), None) or next(broken_rows(db, self._shown()), None):
                raise self.altered(db)
            self._known = True
            return bool(db.execute(sa.select(batch_table.c.id).limit(1)).first())

    def altered(self, db: sa.Connection) -> LedgerAltered:
        """What is not as it was sealed, in words; it is looked for again."""
        self._known = False
        return LedgerAltered("；".join(damage.where for damage in self._unsealed(db, self._shown())))

    def accept(self) -> None:
        """Seal everything as it is now: somebody vouches for it."""
        with self._engine.begin() as db:
            seal_rows(db, list(broken_rows(db, sa.true())))
            seal_batch(db)
            seal_undo(db)

    def mark(self) -> None:
        """Note how the file is, now that it is closed, so that the next start knows it again."""
        file = self.file
        if file is not None and self._known:
            with suppress(OSError):
                _mark(file).write_text(_stamp(file))

    def damages(self) -> list[Damage]:
        """What of it is not as it was written, at most `MOST` of each kind; reads all of it."""
        with self._engine.connect() as db:
            return [*self._structure(db), *self._contents(db), *self._unsealed(db, sa.true())]

    @staticmethod
    def _unsealed(db: sa.Connection, which: sa.ColumnElement[bool]) -> Iterator[Damage]:
        p, r = part_table.c, record_table.c
        for what, batch in islice(broken_heads(db), MOST):
            yield Damage(
                f"{what} {batch}", "批次、它的表或它撤下的行不是原样" if what == "批次" else "撤销的记录不是原样"
            )
        for seq in islice(broken_rows(db, which), MOST):
            joined = sa.join(record_table, part_table, r.part == p.id)
            query = sa.select(p.batch, p.file, p.sheet, r.row).select_from(joined).where(r.seq == seq)
            if (row := db.execute(query).first()) is None:
                yield Damage(f"台账编号 {seq}", "这一行不是原样")
            else:
                yield Damage(f"批次 {row[0]} {row[1]} {row[2]} 第{row[3]}行", f"这一行不是原样（台账编号 {seq}）")

    @staticmethod
    def _structure(db: sa.Connection) -> Iterator[Damage]:
        if db.dialect.name == "sqlite":
            for (text,) in db.exec_driver_sql(f"PRAGMA integrity_check({MOST})"):
                if text != "ok":
                    yield Damage("台账文件", f"文件结构有损坏（{text}）")

    @staticmethod
    def _contents(db: sa.Connection) -> Iterator[Damage]:
        for where, message, query in _inconsistencies():
            for row in db.execute(query.limit(MOST)):
                yield Damage(where.format(*row), message.format(*row))


def _mark(file: Path) -> Path:
    return file.with_name(f"{file.name}.mark")


def _stamp(file: Path) -> str:
    """How a file is, as its folder tells; a log beside it was left by a start that broke off."""
    log = file.with_name(f"{file.name}-wal")
    return f"{file.stat().st_size} {file.stat().st_mtime_ns} {log.stat().st_size if log.exists() else 0}"


def _marked(file: Path) -> str | None:
    with suppress(OSError, ValueError):
        return _mark(file).read_text("utf-8")
    return None


def _inconsistencies() -> Iterator[tuple[str, str, sa.Select[Any]]]:
    """What must not be: where, what, and the query that finds it."""
    batch, part, record = batch_table.c, part_table.c, record_table.c
    undo, withdrawal = undo_table.c, withdrawal_table.c
    batches, parts = sa.select(batch.id), sa.select(part.id)
    yield "批次 {0}", "撤销的批次不存在", sa.select(undo.batch).where(undo.batch.not_in(batches))
    yield "行 {0}", "所属的表不存在", sa.select(record.seq).where(record.part.not_in(parts))
    yield "{0} {1}", "所属的批次不存在", sa.select(part.file, part.sheet).where(part.batch.not_in(batches))
    unknown = withdrawal.batch.not_in(batches) | withdrawal.seq.not_in(sa.select(record.seq))
    yield "批次 {0}", "撤下的行 {1} 或批次不存在", sa.select(withdrawal.batch, withdrawal.seq).where(unknown)
    before = sa.select(part.batch).join(record_table, record.part == part.id).where(record.seq == withdrawal.seq)
    early = before.scalar_subquery() >= withdrawal.batch
    yield "批次 {0}", "撤下了比它晚的行 {1}", sa.select(withdrawal.batch, withdrawal.seq).where(early)
    counted = sa.select(sa.func.count()).where(record.part == part.id).scalar_subquery()
    lacking = sa.select(part.file, part.sheet, part.batch, part.rows, counted).where(part.rows != counted)
    yield "{0} {1}", "批次 {2} 应有 {3} 行，实有 {4} 行", lacking
