"""The ledger's tables; Alembic (`graph/ledger/migrations`) makes them and brings older ones up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from graph.errors import LedgerTooNew

metadata = sa.MetaData()
batch_table = sa.Table(
    "batch",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("loaded_at", sa.String, nullable=False),
    sa.Column("format", sa.String, nullable=False),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("by", sa.String),
)
part_table = sa.Table(
    "part",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), nullable=False),
    sa.Column("file", sa.String, nullable=False),
    sa.Column("sheet", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("columns", sa.LargeBinary, nullable=False),
    sa.Column("manifest", sa.LargeBinary, nullable=False),
)
record_table = sa.Table(
    "record",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("part", sa.Integer, sa.ForeignKey("part.id"), nullable=False, index=True),
    sa.Column("row", sa.Integer, nullable=False),
    sa.Column("as_of", sa.String),
    sa.Column("grade", sa.String, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("values", sa.LargeBinary, nullable=False),
)
undo_table = sa.Table(
    "undo",
    metadata,
    sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), primary_key=True),
    sa.Column("undone_at", sa.String, nullable=False),
    sa.Column("by", sa.String),
)
# A row that a batch withdrew: hidden as long as that batch is not undone; who and when are the batch's.
withdrawal_table = sa.Table(
    "withdrawal",
    metadata,
    sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), primary_key=True),
    sa.Column("seq", sa.Integer, sa.ForeignKey("record.seq"), primary_key=True, index=True),
)


def connect(url: str) -> sa.Engine:
    """An engine on up-to-date tables. Raises LedgerTooNew for a ledger of a newer version."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _sqlite_pragmas)
    migrate(engine)
    return engine


def _sqlite_pragmas(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def _alembic(engine: sa.Engine) -> Iterator[Config]:
    with as_file(files("graph.ledger") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            yield config


def migrate(engine: sa.Engine) -> None:
    """Bring the tables to the newest revision. Raises LedgerTooNew for a ledger of a newer version."""
    with _alembic(engine) as config:
        script = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(config.attributes["connection"]).get_current_revision()
        if current == script.get_current_head():
            return
        if current and current not in {s.revision for s in script.walk_revisions()}:
            raise LedgerTooNew(current)
        command.upgrade(config, "head")
