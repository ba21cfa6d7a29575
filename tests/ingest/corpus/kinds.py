"""Which kind a sheet holds."""

from __future__ import annotations

from corpus.case import FIRMS, Cases
from corpus.files import csv, docx, raw, together, word_table, xlsx

CASES = Cases()
case = CASES.add

for _name in ("1.企业", "企业名单", "企业_示例县", "（一）企业", "示例县企业", "企业 "):
    case(f"a sheet called {_name!r}", xlsx({_name: FIRMS}))
case("a CSV called 企业_示例县.csv", csv(FIRMS, "企业_示例县.csv"))
case(
    "a sheet called Sheet1 is known by its columns",
    xlsx(
        {
            "Sheet1": [
                ["名称", "统一社会信用代码", "主要产品", "产值(万元)", "年份"],
                ["示例甲公司", None, "锯条", 100, 2024],
            ]
        }
    ),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1, "产品": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 100.0},
    notes=("Sheet1!",),
)
case("a sheet called Sheet1 is known by the file's name", xlsx({"Sheet1": FIRMS}, "企业.xlsx"), notes=("Sheet1!",))
case(
    "a folder of an xlsx, a CSV in a sub-folder and a docx",
    together(
        xlsx({"企业": FIRMS}, "甲.xlsx"),
        csv([["名称", "类型"], ["示例大学", "高校"]], "下/高校院所.csv"),
        docx(lambda d: (d.add_heading("平台"), word_table(d, [["名称", "类型"], ["示例平台", "实验室"]])), "丙.docx"),
        raw(b"lock", "~$甲.xlsx"),
        raw("说明文字", "说明.md"),
    ),
    rows=(4, 4, 0, 0, 0),
    nodes={"企业": 2, "高校院所": 1, "平台": 1},
    notes=("", "表1!"),
)
