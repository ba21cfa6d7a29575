"""Whether a ledger is as it was written: what is damaged, told by file, sheet and row where that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from graph.ledger.copies import keep_copy, newest_good_copy
from graph.ledger.tables import batch_table, part_table, record_table, undo_table, withdrawal_table

MOST = 50  # damages of one kind that are told


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it was written."""

    where: str
    message: str


class LedgerHealth:
    """What keeps a ledger from harm, and sees it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

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

    def damages(self) -> list[Damage]:
        """What of it is not as it was written, at most `MOST` of each kind; reads all of it."""
        with self._engine.connect() as db:
            return [*self._structure(db), *self._contents(db)]

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
