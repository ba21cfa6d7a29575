"""What a load says before it is written: old and new value with their sources, contradictions, outliers."""

from __future__ import annotations

from builders import BASICS, FIRMS

HEAD = ["名称", "县市区", "产值(万元)", "年份"]
NAME = "示例甲锯业有限公司"


def warnings(report):
    return {f.where: f.message for f in report.findings if f.level == "warning"}


def entry(document, kind, name):
    return next(e for e in document["diff"]["nodes"][kind] if e["name"] == name)


def test_a_dry_run_tells_old_and_new_value_each_with_its_source(basic_city, load_sheets):
    rows = {"企业": [HEAD, [NAME, "示例县", 250, 2025], ["示例丙公司", "示例县", None, None]]}
    before = basic_city.hash()
    document = load_sheets(rows, name="新.xlsx", dry_run=True).document()
    changed = entry(document, "企业", NAME)
    told = {v["field"]: v for v in changed["values"]}
    assert changed["change"] == "changed"
    assert (told["产值(万元)"]["before"]["value"], told["产值(万元)"]["after"]["value"]) == (100, 250)
    assert told["产值(万元)"]["before"]["source"]["file"] == "基础.xlsx"
    assert told["产值(万元)"]["after"]["source"]["file"] == "新.xlsx"
    assert told["产值(万元)"]["after"]["source"]["row"] == 2
    assert set(told) == {"产值(万元)", "年份"}
    assert entry(document, "企业", "示例丙公司")["change"] == "added"
    assert [e["name"] for e in document["diff"]["edges"]["LOCATED_IN"]] == ["示例丙公司 → 示例县"]
    assert basic_city.hash() == before
    written = load_sheets(rows, name="新.xlsx").document()
    assert written["diff"]["nodes"] == document["diff"]["nodes"]


def test_what_a_replacement_removes_is_told_with_where_it_stood(basic_city, load_sheets):
    load_sheets({"企业": [HEAD, *([f"示例{n}号公司", "示例县", n + 1, 2024] for n in range(6))]}, name="多.xlsx")
    fewer = {"企业": [HEAD, *([f"示例{n}号公司", "示例县", n + 1, 2024] for n in range(1, 6))]}
    document = load_sheets(fewer, name="多.xlsx", replace=True, dry_run=True).document()
    (gone,) = [e for e in document["diff"]["nodes"]["企业"] if e["change"] == "removed"]
    assert gone["name"] == "示例0号公司"
    assert gone["values"][0]["before"]["source"]["file"] == "多.xlsx"
    assert gone["values"][0]["after"] is None


def test_the_first_load_is_told_as_added(load_sheets):
    document = load_sheets(dict(BASICS), dry_run=True).document()
    assert {e["change"] for e in document["diff"]["nodes"]["企业"]} == {"added"}
    assert len(document["diff"]["nodes"]["企业"]) == 2


def test_another_file_that_says_otherwise_of_the_same_year_is_a_contradiction(basic_city, load_sheets):
    said = warnings(load_sheets({"企业": [HEAD, [NAME, None, 180, 2024]]}, name="另.xlsx"))
    assert "矛盾" in said["企业!C2"]
    assert "基础.xlsx 企业!E2" in said["企业!C2"]


def test_another_year_and_a_rounded_number_are_no_contradiction(basic_city, load_sheets):
    assert warnings(load_sheets({"企业": [HEAD, [NAME, None, 180, 2025]]}, name="一.xlsx")) == {}
    assert warnings(load_sheets({"企业": [HEAD, [NAME, None, 100.4, 2024]]}, name="二.xlsx")) == {}


def test_a_correction_in_the_same_file_is_no_contradiction(city, load_sheets):
    load_sheets(dict(BASICS))
    rows = [FIRMS[0], [*FIRMS[1][:4], 180, 2024, "在产"], FIRMS[2]]
    assert warnings(load_sheets({**BASICS, "企业": rows})) == {}


def test_an_annual_report_against_the_firm_sheet_is_seen(basic_city, load_sheets):
    report = {"企业年报": [["企业", "年份", "产值(万元)"], [NAME, 2024, 130]]}
    assert "矛盾" in warnings(load_sheets(report, name="年报.xlsx"))["企业年报!C2"]


def test_a_thousand_times_the_year_before_asks_for_the_unit(basic_city, load_sheets):
    report = {"企业年报": [["企业", "年份", "营收(万元)", "产值(万元)"], [NAME, 2025, None, 100000]]}
    said = warnings(load_sheets(report, name="年报.xlsx"))["企业年报!D2"]
    assert "1000 倍" in said


def test_a_thousand_times_what_other_firms_have_asks_for_the_unit(city, load_sheets):
    rows = [[f"示例{n}号公司", None, 100 + n, 2024] for n in range(9)]
    said = warnings(load_sheets({"企业": [HEAD, *rows, ["示例大公司", None, 9_000_000, 2024]]}))
    assert list(said) == ["企业!C11"]
    assert "中位数" in said["企业!C11"]


def test_external_shares_of_two_files_contradict_each_other(basic_city, load_sheets):
    head = ["产业链", "环节", "外部来源", "占比"]
    load_sheets({"外部供给": [head, ["示例锯床产业链", "锯条", "示例外地厂", "60%"]]}, name="一.xlsx")
    said = warnings(load_sheets({"外部供给": [head, ["示例锯床产业链", "锯条", "示例外地厂", "70%"]]}, name="二.xlsx"))
    assert "矛盾" in said["外部供给!D2"]


def test_two_rows_of_one_load_that_disagree_are_told_once_where_the_losing_one_stands(city, load_sheets):
    rows = [[*HEAD, "来源", "可信度"], [NAME, None, 100, 2024, "甲报", "A"], [NAME, None, 180, 2024, "乙报", "B"]]
    said = warnings(load_sheets({"企业": rows}))
    assert list(said) == ["企业!C3"]
    assert "现按 100 计" in said["企业!C3"]
