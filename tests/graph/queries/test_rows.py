"""The one reader of the graph: schema names filled in, records as numbers, rows in order."""

from __future__ import annotations

import pytest

from graph.queries.rows import GraphReader


@pytest.fixture
def reader(basic_city):
    return GraphReader(basic_city.store, basic_city.schema)


def test_rows_come_in_order_of_id_with_the_numbers_of_the_ledger_rows(reader):
    rows = reader.nodes("企业")
    assert [r["id"] for r in rows] == sorted(r["id"] for r in rows)
    assert all(isinstance(seq, int) for r in rows for seq in r["records"])


def test_no_ids_ask_for_no_rows(reader):
    assert reader.nodes("企业", []) == reader.edges("STANDS_ON", "企业", "环节", start=[]) == []


def test_edges_at_some_ids_are_those_among_all(reader):
    every = reader.edges("STANDS_ON", "企业", "环节")
    firm = every[0]["source"]
    assert reader.edges("STANDS_ON", "企业", "环节", start=[firm]) == [e for e in every if e["source"] == firm]


def test_a_node_is_found_by_another_way_to_write_its_name(reader):
    name = reader.nodes("企业")[0]["name"]
    assert [r["name"] for r in reader.nodes_called("企业", f" {name} ")] == [name]
    assert reader.nodes_called("企业", "没有的企业") == []
