"""Needs and what may answer them: from two files of any form, and from what a city holds."""

from __future__ import annotations

from datetime import date

import pytest
from builders import write_book, write_csv

from graph.analysis.config import GapConfig
from graph.answers.matching import matching, of_tables
from graph.answers.state import State
from graph.errors import NothingRead
from graph.schema.parse import load_schema
from ingest.match_table import read_table

KINDS = load_schema().kinds
NEEDS = [["id", "title", "detail"], ["N1", "带锯床锯切振动抑制", "降低噪声"], ["N2", "茶叶烘干节能", None]]


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "xlsx"])
def test_a_table_reads_the_same_whatever_its_form(form, tmp_path):
    rows = [["技术需求汇总表", None, None], *NEEDS]
    if form == "xlsx":
        path = write_book(tmp_path / "需求.xlsx", {"Sheet1": rows})
    else:
        path = write_csv(tmp_path / "需求.csv", [[c or "" for c in row] for row in rows], form)
    read = read_table(path, KINDS["技术需求"])
    assert [(t.key, t.title, t.detail) for t in read.things] == [tuple(c or "" for c in row) for row in NEEDS[1:]]
    assert read.notes == []


def test_of_a_template_only_the_sheet_of_the_needs_is_read(tmp_path):
    sheets = {"填写说明": [["名称", "说明"], ["县市区", "填写县名"]], "技术需求": NEEDS}
    read = read_table(write_book(tmp_path / "模板.xlsx", sheets), KINDS["技术需求"])
    assert [t.key for t in read.things] == ["N1", "N2"]


def test_columns_of_the_template_and_their_synonyms_are_known_and_missing_ones_told(tmp_path):
    rows = [
        ["成果名称", "成果简介", "完成单位", "关键词"],
        ["高速带锯床", "抑制振动", "示例大学、示例所", "锯切；振动"],
    ]
    read = read_table(write_csv(tmp_path / "成果.csv", rows), KINDS["科技成果"])
    (thing,) = read.things
    assert (thing.key, thing.title, thing.detail) == ("2", "高速带锯床", "抑制振动")
    assert thing.holders == ("示例大学", "示例所")
    assert thing.marks == ("锯切", "振动")
    assert [n.endswith("没有编号列") for n in read.notes] == [True]


def test_a_number_that_comes_twice_is_told_and_a_table_without_titles_is_none(tmp_path):
    read = read_table(write_csv(tmp_path / "需求.csv", [*NEEDS, ["N1", "又一项", ""]]), KINDS["技术需求"])
    assert len(read.things) == 2
    assert "N1 与前面的重复" in read.notes[0]
    with pytest.raises(NothingRead, match="没有写着名称的列"):
        read_table(write_csv(tmp_path / "无.csv", [["甲", "乙"], ["1", "2"]]), KINDS["技术需求"])
    with pytest.raises(NothingRead, match="没有这个文件"):
        read_table(tmp_path / "没有.csv", KINDS["技术需求"])


def test_files_are_matched_and_the_reasons_add_up_to_the_score(tmp_path):
    results = [["id", "title", "detail"], ["A1", "茶叶热泵烘干机", "节能"], ["A2", "带锯床减振装置", "抑制锯切振动"]]
    needs, offers = (
        read_table(write_csv(tmp_path / f"{k}.csv", rows), KINDS[k]).things
        for k, rows in (("技术需求", NEEDS), ("科技成果", results))
    )
    document = of_tables(needs, offers, top=10)
    assert [(m["need"], m["hits"][0]["achievement"]) for m in document["matches"]] == [("N1", "A2"), ("N2", "A1")]
    for match in document["matches"]:
        scores = [h["score"] for h in match["hits"]]
        assert scores == sorted(scores, reverse=True)
        for hit in match["hits"]:
            assert sum(r["points"] for r in hit["reasons"]) == pytest.approx(hit["score"], abs=1e-9)


def test_a_home_says_for_each_need_which_results_and_people_may_answer_and_what_is_linked(basic_city, load_sheets):
    chain = "示例锯床产业链"
    load_sheets(
        {
            "技术需求": [["名称", "产业链", "环节"], ["带锯床锯切振动抑制", chain, "带锯床"], ["茶叶烘干", None, None]],
            "高校院所": [["名称"], ["示例理工大学"]],
            "科技成果": [
                ["名称", "产业链", "环节", "持有单位", "对应技术需求"],
                ["带锯床减振装置", chain, "带锯床", "示例理工大学", None],
                ["示例成果", None, None, None, "带锯床锯切振动抑制"],
            ],
            "项目": [["名称", "对应技术需求"], ["示例攻关", "带锯床锯切振动抑制"]],
        }
    )
    state = State(basic_city, GapConfig(), date(2025, 6, 1))
    document = matching(state, chain)
    (match,) = document["matches"]
    assert [(h["title"], h["linked"]) for h in match["hits"]] == [("示例成果", True), ("带锯床减振装置", False)]
    assert match["hits"][1]["holders"] == ["示例理工大学"]
    assert [p["name"] for p in match["projects"]] == ["示例攻关"]
    assert match["chains"][0]["chain"] == chain
    assert match["fits"]  # by the link that a person made
    assert matching(state)["needs"] == 2
    assert matching(state, county="示例邻县")["needs"] == 0


def test_an_institute_answers_by_the_results_that_it_holds_and_the_technologies_in_which_it_leads(
    basic_city, load_sheets
):
    chain, technology = "示例锯床产业链", "双金属带锯条焊接技术"
    load_sheets(
        {
            "高校院所": [["名称"], ["甲大学"], ["乙大学"], ["丙大学"]],
            "关键技术": [["名称", "产业链", "优势单位"], [technology, chain, "甲大学"]],
            "科技成果": [["名称", "持有单位"], ["防止带锯条焊缝易断的焊接装置", "乙大学"]],
            "技术需求": [["名称", "产业链", "关键技术"], ["带锯条焊缝易断", chain, technology]],
        }
    )
    (match,) = matching(State(basic_city, GapConfig(), date(2025, 6, 1)), chain)["matches"]
    assert {o["title"] for o in match["others"]} == {"甲大学", "乙大学"}
    reasons = {o["title"]: {r["term"] for r in o["reasons"]} for o in match["others"]}
    assert f"同属：{technology}" in reasons["甲大学"]
