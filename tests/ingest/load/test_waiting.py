"""A register whose names wait is one thing to do, not thousands of warnings."""

from __future__ import annotations

import pytest

from ingest.load.findings import EACH

HEAD = ["名称", "县市区", "年份"]


def register(firms: int, counties: int):
    return {"企业": [HEAD, *([f"示例{n}号公司", f"示例{n % counties}未登记县", 2024] for n in range(firms))]}


def warnings(report):
    return [f for f in report.findings if f.level == "warning"]


@pytest.mark.parametrize("firms", [EACH + 1, 1500])
def test_a_column_that_waits_is_one_finding_with_a_count_and_one_offer(city, load_sheets, firms):
    (asked,) = warnings(load_sheets(register(firms, 9), dry_run=True))
    assert (asked.where, asked.field) == ("企业!B2", "县市区")
    assert f"{firms} 处、9 个名称" in asked.message
    assert f"示例0未登记县（{len(range(0, firms, 9))} 处）" in asked.message
    assert "在“县市区”表里登记这 9 个名称" in asked.hint


def test_a_few_cells_that_wait_are_told_one_by_one(city, load_sheets):
    assert [f.where for f in warnings(load_sheets(register(EACH, 2)))] == [f"企业!B{n + 2}" for n in range(EACH)]


def test_the_offer_taken_ends_the_wait(city, load_sheets):
    assert load_sheets(register(50, 2), name="名录.xlsx").waiting == 50
    counties = [["名称", "级别"], ["示例0未登记县", "县"], ["示例1未登记县", "县"]]
    done = load_sheets({"县市区": counties}, name="县市区.xlsx")
    assert done.waiting == 0
    assert warnings(done) == []


def test_near_names_and_what_they_are_near_to_are_told(basic_city, load_sheets):
    rows = [HEAD, *([f"示例{n}号公司", "示例邻县区", 2024] for n in range(30))]
    (asked,) = warnings(load_sheets({"企业": rows}, name="名录.xlsx"))
    assert "示例邻县区（30 处，相近：示例邻县" in asked.message


def test_each_column_and_each_file_is_asked_about_for_itself(basic_city, load_sheets):
    head = [*HEAD, "产业链", "环节"]
    rows = [head, *([f"示例{n}号公司", "示例未登记县", 2024, "示例未登记链", "示例环节"] for n in range(30))]
    assert {(f.where, f.field) for f in warnings(load_sheets({"企业": rows}, name="名录.xlsx"))} == {
        ("企业!B2", "县市区"), ("企业!D2", "产业链"), ("企业!E2", "环节"),
    }  # fmt: skip


def test_a_name_that_many_cells_leave_open_is_one_question(city, load_sheets):
    chains = [["名称", "县市区"], ["示例链", "示例县"], ["示例链", "示例邻县"]]
    counties = [["名称", "级别"], ["示例县", "县"], ["示例邻县", "县"]]
    load_sheets({"县市区": counties, "产业链": chains}, name="基础.xlsx")
    rows = [["名称", "产业链"], *([f"示例{n}号公司", "示例链"] for n in range(40))]
    (asked,) = warnings(load_sheets({"企业": rows}, name="名录.xlsx"))
    assert "40 处、1 个名称对应多个" in asked.message
