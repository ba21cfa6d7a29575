"""What must not stand in a signed paper is named; the reports of rich, bare and odd worlds hold none of it."""

from __future__ import annotations

from datetime import date

import pytest
from builders import BASICS, CHAINS, COUNTIES
from views import RICH, facts_of

from viz.paper.document import Paper
from viz.paper.settings import PaperSettings
from viz.report.lint import faults, sentence_faults
from viz.report.word import report_paper

CHAIN = "示例锯床产业链"
UNSURVEYED = {
    **BASICS,
    "环节": [
        ["产业链", "名称", "阶段"],
        *([CHAIN, f"示例环节{n}", None if n in "乙丁" else "上游"] for n in "甲乙丙丁"),
    ],
    "企业": BASICS["企业"][:1],
}
MANY_LINKS = {
    **BASICS,
    "环节": [["产业链", "名称", "阶段", "已调查"], *([CHAIN, f"示例工序{n:02}", "中游", "是"] for n in range(15))],
    "企业": BASICS["企业"][:1],
}


@pytest.mark.parametrize(("text", "fault"), [
    ("产值None万元", "程序用词"), ("增幅nan", "程序用词"), ("甲|乙", "符号"), ("再有2家 → 稳定", "符号"), ("见空表", "空表"),
    ("缙云县缙云机械装备产业链", "重复的地名"), ("示例县示例县的产值", "重复的词"), ("锯床整机锯床整机", "重复的词"), ("产值增长。。", "标点"),
    ("可用命令 lianpu show 查看", "命令或文件名"), ("见企业.xlsx", "命令或文件名"), ("请在“企业”表填写", "对读者的请求"), ("填写后重新生成本报告", "对读者的请求"),
])  # fmt: skip
def test_what_must_not_stand_there_is_named(text, fault):
    assert [f.partition("：")[0] for f in sentence_faults(text)] == [fault]


@pytest.mark.parametrize("text", [
    "缙云县机械装备产业链计入评定的环节11个（上游5个、中游5个），已摸底6个。", "示例县示例邻县协同配套", "Nantong Handan Ltd.", "申请在途", "[1]—[26]",
])  # fmt: skip
def test_a_proper_sentence_has_no_fault(text):
    assert sentence_faults(text) == []


def test_an_empty_heading_and_none_where_nobody_looked_are_faults():
    paper = Paper("示例", date(2026, 6, 1))
    paper.heading("一、空的一章")
    paper.heading("二、有内容的一章")
    paper.table("环节", ("环节", "状态", "在产企业"), [("示例环节", "未摸底", "0家"), ("示例另一环节", "缺失", "0家")])
    paper.heading("又空的一节", 2)
    assert faults(paper) == [
        "示例环节、未摸底、0家……未摸底的写了0家", "一、空的一章……标题下没有内容", "又空的一节……标题下没有内容",
    ]  # fmt: skip


@pytest.mark.parametrize("sheets", [RICH, BASICS, {"县市区": COUNTIES, "产业链": CHAINS}, UNSURVEYED, MANY_LINKS])
def test_a_report_holds_nothing_of_it_whatever_is_known(sheets, tmp_path):
    paper = report_paper(facts_of(tmp_path, sheets, CHAIN), PaperSettings())
    assert faults(paper) == []
    assert sum(text.endswith("暂无数据，列入附录“待补清单”。") for text in paper.texts()) == len(
        {text for text in paper.texts() if text.endswith("暂无数据，列入附录“待补清单”。")}
    ), "each subject says it once"
