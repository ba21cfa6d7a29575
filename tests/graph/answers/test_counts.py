"""What is counted, ranked and asked on both example sets, chain by chain."""

from __future__ import annotations

from datetime import date

import pytest

from graph.analysis.config import GapConfig
from graph.analysis.grading.order import in_order
from graph.analysis.grading.segment_status import surveyed
from graph.analysis.recruiting.questions import question_of
from graph.answers.state import State
from graph.answers.statuses import gaps
from graph.city.city import open_city
from graph.review.placements import find_placements


@pytest.fixture(scope="module")
def state(copy_examples, tmp_path_factory):
    city = open_city(copy_examples(tmp_path_factory.mktemp("counts") / "home"))
    yield State(city, GapConfig(), date(2026, 6, 1))
    city.close()


def of(state, county):
    """The segments of a county by name; of one chain, for no county here has two segments of one name."""
    return {r.segment: r for r in state.graded() if r.county == county}


def order(state, county):
    return in_order(of(state, county).values(), state.graded(), state.supply())


@pytest.mark.parametrize(
    ("county", "shown"),
    [("青田县", "2/6"), ("缙云县", "6/11"), ("莲都区", "2/5"), ("示例县", "22/23"), ("龙泉市", "5/11")],
)
def test_a_parent_with_firms_or_a_count_of_its_own_is_counted_and_a_market_never(state, county, shown):
    assert str(surveyed(of(state, county).values())) == shown


def test_parents_with_firms_of_their_own_are_segments_like_others(state):
    assert [of(state, "缙云县")["锯床"].counted, of(state, "青田县")["阀门整机"].counted] == [True, True]
    assert [of(state, "缙云县")[s].counted for s in ("特色机械装备", "关键基础结构件与零部件")] == [False, False]
    assert of(state, "青田县")["阀门整机"].count == "41家"


def test_products_that_name_a_part_of_the_segment_a_maker_stands_on_propose_that_part(state):
    proposed = {
        (p.firm.name, s.path.rpartition("/")[2]): s.evidence
        for p in find_placements(state.city.projection())
        for s in p.suggestions
    }
    assert proposed["浙江晨龙锯床股份有限公司", "带锯床"] == "强"
    assert of(state, "缙云县")["带锯床"].verb == "调查"


def test_a_grade_on_rows_alone_says_so_and_what_nobody_surveyed_shows_no_number(state):
    for row in state.graded():
        if row.status == "未知":
            assert row.count == "—"
        elif row.provisional:
            assert row.caption.endswith(("·暂估", "·待核实"))
            assert row.count == f"至少{row.total}家"
            assert (row.priority, row.remedies[0][:2]) == (None, "调查")
        elif row.status != "不适用":
            assert row.count == f"{row.total}家"
    weak = [r for r in state.graded() if r.status == "弱链" and r.confidence == 0]
    assert weak
    assert {r.caption for r in weak} == {"薄弱·暂估"}


def test_a_project_on_an_unsurveyed_segment_is_asked_about(state):
    row = of(state, "缙云县")["液压与传动"]
    asked = "已有“怡亚通数智液压·高端装备机械产业城”在建，是否在产"
    assert row.remedies[0] == f"调查：{asked}"
    assert question_of(row, state.supply()).startswith(asked)


def test_a_missing_input_has_what_it_restores_as_criticality_and_stands_for_the_break(state):
    rows, first = of(state, "示例县"), order(state, "示例县").first
    gap = next(g for g in first if g.row.segment == "示例锯带钢")
    assert [state.by_id()[i].segment for i in gap.restores] == ["示例双金属锯带"]
    assert rows["示例锯带钢"].scores.criticality.value == pytest.approx(100 / 13, abs=1e-6)
    assert rows["示例双金属锯带"].status == "断链"
    assert rows["示例双金属锯带"].scores.rank is None
    assert [(g.row.segment, g.rank) for g in first][:5] == [
        ("示例数控系统", 1), ("示例切削液", 2), ("示例伺服电机", 3), ("示例磨料磨具", 3), ("示例锯带钢", 3),
    ]  # fmt: skip
    assert first[-1].row.segment == "示例铸造原料"  # bought from several sources


def test_guide_rails_fill_no_gap_of_castings_and_a_neighbours_fluid_does(state):
    assert "协同" not in of(state, "缙云县")["铸件与床身"].flags
    fluid = of(state, "示例县")["示例切削液"]
    assert (fluid.verb, fluid.remedies[0][:2]) == ("协同", "协同")
    first = gaps(state, chain="示例县/示例锯床产业链")["next"][0]["first"]
    assert [(g["segment"], g["verb"]) for g in first][:2] == [("示例数控系统", "攻关"), ("示例切削液", "协同")]


def test_two_giants_that_rows_alone_name_are_no_first_gap(state):
    found = order(state, "青田县")
    assert "特钢/不锈钢材料" not in [g.row.segment for g in found.first]
    assert [r.segment for r in found.thin] == ["特钢/不锈钢材料"]


def test_ranks_are_those_of_the_order_in_every_chain(state):
    for county in {r.county for r in state.graded()}:
        for chain in {r.chain for r in of(state, county).values()}:
            own = [r for r in state.graded() if (r.county, r.chain) == (county, chain)]
            first = in_order(own, state.graded(), state.supply()).first
            placed = {g.row.segment_id: g.rank for g in first}
            assert {r.segment_id: r.scores.rank for r in own if r.scores and r.scores.rank} == {
                i: rank for i, rank in placed.items() if i in {r.segment_id for r in own}
            }
            assert [g.rank for g in first] == sorted(g.rank for g in first)
