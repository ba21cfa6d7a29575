"""The summary kept beside the embedded graph holds for exactly that graph, and opens no engine."""

from __future__ import annotations

import pytest

from graph.city.city import open_city
from graph.store.compare import content_hash


@pytest.fixture
def home(basic_city, tmp_path):
    basic_city.close()
    return tmp_path / "home"


def opened(city):
    return city.store._live is not None


def files(home):
    return {path.name: path.read_bytes() for path in sorted((home / "graph").iterdir())}


def test_a_closed_home_tells_what_its_graph_comes_to_without_opening_it(home):
    city = open_city(home)
    summary = city.summary()
    assert not opened(city)
    assert summary.hash == content_hash(city.store, city.schema)
    assert opened(city)
    assert (summary.nodes, summary.edges) == city.store.counts()
    assert (summary.state, summary.waiting) == (city.store.state(), city.store.waiting())
    city.close()


def test_a_changed_graph_is_told_anew(home, load_sheets, city):
    before = open_city(home)
    hash_before = before.summary().hash
    before.undo(1)
    assert before.summary().hash != hash_before
    before.close()
    after = open_city(home)
    assert not opened(after)
    assert after.summary().nodes == {}
    after.close()


def test_one_flipped_byte_of_the_graph_and_the_summary_holds_no_more(home):
    graph = next(p for p in (home / "graph").glob("*.lbug"))
    data = bytearray(graph.read_bytes())
    data[len(data) // 2] ^= 1
    graph.write_bytes(bytes(data))
    city = open_city(home)
    assert opened(city)  # read from the engine, or rebuilt; not from what was kept
    city.close()


@pytest.mark.parametrize("text", [b"", b"{}", b"[1]", b'{"digest": 1, "summary": 2}', b"\xff"])
def test_a_damaged_summary_says_nothing(home, text):
    for path in (home / "graph").glob("*.summary"):
        path.write_bytes(text)
    city = open_city(home)
    assert opened(city)
    assert city.summary().hash == content_hash(city.store, city.schema)
    city.close()


def test_reading_changes_nothing_that_the_summary_holds_for(home):
    city = open_city(home)
    city.store.counts()
    city.close()
    again = open_city(home)
    assert not opened(again)
    again.close()


def test_a_rebuild_of_a_graph_that_was_never_opened_leaves_one_generation(home):
    city = open_city(home)
    city.rebuild()
    city.close()
    assert len([name for name in files(home) if name.endswith(".lbug")]) == 1


def test_reading_changes_no_byte_of_the_graph(home):
    before = files(home)
    city = open_city(home)
    assert city.hash() == content_hash(city.store, city.schema)
    assert opened(city)
    city.close()
    assert files(home) == before
