"""The firms of a segment, in lists apart."""

from __future__ import annotations

from datetime import date

import pytest
from builders import BASICS

from graph.analysis.config import GapConfig
from graph.answers.lookup import find_chain, find_node, find_segment
from graph.answers.state import State
from graph.answers.statuses import gaps
from graph.errors import Ambiguous

CHAIN = "示例锯床产业链"
SHEETS = {
    **BASICS,
    "环节": [
        ["产业链", "名称", "阶段", "上级环节", "已调查"],
        [CHAIN, "锯床", "中游", None, "是"],
        [CHAIN, "带锯床", "中游", "锯床", "是"],
        [CHAIN, "数控/电气", "上游", None, "否"],
    ],
    "环节供给": [["产业链", "上游环节", "下游环节"], [CHAIN, "数控/电气", "带锯床"]],
    "企业": [
        ["名称", "县市区", "所在地", "产业链", "环节", "产值(万元)", "年份", "状态"],
        ["示例甲锯床有限公司", "示例县", None, CHAIN, "带锯床", 100, 2024, "在产"],
        ["示例乙锯床有限公司", "示例县", None, CHAIN, "带锯床", 300, 2024, "在产"],
        ["示例丙锯床有限公司", "示例县", None, CHAIN, "带锯床", None, 2025, "签约"],
        ["示例丁锯床有限公司", "示例县", None, CHAIN, "带锯床", None, 2025, "停产"],
        ["示例戊锯床有限公司", "示例邻县", None, CHAIN, "带锯床", None, 2025, "在产"],
        ["示例己数控有限公司", None, "外省某市", CHAIN, "数控/电气", None, 2025, "外部"],
    ],
}


@pytest.fixture
def state(city, load_sheets) -> State:
    load_sheets(SHEETS)
    return State(city, GapConfig(), date(2026, 6, 1))


def names(segment) -> dict[str, list[str]]:
    return {key: [f["name"][2] for f in firms] for key, firms in segment["firms"].items() if firms}


def test_makers_pending_stopped_of_the_city_and_outside_are_apart_and_a_parent_has_all_of_them(state):
    segments = {s["segment"]: s for s in gaps(state)["segments"]}
    apart = {"makers": ["乙", "甲"], "pending": ["丙"], "stopped": ["丁"], "city": ["戊"]}
    assert names(segments["带锯床"]) == names(segments["锯床"]) == apart
    assert (segments["锯床"]["count"], segments["锯床"]["pending"]) == ("2家", 1)
    assert [f["share"] for f in segments["锯床"]["firms"]["makers"]] == [0.75, 0.25]
    assert segments["锯床"]["firms"]["makers"][0]["on"] == [segments["带锯床"]["segment_id"]]


def test_a_candidate_of_elsewhere_is_no_firm_of_an_unsurveyed_segment(state):
    (segment,) = (s for s in gaps(state)["segments"] if s["segment"] == "数控/电气")
    assert (segment["count"], segment["known"]) == ("—", False)
    assert names(segment) == {"outside": ["己"]}
    assert "0家" not in str(segment)


def test_a_name_with_a_slash_is_found_in_full_with_its_place_and_by_its_id(state):
    kind = state.city.schema.kinds["环节"]
    chain = find_chain(state, CHAIN)
    ident = find_segment(state, chain.id, "数控/电气").id
    for name in ("数控/电气", f"{CHAIN}/数控/电气", f"示例县/{CHAIN}/数控/电气", ident):
        assert find_node(state, kind, name)["id"] == ident
    assert find_segment(state, chain.id, ident).name == "数控/电气"
    assert find_chain(state, chain.id) == chain


def test_a_name_that_two_bear_is_told_apart_by_its_place(city, load_sheets):
    other = [["名称", "县市区"], [CHAIN, "示例县"], ["示例阀门产业链", "示例邻县"]]
    twice = [*SHEETS["环节"], ["示例阀门产业链", "数控/电气", "上游", None, "否"]]
    load_sheets({**SHEETS, "产业链": other, "环节": twice})
    state = State(city, GapConfig(), date(2026, 6, 1))
    kind = state.city.schema.kinds["环节"]
    with pytest.raises(Ambiguous, match="数控/电气"):
        find_node(state, kind, "数控/电气")
    row = find_node(state, kind, "示例邻县/示例阀门产业链/数控/电气")
    assert state.paths()[row["id"]] == "示例邻县/示例阀门产业链/数控/电气"


def test_what_lacks_an_input_follows_it_in_the_order_of_tables(city, load_sheets):
    feeds = [["产业链", "上游环节", "下游环节"], [CHAIN, "锯条", "带锯床"]]
    load_sheets({**BASICS, "环节供给": feeds, "企业": [BASICS["企业"][0], BASICS["企业"][2]]})
    document = gaps(State(city, GapConfig(), date(2026, 6, 1)))
    by_id = {s["segment_id"]: s["segment"] for s in document["segments"]}
    assert [by_id[i] for i in document["order"]] == ["锯条", "带锯床"]
    assert sorted(document["order"]) == sorted(by_id)
