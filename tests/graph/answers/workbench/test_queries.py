"""Every named query reads only what the schema has, and answers over the example data with the columns that it names."""

from __future__ import annotations

import pytest

from api.commands.workbench.query import ask, ask_by_name
from graph.answers.workbench.cells import text_of
from graph.errors import Unknown
from graph.queries.named.errors import BadParameter, UnknownQuery
from graph.queries.named.query import TYPES, examples, named_queries, named_query
from graph.schema.parse import load_schema
from graph.store.cypher.functions import LADYBUG, NEO4J
from graph.store.cypher.statement import read_statement

GIVEN = {
    "firm": "示例甲锯床有限公司", "segment": "示例圆锯床", "one": "示例县", "other": "示例邻县", "since": "2025", "until": "2099-01-01",
}  # fmt: skip
QUERIES = named_queries()
SOME = (
    "没有在产企业的关键环节",
    "企业的二级供应商",
    "环节的上游",
    "到期的资质",
    "没有近年年报的企业",
    "卡脖子技术和谁能解决",
)


@pytest.mark.parametrize("name", QUERIES)
def test_a_named_query_names_what_the_schema_has_and_as_many_columns_as_it_returns(name):
    schema, query = load_schema(), QUERIES[name]
    labels = {kind.label for kind in schema.kinds.values()}
    for engine in (LADYBUG, NEO4J):
        read = read_statement(query.text, engine, {p.name: "x" for p in query.parameters})
        assert read.labels <= labels
        assert read.relations <= schema.relations.keys()
        assert len(read.columns) == len(query.columns) + sum(1 for c in query.columns if c.kind)
    assert {c.kind for c in query.columns} - {None} <= schema.kinds.keys()
    assert {p.type for p in query.parameters} <= set(TYPES)
    assert {p.of for p in query.parameters} - {None} <= schema.kinds.keys()


def test_what_people_may_begin_with_is_read_on_both_engines():
    for _, text in examples():
        for engine in (LADYBUG, NEO4J):
            assert read_statement(text, engine, {"county": "a", "one": "b", "other": "c"}).columns


@pytest.mark.parametrize("name", SOME)
def test_a_named_query_answers_over_the_example_data(examples, name):
    given = {p.name: GIVEN[p.name] for p in named_query(name).parameters if p.name in GIVEN}
    document = ask_by_name(examples, name, given)
    assert document["n"] == len(document["rows"]) > 0
    assert {len(row) for row in document["rows"]} == {len(document["columns"])}
    assert document["hints"] == []


def test_a_name_of_a_parameter_is_resolved_and_one_that_nobody_knows_is_told(examples):
    rows = ask_by_name(examples, "企业的二级供应商", {"firm": "示例甲锯床有限公司"})["rows"]
    assert {text_of(row[0]) for row in rows} == {"示例液压科技有限公司"}
    assert all(row[0]["kind"] == "企业" and row[0]["id"] for row in rows)
    with pytest.raises(Unknown):
        ask_by_name(examples, "企业的二级供应商", {"firm": "没有这一家"})
    with pytest.raises(UnknownQuery, match="没有名为"):
        ask_by_name(examples, "企业的三级供应商", {})
    with pytest.raises(BadParameter, match="没有填"):
        ask_by_name(examples, "企业的二级供应商", {})
    with pytest.raises(BadParameter, match="不是日期"):
        ask_by_name(examples, "到期的资质", {"until": "明天"})
    with pytest.raises(BadParameter, match="没有这个参数"):
        ask_by_name(examples, "到期的资质", {"colour": "x"})


def test_whole_nodes_and_paths_come_with_captions_and_without_what_the_store_packs(examples):
    text = "MATCH p = shortestPath((a:Enterprise {name: $one})-[*1..6]-(b:Enterprise {name: $other})) RETURN a, p"
    row = ask(examples, text, {"one": "示例甲锯床有限公司", "other": "示例甲铸造有限公司"})["rows"][0]
    assert row[0]["kind"] == "企业"
    assert row[0]["values"]["名称"] == "示例甲锯床有限公司"
    assert "records" not in str(row)
    assert text_of(row[1]) == "示例甲锯床有限公司 —供货— 示例甲铸造有限公司"
