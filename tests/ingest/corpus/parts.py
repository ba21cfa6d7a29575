"""Tables in parts: what goes on under 续表 or after a text, on the next page, in the columns beside."""

from __future__ import annotations

from corpus.case import FIRMS, HEAD, Cases
from corpus.files import csv, docx, word_table, xlsx

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
