"""The template is one that Excel opens and people can fill in: no rule refuses what a load takes."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from graph.files import MADE
from graph.schema.parse import load_schema
from ingest.workbooks.template import describe, write_template

SCHEMA = load_schema()
PLAN = ["招商线索", "计划", "指标", "任务", "完成情况", "任务进展", "延期", "政策"]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "模板.xlsx"
    write_template(path, SCHEMA)
    return load_workbook(path)


def rules_of(book, sheet, caption):
    column = next(c.column_letter for c in book[sheet][1] if c.value == caption)
    return [r for r in book[sheet].data_validations.dataValidation if str(r.sqref).startswith(f"{column}2")]


def test_the_sheets_of_a_plan_come_last_in_the_order_in_which_they_are_filled(book):
    assert book.sheetnames[-len(PLAN) :] == PLAN
    assert len(book.sheetnames) == 1 + len(SCHEMA.template_sheets())


def test_the_same_template_has_the_same_bytes_whenever_it_is_written(book, tmp_path):
    assert book.properties.created == MADE
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, SCHEMA)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_filed_value_may_be_a_number_or_a_word(book):
    assert [(r.formula1, bool(r.showErrorMessage)) for r in rules_of(book, "完成情况", "数值")] == [
        ('"已完成,未完成"', False)
    ]
    assert describe(SCHEMA.sheets["完成情况"].by_caption["数值"]) == "数字，或写 已完成 未完成"


def test_a_word_of_a_closed_list_is_chosen(book):
    assert [bool(r.showErrorMessage) for r in rules_of(book, "指标", "比较")] == [True]
    assert [len(r.formula1) <= 257 for r in rules_of(book, "指标", "口径")] == [True]


def test_whom_a_target_is_set_for_is_explained():
    text = describe(SCHEMA.sheets["指标"].by_caption["对象"])
    assert text == "已有的县市区或产业链或企业名称，也可写全市、各县市区、各产业链"
