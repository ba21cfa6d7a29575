"""The nodes and edges that a load counts are those that its own rows define, however much there was before."""

from __future__ import annotations

import pytest
from builders import BASICS, FIRMS

from graph.city import stated

CHAIN = "示例阀门产业链"
HEAD = ["产业链", "名称", "阶段", "已调查"]
NINE = {
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"]],
    "环节": [HEAD, *([CHAIN, f"示例环节{n}", "中游", "是"] for n in range(9))],
}


def counted(report, what="nodes"):
    return {k: tuple(t.values())[:3] for k, t in report.document()[what].items()}


@pytest.fixture(params=["a few rows, looked up by name", "many rows, read whole"])
def either(request, monkeypatch):
    if "many" in request.param:
        monkeypatch.setattr(stated, "MANY", 0)


def test_a_load_beside_others_counts_its_own(basic_city, load_sheets):
    report = load_sheets(NINE, name="九.xlsx")
    assert counted(report) == {"产业链": (1, 0, 0), "环节": (9, 0, 0)}
    assert counted(report, "edges") == {"IN_CHAIN": (9, 0, 0), "LOCATED_IN": (1, 0, 0)}


def test_one_segment_is_one(basic_city, load_sheets):
    load_sheets(NINE, name="九.xlsx")
    one = {"环节": [HEAD, [CHAIN, "示例环节十", "上游", "否"]]}
    assert counted(load_sheets(one, name="一.xlsx", dry_run=True)) == {"环节": (1, 0, 0)}
    assert counted(load_sheets(one, name="一.xlsx")) == {"环节": (1, 0, 0)}


def test_the_same_file_again_counts_what_it_holds_as_unchanged(basic_city, load_sheets, either):
    load_sheets(NINE, name="九.xlsx")
    again = load_sheets(NINE, name="九.xlsx")
    assert again.batch is None
    assert counted(again) == {"产业链": (0, 0, 1), "环节": (0, 0, 9)}
    assert counted(again, "edges") == {"IN_CHAIN": (0, 0, 9), "LOCATED_IN": (0, 0, 1)}


def test_a_corrected_file_counts_what_it_changes_and_what_it_leaves(basic_city, load_sheets, either):
    load_sheets(NINE, name="九.xlsx")
    rows = [*NINE["环节"][:-1], [CHAIN, "示例环节8", "下游", "是"]]
    assert counted(load_sheets({**NINE, "环节": rows}, name="九.xlsx")) == {"产业链": (0, 0, 1), "环节": (0, 1, 8)}


def test_what_another_file_said_before_is_unchanged(basic_city, load_sheets):
    report = load_sheets({"企业": FIRMS[:2]}, name="另.xlsx")
    assert counted(report)["企业"] == (0, 0, 1)
    assert counted(report, "edges")["STANDS_ON"] == (0, 0, 1)


def test_firms_with_reports_and_products_count_what_their_rows_define(basic_city, load_sheets, either):
    rows = {
        "企业": [["名称", "主要产品", "资质"], ["示例丙公司", "锯条、锯片", "国高(2023)"]],
        "企业年报": [["企业", "年份", "产值(万元)"], ["示例丙公司", 2024, 5], ["示例丙公司", 2023, 4]],
    }
    own = {"企业": 1, "产品": 2, "资质认定": 1, "企业年报": 2}
    assert counted(load_sheets(rows, name="丙.xlsx")) == {k: (n, 0, 0) for k, n in own.items()}
    assert counted(load_sheets(rows, name="丙.xlsx")) == {k: (0, 0, n) for k, n in own.items()}


def test_a_replacement_counts_what_it_takes_away(city, load_sheets):
    load_sheets({**BASICS, "企业": [["名称"], *([f"示例{n}公司"] for n in range(9))]})
    fewer = {**BASICS, "企业": [["名称"], *([f"示例{n}公司"] for n in range(8))]}
    report = load_sheets(fewer, replace=True)
    assert report.document()["nodes"]["企业"] == {"added": 0, "changed": 0, "unchanged": 8, "removed": 1}
