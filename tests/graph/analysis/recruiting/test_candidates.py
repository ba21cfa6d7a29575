"""Whom to invite: what counts for a firm, what does not, and that neither size nor silence buys a place."""

from __future__ import annotations

import pytest
from world import TODAY, World

from graph.analysis.config import GapConfig
from graph.analysis.grading.grade import graded
from graph.analysis.grading.order import in_order
from graph.analysis.recruiting.candidates import rank
from graph.analysis.recruiting.fit import Fitting
from graph.analysis.recruiting.outside_firm import PoolFirm, PoolProduct, Tie, Wish
from graph.analysis.recruiting.product_match import ProductMatch, Sought, is_noise, terms
from graph.analysis.supply.availability import Supply
from graph.naming.places import IN_WORDS
from graph.naming.terms import Tokenizer

CONFIG = GapConfig()
MATCH = ProductMatch(CONFIG)


@pytest.fixture
def supply():
    """钢带 is missing, so 锯条 is broken; 锯床 stands."""
    world = World().segment("钢带").segment("锯条").segment("锯床").feed("钢带", "锯条").firm("示例甲", "锯条", 100)
    return Supply(world.firm("示例乙", "锯床", 300).facts())


def ranked(supply, *firms, segment="钢带"):
    rows = [r for r in graded(supply, config=CONFIG, today=TODAY) if r.segment_id == segment]
    fitting = Fitting(firms, {segment: Wish(Sought(terms(segment, CONFIG)))}, MATCH)
    return rank(rows, fitting, supply, today=TODAY, top=9)


def firm(name, product="钢带", share=0.5, **values):
    return PoolFirm(name, name, products=(PoolProduct(product, share),), **values)


def part(candidate, name):
    return next(p for p in candidate.parts if p.name == name)


def test_a_broken_segment_is_recruited_for_at_what_it_lacks(supply):
    rows = graded(supply, config=CONFIG, today=TODAY)
    assert {r.segment_id: r.status for r in rows}["锯条"] == "断链"
    broken = [r for r in rows if r.segment_id == "锯条"]
    assert [r.segment_id for r in in_order(broken, rows, supply).to_close()] == ["钢带"]
    assert {r.segment_id for r in in_order(rows, rows, supply).to_close()} == {"钢带", "锯床"}


def test_the_gain_says_what_changes_its_own_segment_first(supply):
    found = ranked(supply, firm("示例外厂"))[0]
    assert found.change == "“钢带”由缺失变为薄弱、“锯条”由断点·待核实变为薄弱"
    assert 0 < part(found, "落地后的改善").value < 1


def test_what_is_not_known_of_its_size_is_left_out_and_not_counted_as_nothing(supply):
    bare, known = firm("示例一", nearness=0.5), firm("示例二", nearness=0.5, output=200.0)
    found = {c.firm.name: c for c in ranked(supply, bare, known)}
    assert {p.name for p in found["示例一"].parts if p.value is None} == {"规模与资质"}
    parts = [p for p in found["示例一"].parts if p.value is not None]
    score = 100 * sum(p.value * p.weight for p in parts) / sum(p.weight for p in parts)
    assert found["示例一"].score == pytest.approx(score, abs=0.01)


@pytest.mark.parametrize("nearness", IN_WORDS)
def test_a_firm_of_unknown_place_never_outranks_itself_with_a_known_one(supply, nearness):
    here, somewhere = firm("示例有址", nearness=nearness), firm("示例无址")
    scores = {c.firm.name: c.score for c in ranked(supply, here, somewhere)}
    assert scores["示例有址"] >= scores["示例无址"]


def test_a_firm_of_unknown_size_never_outranks_itself_as_too_large_for_the_chain(supply):
    giant, unknown = firm("示例巨头", output=9e7), firm("示例不明")
    reach = {c.firm.name: part(c, "可招性").value for c in ranked(supply, giant, unknown)}
    assert reach["示例巨头"] >= reach["示例不明"]


def test_equal_scores_share_a_place(supply):
    less = PoolFirm("示例丙外", "示例丙外", products=(PoolProduct("钢带", 0.1), PoolProduct("刀具", 0.9)))
    found = ranked(supply, firm("示例甲外"), firm("示例乙外"), less)
    assert [(c.rank, c.tied) for c in found] == [(1, True), (1, True), (3, False)]


def test_the_shares_of_one_year_that_match_are_summed(supply):
    two = PoolFirm("示例两样", "示例两样", products=(PoolProduct("钢带", 0.3), PoolProduct("双金属钢带", 0.3)))
    both = next(c for c in ranked(supply, two, firm("示例一样", share=0.3)) if c.firm.name == "示例两样")
    assert both.product == "钢带、双金属钢带"
    assert both.reasons.startswith("生产钢带、双金属钢带（占营收60%）")


def test_size_beyond_the_chains_own_largest_firm_brings_nothing(supply):
    giant, neighbour = firm("示例巨头", nearness=0.5, output=9e7), firm("示例邻居", nearness=1.0, output=300.0)
    assert [c.firm.name for c in ranked(supply, giant, neighbour)] == ["示例邻居", "示例巨头"]
    as_large = firm("示例同规模", nearness=0.5, output=300.0)
    sizes = [part(c, "规模与资质").value for c in ranked(supply, giant, as_large)]
    assert sizes[0] == sizes[1]


def test_ties_lift_a_firm_and_risks_lower_it(supply):
    tied = firm("示例有往来", ties=(Tie("向示例乙供货"),))
    risky = firm("ST示例", risks=("上市公司被特别处理（ST）",))
    found = ranked(supply, risky, firm("示例普通"), tied)
    assert [c.firm.name for c in found] == ["示例有往来", "示例普通", "ST示例"]
    assert "向示例乙供货" in found[0].reasons
    assert "注意：上市公司被特别处理" in found[2].reasons


def test_what_a_firm_makes_by_the_way_is_not_named_as_its_product(supply):
    other = PoolProduct("刀具", 0.9)
    by_the_way = PoolFirm("示例顺带", "示例顺带", products=(PoolProduct("钢带", 0.01), other))
    real_line = PoolFirm("示例主业", "示例主业", products=(PoolProduct("钢带", 0.02), other))
    found = {c.firm.name: c for c in ranked(supply, by_the_way, real_line)}
    assert found["示例主业"].reasons.startswith("生产钢带（占营收2%）")
    assert "示例顺带" not in found or not found["示例顺带"].reasons.startswith("生产")


def test_among_firms_placed_by_rows_the_one_whose_product_sounds_like_it_is_first(supply):
    placed = frozenset({"钢带"})
    near_by, sounding = (
        firm("示例甲外", "刀具", None, stands=placed),
        firm("示例乙外", "双金属钢带", None, stands=placed),
    )
    assert [c.firm.name for c in ranked(supply, near_by, sounding)] == ["示例乙外", "示例甲外"]


@pytest.mark.parametrize(
    "product",
    [
        "平衡项目",
        "分部间抵销",
        "内部交易抵销",
        "冰糖适量",
        "打碎)",
        "打碎",
        "科技",
        "以上",
        "企业",
        "其他产品",
        "食盐少许蜂蜜",
        "2021",
        "-",
        "钢",
    ],
)
def test_what_is_no_product_never_matches(product):
    assert is_noise(product, CONFIG)
    assert MATCH.of(product, product) == 0.0


@pytest.mark.parametrize(
    ("segment", "product", "value"),
    [
        ("锯带", "双金属锯带", 0.9), ("核电阀门", "阀门", 0.5), ("电池材料", "锂离子电池", 0.0), ("电池材料", "锂电池材料", 0.9),
        ("球阀整机", "球阀", 1.0), ("铅笔制造", "铅笔", 1.0), ("木玩设计与IP", "谐振器DIP", 0.0), ("弯管与管件成形装备", "装备", 0.0),
        ("锯片", "锯片设备", 0.0),
    ],
)  # fmt: skip
def test_the_last_word_is_the_thing_itself(segment, product, value):
    assert max(MATCH.of(t, product) for t in terms(segment, CONFIG)) == value


def test_a_word_of_its_own_is_no_sort_of_what_it_ends_with():
    match = ProductMatch(CONFIG, words=Tokenizer())
    assert [match.of("铸件", p) for p in ("球墨铸件", "汽车压铸件")] == [0.9, 0.5]
    assert match.of("传感器", "温度传感器") == 0.9
