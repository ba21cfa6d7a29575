"""企业画像: what a firm is before its rows, and what nobody said of it."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from builders import BASICS, write_book

from graph.analysis.config import GapConfig
from graph.answers.state import State
from graph.answers.workbench.profile import firm_profile
from ingest.load.pipeline import load
from viz.charts.firm_years import firm_years

A, B = "示例甲锯业有限公司", "示例乙机床有限公司"
CHAIN = "示例锯床产业链"
SHEETS = {
    **BASICS,
    "企业": [*BASICS["企业"], ["示例丙锯业有限公司", "示例县", CHAIN, "锯条", 300, 2024, "在产"]],
    "资质认定": [
        ["企业", "资质", "年份", "级别", "有效期止"],
        [A, "国家高新技术企业", 2021, "国家", None], [A, "制造业单项冠军", 2022, "国家", "2027-12-31"], [A, "省隐形冠军", 2019, "省", None],
    ],
    "企业年报": [["企业", "年份", "产值(万元)", "利润(万元)", "研发机构"], [A, 2024, 100, -20, "否"], [A, 2025, None, 30, "是"]],
    "平台": [["名称", "依托单位", "有场地", "专职人数"], ["示例甲研究院", A, "是", 2]],
    "技术需求": [["名称", "提出单位", "产业链", "类别"], ["示例锯切减振", A, CHAIN, "关键"]],
    "供应关系": [["供方", "需方", "内容", "金额(万元)", "年份"], [A, B, "锯条", 80, 2025]],
}  # fmt: skip


@pytest.fixture
def state(city, tmp_path):
    load(city, [write_book(tmp_path / "示例.xlsx", SHEETS)])
    return State(city, GapConfig(), date(2026, 6, 1))


def test_a_profile_says_where_the_firm_stands_who_else_could_and_what_is_still_valid(state):
    profile = firm_profile(state, A)
    (stand,) = profile["stands"]
    assert (stand["segment"], stand["share"], [o["name"] for o in stand["others"]]) == (
        "锯条", 0.25, ["示例丙锯业有限公司"],
    )  # fmt: skip
    assert [(h["name"], h["until"], h["stated"], h["valid"]) for h in profile["honours"]] == [
        ("制造业单项冠军", "2027-12-31", True, True),
        ("省隐形冠军", None, False, True),
        ("国家高新技术企业", "2024-12-31", False, False),
    ]
    (platform,) = profile["institutions"]
    assert (platform["six"]["有场地"], platform["six"]["有人员"], platform["six"]["有制度"]) == (True, False, None)
    assert profile["has_institution"] == "是"
    assert [(t["name"], t["sells"], t["amount"]) for t in profile["ties"]] == [(B, True, 80)]
    assert [(t["name"], t["about"]) for t in profile["things"]["技术需求"]] == [("示例锯切减振", "关键")]
    assert all(x["evidence"] for x in (*profile["stands"], *profile["honours"], *profile["years"], *profile["ties"]))


def test_a_year_that_says_nothing_has_no_bar_and_a_loss_hangs_below_the_line(state):
    profile = firm_profile(state, A)
    assert [y["year"] for y in profile["years"]] == [2024, 2025]
    drawing = firm_years(profile["years"])
    ElementTree.fromstring(drawing)
    assert drawing.count("<rect") == 3  # one output, two profits
    assert drawing.count(">—<") == 1
    assert "营业收入" not in drawing
    assert firm_years([]) == "" == firm_years(firm_profile(state, B)["years"])


def test_a_firm_of_which_nothing_is_said_has_an_empty_profile(state, city, tmp_path):
    load(city, [write_book(tmp_path / "外.xlsx", {"企业": [["名称", "状态"], ["示例外地<b>公司", "外部"]]})])
    profile = firm_profile(State(city, GapConfig(), date(2026, 6, 1)), "示例外地<b>公司")
    assert not any(
        profile[k] for k in ("makes", "stands", "honours", "years", "institutions", "ties", "things", "leads")
    )
    assert profile["has_institution"] is None
