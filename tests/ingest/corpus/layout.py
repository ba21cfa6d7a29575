"""Where tables lie on a sheet."""

from __future__ import annotations

from builders import COUNTIES

from corpus.case import FIRMS, HEAD, TWO, Cases
from corpus.files import csv, xls, xlsx

CASES = Cases()
case = CASES.add

_low = [[None] * 4] * 3 + [[None, *r] for r in FIRMS]
case(
    "leading blank rows and columns in xlsx keep the addresses",
    xlsx({"企业": [*_low, [None, "示例坏", "多", 2024]]}),
    rows=(3, 2, 1, 0, 0),
    findings=("error 企业!C7",),
)
case(
    "leading blank rows and columns in CSV",
    csv([*_low, [None, "示例坏", "多", 2024]]),
    rows=(3, 2, 1, 0, 0),
    findings=("error 企业!C7",),
)
case(
    "leading blank rows and columns in xls",
    xls({"企业": [*_low, [None, "示例坏", "多", 2024]]}),
    rows=(3, 2, 1, 0, 0),
    findings=("error 企业!C7",),
)
case(
    "title rows over the header with a unit",
    xlsx(
        {
            "企业": [
                ["示例县企业名单"],
                ["填报单位：示例县　单位：亿元"],
                ["名称", "产值", "年份"],
                ["示例甲公司", 0.01, 2024],
                ["示例乙公司", "200万元", 2023],
            ]
        },
        change=lambda b: b["企业"].merge_cells("A1:C1"),
    ),
)
case(
    "a header of two rows with a merged group",
    xlsx(
        {"企业": [["名称", "经营情况", None], [None, "产值(万元)", "年份"], *FIRMS[1:]]},
        change=lambda b: (b["企业"].merge_cells("B1:C1"), b["企业"].merge_cells("A1:A2")),
    ),
)
case(
    "units in the second row of the header",
    xlsx(
        {
            "企业": [
                ["名称", "产值", "年份"],
                [None, "亿元", "年"],
                ["示例甲公司", 0.01, 2024],
                ["示例乙公司", 0.02, 2023],
            ]
        }
    ),
)
case(
    "a vertically merged 县市区 applies to all its rows",
    xlsx(
        {
            "县市区": COUNTIES,
            "企业": [["县市区", *HEAD], ["示例县", *FIRMS[1]], [None, *FIRMS[2]], ["示例邻县", "示例丙公司", 1, 2024]],
        },
        change=lambda b: b["企业"].merge_cells("A2:A3"),
    ),
    rows=(6, 6, 0, 0, 0),
    nodes={"县市区": 3, "企业": 3},
    values={("企业", "示例乙公司", "县市区"): "示例县"},
)
case(
    "a vertically merged 县市区 in xls",
    xls(
        {"县市区": COUNTIES, "企业": [["县市区", *HEAD], [None, *FIRMS[1]], [None, *FIRMS[2]]]},
        change=lambda b: b.get_sheet("企业").write_merge(1, 2, 0, 0, "示例县"),
    ),
    rows=(5, 5, 0, 0, 0),
    nodes={"县市区": 3, "企业": 2},
    values={("企业", "示例乙公司", "县市区"): "示例县"},
)
case(
    "a number merged over two rows counts once, with a warning",
    xlsx({"企业": FIRMS}, change=lambda b: b["企业"].merge_cells("B2:B3")),
    values={("企业", "示例甲公司", "产值(万元)"): 100.0, ("企业", "示例乙公司", "产值(万元)"): None},
    findings=("warning 企业!B2",),
)
case(
    "hidden rows and sheets and columns are data, with notes",
    xlsx(
        {"企业": FIRMS},
        change=lambda b: (
            setattr(b["企业"].row_dimensions[3], "hidden", True),
            setattr(b["企业"].column_dimensions["C"], "hidden", True),
            b.create_sheet("空"),
            setattr(b["企业"], "sheet_state", "hidden"),
        ),
    ),
    notes=("企业!", "企业!C1", "企业!A3", "空!"),
)
case(
    "hidden rows and sheets in xls",
    xls(
        {"空": [["x"]], "企业": FIRMS},
        change=lambda b: (
            setattr(b.get_sheet("企业").row(2), "hidden", 1),
            setattr(b.get_sheet("企业"), "visibility", 1),
        ),
    ),
    notes=("空!", "企业!", "企业!A3"),
)
case(
    "two tables on one sheet",
    xlsx({"企业": [*FIRMS, [None], ["平台名单"], ["名称", "类型", "依托单位"], ["示例平台", "实验室", "示例甲公司"]]}),
    rows=(3, 3, 0, 0, 1),
    nodes={"企业": 2, "平台": 1},
)
case(
    "what is no data is skipped",
    xlsx(
        {
            "企业": [
                ["序号", *HEAD],
                [1, *FIRMS[1]],
                [2, *FIRMS[2]],
                [3],
                ["", "合　计", 300, None],
                ["", "小计", 1, None],
                ["序号", *HEAD],
                ["注：产值为快报数"],
                ["说明1：略"],
                ["填表人", "示例某"],
                [4, "示例（请删除）某公司", 1, 2024],
            ]
        }
    ),
    rows=(2, 2, 0, 0, 8),
)
case(
    "a firm whose name begins with 示例 or 合计 alone is data",
    csv([HEAD, ["示例", 1, 2024], ["合计算力公司", 2, 2024]]),
    nodes={"企业": 2},
    values={("企业", "示例", "产值(万元)"): 1.0, ("企业", "合计算力公司", "产值(万元)"): 2.0},
)
case(
    "columns that nobody knows are kept",
    xlsx({"企业": [[*HEAD, "联系人姓名", None], [*FIRMS[1], "示例某", "多出"], FIRMS[2]]}),
    values={**TWO, ("企业", "示例甲公司", "联系人姓名"): "示例某", ("企业", "示例甲公司", "E列"): "多出"},
    notes=("企业!D1",),
)
case(
    "unknown sheets are listed as ignored",
    xlsx({"封面": [["示例县"]], "企业": FIRMS, "随便": [["甲", "乙"], [1, 2]]}),
    notes=("封面!", "随便!"),
)
case(
    "a header without rows is a note",
    xlsx({"企业": [HEAD]}),
    rows=(0, 0, 0, 0, 0),
    nodes={},
    values={},
    notes=("企业!A1",),
)
case(
    "synonyms of captions",
    xlsx({"企业": [["单位名称", "工业总产值（万元）", "年度"], *FIRMS[1:]]}),
    notes=("企业!A1", "企业!B1", "企业!C1"),
)
case(
    "captions with stars, spaces, full-width brackets and line breaks",
    xlsx({"企业": [["* 名　称", "产值\n（万元）", " 年份*"], *FIRMS[1:]]}),
)
case(
    "a caption twice: the second is kept beside it",
    xlsx({"企业": [[*HEAD, "年份"], [*FIRMS[1], 2020], [*FIRMS[2], 2019]]}),
    notes=("企业!D1",),
)
case(
    "a required column is not there",
    xlsx({"企业年报": [["企业", "产值(万元)"], ["示例甲公司", 1]]}),
    rows=(1, 0, 1, 0, 0),
    nodes={},
    values={},
    findings=("error 企业年报!A1", "error 企业年报!A2"),
)

case(
    "units that are no money in the second row of the header",
    xlsx({"环节": [["产业链", "名称", "在产企业数"], [None, None, "家"], ["示例链", "示例甲环节", 12]]}),
    rows=(1, 1, 0, 0, 0),
    nodes={},
    values={},
    findings=("warning 环节!A3",),
)
