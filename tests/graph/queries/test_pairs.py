"""Pairs of a need and what may answer it: steps by day, refusals that last until facts change."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import ViewNode
from graph.plan.pair import NeedPair, basis_of, pair_steps
from graph.queries.pair_reader import read_pairs
from graph.queries.rows import GraphReader

NEEDS = [["名称", "产业链"], ["示例减振", "示例锯床产业链"], ["示例降噪", "示例锯床产业链"]]
RESULTS = [["名称"], ["示例减振器"]]
TALENTS = [["姓名"], ["示例团队"]]
STEPS = [
    ["技术需求", "对象", "状态", "理由", "日期", "经办", "活动", "企业"],
    ["示例减振", "示例减振器", "洽谈", None, "2026-05-20", "示例员", "示例对接会", "示例甲锯业有限公司"],
    ["示例减振", "示例减振器", "推荐", None, "2026-03-01", None, None, None],
    ["示例降噪", "示例团队", "已对接", None, "2026-03", None, None, None],
    ["示例降噪", "无人知道的成果", "推荐", None, "2026-03-02", None, None, None],
]
EVENTS = [["名称", "日期"], ["示例对接会", "2026-05-20"]]


def a_pair(*rows):
    return NeedPair("p", "n", "o", "科技成果", pair_steps(list(enumerate(rows, 1))))


def test_every_dated_row_is_a_step_and_the_last_word_counts(basic_city, load_sheets):
    load_sheets({"技术需求": NEEDS, "科技成果": RESULTS, "人才": TALENTS, "活动": EVENTS, "供需对接": STEPS})
    city = basic_city
    pairs = read_pairs(GraphReader(city.store, city.schema), lambda s: {r.seq: r for r in city.ledger.records(only=s)})
    (own,) = [p for p in pairs if p.object_kind == "科技成果"]
    assert [s.day for s in own.steps] == [date(2026, 3, 1), date(2026, 5, 20)]
    assert (len(own.events), len(own.firms)) == (1, 1)
    assert own.at(date(2026, 4, 1)).state == "推荐"
    now = own.at(date(2026, 6, 1))
    assert (now.state, now.value("经办")) == ("洽谈", "示例员")
    assert own.at(date(2026, 2, 1)) is None
    assert "无人知道的成果" in [w["name"] for w in city.store.waiting()]  # kept until somebody defines it


def test_somebody_elses_word_for_a_state_is_asked_about_and_not_guessed(basic_city, load_sheets):
    report = load_sheets({"技术需求": NEEDS, "人才": TALENTS, "供需对接": [STEPS[0], STEPS[3]]})
    assert any("已联系" in f"{f.message}{f.hint}" for f in report.findings)


def test_the_reason_is_that_of_the_state_it_was_given_for():
    back = a_pair(
        {"状态": "未成", "理由": "示例价高", "日期": "2026-01-01"},
        {"状态": "洽谈", "日期": "2026-02-01"},
        {"说明": "示例续谈", "日期": "2026-02-02"},
    ).at(date(2026, 3, 1))
    assert (back.state, back.reason) == ("洽谈", None)


@pytest.mark.parametrize(
    ("basis", "now", "news", "changed"),
    [("同", "同", True, False), ("同", "异", False, True), (None, "异", False, False), (None, "异", True, True)],
)
def test_a_refusal_holds_until_what_it_was_about_changes(basis, now, news, changed):
    refused = a_pair({"状态": "未成", "日期": "2026-01-01", "依据": basis}).at(date(2026, 6, 1))
    assert refused.outdated(now, news) is changed


def test_who_is_in_charge_is_no_fact_that_makes_anything_fit():
    def need(**values):
        return ViewNode("n", "技术需求", "示例需求", values, ())

    assert basis_of(need(责任人="甲", 需求描述="丙")) == basis_of(need(责任人="乙", 需求描述="丙", 进展="攻关中"))
    assert basis_of(need(需求描述="丙")) != basis_of(need(需求描述="丁"))
