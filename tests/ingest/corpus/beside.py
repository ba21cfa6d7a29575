"""Two tables side by side: each is read by itself, its cells keep their addresses."""

from __future__ import annotations

from typing import Any

from builders import Table
from pdf_builder import table, text

from corpus.case import FIRMS, HEAD, Cases
from corpus.files import csv, docx, pdf, word_table, xlsx

CASES = Cases()
case = CASES.add

_RIGHT: Table = [HEAD, ["示例丙公司", 3, 2024], ["示例丁公司", 4, 2023], ["示例戊公司", 5, 2022]]
_PLATFORMS: Table = [["名称", "类型", "依托单位"], ["示例平台", "实验室", "示例甲公司"]]


def _beside(left: Table, right: Table, gap: int = 0) -> Table:
    height = max(len(left), len(right))
    rows = [[*(t[n] if n < len(t) else [None] * len(t[0]))] for t in (left, right) for n in range(height)]
    return [[*rows[n], *[None] * gap, *rows[height + n]] for n in range(height)]


_FIVE: dict[str, Any] = {
    "rows": (5, 5, 0, 0, 0),
    "nodes": {"企业": 5},
    "values": {
        ("企业", "示例甲公司", "产值(万元)"): 100.0,
        ("企业", "示例丙公司", "产值(万元)"): 3.0,
        ("企业", "示例戊公司", "年份"): 2022,
    },
}
case("the same captions twice", xlsx({"企业": _beside(FIRMS, _RIGHT)}), **_FIVE)
case("with an empty column between", xlsx({"企业": _beside(FIRMS, _RIGHT, 1)}), **_FIVE)
case("with two, in text", csv(_beside(FIRMS, _RIGHT, 2)), **_FIVE)
case(
    "in a document",
    docx(lambda d: (d.add_paragraph("企业名单"), word_table(d, _beside(FIRMS, _RIGHT)))),
    **_FIVE,
)
case(
    "on a page, each under its own title",
    pdf(
        [
            text(20, 40, "企业名单") + text(300, 40, "企业名单")
            + table(FIRMS, 60, left=20) + table(_RIGHT, 60, left=300)
        ]
    ),
    **_FIVE,
)  # fmt: skip
case(
    "three, each with its own numbers, the last shorter",
    xlsx(
        {
            "企业": [
                ["序号", "名称", "产值(万元)"] * 3,
                [1, "示例甲公司", 1, 2, "示例乙公司", 2, 3, "示例丙公司", 3],
                [4, "示例丁公司", 4],
            ]
        }
    ),
    rows=(4, 4, 0, 0, 0),
    nodes={"企业": 4},
    values={("企业", "示例丙公司", "产值(万元)"): 3.0},
)
_KINDS: dict[str, Any] = {
    "rows": (3, 3, 0, 0, 0),
    "nodes": {"企业": 2, "平台": 1},
    "values": {("平台", "示例平台", "类型"): "实验室", ("企业", "示例乙公司", "产值(万元)"): 200.0},
}
case("two kinds without anything between them", xlsx({"Sheet1": _beside(FIRMS, _PLATFORMS)}), **_KINDS)
case("two kinds with an empty column between", xlsx({"企业": _beside(FIRMS, _PLATFORMS, 1)}), **_KINDS)
case(
    "two kinds, each under its title",
    xlsx({"Sheet1": [["企业名单", None, None, "平台名单"], *_beside(FIRMS, _PLATFORMS)]}),
    **_KINDS,
)
case(
    "two kinds whose headers are not in one row",
    xlsx({"Sheet1": _beside(FIRMS, [[None] * 3, [None] * 3, *_PLATFORMS], 1)}),
    **_KINDS,
)
case(
    "the unit over both holds for both",
    xlsx(
        {
            "企业": [
                ["单位：亿元"],
                *_beside([["名称", "产值"], ["示例甲公司", 1]], [["名称", "产值"], ["示例乙公司", 2]], 1),
            ]
        }
    ),
    values={("企业", "示例甲公司", "产值(万元)"): 10000.0, ("企业", "示例乙公司", "产值(万元)"): 20000.0},
)
case(
    "a fault stands at its own cell",
    xlsx({"企业": _beside(FIRMS, [HEAD, ["示例丙公司", "多", 2024]])}),
    rows=(3, 2, 1, 0, 0),
    findings=("error 企业!E2",),
)
case(
    "two surveys",
    xlsx(
        {
            "企业调查表": [
                ["企业名称", "技术难题", "拟投入(万元)"] * 2,
                ["示例甲公司", "难题甲乙丙", 1, "示例乙公司", "难题丁戊己", 2],
            ]
        }
    ),
    nodes={"企业": 2, "技术需求": 2},
    values={("技术需求", "难题丁戊己", "拟投入(万元)"): 2.0},
)
_FORM: Table = [["企业名称", "示例甲公司"], ["产值(万元)", 1], ["年份", 2024], ["主要产品", "锯床"]]
_OTHER: Table = [["企业名称", "示例乙公司"], ["产值(万元)", 2], ["年份", 2023], ["主要产品", "锯条"]]
for _gap in (0, 1):
    case(
        f"two forms, {_gap} columns between them",
        xlsx({"Sheet1": _beside(_FORM, _OTHER, _gap)}),
        nodes={"企业": 2, "企业年报": 2, "产品": 2},
        values={("企业", "示例甲公司", "产值(万元)"): 1.0, ("企业", "示例乙公司", "产值(万元)"): 2.0},
    )
case(
    "an empty column within one table parts nothing",
    xlsx({"企业": _beside([["名称", "产值(万元)"], ["示例甲公司", 100]], [["年份", "备注"], [2024, "示例"]], 1)}),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "年份"): 2024, ("企业", "示例甲公司", "备注"): "示例"},
)
