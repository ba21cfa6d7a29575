"""Rows that sum others under the name of a place or in another language; firms and honours that only sound so."""

from __future__ import annotations

import pytest

HEAD = ["名称", "县市区", "产值(万元)", "年份"]
FIRM = ["示例甲机械有限公司", "示例县", 30, 2024]


def _names(report) -> set[str]:
    return {n["name"] for n in report.document()["diff"]["nodes"].get("企业", [])}


@pytest.mark.parametrize(
    "name",
    [
        "示例县", "示例市", "示例新区", "示例镇", "示例街道", "县本级", "市直", "Total", "TOTAL", "Subtotal", "Grand Total", "Sum:",
        "本页合计 2 家", "企业数：2", "共 5 家企业", "2家", "规上工业", "机械行业", "金属制品业、通用设备制造业",
    ],
)  # fmt: skip
def test_a_sum_under_any_name_is_no_firm(load_sheets, name):
    report = load_sheets({"企业": [HEAD, FIRM, [name, None, 30, 2024]]})
    assert (_names(report), report.rows.skipped) == ({"示例甲机械有限公司"}, 1)


@pytest.mark.parametrize("name", ["示例县", "机械行业"])
def test_a_place_or_a_trade_alone_is_a_section(load_sheets, name):
    report = load_sheets({"企业": [HEAD, [name, None, None, None], FIRM]})
    assert [f.message for f in report.findings if f.where == "企业!A2"] == ["分段标题，已跳过"]


@pytest.mark.parametrize(
    "name", ["示例超市", "示例门市", "示例景区", "示例园区", "示例小镇", "示例合计机械厂", "其他机械有限公司"]
)
def test_a_firm_that_sounds_like_a_sum_is_data(load_sheets, name):
    report = load_sheets({"企业": [HEAD, FIRM, [name, None, 30, 2024]]})
    assert _names(report) == {"示例甲机械有限公司", name}


def test_what_says_its_own_county_is_no_sum_of_one(load_sheets):
    report = load_sheets({"企业": [HEAD, FIRM, ["示例镇", "示例县", 30, 2024]]})
    assert report.rows.skipped == 0


def test_a_sum_beside_a_chain_is_no_segment(load_sheets):
    report = load_sheets({"环节": [["产业链", "名称", "在产企业数"], ["示例链", "锯床", 3], ["示例链", "合计", 3]]})
    assert (report.rows.accepted, report.rows.skipped) == (1, 1)


def test_an_honour_may_be_called_what_forms_ask_for(load_sheets):
    rows = [["企业", "资质", "年份"], ["示例甲机械有限公司", "高新技术企业", 2023]]
    report = load_sheets({"企业": [HEAD, FIRM], "资质认定": rows})
    assert (report.rows.accepted, report.rows.rejected) == (2, 0)
