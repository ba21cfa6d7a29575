"""Whom the document of candidates names: outside firms alone, each once, with what there is to be asked about it."""

from __future__ import annotations

from datetime import date

import pytest
from builders import write_csv

from graph.analysis.config import GapConfig
from graph.answers.recruiting import Wanted, candidates
from graph.answers.state import State
from ingest.load.pipeline import LoadOptions, load

CHAIN = "示例锯床产业链"
HEAD = ["名称", "县市区", "所在地", "产业链", "环节", "状态", "主要产品", "附加列"]


@pytest.fixture
def recommended(basic_city, load_sheets, tmp_path):
    """By name, the firms recommended for 锯条 once local firms and a list of companies (code, name, product) are loaded."""

    def run(local, companies):
        load_sheets({"企业": [["名称", "县市区", "产业链", "环节", "状态", "母公司"], *local]}, name="本地.xlsx")
        pool = tmp_path / "pool"
        write_csv(
            pool / "company.csv",
            [["code", "name", "fullname", "exchange", "listed_on"], *([c, n, f, "", ""] for c, n, f, _ in companies)],
        )
        made = [["company", "product", "share"], *([c, p, "0.8"] for c, _, _, p in companies)]
        write_csv(pool / "company_product.csv", made)
        write_csv(pool / "product.csv", [["name"], *sorted({(p,) for *_, p in companies})])
        load(basic_city, [pool], LoadOptions(form="chainkg"))
        state = State(basic_city, GapConfig(), date(2025, 6, 1))
        document = candidates(state, CHAIN, wanted=Wanted(segment="锯条"))
        return {c["firm"]: c for c in (*document["candidates"], *document["to_survey"][:0])}

    return run


def test_a_local_firm_is_never_recommended_and_its_parent_is_a_risk_to_be_told(recommended):
    firms = recommended(
        [
            ["示例甲锯业（缙云）有限公司", "示例县", CHAIN, "锯条", "在产", "湖南示例锯材股份有限公司"],
            ["示例乙锯条股份有限公司", "示例县", CHAIN, "锯条", "在产", None],
        ],
        [
            ("000201SZ", "示例锯材", "湖南示例锯材股份有限公司", "双金属锯条"),
            ("000202SZ", "示例乙锯条", "示例乙锯条股份有限公司", "锯条"),
            ("000203SZ", "示例丙", "江苏示例丙工具股份有限公司", "锯条"),
        ],
    )
    assert set(firms) == {"湖南示例锯材股份有限公司", "江苏示例丙工具股份有限公司"}
    assert firms["湖南示例锯材股份有限公司"]["risks"] == [
        "与本地示例甲锯业（缙云）有限公司母子或同一集团（写明的母公司或股东：湖南示例锯材股份有限公司）"
    ]
    assert firms["江苏示例丙工具股份有限公司"]["risks"] == []


def test_a_firm_with_two_writings_of_its_code_is_recommended_once(recommended):
    firms = recommended(
        [["示例乙锯条股份有限公司", "示例县", CHAIN, "锯条", "在产", None]],
        [("000301SZ", "示例丁", "", "锯条"), ("000301", "示例丁", "江苏示例丁工具股份有限公司", "双金属锯条")],
    )
    assert list(firms) == ["江苏示例丁工具股份有限公司"]
    assert firms["江苏示例丁工具股份有限公司"]["product"] == "锯条、双金属锯条"


def test_a_shared_brand_is_asked_about_and_costs_nothing(recommended):
    firms = recommended(
        [["浙江示飞机械有限公司", "示例县", CHAIN, "锯条", "在产", None]],
        [
            ("000401SZ", "示飞工具", "江苏示飞工具股份有限公司", "锯条"),
            ("000402SZ", "示戊", "江苏示戊工具股份有限公司", "锯条"),
        ],
    )
    asked, other = firms["江苏示飞工具股份有限公司"], firms["江苏示戊工具股份有限公司"]
    assert "请核实：与本地浙江示飞机械有限公司可能同一集团（字号相同（示飞））" in asked["reasons"]
    assert (asked["risks"], asked["score"]) == ([], other["score"])
    assert (asked["rank"], asked["tied"], other["tied"]) == (1, True, True)


def test_who_is_invented_never_comes_to_a_real_county(city, load_sheets):
    chain = "带锯床产业链"
    load_sheets(
        {
            "县市区": [["名称", "上级", "级别"], ["缙云县", "丽水市", "县"], ["示例县", "示例市", "县"]],
            "产业链": [["名称", "县市区"], [chain, "缙云县"], ["示例链", "示例县"]],
            "环节": [
                ["产业链", "名称", "阶段", "已调查"],
                [chain, "锯条", "上游", "是"],
                ["示例链", "锯条", "上游", "是"],
            ],
            "企业": [
                ["名称", "县市区", "所在地", "主要产品", "状态"],
                ["示例甲工具有限公司", "示例县", None, "锯条", "在产"],
                ["示例乙工具有限公司", None, "示例省示例外市", "锯条", "外部"],
                ["示例丙工具有限公司", None, "浙江省温州市", "锯条", "外部"],
            ],
        }
    )
    state = State(city, GapConfig(), date(2025, 6, 1))
    firms = {c: [f["firm"] for f in candidates(state, c)["candidates"]] for c in (chain, "示例链")}
    assert firms[chain] == ["示例丙工具有限公司"]
    assert set(firms["示例链"]) == {"示例乙工具有限公司", "示例丙工具有限公司"}
