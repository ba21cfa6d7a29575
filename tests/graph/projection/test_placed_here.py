"""外部 is what counts of a firm that nobody places here: no list of outside firms takes a firm away, and who comes is local."""

from __future__ import annotations

from datetime import date

import pytest
from builders import write_csv

from graph.analysis.config import GapConfig
from graph.answers.state import State
from graph.text import split
from ingest.load.pipeline import LoadOptions, load

HEAD = ["名称", "县市区", "所在地", "产业链", "环节", "状态", "数据日期", "可信度"]
CHAIN = "示例锯床产业链"
NEW, SHORT = "示例泰锯新材料股份有限公司", "示例泰锯"


@pytest.fixture
def load_pool(city, tmp_path):
    """Load a list of companies: (code, short name, full name)."""

    def run(*companies):
        write_csv(tmp_path / "pool" / "company.csv", [["code", "name", "fullname", "exchange", "listed_on"], *(
            [*company, "示例交易所", "2020-01-01"] for company in companies
        )])  # fmt: skip
        return load(city, [tmp_path / "pool"], LoadOptions(form="chainkg"))

    return run


@pytest.fixture
def segments(basic_city):
    """What is said of each segment now."""

    def read():
        rows = State(basic_city, GapConfig(), date(2025, 6, 1)).graded()
        return {
            r.segment: (r.n, r.total, r.pending, r.status, r.flags, [m.share for m in r.makers], r.hhi) for r in rows
        }

    return read


def firm(city, name):
    return next(
        n for n in city.projection().nodes["企业"].values() if name in (n.name, *split(n.values.get("aliases") or ""))
    )


def test_a_list_of_companies_changes_nothing_of_a_county(basic_city, load_sheets, load_pool, segments):
    load_sheets(
        {
            "企业": [
                HEAD,
                ["示例丙锯业股份有限公司", "示例县", None, CHAIN, "锯条", "在产", None, "C"],
                ["示例丁电子", None, None, CHAIN, "带锯床", None, None, "C"],  # of the chain's county: 归属未注明
                ["示例戊锯业", "示例邻县", None, CHAIN, "锯条", None, None, "C"],
            ]
        },
        name="本地.xlsx",
    )
    before = segments()
    assert before["锯条"][0] == 2
    load_pool(
        ("000101SZ", "示例丙", "示例丙锯业股份有限公司"),
        ("000102SZ", "示例丁电子", "示例丁电子材料股份有限公司"),
        ("000103SZ", "示例戊锯业", ""),
        ("000104SZ", "示例己", "示例己锯业股份有限公司"),
    )
    assert segments() == before
    assert firm(basic_city, "示例己").values["state"] == "外部"


def test_a_candidate_that_signs_is_pending_and_one_that_produces_is_a_maker(
    basic_city, load_sheets, load_pool, segments
):
    dates = {NEW: None, "示例乙锯材股份有限公司": "2020-01-01", "示例丙锯材股份有限公司": "2025-05"}
    candidates = [[n, None, "湖南省长沙市", CHAIN, "锯条", "外部", "2024-10", "A"] for n in dates]
    load_sheets({"企业": [HEAD, *candidates]}, name="外地候选.xlsx")
    load_pool(*((f"00020{i}SZ", n[:4], n) for i, n in enumerate(dates)))
    makers, total, *_ = segments()["锯条"]

    def come(state):
        rows = [[n, "示例县", None, CHAIN, "锯条", state, dated, "B"] for n, dated in dates.items()]
        load_sheets({"企业": [HEAD, *rows]}, name=f"{state}.xlsx")

    come("签约")
    assert segments()["锯条"][:3] == (makers, total, 3)
    come("在产")
    assert segments()["锯条"][:3] == (makers + 3, total + 3, 0)
    node = firm(basic_city, SHORT)
    assert (node.values["state"], node.values["county"]) == ("在产", "示例县")


def test_what_a_list_says_of_another_segment_is_no_production_there(basic_city, load_sheets, segments):
    rows = [
        [NEW, None, "湖南省长沙市", CHAIN, "锯条", "外部", None, "A"],
        [NEW, "示例县", None, CHAIN, "带锯床", "在产", None, "C"],
    ]
    before = segments()
    load_sheets({"企业": [HEAD, *rows]}, name="补.xlsx")
    after = segments()
    assert (after["锯条"][0], after["带锯床"][0]) == (before["锯条"][0], before["带锯床"][0] + 1)


def test_a_row_of_outside_firms_takes_no_region_from_a_local_firm(basic_city, load_sheets, segments):
    load_sheets({"企业": [HEAD, [NEW, "示例县", None, CHAIN, "锯条", "在产", None, "C"]]}, name="本地.xlsx")
    before = segments()
    outside = [NEW, "示例外省市", "湖南省长沙市", None, None, "外部", "2025-05", "A"]
    load_sheets({"企业": [HEAD, outside]}, name="外地候选.xlsx")
    assert segments() == before
    assert firm(basic_city, NEW).values["county"] == "示例县"


def test_a_firm_that_a_row_places_in_the_city_is_not_outside_even_where_the_row_calls_it_so(
    basic_city, load_sheets, segments
):
    before = segments()["锯条"][0]
    load_sheets({"企业": [HEAD, [NEW, None, "湖南省", CHAIN, "锯条", "外部", None, "A"]]}, name="外地候选.xlsx")
    load_sheets({"企业": [HEAD, [NEW, "示例县", None, CHAIN, "锯条", None, None, "C"]]}, name="补.xlsx")
    assert segments()["锯条"][0] == before + 1


def test_a_candidate_that_nobody_places_stays_outside(basic_city, load_sheets, segments):
    before = segments()
    load_sheets({"企业": [HEAD, [NEW, None, "湖南省", CHAIN, "锯条", "外部", None, "C"]]}, name="外地候选.xlsx")
    load_sheets({"企业": [HEAD, [NEW, None, "湖南省长沙市", CHAIN, "锯条", "在产", None, "A"]]}, name="补.xlsx")
    assert segments() == before
