"""Names, codes, words, lists."""

from __future__ import annotations

from corpus.case import Cases
from corpus.files import csv, together, xls, xlsx

CASES = Cases()
case = CASES.add

case(
    "names: spaces, zero-width and full-width characters",
    csv(
        [
            ["名称", "年份", "环节"],
            [" 示例甲\u200b公司 ", 2024, None],
            ["示例ＡＢＣ（示例）公司", 2024, None],
            ["示例ABC(示例)公司", 2023, None],
            ["示例  乙\ufeff 公司", 2024, None],
        ]
    ),
    rows=(4, 4, 0, 0, 0),
    nodes={"企业": 3},
    values={("企业", "示例甲公司", "年份"): 2024, ("企业", "示例 乙 公司", "年份"): 2024},
)
_CODES = [
    "91110000600037341L",
    "９１１１００００６００３７３４１Ｌ",
    "91110000600037341A",
    "123456789012345",
    911100006000373416,
    "9111000060003734",
]
case(
    "codes: valid, full-width, wrong, of 15 or 16 characters, a number",
    xlsx(
        {"企业": [["名称", "统一社会信用代码"], *([f"示例{i}公司", code] for i, code in enumerate(_CODES) if i != 1)]}
    ),
    rows=(5, 5, 0, 0, 0),
    nodes={"企业": 5},
    values={
        ("企业", "示例2公司", "统一社会信用代码"): "91110000600037341A",
        ("企业", "示例4公司", "统一社会信用代码"): "911100006000373376",
    },
    findings=tuple(f"warning 企业!B{i}" for i in (3, 4, 5, 6)),
)
case(
    "codes as numbers in xls and CSV",
    together(
        xls({"企业": [["名称", "统一社会信用代码"], ["示例甲公司", 911100006000373416.0]]}, "a.xls"),
        csv([["名称", "统一社会信用代码"], ["示例乙公司", "9.1111E+17"]]),
    ),
    values={},
    findings=("warning 企业!B2", "warning 企业!B2"),
)
_BOOLS = ["是", "否", "Y", "n", 1, 0, "√", "×", True, False, "有", ""]
case(
    "yes and no in all their forms",
    xlsx(
        {
            "平台": [
                ["名称", "有场地"],
                *([f"示例{i}平台", said] for i, said in enumerate(_BOOLS)),
                ["示例坏平台", "也许"],
            ]
        }
    ),
    rows=(13, 12, 1, 0, 0),
    nodes={"平台": 12},
    findings=("error 平台!B14",),
    values={("平台", f"示例{i}平台", "有场地"): None if i == 11 else i % 2 == 0 for i in range(12)},
)
case(
    "closed lists",
    csv(
        [
            ["名称", "状态", "可信度"],
            ["示例甲公司", "停产", "A"],
            ["示例乙公司", " 在产 ", "b"],
            ["示例丙公司", "生产", "A"],
            ["示例丁公司", "在建", "甲"],
        ]
    ),
    rows=(4, 2, 2, 0, 0),
    findings=("error 企业!B4", "error 企业!C5"),
    values={("企业", "示例甲公司", "状态"): "停产"},
)
case(
    "lists at every separator",
    csv(
        [
            ["名称", "主要产品"],
            ["示例甲公司", "锯条、锯片，锯床;锯带；钢,铁/铜\n铝"],
            ["示例乙公司", "圆锯(含数控、液压)、锯条"],
        ]
    ),
    nodes={"企业": 2, "产品": 9},
    values={},
)
case(
    "qualifications with their year",
    csv([["名称", "资质"], ["示例甲公司", "国高(2023)、专精特新"], ["示例乙公司", "国高"]]),
    nodes={"企业": 2, "资质认定": 3},
    values={("资质认定", "国高", "年份"): 2023},
)
