"""The folder of a city: its own ledger whatever it is called."""

from __future__ import annotations

import sys

import pytest
from builders import BASICS, write_book

from graph.answers.batches import status
from graph.city.city import open_city
from ingest.load.pipeline import load

NAMES = ["a%20b", "a#b", "a b", "100%", "城&甲=1"] + (["a?b", "城?甲"] if sys.platform != "win32" else [])


@pytest.mark.parametrize("name", NAMES)
def test_a_home_of_any_name_keeps_its_own_ledger(tmp_path, name):
    city = open_city(tmp_path / name)
    load(city, [write_book(tmp_path / "示例.xlsx", BASICS)])
    assert status(city)["ledger"]["url"] == f"sqlite:///{tmp_path / name / 'ledger.sqlite'}"
    city.close()
    assert (tmp_path / name / "ledger.sqlite").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "示例.xlsx"])
    again = open_city(tmp_path / name)
    assert again.ledger.count() > 0
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no ? in names")
def test_two_homes_whose_names_begin_alike_share_nothing(tmp_path):
    first, second = open_city(tmp_path / "城?甲"), open_city(tmp_path / "城?乙")
    load(first, [write_book(tmp_path / "示例.xlsx", BASICS)])
    assert first.ledger.count() > second.ledger.count() == 0
    first.close()
    second.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_a_new_home_is_for_its_owner_alone_and_an_older_one_stays_as_it_is(tmp_path):
    older = tmp_path / "旧"
    older.mkdir(mode=0o750)
    before = older.stat().st_mode
    for home in (older, tmp_path / "新", tmp_path / "上级" / "新"):
        open_city(home).close()
    assert older.stat().st_mode == before
    assert [h.stat().st_mode & 0o777 for h in (tmp_path / "新", tmp_path / "上级" / "新")] == [0o700, 0o700]


def test_a_rebuild_reads_the_ledger_whatever_is_in_memory(tmp_path):
    city = open_city(tmp_path / "home")
    load(city, [write_book(tmp_path / "示例.xlsx", BASICS)])
    content = city.hash()
    city.projection().nodes["企业"].clear()
    city.rebuild()
    assert city.hash() == content
    city.close()
