"""Reads side by side, and beside a load: nobody waits, and nobody sees half of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from builders import BASICS, write_book

from api.home.session import Session, open_session
from api.home.settings import Settings
from ingest.load.pipeline import load

PATIENCE = 60  # seconds after which a thread that should have come by now fails the test
MORE = {"企业": [["名称", "县市区"], ["示例丙锯业有限公司", "示例县"], ["示例丁锯业有限公司", "示例县"]]}
MANY = {"企业": [["名称", "县市区"], *([f"示例{n}号锯业有限公司", "示例县"] for n in range(2100))]}


@pytest.fixture
def session(tmp_path):
    with open_session(Settings(tmp_path / "home")) as opened:
        load(opened.city, [write_book(tmp_path / "示例.xlsx", BASICS)])
        yield opened


@pytest.fixture
def threads():
    with ThreadPoolExecutor(4) as pool:
        yield pool


def firms(session: Session) -> int:
    with session.reading():
        return session.city.store.counts()[0]["企业"]


def test_a_read_that_takes_its_time_delays_no_other(session, threads):
    begun, enough = Event(), Event()

    def slow() -> int:
        with session.reading():
            begun.set()
            assert enough.wait(PATIENCE)
            return firms(session)

    waiting = threads.submit(slow)
    assert begun.wait(PATIENCE)
    assert threads.submit(firms, session).result(PATIENCE) == 2
    assert not waiting.done()
    enough.set()
    assert waiting.result(PATIENCE) == 2


def test_a_load_stopped_midway_delays_no_read_and_the_read_sees_the_state_before_it(session, threads, tmp_path):
    begun, enough = Event(), Event()
    book = write_book(tmp_path / "补.xlsx", MORE)

    def stop(_stage: str, _done: int, _total: int) -> None:
        begun.set()
        assert enough.wait(PATIENCE)

    def write() -> None:
        with session.writing() as city:
            load(city, [book], progress=stop)

    loading = threads.submit(write)
    assert begun.wait(PATIENCE)
    assert threads.submit(firms, session).result(PATIENCE) == 2
    enough.set()
    loading.result(PATIENCE)
    assert firms(session) == 4


@pytest.mark.parametrize("sheets", [MORE, MANY], ids=["in place", "a new generation"])
def test_a_read_keeps_its_state_while_a_load_comes_through(session, threads, tmp_path, sheets):
    book = write_book(tmp_path / "补.xlsx", sheets)

    def write() -> None:
        with session.writing() as city:
            load(city, [book])

    with session.reading() as before:
        threads.submit(write).result(PATIENCE)
        assert session.city.store.counts()[0]["企业"] == 2
        with session.reading() as again:
            assert again is before
        assert threads.submit(firms, session).result(PATIENCE) == 2 + len(sheets["企业"]) - 1
    assert firms(session) == 2 + len(sheets["企业"]) - 1
    assert len(list((session.home / "graph").glob("*.lbug"))) == 1


def test_reads_of_one_state_share_what_is_known_of_it(session, tmp_path):
    with session.reading() as first:
        pass
    with session.reading() as second:
        assert second is first
    load(session.city, [write_book(tmp_path / "补.xlsx", MORE)])
    with session.reading() as third:
        assert third is not first


def test_a_graph_left_behind_by_a_broken_load_is_brought_into_step_by_the_next_read(session):
    session.city.ledger.undo(1)
    with session.reading():
        assert session.city.in_step()
        assert session.city.store.counts() == ({}, {})
