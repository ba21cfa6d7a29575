"""A what-if always answers: makers, shares, output, suppliers, buyers and steps left, even where no status changes."""

from __future__ import annotations

from datetime import date

import pytest
from builders import COUNTIES, write_book

from graph.analysis.config import GapConfig
from graph.answers.scenarios import Supposition, whatif
from graph.answers.state import State
from graph.city.city import open_city
from graph.errors import Unknown
from ingest.load.pipeline import load

CHAIN = "示例链"
SHEETS = {
    "县市区": COUNTIES,
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"]],
    "环节": [
        ["产业链", "名称", "阶段", "已调查", "上级环节"],
        [CHAIN, "钢带", "上游", "是", None], [CHAIN, "锯条", "中游", "是", None], [CHAIN, "锯床", "下游", "是", None],
        [CHAIN, "带锯床", "下游", "是", "锯床"],
    ],
    "环节供给": [["产业链", "上游环节", "下游环节"], [CHAIN, "钢带", "锯条"], [CHAIN, "锯条", "锯床"]],
    "外部供给": [["产业链", "环节", "外部来源", "占比"], [CHAIN, "钢带", "示例钢厂", 0.9]],
    "企业": [
        ["名称", "县市区", "产业链", "环节", "状态", "产值(万元)", "年份"],
        ["浙江晨星锯业有限公司", "示例县", CHAIN, "锯条", "在产", 100, 2024],
        ["示例乙厂", "示例县", CHAIN, "锯条", "在产", 100, 2024],
        ["示例丙厂", "示例县", CHAIN, "锯条", "在产", 200, 2024],
        ["示例丁机床", "示例县", CHAIN, "带锯床", "在产", 900, 2024],
        ["示例戊机床", "示例县", CHAIN, "带锯床", "在产", None, None],
    ],
    "供应关系": [["供方", "需方", "内容"], ["浙江晨星锯业有限公司", "示例丁机床", "锯条"]],
}  # fmt: skip


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whatif")
    city = open_city(folder / "home")
    assert not load(city, [write_book(folder / "示例.xlsx", SHEETS)]).rejected
    yield State(city, GapConfig(), date(2026, 1, 1))
    city.close()


def suppose(state, **changes):
    return whatif(state, CHAIN, supposed=Supposition(**{k: [v] for k, v in changes.items()}))


def test_a_landing_that_changes_no_status_is_answered_in_full(state):
    effect = suppose(state, add="示例己厂@锯条:400")
    assert effect["changed"] == []
    (saw,) = effect["touched"]
    assert (saw["segment"], saw["before_caption"], saw["after_caption"]) == ("锯条", "稳定", "稳定")
    assert (saw["n_before"], saw["n_after"], saw["count_after"]) == (3, 4, "4家")
    assert (saw["hhi_before"], saw["hhi_after"]) == (0.375, 0.34375)
    assert (saw["output_before"], saw["output_after"], saw["output_change"]) == (400.0, 800.0, 400.0)
    assert effect["output_change"] == 400.0
    assert [(s["segment"], s["firms"], s["sources"]) for s in saw["suppliers"]] == [("钢带", [], ["示例钢厂"])]
    assert [(s["segment"], s["firms"]) for s in saw["buyers"]] == [("锯床", ["示例丁机床", "示例戊机床"])]
    assert saw["steps_after"] is not None
    assert saw["next"].endswith("优势")


def test_steps_left_count_down_as_firms_land(state):
    (one,) = [t for t in suppose(state, add="示例己厂@钢带")["touched"] if t["segment"] == "钢带"]
    assert (one["before_caption"], one["after_caption"], one["steps_after"]) == ("缺失", "薄弱", 2)


def test_an_output_nobody_knows_is_never_told_as_none(state):
    effect = suppose(state, add="示例己厂@锯条")
    assert effect["touched"][0]["output_change"] is None
    assert effect["output_change"] is None
    assert suppose(state, remove="示例戊机床")["output_change"] is None


def test_a_loss_names_what_it_takes_and_whom_it_touches(state):
    effect = suppose(state, remove="浙江晨星锯业有限公司")
    saw = effect["touched"][0]
    assert (saw["n_before"], saw["n_after"], saw["output_change"]) == (3, 2, -100.0)
    assert effect["dealings"] == [{"firm": "浙江晨星锯业有限公司", "suppliers": [], "customers": ["示例丁机床"]}]
    stopped = suppose(state, stop="示例钢厂")
    assert [t["segment"] for t in stopped["touched"]] == ["钢带"]


def test_a_parent_is_touched_with_its_part(state):
    touched = {t["segment"]: t for t in suppose(state, add="示例己厂@带锯床:50")["touched"]}
    assert {"锯床", "带锯床"} == set(touched)
    assert touched["带锯床"]["suppliers"][0]["segment"] == "锯条"


def test_an_unknown_firm_is_computed_as_new_and_asked_about_only_where_a_known_name_is_like_it(state):
    effect = suppose(state, add="晨星锯业@钢带")
    assert effect["asks"] == [{"name": "晨星锯业", "near": ["浙江晨星锯业有限公司"]}]
    assert effect["touched"][0]["n_after"] == 1
    assert suppose(state, add="某新材料@钢带")["asks"] == []
    assert suppose(state, add="浙江晨星锯业有限公司@钢带")["asks"] == []


def test_a_firm_that_is_to_leave_must_be_known_and_is_asked_for(state):
    with pytest.raises(Unknown) as caught:
        suppose(state, remove="晨星锯业")
    assert caught.value.hint == "是否指：浙江晨星锯业有限公司"
