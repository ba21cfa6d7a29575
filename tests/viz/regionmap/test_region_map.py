"""The map of counties: which outline a name means, what is coloured how, and that no name covers another."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from viz.drawing.svg import size_of
from viz.errors import UnknownFormat
from viz.regionmap.drawing import region_map, write_region_map
from viz.regionmap.ground import ground_of, labels
from viz.regionmap.outline import NamedCounty, codes_of, outlines, prefectures_of
from viz.regionmap.shade import shades

HOSTILE = '"><script>alert(1)</script>&<b>'


def county(name, city="", value=None, text="未报", light=None, code=None):
    return {"county": name, "county_id": name, "city": city, "code": code, "value": value, "text": text, "year": None, "light": light, "rows": []}  # fmt: skip


def flow(source, target, *whats):
    items = [
        {"kind": "环节供给", "source": "甲", "source_id": "a", "source_chain": None, "target_chain": None, "target": "乙", "target_id": "b", "what": w, "detail": "", "rows": []}
        for w in whats
    ]  # fmt: skip
    return {"source": source, "source_id": source, "target": target, "target_id": target, "items": items}


def document(counties, flows=(), unit="%"):
    figure = {"code": "surveyed", "group": "摸底和状态", "caption": "摸底覆盖率", "unit": unit, "about": "示例"}
    return {"at": "2026-06-30", "figure": figure, "counties": list(counties), "flows": list(flows), "choices": [figure]}


@pytest.mark.parametrize("city", ["台州市", "宁波市", "杭州市", "黔东南苗族侗族自治州", "重庆市", "仙桃市"])
def test_any_prefecture_has_its_counties_and_no_name_covers_another(city):
    (key,) = prefectures_of([], [city])
    counties = [NamedCounty(o.code, o.name, city) for o in outlines(key)]
    assert codes_of(counties) == {c.id: c.id for c in counties}
    ground = ground_of(counties)
    placed = labels(ground, {c.id: "50%（1/2）" for c in counties})
    assert len(placed) == len(counties)
    boxes = [(x - 10, y - 8, x + 10, y + 12) for x, y in (label.at for label in placed)]
    assert not [
        1 for n, a in enumerate(boxes) for b in boxes[:n] if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert not any(area.tile for area in ground.areas)


def test_a_county_of_a_city_that_nobody_knows_has_no_outline_even_where_its_name_has():
    assert codes_of([NamedCounty("a", "缙云县", "示例市")]) == {}
    assert [a.tile for a in ground_of([NamedCounty("a", "示例县", "示例市")]).areas] == [True]


def test_a_code_counts_more_than_a_name_and_no_outline_is_given_twice():
    assert codes_of([NamedCounty("a", "别名", "", "331122")]) == {"a": "331122"}
    assert codes_of([NamedCounty("a", "缙云县"), NamedCounty("b", "缙云")]) == {}


def test_the_rest_of_a_prefecture_is_drawn_as_not_registered_and_a_zone_as_a_square():
    drawn = region_map(
        document([county("缙云县", "丽水市", 55.0, "55%"), county("丽水经济技术开发区", "丽水市", 40.0, "40%")])
    )
    assert drawn.prefectures == ["丽水市"]
    assert drawn.without == ["丽水经济技术开发区"]
    assert "没有登记（8）" in drawn.svg
    assert "青田县：没有登记" in drawn.svg


def test_what_has_no_number_is_hatched_and_nothing_is_as_little_as_zero():
    rows = [
        county("a", value=0.0, text="0"),
        county("b"),
        county("c", text="待核实：0–1"),
        county("d", value=9.0, text="9"),
    ]
    legend, of = shades(rows, "个")
    assert [(s.caption, s.empty, s.count) for s in legend] == [
        ("0个", False, 1),
        ("9个", False, 1),
        ("待核实", True, 1),
        ("未报", True, 1),
    ]
    assert of["a"] != of["b"]


def test_every_number_is_in_a_class_that_holds_it():
    rows = [county(str(n), value=n * n - 30.0, text="") for n in range(40)]
    legend, of = shades(rows, "万元")
    assert sum(s.count for s in legend) == 40
    assert len(legend) == 5
    order = [legend.index(of[str(n)]) for n in range(40)]
    assert order == sorted(order)


def test_a_light_has_its_own_colour_and_sign():
    drawn = region_map(document([county("缙云县", "丽水市", light="逾期", text="逾期")], unit=""))
    assert "✕ 逾期（1）" in drawn.svg


def test_names_and_addresses_are_text_whatever_they_hold(tmp_path):
    counties = [county(HOSTILE, HOSTILE, 1.0, HOSTILE), county("乙县", "丽水市", 2.0, "2%")]
    drawn = region_map(
        document(counties, [flow(HOSTILE, "乙县", HOSTILE)]), {HOSTILE: "/county?county=%22"}, pick=HOSTILE
    )
    tree = ElementTree.fromstring(drawn.svg)
    assert not [e for e in tree.iter() if e.tag.endswith(("script", "}b"))]
    write_region_map(tmp_path / "a.png", document(counties), HOSTILE)
    with pytest.raises(UnknownFormat):
        write_region_map(tmp_path / "a.exe", document(counties))


def test_an_arc_joins_the_two_counties_and_leads_to_its_row_in_the_table():
    counties = [county("青田县", "丽水市", 1.0, "1%"), county("松阳县", "丽水市", 2.0, "2%")]
    flows = [flow("青田县", "松阳县", "不锈钢坯", "棒材"), flow("青田县", "别处", "甲")]
    drawn = region_map(document(counties, flows), {c["county"]: "/county" for c in counties})
    assert re.findall('href="#(flow-[0-9]+)"', drawn.svg) == ["flow-1"]
    assert "青田县供给松阳县：2项，不锈钢坯、棒材" in drawn.svg
    assert "flow-1" not in region_map(document(counties, flows), {"青田县": "/"}, flows="无").svg


def test_a_file_is_the_same_for_the_same_document(tmp_path):
    whole = document([county("缙云县", "丽水市", 55.0, "55%")])
    for name in ("a.svg", "b.svg"):
        write_region_map(tmp_path / name, whole, "示例")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert size_of((tmp_path / "a.svg").read_text("utf-8"))[0] == 760
