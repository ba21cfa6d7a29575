"""Decisions about names are rows: they count, they can be undone, they go out and come back."""

from __future__ import annotations

from datetime import date

import pytest
from builders import BASICS, write_book

from graph.analysis.config import load_config
from graph.answers.nodes import show
from graph.answers.state import State
from graph.city.city import open_city
from ingest.load.pipeline import load
from ingest.workbooks.export import export_tables, write_export

HEAD = ["决定", "类别", "名称", "对象", "理由", "决定人", "决定时间"]


def decide(*rows):
    return {"决定": [HEAD, *([*row, None, "示例科", "2025-06-01"] for row in rows)]}


def nodes(city, kind):
    return {r["name"]: r for r in city.store.nodes(city.schema.kinds[kind])}


def stands(city):
    kinds = city.schema.kinds
    names = {r["id"]: r["name"] for k in ("企业", "环节") for r in city.store.nodes(kinds[k])}
    edges = city.store.edges(city.schema.relations["STANDS_ON"], kinds["企业"], kinds["环节"])
    return {(names[e["source"]], names[e["target"]]) for e in edges}


def test_two_names_become_one_firm_and_the_other_name_finds_it(basic_city, load_sheets):
    load_sheets(
        {
            "企业": [["名称", "县市区"], ["甲锯业", "示例县"]],
            "供应关系": [["供方", "需方"], ["甲锯业", "示例乙机床有限公司"]],
        },
        name="补.xlsx",
    )
    before = basic_city.hash()
    report = load_sheets(decide(["合并", "企业", "示例甲锯业有限公司", "甲锯业"]), name="决定.xlsx")
    firms = nodes(basic_city, "企业")
    assert set(firms) == {"示例甲锯业有限公司", "示例乙机床有限公司"}
    assert firms["示例甲锯业有限公司"]["aliases"] == "甲锯业"
    assert basic_city.projection().edges["SUPPLIES"]
    basic_city.undo(report.batch)
    assert basic_city.hash() == before
    assert "甲锯业" in nodes(basic_city, "企业")


def test_a_merged_name_leads_to_the_rows_that_give_it(basic_city, load_sheets):
    load_sheets({"企业": [["名称"], ["甲锯业"]]}, name="补.xlsx")
    load_sheets(decide(["合并", "企业", "示例甲锯业有限公司", "甲锯业"]), name="决定.xlsx")
    told = show(State(basic_city, load_config({}), date(2025, 6, 1)), "企业", "甲锯业")["values"]["曾用名"]
    assert told["value"] == "甲锯业"
    assert {s["file"] for s in (told["source"], *told["also"])} == {"补.xlsx", "决定.xlsx"}


def test_a_name_that_waits_is_found_once_it_is_merged(basic_city, load_sheets):
    waiting = load_sheets({"供应关系": [["供方", "需方"], ["甲锯业", "示例乙机床有限公司"]]}, name="供应.xlsx")
    assert waiting.waiting == 1
    decided = load_sheets(decide(["合并", "企业", "示例甲锯业有限公司", "甲锯业"]), name="决定.xlsx")
    assert decided.waiting == 0
    assert nodes(basic_city, "企业")["示例甲锯业有限公司"]["aliases"] == "甲锯业"


@pytest.mark.parametrize(
    ("kind", "rows", "kept", "other"),
    [
        ("平台", [["名称", "类型"], ["示例锯床研究院", "新型研发机构"], ["锯床研究院", None]], "示例锯床研究院", "锯床研究院"),
        ("高校院所", [["名称", "类型"], ["示例大学", "高校"], ["示例大", None]], "示例大学", "示例大"),
        ("关键技术", [["名称", "环节"], ["锯条焊接技术", "锯条"], ["锯条对焊技术", None]], "锯条焊接技术", "锯条对焊技术"),
        ("产品", [["名称", "环节"], ["双金属锯条", "锯条"], ["双金属带锯条", None]], "双金属锯条", "双金属带锯条"),
        ("环节", [["产业链", "名称"], ["示例锯床产业链", "锯片"]], "示例县/示例锯床产业链/锯条", "示例锯床产业链/锯片"),
    ],
)  # fmt: skip
def test_other_kinds_merge_too(basic_city, load_sheets, kind, rows, kept, other):
    load_sheets({kind: rows}, name="补.xlsx")
    before, count = basic_city.hash(), len(nodes(basic_city, kind))
    report = load_sheets(decide(["合并", kind, kept, other]), name="决定.xlsx")
    merged = nodes(basic_city, kind)
    last_kept, last_other = kept.rpartition("/")[2], other.rpartition("/")[2]
    assert len(merged) == count - 1
    assert merged[last_kept]["aliases"] == last_other
    basic_city.undo(report.batch)
    assert basic_city.hash() == before


def test_products_that_are_only_named_merge(basic_city, load_sheets):
    load_sheets({"企业": [["名称", "主要产品"], ["示例丙公司", "带锯条"], ["示例丁公司", "锯条带"]]}, name="补.xlsx")
    load_sheets(decide(["合并", "产品", "带锯条", "锯条带"]), name="决定.xlsx")
    assert {n: r["aliases"] for n, r in nodes(basic_city, "产品").items()} == {"带锯条": "锯条带"}
    assert len(basic_city.projection().edges["MAKES"]) == 2


def test_segments_of_two_chains_never_merge(basic_city, load_sheets):
    load_sheets(
        {
            "产业链": [["名称", "县市区"], ["示例阀门产业链", "示例县"]],
            "环节": [["产业链", "名称"], ["示例阀门产业链", "铸件"]],
        },
        name="补.xlsx",
    )
    report = load_sheets(decide(["合并", "环节", "示例锯床产业链/锯条", "示例阀门产业链/铸件"]), name="决定.xlsx")
    assert report.waiting == 1
    assert {"锯条", "铸件"} <= set(nodes(basic_city, "环节"))


def test_the_later_decision_counts_whichever_name_comes_first(basic_city, load_sheets):
    load_sheets({"企业": [["名称"], ["甲锯业"]]}, name="补.xlsx")
    load_sheets(decide(["合并", "企业", "示例甲锯业有限公司", "甲锯业"]), name="一.xlsx")
    load_sheets(decide(["不合并", "企业", "甲锯业", "示例甲锯业有限公司"]), name="二.xlsx")
    assert {"甲锯业", "示例甲锯业有限公司"} <= set(nodes(basic_city, "企业"))


def test_kept_apart_wins_over_a_former_name_and_over_a_third_name_between(basic_city, load_sheets):
    load_sheets({"企业": [["名称", "曾用名"], ["示例丙公司", "示例丁公司"], ["示例丁公司", None]]}, name="补.xlsx")
    assert "示例丁公司" not in nodes(basic_city, "企业")
    load_sheets(decide(["不合并", "企业", "示例丙公司", "示例丁公司"]), name="决定.xlsx")
    assert "示例丁公司" in nodes(basic_city, "企业")


def test_a_valid_code_is_stronger_than_a_decision(basic_city, load_sheets):
    codes = ["91331100143052304E", "91110000600037341L"]
    rows = [["名称", "统一社会信用代码"], ["示例丙公司", codes[0]], ["示例丁公司", codes[1]]]
    load_sheets({"企业": rows}, name="补.xlsx")
    assert all(nodes(basic_city, "企业")[n]["code"] for n in ("示例丙公司", "示例丁公司"))
    report = load_sheets(decide(["合并", "企业", "示例丙公司", "示例丁公司"]), name="决定.xlsx")
    assert {"示例丙公司", "示例丁公司"} <= set(nodes(basic_city, "企业"))
    assert any("没有合并" in f.message and f.where == "决定!C2" for f in report.findings)


def test_a_firm_is_placed_on_a_segment_and_taken_off_by_undo(basic_city, load_sheets):
    load_sheets({"企业": [["名称", "县市区"], ["示例丙公司", "示例县"]]}, name="补.xlsx")
    before = basic_city.hash()
    report = load_sheets(decide(["归入环节", "企业", "示例丙公司", "示例县/示例锯床产业链/锯条"]), name="决定.xlsx")
    assert ("示例丙公司", "锯条") in stands(basic_city)
    basic_city.undo(report.batch)
    assert basic_city.hash() == before


def test_a_placing_waits_for_its_firm_or_segment(basic_city, load_sheets):
    rows = [
        ["归入环节", "企业", "示例丙公司", "示例锯床产业链/锯条"],
        ["归入环节", "企业", "示例甲锯业有限公司", "示例锯床产业链/锯片"],
    ]
    report = load_sheets(decide(*rows), name="决定.xlsx")
    assert {(w["where"], w["name"]) for w in report.outcome.waiting} == {
        ("决定!C2", "示例丙公司"), ("决定!D3", "示例锯床产业链/锯片"),
    }  # fmt: skip
    load_sheets({"企业": [["名称"], ["示例丙公司"]]}, name="补.xlsx")
    assert ("示例丙公司", "锯条") in stands(basic_city)


def test_not_placing_never_removes_what_a_row_states(basic_city, load_sheets):
    load_sheets(decide(["不归入环节", "企业", "示例甲锯业有限公司", "示例锯床产业链/锯条"]), name="决定.xlsx")
    assert ("示例甲锯业有限公司", "锯条") in stands(basic_city)


def test_decisions_go_out_and_come_back_to_the_same_hash(basic_city, load_sheets, tmp_path):
    load_sheets(
        {"企业": [["名称"], ["甲锯业"], ["示例丙公司"]], "平台": [["名称", "别名"], ["示例锯床研究院", "锯研院"]]},
        name="补.xlsx",
    )
    load_sheets(
        decide(
            ["合并", "企业", "示例甲锯业有限公司", "甲锯业"], ["不合并", "企业", "示例甲锯业有限公司", "示例乙机床有限公司"],
            ["归入环节", "企业", "示例丙公司", "示例锯床产业链/锯条"], ["合并", "环节", "示例锯床产业链/带锯床", "示例锯床产业链/锯床"],
        ),
        name="决定.xlsx",
    )  # fmt: skip
    path = tmp_path / "导出.xlsx"
    write_export(path, export_tables(basic_city.ledger.records(), basic_city.schema))
    again = open_city(tmp_path / "again")
    load(again, [path])
    assert again.hash() == basic_city.hash()
    again.close()


def test_the_order_of_loads_does_not_matter(tmp_path):
    books = [
        write_book(tmp_path / "一.xlsx", dict(BASICS)),
        write_book(tmp_path / "二.xlsx", {"企业": [["名称", "主要产品"], ["甲锯业", "锯条"]]}),
        write_book(tmp_path / "三.xlsx", decide(["合并", "企业", "示例甲锯业有限公司", "甲锯业"], ["归入环节", "企业", "甲锯业", "锯条"])),
    ]  # fmt: skip
    hashes = set()
    for number, order in enumerate((books, books[::-1])):
        city = open_city(tmp_path / str(number))
        for book in order:
            load(city, [book])
        hashes.add(city.hash())
        city.close()
    assert len(hashes) == 1


def test_a_wrong_word_is_an_error_that_says_the_list(basic_city, load_sheets):
    report = load_sheets(decide(["并", "企业", "甲", "乙"]), name="决定.xlsx")
    assert report.rows.rejected == 1
    assert any("归入环节" in f.message + f.hint for f in report.findings if f.level == "error")
