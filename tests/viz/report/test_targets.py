"""The chapter on targets: those of the chain, its county and its city, and of no other."""

from __future__ import annotations

from datetime import date

from builders import BASICS, write_book
from docx import Document

from graph.analysis.config import GapConfig
from graph.answers.lookup import find_chain
from graph.answers.papers.report import report_facts
from graph.answers.state import State
from ingest.load.pipeline import load
from viz.report.word import write_report

CHAIN = "示例锯床产业链"
DAY = date(2026, 11, 1)
SHEETS = {
    **BASICS,
    "产业链": [*BASICS["产业链"], ["示例邻县链", "示例邻县"]],
    "指标": [
        ["名称", "对象", "比较", "数值", "单位", "期限", "基期年", "基期值"],
        ["示例项目数", CHAIN, "累计≥", 6, "项", "2024-12-31", None, None],
        ["示例项目数", CHAIN, "累计≥", 15, "项", "2026-12-31", None, None],
        ["示例产值", CHAIN, "增长≥", 8, "%", "2026-12-31", 2024, 177100],
        ["示例覆盖率", "示例县", "≥", 85, "%", "2026-12-31", None, None],
        ["示例市指标", "示例市", "≥", 3, "家", "2026-12-31", None, None],
        ["示例全市指标", "全市", "倍增", None, "家", "2028-12-31", 2023, 6],
        ["示例邻县指标", "示例邻县", "≥", 1, "项", "2026-12-31", None, None],
        ["示例邻链指标", "示例邻县链", "≥", 1, "项", "2026-12-31", None, None],
        ["示例企业指标", "示例甲锯业有限公司", "≥", 1, "万元", "2026-12-31", None, None],
    ],
    "完成情况": [
        ["指标", "对象", "数值", "日期", "单位"],
        ["示例项目数", CHAIN, 6, "2024-12-20", "项"],
        ["示例项目数", CHAIN, 11, "2026-06-30", "项"],
        ["示例产值", CHAIN, 188300, "2025-12-31", "万元"],
        ["示例覆盖率", "示例县", 83, "2025-12-31", "%"],
        ["示例全市指标", "全市", 8, "2025-12-31", "家"],
    ],
}  # fmt: skip
ELSEWHERE = {
    "县市区": [["名称", "级别", "上级"], ["别市", "市", None], ["别县", "县", "别市"]],
    "指标": [["名称", "对象", "比较", "数值", "单位", "期限"], ["别市全市指标", "全市", "≥", 1, "项", "2026-12-31"]],
}


def rows_of(state, path):
    write_report(report_facts(state, find_chain(state, CHAIN, None)), path)
    table = next(t for t in Document(str(path)).tables if t.rows[0].cells[0].text == "指标")
    return [[c.text for c in row.cells] for row in table.rows[1:]]


def test_every_target_of_chain_county_and_city_is_there_with_the_value_by_its_deadline(city, tmp_path):
    load(city, [write_book(tmp_path / "甲.xlsx", SHEETS), write_book(tmp_path / "乙.xlsx", ELSEWHERE)])
    rows = rows_of(State(city, GapConfig(), DAY), tmp_path / "r.docx")
    assert [(r[0], r[4], r[5], r[6]) for r in rows] == [
        ("示例项目数", "6项（2024-12-20）", "达标", ""),
        ("示例产值", "6.3%（2025-12-31）", "滞后", "还差1.7个百分点"),
        ("示例项目数", "11项（2026-06-30）", "滞后", "还差4项，每月约2项"),
        ("示例市指标", "未报", "未报", "填报"),
        ("示例覆盖率", "83%（2025-12-31）", "正常", "还差2个百分点"),
        ("示例全市指标", "8家（2025-12-31）", "正常", "还差4家，每月约0.2家"),
        ("示例企业指标", "未报", "未报", "填报"),
    ]
    assert all(r[8] for r in rows), "each says its rows"


def test_a_plan_in_a_file_of_its_own_holds_for_every_city(city, tmp_path):
    plan = {"指标": ELSEWHERE["指标"]}
    load(city, [write_book(tmp_path / "甲.xlsx", BASICS), write_book(tmp_path / "计划.xlsx", plan)])
    assert [r[0] for r in rows_of(State(city, GapConfig(), DAY), tmp_path / "r.docx")] == ["别市全市指标"]
