"""供需对接: what people decided about a need stays decided, and meetings and libraries say the same as the rows."""

from __future__ import annotations

from datetime import date

import pytest

from graph.analysis.config import GapConfig
from graph.answers.lookup import find_chain
from graph.answers.matching import matching
from graph.answers.matching.library import library
from graph.answers.matching.meeting import events, meeting
from graph.answers.matching.pairings import pairings
from graph.answers.state import State

CHAIN = "示例锯床产业链"
SHEETS = {
    "技术需求": [["名称", "产业链", "提出企业", "需求描述"], ["带锯床锯切振动抑制", CHAIN, "示例乙机床有限公司", "示例"]],
    "科技成果": [
        ["名称", "产业链", "持有单位", "入库级别", "年份", "摘要"],
        ["带锯床振动抑制装置", CHAIN, "示例大学", "省", 2025, "示例"],
        ["带锯床锯切降振方法", CHAIN, "示例大学", "县", 2025, "示例"],
        ["茶叶烘干", None, "示例大学", None, 2025, "示例"],
    ],
    "高校院所": [["名称"], ["示例大学"]],
    "人才": [["姓名", "类型", "团队", "产业链"], ["示例员甲", "科技专员", "示例队", CHAIN], ["示例员乙", "专家", None, CHAIN]],
    "活动": [["名称", "类型", "日期", "产业链"], ["示例对接会", "对接会", "2026-05-20", CHAIN], ["示例赛", "人才赛", "2026-05-21", CHAIN]],
}  # fmt: skip
HEAD = ["技术需求", "对象", "状态", "理由", "日期", "活动"]
NEED, FIRST, SECOND = "带锯床锯切振动抑制", "带锯床振动抑制装置", "带锯床锯切降振方法"


@pytest.fixture
def decided(basic_city, load_sheets):
    load_sheets(SHEETS, name="基础2.xlsx")

    def state(*rows, sheets=None, day=date(2026, 6, 1)):
        if rows or sheets:
            load_sheets({**(sheets or {}), **({"供需对接": [HEAD, *rows]} if rows else {})}, name="对接.xlsx")
        return State(basic_city, GapConfig(), day)

    return state


def hits(state):
    (match,) = matching(state)["matches"]
    return [h["title"] for h in match["hits"]]


def test_what_was_refused_is_left_out_with_its_reason_and_comes_back_when_it_changes(decided):
    before = hits(decided())
    assert FIRST in before
    state = decided([NEED, FIRST, "未成", "示例价高", "2026-05-20", None])
    (match,) = matching(state)["matches"]
    assert FIRST not in [h["title"] for h in match["hits"]]
    assert [(r["name"], r["reason"], r["date"]) for r in match["refused"]] == [(FIRST, "示例价高", "2026-05-20")]
    changed = [["名称", "摘要", "数据日期"], [FIRST, "示例改进", "2026-05-30"]]
    again = decided(sheets={"科技成果": changed})
    assert FIRST in hits(again)
    (pair,) = pairings(again)["pairs"]
    assert (pair["state"], pair["changed"]) == ("未成", True)


def test_a_refusal_of_a_later_day_does_not_hold_before(decided):
    row = [NEED, FIRST, "未成", "示例价高", "2026-05-20", None]
    assert FIRST in hits(decided(row, day=date(2026, 5, 1)))


def test_what_people_brought_together_comes_first_and_fits_whatever_its_words(decided):
    state = decided([NEED, "茶叶烘干", "洽谈", None, "2026-05-20", None])
    (match,) = matching(state)["matches"]
    assert (match["hits"][0]["title"], match["hits"][0]["state"], match["fits"]) == ("茶叶烘干", "洽谈", True)


def test_pairs_are_counted_by_state_and_a_failure_without_reason_is_told(decided):
    state = decided([NEED, FIRST, "未成", None, "2026-05-20", None], [NEED, SECOND, "签约", None, "2026-05-20", None])
    document = pairings(state, CHAIN)
    assert document["states"] == {"推荐": 0, "已联系": 0, "洽谈": 0, "签约": 1, "未成": 1}
    assert [p["object"] for p in document["pairs"]] == [SECOND, FIRST]
    assert document["pairs"][1]["findings"] == ["未成没有写明理由"]
    assert document["pairs"][0]["firms"] == ["示例乙机床有限公司"]  # who raised the need, where no row says who came
    assert document["pairs"][0]["history"][0]["evidence"][0]["sheet"] == "供需对接"


def test_an_event_has_the_pairs_brought_together_there(decided):
    state = decided(
        [NEED, FIRST, "已联系", None, "2026-05-20", "示例对接会"], [NEED, "示例员乙", "推荐", None, None, None]
    )
    assert [(e["name"], e["pairs"]) for e in events(state)] == [("示例对接会", 1)]
    document = meeting(state, "示例对接会")
    (row,) = document["rows"]
    assert (row["pair"]["object"], row["raised_by"], document["county"]) == (FIRST, ["示例乙机床有限公司"], "示例县")
    assert row["why"]


def test_a_library_counts_what_the_plan_counts(decided):
    state = decided()
    document = library(state, find_chain(state, CHAIN))
    assert [(r["name"], r["level"]) for r in document["results"]] == [(FIRST, "省"), (SECOND, "县")]
    assert {c["measure"]: c["value"] for c in document["counts"]} == {
        "需求数": 1, "成果数": 2, "标志性成果数": 0, "入库成果数": 1, "科技专员数": 1, "科技专员团队数": 1, "重点人才数": 0,
        "推介活动数": 1,
    }  # fmt: skip
    assert (document["teams"], [p["type"] for p in document["people"]]) == (["示例队"], ["科技专员", "专家"])
