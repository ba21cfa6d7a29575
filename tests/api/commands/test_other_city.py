"""What is told of gaps and firms in a city with neighbours: places, what an input brings back, what a count says."""

from __future__ import annotations

import pytest
from builders import write_book
from serving import ask

from api.home.session import open_session
from api.home.settings import load_settings
from graph.answers.chains import view_of
from ingest.load.pipeline import load
from viz.chainmap.drawing import chain_scene
from viz.mindmap.tree import mind_tree

CHAIN = "示例轴承/泵产业链"


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A pump works lacks two things, one of them a bearing that lacks balls; firms next door have a region and no address."""
    sheets = {
        "县市区": [
            ["名称", "级别", "上级", "代码"],
            ["衢州市", "市", None, "330800"], ["常山县", "县", "衢州市", "330822"],
            ["丽水市", "市", None, "331100"], ["松阳县", "县", "丽水市", "331124"], ["丽水开发区", "开发区", "丽水市", None],
        ],
        "产业链": [["名称", "县市区"], [CHAIN, "常山县"], ["示例轴承配件产业链", "松阳县"]],
        "环节": [
            ["产业链", "名称", "阶段", "已调查", "在产企业数"],
            [CHAIN, "钢球/滚子", "上游", "是", None], [CHAIN, "保持架", "上游", "仅本地", None],
            [CHAIN, "电机", "上游", "是", None], [CHAIN, "轴承", "中游", "是", None], [CHAIN, "水泵", "下游", "否", 35],
        ],
        "环节供给": [
            ["产业链", "上游环节", "下游环节"],
            [CHAIN, "钢球/滚子", "轴承"], [CHAIN, "保持架", "轴承"], [CHAIN, "轴承", "水泵"], [CHAIN, "电机", "水泵"],
        ],
        "企业": [
            ["名称", "县市区", "所在地", "产业链", "环节", "主要产品", "状态", "年份"],
            ["示例甲轴承厂", "常山县", None, CHAIN, "轴承", None, "在产"],
            ["示例停产钢球厂", "常山县", None, CHAIN, "钢球/滚子", None, "停产", 2023],
            ["示例水泵厂", "常山县", None, CHAIN, "水泵", None, "在产"],
            ["示例邻市钢球厂", "松阳县", None, "示例轴承配件产业链", None, "钢球", "在产"],
            ["示例开发区电机厂", "丽水开发区", None, "示例轴承配件产业链", None, "电机", "在产"],
            ["示例保持架厂", None, "浙江省金华市", CHAIN, "保持架", "轴承保持架", "外部"],
            ["杭州示例电机厂", None, None, CHAIN, "电机", "电机", "外部"],
        ],
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("city")
    with open_session(load_settings(str(folder / "home"))) as made:
        assert load(made.city, [write_book(folder / "衢州示例.xlsx", sheets)]).rows.rejected == 0
        yield made


def found_for(city, segment, **asked):
    found = ask(city, "candidates", chain=CHAIN, segment=segment, **asked).document
    return {c["firm"]: c for c in found["candidates"] if c["segment"] == segment}


def test_a_firm_with_a_region_is_not_said_to_be_nowhere(city):
    ball, motor = found_for(city, "钢球/滚子")["示例邻市钢球厂"], found_for(city, "电机")["示例开发区电机厂"]
    assert (ball["location"], motor["location"]) == ("丽水市松阳县", "丽水开发区")
    assert all("邻市" in c["reasons"] and "所在地未注明" not in c["reasons"] for c in (ball, motor))


@pytest.mark.parametrize("province", ["浙江", "浙江省"])
def test_a_province_asked_for_finds_whoever_is_known_to_be_there(city, province):
    assert set(found_for(city, "电机", province=province)) == {"示例开发区电机厂", "杭州示例电机厂"}
    assert set(found_for(city, "电机", province="杭州")) == {"杭州示例电机厂"}
    assert not found_for(city, "电机", province="江苏")


def test_a_maker_of_cages_is_no_maker_of_balls(city):
    assert set(found_for(city, "钢球/滚子")) == {"示例邻市钢球厂"}
    assert set(found_for(city, "保持架")) == {"示例保持架厂"}


def test_an_input_brings_back_only_what_lacks_nothing_else(city):
    gaps = {g["segment"]: g for g in ask(city, "candidates", chain=CHAIN).document["gaps"]}
    assert [s["segment"] for s in gaps["钢球/滚子"]["unblocks"]] == ["轴承"]
    assert gaps["电机"]["unblocks"] == []  # the pump works lacks the bearing too


def test_a_stated_count_is_no_lower_bound_and_a_broken_input_needs_no_further_maker(city):
    pump = next(s for s in ask(city, "gaps", chain=CHAIN).document["segments"] if s["segment"] == "水泵")
    assert pump["count"] == "35家"
    assert "样本不全（列名1家，报告称35家）。" in pump["reason"]
    assert pump["flip"]["text"].startswith(
        "补上“电机”的供给（各1家企业或1个外购来源），并落实“轴承”的外购（各1个来源） → "
    )


def test_a_break_is_called_alike_on_map_and_mind_map(city):
    """That nobody asked where cages come from makes it no break to be checked, and nothing is said twice."""
    with city.reading() as state:
        view = view_of(state, next(c for c in state.chains() if c.name == CHAIN))
    cards = {c["name"]: c for c in chain_scene(view)["cards"]}
    assert {"待核实"} <= set(cards["轴承"]["flags"])
    assert cards["轴承"]["caption"] == "断点"
    labels = [n.label for stage in mind_tree(view).children for n in stage.children]
    assert "轴承　≠ 断点" in labels
