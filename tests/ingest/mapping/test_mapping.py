"""Tables in anybody's own format: proposed, mapped, kept; the firm survey and one-firm forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import BASICS, write_book, write_csv
from docx import Document

from graph.city.city import City
from graph.schema.parse import load_schema
from ingest.load.pipeline import LoadOptions, load
from ingest.mapping.file import read_mapping
from ingest.mapping.mapping import BadMapping
from ingest.mapping.proposal_file import proposal_text, propose_files
from ingest.workbooks.survey import write_survey

SCHEMA = load_schema()
FOREIGN = [
    ["示例邻县重点企业名录"],
    ["序号", "单位全称", "法人", "2024年总产值（亿元）", "所处链条", "所处节点"],
    [1, "示例丙带锯床有限公司", "某", "1.2", "示例锯床产业链", "带锯床"],
    [2, "示例丁锯条有限公司", "某", "0.5", "示例锯床产业链", "锯条"],
    [3, "示例戊锯条有限公司", "某", "不好说", "示例锯床产业链", "锯条"],
]
SURVEY_HEAD = [
    "企业名称", "所属县市区", "所属产业链", "所属环节", "年份", "产值(万元)", "营业收入(万元)", "研发机构", "技术难题", "拟投入(万元)",
    "主要供应商（含外地）",
]  # fmt: skip


def values_of(city: City, kind: str) -> dict[str, dict]:
    return {n.name: n.values for n in city.projection().nodes[kind].values()}


def faults_of(report) -> list[str]:
    return [f"{f.level} {f.where}" for f in report.findings if f.level != "note"]


def test_a_foreign_table_is_proposed_checked_loaded_and_read_by_itself_next_time(tmp_path, basic_city: City):
    book = write_book(tmp_path / "名录.xlsx", {"重点企业": FOREIGN})
    proposals, findings = propose_files(basic_city, [book])
    assert findings == []
    text = proposal_text(proposals, "名录", SCHEMA)
    mapping = read_mapping(text, SCHEMA, "名录")
    assert {k: str(t[0]) for k, t in mapping.tables[0].columns.items()} == {
        "单位全称": "企业.名称", "总产值(亿元)": "企业.产值(万元)", "所处链条": "企业.产业链", "所处节点": "企业.环节",
    }  # fmt: skip
    kept = tmp_path / "mappings"
    report = load(basic_city, [book], LoadOptions(mapping=mapping, kept=kept))
    assert report.rows.document() == {"read": 3, "accepted": 2, "rejected": 1, "unchanged": 0, "skipped": 0}
    assert faults_of(report) == ["error 重点企业!D5"]
    firm = values_of(basic_city, "企业")["示例丙带锯床有限公司"]
    assert (firm["output"], firm["year"]) == (12000, 2024)
    turned = [[row[i] for i in (0, 4, 1, 5, 3, 2)] if len(row) > 1 else row for row in FOREIGN]
    again = load(basic_city, [write_book(tmp_path / "b" / "名录.xlsx", {"重点企业": turned})], LoadOptions(kept=kept))
    assert again.rows.unchanged == 2, "the order of columns does not matter"
    assert any("已保存的映射" in f.message for f in again.findings)


def test_undoing_a_mapped_load_brings_back_the_exact_content(tmp_path, basic_city: City):
    before = basic_city.hash()
    mapping = read_mapping("tables: [{kinds: 企业, columns: {单位: 名称, 产值(亿元): 产值(万元)}}]", SCHEMA)
    report = load(
        basic_city,
        [write_csv(tmp_path / "甲.csv", [["单位", "产值(亿元)"], ["示例己公司", "2"]])],
        LoadOptions(mapping=mapping),
    )
    assert values_of(basic_city, "企业")["示例己公司"]["output"] == 20000
    basic_city.undo(report.batch)
    assert basic_city.hash() == before


def test_a_mapping_tells_all_its_faults_at_once_before_any_row_is_read():
    with pytest.raises(BadMapping) as caught:
        read_mapping(
            "tables: [{kinds: [企业, 恐龙], columns: {甲: 没有这列, 乙: 名称, 丙: 技术需求.名称}, 颜色: 红}]", SCHEMA
        )
    said = "；".join(caught.value.faults)
    assert all(word in said for word in ("恐龙", "没有这列", "颜色"))


@pytest.mark.parametrize(
    "text", ["", "[]", "tables: 5", "tables: [{}]", "a: &a [*a]", "tables: !!python/object:os.system {}", "{" * 5000]
)
def test_what_is_no_mapping_is_refused_in_words(text):
    with pytest.raises(BadMapping) as caught:
        read_mapping(text, SCHEMA)
    assert caught.value.faults


def test_the_survey_gives_each_row_to_several_kinds_whole_or_not_at_all(tmp_path, basic_city: City):
    rows = [
        ["示例甲锯业有限公司", "示例县", "示例锯床产业链", "锯条", 2024, 100, 480, "企业研究院", "1.振动大 2.寿命短", 300,
         "示例外地公司（外地，占60%）：锯条；示例乙机床有限公司：铸件"],
        ["示例庚锯业有限公司", "示例县", "示例锯床产业链", "锯条", 2024, 500, "很多", None, "断齿", 20, None],
    ]  # fmt: skip
    report = load(basic_city, [write_book(tmp_path / "调查.xlsx", {"企业调查表": [SURVEY_HEAD, *rows]})])
    assert report.rows.document() == {"read": 2, "accepted": 1, "rejected": 1, "unchanged": 0, "skipped": 0}
    assert faults_of(report) == ["warning 企业调查表!J2", "error 企业调查表!G3"]
    assert set(values_of(basic_city, "技术需求")) == {"振动大", "寿命短"}
    assert values_of(basic_city, "平台").keys() == {"示例甲锯业有限公司企业研究院"}
    (yearly,) = values_of(basic_city, "企业年报").values()
    assert yearly["revenue"] == 480
    edges = basic_city.projection().edges
    assert [e.values["share"] for e in edges["BOUGHT_FROM"].values()] == [0.6]
    assert [e.values["what"] for e in edges["SUPPLIES"].values()] == ["铸件"]
    assert "示例庚锯业有限公司" not in values_of(basic_city, "企业"), "a row is accepted whole or rejected whole"


def test_an_amount_for_several_needs_is_given_to_none_and_kept(tmp_path, basic_city: City):
    row = ["示例甲锯业有限公司", "示例县", "示例锯床产业链", "锯条", 2024, 500, 480, None, "振动大；寿命短", 300, None]
    load(basic_city, [write_book(tmp_path / "调查.xlsx", {"企业调查表": [SURVEY_HEAD, row]})])
    assert all(n.values.get("budget") is None for n in basic_city.projection().nodes["技术需求"].values())
    firm = next(n for n in basic_city.projection().nodes["企业"].values() if n.name == row[0])
    assert firm.extras["拟投入(万元)"] == "300"


def test_the_survey_template_loads_back_without_a_mapping(tmp_path, basic_city: City):
    path = tmp_path / "企业调查表.xlsx"
    write_survey(path, SCHEMA)
    report = load(basic_city, [path])
    assert (report.batch, report.rows.read, report.rows.skipped) == (None, 0, 1)
    assert faults_of(report) == []


def form(name: str, output: object) -> list[list[object]]:
    return [
        ["企业名称：", name, "所属县市区：", "示例县"], ["所属产业链：", "示例锯床产业链", "所属环节：", "带锯床"],
        ["年份：", 2024, "产值（万元）：", output], ["主要产品：", "带锯床", "技术难题：", "断齿"],
    ]  # fmt: skip


def test_a_folder_of_one_firm_forms_is_read_whatever_the_format_with_errors_by_cell(tmp_path, basic_city: City):
    folder = tmp_path / "表单"
    write_book(folder / "a.xlsx", {"Sheet1": [["企业情况登记表"], *form("示例己机床有限公司", 5000)]})
    write_csv(folder / "b.csv", form("示例庚机床有限公司", 600))
    write_book(folder / "c.xlsx", {"Sheet1": form("示例辛机床有限公司", -5)})
    document = Document()
    grid = document.add_table(rows=4, cols=4)
    for r, row in enumerate(form("示例壬机床有限公司", 70)):
        for c, value in enumerate(row):
            grid.cell(r, c).text = str(value)
    document.save(str(folder / "d.docx"))
    report = load(basic_city, [folder])
    assert report.rows.document() == {"read": 4, "accepted": 3, "rejected": 1, "unchanged": 0, "skipped": 0}
    assert [(f.file, f.where) for f in report.findings if f.level == "error"] == [("c.xlsx", "Sheet1!D3")]
    firms = values_of(basic_city, "企业")
    outputs = [firms[f"示例{n}机床有限公司"]["output"] for n in "己庚壬"]
    assert outputs == [5000, 600, 70]
    assert load(basic_city, [folder]).rows.unchanged == 3


def test_template_workbooks_are_read_as_before(tmp_path, basic_city: City):
    report = load(basic_city, [write_book(tmp_path / "again" / "示例.xlsx", dict(BASICS))])
    assert report.rows.rejected == 0
    assert not any("调查表" in f.message for f in report.findings)


def test_an_unknown_table_is_told_how_to_get_a_mapping(tmp_path, basic_city: City):
    files = {"企业": BASICS["企业"], "杂项": [["甲", "乙"], ["1", "2"]]}
    report = load(basic_city, [write_book(Path(tmp_path) / "两张.xlsx", files)])
    (said,) = [f for f in report.findings if "不是链谱认得的表" in f.message]
    assert "lianpu map" in said.hint
