"""What `lianpu map` proposes for lists as offices send them; what it writes always loads."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from builders import Table, write_book

from graph.city.city import City
from graph.schema.parse import load_schema
from ingest.load.pipeline import LoadOptions, LoadReport, load
from ingest.mapping.choose import survey
from ingest.mapping.file import read_mapping
from ingest.mapping.mapping import alternatives
from ingest.mapping.proposal_file import proposal_text, propose_files
from ingest.table.captions import CaptionIndex

SCHEMA = load_schema()
FIRMS = ("示例甲机械有限公司", "示例乙机械有限公司")


def mapped(city: City, folder: Path, sheets: dict[str, Table]) -> tuple[list[str], LoadReport]:
    """The kinds that are proposed, and what a load by the written mapping brings."""
    book = write_book(folder / "名录.xlsx", sheets)
    proposals, _ = propose_files(city, [book])
    mapping = read_mapping(proposal_text(proposals, "名录", SCHEMA), SCHEMA)
    report = load(city, [book], LoadOptions(mapping=mapping, dry_run=True))
    return list(mapping.tables[0].kinds), report


def names(report: LoadReport, kind: str) -> set[str]:
    return {n.name for n in report.outcome.projection.nodes[kind].values()} & {*FIRMS, "金属切削机床制造", "示例铜"}


@pytest.mark.parametrize("caption", ["行业名称", "期货名称", "国民经济行业名称", "园区名称", "项目类型", "开户单位"])
def test_a_name_of_something_else_is_no_platform_firm_or_need(caption, tmp_path, basic_city: City):
    rows: Table = [["单位详细名称", caption, "县区"], *([f, "金属切削机床制造", "示例县"] for f in FIRMS)]
    kinds, report = mapped(basic_city, tmp_path, {"Sheet1": [["示例市规上工业企业一览表（2024年）"], *rows]})
    assert kinds == ["企业"]
    assert (names(report, "平台"), names(report, "企业")) == (set(), set(FIRMS))
    firms = [n for n in report.outcome.projection.nodes["企业"].values() if n.name in FIRMS]
    assert {n.extras[caption] for n in firms} == {"金属切削机床制造"}


@pytest.mark.parametrize("caption", ["推荐单位", "主管单位", "有效期", "认定级别"])
def test_a_list_of_firms_is_no_list_of_targets(caption, tmp_path, basic_city: City):
    title = ["第五批专精特新“小巨人”企业名单（示例省）"]
    rows: Table = [title, ["序号", "企业名称", caption], *([i, f, "示例省经信厅"] for i, f in enumerate(FIRMS))]
    kinds, report = mapped(basic_city, tmp_path, {"Sheet1": rows})
    assert kinds == ["企业"]
    assert names(report, "指标") == set()


@pytest.mark.parametrize(
    "captions",
    [
        ["企业\n名称", "所属\n县区", "2024年产值\n（万元）"],
        ["企业名称", "备注\n（含：其他）", "产值\n：万元"],
        ["企业名称", "“县区” # 说明: [甲]", "产值（万元）"],
        ["企业名称", "说明" * 70, "产值（万元）"],
        ["企业名称", "- 是", "? 产值（万元）"],
    ],
)
def test_what_map_writes_loads_whatever_stands_in_the_captions(captions, tmp_path, basic_city: City):
    rows: Table = [captions, *([f, "示例县", 1200] for f in FIRMS)]
    kinds, report = mapped(basic_city, tmp_path, {"Sheet1": rows, "汇率": [["币种", "牌价"], ["甲", 7.1]]})
    assert kinds == ["企业"]
    assert names(report, "企业") == set(FIRMS)


def test_a_list_of_private_persons_is_no_list_of_talents_unasked(tmp_path, basic_city: City):
    rows: Table = [["姓名", "单位", "联系电话"], ["示例某", FIRMS[0], "0578-0000000"]]
    book = write_book(tmp_path / "通讯录.xlsx", {"Sheet1": rows, "企业": [["名称"], [FIRMS[0]]]})
    before = len(basic_city.projection().nodes["人才"])
    report = load(basic_city, [book], LoadOptions(dry_run=True))
    assert len(report.outcome.projection.nodes["人才"]) == before
    assert any("已忽略" in f.message for f in report.findings)


def test_each_word_for_a_column_stands_once_in_the_schema_and_serves_loads_proposals_and_the_survey():
    written = (files("ingest.mapping") / "survey.yaml").read_text("utf-8")
    columns = [c for kind in ("企业", "企业年报") for c in SCHEMA.sheets[kind].columns if not c.value_type.is_flag]
    twice = {w for c in columns for w in c.synonyms if f"| {w} " in written or f"| {w}:" in written}
    assert twice == set()
    words = {alternatives(k)[0]: set(alternatives(k)) for k in survey().tables[0].columns}
    firm = SCHEMA.sheets["企业"].by_caption
    assert set(firm["县市区"].synonyms) <= words["所属县市区"]
    assert {"区县", "所属区县"} <= set(SCHEMA.sheets["平台"].by_caption["县市区"].synonyms)
    assert set(SCHEMA.sheets["技术需求"].by_caption["期望时限"].synonyms) <= words["期望时限"]


def test_the_survey_s_words_for_a_firm_are_those_of_the_sheets():
    index = CaptionIndex(SCHEMA)
    names_or_flags = {"企业年报.研发机构", "企业年报.企业"}  # words for a name serve no column of yes and no
    unknown = {
        word
        for key, destinations in survey().tables[0].columns.items()
        for d in destinations
        if d.record in ("企业", "企业年报") and str(d) not in names_or_flags
        for word in alternatives(key)
        if not index.of(SCHEMA.sheets[d.record]).knows(word)
    }
    asked_of_the_form = {"填报企业", "填报单位", "调查企业", "组织机构代码"}
    assert unknown - asked_of_the_form == {"填报日期", "填表日期", "调查日期", "填报时间"}


@pytest.mark.parametrize(("title", "honour"), [
    ("第五批国家级专精特新“小巨人”企业名单", "专精特新“小巨人”企业"),
    ("2022年国家高新技术企业名单", "国家高新技术企业(2022)"),
    ("示例省隐形冠军企业", "省隐形冠军"),
    ("示例市小巨人企业培育库", None),
])  # fmt: skip
def test_the_honour_of_a_title_is_proposed_for_each_firm(title, honour, tmp_path, basic_city: City):
    rows: Table = [[title], ["序号", "企业名称", "推荐单位"], *([i, f, "示例省经信厅"] for i, f in enumerate(FIRMS))]
    book = write_book(tmp_path / "名录.xlsx", {"Sheet1": rows})
    (proposal,), _ = propose_files(basic_city, [book])
    assert {str(d): v for d, v in proposal.table.constants.items()}.get("企业.资质") == honour


@pytest.mark.parametrize(
    ("caption", "words", "values"),
    [
        ("生产状态", ["正常生产", "停产"], {"正常生产": "在产"}),
        ("企业状态", ["歇业", "在产"], {"歇业": "停产"}),
        ("经营状态", ["正常经营", "半拉子"], {"正常经营": "在产"}),
    ],
)
def test_words_of_theirs_are_proposed_for_ours_and_the_file_loads_so(caption, words, values, tmp_path, basic_city):
    rows: Table = [["单位详细名称", "县区", caption], *([f, "示例县", w] for f, w in zip(FIRMS, words, strict=True))]
    book = write_book(tmp_path / "名录.xlsx", {"Sheet1": [["示例市企业一览表"], *rows]})
    proposals, _ = propose_files(basic_city, [book])
    text = proposal_text(proposals, "名录", SCHEMA)
    mapping = read_mapping(text, SCHEMA)
    assert mapping.tables[0].values == {caption: values}
    assert ("半拉子" in text) == ("半拉子" in words), "what nobody can tell is left to be filled in"
    report = load(basic_city, [book], LoadOptions(mapping=mapping, dry_run=True))
    assert report.rows.rejected == words.count("半拉子")
    assert [q.word for q in report.questions if q.word] == [w for w in words if w == "半拉子"]
