"""Text files: encodings, separators, quotation marks."""

from __future__ import annotations

from corpus.case import FIRMS, HEAD, Cases
from corpus.files import csv, raw

CASES = Cases()
case = CASES.add

for _encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
    case(f"a CSV in {_encoding}", csv(FIRMS, encoding=_encoding))
case(
    "a GB18030 CSV with characters that GBK lacks",
    csv([HEAD, ["示例㐂𠮷公司", 1, 2024]], encoding="gb18030"),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例㐂𠮷公司", "年份"): 2024},
)
for _mark, _word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars"), ("，", "full-width commas")):
    _lines = "\r\n".join(_mark.join(map(str, r)) for r in FIRMS)
    case(f"a CSV with {_word}", raw(_lines))
case("a CSV called .txt", raw("名称\t产值(万元)\t年份\n示例甲公司\t100\t2024\n示例乙公司\t200\t2023\n", "企业.txt"))
case(
    "a CSV with Excel's separator line keeps Excel's row numbers",
    raw("sep=;\r\n名称;产值(万元);年份\r\n示例甲公司;100;2024\r\n示例乙公司;二百;2023\r\n"),
    rows=(2, 1, 1, 0, 0),
    nodes={"企业": 1},
    values={},
    findings=("error 企业!B3",),
)
case("a CSV with old Mac line ends", raw("名称,产值(万元),年份\r示例甲公司,100,2024\r示例乙公司,200,2023\r"))
case(
    "a line break within quotes counts as one row, as in a spreadsheet",
    raw('名称,主要产品,年份\n示例甲公司,"锯条\n锯片",2024\n示例乙公司,,二三年\n'),
    rows=(2, 1, 1, 0, 0),
    nodes={"企业": 1, "产品": 2},
    values={},
    findings=("error 企业!C3",),
)
case(
    "a quotation mark that is never closed costs its line only",
    raw('名称,产值(万元),年份\n示例甲公司,100,2024\n"示例坏公司,1,2024\n示例乙公司,200,2023\n'),
    rows=(3, 2, 1, 0, 0),
    findings=("error 企业!A3",),
)
case(
    "broken bytes cost their row only",
    raw(
        "名称,产值(万元),年份\n示例甲公司,100,2024\n示例".encode()
        + b"\xff"
        + "坏公司,1,2024\n示例乙公司,200,2023\n".encode()
    ),
    rows=(3, 2, 1, 0, 0),
    findings=("error 企业!A3",),
)
case(
    "cells that were escaped against formulas lose the mark",
    raw("名称,产值(万元),备注说明\n'=示例公司,1,'-5\n"),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "=示例公司", "产值(万元)"): 1.0, ("企业", "=示例公司", "备注说明"): "-5"},
)
case(
    "a code that Excel's CSV holds as a formula text",
    raw('名称,统一社会信用代码\n示例甲公司,="91110000600037341L"\n'),
    rows=(1, 1, 0, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "统一社会信用代码"): "91110000600037341L"},
)
