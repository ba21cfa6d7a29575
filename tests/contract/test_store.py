"""What every store does, and what every query file must not do."""

from __future__ import annotations

import pytest
from builders import BASICS

from graph.city.city import City
from graph.schema.parse import load_schema
from graph.store.errors import GraphNotBuilt
from graph.store.opening import open_store
from graph.store.protocol import GraphState


def test_a_store_that_was_never_built_has_no_state_and_says_so(tmp_path):
    store = open_store(f"ladybug:///{tmp_path / 'g'}", load_schema())
    assert store.state() is None
    with pytest.raises(GraphNotBuilt, match="还没有建立"):
        store.nodes(load_schema().kinds["企业"])
    store.close()


def test_a_store_survives_reopening_with_its_state(tmp_path, basic_city):
    store = open_store(f"ladybug:///{tmp_path / 'g'}", load_schema())
    store.build(basic_city.projection(), GraphState("a", "b"), [{"name": "等待"}])
    counts = store.counts()
    store.close()
    again = open_store(f"ladybug:///{tmp_path / 'g'}", load_schema())
    assert again.state() == GraphState("a", "b")
    assert again.counts() == counts == basic_city.store.counts()
    assert again.waiting() == [{"name": "等待"}]
    again.close()


def test_a_damaged_graph_is_noticed_and_built_anew(tmp_path):
    from builders import write_book

    from graph.city.city import open_city
    from ingest.load.pipeline import load

    city = open_city(tmp_path / "home")
    load(city, [write_book(tmp_path / "a.xlsx", dict(BASICS))])
    before = city.hash()
    city.close()
    live = next((tmp_path / "home" / "graph").glob("*.lbug"))
    live.write_bytes(b"\0" * 100)
    again = open_city(tmp_path / "home")
    assert again.in_step()
    assert again.hash() == before
    again.close()


def test_the_graph_holds_every_record_number_of_the_rows_behind_it(basic_city: City):
    rows = basic_city.store.nodes(basic_city.schema.kinds["企业"])
    seqs = {int(s) for r in rows for s in r["records"].split(",")}
    sources = basic_city.sources(sorted(seqs))
    assert {s["sheet"] for s in sources.values()} == {"企业"}
    assert len(sources) == 2
