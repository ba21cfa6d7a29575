"""A kind is one file: what it says is enough for sheets, graph, drawings, report, review, export and docs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from builders import BASICS, write_book
from docx import Document
from openpyxl import load_workbook
from views import mindmap_html

from graph.analysis.config import GapConfig
from graph.answers.chains import view_chain
from graph.answers.lookup import find_chain
from graph.answers.papers.report import report_facts
from graph.answers.review import review
from graph.answers.state import State
from graph.city.city import City
from graph.ledger.ledger import Ledger
from graph.model import ChainView
from graph.schema.docs import schema_markdown
from graph.schema.kinds import Schema
from graph.schema.parse import parse_schema, schema_documents
from graph.store.opening import open_store
from ingest.load.pipeline import load
from ingest.workbooks.export import export_tables, write_export
from ingest.workbooks.template import write_template
from viz.chainmap.drawing import chain_scene
from viz.mindmap.tree import mind_tree
from viz.report.deliver import checks
from viz.report.word import write_report

FILE = """
kind: 示例装备
label: Equipment
about: 环节上的关键装备
icon: "⚒"
color: "#5b3a8c"
key: [名称]
aliases: 别名
order: 185
review: compared
shows:
  rank: 45
  carried: true
  asked: true
  card: {key: equipment, count: 装备}
  branch: {title: 装备, facts: [型号], holder: USED_BY, segment: 40, loose: true}
  summary: {title: 装备, unit: 台}
  section: {title: 示例装备, order: 50, columns: [型号, 使用企业]}
  annex: {title: 装备清单, order: 70, columns: [环节, 使用企业]}
columns:
  - {caption: 名称, field: name, type: name, required: true, synonyms: [装备名称]}
  - {caption: 别名, field: aliases, type: names, template: false}
  - {caption: 型号, field: model, type: text}
  - {caption: 产业链, type: ref, list: true, to: [产业链], within: 县市区, edges: [{relation: IN_CHAIN}]}
  - {caption: 环节, type: ref, list: true, to: [环节], within: 产业链, edges: [{relation: ON_SEGMENT}]}
  - {caption: 使用企业, type: ref, list: true, to: [企业], edges: [{relation: USED_BY}]}
---
relation: USED_BY
caption: 使用企业
about: 使用装备的企业
follow: forward
"""
KIND, CHAIN, MILL = "示例装备", "示例锯床产业链", "示例数控淬火生产线装备"
ROWS = {
    **BASICS,
    KIND: [
        ["装备名称", "型号", "产业链", "环节", "使用企业"],
        [MILL, "示例-9", CHAIN, "锯条", "示例甲锯业有限公司"],
        ["示例数控淬火生产线装置", None, CHAIN, None, None],
    ],
}  # fmt: skip


def open_with(schema: Schema, home: Path) -> City:
    home.mkdir()
    city = City(
        Ledger(f"sqlite:///{home / 'ledger.sqlite'}"), open_store(f"ladybug:///{home / 'graph'}", schema), schema
    )
    city.sync()
    return city


@pytest.fixture(scope="module")
def schema() -> Schema:
    return parse_schema([*schema_documents(), *yaml.safe_load_all(FILE)])


@pytest.fixture(scope="module")
def city(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("装备")
    city = open_with(schema, folder / "home")
    assert not load(city, [write_book(folder / "示例.xlsx", ROWS)]).rejected
    yield city
    city.close()


@pytest.fixture(scope="module")
def state(city: City) -> State:
    return State(city, GapConfig(), date(2026, 6, 1))


@pytest.fixture(scope="module")
def view(state: State) -> ChainView:
    return view_chain(state, CHAIN)


def test_the_template_has_its_sheet_and_offers_its_names(schema, view, tmp_path):
    write_template(tmp_path / "模板.xlsx", schema, view)
    sheet = load_workbook(tmp_path / "模板.xlsx")[KIND]
    assert [c.value for c in sheet[1]][:4] == ["名称", "型号", "产业链", "环节"]
    assert any("锯条" in str(rule.formula1) for rule in sheet.data_validations.dataValidation)


def test_rows_become_nodes_and_edges(city):
    relations = city.schema.relations
    ends = city.schema.kinds[KIND], city.schema.kinds["企业"]
    assert MILL in {n["name"] for n in city.store.nodes(ends[0])}
    assert len(city.store.edges(relations["USED_BY"], *ends)) == 1


def test_the_chain_map_lists_and_counts_it(view):
    scene = chain_scene(view)
    card = next(c for c in scene["cards"] if c["name"] == "锯条")
    assert [e["name"] for e in card["details"]["equipment"]] == [MILL]
    assert "装备1" in card["facts"]
    assert {"key": "equipment", "caption": KIND, "kind": KIND, "color": "#5b3a8c"} in scene["kinds"]


def test_the_mind_map_shows_it_with_who_uses_it_and_what_has_no_segment(view):
    tree = mind_tree(view)
    box = next(n for n in tree.walk() if n.label == f"装备：{MILL}")
    assert (box.color, box.facts, [c.label for c in box.children]) == (
        "#5b3a8c", ["型号：示例-9"], ["企业：示例甲锯业有限公司"],
    )  # fmt: skip
    assert "装备：示例数控淬火生产线装置" in {n.label for n in tree.walk()}
    assert f'k-{KIND}">{KIND}</span>' in mindmap_html(view, title="示例")


def test_the_report_has_its_section_its_annex_and_its_number(state, view, tmp_path):
    write_report(report_facts(state, find_chain(state, CHAIN, None)), tmp_path / "报告.docx")
    paper = Document(str(tmp_path / "报告.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "装备2台" in text
    assert "附表　七清单" in text
    rows = [[c.text for c in row.cells] for table in paper.tables for row in table.rows]
    assert [MILL, "示例-9", "示例甲锯业有限公司"] in [r[:3] for r in rows]
    assert [MILL, "锯条", "示例甲锯业有限公司"] in [r[:3] for r in rows]


def test_the_check_list_asks_for_it(view):
    assert any(c.item == KIND and not c.thin for c in checks(view))


def test_the_review_compares_its_names_and_decisions_may_name_it(city, state):
    queue = review(state, KIND)
    assert [{s["name"], s["candidates"][0]["name"]} for s in queue["same"]] == [{MILL, "示例数控淬火生产线装置"}]
    assert KIND in city.schema.kinds["决定"].by_caption["类别"].words


def test_the_export_loads_again_to_the_same(city, schema, tmp_path):
    files = write_export(tmp_path / "导出.xlsx", export_tables(city.ledger.records(), schema))
    again = open_with(schema, tmp_path / "home")
    try:
        load(again, files)
        kind = schema.kinds[KIND]
        assert {n["id"] for n in again.store.nodes(kind)} == {n["id"] for n in city.store.nodes(kind)}
    finally:
        again.close()


def test_the_page_of_kinds_tells_of_it(schema):
    page = schema_markdown(schema)
    assert f"### {KIND}" in page
    assert f"| {KIND} | `Equipment` |" in page
    assert "链图、思维导图、报告、附表、缺项自查" in page
