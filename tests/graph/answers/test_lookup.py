"""A node is found by its name and whatever tells it from others of that name: every part of its key."""

from __future__ import annotations

from datetime import date

import pytest
from builders import BASICS, write_book

from graph.analysis.config import GapConfig
from graph.answers.nodes import show
from graph.answers.state import State
from graph.city.city import open_city
from graph.errors import Ambiguous
from ingest.load.pipeline import load

CHAIN = "示例锯床产业链"
SHEETS = {
    **BASICS,
    "指标": [
        ["名称", "对象", "比较", "数值", "单位", "期限"],
        ["示例项目数", CHAIN, "累计≥", 6, "项", "2024-12-31"],
        ["示例项目数", CHAIN, "累计≥", 15, "项", "2026-12-31"],
        ["示例项目数", "示例县", "累计≥", 9, "项", "2026-12-31"],
    ],
    "资质认定": [
        ["企业", "资质", "年份"],
        ["示例甲锯业有限公司", "国家高新技术企业", 2023],
        ["示例乙机床有限公司", "国家高新技术企业", 2024],
    ],
    "活动": [["名称", "日期", "产业链"], ["示例对接会", "2024-05", CHAIN], ["示例对接会", "2025-05", CHAIN]],
    "人才": [["姓名", "单位"], ["示例团队", "示例甲锯业有限公司"], ["示例团队", "示例乙机床有限公司"]],
    "企业年报": [["企业", "年份", "产值(万元)"], ["示例甲锯业有限公司", 2023, 90], ["示例甲锯业有限公司", 2024, 100]],
    "完成情况": [["指标", "对象", "数值", "日期"], ["示例项目数", CHAIN, 6, "2024-12-20"]],
}  # fmt: skip


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lookup")
    city = open_city(folder / "home")
    assert not load(city, [write_book(folder / "示例.xlsx", SHEETS)]).rejected
    yield State(city, GapConfig(), date(2026, 1, 1))
    city.close()


@pytest.mark.parametrize(
    ("kind", "name", "caption", "value"),
    [
        ("指标", f"{CHAIN}/2024-12-31/示例项目数", "数值", 6),
        ("指标", "示例项目数/2024-12-31", "数值", 6),
        ("指标", f"{CHAIN}/2026-12-31/示例项目数", "数值", 15),
        ("指标", "示例县/示例项目数", "数值", 9),
        ("资质认定", "示例乙机床有限公司/国家高新技术企业", "年份", 2024),
        ("活动", "2025-05/示例对接会", "日期", "2025-05"),
        ("人才", "示例乙机床有限公司/示例团队", "单位", "示例乙机床有限公司"),
        ("企业年报", "示例甲锯业有限公司 2023", "产值(万元)", 90),
        ("完成情况", f"示例项目数 {CHAIN} 2024-12-20", "数值", "6"),
    ],
)
def test_every_part_of_a_key_tells_namesakes_apart(state, kind, name, caption, value):
    assert show(state, kind, name)["values"][caption]["value"] == value


@pytest.mark.parametrize(("kind", "name"), [("指标", "示例项目数"), ("资质认定", "国家高新技术企业"), ("活动", "示例对接会"), ("人才", "示例团队")])  # fmt: skip
def test_what_a_bare_name_may_mean_is_listed_so_that_each_can_be_opened(state, kind, name):
    with pytest.raises(Ambiguous) as caught:
        show(state, kind, name)
    assert len(caught.value.choices) == len(set(caught.value.choices)) >= 2
    ids = {show(state, kind, choice)["id"] for choice in caught.value.choices}
    assert len(ids) == len(caught.value.choices)
