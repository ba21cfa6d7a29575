"""Headers of other shapes: years under a group, tables on their side, forms whose labels are hardly known."""

from __future__ import annotations

from typing import Any

from builders import Table
from pdf_builder import table, text

from corpus.case import Cases
from corpus.files import csv, docx, pdf, word_table, xlsx

CASES = Cases()
case = CASES.add

_FIRM = "示例甲机械有限公司"
_YEARS: dict[tuple[str, str, str], Any] = {
    ("企业年报", f"{_FIRM} {year}", "产值(万元)"): 100.0 + 10 * n for n, year in enumerate((2022, 2023, 2024))
}


def _yearly(*years: object) -> Table:
    return [
        ["企业名称", "产值(万元)", None, None, "主要产品"],
        [None, *years, None],
        [_FIRM, 100, 110, 120, "锯床"],
        ["示例乙机械有限公司", 200, 210, 220, "锯条"],
    ]


def _merged(book: Any) -> None:
    for area in ("A1:A2", "B1:D1", "E1:E2"):
        book["企业"].merge_cells(area)


_SIX = {"nodes": {"企业": 2, "企业年报": 6, "产品": 2}, "values": _YEARS}
case(
    "years under a merged group give a report each",
    xlsx({"企业": _yearly("2022年", "2023年", "2024年")}, change=_merged),
    **_SIX,
)
case("years under a group that is not merged", csv(_yearly("2022年度", "2023年度", "2024年度")), **_SIX)
case("years that are numbers", xlsx({"企业": _yearly(2022, 2023, 2024)}, change=_merged), **_SIX)
case(
    "years in a second row of the captions of another kind are no first year's value",
    xlsx(
        {
            "项目": [
                ["名称", "金额(万元)", None, "类型"],
                [None, "2023年", "2024年", None],
                ["示例项目", 1, 2, "技改"],
            ],
            "企业": [["名称"], [_FIRM]],
        }
    ),
    nodes={"项目": 1, "企业": 1},
    values={("项目", "示例项目", "金额(万元)"): None, ("项目", "示例项目", "金额(万元)-2024年"): "2"},
)
_SIDEWAYS: Table = [
    ["名称", _FIRM, "示例乙机械有限公司"],
    ["产值(万元)", 1200, 300],
    ["年份", 2024, 2024],
    ["主要产品", "锯床", "锯条"],
]
_TURNED: dict[str, Any] = {
    "nodes": {"企业": 2, "企业年报": 2, "产品": 2},
    "values": {("企业", _FIRM, "产值(万元)"): 1200.0, ("企业", "示例乙机械有限公司", "产值(万元)"): 300.0},
}
case("a table of firms on its side is turned", xlsx({"企业": _SIDEWAYS}), **_TURNED)
case("under a title too, in a document", docx(lambda d: word_table(d, _SIDEWAYS)), **_TURNED)
case("and when nothing says what the sheet is", xlsx({"Sheet1": [["示例县企业情况"], *_SIDEWAYS]}), **_TURNED)
case(
    "a table of another kind on its side is refused",
    xlsx(
        {
            "平台": [
                ["名称", "示例平台甲", "示例平台乙"],
                ["类型", "实验室", "中心"],
                ["依托单位", _FIRM, _FIRM],
                ["县市区", "示例县", "示例县"],
            ],
            "企业": [["名称"], [_FIRM]],
        }
    ),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={},
    findings=("error 平台!",),
)
_FEW: Table = [
    ["企业名称", _FIRM, "企业地址", "示例县示例镇1号"],
    ["注册资本情况", "示例", "邮编", "000000"],
    ["主营业务", "锯床", "所属行业", "机械"],
    ["高新技术企业", "是", "高新企业认定文件", "示例文号"],
]
_ONE: dict[str, Any] = {
    "rows": (1, 1, 0, 0, 0),
    "nodes": {"企业": 1},
    "values": {("企业", _FIRM, "所在地"): "示例县示例镇1号", ("企业", _FIRM, "高新技术企业"): "是"},
}


def _in_word(document: Any) -> None:
    document.add_heading("示例企业技术中心认定表", 1)
    word_table(document, _FEW)


case("a form of few known labels in Word is a form", docx(_in_word), **_ONE)
case("and in a workbook", xlsx({"Sheet1": _FEW}), **_ONE)
case("and in text", csv(_FEW, "登记.csv"), **_ONE)
_CATEGORIES: Table = [
    ["企业技术中心认定表"],
    ["基本信息", "企业名称", _FIRM, "统一社会信用代码", "91110000600037341L"],
    [None, "法定代表人", "示例某", "联系电话", "0578-0000000"],
    ["技术需求", "技术难题", "高速锯切振动抑制", None, None],
    [None, "拟投入资金（万元）", 300, "合作方式", "联合攻关"],
    ["经营情况", "2024年产值（万元）", 1200, "职工总数（人）", 85],
]


def _tall(book: Any) -> None:
    for area in ("A1:E1", "A2:A3", "A4:A5", "C4:E4"):
        book["Sheet1"].merge_cells(area)


case(
    "a column of categories beside the labels is no column of labels",
    xlsx({"Sheet1": _CATEGORIES}, change=_tall),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1, "企业年报": 1, "技术需求": 1},
    values={
        ("技术需求", "高速锯切振动抑制", "拟投入(万元)"): 300.0,
        ("技术需求", "高速锯切振动抑制", "合作方式"): "联合攻关",
        ("企业", _FIRM, "法定代表人"): "示例某",
        ("企业", _FIRM, "产值(万元)"): 1200.0,
    },
)
_PAGES: tuple[Table, ...] = (
    [
        ["名称", "类型", "依托单位", "县市区"],
        ["示例平台甲", "实验室", None, None],
        ["示例平台乙", "实验室", None, None],
    ],
    [["产业链", "环节", "有场地", "有人员"], ["示例链", "锯床", "是", "是"], ["示例链", "锯床", "是", "否"]],
    [["有投入", "有设备", "有成果", "有制度"], ["否", "是", "是", "否"], ["否", "是", "是", "否"]],
)
case(
    "columns that go on over pages are told, and make no rows of another kind",
    pdf([text(40, 40, "平台名单") + table(_PAGES[0], 60), *(table(p, 60) for p in _PAGES[1:])]),
    nodes={"平台": 2},
    values={("平台", "示例平台甲", "类型"): "实验室"},
    findings=("warning 第2页表1!", "warning 第3页表1!"),
)
_BROTHERS: dict[str, Table] = {
    "with units in a column": [
        ["指标", "计量单位", _FIRM, "示例乙机械有限公司"],
        ["产值", "万元", 1200, 300],
        ["年份", "年", 2024, 2024],
        ["主要产品", "—", "锯床", "锯条"],
    ],
    "under a word for the captions": [["项目", *_SIDEWAYS[0][1:]], *_SIDEWAYS[1:]],
    "with numbered captions": [["序号", "项目", *_SIDEWAYS[0][1:]], *([n, *r] for n, r in enumerate(_SIDEWAYS[1:], 1))],
    "with numbered firms": [["序号", 1, 2], ["企业名称", *_SIDEWAYS[0][1:]], *_SIDEWAYS[1:]],
    "with captions that nobody knows": [
        ["企业名称", *_SIDEWAYS[0][1:]],
        *_SIDEWAYS[1:],
        *([caption, "1", "2"] for caption in ("资产", "负债", "用电量", "税收", "专利")),
    ],
}
for _name, _rows in _BROTHERS.items():
    case(f"a table of firms on its side, {_name}", xlsx({"Sheet1": _rows}), **_TURNED)
    case(f"and in a document, {_name}", docx(lambda d, rows=_rows: word_table(d, rows)), **_TURNED)
_YEARS_OF_ONE: Table = [
    ["企业名称", _FIRM, None, None],
    ["指标", "2022年", "2023年", "2024年"],
    ["产值(万元)", 100, 110, 120],
    ["利润(万元)", 1, 2, 3],
    ["主要产品", "锯床", None, None],
]
case(
    "the years of one firm beside each other",
    xlsx({"Sheet1": _YEARS_OF_ONE}),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1, "企业年报": 3, "产品": 1},
    values={**_YEARS, ("企业年报", f"{_FIRM} 2023", "利润(万元)"): 2.0},
)
_NEED: dict[str, Any] = {
    "rows": (1, 1, 0, 0, 0),
    "nodes": {"企业": 1, "企业年报": 1, "技术需求": 1},
    "values": {
        ("技术需求", "高速锯切振动抑制", "拟投入(万元)"): 300.0,
        ("企业", _FIRM, "法定代表人"): "示例某",
        ("企业", _FIRM, "产值(万元)"): 1200.0,
    },
}
_filled_down: Table = [
    _CATEGORIES[0],
    *([row[0] or _CATEGORIES[n - 1][0], *row[1:]] for n, row in enumerate(_CATEGORIES) if n),
]
_upright: Table = [["\n".join(str(row[0])) if row[0] else None, *row[1:]] for row in _CATEGORIES[1:]]
case("categories that are not merged, blank below", xlsx({"Sheet1": _CATEGORIES}), **_NEED)
case("and in a document without a title", docx(lambda d: word_table(d, _CATEGORIES[1:])), **_NEED)
case("categories in every row", csv(_filled_down, "登记.csv"), **_NEED)
case("categories written from the top down", xlsx({"Sheet1": _upright}), **_NEED)
case(
    "a category that is called like a label, beside labels nobody knows",
    xlsx(
        {
            "Sheet1": [
                ["企业概况", "企业名称", _FIRM, "年份", 2024],
                [None, "法定代表人", "示例某", "联系电话", "0578"],
                ["主要产品", "产品名称", "锯床", "年产值", 100],
                [None, "市场占有率", "10%", "专利", "3"],
            ]
        }
    ),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1, "产品": 1, "企业年报": 1},
    values={("产品", "锯床", "名称"): "锯床", ("企业", _FIRM, "产值(万元)"): 100.0},
)
case(
    "同上 in a form is the value of the label like it, else it is asked",
    xlsx(
        {
            "Sheet1": [
                ["企业名称", _FIRM, "注册地址", "示例镇1号"],
                ["通讯地址", "同上", "年份", 2024],
                ["产值(万元)", 5, "主要产品", "锯床"],
            ],
            "Sheet2": [
                ["企业名称", "示例乙机械有限公司", "年份", 2024],
                ["产值(万元)", "同上", "主要产品", "锯床"],
                ["所在地", "示例", "资质", "无"],
            ],
        }
    ),
    rows=(2, 1, 1, 0, 0),
    nodes={"企业": 1, "企业年报": 1, "产品": 1},
    values={("企业", _FIRM, "所在地"): "示例镇1号"},
    findings=("error Sheet2!B2",),
)
