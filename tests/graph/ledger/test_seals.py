"""A flipped digit anywhere in the ledger is seen before it is shown: named by file, sheet and row, with what to do."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builders import BASICS, write_book
from serving import ask

from api.home.session import open_session
from api.home.settings import Settings
from graph.city.city import open_city
from graph.errors import LianpuError
from graph.ledger.errors import LedgerAltered
from ingest.load.pipeline import LoadOptions, load

FIRMS = {
    "企业": [
        ["名称", "县市区", "产值(万元)", "年份"],
        ["示例丙厂", "示例县", 700, 2024],
        ["示例丁厂", "示例县", 9, 2024],
    ]
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A home with three batches, the second of which is undone and the third withdraws a row; and its hash."""
    folder = tmp_path_factory.mktemp("whole")
    city = open_city(folder / "home")
    load(city, [write_book(folder / "基础.xlsx", BASICS)])
    city.undo(load(city, [write_book(folder / "补.xlsx", FIRMS)]).batch)
    load(city, [write_book(folder / "补.xlsx", FIRMS)])
    less = {"企业": FIRMS["企业"][:2]}
    load(city, [write_book(folder / "补.xlsx", less)], LoadOptions(replace=True, yes=True))
    content = city.hash()
    city.close()
    return folder / "home", content


@pytest.fixture
def home(whole, tmp_path):
    return Path(shutil.copytree(whole[0], tmp_path / "home"))


def change(home, statement):
    with closing(sqlite3.connect(home / "ledger.sqlite")) as db, db:
        assert db.execute(statement).rowcount


def rebuilt(city, content):
    """What a rebuild says: that it cannot be, or whether the graph is the same."""
    try:
        city.rebuild()
    except LianpuError as refusal:
        return refusal.message
    return "the same" if city.hash() == content else "another graph"


def as_if_untouched(home, times):
    """Damage that the folder does not tell, as that of a disk."""
    os.utime(home / "ledger.sqlite", ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("seed", range(16))
@pytest.mark.parametrize("told", [True, False], ids=["the file is newer", "the file looks untouched"])
def test_a_flipped_digit_anywhere_in_the_file_shows_nothing_wrong(whole, home, seed, told):
    file, chance = home / "ledger.sqlite", random.Random(seed)
    times, data = file.stat(), bytearray(file.read_bytes())
    place = chance.choice([i for i, byte in enumerate(data) if byte in b"0123456789"])
    data[place] = chance.choice([byte for byte in b"0123456789" if byte != data[place]])
    file.write_bytes(bytes(data))
    if not told:
        as_if_untouched(home, times)
    try:
        city = open_city(home)
    except LianpuError as refusal:
        told_of = refusal.message
    else:
        told_of = rebuilt(city, whole[1])
        city.close()
    assert told_of == "the same" or "台账" in told_of


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        (
            "UPDATE record SET \"values\" = replace(\"values\", '700', '100') WHERE seq = 12",
            "批次 3 补.xlsx 企业 第2行",
        ),
        ("UPDATE record SET row = 3 WHERE seq = 12", "批次 3 补.xlsx 企业 第3行"),
        ("UPDATE record SET grade = 'A' WHERE seq = 12", "批次 3 补.xlsx 企业 第2行"),
        ("UPDATE record SET as_of = '2020' WHERE seq = 12", "批次 3 补.xlsx 企业 第2行"),
        ("UPDATE record SET seal = NULL WHERE seq = 12", "批次 3 补.xlsx 企业 第2行"),
        ("UPDATE part SET sheet = '产业链' WHERE batch = 3", "批次 3"),
        ("UPDATE part SET kind = '产业链' WHERE batch = 3", "批次 3"),
        ("UPDATE part SET batch = 1 WHERE batch = 3", "批次 1；批次 3"),
        ("UPDATE batch SET loaded_at = '2020' WHERE id = 3", "批次 3"),
        ("UPDATE withdrawal SET seq = 12", "批次 4"),
        ("DELETE FROM withdrawal", "批次 4"),
        ("UPDATE undo SET batch = 3", "撤销 3"),
        ("UPDATE undo SET undone_at = '2020'", "撤销 2"),
    ],
)
def test_what_was_altered_is_named_and_nothing_is_projected_from_it(home, statement, place):
    graph = {p.name: p.read_bytes() for p in (home / "graph").iterdir()}
    change(home, statement)
    for _ in range(2):
        with pytest.raises(LedgerAltered) as raised:
            open_city(home)
        assert place in raised.value.message
        assert "lianpu check" in raised.value.hint
    assert {p.name: p.read_bytes() for p in (home / "graph").iterdir()} == graph


def test_a_row_altered_in_an_undone_batch_hinders_nobody_and_check_tells_it(whole, home):
    change(home, "UPDATE record SET grade = 'A' WHERE seq = 10")
    city = open_city(home)
    assert city.hash() == whole[1]
    city.close()
    with open_session(Settings(home), verify=False) as session:
        result = ask(session, "check")
    assert result.code == 1
    assert [d["where"] for d in result.document["damages"]] == ["批次 2 补.xlsx 企业 第2行"]


@pytest.mark.parametrize("mend", ["undo", "accept", "copy"])
def test_an_altered_row_is_mended_by_undoing_its_batch_by_vouching_for_it_or_by_a_copy(home, mend):
    change(home, "UPDATE record SET grade = 'A' WHERE seq = 12")
    with open_session(Settings(home), verify=False) as session:
        if mend == "undo":
            ask(session, "undo", batch=3)
        elif mend == "accept":
            assert ask(session, "check", accept=True).document["damages"] == []
        else:
            copy = ask(session, "check").document["copy"]
    if mend == "copy":
        shutil.copy(copy, home / "ledger.sqlite")
    city = open_city(home)
    assert city.in_step()
    city.rebuild()
    city.close()


def test_a_home_that_nobody_else_touched_is_not_read_through_as_it_opens(home):
    for _ in range(2):
        city = open_city(home)
        assert city.ledger.health._known
        city.close()
    change(home, "UPDATE batch SET by = 1")
    city = open_city(home, verify=False)
    assert not city.ledger.health._known
    city.close()
