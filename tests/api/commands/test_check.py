"""`lianpu check` says what of a home is damaged, what is safe and what to do; a copy of the ledger is kept before loads."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builders import BASICS, write_book
from serving import ask, lianpu, served

from api.home.session import open_session
from api.home.settings import Settings
from graph.city.city import open_city
from graph.errors import LedgerDamaged, LedgerMissing
from graph.ledger import copies as copies_
from graph.ledger.copies import copies, is_whole
from ingest.load.pipeline import LoadOptions, load


def more(folder: Path, number: int) -> Path:
    return write_book(folder / f"补{number}.xlsx", {"企业": [["名称", "县市区"], [f"示例{number}号厂", "示例县"]]})


@pytest.fixture
def home(tmp_path):
    """A home with a base and one more load, thus with one copy."""
    city = open_city(tmp_path / "home")
    load(city, [write_book(tmp_path / "基础.xlsx", BASICS)])
    load(city, [more(tmp_path, 1)])
    city.close()
    return tmp_path / "home"


def checked(home):
    with open_session(Settings(home), sync=False, verify=False) as session:
        return ask(session, "check")


def change(home, statement):
    with closing(sqlite3.connect(home / "ledger.sqlite")) as db, db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute(statement)


def test_a_list_of_names_that_lost_a_row_is_told_and_a_rebuild_makes_it_anew(home):
    change(home, "DELETE FROM mention WHERE key = (SELECT min(key) FROM mention)")
    damages = checked(home).document["damages"]
    assert [(d["part"], "名称清单" in d["message"]) for d in damages] == [("graph", True)]
    with open_session(Settings(home)) as session:
        ask(session, "rebuild")
        city = session.city
        city.updates.small_part = 0
        city.undo(2)  # an update lists what is not listed
    assert checked(home).document["whole"]


def test_a_whole_home_is_whole_and_tells_its_newest_copy(home):
    result = checked(home)
    document = result.document
    assert (result.code, document["whole"], document["damages"]) == (0, True, [])
    assert document["hash"] == document["rebuilt"]
    assert document["rows"] == 10
    assert Path(document["copy"]) == copies(home / "ledger.sqlite")[0]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("INSERT INTO undo VALUES (9, '2025', NULL, NULL)", "撤销的批次不存在"),
        ("DELETE FROM record WHERE seq = 10", "批次 2 应有 1 行，实有 0 行"),
        ("UPDATE part SET batch = 9 WHERE batch = 2", "所属的批次不存在"),
        ("UPDATE record SET part = 99 WHERE seq = 10", "所属的表不存在"),
        ("INSERT INTO withdrawal VALUES (2, 99)", "撤下的行 99 或批次不存在"),
        ("INSERT INTO withdrawal VALUES (1, 10)", "撤下了比它晚的行 10"),
    ],
)
def test_what_does_not_fit_together_in_the_ledger_is_told(home, statement, told):
    change(home, statement)
    result = checked(home)
    assert result.code == 1
    assert told in [d["message"] for d in result.document["damages"] if d["part"] == "ledger"]
    assert all(d["safe"] and d["hint"] for d in result.document["damages"])
    assert "home/copies/ledger-" in result.document["damages"][0]["hint"]


def test_a_graph_that_says_something_else_than_its_ledger_is_told(home):
    with open_session(Settings(home)) as session:
        city = session.city
        state, projection = city.target_state(), city.projection()
        projection.nodes["企业"].pop(next(iter(projection.nodes["企业"])))
        for edges in projection.edges.values():
            for ident in [i for i, e in edges.items() if not {e.source, e.target} <= set(projection.nodes["企业"])]:
                if "企业" in (edges[ident].source_kind, edges[ident].target_kind):
                    del edges[ident]
        city.store.build(projection, state, [])
        city._projected = None
        result = ask(session, "check")
    assert result.code == 1
    assert [(d["part"], d["message"]) for d in result.document["damages"]] == [("graph", "图库的内容与台账不一致")]


def test_broken_settings_scenarios_and_mappings_are_told_by_their_files(home):
    (home / "gap_model.yaml").write_bytes(b"a: [")
    (home / "scenarios.json").write_bytes(b"{")
    (home / "mappings").mkdir(exist_ok=True)
    (home / "mappings" / "m.yaml").write_bytes(b"- 1")
    told = {d["part"]: d["where"] for d in checked(home).document["damages"]}
    files = ("gap_model.yaml", "scenarios.json", "mappings/m.yaml")
    assert told == dict(zip(("config", "scenarios", "mappings"), (str(home / f) for f in files), strict=True))


def test_a_served_home_is_checked_too_and_people_read_it(home):
    with served(home):
        code, document, _ = lianpu(home, "check")
        assert (code, document["whole"]) == (0, True)
        assert "没有发现损坏：台账 10 行" in lianpu(home, "check", json_out=False)[1]


def test_seven_copies_are_kept_the_newest_first_and_none_of_an_empty_ledger_or_a_load_without_news(tmp_path):
    city = open_city(tmp_path / "home")
    for number in range(10):
        load(city, [more(tmp_path, number)])
        load(city, [more(tmp_path, number)])
        load(city, [more(tmp_path, number + 1)], LoadOptions(dry_run=True))
    kept = copies(tmp_path / "home" / "ledger.sqlite")
    assert [p.stem.rsplit("-", 1)[1] for p in kept] == ["10", "9", "8", "7", "6", "5", "4"]
    assert all(map(is_whole, kept))
    city.close()


def test_a_large_ledger_is_copied_once_a_day(home, tmp_path, monkeypatch):
    monkeypatch.setattr(copies_, "LARGE", 1000)
    city = open_city(home)
    load(city, [more(tmp_path, 5)])
    assert len(copies(home / "ledger.sqlite")) == 1
    monkeypatch.setattr(copies_, "SELDOM", -1)
    load(city, [more(tmp_path, 6)])
    assert len(copies(home / "ledger.sqlite")) == 2
    city.close()


@pytest.mark.parametrize(("content", "error"), [(b"no database" * 900, LedgerDamaged), (b"", LedgerMissing)])
def test_a_lost_ledger_is_told_with_its_newest_good_copy_and_is_there_again_once_that_is_put_back(home, content, error):
    city = open_city(home)
    before = [b.id for b in city.ledger.batches()]
    city.close()
    newest = copies(home / "ledger.sqlite")[0]
    worse = newest.with_name("ledger-20990101T000000-before-9.sqlite")
    worse.write_bytes(newest.read_bytes()[:9000])
    (home / "ledger.sqlite").write_bytes(content)
    with pytest.raises(error) as raised:
        open_city(home)
    assert str(newest) in raised.value.hint
    assert str(worse) not in raised.value.hint
    shutil.copy(newest, home / "ledger.sqlite")
    city = open_city(home)
    assert [b.id for b in city.ledger.batches()] == before[:-1]
    assert city.in_step()
    city.close()
