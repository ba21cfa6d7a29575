"""The ledger itself: tables of an older version, withdrawals, and what is visible when."""

from __future__ import annotations

from importlib.resources import as_file, files

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from graph.errors import LedgerTooNew
from graph.ledger.batch import Part, RowEntry, row_digest
from graph.ledger.ledger import Ledger
from graph.ledger.tables import HEAD, migrate, revision_of


def part(*names: str) -> Part:
    entries = [RowEntry(n, v := {"名称": name}, None, "B", row_digest(v)) for n, name in enumerate(names, 2)]
    return Part("示例.xlsx", "县市区", "县市区", entries, [e.digest for e in entries])


def names(ledger: Ledger) -> list[str]:
    return [r.values["名称"] for r in ledger.records()]


def test_a_ledger_of_the_first_version_is_brought_up_to_date_with_its_rows(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    engine = sa.create_engine(url)
    migrate(engine, "0001")
    with engine.begin() as db:
        db.exec_driver_sql("INSERT INTO batch VALUES (1, '2025-01-01T00:00:00.000+00:00', 'template', 'd')")
        db.exec_driver_sql("INSERT INTO part VALUES (1, 1, 'a.xlsx', '县市区', '县市区', 1, '{}', x'')")
        db.exec_driver_sql("INSERT INTO record VALUES (1, 1, 2, NULL, 'B', x'00', '{\"名称\":\"示例县\"}')")
    engine.dispose()
    ledger = Ledger(url)
    assert names(ledger) == ["示例县"]
    ledger.append([], withdrawn=[1], by="某人")
    assert names(ledger) == []
    assert ledger.batches()[0].by is None


def test_the_newest_revision_is_the_one_that_the_ledger_compares_with(tmp_path):
    with as_file(files("graph.ledger") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    Ledger(url).close()
    engine = sa.create_engine(url)
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerTooNew, match="9999"):
        Ledger(url)
    assert revision_of(engine) == "9999"


def test_a_withdrawal_hides_a_row_until_its_own_batch_is_undone(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}")
    ledger.append([part("示例县", "示例邻县")])
    state = ledger.state()
    second = ledger.append([part("示例邻县")], withdrawn=[1])
    assert names(ledger) == ["示例邻县", "示例邻县"]
    assert ledger.count() == 2
    assert ledger.state() != state
    ledger.undo(second)
    assert names(ledger) == ["示例县", "示例邻县"]
    assert ledger.state() == state


def test_a_row_withdrawn_twice_stays_hidden_while_one_of_the_two_batches_is_there(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}")
    ledger.append([part("示例县")])
    first, second = (ledger.append([], withdrawn=[1]) for _ in range(2))
    ledger.undo(first)
    assert names(ledger) == []
    ledger.undo(second)
    assert names(ledger) == ["示例县"]
