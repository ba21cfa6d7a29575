"""Where a firm is, and how near: prefectures that share a border before the far side of the province."""

from __future__ import annotations

import pytest

from graph.naming.divisions import table
from graph.naming.places import firm_place, home_of, nearness, neighbours, place_of

LISHUI = home_of("丽水市")


def test_the_neighbours_of_lishui_lie_in_two_provinces():
    assert neighbours()["丽水市"] == {"温州市", "金华市", "衢州市", "台州市", "宁德市", "南平市"}


def test_who_is_a_neighbour_has_that_neighbour():
    table_of = neighbours()
    assert [(a, b) for a, others in table_of.items() for b in others if a not in table_of[b]] == []


def test_every_prefecture_of_the_mainland_stands_in_the_table_under_its_own_name():
    cities = {line[0] if line[0].endswith("市") or len(line) == 1 else line[1] for line in table("regions.txt")}
    taiwan = {line[1] for line in table("regions.txt") if line[0] == "台湾省"}
    assert neighbours().keys() == cities - taiwan


@pytest.mark.parametrize(
    ("city", "others"),
    [
        ("北京市", {"天津市", "廊坊市", "保定市", "张家口市", "承德市"}),
        ("仙桃市", {"武汉市", "孝感市", "天门市", "潜江市", "荆州市"}),
        ("济源市", {"洛阳市", "焦作市", "晋城市", "运城市"}),
        ("舟山市", {"宁波市"}),
        ("香港特别行政区", {"深圳市"}),
        ("三沙市", set()),
    ],
)
def test_municipalities_counties_without_a_prefecture_and_islands_have_theirs(city, others):
    assert neighbours()[city] == others


def test_nearer_places_come_first_and_none_counts_less_than_an_unknown_one():
    places = ["浙江省丽水市", "浙江温州(瑞安)", "福建宁德", "浙江宁波", "福建厦门", "北京市"]
    assert [nearness(LISHUI, place_of(p)) for p in places] == [1.0, 0.9, 0.9, 0.75, 0.6, 0.5]
    assert nearness(LISHUI, place_of("示例市")) is None


def test_a_city_without_neighbours_in_the_table_still_has_its_province():
    home = home_of("示例市", None, "339900")
    assert [nearness(home, place_of(p)) for p in ("浙江杭州", "江苏苏州", "湖南")] == [0.75, 0.6, 0.5]


@pytest.mark.parametrize(
    ("firm", "city"),
    [
        ("浙江示例控制股份有限公司", "浙江"),
        ("温州市示例阀门有限公司", "温州市"),
        ("宁波示例（集团）股份有限公司", "宁波市"),
        ("义乌市示例工艺品厂", "金华市"),
        ("示例（湖州）新材料有限公司", "湖州市"),
        ("浙江天台示例实业股份有限公司", "台州市"),
        ("示例股份", None),
        ("永和流体智控股份有限公司", None),  # not of 永和县: a brand
        ("东方财富", None),
    ],
)
def test_a_firm_s_name_says_where_it_is_registered_unless_it_is_a_brand(firm, city):
    place = firm_place(firm)
    assert (place and (place.place.city or place.place.province)) == city
    assert place is None or not place.sure


def test_what_a_row_states_counts_before_the_name():
    stated = firm_place("浙江示例控制股份有限公司", location="浙江新昌")
    assert stated is not None
    assert (stated.place.city, stated.by, stated.sure) == ("绍兴市", "所在地", True)
    assert firm_place("湖南示例股份有限公司", location="不详", county="永康市").place.city == "金华市"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("吉林", ("吉林", None)),
        ("吉林市", ("吉林", "吉林市")),
        ("海南藏族自治州", ("青海", "海南藏族自治州")),
        ("鼓楼区", None),
        ("江苏省鼓楼区", ("江苏", None)),
        ("湖北省黄石市/江阴", ("湖北", "黄石市")),
        ("中国浙江 · 台州", ("浙江", "台州市")),
        ("德国", None),
    ],
)
def test_a_place_is_read_as_far_as_it_is_told(text, place):
    read = place_of(text)
    assert (read and (read.province, read.city)) == place
