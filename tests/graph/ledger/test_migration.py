"""Making and upgrading a ledger is whole or not at all: whatever cuts it off, the next start goes on from there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from graph.city.city import open_city
from graph.errors import LedgerDamaged
from graph.ledger.ledger import Ledger
from graph.ledger.tables import migrate

ROWS = (
    "INSERT INTO batch VALUES (1, '2025-01-01T00:00:00.000+00:00', 'template', 'd')",
    "INSERT INTO part VALUES (1, 1, 'a.xlsx', '县市区', '县市区', 1, '{}', x'')",
    "INSERT INTO record VALUES (1, 1, 2, NULL, 'B', x'00', '{\"名称\":\"示例县\"}')",
)
KILLED = """
import os, signal, sys
import sqlalchemy as sa
from graph.ledger.ledger import Ledger

def kill(connection, cursor, statement, *more):
    if sys.argv[2] in statement:
        os.kill(os.getpid(), signal.SIGKILL)

sa.event.listen(sa.Engine, "after_cursor_execute", kill)
Ledger(sys.argv[1])
"""


class CutOff(Exception):
    """The n-th change of a migration does not come through."""


def first_start(_url: str) -> list[str]:
    return []


def first_version(url: str) -> list[str]:
    """A ledger of the first version with a row; the names in it."""
    engine = sa.create_engine(url)
    migrate(engine, "0001")
    with engine.begin() as db:
        for statement in ROWS:
            db.exec_driver_sql(statement)
    engine.dispose()
    return ["示例县"]


def changes_before_cut(url: str, last: int) -> int:
    """Open a ledger, cut off after `last` changes; how many there were."""
    seen = 0

    def cut(_connection, _cursor, statement, *_more):
        nonlocal seen
        if statement.lstrip().startswith(("CREATE", "ALTER", "INSERT", "UPDATE")):
            seen += 1
            if seen > last:
                raise CutOff

    sa.event.listen(sa.Engine, "before_cursor_execute", cut)
    try:
        Ledger(url).close()
    except CutOff:
        pass
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", cut)
    return seen


def contents(url: str) -> tuple[list[str], str]:
    """The names in a ledger, and the digest of its state."""
    ledger = Ledger(url)
    try:
        return [r.values["名称"] for r in ledger.records()], ledger.state()
    finally:
        ledger.close()


@pytest.mark.parametrize("begin", [first_start, first_version])
def test_a_migration_cut_off_at_any_statement_leaves_a_ledger_that_opens_with_its_rows(tmp_path, begin):
    whole = f"sqlite:///{tmp_path / 'whole.sqlite'}"
    begin(whole)
    changes = changes_before_cut(whole, 99)
    assert changes > 4
    for last in range(changes):
        url = f"sqlite:///{tmp_path / f'{last}.sqlite'}"
        rows = begin(url)
        assert changes_before_cut(url, last) == last + 1
        assert contents(url) == (rows, contents(whole)[1]), last


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("begin", [first_start, first_version])
@pytest.mark.parametrize("at", ["EXISTS withdrawal", "alembic_version SET", "ADD COLUMN"])
def test_a_home_killed_in_its_migration_opens_with_the_same_graph(tmp_path, begin, at):
    hashes = []
    for name in ("whole", "killed"):
        home: Path = tmp_path / name
        home.mkdir()
        url = f"sqlite:///{home / 'ledger.sqlite'}"
        begin(url)
        if name == "killed":
            ended = subprocess.run([sys.executable, "-c", KILLED, url, at], check=False, timeout=60)
            assert ended.returncode == -signal.SIGKILL
        city = open_city(home)
        hashes.append(city.hash())
        city.close()
    assert hashes[0] == hashes[1]


def definitions(url: str) -> list[str]:
    """The statements that define tables while a ledger is opened, in order."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        if statement.lstrip().startswith(("CREATE", "ALTER")):
            seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        Ledger(url).close()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return seen


@pytest.mark.parametrize("begin", [first_start, first_version])
def test_tables_that_an_older_version_left_when_it_was_cut_off_are_taken_up(tmp_path, begin):
    """Older versions wrote each definition for itself, and the revision last."""
    whole = f"sqlite:///{tmp_path / 'whole.sqlite'}"
    begin(whole)
    statements = definitions(whole)
    assert len(statements) > 3
    for last in range(1, len(statements) + 1):
        url = f"sqlite:///{tmp_path / f'{last}.sqlite'}"
        rows = begin(url)
        engine = sa.create_engine(url)
        for statement in statements[:last]:
            with engine.begin() as db:
                db.exec_driver_sql(statement)
        engine.dispose()
        assert contents(url) == (rows, contents(whole)[1]), statements[last - 1]


def test_a_table_of_our_name_that_is_somebody_elses_is_refused_and_left_as_it_is(tmp_path):
    url = f"sqlite:///{tmp_path / 'l.sqlite'}"
    engine = sa.create_engine(url)
    with engine.begin() as db:
        db.exec_driver_sql("CREATE TABLE part (id INTEGER, bolt VARCHAR)")
    with pytest.raises(LedgerDamaged):
        Ledger(url)
    assert sa.inspect(engine).get_table_names() == ["part"]


ROOM = """
import resource, signal, sys
from graph.city.city import open_city

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))
open_city(sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes")
@pytest.mark.parametrize("room", [0, 4 << 10, 16 << 10])
def test_a_first_start_without_room_leaves_a_home_that_opens_once_there_is_room(tmp_path, room):
    home = tmp_path / "home"
    stopped = subprocess.run(
        [sys.executable, "-c", ROOM, home, str(room)], check=False, timeout=60, capture_output=True
    )
    assert stopped.returncode or room > 4 << 10  # where everything fits, nothing stops it
    city = open_city(home)
    assert city.in_step()
    city.close()
