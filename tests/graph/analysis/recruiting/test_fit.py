"""How well firms answer a segment: what they make, in one year, and whom they are like."""

from __future__ import annotations

from dataclasses import replace

from graph.analysis.config import GapConfig
from graph.analysis.recruiting.fit import Fitting, in_one_year
from graph.analysis.recruiting.outside_firm import PoolFirm, PoolProduct, Wish
from graph.analysis.recruiting.product_match import ProductMatch, Sought
from graph.analysis.recruiting.resemblance import Likeness
from graph.analysis.recruiting.vocabulary import Sense

CONFIG = GapConfig()
OTHERS = [
    PoolFirm(f"示例其他{i}", f"示例其他{i}", products=(PoolProduct(p, 1.0),))
    for i, p in enumerate(("水泵", "轮胎", "饲料", "纸浆"))
]


def firm(name, *products, **values):
    return PoolFirm(name, name, products=tuple(PoolProduct(p, s) for p, s in products), **values)


def fits(wish, *firms, segment="环节", config=CONFIG):
    return Fitting([*firms, *OTHERS], {segment: wish}, ProductMatch(config)).of(segment)


def test_what_brings_more_revenue_fits_better():
    found = fits(
        Wish(Sought(("锯条",))), firm("少", ("锯条", 0.1), ("轴承", 0.9)), firm("多", ("锯条", 0.9), ("轴承", 0.1))
    )
    assert found["多"].value > found["少"].value
    assert (found["多"].revenue, found["少"].revenue) == (0.9, 0.1)


def test_shares_of_several_years_that_stand_undated_are_parts_of_their_sum():
    twice = [PoolProduct("锯条", 0.8), PoolProduct("双金属锯条", 0.8), PoolProduct("刀具", 0.4)]
    assert [p.share for p in in_one_year(twice)] == [0.4, 0.4, 0.2]


def test_the_thing_itself_comes_before_a_large_share_of_a_wider_word():
    sense = Sense(("饮片",), products=("中药饮片",), related=("中药",))
    narrow, wide = firm("窄", ("中药饮片", 0.1), ("果汁", 0.9)), firm("宽", ("中药", 0.3), ("果汁", 0.7))
    everyone = replace(CONFIG, match_at_least=0.0)
    found = fits(Wish(Sought(("饮片",), (sense,))), narrow, wide, config=everyone)
    assert found["窄"].value > found["宽"].value


def test_where_no_product_answers_by_name_the_closest_one_is_named():
    found = fits(Wish(Sought(("金属锯条带",))), firm("外地", ("水果", 0.5), ("金属带材", 0.5)))
    assert (found["外地"].products, found["外地"].close) == ((), "金属带材")


def test_of_dated_shares_the_latest_year_counts():
    rows = [PoolProduct("锯条", 0.9, 2019), PoolProduct("锯条", 0.2, 2023), PoolProduct("刀具", 0.8, 2023)]
    assert [(p.name, p.share) for p in in_one_year(rows)] == [("锯条", 0.2), ("刀具", 0.8)]


def test_a_firm_like_those_that_rows_place_on_the_segment_is_found_though_its_product_is_called_otherwise():
    placed = firm("放置", ("双金属复合带", 1.0), stands=frozenset({"环节"}))
    like, unlike = firm("相像", ("金属复合带材", 1.0)), firm("不像", ("果汁饮料", 1.0))
    found = fits(Wish(Sought(("锯切耗材",))), placed, like, unlike)
    assert {"放置", "相像"} <= found.keys()
    assert "不像" not in found


def test_what_local_firms_make_on_the_segment_tells_what_is_sought():
    wish = Sought(("关键件",))
    outside = firm("外地", ("谐波减速器", 1.0))
    assert "外地" not in fits(Wish(wish), outside)
    assert "外地" in fits(Wish(wish, local=(("谐波减速器",),)), outside)


def test_likeness_counts_less_where_the_meaning_is_known_and_no_product_answers_it():
    steel, pipe = Sense(("不锈钢",), products=("不锈钢卷",), excluded=("管",)), firm("管厂", ("不锈钢管", 1.0))
    assert (
        fits(Wish(Sought(("不锈钢",), (steel,))), pipe)["管厂"].value
        < fits(Wish(Sought(("不锈钢板",))), pipe)["管厂"].value
    )


def test_a_firm_without_products_stands_by_its_industry():
    found = fits(Wish(Sought(("特种纸",))), firm("无产品", industries=("特种纸",)))
    assert [p.name for p in found["无产品"].products] == ["特种纸"]


def test_brands_and_places_in_a_name_say_nothing_of_what_is_made():
    found = fits(Wish(Sought(("示例锯条",))), firm("示例", ("水果", 1.0)))
    assert "示例" not in found


def test_profiles_are_compared_whatever_the_order_of_firms():
    texts = {"甲": {"锯条": 1.0}, "乙": {"锯片": 0.5, "刀具": 0.5}, "丙": {"水泵": 1.0}}
    one, other = Likeness(texts), Likeness(dict(reversed(texts.items())))
    assert one.towards({"锯条": 1.0}, ["乙"]) == other.towards({"锯条": 1.0}, ["乙"])
