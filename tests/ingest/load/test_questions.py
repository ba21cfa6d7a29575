"""What a load asks beside its findings: what words mean, of which county and chain a table is, the honour of its title."""

from __future__ import annotations

import pytest
from builders import Table, write_book

from graph.city.city import City
from graph.schema.parse import load_schema
from ingest.load.pipeline import LoadOptions, LoadReport, load
from ingest.mapping.file import open_mapping, read_mapping, with_answers
from ingest.mapping.mapping import BadMapping

SCHEMA = load_schema()
HEAD = ["名称", "县市区", "产业链", "状态"]


def firm(letter: str, state: str = "在产") -> list[str]:
    return [f"示例{letter}机械有限公司", "示例县", "示例锯床产业链", state]


def previewed(city: City, folder, sheets: dict[str, Table], *answers: str, file: str = "名录.xlsx") -> LoadReport:
    mapping = with_answers(None, answers, SCHEMA) if answers else None
    return load(city, [write_book(folder / file, sheets)], LoadOptions(dry_run=True, mapping=mapping))


def asked(report: LoadReport) -> list[str]:
    return [q.option for q in report.questions]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("正常生产", "在产"), ("已投产", "在产"), ("停产（2023年起）", "停产"), ("歇业", "停产"), ("筹建中", "在建"),
     ("外地", "外部"), ("半拉子", "…")],
)  # fmt: skip
def test_a_word_that_is_in_no_list_is_asked_about_and_read_once_answered(word, meant, tmp_path, basic_city: City):
    sheets = {"企业": [HEAD, firm("丙", word), firm("丁", word), firm("戊")]}
    report = previewed(basic_city, tmp_path, sheets)
    (question,) = report.questions
    assert (question.option, question.rows, question.choices[0]) == (f"企业.状态:{word}={meant}", 2, "在产")
    fault = next(f for f in report.findings if f.level == "error")
    assert (fault.where, f"--set {question.option}" in fault.hint) == ("企业!D2", True)
    answered = previewed(basic_city, tmp_path, sheets, f"企业.状态:{word}=停产")
    assert (answered.rows.rejected, answered.questions) == (0, [])
    state = {n.name: n.values["state"] for n in answered.outcome.projection.nodes["企业"].values()}
    assert state["示例丙机械有限公司"] == "停产"


@pytest.mark.parametrize(
    ("sheet", "head", "row", "answer"),
    [
        ("技术需求", ["名称", "进展"], ["断齿", "未攻克"], "技术需求.进展:未攻克=待解决"),
        ("项目", ["名称", "级别"], ["示例技改", "省级"], "项目.级别:省级=省"),
        ("环节", ["产业链", "名称", "阶段"], ["示例锯床产业链", "示例件", "原材料"], "环节.阶段:原材料=上游"),
        ("关键技术", ["名称", "水平"], ["示例焊接", "国际领先"], "关键技术.水平:国际领先=领跑"),
    ],
)
def test_the_words_of_other_sheets_are_asked_about_too(sheet, head, row, answer, tmp_path, basic_city: City):
    report = previewed(basic_city, tmp_path, {sheet: [head, row]})
    assert answer in asked(report)
    assert previewed(basic_city, tmp_path, {sheet: [head, row]}, answer).rows.rejected == 0


def test_a_table_without_county_or_chain_is_asked_for_them_with_what_its_title_names(tmp_path, basic_city: City):
    rows: Table = [["示例邻县重点企业名录"], ["名称", "主要产品"], ["示例丙机械有限公司", "锯床"]]
    report = previewed(basic_city, tmp_path, {"企业": rows})
    assert asked(report) == ["县市区=示例邻县", "产业链=…"]
    answered = previewed(basic_city, tmp_path, {"企业": rows}, "县市区=示例邻县", "产业链=示例锯床产业链")
    assert answered.questions == []
    (values,) = [r.values for p in answered.intake.parts for r in p.rows]
    assert (values["县市区"], values["产业链"]) == ("示例邻县", "示例锯床产业链")


def test_several_tables_are_asked_once_and_a_name_of_the_file_is_proposed(tmp_path, basic_city: City):
    sheets = {"企业": [["名称"], ["示例丙公司"]], "平台": [["名称", "类型"], ["示例研究院", "研究院"]]}
    report = previewed(basic_city, tmp_path, sheets, file="示例县资料.xlsx")
    county = next(q for q in report.questions if q.column == "县市区")
    assert (county.option, county.tables, county.rows) == ("县市区=示例县", 2, 2)


@pytest.mark.parametrize(
    "rows",
    [
        [["名称", "资质"], ["示例甲锯业有限公司", "省隐形冠军"]],
        [["名称", "状态", "所在地"], ["示例外地公司", "外部", "示例省"]],
        [["名称", "县市区", "产业链"], ["示例丙公司", None, None]],
        [HEAD, firm("丙")],
    ],
    ids=["known firms", "firms from elsewhere", "blank cells of a column", "all is said"],
)
def test_what_is_known_or_needs_no_place_is_not_asked(rows, tmp_path, basic_city: City):
    report = previewed(basic_city, tmp_path, {"企业": rows})
    assert [q for q in asked(report) if q.startswith("县市区")] == []


def test_rows_that_lack_their_chain_are_asked_for_it_and_read_once_answered(tmp_path, basic_city: City):
    sheets = {"环节": [["名称", "阶段"], ["示例电机", "上游"]]}
    report = previewed(basic_city, tmp_path, sheets, file="示例锯床产业链环节.xlsx")
    assert (report.rows.rejected, asked(report)) == (1, ["产业链=示例锯床产业链"])
    answered = previewed(basic_city, tmp_path, sheets, "产业链=示例锯床产业链")
    assert (answered.rows.accepted, [f for f in answered.findings if f.level == "error"]) == (1, [])


def test_an_answer_places_no_firm_from_elsewhere(tmp_path, basic_city: City):
    rows: Table = [["名称", "状态"], ["示例丙公司", "在产"], ["示例外地公司", "外部"]]
    report = previewed(basic_city, tmp_path, {"企业": rows}, "县市区=示例县")
    assert [r.values.get("县市区") for p in report.intake.parts for r in p.rows] == ["示例县", None]


@pytest.mark.parametrize(
    ("title", "honour"),
    [
        ("2023年第五批专精特新“小巨人”企业名单", "专精特新“小巨人”企业(2023)"),
        ("示例市国家高新技术企业一览表", "国家高新技术企业"),
        ("2024年度浙江省专精特新中小企业公示名单", "省专精特新中小企业(2024)"),
        ("制造业单项冠军（第八批）", "制造业单项冠军"),
        ("示例市科技小巨人企业名单", "科技小巨人企业"),
        ("小巨人企业培育库", ""),
        ("单项冠军和隐形冠军名单", ""),
        ("企业研发中心名单", ""),
    ],
)
def test_an_honour_in_the_title_is_asked_of_each_row(title, honour, tmp_path, basic_city: City):
    rows: Table = [[title], ["名称", "县市区", "产业链"], firm("丙")[:3]]
    report = previewed(basic_city, tmp_path, {"企业": rows})
    assert asked(report) == ([f"企业.资质={honour}"] if honour else [])
    if honour:
        answered = previewed(basic_city, tmp_path, {"企业": rows}, f"企业.资质={honour}")
        names = {n.name for n in answered.outcome.projection.nodes["资质认定"].values()}
        assert any(honour.partition("(")[0] in name for name in names)


@pytest.mark.parametrize(
    "answer",
    ["县市区", "=示例县", "县市区=", "没有这列=甲", "企业.状态:正常=恐龙", "没有这表.状态:正常=在产", "年份=去年"],
)
def test_an_answer_that_cannot_be_is_refused_in_words(answer):
    with pytest.raises(BadMapping) as caught:
        with_answers(None, [answer], SCHEMA)
    assert caught.value.faults


def test_a_mapping_maps_words_and_tells_wrong_ones(tmp_path, basic_city: City):
    text = (
        "tables: [{kinds: 企业, columns: {单位: 名称, 现况: 状态, 荣誉: 资质},"
        " values: {现况: {正常生产: 在产}, 荣誉: {国高: 国家高新技术企业}}}]"
    )
    rows: Table = [["单位", "现况", "荣誉"], ["示例丙机械有限公司", "正常生产", "国高、省隐形冠军"]]
    report = load(
        basic_city, [write_book(tmp_path / "甲.xlsx", {"甲": rows})], LoadOptions(mapping=read_mapping(text, SCHEMA))
    )
    (values,) = [r.values for p in report.intake.parts for r in p.rows]
    assert (values["状态"], values["资质"]) == ("在产", "国家高新技术企业、省隐形冠军")
    with pytest.raises(BadMapping, match="恐龙"):
        read_mapping(text.replace("正常生产: 在产", "正常生产: 恐龙"), SCHEMA)
    with pytest.raises(BadMapping, match="没有“别的”"):
        read_mapping(text.replace("values: {现况", "values: {别的"), SCHEMA)


def test_answers_stand_in_a_file_of_their_own_and_serve_mapped_tables(tmp_path, basic_city: City):
    path = tmp_path / "回答.yaml"
    path.write_text("constants: {县市区: 示例县}\nvalues: {企业.状态: {正常生产: 在产}}\n", "utf-8")
    mapping = open_mapping(str(path), SCHEMA)
    assert read_mapping(mapping.text(), SCHEMA).answers == mapping.answers
    rows: Table = [
        ["企业名称", "生产状态", "技术难题", "营业收入", "年份"],
        ["示例丙公司", "正常生产", "断齿", 5, 2024],
    ]
    report = load(basic_city, [write_book(tmp_path / "调查.xlsx", {"调查表": rows})], LoadOptions(mapping=mapping))
    firm_row = next(r.values for p in report.intake.parts if p.kind == "企业" for r in p.rows)
    assert (firm_row["县市区"], firm_row["状态"]) == ("示例县", "在产")
