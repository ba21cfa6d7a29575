"""A name column holds names: what else stands in one is left out, refused or asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import Table, write_book, write_csv

from graph.city.city import City, open_city
from ingest.load.pipeline import LoadOptions, load
from ingest.load.report import LoadReport

HEAD = ["名称", "县市区", "主要产品", "资质", "产值(万元)", "年份"]
FIRM = ["示例甲机械有限公司", None, "锯床", "国家高新技术企业(2023)", 100, 2024]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    made = open_city(tmp_path_factory.mktemp("city"))
    yield made
    made.close()


def read(city: City, path: Path) -> LoadReport:
    return load(city, [path], LoadOptions(dry_run=True))


def names(report: LoadReport, kind: str = "企业") -> set[str]:
    return {n.name for n in report.outcome.projection.nodes[kind].values()}


def firms(city: City, folder: Path, rows: Table) -> LoadReport:
    return read(city, write_book(folder / "示例.xlsx", {"企业": [HEAD, FIRM, *rows]}))


@pytest.mark.parametrize("word", ["N/A", "na", "null", "NaN", "没有", "空", "\\", "……", "待定", "不适用", "——", "?"])
def test_a_word_for_nothing_is_nothing_and_a_note_says_so(city, tmp_path, word):
    report = firms(city, tmp_path, [["示例乙机械有限公司", None, word, word, None, 2024]])
    assert names(report, "产品") == {"锯床"}
    assert [f.where for f in report.findings if f.level == "note"] in (["企业!C3", "企业!D3"], [])
    assert names(report) == {"示例甲机械有限公司", "示例乙机械有限公司"}


@pytest.mark.parametrize("word", ["同上", "〃", "同前"])
def test_the_same_as_above_is_what_stands_above(city, tmp_path, word):
    report = firms(city, tmp_path, [["示例乙机械有限公司", None, word, word, word, 2024]])
    value = next(r.values for p in report.intake.parts for r in p.rows if r.row == 3)
    assert (value["主要产品"], value["资质"], value["产值(万元)"]) == ("锯床", "国家高新技术企业(2023)", 100.0)
    assert [f.where for f in report.findings if f.level == "note"] == ["企业!C3", "企业!D3", "企业!E3"]


def test_the_same_as_above_with_nothing_above_is_an_error(city, tmp_path):
    report = firms(city, tmp_path, [["示例乙机械有限公司", "同上", None, None, None, 2024]])
    assert [f.where for f in report.findings if f.level == "error"] == ["企业!B3"]


@pytest.mark.parametrize(
    "row",
    [
        ["一、示例县"], ["（二）示例邻县"], ["第一类 规上企业", None, None, None, 300],
        ["示例县小计", None, None, None, 100], ["全市合计（2家）", None, None, None, 200], ["其中：规上", None, None, None, 50],
        ["平均", None, None, None, 100], ["（共2家）"], ["共 2 家"], ["同比增长", None, None, None, "5%"], ["以上合计", None, None, None, 3],
        ["数据来源：示例县统计局"], ["统计口径：规上"], ["制表日期：2024年5月"], ["审核：示例某"], ["示例县 小计", "示例县", None, None, 9],
    ],
    ids=lambda row: row[0],
)  # fmt: skip
def test_sums_sections_and_notes_are_no_firms(city, tmp_path, row):
    report = firms(city, tmp_path, [row])
    assert names(report) == {"示例甲机械有限公司"}
    assert report.rows.skipped == 1
    assert [f.where for f in report.findings] == ["企业!A3"]


@pytest.mark.parametrize(
    "name",
    [
        "本页小计", "总计（万元）", "其他", "其它企业", "全县", "规上企业", "年末数", "分类：机械", "(1)机械", "1、机械装备类", "A. 机械",
        "单位：万元", "填写说明：", "行业：机械",
    ],
)  # fmt: skip
def test_sums_and_sections_of_other_wordings_beside_numbers_are_no_firms(city, tmp_path, name):
    report = firms(city, tmp_path, [[name, None, None, None, 5, 2024]])
    assert names(report) == {"示例甲机械有限公司"}
    assert [(f.level, f.where) for f in report.findings] == [("note", "企业!A3")]


@pytest.mark.parametrize(
    "name", ["以下空白", "（此行以下无数据）", "表1", "附表二", "详见附件", "见附表2", "共 3 页", "完"]
)
def test_what_stands_alone_at_the_foot_of_a_page_is_no_firm(city, tmp_path, name):
    report = firms(city, tmp_path, [[name]])
    assert names(report) == {"示例甲机械有限公司"}
    assert [f.level for f in report.findings] == ["note"]


def test_a_segment_may_be_called_what_is_a_sum_among_firms(city, tmp_path):
    rows = [["产业链", "名称"], ["示例链", "其他"], ["示例链", "(1)铸件"], ["示例链", "行业"]]
    report = read(
        city, write_book(tmp_path / "示例.xlsx", {"产业链": [["名称", "县市区"], ["示例链", None]], "环节": rows})
    )
    assert report.rows.skipped == 0


@pytest.mark.parametrize("word", ["N.A.", "（空白）", "[无]", "<空>", "略", "XXX", "无此项"])
def test_a_word_for_nothing_in_the_name_is_no_name(city, tmp_path, word):
    report = firms(city, tmp_path, [[word, None, None, None, 5, 2024]])
    assert names(report) == {"示例甲机械有限公司"}
    assert report.rows.rejected == 1


@pytest.mark.parametrize("word", ["是", "否", "TRUE", "√", "有", "二〇二四年", "=A1&B1", "=+B2", "=企业!A1"])
def test_answers_years_and_references_are_refused_as_names(city, tmp_path, word):
    report = read(city, write_csv(tmp_path / "企业.csv", [HEAD, FIRM, [word, "", "", "", 5, 2024]]))
    assert names(report) == {"示例甲机械有限公司"}
    assert [(f.level, f.where) for f in report.findings] == [("error", "企业!A3")]


@pytest.mark.parametrize("name", ["某公司", "某某有限公司", "XX公司", "××企业", "某县某厂"])
def test_a_name_that_hides_who_is_meant_is_asked_about(city, tmp_path, name):
    report = firms(city, tmp_path, [[name, None, None, None, 5, 2024]])
    assert [(f.level, f.where) for f in report.findings] == [("warning", "企业!A3")]


@pytest.mark.parametrize("char", ["\ue000", "\uf8ff", "\U000f0001", "\U00100000"])
def test_a_private_character_in_a_name_is_asked_about(city, tmp_path, char):
    report = firms(city, tmp_path, [[f"示例{char}光机械有限公司", None, None, None, 5, 2024]])
    assert [(f.level, f.where) for f in report.findings] == [("warning", "企业!A3")]


@pytest.mark.parametrize(
    "name",
    [
        "示例集团 示例分公司",
        "1.示例祺琨液压有限公司",
        "(2)示例阀门厂",
        "示例其他科技有限公司",
        "示例总厂 二厂",
        "示例和谐公司",
        "XXL示例服饰有限公司",
    ],
)
def test_one_firm_with_a_number_a_blank_or_such_a_word_in_its_name_is_one(city, tmp_path, name):
    report = firms(city, tmp_path, [[name, None, None, None, 100, 2024]])
    assert len(names(report)) == 2
    assert report.findings == []


@pytest.mark.parametrize(
    "name", ["示例合计量具有限公司", "一诺示例机械厂", "示例平均律乐器厂", "示例（共享）科技有限公司"]
)
def test_a_name_with_such_words_in_it_is_a_name(city, tmp_path, name):
    assert name in names(firms(city, tmp_path, [[name, None, None, None, 100, 2024]]))


def test_a_target_may_be_called_a_sum(city, tmp_path):
    rows = [["名称", "对象", "比较", "数值", "单位", "期限"], ["研发投入合计", "全市", "≥", 3, "亿元", "2025"]]
    assert names(read(city, write_book(tmp_path / "示例.xlsx", {"指标": rows})), "指标") == {"研发投入合计"}


@pytest.mark.parametrize(
    "name", ["产值(万元)", "主要产品", "注册地址", "12345", "#REF!", "2024年", '=VLOOKUP("示例",A:B,2)']
)
def test_captions_numbers_and_formulas_are_refused_as_names(city, tmp_path, name):
    report = read(city, write_csv(tmp_path / "企业.csv", [HEAD, FIRM, [name, "", "", "", 100, 2024]]))
    assert [f.where for f in report.findings if f.level == "error"] == ["企业!A3"]
    assert names(report) == {"示例甲机械有限公司"}


@pytest.mark.parametrize("cell", ['=DISPIMG("ID_1",1)', '=_xlfn.DISPIMG("ID_1",1)', '=IMAGE("示例")'])
def test_a_picture_in_a_cell_is_no_product(city, tmp_path, cell):
    rows = [HEAD, ["示例甲机械有限公司", "", cell, "", 100, 2024]]
    report = read(city, write_csv(tmp_path / "企业.csv", rows))
    assert names(report, "产品") == set()
    assert [(f.level, f.where) for f in report.findings] == [("note", "企业!C2")]


@pytest.mark.parametrize("end", ["\x1a", "\x00\x1a", "\x07"])
def test_control_characters_make_no_rows_and_no_names(city, tmp_path, end):
    path = tmp_path / "企业.csv"
    path.write_bytes(("名称,年份\r\n示例甲\x07机械有限公司,2024\r\n" + end.replace("\x00", "")).encode("gbk"))
    assert names(read(city, path)) == {"示例甲机械有限公司"}


@pytest.mark.parametrize("broken", ["示例申机械\n有限公司", "示例申\r\n机械有限公司", "示例申机械有限\n 公司"])
def test_a_name_broken_over_lines_is_one_name(city, tmp_path, broken):
    report = firms(city, tmp_path, [[broken, None, None, None, 1, 2024], ["示例申机械有限公司"]])
    assert names(report) == {"示例甲机械有限公司", "示例申机械有限公司"}


@pytest.mark.parametrize(
    "cell",
    [
        "示例乙公司、示例丙公司",
        "示例乙公司 示例丙公司",
        "示例乙有限公司和示例丙机械厂",
        "示例乙公司及示例丙公司",
        "示例乙有限公司\n示例丙厂",
        "示例乙公司；示例丙公司",
    ],
)
def test_two_firms_in_one_name_are_asked_about(city, tmp_path, cell):
    report = firms(city, tmp_path, [[cell, None, None, None, 1, 2024]])
    assert [(f.level, f.where) for f in report.findings] == [("warning", "企业!A3")]


@pytest.mark.parametrize(
    "claims",
    [
        ("示例县", "示例邻县"),
        ("示例县", "示例邻县", "示例县"),
        ("示例邻县", "示例县", "示例远县"),
        ("示例县", "示例邻县", "示例市"),
    ],
)
def test_a_firm_that_two_counties_claim_is_asked_about(city, tmp_path, claims):
    for folder, county in zip("甲乙丙", claims, strict=False):
        write_csv(tmp_path / folder / "企业.csv", [["名称", "县市区"], ["示例兴旺锯条厂", county]])
    counties = [
        ["名称", "级别", "上级"],
        ["示例市", "市", ""],
        ["示例县", "县", "示例市"],
        ["示例邻县", "县", "示例市"],
        ["示例远县", "县", "示例市"],
    ]
    write_csv(tmp_path / "县市区.csv", counties)
    asked = [f for f in read(city, tmp_path).findings if f.level == "warning"]
    assert asked
    assert {f.field for f in asked} == {"县市区"}
    assert all("可能是同名的两家" in f.message for f in asked)


def test_a_city_and_a_county_in_it_do_not_contradict_each_other(city, tmp_path):
    write_csv(tmp_path / "甲" / "企业.csv", [["名称", "县市区"], ["示例兴旺锯条厂", "示例县"]])
    write_csv(tmp_path / "乙" / "企业.csv", [["名称", "县市区"], ["示例兴旺锯条厂", "示例市"]])
    write_csv(tmp_path / "县市区.csv", [["名称", "级别", "上级"], ["示例市", "市", ""], ["示例县", "县", "示例市"]])
    assert [f for f in read(city, tmp_path).findings if f.level == "warning"] == []


@pytest.mark.parametrize(
    ("cell", "products"),
    [
        ("1,4-丁二醇", {"1,4-丁二醇"}),
        ("N,N-二甲基甲酰胺、2,4-D原药", {"N,N-二甲基甲酰胺", "2,4-D原药"}),
        ("聚1,3-丁二烯，1,1,1,2-四氟乙烷", {"聚1,3-丁二烯", "1,1,1,2-四氟乙烷"}),
        ("3,3',5,5'-四甲基联苯胺；D,L-蛋氨酸", {"3,3',5,5'-四甲基联苯胺", "D,L-蛋氨酸"}),
        ("锯床、锯条等", {"锯床", "锯条"}),
        ("锯床,304,316不锈钢", {"锯床", "304", "316不锈钢"}),
        ("甲醇、钢材一等", {"甲醇", "钢材一等"}),
    ],
)
def test_lists_part_where_items_end_and_nowhere_else(city, tmp_path, cell, products):
    rows = [HEAD, ["示例甲机械有限公司", None, cell, None, 100, 2024]]
    assert names(read(city, write_book(tmp_path / "示例.xlsx", {"企业": rows})), "产品") == products


@pytest.mark.parametrize(
    "written",
    ["９１１１００００６０００３７３４１Ｌ", "91110000600037341l", " 911100006000３７３４１Ｌ ", "９1110000600037341L"],
)
def test_a_code_is_shown_as_it_is_registered_however_wide_it_was_written(city, tmp_path, written):
    rows = [["名称", "统一社会信用代码"], ["示例甲机械有限公司", written]]
    report = read(city, write_book(tmp_path / "示例.xlsx", {"企业": rows}))
    (firm,) = report.outcome.projection.nodes["企业"].values()
    assert firm.values["code"] == "91110000600037341L"
    assert report.findings == []


def test_a_code_whose_check_is_wrong_stays_as_written(city, tmp_path):
    rows = [["名称", "统一社会信用代码"], ["示例甲机械有限公司", "９１１１００００６０００３７３４２Ｌ"]]
    report = read(city, write_book(tmp_path / "示例.xlsx", {"企业": rows}))
    (firm,) = report.outcome.projection.nodes["企业"].values()
    assert firm.values["code"] == "９１１１００００６０００３７３４２Ｌ"
    assert [f.where for f in report.findings] == ["企业!B2"]


def test_a_code_tells_two_firms_of_one_name_apart(city, tmp_path):
    rows = [
        ["名称", "县市区", "统一社会信用代码"],
        ["示例兴旺锯条厂", "示例县", "91110000600037341L"],
        ["示例兴旺锯条厂", "示例邻县", "91330000142911118R"],
    ]
    report = read(city, write_book(tmp_path / "示例.xlsx", {"企业": rows}))
    assert len(report.outcome.projection.nodes["企业"]) == 2


@pytest.mark.parametrize(
    "caption",
    [
        "所属区县",
        "所在区县",
        "所属县区",
        "县（市、区）",
        "所在县市区",
        "区县",
        "所属县（市、区）",
        "属地",
        "区县名称",
        "所属辖区",
    ],
)
def test_a_county_is_read_under_other_captions(city, tmp_path, caption):
    rows = [["企业名称", "主要产品", caption], ["示例甲机械有限公司", "锯条", "示例县"]]
    report = read(city, write_book(tmp_path / "示例.xlsx", {"企业名单": rows}))
    (firm,) = report.outcome.projection.nodes["企业"].values()
    assert (firm.values["county"], firm.extras) == ("示例县", {})


@pytest.mark.parametrize("honour", ["高新技术企业", "国家高新技术企业", "小巨人", "绿色工厂"])
def test_an_honour_may_be_called_as_a_label_of_forms_is(load_sheets, city, honour):
    firms = [["名称", "县市区"], ["示例甲机械有限公司", "示例县"]]
    honours = [["企业", "资质", "年份"], ["示例甲机械有限公司", honour, 2023]]
    report = load_sheets({"县市区": [["名称"], ["示例县"]], "企业": firms, "资质认定": honours})
    assert [f for f in report.findings if f.level == "error"] == []
    assert report.nodes["资质认定"].added == 1
