"""What a served home does by itself: it knows the names, and writes a grown graph anew when nobody asks."""

from __future__ import annotations

import pytest
from builders import BASICS, write_book

from api.home import keeper
from api.home.keeper import Keeper
from api.home.session import open_session
from api.home.settings import Settings
from graph.answers.search import search
from graph.queries.names import index as names_index
from graph.queries.names.index import SearchIndex
from graph.store.opening import open_store
from ingest.load.pipeline import load

MORE = {"企业": [["名称", "县市区"], ["示例新锯业有限公司", "示例县"]]}


@pytest.fixture
def session(tmp_path):
    with open_session(Settings(tmp_path / "home")) as opened:
        load(opened.city, [write_book(tmp_path / "示例.xlsx", BASICS)])
        yield opened


@pytest.fixture
def clock(session):
    """What time it is for the keeper: as long after the last question as a test says."""
    after = [0.0]
    return after, lambda: session.asked_at + after[0]


def names(session):
    with session.reading() as state:
        return state.names, [h["name"] for h in search(state, "锯业")["hits"]]


def test_it_reads_the_names_once_and_a_small_change_keeps_them(session, tmp_path):
    engine = names(session)
    Keeper(session).learn_names()
    index, found = names(session)
    assert (engine[0], engine[1]) == (None, found)
    assert index is not None
    Keeper(session).learn_names()
    assert names(session)[0] is index
    load(session.city, [write_book(tmp_path / "新.xlsx", MORE)])
    later, more = names(session)
    assert later is not None
    assert sorted(more) == sorted([*found, "示例新锯业有限公司"])


@pytest.mark.parametrize("fresh", [0, 5000], ids=["large", "small"])
def test_what_is_committed_is_found_at_once_and_no_request_reads_the_names(session, tmp_path, monkeypatch, fresh):
    Keeper(session).learn_names()
    before = names(session)[1]
    for name in ("read", "narrowed"):
        monkeypatch.setattr(SearchIndex, name, lambda *_: pytest.fail("the engine was asked for names"))
    monkeypatch.setattr(names_index, "FRESH", fresh)
    report = load(session.city, [write_book(tmp_path / "新.xlsx", MORE)])
    monkeypatch.setattr(SearchIndex, "after", lambda *_: pytest.fail("a request laid names anew"))
    assert sorted(names(session)[1]) == sorted([*before, "示例新锯业有限公司"])
    monkeypatch.undo()
    session.city.undo(report.batch)
    assert names(session)[1] == before


def test_who_still_reads_the_state_before_keeps_its_names(session, tmp_path):
    Keeper(session).learn_names()
    with session.reading() as state:
        load(session.city, [write_book(tmp_path / "新.xlsx", MORE)])
        assert session.answering.has_names(state.city.store.state())
        assert "示例新锯业有限公司" not in [h["name"] for h in search(state, "锯业")["hits"]]


def test_it_reads_them_for_a_graph_that_is_new_altogether(session):
    Keeper(session).learn_names()
    session.city.rebuild()
    assert names(session)[0] is None
    Keeper(session).learn_names()
    assert names(session)[0] is not None


def test_a_grown_graph_is_built_anew_when_nobody_asks(session, clock, tmp_path, monkeypatch):
    after, now = clock
    tending, before = Keeper(session, now), session.city.hash()
    grow_until(session, tmp_path, 1.01)
    monkeypatch.setattr(keeper, "GROWN", 1.01)
    tending.compact_when_idle()
    assert session.city.store.grown() > 1.01
    after[0] = keeper.IDLE
    with session.reading() as state:
        after[0] = keeper.IDLE
        tending.compact_when_idle()
        assert len(state.reader.nodes("企业")) == 2
    assert session.city.store.grown() == 1.0
    assert session.city.hash() == before


def test_how_large_a_graph_was_is_known_when_it_opens_again(session, tmp_path):
    grow_until(session, tmp_path, 1.01)
    session.city.close()
    again = open_store(session.city.store.url, session.city.schema)
    try:
        again.counts()
        assert again.grown() > 1.01
    finally:
        again.close()


def grow_until(session, tmp_path, times):
    book = write_book(tmp_path / "补.xlsx", MORE)
    for _ in range(50):
        if session.city.store.grown() > times:
            return
        session.city.undo(load(session.city, [book]).batch)
    raise AssertionError(session.city.store.grown())
