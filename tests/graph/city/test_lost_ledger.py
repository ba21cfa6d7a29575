"""A home whose ledger is lost or damaged says so, and its graph stays as it is."""

from __future__ import annotations

import shutil

import pytest
from builders import BASICS, write_book

from api.home.session import open_session
from api.home.settings import Settings
from graph.city.city import open_city
from graph.errors import LedgerDamaged, LedgerFault, LedgerMissing
from graph.ledger.ledger import Ledger
from ingest.load.pipeline import load


@pytest.fixture
def home(tmp_path):
    city = open_city(tmp_path / "home")
    load(city, [write_book(tmp_path / "基础.xlsx", BASICS)])
    city.close()
    shutil.copy(tmp_path / "home" / "ledger.sqlite", tmp_path / "copy.sqlite")
    return tmp_path / "home"


def graph_files(home):
    return {path.name: path.read_bytes() for path in sorted((home / "graph").iterdir())}


def remove(file):
    file.unlink()


def empty(file):
    file.write_bytes(b"")


def begin_anew(file):
    file.unlink()
    Ledger(f"sqlite:///{file}").close()


def fill_with_garbage(file):
    file.write_bytes(b"no database at all; " * 500)


def cut_in_half(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def cut_within_its_head(file):
    file.write_bytes(file.read_bytes()[:50])


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (remove, LedgerMissing),
        (empty, LedgerMissing),
        (begin_anew, LedgerMissing),
        (fill_with_garbage, LedgerDamaged),
        (cut_in_half, LedgerDamaged),
        (cut_within_its_head, LedgerDamaged),
    ],
)
@pytest.mark.parametrize("sync", [True, False])
def test_without_its_ledger_a_city_is_refused_and_opens_again_once_the_ledger_is_back(
    home, tmp_path, harm, error, sync
):
    ledger, graph = home / "ledger.sqlite", graph_files(home)
    harm(ledger)
    for _ in range(2):
        with pytest.raises(error, match="台账") as raised:
            open_city(home, sync=sync)
        assert str(ledger) in raised.value.message
    assert graph_files(home) == graph
    assert ledger.exists() == (harm is not remove)
    shutil.copy(tmp_path / "copy.sqlite", ledger)
    city = open_city(home)
    assert city.store.counts()[0]["企业"] == 2
    city.close()


@pytest.mark.parametrize("harm", [remove, empty, begin_anew])
def test_a_lost_ledger_beside_a_graph_that_was_never_closed_is_refused_too(home, tmp_path, harm):
    for seal in (home / "graph").glob("*.summary"):
        seal.unlink()
    harm(home / "ledger.sqlite")
    for _ in range(2):
        with pytest.raises(LedgerMissing):
            open_city(home)
    shutil.copy(tmp_path / "copy.sqlite", home / "ledger.sqlite")
    city = open_city(home)
    assert city.store.counts()[0]["企业"] == 2
    city.close()


def test_a_lost_ledger_of_which_there_are_copies_is_refused_whatever_became_of_the_graph(home, tmp_path):
    city = open_city(home)
    load(city, [write_book(tmp_path / "补.xlsx", {"企业": [["名称"], ["示例丙厂"]]})])
    city.close()
    (home / "ledger.sqlite").unlink()
    shutil.rmtree(home / "graph")
    with pytest.raises(LedgerMissing, match="备份里有数据") as raised:
        open_city(home)
    assert "最近一份完好的备份" in raised.value.hint


def test_a_home_without_ledger_begins_anew_once_its_graph_is_deleted(home):
    (home / "ledger.sqlite").unlink()
    shutil.rmtree(home / "graph")
    city = open_city(home)
    assert city.store.counts() == ({}, {})
    city.close()


def test_a_home_that_never_held_anything_opens_without_its_ledger(tmp_path):
    open_city(tmp_path / "home").close()
    (tmp_path / "home" / "ledger.sqlite").unlink()
    open_city(tmp_path / "home").close()


def test_a_city_all_of_whose_batches_are_undone_opens(home):
    city = open_city(home)
    city.undo(1)
    city.close()
    open_city(home).close()


def test_a_ledger_that_cannot_be_opened_says_why(tmp_path):
    (tmp_path / "home" / "ledger.sqlite").mkdir(parents=True)
    with pytest.raises(LedgerFault, match="文件打不开"), open_session(Settings(tmp_path / "home")):
        pass
