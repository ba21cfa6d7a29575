"""What a name in a cell means: the rules for references, one by one."""

from __future__ import annotations

from typing import Any

import pytest
from random_world import parts_of

from graph.model import Record
from graph.projection.project import project
from graph.projection.result import Projection
from graph.projection.unresolved import waiting_names
from graph.schema.parse import load_schema
from graph.schema.types.code import valid_code

SCHEMA = load_schema()
Sheets = dict[str, list[list[Any]]]
CODE = "91110000600037341L"
OTHER = next(c for n in range(10**9) if valid_code(c := f"9133000071095{n:05d}"))
PLACES: Sheets = {"县市区": [["名称", "上级"], ["示例县", "示例市"], ["示例邻县", "示例市"], ["示例市", None]]}
CHAIN: Sheets = {
    "产业链": [["名称", "县市区"], ["示例链", "示例县"]],
    "环节": [["产业链", "名称"], ["示例链", "锯条"], ["示例链", "锯床"]],
}


def graph(*loads: Sheets | dict[str, Sheets]) -> Projection:
    """The projection of some loads, each the sheets of one file (named 1.xlsx, 2.xlsx ...)."""
    records: list[Record] = []
    for batch, sheets in enumerate(loads, 1):
        for name, (head, *rows) in sheets.items():
            for part in parts_of(f"{batch}.xlsx", name, head, rows):
                assert len(part.rows) == len(rows), f"{name}: a row was rejected"
                for r in part.rows:
                    seq = len(records) + 1
                    place = (batch, part.kind, part.file, part.sheet, r.row, r.values, r.as_of, r.grade)
                    records.append(Record(seq, *place, columns=part.columns))
    return project(records, SCHEMA)


def names(after: Projection, kind: str) -> list[str]:
    return sorted(n.name for n in after.nodes.get(kind, {}).values())


def edges(after: Projection, relation: str) -> list[tuple[str, str]]:
    def name(kind: str, ident: str) -> str:
        return after.nodes[kind][ident].name

    return sorted(
        (name(e.source_kind, e.source), name(e.target_kind, e.target)) for e in after.edges.get(relation, {}).values()
    )


def waiting(after: Projection) -> list[tuple[str, str, str]]:
    return [(w.waiting.where, w.waiting.name, w.waiting.reason) for w in waiting_names(after)]


def test_an_edge_whose_name_nobody_defines_waits_and_appears_once_it_is_loaded():
    need = {"技术需求": [["名称", "提出企业"], ["示例需求", "示例公司"]]}
    alone = graph(need)
    assert names(alone, "技术需求") == ["示例需求"]
    assert waiting(alone) == [("技术需求!B2", "示例公司", "undefined")]
    later = graph(need, {"企业": [["名称"], ["示例公司"]]})
    assert edges(later, "RAISED_BY") == [("示例需求", "示例公司")]
    assert waiting(later) == []


def test_a_row_whose_key_needs_the_name_waits_as_a_whole():
    report = {"企业年报": [["企业", "年份", "利润(万元)"], ["示例公司", 2024, 5]]}
    alone = graph(report)
    assert alone.nodes.get("企业年报", {}) == {}
    assert waiting(alone) == [("企业年报!A2", "示例公司", "undefined")]
    later = graph(report, {"企业": [["名称"], ["示例公司"]]})
    assert len(later.nodes["企业年报"]) == 1


def test_what_waits_says_which_names_come_near():
    after = graph(
        {"企业": [["名称"], ["示例锯业有限公司"]], "技术需求": [["名称", "提出企业"], ["示例需求", "示例锯业公司"]]}
    )
    (entry,) = waiting_names(after)
    assert entry.near == ("示例锯业有限公司",)
    assert "示例锯业有限公司" in entry.message()


def test_departments_external_sources_and_products_are_defined_by_being_named():
    after = graph(PLACES | CHAIN, {
        "指标": [["名称", "责任单位"], ["示例指标", "市科技局、市经信局"]],
        "外部供给": [["产业链", "环节", "外部来源"], ["示例链", "锯条", "示例外地厂"]],
        "企业": [["名称", "主要产品"], ["示例公司", "带锯、圆锯"]],
    })  # fmt: skip
    assert names(after, "责任单位") == ["市科技局", "市经信局"]
    assert names(after, "外部来源") == ["示例外地厂"]
    assert names(after, "产品") == ["圆锯", "带锯"]
    assert waiting(after) == []


def test_a_product_that_only_a_share_names_is_not_defined_by_it():
    after = graph({"企业": [["名称"], ["示例公司"]], "企业产品": [["企业", "产品"], ["示例公司", "带锯"]]})
    assert waiting(after) == [("企业产品!B2", "带锯", "undefined")]


def test_a_thing_named_in_passing_is_called_as_its_own_row_or_else_the_row_that_counts_most_calls_it():
    firms = {
        "企业": [["名称", "主要产品", "数据日期"], ["示例甲", "ＡＢ锯", "2025-01-01"], ["示例乙", "AB锯", "2020-01-01"]]
    }
    assert names(graph(firms), "产品") == ["ＡＢ锯"]
    assert names(graph(firms, {"产品": [["名称", "数据日期"], ["AB锯", "2019-01-01"]]}), "产品") == ["AB锯"]


@pytest.mark.parametrize(
    ("sheet", "column", "relation"),
    [
        ("项目", "承担单位", "UNDERTAKEN_BY"), ("平台", "依托单位", "HOSTED_BY"), ("科技成果", "持有单位", "HELD_BY"),
        ("关键技术", "优势单位", "LED_BY"), ("人才", "单位", "AFFILIATED_WITH"), ("技术需求", "提出企业", "RAISED_BY"),
    ],
)  # fmt: skip
def test_an_organisation_is_an_enterprise_an_institute_or_a_platform(sheet, column, relation):
    first = "姓名" if sheet == "人才" else "名称"
    for kind in ("企业", "高校院所", "平台"):
        after = graph({kind: [["名称"], ["示例单位"]]}, {sheet: [[first, column], ["示例事项", "示例单位"]]})
        assert edges(after, relation) == [("示例事项", "示例单位")]


def test_suppliers_and_buyers_may_be_of_any_of_the_three_kinds():
    after = graph({
        "企业": [["名称"], ["示例公司"]], "平台": [["名称"], ["示例平台"]], "高校院所": [["名称"], ["示例大学"]],
        "供应关系": [["供方", "需方"], ["示例大学", "示例公司"], ["示例公司", "示例平台"]],
    })  # fmt: skip
    assert edges(after, "SUPPLIES") == [("示例公司", "示例平台"), ("示例大学", "示例公司")]


def test_a_name_in_two_kinds_waits_until_a_row_says_which():
    both = {"企业": [["名称"], ["示例院"]], "高校院所": [["名称"], ["示例院"]]}
    project_row = {"项目": [["名称", "承担单位"], ["示例项目", "示例院"]]}
    after = graph(both, project_row)
    assert waiting(after) == [("项目!B2", "示例院", "ambiguous")]
    (entry,) = waiting_names(after)
    assert entry.near == ("示例院（企业）", "示例院（高校院所）")
    for said in entry.near:
        told = graph(both, project_row, {"项目": [["名称", "承担单位"], ["示例项目", said]]})
        (edge,) = told.edges["UNDERTAKEN_BY"].values()
        assert edge.target_kind == said[4:-1]


def test_an_object_is_a_region_a_chain_an_enterprise_or_the_whole_city():
    rows = [["名称", "对象"], ["一", "示例县"], ["二", "示例链"], ["三", "示例公司"], ["四", "全市"]]
    after = graph(PLACES | CHAIN, {"企业": [["名称"], ["示例公司"]], "指标": rows})
    assert edges(after, "SET_FOR") == [("一", "示例县"), ("三", "示例公司"), ("二", "示例链")]
    assert len(after.nodes["指标"]) == 4
    assert waiting(after) == []
    measured = graph(
        {
            "指标": [["名称", "对象"], ["四", "全市"]],
            "完成情况": [["指标", "对象", "数值", "日期"], ["四", "全市", 5, "2024-06"]],
        }
    )
    assert len(measured.edges["MEASURES"]) == 1


def test_a_chain_without_its_county_is_first_sought_in_its_own_file():
    def office(county: str) -> Sheets:
        return {
            "产业链": [["名称", "县市区"], ["同名链", county]], "环节": [["产业链", "名称"], ["同名链", "锯条"]],
            "技术需求": [["名称", "产业链"], [f"{county}需求", "同名链"]],
        }  # fmt: skip

    after = graph(PLACES, office("示例县"), office("示例邻县"))
    assert waiting(after) == []
    counties = {n.id: n.values["county"] for n in after.nodes["产业链"].values()}
    raised = {
        after.nodes["技术需求"][e.source].name: counties[e.target]
        for e in after.edges["IN_CHAIN"].values()
        if e.source_kind == "技术需求"
    }
    assert raised == {"示例县需求": "示例县", "示例邻县需求": "示例邻县"}


def test_a_chain_of_two_counties_named_elsewhere_waits_until_its_county_stands_beside_it():
    chains = {"产业链": [["名称", "县市区"], ["同名链", "示例县"], ["同名链", "示例邻县"]]}
    alone = graph(PLACES, chains, {"关键技术": [["名称", "产业链"], ["示例技术", "同名链"]]})
    (entry,) = waiting_names(alone)
    assert entry.near == ("同名链（示例县）", "同名链（示例邻县）")
    beside = graph(PLACES, chains, {"关键技术": [["名称", "产业链", "县市区"], ["示例技术", "同名链", "示例邻县"]]})
    within = graph(PLACES, chains, {"关键技术": [["名称", "产业链"], ["示例技术", "同名链（示例邻县）"]]})
    for after in (beside, within):
        (edge,) = [e for e in after.edges["IN_CHAIN"].values() if e.source_kind == "关键技术"]
        assert after.nodes["产业链"][edge.target].values["county"] == "示例邻县"


def test_a_segment_without_its_chain_is_found_where_one_chain_only_has_it_and_waits_once_two_have():
    need = {"技术需求": [["名称", "环节"], ["示例需求", "锯条"]]}
    assert edges(graph(PLACES, CHAIN, need), "ON_SEGMENT") == [("示例需求", "锯条")]
    second = {"产业链": [["名称", "县市区"], ["另一链", "示例县"]], "环节": [["产业链", "名称"], ["另一链", "锯条"]]}
    after = graph(PLACES, CHAIN, need, second)
    assert edges(after, "ON_SEGMENT") == []
    (entry,) = waiting_names(after)
    assert entry.near == ("锯条（示例县/另一链）", "锯条（示例县/示例链）")
    told = graph(PLACES, CHAIN, second, {"技术需求": [["名称", "环节"], ["示例需求", "锯条（另一链）、锯床"]]})
    assert edges(told, "ON_SEGMENT") == [("示例需求", "锯床"), ("示例需求", "锯条")]


def test_a_segment_is_sought_in_the_chain_that_the_row_names():
    second = {"产业链": [["名称", "县市区"], ["另一链", "示例县"]], "环节": [["产业链", "名称"], ["另一链", "锯条"]]}
    after = graph(PLACES, CHAIN, second, {"企业": [["名称", "产业链", "环节"], ["示例公司", "另一链", "锯条"]]})
    (edge,) = after.edges["STANDS_ON"].values()
    assert after.nodes["环节"][edge.target].values["chain"] == "另一链"


def test_a_loop_of_parents_rejects_nothing_and_each_of_its_rows_is_told():
    rows = [
        ["产业链", "名称", "上级环节"],
        ["示例链", "甲", "乙"],
        ["示例链", "乙", "丙"],
        ["示例链", "丙", "甲"],
        ["示例链", "丁", "甲"],
    ]
    after = graph(PLACES | CHAIN | {"环节": rows})
    assert len(after.nodes["环节"]) == 4
    assert edges(after, "SUBSEGMENT_OF") == [("丁", "甲")]
    assert [(w[0], w[2]) for w in waiting(after)] == [("环节!C2", "loop"), ("环节!C3", "loop"), ("环节!C4", "loop")]


def test_a_segment_that_feeds_itself_under_two_spellings_of_its_chain_waits():
    rows = [["产业链", "上游环节", "下游环节", "下游产业链"], ["示例链", "锯条", "锯条", "示例链（示例县）"]]
    after = graph(PLACES | CHAIN | {"环节供给": rows})
    assert "FEEDS" not in after.edges or not after.edges["FEEDS"]
    assert [w[2] for w in waiting(after)] == ["loop"]


def test_a_former_name_is_the_same_firm_wherever_it_is_named():
    after = graph({
        "企业": [["名称", "曾用名"], ["示例新公司", "示例旧公司、示例老公司"]],
        "企业年报": [["企业", "年份"], ["示例旧公司", 2023], ["示例老公司", 2022], ["示例新公司", 2024]],
    })  # fmt: skip
    assert names(after, "企业") == ["示例新公司"]
    assert len(after.edges["REPORT_OF"]) == 3


def test_a_former_name_with_a_code_and_the_new_name_without_are_one_firm():
    after = graph(
        {
            "企业": [
                ["名称", "曾用名", "统一社会信用代码"],
                ["示例新公司", "示例旧公司", None],
                ["示例旧公司", None, CODE],
            ]
        }
    )
    assert names(after, "企业") == ["示例新公司"]
    assert waiting(after) == []


def test_one_code_with_two_names_is_one_firm_with_an_alias_and_a_warning():
    after = graph({
        "企业": [["名称", "统一社会信用代码"], ["示例前公司", CODE], ["示例后公司", CODE]],
        "技术需求": [["名称", "提出企业"], ["一", "示例前公司"], ["二", "示例后公司"]],
    })  # fmt: skip
    (firm,) = after.nodes["企业"].values()
    assert (firm.name, firm.values["aliases"]) == ("示例后公司", "示例前公司")
    assert len(edges(after, "RAISED_BY")) == 2
    assert all("多个名称" in r.message for r in after.remarks)


def test_one_name_with_two_codes_is_two_firms_and_rows_with_the_name_alone_wait():
    firms = [
        ["名称", "统一社会信用代码", "所在地"],
        ["示例公司", CODE, "甲地"],
        ["示例公司", OTHER, "乙地"],
        ["示例公司", None, "丙地"],
    ]
    need = [["名称", "提出企业"], ["示例需求", "示例公司"]]
    after = graph({"企业": firms, "技术需求": need})
    assert sorted(n.values["location"] for n in after.nodes["企业"].values()) == ["乙地", "甲地"]
    assert waiting(after) == [("企业!A4", "示例公司", "ambiguous"), ("技术需求!B2", "示例公司", "ambiguous")]
    choices = waiting_names(after)[1].near
    assert choices == (f"示例公司（{CODE}）", f"示例公司（{OTHER}）")
    told = graph({"企业": firms[:3], "技术需求": [need[0], ["示例需求", choices[1]]]})
    (edge,) = told.edges["RAISED_BY"].values()
    assert told.nodes["企业"][edge.target].values["location"] == "乙地"


@pytest.mark.parametrize("code", ["91110000600037341A", "110108600037341", "9111000060003734L", "9111-0000"])
def test_a_code_that_is_none_is_kept_as_written_and_identifies_nothing(code):
    after = graph({"企业": [["名称", "统一社会信用代码"], ["示例甲", code], ["示例乙", code]]})
    assert names(after, "企业") == ["示例乙", "示例甲"]
    assert {n.values["code"] for n in after.nodes["企业"].values()} == {code}


def test_a_code_that_came_as_a_number_identifies_nothing():
    number = next(n for n in range(913300007109570000, 913300007109580000) if valid_code(str(n)))
    after = graph({"企业": [["名称", "统一社会信用代码"], ["示例甲", number], ["示例乙", number]]})
    assert names(after, "企业") == ["示例乙", "示例甲"]
    assert {n.values["code"] for n in after.nodes["企业"].values()} == {str(number)}


def test_a_cell_that_is_a_defined_name_is_one_name_else_a_list():
    segments = {"环节": [["产业链", "名称"], ["示例链", "特钢/不锈钢材料"], ["示例链", "特钢"], ["示例链", "锯条"]]}
    need = {
        "技术需求": [
            ["名称", "产业链", "环节"],
            ["一", "示例链", "特钢/不锈钢材料、锯条"],
            ["二", "示例链", "特钢/锯条"],
        ]
    }
    after = graph(PLACES | CHAIN | segments | need)
    assert edges(after, "ON_SEGMENT") == [("一", "特钢/不锈钢材料"), ("一", "锯条"), ("二", "特钢"), ("二", "锯条")]


def test_a_product_named_in_a_firms_row_is_known_to_rows_that_come_before_it():
    sold = {"企业产品": [["企业", "产品", "营收占比", "可信度"], ["示例甲", "锯条", "60%", "C"]]}
    after = graph({**sold, "企业": [["名称", "主要产品"], ["示例甲", "锯条、锯片"]]})
    assert after.waiting == []
    assert names(after, "产品") == ["锯条", "锯片"]
    assert [e.values["share"] for e in after.edges["MAKES"].values() if e.values.get("share")] == [0.6]
