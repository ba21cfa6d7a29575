"""The six drawings: legible on paper, whole, dated, and of the same facts as every page."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from views import HOSTILE

from graph.answers.atlas.facts import AtlasFacts, atlas_facts
from viz.atlas.atlas import six_drawings
from viz.charts.chain_tree import chain_tree
from viz.charts.development_path import development_path
from viz.charts.panorama import SMALLEST, panorama
from viz.charts.recruiting_routes import recruiting_routes
from viz.charts.sheet import A3, A4, LEAST, ChartSheet
from viz.charts.technology_routes import technology_routes
from viz.charts.trend import trend_chart
from viz.wording import day_text

CHAINS = ("示例县/示例锯床产业链", "缙云县/缙云机械装备产业链", "青田县/青田智控阀门产业链", "庆元县/庆元竹木产业链")
SCALE = re.compile(r"scale\(([\d.]+)\)")
Drawings = dict[str, list[ChartSheet]]


@pytest.fixture(scope="module")
def facts(examples) -> dict[str, AtlasFacts]:
    with examples.reading() as state:
        return {name: atlas_facts(state, name) for name in CHAINS}


@pytest.fixture(scope="module")
def drawings(facts) -> dict[str, Drawings]:
    return {name: six_drawings(one) for name, one in facts.items()}


def every_sheet(drawings: dict[str, Drawings]) -> list[ChartSheet]:
    return [sheet for six in drawings.values() for sheets in six.values() for sheet in sheets]


def words_of(sheets: list[ChartSheet]) -> str:
    return "".join(t for s in sheets for t in ElementTree.fromstring(s.svg).itertext())


def test_no_type_is_too_small_to_read_on_a4_or_a3(drawings):
    for sheet in every_sheet(drawings):
        assert sheet.size in (A4, A3)
        root = ElementTree.fromstring(sheet.svg)
        for part in root:
            scale = SCALE.search(part.get("transform", ""))
            sizes = [float(t.get("font-size")) for t in part.iter() if t.get("font-size")]
            assert min(sizes, default=LEAST) * (float(scale[1]) if scale else 1) >= LEAST - 0.01, sheet.title


def test_nothing_is_drawn_beyond_the_edge_of_the_paper(drawings):
    for sheet in every_sheet(drawings):
        root = ElementTree.fromstring(sheet.svg)
        for shape in root.findall("{*}rect"):  # those of the scaled map stand in a group
            assert float(shape.get("x")) + float(shape.get("width")) <= sheet.size.width + 0.1, sheet.title
            assert float(shape.get("y")) + float(shape.get("height")) <= sheet.size.height + 0.1, sheet.title


def test_every_sheet_has_its_title_date_and_sources(drawings, facts):
    for name, six in drawings.items():
        assert len(six) == 6
        for sheets in six.values():
            text = words_of(sheets)
            assert "产业链产业链" not in text
            assert f"数据截至{day_text(facts[name].view.as_of)}" in text
            assert "数据来源：" in text


def test_the_tree_has_every_segment_once_with_its_status(facts):
    for one in facts.values():
        text = words_of(chain_tree(one.view))
        for s in one.view.segments:
            assert s["segment"] in text
            assert s["caption"] in text


def test_a_large_map_is_parted_by_stage_and_loses_no_segment(facts):
    view = facts[CHAINS[0]].view
    sheets = panorama(view)
    assert len(sheets) == 2
    text = words_of(sheets)
    assert [s["segment"] for s in view.segments if s["segment"][:8] not in text] == []
    assert len(panorama(facts[CHAINS[1]].view)) == 1


def test_a_stage_too_large_for_a_sheet_goes_on_to_others(facts):
    view = facts[CHAINS[0]].view
    many = [{**view.segments[0], "segment": f"示例{n}", "segment_id": str(n), "parent": None} for n in range(70)]
    sheets = panorama(replace(view, segments=tuple(many), edges=()))
    scales = [float(s) for sheet in sheets for s in SCALE.findall(sheet.svg)]
    assert min(scales) * SMALLEST >= LEAST - 0.01
    text = words_of(sheets)
    assert [s["segment"] for s in many if s["segment"] not in text] == []


def test_the_years_are_those_with_reports_and_say_how_many_firms_tell(facts):
    trend = facts[CHAINS[0]].trend
    assert [(y["year"], y["firms"], y["output_of"]) for y in trend["years"]] == [
        (2020, 1, 1),
        (2024, 26, 26),
        (2025, 27, 26),
    ]
    text = words_of(trend_chart(facts[CHAINS[0]].view, trend))
    for word in ("2024年", "2025年", "26家合计", "亿元", "不宜直接相比"):
        assert word in text
    assert "2021年" not in text
    assert "暂无企业年报，列入待补清单" in words_of(trend_chart(facts[CHAINS[3]].view, facts[CHAINS[3]].trend))


def test_the_trend_counts_as_the_plan_does(examples, facts):
    from graph.answers.plan.progress import plan_facts
    from graph.measures.measure import measure_called
    from graph.measures.value import Window

    with examples.reading() as state:
        chain = facts[CHAINS[0]].view.chain_id
        for year in facts[CHAINS[0]].trend["years"][1:]:
            end = state.today.replace(year=year["year"], month=12, day=31)
            window = Window(end, year["year"], only=year["year"], alone=True)
            assert plan_facts(state).values.value(measure_called("产值"), chain, window).value == year["output"]


def test_the_path_names_every_target_and_task_that_applies(facts):
    one = facts[CHAINS[0]]
    text = words_of(development_path(one.view, one.plan, one.targets, one.tasks, one.at))
    shown = re.sub(r"\s", "", text)
    names = [t["indicator"] for t in one.targets] + [t["name"] for t in one.tasks]
    assert len(names) > 30
    assert [n for n in names if n[:9].replace(" ", "") not in shown] == []
    assert "待明确" in text
    assert {t["subject_kind"] for t in one.targets} >= {"产业链", "县市区", "全市"}
    assert {t["county"] for t in one.targets if t["subject_kind"] in ("产业链", "县市区")} == {"示例县"}


def test_the_technology_routes_join_needs_with_what_works_on_them(facts):
    text = words_of(technology_routes(facts[CHAINS[0]].view))
    for name in ("示例高性能伺服驱动技术", "示例需求·高动态伺服电机", "示例攻关项目02", "示例伺服驱动专利"):
        assert text.count(name) == 1
    assert "暂无技术和需求数据" in words_of(technology_routes(facts[CHAINS[3]].view))


def test_the_recruiting_routes_keep_the_one_order_and_every_candidate(facts):
    one = facts[CHAINS[1]]
    text = words_of(recruiting_routes(one.view, one.plan))
    places = [text.index(g["segment"]) for g in one.plan["gaps"]]
    assert places == sorted(places)
    assert [c["firm"] for c in one.plan["candidates"] if c["firm"] not in text] == []
    assert "来自" in text


def test_hostile_names_stay_text_and_long_trees_go_on(facts):
    view = facts[CHAINS[0]].view
    hostile = HOSTILE[0]
    segments = tuple({**view.segments[n % 3], "segment": f"{hostile}{n}", "parent": None} for n in range(150))
    sheets = chain_tree(replace(view, segments=segments))
    assert len(sheets) > 3
    assert "<script" not in "".join(s.svg for s in sheets)
    text = words_of(sheets)
    assert all(f"{hostile}{n}" in text for n in range(150))
