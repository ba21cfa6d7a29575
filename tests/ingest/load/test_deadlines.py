"""Deadlines that state no year: that of the title or of the row where one only stands, else they are asked about."""

from __future__ import annotations

import pytest
from builders import Table, write_book

from graph.city.city import City
from graph.schema.parse import load_schema
from ingest.load.pipeline import LoadOptions, LoadReport, load
from ingest.mapping.file import read_mapping

SCHEMA = load_schema()


def deadlines(city: City, report: LoadReport) -> list[str | None]:
    assert report.outcome.projection
    return [n.values.get("deadline") for n in report.outcome.projection.nodes["技术需求"].values()]


def previewed(city: City, path, sheet: str, rows: Table, mapping=None) -> LoadReport:
    return load(city, [write_book(path, {sheet: rows})], LoadOptions(dry_run=True, mapping=mapping))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12月底前", "2025-12"), ("年内", "2025-12"), ("12月31日前", "2025-12-31"), ("今年底", "2025-12"),
        ("力争9月前", "2025-09"), ("上半年", "2025-06"), ("第四季度", "2025-12"), ("十一月底前完成", "2025-11"),
        ("06月30日前", "2025-06-30"), ("年底前", "2025-12"), ("年终", "2025-12"), ("本年度内", "2025-12"), ("12-31", "2025-12-31"), ("本年度3季度", "2025-09"),
    ],
)  # fmt: skip
def test_the_year_of_the_title_is_that_of_its_deadlines(cell, value, tmp_path, basic_city: City):
    rows: Table = [["示例县2025年技术攻关计划"], ["名称", "期望时限"], ["断齿", cell]]
    report = previewed(basic_city, tmp_path / "表.xlsx", "技术需求", rows)
    assert deadlines(basic_city, report) == [value]
    assert [f.message for f in report.findings if f.field == "期望时限"] == [
        f"“{cell}”按 {value} 计，年份取自标题或表名"
    ]


@pytest.mark.parametrize("caption", ["年份", "年度", "提出年份"])
def test_the_year_of_the_row_is_that_of_its_deadline(caption, tmp_path, basic_city: City):
    rows: Table = [["名称", "期望时限", caption], ["断齿", "12月底前", 2024], ["振动", "年内", 2025]]
    report = previewed(basic_city, tmp_path / "表.xlsx", "技术需求", rows)
    assert deadlines(basic_city, report) == ["2024-12", "2025-12"]


def test_a_column_of_the_plan_s_year_serves_targets(tmp_path, basic_city: City):
    rows: Table = [["名称", "对象", "数值", "期限", "计划年度"], ["新增示例企业", "示例县", 3, "11月底前", "2025年"]]
    report = previewed(basic_city, tmp_path / "表.xlsx", "指标", rows)
    assert [n.values["deadline"] for n in report.outcome.projection.nodes["指标"].values()] == ["2025-11"]


def test_the_name_of_the_file_serves_where_nothing_nearer_states_a_year(tmp_path, basic_city: City):
    rows: Table = [["名称", "期望时限"], ["断齿", "年内"]]
    report = previewed(basic_city, tmp_path / "2025年需求.xlsx", "技术需求", rows)
    assert deadlines(basic_city, report) == ["2025-12"]


@pytest.mark.parametrize(
    ("title", "year"), [("技术攻关计划", None), ("2024-2025年计划", None), ("2024年计划", 2025)], ids=str
)
def test_no_year_or_two_of_them_are_asked_about(title, year, tmp_path, basic_city: City):
    rows: Table = [[title], ["名称", "期望时限", "年份"], ["断齿", "12月底前", year], ["振动", "2025-06", year]]
    report = previewed(basic_city, tmp_path / "表.xlsx", "技术需求", rows)
    (fault,) = [f for f in report.findings if f.level == "error"]
    assert (fault.where, fault.message) == ("技术需求!B3", "没有写哪一年")
    assert "标题" in fault.hint
    assert deadlines(basic_city, report) == ["2025-06"]


def test_a_mapped_table_takes_the_year_in_the_same_way(tmp_path, basic_city: City):
    mapping = read_mapping("tables: [{kinds: 技术需求, columns: {难题: 名称, 何时: 期望时限}}]", SCHEMA)
    due = ("10月底前", "45930", "45930.0", "45930.5")
    rows: Table = [["2025年揭榜挂帅任务"], ["难题", "何时"], *([f"示例难题{n}", text] for n, text in enumerate(due))]
    report = previewed(basic_city, tmp_path / "表.xlsx", "甲", rows, mapping)
    assert deadlines(basic_city, report) == ["2025-10", *["2025-09-30"] * 3]
