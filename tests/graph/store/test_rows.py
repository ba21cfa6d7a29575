"""A graph that was built by other rules than today's is built anew when its home opens."""

from __future__ import annotations

import pytest
from builders import BASICS, write_book

from graph.city.city import open_city
from graph.schema.parse import load_schema
from graph.store import rows
from graph.store.protocol import GraphState
from graph.store.rows import schema_mark
from ingest.load.pipeline import load


@pytest.mark.parametrize("rule", ["WAITING", "RULES"])
def test_the_mark_of_a_graph_tells_how_what_waits_is_written_and_by_which_rules_rows_became_nodes(monkeypatch, rule):
    today = schema_mark(load_schema())
    monkeypatch.setattr(rows, rule, getattr(rows, rule) - 1)
    assert schema_mark(load_schema()) != today


def test_a_graph_whose_waiting_documents_an_older_version_wrote_is_rebuilt_before_anything_updates_it(tmp_path):
    city = open_city(tmp_path / "home")
    waits = {"供应关系": [["供方", "需方"], ["示例未登记厂", "示例甲厂"]]}
    load(city, [write_book(tmp_path / "示例.xlsx", {**BASICS, **waits})])
    whole = city.store.waiting()
    assert whole
    older = [{k: v for k, v in document.items() if k != "kinds"} for document in whole]
    city.store.build(city.projection(), GraphState(city.ledger.state(), "older"), older)
    city.close()
    again = open_city(tmp_path / "home")
    assert again.store.waiting() == whole
    again.updates.small_part, again.updates.wide_part = 0, 1
    more = {"企业": [["名称"], ["示例未登记厂"]]}
    assert load(again, [write_book(tmp_path / "补.xlsx", more)]).outcome.part is not None
    again.close()
