"""What is wrong in a row of the plan is said at its cell, with what to do; the other rows load."""

from __future__ import annotations

HEAD = ["名称", "对象", "比较", "数值", "单位", "期限", "起算", "口径", "频次"]
RIGHT = [
    "示例立项数",
    "全市",
    "累计≥",
    6,
    "项",
    "2025-06",
    "2025-06-15",
    "立项数",
    "季",
]  # the month has not ended by then
WRONG = [
    ("期限", "2025-05", ("早于“起算”2025-06-15",)),
    ("期限", "2024", ("早于",)),
    ("口径", "立项个数", ("立项数", "规上企业数")),
    ("比较", "大于", ("累计≥", "每年≥")),
    ("频次", "旬", ("半年",)),
    ("期限", "明年底", ()),
    ("数值", "约六项", ()),
]
OTHERS = {
    "招商线索": [
        ["项目名称", "产业链", "阶段", "状态"],
        ["示例项目", "示例链", "签约了吗", None],
        ["示例项目", "示例链", "签约", "暂缓"],
    ],
    "任务": [
        ["名称", "进展", "开始", "期限"],
        ["示例任务", "快了", None, None],
        ["示例任务", None, "2025-03", "2024-12"],
    ],
    "计划": [["名称", "起始年", "结束年"], ["示例计划", 2026, 2024]],
    "任务进展": [["任务", "日期", "完成比例"], ["示例任务", "2025-03", "60"]],
    "技术合同": [["名称", "类型"], ["示例合同", "赠与"]],
}
CELLS = ["招商线索!C2", "招商线索!D3", "任务!B2", "任务!D3", "计划!C2", "任务进展!C2", "技术合同!B2"]


def errors(report):
    return [f for f in report.findings if f.level == "error"]


def test_a_target_that_cannot_be_is_an_error_at_its_cell(load_sheets):
    rows = [[value if c == caption else v for c, v in zip(HEAD, RIGHT, strict=True)] for caption, value, _ in WRONG]
    report = load_sheets({"指标": [HEAD, RIGHT, *rows]})
    there = {f.where: f for f in errors(report)}
    for number, (caption, value, words) in enumerate(WRONG, start=3):
        error = there.pop(f"指标!{'ABCDEFGHI'[HEAD.index(caption)]}{number}")
        assert (error.field, error.value) == (caption, value)
        assert error.hint
        assert all(word in f"{error.message}{error.hint}" for word in words)
    assert not there
    assert report.rows.document()["accepted"] == 1


def test_words_outside_a_list_and_days_out_of_order_are_errors_at_their_cell(load_sheets):
    report = load_sheets(OTHERS)
    assert [f.where for f in errors(report)] == CELLS
