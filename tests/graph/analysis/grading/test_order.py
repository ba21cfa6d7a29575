"""The one order of what to do first, one fact each; against the rules written once more in test_reference_property."""

from __future__ import annotations

import pytest
from world import TODAY, World

from graph.analysis.config import GapConfig
from graph.analysis.grading.grade import graded
from graph.analysis.grading.order import Order, in_order
from graph.analysis.supply.availability import Supply


def order(w: World, chain: str = "链") -> Order:
    supply = Supply(w.facts())
    rows = graded(supply, config=GapConfig(), today=TODAY)
    return in_order([r for r in rows if supply.segments[r.segment_id].fact.chain == chain], rows, supply)


def first(w: World) -> list[tuple[str, int, bool]]:
    return [(g.row.segment_id, g.rank, g.tied) for g in order(w).first]


def broken() -> World:
    """锯条 needs 钢带, which nobody makes or sells here; 锯床 stands."""
    w = World().segment("钢带").segment("锯条").segment("锯床").feed("钢带", "锯条")
    return w.firm("甲", "锯条", 100).firm("乙", "锯床", 300)


def test_a_broken_segment_stands_by_the_input_that_it_lacks_with_what_that_restores():
    gap = next(g for g in order(broken()).first if g.row.segment_id == "钢带")
    assert (gap.row.segment_id, gap.breaks, gap.restores) == ("钢带", ("锯条",), ("锯条",))
    assert "锯条" not in [i for i, _, _ in first(broken())]
    assert gap.row.scores.criticality.value == 25  # of the output of the chain, what comes back with it
    assert "恢复1个环节，按产值占25%" in gap.row.scores.criticality.text


def test_an_input_restores_nothing_alone_where_another_is_missing_too():
    w = broken().segment("焊丝").feed("焊丝", "锯条")
    gaps = {g.row.segment_id: g for g in order(w).first}
    assert (gaps["钢带"].restores, gaps["钢带"].breaks) == ((), ("锯条",))
    assert gaps["钢带"].row.scores.criticality.value == 0


def test_a_loop_that_waits_for_one_input_comes_back_whole():
    w = World().segment("钢").segment("甲段").segment("乙段").firm("甲", "甲段", 1).firm("乙", "乙段", 3)
    w.feed("钢", "甲段").feed("甲段", "乙段").feed("乙段", "甲段")
    assert [(g.row.segment_id, g.restores) for g in order(w).first] == [("钢", ("乙段", "甲段"))]


def test_of_a_chain_of_broken_segments_the_first_missing_input_stands_for_all():
    w = broken().feed("锯条", "锯床")
    gap = order(w).first[0]
    assert (gap.row.segment_id, set(gap.breaks), gap.restores) == ("钢带", {"锯条", "锯床"}, ("锯床", "锯条"))
    assert len(order(w).first) == 1


def test_a_missing_input_of_another_chain_stands_in_the_order_of_both():
    w = World().segment("钢带", chain="邻链").segment("锯条", chain="邻链").firm("丙", "锯条", 1, region="邻")
    w.segment("锯床").firm("甲", "锯床", 1).feed("钢带", "锯床").feed("钢带", "锯条")
    assert [g.row.segment_id for g in order(w).first] == ["钢带"]
    assert [g.row.segment_id for g in order(w, "邻链").first] == ["钢带"]


def test_a_broken_segment_that_lacks_a_mere_sum_is_not_lost():
    w = (
        World()
        .segment("刀具")
        .segment("锯条", parent="刀具")
        .segment("锯床")
        .feed("刀具", "锯床")
        .firm("甲", "锯床", 1)
    )
    assert "刀具" in [i for i, _, _ in first(w)]


def test_equal_priorities_share_a_rank_that_holds_in_one_of_so_many_orders():
    w = World().segment("甲段").segment("乙段").segment("丙段", controlled=True).segment("锯床").firm("甲", "锯床", 1)
    w.source("丙段", "示例进口商", 0.5)
    assert first(w) == [("锯床", 1, False), ("乙段", 2, True), ("甲段", 2, True), ("丙段", 4, False)]
    scores = w.grade()["甲段"].scores
    assert (scores.rank, scores.tied) == (2, True)
    assert 0 < scores.rank_holds <= 0.5


def test_what_is_bought_from_several_sources_stands_below_the_other_gaps():
    w = World().segment("钢").segment("空白").segment("锯床").feed("钢", "锯床").firm("甲", "锯床", 1)
    for name in "ABC":
        w.source("钢", f"示例来源{name}", 0.3)
    assert [i for i, _, _ in first(w)] == ["锯床", "空白", "钢"]
    assert w.grade()["钢"].scores.priority > w.grade()["空白"].scores.priority
    assert w.grade()["钢"].scores.rank == 3


def test_what_rows_alone_name_stands_apart_and_takes_no_rank():
    w = (
        World()
        .segment("特钢", surveyed="否")
        .firm("巨头甲", "特钢")
        .firm("巨头乙", "特钢")
        .segment("阀门")
        .firm("丙", "阀门", 1)
    )
    w.segment("铸件", surveyed="否").segment("稳", surveyed="否")
    for name in "一二三":
        w.firm(name, "稳")
    found = order(w)
    assert [g.row.segment_id for g in found.first] == ["阀门"]
    assert [r.segment_id for r in found.thin] == ["特钢", "稳"]
    assert [r.segment_id for r in found.unknown] == ["铸件"]
    assert [r.segment_id for r in found.to_close()] == ["阀门", "特钢"]


def test_one_known_score_is_too_little_for_a_priority():
    w = World().segment("锯床", stated=2).firm("邻厂", "锯床", region="邻")
    row = w.grade()["锯床"]
    assert [c.value is not None for c in row.scores.weighed()] == [False, True, False, False]
    assert (row.status, row.priority) == ("弱链", None)
    assert [r.segment_id for r in order(w).thin] == ["锯床"]


@pytest.mark.parametrize("stage", ["应用", "中游"])
def test_markets_and_sums_take_no_part(stage):
    w = World().segment("机床").segment("锯床", parent="机床", stage=stage).firm("甲", "锯床", 1)
    assert [i for i, _, _ in first(w)] == ([] if stage == "应用" else ["锯床"])


def test_where_all_output_is_made_in_a_market_below_the_segments_are_counted():
    w = World().segment("机床").segment("市场", parent="机床", stage="应用").firm("甲", "市场", 10)
    row = w.firm("乙", "机床", state="签约").grade()["机床"]
    assert (row.counted, row.scores.criticality.value) == (True, 100)


def test_a_parent_with_firms_of_its_own_is_ranked_by_what_it_makes_itself():
    w = World().segment("机床").segment("锯床", parent="机床").firm("甲", "锯床", 10).firm("乙", "机床", 30)
    rows = w.grade()
    assert rows["机床"].scores.rank
    assert rows["锯床"].scores.criticality.value == 25  # 10 of 40: what 机床 makes itself is 30, not 40
