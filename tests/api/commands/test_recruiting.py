"""Cuts, what-if and candidates as commands: their documents key by key, exit codes, and what people type."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import COUNTIES, write_book
from serving import ask, lianpu

from api.home.session import open_session
from api.home.settings import load_settings
from graph.errors import Ambiguous, BadChange, Unknown
from ingest.load.pipeline import load

EXAMPLES = Path(__file__).parents[3] / "examples"
CHAIN = "示例县/示例锯床产业链"


@pytest.fixture(scope="module")
def session(copy_examples, tmp_path_factory):
    """The made example set and the real one, open."""
    with open_session(load_settings(str(copy_examples(tmp_path_factory.mktemp("advice") / "home")))) as made:
        yield made


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A chain whose names hold @ : / and spaces, a broken link, an alias and two firms of one name."""
    sheets = {
        "县市区": [*COUNTIES, ["外省市", "市", None]],
        "产业链": [["名称", "县市区"], ["示例链", "示例县"], ["示例链", "示例邻县"]],
        "环节": [
            ["产业链", "名称", "阶段", "已调查", "县市区"],
            ["示例链", "钢带/带钢", "上游", "是", "示例县"], ["示例链", "锯条:双金属@A", "中游", "是", "示例县"],
            ["示例链", "带锯床", "下游", "仅本地", "示例县"], ["示例链", "控制器", "配套", "否", "示例县"],
            ["示例链", "带锯床", "下游", "是", "示例邻县"],
        ],
        "环节供给": [
            ["产业链", "上游环节", "下游环节", "县市区"],
            ["示例链", "钢带/带钢", "锯条:双金属@A", "示例县"], ["示例链", "锯条:双金属@A", "带锯床", "示例县"],
            ["示例链", "控制器", "带锯床", "示例县"],
        ],
        "企业": [
            ["名称", "曾用名", "县市区", "所在地", "产业链", "环节", "主要产品", "状态", "产值(万元)", "年份"],
            ["示例甲@锯业:公司", "示例老甲", "示例县", None, "示例县/示例链", "锯条:双金属@A", None, "在产", 100, 2024],
            ["示例乙机床", None, "示例县", None, "示例县/示例链", "带锯床", None, "在产", 300, 2024],
            ["示例外地带钢", None, None, "浙江省温州市", None, None, "带钢、冰糖适量、分部间抵销", "外部", 900, 2024],
            ["示例外省带钢", None, None, "江苏省苏州市", None, None, "高端带钢、平衡项目", "外部", 9000000, 2024],
            ["示例糖业", None, None, "浙江省杭州市", None, None, "控制器适量、打碎)、科技、以上", "外部", None, None],
        ],
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("small")
    with open_session(load_settings(str(folder / "home"))) as made:
        report = load(made.city, [write_book(folder / "a.xlsx", sheets)])
        assert report.rows.rejected == 0
        yield made


def status(document, segment, when="after"):
    """The status of a segment in a what-if."""
    return next(s["status"] for s in document[when] if s["segment"] == segment)


def test_gaps_say_what_to_survey_and_where_to_begin(session):
    found = ask(session, "gaps", chain="青田县/青田智控阀门产业链").document
    assert found["next"][0]["survey"] == ["密封件与阀杆", "阀门铸锻件", "执行机构与智能控制", "核电阀门"]
    assert found["next"][0]["first"] == []  # two giants that rows alone name are no first gap
    assert [(g["segment"], g["caption"]) for g in found["next"][0]["thin"]] == [("特钢/不锈钢材料", "薄弱·暂估")]
    scored = [s for s in found["segments"] if s["scores"]]
    assert all(s["scores"] is None for s in found["segments"] if s["status"] == "未知")
    assert {"gap", "criticality", "concentration", "external", "feasibility", "priority", "target", "rank"} <= set(
        scored[0]["scores"]
    )
    assert {"caption", "value", "weight", "inputs", "evidence", "text"} <= set(scored[0]["scores"]["gap"])
    assert set(scored[0]["flip"]) >= {"to", "text", "steps", "changes"}


def test_a_chain_named_with_its_county_never_answers_for_its_namesake(small):
    found = ask(small, "gaps", chain="示例邻县/示例链").document
    assert {s["county"] for s in found["segments"]} == {"示例邻县"}
    assert ask(small, "gaps", county="示例县", chain="示例县/示例链").document["segments"]
    with pytest.raises(Ambiguous) as caught:
        ask(small, "gaps", chain="示例链")
    assert caught.value.choices == ["示例县/示例链", "示例邻县/示例链"]


def test_a_status_that_does_not_exist_is_refused_with_the_list(session):
    with pytest.raises(Unknown) as caught:
        ask(session, "gaps", status="缺环")
    assert "缺链" in caught.value.hint
    assert ask(session, "gaps", status="断点").document["segments"]


def test_the_document_of_cuts(session):
    result = ask(session, "cuts", chain=CHAIN)
    assert result.code == 0
    assert set(result.document) == {"county", "chain", "chain_id", "order", "cuts", "supply_unknown", "capped"}
    cut = next(c for c in result.document["cuts"] if c["lost"] == ["示例外购来源丁"])
    assert {s["segment"] for s in cut["stops"]} == {"示例切削液", "示例拉床"}
    assert set(cut["stops"][0]) == {"county", "chain", "segment", "segment_id"}
    assert any(len(c["lost"]) == 2 for c in ask(session, "cuts", chain=CHAIN, order=2).document["cuts"])


def test_the_document_of_whatif(session):
    found = ask(session, "whatif", chain=CHAIN, add=["示例外地带钢有限公司@示例锯带钢:1.2亿元"]).document
    assert {"before", "after", "changed", "stopped", "restored", "shares", "counties"} <= set(found)
    assert found["changes"]["add"] == [{"firm": "示例外地带钢有限公司", "segment": "示例锯带钢", "output": 12000.0}]
    assert {s["segment"] for s in found["restored"]} == {"示例锯带钢", "示例双金属锯带"}
    assert set(found["changed"][0]) >= {"county", "chain", "segment", "before", "after", "why"}
    assert {(c["segment"], c["before"], c["after"]) for c in found["changed"]} == {
        ("示例锯带钢", "缺链", "弱链"), ("示例双金属锯带", "断链", "稳链"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "firm", "segment", "output"),
    [
        ("某@新厂@锯条:双金属@A:5000", "某@新厂", "锯条:双金属@A", 5000.0),
        ("某新厂＠钢带/带钢：1,200万元", "某新厂", "钢带/带钢", 1200.0),
        ("某新厂@示例县/示例链/钢带/带钢:0.5亿", "某新厂", "钢带/带钢", 5000.0),
        ("示例老甲@带锯床", "示例甲@锯业:公司", "带锯床", None),
    ],
)
def test_a_landing_is_read_with_odd_names_and_units(small, said, firm, segment, output):
    found = ask(small, "whatif", chain="示例县/示例链", add=[said]).document
    assert found["changes"]["add"] == [{"firm": firm, "segment": segment, "output": output}]


@pytest.mark.parametrize("said", ["某新厂", "@带锯床", "某新厂@", "某新厂@带锯床:很多", "某新厂@带锯床:-5"])
def test_a_landing_that_is_none_says_how_to_write_it(small, said):
    with pytest.raises(BadChange) as caught:
        ask(small, "whatif", chain="示例县/示例链", add=[said])
    assert "企业@环节" in caught.value.hint


def test_unknown_names_come_with_near_ones(small):
    with pytest.raises(Unknown) as caught:
        ask(small, "whatif", chain="示例县/示例链", add=["某新厂@带锯"])
    assert caught.value.near == ["带锯床"]
    with pytest.raises(Unknown, match="示例乙机"):
        ask(small, "whatif", chain="示例县/示例链", remove=["示例乙机"])


def test_a_firm_leaves_by_its_former_name_and_the_broken_link_follows(small):
    found = ask(small, "whatif", chain="示例县/示例链", remove=["示例老甲"]).document
    assert found["changes"]["remove"] == ["示例甲@锯业:公司"]
    assert status(found, "锯条:双金属@A", "before") == "断链"
    assert status(found, "锯条:双金属@A") == "缺链"


def test_surveying_an_unknown_segment_finds_the_gap(small):
    found = ask(small, "whatif", chain="示例县/示例链", survey=["控制器"]).document
    assert (status(found, "控制器", "before"), status(found, "控制器")) == ("未知", "缺链")


def test_a_broken_segment_is_mended_at_the_input_it_lacks(small):
    found = ask(small, "candidates", chain="示例县/示例链").document
    lacking = next(g for g in found["gaps"] if g["segment"] == "钢带/带钢")
    assert [s["segment"] for s in lacking["unblocks"]] == ["锯条:双金属@A", "带锯床"]
    assert {c["segment"] for c in found["candidates"]} == {"钢带/带钢"}
    asked = ask(small, "candidates", chain="示例县/示例链", segment="锯条:双金属@A").document
    assert {c["segment"] for c in asked["candidates"]} == {"钢带/带钢"}


def test_a_giant_does_not_outrank_the_neighbour_who_would_come(small):
    found = ask(small, "candidates", chain="示例县/示例链").document["candidates"]
    assert [c["firm"] for c in found] == ["示例外地带钢", "示例外省带钢"]
    assert [c["product"] for c in found] == ["带钢", "高端带钢"]
    assert set(found[0]) >= {"county", "chain", "segment", "firm", "location", "score", "parts", "reasons", "sources"}
    assert all(c["sources"] for c in found)


def test_recipes_and_accounting_rows_are_no_products(small):
    found = ask(small, "candidates", chain="示例县/示例链").document
    said = str(found)
    assert not any(w in said for w in ("平衡项目", "抵销", "冰糖适量", "打碎", "控制器适量"))
    unknown = found["to_survey"]
    assert [u["segment"] for u in unknown] == ["控制器"]
    assert unknown[0]["targets"] == []
    assert "示例乙机床从哪里买" in unknown[0]["question"]


def test_candidates_are_filtered_by_province_product_scale_and_number(small):
    def firms(**options):
        return [c["firm"] for c in ask(small, "candidates", chain="示例县/示例链", **options).document["candidates"]]

    assert firms(province="江苏") == ["示例外省带钢"]
    assert firms(product="高端") == ["示例外省带钢"]
    assert firms(scale=1000) == ["示例外省带钢"]
    assert firms(top=1) == ["示例外地带钢"]
    assert firms(province="云南") == []


def test_unsurveyed_segments_are_never_mixed_with_gaps(session):
    for chain in ("缙云机械装备产业链", "青田智控阀门产业链"):
        found = ask(session, "candidates", chain=chain).document
        assert found["to_survey"]
        assert not {u["segment"] for u in found["to_survey"]} & {c["segment"] for c in found["candidates"]}
        assert not any(g["status"] == "未知" for g in found["gaps"])
        assert all(u["question"] for u in found["to_survey"])


def test_the_question_names_who_can_answer(session):
    found = ask(session, "candidates", chain="缙云机械装备产业链").document
    asked = {u["segment"]: u["question"] for u in found["to_survey"]}
    assert "浙江晨龙锯床股份有限公司" in asked["圆锯床"]
    assert "做不做“圆锯床”" in asked["圆锯床"]


def test_scenarios_are_saved_stacked_compared_and_dropped(session):
    ask(session, "whatif", chain=CHAIN, add=["示例外地带钢有限公司@示例锯带钢"], save="引带钢")
    both = ask(session, "whatif", scenario=["引带钢"], stop=["示例外购来源丁"], save="又断供").document
    assert both["changes"]["add"]
    assert {s["segment"] for s in both["stopped"]} == {"示例切削液", "示例拉床"}
    rows = {s["name"]: s for s in ask(session, "scenarios").document["scenarios"]}
    assert (rows["引带钢"]["stopped"], rows["又断供"]["stopped"]) == (0, 2)
    left = ask(session, "scenarios", drop="又断供").document["scenarios"]
    assert [s["name"] for s in left] == ["引带钢"]
    ask(session, "scenarios", drop="引带钢")


def test_the_command_line_says_what_is_wrong_and_leaves_with_its_code(session, tmp_path):
    home = tmp_path / "home"
    assert lianpu(home, "load", str(EXAMPLES / "示例县"))[0] == 0
    code, d, _ = lianpu(home, "whatif", "--chain", CHAIN, "--add", "某新厂@示例锯带")
    assert (code, d["error"]["code"]) == (2, "unknown_name")
    assert "示例锯带钢" in d["error"]["hint"]
    code, d, _ = lianpu(home, "candidates", "--chain", "示例邻县/示例阀门产业链", "--province", "云南")
    assert (code, d["candidates"]) == (1, [])
    code, text, err = lianpu(home, "cuts", "--chain", "没有的链", json_out=False)
    assert (code, text) == (2, "")
    assert err.startswith("错误：没有名为“没有的链”的产业链\n怎么办：")
