"""Tables in parts: what goes on under 续表 or after a text, on the next page, in the columns beside."""

from __future__ import annotations

from typing import Any

from builders import Table
from pdf_builder import table, text

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
