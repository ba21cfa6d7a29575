"""Tables in parts: what goes on under 续表 or after a text, on the next page, in the columns beside."""

from __future__ import annotations

from typing import Any

from builders import Table
from pdf_builder import line, table, text

from corpus.case import FIRMS, HEAD, Cases
from corpus.files import Make, csv, docx, pdf, word_table, xlsx

CASES = Cases()
case = CASES.add

_JOINTS = (
    "续表",
    "（续）",
    "（接上页）",
    "转下页",
    "表1（续）",
    "续表2 企业名单",
    "第 2 页",
    "以下为2024年新增企业",
    "以下企业由示例邻县上报：",
)
case(
    "words between the parts of a table are no firms",
    xlsx({"企业": [HEAD, *(row for n, joint in enumerate(_JOINTS) for row in ([joint], [f"示例{n}公司", n, 2024]))]}),
    rows=(9, 9, 0, 0, 9),
    nodes={"企业": 9},
    values={("企业", "示例8公司", "产值(万元)"): 8.0},
)
case(
    "a firm whose name begins so is one",
    csv([HEAD, ["续航科技（示例）有限公司"], ["示例续表有限公司", 1, 2024]]),
    nodes={"企业": 2},
    values={("企业", "续航科技（示例）有限公司", "产值(万元)"): None},
)
case(
    "what a page asks about a thing of another kind is refused as its name",
    docx(
        lambda d: (
            word_table(
                d,
                [
                    ["平台名称", "示例平台", "依托单位", "示例甲公司"],
                    ["负责人", "示例", "邮编", "0"],
                    ["研究方向", "锯床", "经费", "10"],
                ],
            ),
            d.add_heading("企业", 1),
            word_table(d, FIRMS),
        )
    ),
    rows=(3, 2, 1, 0, 1),
    findings=("error 表1!A3",),
)


def _after(between: list[str], rows: Table, first: Table = FIRMS, title: str = "企业名单") -> Make:
    """A document with a table, some text, and another table."""

    def build(document: Any) -> None:
        document.add_paragraph(title)
        word_table(document, first)
        for words in between:
            document.add_paragraph(words)
        word_table(document, rows)

    return docx(build)


_MORE: Table = [["示例丙公司", 3, 2024]]
_THREE: dict[str, Any] = {
    "rows": (3, 3, 0, 0, 0),
    "nodes": {"企业": 3},
    "values": {("企业", "示例丙公司", "产值(万元)"): 3.0},
}
case("a table without a header goes on under （续）", _after(["（续）"], _MORE), **_THREE)
case("under 续表 and the title once more", _after(["续表1  企业名单"], _MORE), **_THREE)
case("under a text, where its rows are those of the table before", _after(["以下为新增企业。"], _MORE), **_THREE)
case("under 续表 with its header once more", _after(["续表"], [HEAD, *_MORE]), **_THREE)
case(
    "but not where another table follows the text",
    _after(["下表为联系人："], [["示例某", "0578", "主任"], ["示例某某", "0579", "科长"]]),
)
_PROJECTS: Table = [["名称", "类型", "级别"], ["示例项目甲", "技改", "省"]]
case(
    "a header that says little is that of the table before",
    _after(["续表"], [_PROJECTS[0], ["示例项目乙", "技改", "市"]], _PROJECTS, "项目清单"),
    nodes={"项目": 2},
    values={("项目", "示例项目乙", "级别"): "市"},
)
_PAGE = table(FIRMS, 60, width=110)
case(
    "on the same page of a PDF under 续表",
    pdf([text(40, 40, "企业名单") + _PAGE + text(40, 180, "续表") + table(_MORE, 200, width=110)]),
    **_THREE,
)
_SURVEY: Table = [["企业名称", "技术难题", "拟投入(万元)", "主要产品"], ["示例甲公司", "难题甲乙丙", 1, "锯床"]]
_SURVEYED: dict[str, Any] = {
    "nodes": {"企业": 2, "技术需求": 2, "产品": 2},
    "values": {("技术需求", "难题丁戊己", "拟投入(万元)"): 2.0},
}
_NEXT: Table = [["示例乙公司", "难题丁戊己", 2, "锯条"]]
case("a survey goes on in a document", _after(["（续）"], _NEXT, _SURVEY, "企业调查表"), **_SURVEYED)
case("with its header, under another title", _after(["续表"], [_SURVEY[0], *_NEXT], _SURVEY, "企业调查表"), **_SURVEYED)
case(
    "and on the next page",
    pdf([text(40, 40, "企业调查表") + table(_SURVEY, 60, width=110), table(_NEXT, 60, width=110)]),
    **_SURVEYED,
)
case(
    "further columns are told by their captions, known or not",
    pdf(
        [
            text(40, 40, "企业名单") + _PAGE,
            table(
                [["法定代表人", "联系电话", "主要产品"], ["示例某", "0578", "锯床"], ["示例某某", "0579", "锯条"]],
                60,
                width=110,
            ),
        ]
    ),
    findings=("warning 第2页表1!",),
)

_ROWS: Table = [HEAD, ["示例甲公司", 100, 2024], ["示例乙公司", 200, 2023], ["示例丙公司", 3, 2024]]


def _half(rows: Table, columns: str = "", top: float = 60, width: float = 110, height: float = 20) -> str:
    """A table whose header alone is ruled; `columns` adds lines: between columns, round it, under each row."""
    left, bottom, right = 40, top + len(rows) * height, 40 + width * len(rows[0])
    drawn = table(rows[:1], top, left, width, height)
    for r, row in enumerate(rows[1:], 1):
        drawn += "".join(
            text(left + c * width + 3, top + r * height + 4 + 11 * n, part)
            for c, value in enumerate(row)
            if value is not None
            for n, part in enumerate(str(value).split("\n"))
        )
        drawn += line(left, top + (r + 1) * height, right, top + (r + 1) * height) if "rows" in columns else ""
    if columns in ("columns", "frame"):
        drawn += line(left, bottom, right, bottom)
        places = range(len(rows[0]) + 1) if columns == "columns" else (0, len(rows[0]))
        drawn += "".join(line(left + c * width, top, left + c * width, bottom) for c in places)
    return drawn


_TITLE = text(40, 40, "企业名单")
for _lines in ("", "columns", "frame", "rows"):
    case(f"ruled at its header, {_lines or 'nothing'} ruled below", pdf([_TITLE + _half(_ROWS, _lines)]), **_THREE)
case(
    "ruled at its header, over two pages",
    pdf([_TITLE + _half(_ROWS[:3]), _half([_ROWS[3], ["示例丁公司", 4, 2024]])]),
    rows=(4, 4, 0, 0, 0),
    nodes={"企业": 4},
    values={("企业", "示例丁公司", "产值(万元)"): 4.0},
)
case(
    "a cell without room goes on in the next line, words under the table are none of it",
    pdf(
        [
            _TITLE
            + _half([HEAD, ["示例甲长名称机械制造业\n有限公司", 100, 2024], ["示例乙公司", 200, 2023]], height=24)
            + text(40, 145, "以上由各县市区上报，未经核实，供参考使用，请与各县市区联系后再行使用为宜。")
        ]
    ),
    values={("企业", "示例甲长名称机械制造业有限公司", "产值(万元)"): 100.0},
)
case(
    "a row that is wrapped in each cell is one row",
    pdf(
        [
            _TITLE
            + table([HEAD, ["示例甲长名称机械制造业\n有限公司", "100\n万元", 2024], FIRMS[2]], 60, width=110, height=30)
        ]
    ),
    values={("企业", "示例甲长名称机械制造业有限公司", "产值(万元)"): 100.0},
)
case(
    "two tables ruled at their headers, side by side",
    pdf(
        [
            text(40, 40, "企业名单") + text(330, 40, "企业名单") + _half(_ROWS[:2], width=80)
            + table([HEAD], 60, 330, 80) + text(333, 84, "示例丁公司") + text(413, 84, "4") + text(493, 84, "2024")
        ]
    ),
    values={("企业", "示例甲公司", "产值(万元)"): 100.0, ("企业", "示例丁公司", "产值(万元)"): 4.0},
)  # fmt: skip
_UNRULED: Table = [
    ["名称", "类型", "依托单位"],
    ["示例平台甲", "实验室", "示例甲公司"],
    ["示例平台乙", "中心", "示例乙公司"],
]
case(
    "a table without lines under one that has them",
    pdf(
        [
            _TITLE + table(FIRMS, 60, width=110) + text(40, 150, "平台名单")
            + "".join(text(40 + 120 * c, 170 + 16 * r, v) for r, row in enumerate(_UNRULED) for c, v in enumerate(row))
        ]
    ),
    rows=(4, 4, 0, 0, 0),
    nodes={"企业": 2, "平台": 2},
    values={("平台", "示例平台乙", "类型"): "中心"},
)  # fmt: skip
