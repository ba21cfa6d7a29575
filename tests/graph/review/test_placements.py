"""Where a firm may stand: suggestions with the words that matched, which count for nothing until confirmed."""

from __future__ import annotations

import pytest

from graph.review.placements import find_placements


def suggested(city):
    return {
        p.firm.name: [(s.path.rpartition("/")[2], s.evidence) for s in p.suggestions]
        for p in find_placements(city.projection())
    }


@pytest.fixture
def valley(basic_city, load_sheets):
    load_sheets({
        "产业链": [["名称", "县市区"], ["示例阀门产业链", "示例邻县"]],
        "环节": [["产业链", "名称", "阶段", "别名"], ["示例阀门产业链", "球阀整机", "中游", "浮动球阀"], ["示例阀门产业链", "石化应用", "应用", None], ["示例阀门产业链", "密封件与阀杆", "上游", None]],
        "产品": [["名称", "环节"], ["双金属带锯条", "锯条"]],
    }, name="环节.xlsx")  # fmt: skip
    return basic_city


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"主要产品": "双金属带锯条"}, ("锯条", "强")),  # a product included in the segment
        ({"主要产品": "高速钢锯条"}, ("锯条", "中")),  # the segment's word within the product
        ({"经营范围": "五金销售；双金属带锯条制造。"}, ("锯条", "中")),
        ({"主营业务": "锯条零售"}, ("锯条", "弱")),
        ({"主要产品": "浮动球阀", "县市区": "示例邻县"}, ("球阀整机", "强")),  # an alias of the segment
        ({"主要产品": "密封材料"}, ("密封件与阀杆", "弱")),  # no word of the segment, but it begins alike
        ({"主要产品": "浮动球阀"}, ("球阀整机", "中")),  # the segment is in the next county: one level weaker
    ],
)
def test_evidence_has_a_level_by_what_matched(valley, load_sheets, row, expected):
    values = {"名称": "示例丙有限公司", "县市区": "示例县", **row}
    load_sheets({"企业": [list(values), list(values.values())]}, name="补.xlsx")
    assert suggested(valley)["示例丙有限公司"][0] == expected


def test_the_name_of_a_firm_alone_is_weak_and_only_within_its_county(valley, load_sheets):
    load_sheets(
        {"企业": [["名称", "县市区"], ["示例丙锯条有限公司", "示例县"], ["示例丁锯条有限公司", "示例邻县"]]},
        name="补.xlsx",
    )
    assert suggested(valley) == {"示例丙锯条有限公司": [("锯条", "弱")]}


def test_words_that_say_nothing_place_nobody(valley, load_sheets):
    load_sheets(
        {"企业": [["名称", "县市区", "主要产品"], ["示例丙科技有限公司", "示例县", "科技、企业、以上、设备"]]},
        name="补.xlsx",
    )
    assert suggested(valley) == {}


def test_a_market_is_no_place_to_stand(valley, load_sheets):
    load_sheets({"企业": [["名称", "县市区", "主要产品"], ["示例丙有限公司", "示例邻县", "石化应用"]]}, name="补.xlsx")
    assert suggested(valley) == {}


def test_a_stated_segment_is_never_second_guessed(valley, load_sheets):
    rows = [
        ["示例丙有限公司", "示例县", "示例锯床产业链", "带锯床", "双金属带锯条", None],
        ["示例丁有限公司", None, None, None, "双金属带锯条", "外部"],
    ]
    load_sheets({"企业": [["名称", "县市区", "产业链", "环节", "主要产品", "状态"], *rows]}, name="补.xlsx")
    assert suggested(valley) == {}


def test_a_stated_chain_is_the_only_one(valley, load_sheets):
    rows = [["示例丙有限公司", "示例县", "示例锯床产业链", "双金属带锯条、浮动球阀"]]
    load_sheets({"企业": [["名称", "县市区", "产业链", "主要产品"], *rows]}, name="补.xlsx")
    assert suggested(valley)["示例丙有限公司"] == [("锯条", "强")]


def test_a_suggestion_counts_only_once_it_is_confirmed(valley, load_sheets):
    load_sheets(
        {"企业": [["名称", "县市区", "主要产品"], ["示例丙有限公司", "示例县", "双金属带锯条"]]}, name="补.xlsx"
    )

    def makers():
        return len(valley.projection().edges["STANDS_ON"])

    before = makers()
    assert "示例丙有限公司" in suggested(valley)
    head = ["决定", "类别", "名称", "对象"]
    path = "示例县/示例锯床产业链/锯条"
    rejected = load_sheets({"决定": [head, ["不归入环节", "企业", "示例丙有限公司", path]]}, name="一.xlsx")
    assert suggested(valley) == {}
    assert makers() == before
    valley.undo(rejected.batch)
    load_sheets({"决定": [head, ["归入环节", "企业", "示例丙有限公司", path]]}, name="二.xlsx")
    assert makers() == before + 1
    assert suggested(valley) == {}


def test_products_of_firms_on_the_segment_teach_words(valley, load_sheets):
    rows = [
        ["示例丙有限公司", "示例县", "示例锯床产业链", "锯条", "硬质合金刀头"],
        ["示例丁有限公司", "示例县", None, None, "硬质合金刀头"],
    ]
    load_sheets({"企业": [["名称", "县市区", "产业链", "环节", "主要产品"], *rows]}, name="补.xlsx")
    found = find_placements(valley.projection())
    assert [(s.evidence, s.words) for s in found[0].suggestions] == [("中", ["硬质合金刀头"])]
    assert "与本环节企业的产品相符" in found[0].suggestions[0].reasons[0]


def test_a_term_is_not_found_across_two_words(valley, load_sheets):
    load_sheets({"环节": [["产业链", "名称", "阶段"], ["示例锯床产业链", "钢带", "上游"]]}, name="钢带.xlsx")
    rows = [["示例丙有限公司", "示例县", "加工不锈钢带锯"], ["示例丁有限公司", "示例县", "加工钢带"]]
    load_sheets({"企业": [["名称", "县市区", "经营范围"], *rows]}, name="补.xlsx")
    assert suggested(valley) == {"示例丁有限公司": [("钢带", "弱")]}


@pytest.fixture
def parts(valley, load_sheets):
    """机床 with the parts 圆锯床 and 拉床; a maker on 机床 whose products are named in each test."""

    def stand(product, segment="机床", state="在产"):
        load_sheets({
            "环节": [["产业链", "名称", "上级环节"], *(["示例锯床产业链", *s] for s in (("机床", None), ("圆锯床", "机床"), ("拉床", "机床")))],
            "企业": [["名称", "县市区", "产业链", "环节", "主要产品", "状态"], ["示例丙有限公司", "示例县", "示例锯床产业链", segment, product, state]],
        }, name="机床.xlsx")  # fmt: skip
        return suggested(valley).get("示例丙有限公司")

    return stand


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        ("圆锯床、铝棒", [("圆锯床", "强")]),
        ("数控圆锯床", [("圆锯床", "中")]),
        ("拉床、圆锯床", [("圆锯床", "强"), ("拉床", "强")]),
        ("大型机床", None),
    ],
)
def test_a_maker_on_a_segment_with_parts_is_proposed_the_part_that_its_product_names(parts, product, expected):
    found = parts(product)
    assert found and sorted(found) == sorted(expected) if expected else found is None


@pytest.mark.parametrize(("segment", "state"), [("机床、圆锯床", "在产"), ("机床", "签约")])
def test_who_stands_on_the_part_already_or_does_not_produce_is_proposed_none(parts, segment, state):
    assert parts("圆锯床", segment, state) is None


def test_why_a_part_is_proposed_says_where_the_firm_stands_now(parts, valley):
    parts("圆锯床")
    found = next(p for p in find_placements(valley.projection()) if p.firm.name == "示例丙有限公司")
    assert found.suggestions[0].reasons == ["主要产品“圆锯床”就是本环节的产品（圆锯床）", "现记在上级环节“机床”"]
