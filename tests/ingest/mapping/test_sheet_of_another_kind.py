"""A sheet that is called after another kind and has its header is a table, whatever its cells say."""

from __future__ import annotations

PROJECTS = [
    ["名称", "类型", "级别", "状态", "年份", "承担单位"],
    ["示例项目一", "技改", "企业", "在建", None, "示例甲机械有限公司"],
    ["示例项目二", "技改", "县", None, 2025, "示例丙机械有限公司"],
    ["示例项目三", "招引", "国家", "在建", 2024, "示例丁机械有限公司"],
    ["示例项目四", "攻关", "企业", "在建", 2025, "示例丁机械有限公司"],
]  # fmt: skip


def test_projects_whose_level_is_that_of_the_firm_are_no_forms_of_firms(load_sheets):
    report = load_sheets({"项目": PROJECTS})
    assert not [f for f in report.findings if "表单" in f.message or f.level == "error"]
    assert (report.rows.document()["accepted"], list(report.nodes)) == (4, ["项目"])
