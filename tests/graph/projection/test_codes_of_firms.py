"""One firm once: a stock code of six digits identifies it whatever exchange stands beside, and goes with its credit code."""

from __future__ import annotations

import pytest

from graph.ledger.batch import LedgerSheet
from graph.projection.project import project
from graph.schema.parse import load_schema
from graph.text import split

SCHEMA = load_schema()
CREDIT, OTHER_CREDIT = "91110000600037341L", "91331100143052304E"
LISTED = {"名称": "示例三花", "证券代码": "002950SZ", "状态": "外部"}
FULL, SHORT = "浙江示例三花智能控制股份有限公司", "示例三花"


def graph(*rows, pool=(), relations=()):
    """What some rows of 企业, rows of a listed pool, and rows of other sheets come to."""
    sheets = [("企业", rows, False), ("企业", pool, True), *((kind, [row], exact) for kind, row, exact in relations)]
    records = []
    for batch, (kind, values, exact) in enumerate(sheets, 1):
        sheet = LedgerSheet(batch, kind, "示例.xlsx", kind, {}, exact)
        records += [sheet.record(len(records) + n, n, v, None, "B") for n, v in enumerate(values, 2)]
    return project(records, SCHEMA)


def firms(projection):
    return {n.name: set(split(n.values.get("aliases") or "")) for n in projection.nodes["企业"].values()}


@pytest.mark.parametrize("code", ["002950", "002950SZ", "002950.SZ", "sz002950", "ＳＺ002950", "深交所 002950"])
def test_a_stock_code_is_one_firm_however_it_is_written(code):
    row = {"名称": FULL, "证券代码": code}
    for order in (graph(row, pool=[LISTED]), graph(pool=[LISTED, {**row, "状态": "外部"}])):
        assert firms(order) == {FULL: {SHORT}}


def test_both_ways_to_write_the_code_are_found_in_the_rows_and_the_registered_name_is_shown():
    one = next(iter(graph({"名称": FULL, "证券代码": "002950"}, pool=[LISTED]).nodes["企业"].values()))
    assert len(one.records) == 2
    assert one.values["stock_code"] in ("002950", "002950SZ")
    assert one.name == FULL


def test_rows_that_name_a_company_by_its_code_mean_it_whatever_the_suffix():
    makes = ("企业产品", {"企业": "002950SH", "产品": "示例阀"}, True)
    product = ("产品", {"名称": "示例阀"}, True)
    deal = ("供应关系", {"供方": "SZ.002950", "需方": FULL}, False)
    buyer = {"名称": "示例甲公司"}
    projection = graph({"名称": FULL}, buyer, pool=[{**LISTED, "名称": "示例三花"}], relations=[product, makes, deal])
    assert len(projection.edges["MAKES"]) == 1
    assert not [w for w in projection.waiting if w.kinds[:1] == ("企业",)]


def test_prefix_of_another_number_is_no_code():
    assert len(firms(graph({"名称": FULL, "证券代码": "2950"}, {"名称": SHORT, "证券代码": "00295.HK"}))) == 2


def test_a_credit_code_beside_a_stock_code_makes_rows_with_either_one_firm():
    rows = [
        {"名称": FULL, "统一社会信用代码": CREDIT, "证券代码": "002950"},
        {"名称": "示例三花控制股份有限公司", "统一社会信用代码": CREDIT},
    ]
    assert len(firms(graph(*rows, pool=[LISTED]))) == 1


def test_a_credit_code_and_a_stock_code_of_one_name_are_one_firm():
    pool = {"名称": FULL, "曾用名": SHORT, "证券代码": "002950SZ", "状态": "外部"}
    projection = graph({"名称": FULL, "统一社会信用代码": CREDIT, "县市区": "示例县"}, {"名称": SHORT}, pool=[pool])
    assert firms(projection) == {FULL: {SHORT}}
    one = next(iter(projection.nodes["企业"].values()))
    assert (one.values["code"], one.values["stock_code"]) == (CREDIT, "002950SZ")


def test_two_credit_codes_are_two_firms_though_one_stock_code_stands_beside_both():
    rows = [
        {"名称": FULL, "统一社会信用代码": CREDIT, "证券代码": "002950"},
        {"名称": "示例三花铜业有限公司", "统一社会信用代码": OTHER_CREDIT, "证券代码": "002950"},
    ]
    projection = graph(*rows, pool=[{**LISTED, "名称": FULL}])
    assert set(firms(projection)) == {FULL, "示例三花铜业有限公司"}
    assert not projection.waiting


def test_two_companies_of_one_short_name_stay_two():
    assert len(graph(pool=[LISTED, {**LISTED, "证券代码": "600950SH"}]).nodes["企业"]) == 2


def test_a_special_treatment_or_a_new_name_under_the_same_code_is_the_same_firm():
    rows = [{**LISTED, "名称": n} for n in ("*ST示例", "示例环境", "ST示例")]
    assert len(graph(pool=rows).nodes["企业"]) == 1


def test_several_registered_names_of_one_code_are_remarked_and_a_short_one_is_not():
    short = graph({"名称": FULL, "证券代码": "002950"}, pool=[LISTED])
    assert not short.remarks
    two = graph({"名称": FULL, "证券代码": "002950"}, {"名称": "示例三花铜业有限公司", "证券代码": "002950"})
    assert {r.message for r in two.remarks} == {
        f"同一证券代码对应多个名称：{FULL}、示例三花铜业有限公司，按同一家企业处理"
    }


def test_people_may_make_a_firm_with_a_credit_code_and_a_listed_one_one_and_not_two_listed_ones():
    local = {"名称": "示例控制系统有限公司", "统一社会信用代码": CREDIT}
    decided = ("决定", {"决定": "合并", "类别": "企业", "名称": "示例控制系统有限公司", "对象": SHORT}, False)
    assert len(graph(local, pool=[LISTED], relations=[decided]).nodes["企业"]) == 1
    other = {"名称": "示例铜业", "证券代码": "600950SH", "状态": "外部"}
    both = ("决定", {"决定": "合并", "类别": "企业", "名称": "示例铜业", "对象": SHORT}, False)
    refused = graph(pool=[LISTED, other], relations=[both])
    assert len(refused.nodes["企业"]) == 2
    assert any("没有合并" in r.message for r in refused.remarks)
