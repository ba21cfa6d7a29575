"""Cells that hold no value."""

from __future__ import annotations

from openpyxl.comments import Comment

from corpus.case import FIRMS, HEAD, Cases
from corpus.files import csv, xls, xlsx

CASES = Cases()
case = CASES.add

case(
    "Excel errors are errors, a formula without a value says what to do",
    xlsx(
        {
            "企业": [
                HEAD,
                ["示例甲公司", "#DIV/0!", 2024],
                ["示例乙公司", "=1+1", 2024],
                ["示例丙公司", "#N/A", 2024],
                ["示例丁公司", 4, "=YEAR(TODAY())"],
            ]
        }
    ),
    rows=(4, 0, 4, 0, 0),
    nodes={},
    values={},
    findings=("error 企业!B2", "error 企业!B3", "error 企业!B4", "error 企业!C5"),
)
case(
    "Excel errors in xls",
    xls(
        {"企业": FIRMS},
        change=lambda b: (
            b.get_sheet("企业").write(4, 0, "示例丙公司") or b.get_sheet("企业").row(4).set_cell_error(1, "#DIV/0!")
        ),
    ),
    rows=(3, 2, 1, 0, 0),
    findings=("error 企业!B5",),
)
case(
    "a cell beyond 5,000 characters costs its row",
    csv(
        [
            [*HEAD, "其他"],
            [*FIRMS[1], ""],
            [*FIRMS[2], ""],
            ["示例长" * 2000, 1, 2024, ""],
            ["示例丙公司", 1, 2024, "长" * 5001],
        ]
    ),
    rows=(4, 2, 2, 0, 0),
    findings=("error 企业!A4", "error 企业!D5"),
)
case(
    "comments and blank formatted cells say nothing",
    xlsx(
        {"企业": [*FIRMS, [None, None, None]]},
        change=lambda b: (
            setattr(b["企业"]["A2"], "comment", Comment("批注", "x")),
            setattr(b["企业"]["H90"], "number_format", "0.00"),
        ),
    ),
)
