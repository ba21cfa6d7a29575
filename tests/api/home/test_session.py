"""Reads side by side, and beside a load: nobody waits, and nobody sees half of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from builders import BASICS, write_book

from api.commands.data import load_files
from api.commands.requests import LoadRequest
from api.home.session import PREVIEWS, Session, open_session
from api.home.settings import Settings
from graph.city.city import City
from graph.ledger.batch import Part
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


def test_a_load_that_still_reads_its_files_delays_no_other_and_takes_no_row_twice(session, threads, tmp_path):
    begun, enough = Event(), Event()
    request = LoadRequest(paths=(str(write_book(tmp_path / "补.xlsx", MORE)),))

    def stop(_stage: str, _done: int, _total: int) -> None:
        begun.set()
        assert enough.wait(PATIENCE)

    reading = threads.submit(load_files, session, request, stop)
    assert begun.wait(PATIENCE)
    other = threads.submit(load_files, session, request).result(PATIENCE).document
    assert (other["batch"], other["rows"]["accepted"]) == (2, 2)
    enough.set()
    late = reading.result(PATIENCE).document
    assert (late["batch"], late["rows"]["accepted"], late["rows"]["unchanged"]) == (None, 0, 2)
    assert firms(session) == 4


def test_a_preview_delays_neither_reads_nor_loads_and_is_of_the_state_after_them(session, threads, tmp_path):
    begun, enough, made = Event(), Event(), []

    def preview(city: City) -> int:
        made.append(city.store.counts()[0]["企业"])
        begun.set()
        assert enough.wait(PATIENCE)
        return made[-1]

    previewing = threads.submit(session.previewed, preview)
    assert begun.wait(PATIENCE)
    assert threads.submit(firms, session).result(PATIENCE) == 2
    more = LoadRequest(paths=(str(write_book(tmp_path / "补.xlsx", MORE)),))
    assert threads.submit(load_files, session, more).result(PATIENCE).document["batch"] == 2
    enough.set()
    assert previewing.result(PATIENCE) == 4
    assert made == [2, 4]


def test_a_preview_between_ever_new_loads_waits_for_them_in_the_end(session):
    made = []

    def preview(city: City) -> int:
        made.append(1)
        if len(made) <= PREVIEWS:
            city.ledger.append([Part("空.xlsx", "企业", "企业", manifest=[b"%08d" % len(made)])])
        return len(made)

    assert session.previewed(preview) == PREVIEWS + 1


def test_a_dry_run_says_what_the_load_then_does(session, tmp_path):
    more = (str(write_book(tmp_path / "补.xlsx", MORE)),)
    shown = load_files(session, LoadRequest(paths=more, dry_run=True)).document
    done = load_files(session, LoadRequest(paths=more)).document
    assert shown["batch"] is None
    assert {k: shown[k] for k in ("rows", "nodes", "edges", "diff")} == {
        k: done[k] for k in ("rows", "nodes", "edges", "diff")
    }


def test_a_read_within_a_read_is_of_the_same_state_and_rebuilds_nothing(session, tmp_path):
    book = write_book(tmp_path / "补.xlsx", MORE)
    with session.reading() as outer:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(load, session.city, [book]).result(PATIENCE)
        with session.reading() as inner:
            assert inner is outer
            assert len(inner.reader.nodes("企业")) == 2
    assert firms(session) == 4
