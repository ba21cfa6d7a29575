"""The graph of a notebook can be written by networkx as it is."""

from __future__ import annotations

import networkx as nx
import pytest
from builders import BASICS, write_book

import graph
from ingest.load.pipeline import load


@pytest.mark.parametrize("form", ["graphml", "gml", "gexf"])
def test_networkx_writes_and_reads_the_graph_of_a_chain(tmp_path, form):
    firms = [[*BASICS["企业"][0], "规上", "附注"], *([*row, "是", "示例"] for row in BASICS["企业"][1:])]
    city = graph.open_city(tmp_path / "home")
    try:
        load(city.city, [write_book(tmp_path / "a.xlsx", {**BASICS, "企业": firms})])
        drawn = city.to_networkx("示例锯床产业链")
        getattr(nx, f"write_{form}")(drawn, tmp_path / "链")
        again = getattr(nx, f"read_{form}")(tmp_path / "链")
    finally:
        city.close()
    assert again.number_of_nodes() == drawn.number_of_nodes() > 0
    assert again.number_of_edges() == drawn.number_of_edges() > 0
    kinds = {values["kind"] for _, values in drawn.nodes.items()}
    assert {"企业", "环节"} <= kinds
    assert all(isinstance(v, (str, int, float, bool)) for _, values in drawn.nodes.items() for v in values.values())
