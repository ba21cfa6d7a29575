"""The matrix: a row for each target, a column for each county, those with the gravest lights first."""

from __future__ import annotations

from datetime import date

import pytest

from graph.analysis.config import GapConfig
from graph.answers.plan.matrix import matrix, plan_glance, value_text
from graph.answers.plan.policies import policies_of
from graph.answers.plan.progress import plan_standings
from graph.answers.state import State

TODAY = date(2026, 7, 1)
PLAN = "示例行动方案"
TARGET = ["名称", "任务", "对象", "比较", "数值", "单位", "期限", "计划", "口径"]
SHEETS = {
    "县市区": [["名称", "上级"], ["示例市", None], ["示例县", "示例市"], ["示例邻县", "示例市"]],
    "产业链": [["名称", "县市区"], ["示例锯床产业链", "示例县"], ["示例阀门产业链", "示例邻县"]],
    "计划": [["名称", "起始年", "结束年"], [PLAN, 2024, 2026]],
    "指标": [
        TARGET,
        ["示例立项数", "攻关", "各县市区", "累计≥", 10, "项", "2026-12", PLAN, None],
        ["示例方案编制", "谋划", "各县市区", "完成", None, None, "2024-04", PLAN, None],
        ["示例领军企业数", "培育", "全市", "累计≥", 3, "家", "2026-12", PLAN, None],
        ["示例覆盖率", "技改", "示例县", "≥", 80, "%", "2025-12", None, None],
    ],
    "完成情况": [
        ["指标", "对象", "数值", "单位", "日期"],
        ["示例立项数", "示例县", 1, "项", "2026-06-30"],
        ["示例立项数", "示例邻县", 12, "项", "2026-06-30"],
        ["示例覆盖率", "示例县", 61.5, "%", "2025-12-31"],
    ],
    "延期": [
        ["指标或任务", "对象", "原期限", "新期限", "理由"],
        ["示例方案编制", "示例邻县", "2024-04", "2024-06", "示例"],
    ],
    "政策": [
        ["名称", "县市区", "产业链", "要素", "止"],
        ["示例市补助", None, None, "资金", "2027-12-31"],
        ["示例县用地", "示例县", None, "用地", "2025-12-31"],
        ["示例邻县奖励", "示例邻县", None, "人才", None],
        ["示例锯床专项", None, "示例锯床产业链", "资金;人才", None],
    ],
}


@pytest.fixture
def state(city, load_sheets):
    report = load_sheets(SHEETS)
    assert [f.message for f in report.findings if f.level == "error"] == []
    return State(city, GapConfig(), TODAY)


def ids(state):
    return {str(r["name"]): r["id"] for r in state.reader.nodes("县市区")}


def test_rows_stand_as_the_plan_writes_them_and_columns_by_what_is_late(state):
    table = matrix(plan_standings(state), ids(state))
    assert [r.first.name for r in table.rows] == ["示例立项数", "示例方案编制", "示例领军企业数", "示例覆盖率"]
    assert table.columns == ("全市", "示例县", "示例邻县")
    assert table.lights["示例县"]["逾期"] == 1
    assert sum(table.total.values()) == 6


def test_a_deadline_that_moved_for_one_county_parts_no_row(state):
    row = next(r for r in matrix(plan_standings(state), ids(state)).rows if r.first.name == "示例方案编制")
    assert set(row.cells) == {"示例县", "示例邻县"}
    assert row.deadline == date(2024, 4, 30)
    assert row.spread == "0/2 达标"


def test_a_row_says_what_all_are_asked_and_a_cell_the_value_that_counts(state):
    row = matrix(plan_standings(state), ids(state)).rows[0]
    assert row.asked == "累计不少于10项"
    assert [value_text(s) for s in row.cells["示例邻县"]] == ["12"]
    lone = matrix(plan_standings(state), ids(state)).rows[-1]
    assert [value_text(s) for s in lone.cells["示例县"]] == ["61.5%"]


def test_rows_are_narrowed_by_a_light_and_those_left_out_are_counted(state):
    there = plan_standings(state)
    assert [r.first.name for r in matrix(there, {}, light="逾期").rows] == ["示例覆盖率"]
    table = matrix(there, {}, cells=5)
    assert (len(table.rows), table.hidden, sum(table.total.values())) == (1, 3, 6)


def test_the_first_page_shows_what_is_due_within_ninety_days_and_not_met(city, load_sheets):
    load_sheets(SHEETS)
    table, due = plan_glance(State(city, GapConfig(), date(2026, 11, 20)))
    assert [(r.first.name, len(r.all)) for r in due] == [("示例立项数", 1), ("示例领军企业数", 1)]
    assert set(table.columns) == {"全市", "示例县", "示例邻县"}


def test_a_county_has_its_own_policies_those_of_its_chains_and_those_for_all(state):
    policies = policies_of(state, ids(state)["示例县"])
    assert [(p.node.name, p.over) for p in policies] == [
        ("示例市补助", False),
        ("示例锯床专项", False),
        ("示例县用地", True),
    ]
    assert policies[1].chains == ("示例锯床产业链",)
    assert policies[1].value("要素") == "人才、资金"


def test_a_policy_of_another_city_is_for_none_of_this_and_one_of_the_city_for_all_its_counties(city, load_sheets):
    load_sheets(SHEETS)
    other = [["名称", "上级"], ["示例外市", None], ["示例外县", "示例外市"]]
    load_sheets(
        {"县市区": other, "政策": [["名称", "县市区"], ["示例外市补助", None], ["示例外市用地", "示例外市"]]},
        name="外.xlsx",
    )
    state = State(city, GapConfig(), TODAY)
    assert "示例外市补助" not in [p.node.name for p in policies_of(state, ids(state)["示例县"])]
    assert [p.node.name for p in policies_of(state, ids(state)["示例外县"])] == ["示例外市用地", "示例外市补助"]
