"""Years, parts of years and forecasts under and over captions: a value never stands without its own."""

from __future__ import annotations

from typing import Any

from builders import Table

from corpus.case import Cases
from corpus.files import csv, xlsx

CASES = Cases()
case = CASES.add

_FIRM = "示例甲机械有限公司"
_HEAD: list[object] = ["企业名称", "产值(万元)", None, None, "主要产品"]


def _under(*periods: object) -> Table:
    return [
        _HEAD,
        [None, *periods, None],
        [_FIRM, 100, 110, 120, "锯床"],
        ["示例乙机械有限公司", 200, 210, 220, "锯条"],
    ]


def _extras(*periods: str) -> dict[str, Any]:
    values: dict[tuple[str, str, str], Any] = {
        ("企业", _FIRM, f"产值(万元)-{period}"): value
        for period, value in zip(periods, ("100", "110", "120"), strict=True)
    }
    return {"nodes": {"企业": 2, "产品": 2}, "values": {("企业", _FIRM, "产值(万元)"): None, **values}}


for _name, *_periods in (
    ("quarters", "一季度", "二季度", "三季度"),
    ("quarters in letters", "Q1", "Q2", "2024Q3"),
    ("months", "1-3月", "4月", "5月"),
    ("this year and the last", "本年", "上年", "同比增长(%)"),
    ("the same months of two years", "本期", "上年同期", "增长%"),
    ("years of two digits", "22年", "23年", "24年"),
):
    case(f"{_name} under a caption are no value of a year", xlsx({"企业": _under(*_periods)}), **_extras(*_periods))
case(
    "a forecast and a target are no report of their year, what was is",
    xlsx({"企业": _under("2022年实际", "2023年（预计）", "2024年目标")}),
    nodes={"企业": 2, "企业年报": 2, "产品": 2},
    values={
        ("企业年报", f"{_FIRM} 2022", "产值(万元)"): 100.0,
        ("企业", _FIRM, "产值(万元)-2023年（预计）"): "110",
        ("企业", _FIRM, "产值(万元)-2024年目标"): "120",
    },
)
case(
    "several years together are the report of none",
    xlsx({"企业": _under("2020-2022年", "2023年", "2024年")}),
    nodes={"企业": 2, "企业年报": 4, "产品": 2},
    values={("企业", _FIRM, "产值(万元)-2020-2022年"): "100", ("企业年报", f"{_FIRM} 2024", "产值(万元)"): 120.0},
)
case(
    "a sum beside years is no year",
    xlsx({"企业": _under("2023年", "2024年", "合计")}),
    nodes={"企业": 2, "企业年报": 4, "产品": 2},
    values={("企业", _FIRM, "产值(万元)-合计"): "120", ("企业年报", f"{_FIRM} 2024", "产值(万元)"): 110.0},
)
case(
    "years that stand over several captions and are not merged",
    csv(
        [
            ["企业名称", "2023年", None, "2024年", None],
            [None, "产值(万元)", "利润(万元)", "产值(万元)", "利润(万元)"],
            [_FIRM, 1, 2, 3, 4],
        ]
    ),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1, "企业年报": 2},
    values={
        ("企业年报", f"{_FIRM} 2023", "产值(万元)"): 1.0,
        ("企业年报", f"{_FIRM} 2023", "利润(万元)"): 2.0,
        ("企业年报", f"{_FIRM} 2024", "产值(万元)"): 3.0,
        ("企业年报", f"{_FIRM} 2024", "利润(万元)"): 4.0,
    },
)
case(
    "the months of a caption make it another value",
    csv([["企业名称", "产值(万元)(1-9月)", "产值(亿元)(上年同期)"], [_FIRM, 1, 2]]),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", _FIRM, "产值(万元)"): None, ("企业", _FIRM, "产值(万元)(1-9月)"): "1"},
)
case(
    "a caption full of digits is no firm beside the label for one",
    csv([["企业名称", "2024年1-6月产值(万元)", "产值增速", "主要产品"], [_FIRM, 1, "3%", "锯床"]]),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1, "产品": 1},
    values={("企业", _FIRM, "2024年1-6月产值(万元)"): "1"},
)
case(
    "nor is a caption that ends in 企业",
    csv([["企业名称", "高新技术企业", "产值(万元)", "备注"], [_FIRM, "是", 1, "示例"]]),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", _FIRM, "高新技术企业"): "是", ("企业", _FIRM, "产值(万元)"): 1.0},
)
