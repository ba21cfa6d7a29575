"""Units of money, wherever people write them: each counts, or is an error at its place."""

from __future__ import annotations

from typing import Any

from builders import Table
from pdf_builder import table, text

from corpus.case import Cases
from corpus.files import csv, docx, pdf, word_table, xls, xlsx

CASES = Cases()
case = CASES.add


def _firm(caption: str, *above: str) -> Table:
    return [*([line] for line in above), ["名称", caption, "年份"], ["示例甲公司", "1.2", 2024]]


_CAPTIONS = (
    "产值(亿元,当年价)", "产值（亿元/年）", "产值（人民币亿元）", "产值（亿元）（当年价）", "产值（当年价，亿元）", "产值/亿元",
    "产值 亿元", "产值：亿元", "产值（单位：亿元）", "产值\n（亿元人民币）", "产值（亿元）*",
)  # fmt: skip
for caption in _CAPTIONS:
    case(
        f"the caption {caption!r} states its unit",
        csv(_firm(caption)),
        rows=(1, 1, 0, 0, 0),
        nodes={"企业": 1},
        values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
    )
_TITLES = (
    "金额单位：人民币亿元", "（金额单位：亿元人民币）", "单位 亿元", "计量单位：家、亿元", "示例县企业产值表（亿元）", "金额均以亿元为单位",
    "填报单位：示例县局  单位：亿元", "填报单位：示例县局\t亿元", "单位：（亿元）",
)  # fmt: skip
for title in _TITLES:
    case(
        f"the title {title!r} states the unit",
        csv(_firm("产值", "示例县企业产值表", title)),
        rows=(1, 1, 0, 0, 0),
        nodes={"企业": 1},
        values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
    )
case(
    "a unit in brackets under the caption, and one in the group over it",
    xlsx(
        {
            "企业": [["名称", "产值", "年份"], [None, "（亿元）", None], ["示例甲公司", 1.2, 2024]],
            "项目": [["名称", "投资情况（亿元）"], [None, "金额"], ["示例项目", 0.5]],
        }
    ),
    nodes={"企业": 1, "项目": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 12000.0, ("项目", "示例项目", "金额(万元)"): 5000.0},
)
case(
    "a unit at the right of a PDF's line",
    pdf([text(40, 40, "填报单位：示例县局") + text(300, 40, "单位：亿元") + table(_firm("产值"), 60)]),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
)
_RIGHT = {
    "on the line of the title": text(40, 40, "示例县企业产值表") + text(350, 40, "单位：亿元"),
    "in brackets": text(40, 40, "示例县企业") + text(380, 40, "（亿元）"),
    "behind two other words": text(40, 20, "示例县企业产值表")
    + text(40, 40, "填报单位：示例县局")
    + text(200, 40, "2024年")
    + text(380, 40, "亿元"),
}
for where, above in _RIGHT.items():
    case(
        f"a unit at the right of a PDF's line, {where}",
        pdf([above + table(_firm("产值"), 60)]),
        rows=(1, 1, 0, 0, 0),
        nodes={"企业": 1},
        values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
    )
case(
    "a unit after tabs over a table in Word",
    docx(lambda d: (d.add_paragraph("企业\t\t单位：亿元"), word_table(d, _firm("产值")))),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
)
case(
    "a unit in a cell of its own, over the last column",
    xlsx({"企业": [["填报单位：示例县局", None, "亿元"], *_firm("产值")]}),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
)
for name, rows, where in (
    ("caption", _firm("产值（万美元）"), "error 企业!B1"),
    ("title", _firm("产值", "单位：万美元"), "error 企业!A1"),
    ("caption of a ratio", _firm("产值（万元/亩）"), "error 企业!B1"),
):
    case(
        f"a unit in a {name} that is no 万元 is an error there",
        csv(rows),
        rows=(1, 0, 1, 0, 0),
        nodes={},
        values={},
        findings=(where, f"error 企业!B{len(rows)}"),
    )
case(
    "an amount without any unit word is 万元, and that is said",
    csv(_firm("产值")),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 1.2},
    notes=("企业!B1",),
)
case(
    "an amount that is yet to be agreed on is no amount",
    csv([["名称", "拟投入(万元)"], ["示例难题", "面议"], ["示例难题二", "双方协商"]], "技术需求.csv"),
    nodes={"技术需求": 2},
    values={("技术需求", "示例难题", "拟投入(万元)"): None},
    notes=("技术需求!B2", "技术需求!B3"),
)
_FORMATS = {'0.00"亿元"': (1.2, 12000.0), '0!.0,"万元"': (12_000_000, 1200.0), '0.00,,"百万元"': (1_200_000, 120.0)}


def _formatted(book: Any) -> None:
    for row, code in enumerate(_FORMATS, 2):
        book["企业"].cell(row, 2).number_format = code


def _plain_rows() -> Table:
    return [["名称", "产值", "年份"], *([f"示例{n}公司", v, 2024] for n, (v, _) in enumerate(_FORMATS.values()))]


case(
    "a unit that only the number format shows",
    xlsx({"企业": _plain_rows()}, change=_formatted),
    rows=(3, 3, 0, 0, 0),
    nodes={"企业": 3},
    values={("企业", f"示例{n}公司", "产值(万元)"): v for n, (_, v) in enumerate(_FORMATS.values())},
)
case(
    "and in xls",
    xls({"企业": [["名称", "产值", "年份"], ["示例甲公司", 1.2, 2024]]}, formats={float: '0.00"亿元"'}),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
)
case(
    "a number format of another currency is an error in the cell",
    xlsx(
        {"企业": [["名称", "产值(万元)", "年份"], ["示例甲公司", 1.2, 2024]]},
        change=lambda book: setattr(book["企业"]["B2"], "number_format", '0.00"万美元"'),
    ),
    rows=(1, 0, 1, 0, 0),
    nodes={},
    values={},
    findings=("error 企业!B2",),
)

# Further places where a unit may stand.
_STATED_ELSEWHERE = {
    "the name of the sheet": xlsx({"企业（亿元）": _firm("产值")}),
    "the end of the sheet's name": xlsx({"企业产值_亿元": _firm("产值")}),
    "the name of the file": csv(_firm("产值"), "企业（单位：亿元）.csv"),
    "a column of its own": csv([["名称", "产值", "单位", "年份"], ["示例甲公司", 1.2, "亿元", 2024]]),
    "a column for one amount": csv([["名称", "产值", "产值单位", "年份"], ["示例甲公司", 1.2, "人民币亿元", 2024]]),
    "a column with its own value": csv([["名称", "产值", "单位", "年份"], ["示例甲公司", "1.2亿", "万元", 2024]]),
    "a line with strokes under the captions": csv(
        [["名称", "产值", "年份"], ["—", "（亿元）", "—"], ["示例甲公司", 1.2, 2024]]
    ),
}
for place, file in _STATED_ELSEWHERE.items():
    case(
        f"a unit in {place}",
        file,
        rows=(1, 1, 0, 0, 0),
        nodes={"企业": 1},
        values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
    )
for foot in ("注：产值单位为亿元", "单位：亿元", "说明：金额单位：亿元"):
    case(
        f"a unit in the note {foot!r} under the table",
        csv([*_firm("产值"), [foot]]),
        rows=(1, 1, 0, 0, 1),
        nodes={"企业": 1},
        values={("企业", "示例甲公司", "产值(万元)"): 12000.0},
    )
for words, amount in (("产值(百万)", 120.0), ("产值（千万）", 1200.0), ("产值(万亿元)", 120_000_000.0)):
    case(
        f"the caption {words!r}",
        csv(_firm(words)),
        rows=(1, 1, 0, 0, 0),
        nodes={"企业": 1},
        values={("企业", "示例甲公司", "产值(万元)"): amount},
    )
case(
    "a column of units for years side by side",
    xlsx(
        {
            "企业": [
                ["企业名称", "2023年产值", "2024年产值", "单位"],
                ["示例甲公司", 1.2, 1.3, "亿元"],
                ["示例乙公司", 3, 4, "万元"],
            ]
        }
    ),
    rows=(2, 2, 0, 0, 0),
    nodes={"企业": 2, "企业年报": 4},
    values={("企业年报", "示例甲公司 2023", "产值(万元)"): 12000.0, ("企业", "示例甲公司", "产值(万元)"): 13000.0},
)
case(
    "a column of units in which one row says none, one another currency",
    csv([["名称", "产值", "单位", "年份"], ["示例甲公司", 1.2, "万美元", 2024], ["示例乙公司", 5, None, 2024]]),
    rows=(2, 1, 1, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例乙公司", "产值(万元)"): 5.0},
    findings=("error 企业!B2",),
    notes=("企业!B3", "企业!C1"),
)
for title in ("单位：万元（产值为亿元）", "单位：亿元、万元"):
    case(
        f"two units in one title are an error: {title}",
        csv(_firm("产值", title)),
        rows=(1, 0, 1, 0, 0),
        nodes={},
        values={},
        findings=("error 企业!A1", "error 企业!B3"),
    )
for name in ("亿元以上企业", "亿元企业"):
    case(
        f"the name of the sheet states no unit: {name}",
        xlsx({name: _firm("产值(万元)")}),
        rows=(1, 1, 0, 0, 0),
        nodes={"企业": 1},
        values={("企业", "示例甲公司", "产值(万元)"): 1.2},
    )
