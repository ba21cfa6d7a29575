"""The ledger's tables; Alembic (`graph/ledger/migrations`) makes them and brings older ones up to date.

Alembic costs as much time as all else that a small command imports, so it is loaded only where the
ledger is not at `HEAD`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from graph.errors import LedgerDamaged, LedgerFault, LedgerTooNew

HEAD = "0004"  # the newest revision of graph/ledger/migrations/versions; a test holds it to them
WRITTEN_AT_ONCE = 2_000  # rows to write at once; with more they leave the processor's cache
metadata = sa.MetaData()
batch_table = sa.Table(
    "batch",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("loaded_at", sa.String, nullable=False),
    sa.Column("format", sa.String, nullable=False),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("by", sa.String),
    sa.Column("seal", sa.BigInteger),  # see graph/ledger/seals.py, as in the two tables below
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
    sa.Column("seal", sa.BigInteger),
)
undo_table = sa.Table(
    "undo",
    metadata,
    sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), primary_key=True),
    sa.Column("undone_at", sa.String, nullable=False),
    sa.Column("by", sa.String),
    sa.Column("seal", sa.BigInteger),
)
# A row that a batch withdrew: hidden as long as that batch is not undone; who and when are the batch's.
withdrawal_table = sa.Table(
    "withdrawal",
    metadata,
    sa.Column("batch", sa.Integer, sa.ForeignKey("batch.id"), primary_key=True),
    sa.Column("seq", sa.Integer, sa.ForeignKey("record.seq"), primary_key=True, index=True),
)

# Which rows name what (see `graph.ledger.mentions`), and up to which row they are listed, by which rules.
mention_table = sa.Table(
    "mention",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
listing_table = sa.Table(
    "listing",
    metadata,
    sa.Column("rules", sa.String, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
)


def file_url(path: Path) -> sa.URL:
    """The address of a ledger in a file, whatever its folders are called.

    >>> file_url(Path("城?甲/a%20b#/ledger.sqlite")).database
    '城?甲/a%20b#/ledger.sqlite'
    """
    return sa.URL.create("sqlite", database=str(path))


def place(url: str | sa.URL) -> str:
    """Where a ledger is, as people are told: its file, or its address without the password.

    >>> place("sqlite:////示例/ledger.sqlite"), place("postgresql://a:b@db/lianpu")
    ('/示例/ledger.sqlite', 'postgresql://a:***@db/lianpu')
    """
    parsed = sa.make_url(url)
    file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return file or parsed.render_as_string(hide_password=True)


# What SQLite says of a file that is not, or not all of, a database; and of what hinders it from reading or writing.
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
HINDERED = {
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_CANTOPEN: "文件打不开",
    sqlite3.SQLITE_READONLY: "文件只读，或磁盘已满",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_BUSY: "正被另一个程序使用",
}


def connect(url: str | sa.URL) -> sa.Engine:
    """An engine on up-to-date tables. Raises LedgerTooNew for a ledger of a newer version.

    Whatever is asked of it raises LedgerDamaged and LedgerFault.
    """
    engine = _engine(url)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def holds_batches(url: str | sa.URL) -> bool:
    """Whether there is a ledger that ever took a batch, undone or not; a file that is not there is not made."""
    engine = _engine(url)
    file = engine.url.database
    if engine.dialect.name == "sqlite" and (not file or not Path(file).is_file() or not Path(file).stat().st_size):
        return False
    try:
        if not sa.inspect(engine).has_table(batch_table.name):
            return False
        with engine.connect() as db:
            return db.execute(sa.select(batch_table.c.id).limit(1)).first() is not None
    finally:
        engine.dispose()


def _engine(url: str | sa.URL) -> sa.Engine:
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "do_connect", _connect_file)
        sa.event.listen(engine, "checkin", _forget_frozen)
        sa.event.listen(engine, "handle_error", _named)
    return engine


def _named(context: sa.ExceptionContext) -> None:
    """Say in words what is wrong with the file, whatever was asked of it."""
    error, engine = context.original_exception, context.engine
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the details of the extended code
    file = place(engine.url) if engine else ""
    if code in DAMAGED:
        raise LedgerDamaged(file) from error
    if code in HINDERED:
        raise LedgerFault(f"{file}（{HINDERED[code]}）") from error


def _connect_file(_dialect: object, _record: object, place: list[Any], options: dict[str, Any]) -> sqlite3.Connection:
    """A connection to the file; where the disk has no room for what stands beside it, one that only reads."""
    connection: sqlite3.Connection = sqlite3.connect(*place, **options)
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT name FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError as error:
        connection.close()
        file = Path(place[0]).absolute()
        log = Path(f"{file}-wal")
        if (
            (error.sqlite_errorcode & 0xFF) not in NO_ROOM
            or not file.is_file()
            or (log.exists() and log.stat().st_size)
        ):
            raise
        connection = sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True, factory=_Frozen, **options)
    connection.text_factory = _text
    return connection


class _Frozen(sqlite3.Connection):
    """Reads the file as if nobody could write to it, which holds for the moment: who lets go of it opens it anew."""


def _forget_frozen(connection: object, record: Any) -> None:
    if isinstance(connection, _Frozen):
        record.invalidate()


def _text(written: bytes) -> str:
    """Text as it is written; damaged text is read, too, so that its seal can tell."""
    return written.decode("utf-8", "replace")


def revision_of(engine: sa.Engine) -> str | None:
    """The revision that a ledger's tables are at; None for an empty database."""
    if not sa.inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as db:
        revision = db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if revision is None else str(revision)


def migrate(engine: sa.Engine, to: str = HEAD) -> None:
    """Bring the tables to a revision, if they are not at the newest: whole or not at all.

    Raises LedgerTooNew for a ledger of a newer version.
    """
    current = revision_of(engine)
    if current == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    with as_file(files("graph.ledger") / "migrations") as folder, engine.begin() as connection:
        if engine.dialect.name == "sqlite":  # its driver begins none before CREATE and ALTER: each would stand alone
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        if current and current not in {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}:
            raise LedgerTooNew(current)
        try:
            command.upgrade(config, to)
        except (
            sa.exc.OperationalError
        ) as error:  # a table of our name without our columns; a fault of the disk has its name
            raise LedgerDamaged(place(engine.url)) from error
        if to == HEAD and not _as_made(connection):
            raise LedgerDamaged(place(engine.url))


def _as_made(connection: sa.Connection) -> bool:
    """Whether the tables have our columns: what was there before may be somebody else's."""
    there = sa.inspect(connection)
    return all(
        {c.name for c in t.columns} == {c["name"] for c in there.get_columns(t.name)} for t in metadata.tables.values()
    )


def write_rows(db: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows, each a value for every column in order, by one prepared statement: five times faster than a dict each."""
    names = [c.name for c in table.columns]
    if db.dialect.paramstyle == "qmark":
        db.exec_driver_sql(str(table.insert().values({n: sa.bindparam(n) for n in names}).compile(db)), rows)
    else:
        db.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])
