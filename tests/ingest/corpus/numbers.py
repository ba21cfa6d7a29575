"""Numbers, shares, years, dates."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from builders import COUNTIES, Table
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from corpus.case import HEAD, Cases
from corpus.files import csv, together, xls, xlsx

CASES = Cases()
case = CASES.add

_NUMBERS = {
    "１２３": 123.0,
    "1,234.5": 1234.5,
    "1，234": 1234.0,
    " 5 000 ": 5000.0,
    "1.2亿": 12000.0,
    "3000万元": 3000.0,
    "5000元": 0.5,
    "2亿元": 20000.0,
    "300千元": 30.0,
    "约5000": 5000.0,
    "5000多": 5000.0,
    "5000万元左右": 5000.0,
    "1.5亿多": 15000.0,
    "￥80万元": 80.0,
    "0": 0.0,
}
case(
    "numbers as people write them",
    csv([HEAD, *([f"示例{i}公司", said, 2024] for i, said in enumerate(_NUMBERS))]),
    rows=(len(_NUMBERS), len(_NUMBERS), 0, 0, 0),
    nodes={"企业": len(_NUMBERS)},
    values={("企业", f"示例{i}公司", "产值(万元)"): v for i, v in enumerate(_NUMBERS.values())},
    notes=("企业!B11", "企业!B12", "企业!B13", "企业!B14"),
)
_WRONG = ["-5", "100-200", "≥500", "500以上", "1000～2000", "很多", "100万美元", "#N/A", "五百"]
case(
    "what is no single number is an error",
    csv([HEAD, *([f"示例{i}公司", said, 2024] for i, said in enumerate(_WRONG))]),
    rows=(9, 0, 9, 0, 0),
    nodes={},
    values={},
    findings=tuple(f"error 企业!B{i + 2}" for i in range(9)),
)
_BLANKS = ["-", "—", "/", "无", "暂无", "不详", "", "　", "－"]
case(
    "what says nothing is empty, not zero",
    csv([HEAD, *([f"示例{i}公司", said, 2024] for i, said in enumerate(_BLANKS))]),
    rows=(9, 9, 0, 0, 0),
    nodes={"企业": 9},
    values={("企业", f"示例{i}公司", "产值(万元)"): None for i in range(9)},
)
case(
    "a unit in the cell beats the header's, and that the title's",
    csv([["单位：亿元"], ["名称", "产值（元）", "年份"], ["示例甲公司", 1000000, 2024], ["示例乙公司", "2万元", 2023]]),
    values={("企业", "示例甲公司", "产值(万元)"): 100.0, ("企业", "示例乙公司", "产值(万元)"): 2.0},
)
_SHARES = {"60%": 0.6, "0.6": 0.6, "60 ％": 0.6, "6成": None, "60": None, "120%": None, "1": 1.0, "-5%": None}
case(
    "shares are per cent or fractions",
    csv(
        [["产业链", "名称", "进口依存度"], *(["示例链", f"环节{i}", said] for i, said in enumerate(_SHARES))],
        "环节.csv",
    ),
    rows=(8, 4, 4, 0, 0),
    nodes={},
    values={},
    findings=(
        *(f"error 环节!C{i + 2}" for i, v in enumerate(_SHARES.values()) if v is None),
        *(f"warning 环节!A{i + 2}" for i, v in enumerate(_SHARES.values()) if v is not None),
    ),
)


def _percent(book: Workbook) -> None:
    book["环节"]["C2"].number_format = "0%"


case(
    "a per cent cell of Excel, and a bare number under a caption with %",
    together(
        xlsx(
            {
                "产业链": [["名称", "县市区"], ["示例链", "示例县"]],
                "县市区": COUNTIES,
                "环节": [["产业链", "名称", "进口依存度"], ["示例链", "甲环节", 0.35]],
            },
            "a.xlsx",
            _percent,
        ),
        csv([["产业链", "名称", "进口依存度(%)"], ["示例链", "乙环节", 35]], "环节.csv"),
    ),
    rows=(6, 6, 0, 0, 0),
    nodes={"县市区": 3, "产业链": 1, "环节": 2},
    values={("环节", "甲环节", "进口依存度"): 0.35, ("环节", "乙环节", "进口依存度"): 0.35},
)
_DATES: dict[Any, str | None] = {
    "2025-05-16": "2025-05-16",
    "2025/5/6": "2025-05-06",
    "2025.5.6": "2025-05-06",
    "2025年5月6日": "2025-05-06",
    "２０２５年５月": "2025-05",
    "2025年5月16号": "2025-05-16",
    "二〇二五年十二月三十一日": "2025-12-31",
    "二零二五年十月": "2025-10",
    "20250516": "2025-05-16",
    "202505": "2025-05",
    "2025-05": "2025-05",
    "2025.05": "2025-05",
    "2025": "2025",
    "2025年": "2025",
    "2025年底": "2025-12",
    "2025-05-16 08:30:00": "2025-05-16",
    "2025-05-16T08:30:00": "2025-05-16",
    "2025年上半年": "2025-06",
    "2025年第三季度": "2025-09",
    "2025-13-01": None,
    "2025-02-30": None,
    "去年": None,
    "1899-01-01": None,
    "5月16日": None,
}
_GOOD_DATES = sum(v is not None for v in _DATES.values())
case(
    "dates as people write them",
    csv([["名称", "类型", "日期"], *([f"示例{i}会", "对接", said] for i, said in enumerate(_DATES))], "活动.csv"),
    rows=(len(_DATES), _GOOD_DATES, len(_DATES) - _GOOD_DATES, 0, 0),
    nodes={"活动": _GOOD_DATES},
    values={("活动", f"示例{i}会", "日期"): v for i, v in enumerate(_DATES.values()) if v},
    findings=tuple(f"error 活动!C{i + 2}" for i, v in enumerate(_DATES.values()) if v is None),
)
_EVENTS: Table = [
    ["名称", "类型", "日期"],
    ["示例甲会", "对接", date(2025, 5, 16)],
    ["示例乙会", "对接", datetime(2025, 5, 16, 8, 30)],
    ["示例丙会", "对接", date(2025, 5, 1)],
    ["示例丁会", "对接", 45793],
]
_DAYS = {("活动", "示例甲会", "日期"): "2025-05-16", ("活动", "示例乙会", "日期"): "2025-05-16"}


def _formats(book: Workbook) -> None:
    book["活动"]["C4"].number_format = 'yyyy"年"m"月"'


case(
    "date cells of Excel: days, times, months, serial numbers",
    xlsx({"活动": _EVENTS}, change=_formats),
    rows=(4, 4, 0, 0, 0),
    nodes={"活动": 4},
    values={**_DAYS, ("活动", "示例丙会", "日期"): "2025-05", ("活动", "示例丁会", "日期"): "2025-05-16"},
)


def _in_1904(folder: Path) -> Path:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    page = book.active
    page.title = "活动"
    for row in _EVENTS[:4]:
        page.append(list(row))
    _formats(book)
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "1904.xlsx")
    return folder / "1904.xlsx"


case(
    "the 1904 date system in xlsx",
    _in_1904,
    rows=(3, 3, 0, 0, 0),
    nodes={"活动": 3},
    values={**_DAYS, ("活动", "示例丙会", "日期"): "2025-05"},
)
case(
    "date cells in xls",
    xls({"活动": _EVENTS[:3]}, formats={date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}),
    nodes={"活动": 2},
    values=_DAYS,
)
case(
    "a deadline that is a year is its last day",
    csv(
        [
            ["名称", "任务", "对象", "比较", "数值", "期限"],
            ["示例研发费用", "t", "全市", "≥", "10", "2026"],
            ["示例技改面", "t", "全市", "≥", "85%", "2026年6月"],
        ],
        "指标.csv",
    ),
    nodes={"指标": 2},
    values={("指标", "示例研发费用", "期限"): "2026-12-31", ("指标", "示例技改面", "期限"): "2026-06"},
)
case(
    "years outside of 1900-2100, and years in words",
    csv(
        [
            HEAD,
            ["示例甲公司", 1, "2024年"],
            ["示例乙公司", 1, "二〇二三年度"],
            ["示例丙公司", 1, 1899],
            ["示例丁公司", 1, 2101],
            ["示例戊公司", 1, "23年"],
        ]
    ),
    rows=(5, 2, 3, 0, 0),
    values={("企业", "示例甲公司", "年份"): 2024, ("企业", "示例乙公司", "年份"): 2023},
    findings=("error 企业!C4", "error 企业!C5", "error 企业!C6"),
)
_DEADLINES: dict[Any, str | None] = {
    "2025年底前": "2025-12",
    "2025年12月底前": "2025-12",
    "2025年12月31日前": "2025-12-31",
    "2025年内": "2025-12",
    "2025年6月底之前完成": "2025-06",
    "力争2025年底": "2025-12",
    "截至2025年10月": "2025-10",
    "2025年上半年前": "2025-06",
    "45793": "2025-05-16",
    "2025年前": None,
    "12月底前": None,
    "年内": None,
    "12月31日前": None,
}
_GOOD_DEADLINES = sum(v is not None for v in _DEADLINES.values())
case(
    "deadlines as people write them; without a year they are errors that ask for it",
    csv([["名称", "期望时限"], *([f"示例难题{i}", said] for i, said in enumerate(_DEADLINES))], "技术需求.csv"),
    rows=(len(_DEADLINES), _GOOD_DEADLINES, len(_DEADLINES) - _GOOD_DEADLINES, 0, 0),
    nodes={"技术需求": _GOOD_DEADLINES},
    values={("技术需求", f"示例难题{i}", "期望时限"): v for i, v in enumerate(_DEADLINES.values()) if v},
    findings=tuple(f"error 技术需求!B{i + 2}" for i, v in enumerate(_DEADLINES.values()) if v is None),
    notes=tuple(f"技术需求!B{i + 2}" for i, v in enumerate(_DEADLINES.values()) if v),
)
