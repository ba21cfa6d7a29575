"""Made files as people send them, each with exactly what must come out of it.

A case builds one file or folder; `rows` are read, accepted, rejected, unchanged, skipped. `findings` are
all errors and warnings by address, and those notes that are asked for by `notes`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlwt
from builders import COUNTIES, Table, write_book, write_csv
from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pdf_builder import table, text, write_pdf

Make = Callable[[Path], Path]
HEAD = ["名称", "产值(万元)", "年份"]
FIRMS: Table = [HEAD, ["示例甲公司", 100, 2024], ["示例乙公司", 200, 2023]]
TWO = {("企业", "示例甲公司", "产值(万元)"): 100.0, ("企业", "示例乙公司", "年份"): 2023}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Case:
    """One file and what it must give."""

    name: str
    make: Make
    rows: tuple[int, int, int, int, int] = (2, 2, 0, 0, 0)
    nodes: dict[str, int] = field(default_factory=lambda: {"企业": 2})
    values: dict[tuple[str, str, str], Any] = field(default_factory=lambda: dict(TWO))
    findings: tuple[str, ...] = ()  # "error 企业!B3", "warning 企业!C2"
    notes: tuple[str, ...] = ()  # addresses of notes, exactly; None of them is looked at when empty


CASES: list[Case] = []


def case(name: str, make: Make, **expected: Any) -> None:
    CASES.append(Case(name, make, **expected))


def xlsx(sheets: dict[str, Table], name: str = "示例.xlsx", change: Callable[[Workbook], object] | None = None) -> Make:
    def make(folder: Path) -> Path:
        path = write_book(folder / name, sheets)
        if change:
            book = load_workbook(path)
            change(book)
            book.save(path)
        return path

    return make


def csv(rows: Table, name: str = "企业.csv", encoding: str = "utf-8") -> Make:
    return lambda folder: write_csv(folder / name, rows, encoding)


def raw(content: bytes | str, name: str = "企业.csv") -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


def xls(
    sheets: dict[str, Table], name: str = "示例.xls", change: Callable[[xlwt.Workbook], object] | None = None,
    formats: dict[type, str] | None = None, dates_1904: bool = False,
) -> Make:  # fmt: skip
    def make(folder: Path) -> Path:
        book = xlwt.Workbook()
        book.dates_1904 = dates_1904
        for sheet, rows in sheets.items():
            page = book.add_sheet(sheet)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    style = xlwt.Style.default_style
                    if type(value) in (formats or {}):
                        style = xlwt.easyxf(num_format_str=(formats or {})[type(value)])
                    if value is not None:
                        page.write(r, c, value, style)
        if change:
            change(book)
        folder.mkdir(parents=True, exist_ok=True)
        book.save(str(folder / name))
        return folder / name

    return make


def docx(build: Callable[[Any], object], name: str = "示例.docx") -> Make:
    def make(folder: Path) -> Path:
        document = Document()
        build(document)
        folder.mkdir(parents=True, exist_ok=True)
        document.save(str(folder / name))
        return folder / name

    return make


def word_table(document: Any, rows: Table) -> Any:
    made = document.add_table(len(rows), max(map(len, rows)))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            made.cell(r, c).text = "" if value is None else str(value)
    return made


def pdf(pages: Sequence[str], name: str = "示例.pdf") -> Make:
    return lambda folder: write_pdf(folder / name, pages)


def together(*makes: Make) -> Make:
    def make(folder: Path) -> Path:
        for some in makes:
            some(folder)
        return folder

    return make


# -- encodings and separators -------------------------------------------------------------------------

for _encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
    case(f"a CSV in {_encoding}", csv(FIRMS, encoding=_encoding))
case("a GB18030 CSV with characters that GBK lacks", csv([HEAD, ["示例㐂𠮷公司", 1, 2024]], encoding="gb18030"),
     rows=(1, 1, 0, 0, 0), nodes={"企业": 1}, values={("企业", "示例㐂𠮷公司", "年份"): 2024})  # fmt: skip
for _mark, _word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars"), ("，", "full-width commas")):
    _lines = "\r\n".join(_mark.join(map(str, r)) for r in FIRMS)
    case(f"a CSV with {_word}", raw(_lines))
case("a CSV called .txt", raw("名称\t产值(万元)\t年份\n示例甲公司\t100\t2024\n示例乙公司\t200\t2023\n", "企业.txt"))
case("a CSV with Excel's separator line keeps Excel's row numbers",
     raw("sep=;\r\n名称;产值(万元);年份\r\n示例甲公司;100;2024\r\n示例乙公司;二百;2023\r\n"),
     rows=(2, 1, 1, 0, 0), nodes={"企业": 1}, values={}, findings=("error 企业!B3",))  # fmt: skip
case("a CSV with old Mac line ends", raw("名称,产值(万元),年份\r示例甲公司,100,2024\r示例乙公司,200,2023\r"))
case("a line break within quotes counts as one row, as in a spreadsheet",
     raw('名称,主要产品,年份\n示例甲公司,"锯条\n锯片",2024\n示例乙公司,,二三年\n'),
     rows=(2, 1, 1, 0, 0), nodes={"企业": 1, "产品": 2}, values={}, findings=("error 企业!C3",))  # fmt: skip
case("a quotation mark that is never closed costs its line only",
     raw('名称,产值(万元),年份\n示例甲公司,100,2024\n"示例坏公司,1,2024\n示例乙公司,200,2023\n'),
     rows=(3, 2, 1, 0, 0), findings=("error 企业!A3",))  # fmt: skip
case("broken bytes cost their row only",
     raw("名称,产值(万元),年份\n示例甲公司,100,2024\n示例".encode() + b"\xff" + "坏公司,1,2024\n示例乙公司,200,2023\n".encode()),
     rows=(3, 2, 1, 0, 0), findings=("error 企业!A3",))  # fmt: skip
case("cells that were escaped against formulas lose the mark",
     raw("名称,产值(万元),备注说明\n'=示例公司,1,'-5\n"), rows=(1, 1, 0, 0, 0), nodes={"企业": 1},
     values={("企业", "=示例公司", "产值(万元)"): 1.0, ("企业", "=示例公司", "备注说明"): "-5"})  # fmt: skip
case("a code that Excel's CSV holds as a formula text",
     raw('名称,统一社会信用代码\n示例甲公司,="91110000600037341L"\n'), rows=(1, 1, 0, 0, 0), nodes={"企业": 1},
     values={("企业", "示例甲公司", "统一社会信用代码"): "91110000600037341L"})  # fmt: skip

# -- where tables lie ---------------------------------------------------------------------------------

_low = [[None] * 4] * 3 + [[None, *r] for r in FIRMS]
case("leading blank rows and columns in xlsx keep the addresses", xlsx({"企业": [*_low, [None, "示例坏", "多", 2024]]}),
     rows=(3, 2, 1, 0, 0), findings=("error 企业!C7",))  # fmt: skip
case("leading blank rows and columns in CSV", csv([*_low, [None, "示例坏", "多", 2024]]),
     rows=(3, 2, 1, 0, 0), findings=("error 企业!C7",))  # fmt: skip
case("leading blank rows and columns in xls", xls({"企业": [*_low, [None, "示例坏", "多", 2024]]}),
     rows=(3, 2, 1, 0, 0), findings=("error 企业!C7",))  # fmt: skip
case("title rows over the header with a unit",
     xlsx({"企业": [["示例县企业名单"], ["填报单位：示例县　单位：亿元"], ["名称", "产值", "年份"], ["示例甲公司", 0.01, 2024], ["示例乙公司", "200万元", 2023]]},
          change=lambda b: b["企业"].merge_cells("A1:C1")))  # fmt: skip
case("a header of two rows with a merged group",
     xlsx({"企业": [["名称", "经营情况", None], [None, "产值(万元)", "年份"], *FIRMS[1:]]},
          change=lambda b: (b["企业"].merge_cells("B1:C1"), b["企业"].merge_cells("A1:A2"))))  # fmt: skip
case("units in the second row of the header",
     xlsx({"企业": [["名称", "产值", "年份"], [None, "亿元", "年"], ["示例甲公司", 0.01, 2024], ["示例乙公司", 0.02, 2023]]}))  # fmt: skip
case("a vertically merged 县市区 applies to all its rows",
     xlsx({"县市区": COUNTIES, "企业": [["县市区", *HEAD], ["示例县", *FIRMS[1]], [None, *FIRMS[2]], ["示例邻县", "示例丙公司", 1, 2024]]},
          change=lambda b: b["企业"].merge_cells("A2:A3")),
     rows=(6, 6, 0, 0, 0), nodes={"县市区": 3, "企业": 3}, values={("企业", "示例乙公司", "县市区"): "示例县"})  # fmt: skip
case("a vertically merged 县市区 in xls",
     xls({"县市区": COUNTIES, "企业": [["县市区", *HEAD], [None, *FIRMS[1]], [None, *FIRMS[2]]]},
         change=lambda b: b.get_sheet("企业").write_merge(1, 2, 0, 0, "示例县")),
     rows=(5, 5, 0, 0, 0), nodes={"县市区": 3, "企业": 2}, values={("企业", "示例乙公司", "县市区"): "示例县"})  # fmt: skip
case("a number merged over two rows counts once, with a warning",
     xlsx({"企业": FIRMS}, change=lambda b: b["企业"].merge_cells("B2:B3")),
     values={("企业", "示例甲公司", "产值(万元)"): 100.0, ("企业", "示例乙公司", "产值(万元)"): None}, findings=("warning 企业!B2",))  # fmt: skip
case("hidden rows and sheets and columns are data, with notes",
     xlsx({"企业": FIRMS}, change=lambda b: (
         setattr(b["企业"].row_dimensions[3], "hidden", True), setattr(b["企业"].column_dimensions["C"], "hidden", True),
         b.create_sheet("空"), setattr(b["企业"], "sheet_state", "hidden"))),
     notes=("企业!", "企业!C1", "企业!A3", "空!"))  # fmt: skip
case("hidden rows and sheets in xls",
     xls({"空": [["x"]], "企业": FIRMS}, change=lambda b: (setattr(b.get_sheet("企业").row(2), "hidden", 1), setattr(b.get_sheet("企业"), "visibility", 1))),
     notes=("空!", "企业!", "企业!A3"))  # fmt: skip
case("two tables on one sheet",
     xlsx({"企业": [*FIRMS, [None], ["平台名单"], ["名称", "类型", "依托单位"], ["示例平台", "实验室", "示例甲公司"]]}),
     rows=(3, 3, 0, 0, 1), nodes={"企业": 2, "平台": 1})  # fmt: skip
case("what is no data is skipped",
     xlsx({"企业": [["序号", *HEAD], [1, *FIRMS[1]], [2, *FIRMS[2]], [3], ["", "合　计", 300, None], ["", "小计", 1, None],
                   ["序号", *HEAD], ["注：产值为快报数"], ["说明1：略"], ["填表人", "示例某"], [4, "示例（请删除）某公司", 1, 2024]]}),
     rows=(2, 2, 0, 0, 8))  # fmt: skip
case("a firm whose name begins with 示例 or 合计 alone is data",
     csv([HEAD, ["示例", 1, 2024], ["合计算力公司", 2, 2024]]), nodes={"企业": 2},
     values={("企业", "示例", "产值(万元)"): 1.0, ("企业", "合计算力公司", "产值(万元)"): 2.0})  # fmt: skip
case("columns that nobody knows are kept", xlsx({"企业": [[*HEAD, "联系人姓名", None], [*FIRMS[1], "示例某", "多出"], FIRMS[2]]}),
     values={**TWO, ("企业", "示例甲公司", "联系人姓名"): "示例某", ("企业", "示例甲公司", "E列"): "多出"}, notes=("企业!D1",))  # fmt: skip
case("unknown sheets are listed as ignored", xlsx({"封面": [["示例县"]], "企业": FIRMS, "随便": [["甲", "乙"], [1, 2]]}), notes=("封面!", "随便!"))  # fmt: skip
case("a header without rows is a note", xlsx({"企业": [HEAD]}), rows=(0, 0, 0, 0, 0), nodes={}, values={}, notes=("企业!A1",))  # fmt: skip
case("synonyms of captions", xlsx({"企业": [["单位名称", "工业总产值（万元）", "年度"], *FIRMS[1:]]}), notes=("企业!A1", "企业!B1", "企业!C1"))  # fmt: skip
case("captions with stars, spaces, full-width brackets and line breaks",
     xlsx({"企业": [["* 名　称", "产值\n（万元）", " 年份*"], *FIRMS[1:]]}))  # fmt: skip
case("a caption twice: the second is kept beside it", xlsx({"企业": [[*HEAD, "年份"], [*FIRMS[1], 2020], [*FIRMS[2], 2019]]}), notes=("企业!D1",))  # fmt: skip
case("a required column is not there", xlsx({"企业年报": [["企业", "产值(万元)"], ["示例甲公司", 1]]}), rows=(1, 0, 1, 0, 0), nodes={}, values={},
     findings=("error 企业年报!A1", "error 企业年报!A2"))  # fmt: skip

case("units that are no money in the second row of the header",
     xlsx({"环节": [["产业链", "名称", "在产企业数"], [None, None, "家"], ["示例链", "示例甲环节", 12]]}),
     rows=(1, 1, 0, 0, 0), nodes={}, values={}, findings=("warning 环节!A3",))  # fmt: skip

# -- which kind a sheet holds -------------------------------------------------------------------------

for _name in ("1.企业", "企业名单", "企业_示例县", "（一）企业", "示例县企业", "企业 "):
    case(f"a sheet called {_name!r}", xlsx({_name: FIRMS}))
case("a CSV called 企业_示例县.csv", csv(FIRMS, "企业_示例县.csv"))
case("a sheet called Sheet1 is known by its columns", xlsx({"Sheet1": [["名称", "统一社会信用代码", "主要产品", "产值(万元)", "年份"], ["示例甲公司", None, "锯条", 100, 2024]]}),
     rows=(1, 1, 0, 0, 0), nodes={"企业": 1, "产品": 1}, values={("企业", "示例甲公司", "产值(万元)"): 100.0}, notes=("Sheet1!",))  # fmt: skip
case("a sheet called Sheet1 is known by the file's name", xlsx({"Sheet1": FIRMS}, "企业.xlsx"), notes=("Sheet1!",))
case("a folder of an xlsx, a CSV in a sub-folder and a docx",
     together(xlsx({"企业": FIRMS}, "甲.xlsx"), csv([["名称", "类型"], ["示例大学", "高校"]], "下/高校院所.csv"),
              docx(lambda d: (d.add_heading("平台"), word_table(d, [["名称", "类型"], ["示例平台", "实验室"]])), "丙.docx"),
              raw(b"lock", "~$甲.xlsx"), raw("说明文字", "说明.md")),
     rows=(4, 4, 0, 0, 0), nodes={"企业": 2, "高校院所": 1, "平台": 1}, notes=("", "表1!"))  # fmt: skip

# -- containers ---------------------------------------------------------------------------------------

case("xls as xlwt writes it", xls({"企业": FIRMS}))
case("an xls called .xlsx is read by its content", xls({"企业": FIRMS}, "示例.xlsx"), notes=("企业!",))
case("an xlsx called .csv is read by its content", xlsx({"企业": FIRMS}, "示例.csv.xlsx"))
case("an xlsm without macros", xlsx({"企业": FIRMS}, "示例.xlsm"))
case(
    "docx: a heading above, a table below",
    docx(lambda d: (d.add_heading("企业"), word_table(d, FIRMS))),
    notes=("表1!",),
)
case("docx: a wrong cell has its address", docx(lambda d: (d.add_paragraph("企业名单（单位：亿元）"), word_table(d, [["名称", "产值", "年份"], ["示例甲公司", "0.01", "2024"], ["示例乙公司", "二百", "2023"]]))),
     rows=(2, 1, 1, 0, 0), nodes={"企业": 1}, values={("企业", "示例甲公司", "产值(万元)"): 100.0}, findings=("error 表1!B3",))  # fmt: skip


def _merged_word(document: Any) -> None:
    document.add_heading("县市区")
    word_table(document, COUNTIES)
    document.add_heading("企业")
    made = word_table(
        document,
        [["县市区", "名称", "经营情况", ""], ["", "", "产值(万元)", "年份"], ["示例县", *FIRMS[1]], ["", *FIRMS[2]]],
    )
    made.cell(0, 2).merge(made.cell(0, 3))
    made.cell(2, 0).merge(made.cell(3, 0))


case("docx: merged cells and a header of two rows", docx(_merged_word), rows=(5, 5, 0, 0, 0), nodes={"县市区": 3, "企业": 2},
     values={**TWO, ("企业", "示例乙公司", "县市区"): "示例县"})  # fmt: skip


def _nested_word(document: Any) -> None:
    frame = document.add_table(1, 1)
    frame.cell(0, 0).paragraphs[0].text = "企业"
    inner = frame.cell(0, 0).add_table(3, 3)
    for r, row in enumerate(FIRMS):
        for c, value in enumerate(row):
            inner.cell(r, c).text = str(value)


case("docx: a table within a table", docx(_nested_word), notes=("表1!", "表2!"))


def _revised_word(document: Any) -> None:
    document.add_heading("企业")
    made = word_table(document, [*FIRMS, ["示例删公司", "1", "2024"]])
    cell = made.cell(1, 1).paragraphs[0]._p
    cell.getparent().replace(cell, parse_xml(
        f'<w:p xmlns:w="{W}"><w:del w:id="1" w:author="x"><w:r><w:delText>999</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="x"><w:r><w:t>100</w:t></w:r></w:ins></w:p>'))  # fmt: skip
    row = made.rows[3]._tr.get_or_add_trPr()
    row.append(parse_xml(f'<w:del xmlns:w="{W}" w:id="3" w:author="x"/>'))


case("docx: revisions are read as accepted", docx(_revised_word), notes=("表1!", "表1!"))


def _boxed_word(document: Any) -> None:
    document.add_heading("企业")
    made = word_table(document, FIRMS)
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
        "<w:drawing><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
        "<w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    made.cell(1, 0).paragraphs[0]._p.append(parse_xml(f'<w:r xmlns:w="{W}">{box}</w:r>'))


case("docx: a text box in a cell is no part of its text", docx(_boxed_word), notes=("表1!", "表1!"))
case(
    "docx: a table that goes on after a blank line",
    docx(lambda d: (d.add_heading("企业"), word_table(d, FIRMS[:2]), d.add_paragraph(""), word_table(d, FIRMS[2:]))),
)
case(
    "pdf: a title above, a ruled table below",
    pdf([text(40, 20, "企业名单", 14) + table(FIRMS, 60)]),
    notes=("第1页表1!",),
)
case("pdf: a wrong cell has its address", pdf([text(40, 20, "企业名单（单位：亿元）", 14) + table([["名称", "产值", "年份"], ["示例甲公司", "0.01", 2024], ["示例乙公司", "二百", 2023]], 60)]),
     rows=(2, 1, 1, 0, 0), nodes={"企业": 1}, values={("企业", "示例甲公司", "产值(万元)"): 100.0}, findings=("error 第1页表1!B3",))  # fmt: skip
case("pdf: a table that goes over pages without its header",
     pdf([text(40, 20, "企业") + table([*FIRMS, ["示例丙公司", 1, 2024]], 700), table([["示例丁公司", 1, 2024], ["示例坏公司", "多", 2024]], 40), table([["示例戊公司", 2, 2024]], 40)]),
     rows=(6, 5, 1, 0, 0), nodes={"企业": 5}, values={**TWO, ("企业", "示例戊公司", "产值(万元)"): 2.0}, findings=("error 第2页表1!B2",))  # fmt: skip
case(
    "pdf: the header repeated on each page",
    pdf([text(40, 20, "企业") + table(FIRMS[:2], 60), text(40, 20, "企业") + table([HEAD, FIRMS[2]], 60)]),
)
case("pdf: merged cells, wrapped text and a second table on the page",
     pdf([text(40, 20, "企业", 14) + table([["所在地", *HEAD], ["示例省", "示例甲长长长长公\n司", 100, 2024], [None, "示例乙公司", 200, 2023]], 50, height=28, spans={(1, 0): (2, 1)})
          + text(40, 200, "高校院所", 14) + table([["名称", "类型"], ["示例大学", "高校"]], 230)]),
     rows=(3, 3, 0, 0, 0), nodes={"企业": 2, "高校院所": 1},
     values={("企业", "示例甲长长长长公司", "所在地"): "示例省", ("企业", "示例乙公司", "所在地"): "示例省"}, notes=("第1页表1!", "第1页表2!"))  # fmt: skip
case("pdf: a table without ruling lines", pdf([text(40, 20, "企业") + "".join(text(40 + 120 * c, 60 + 20 * r, str(v)) for r, row in enumerate(FIRMS) for c, v in enumerate(row))]))  # fmt: skip
case(
    "pdf: a page without text is an error of its own",
    pdf([text(40, 20, "企业") + table(FIRMS, 60), ""]),
    findings=("error 第2页!",),
)

# -- numbers, shares, years, dates --------------------------------------------------------------------

_NUMBERS = {
    "１２３": 123.0, "1,234.5": 1234.5, "1，234": 1234.0, " 5 000 ": 5000.0, "1.2亿": 12000.0, "3000万元": 3000.0, "5000元": 0.5,
    "2亿元": 20000.0, "300千元": 30.0, "约5000": 5000.0, "5000多": 5000.0, "5000万元左右": 5000.0, "1.5亿多": 15000.0, "￥80万元": 80.0, "0": 0.0,
}  # fmt: skip
case("numbers as people write them", csv([HEAD, *([f"示例{i}公司", said, 2024] for i, said in enumerate(_NUMBERS))]),
     rows=(len(_NUMBERS), len(_NUMBERS), 0, 0, 0), nodes={"企业": len(_NUMBERS)},
     values={("企业", f"示例{i}公司", "产值(万元)"): v for i, v in enumerate(_NUMBERS.values())},
     notes=("企业!B11", "企业!B12", "企业!B13", "企业!B14"))  # fmt: skip
_WRONG = ["-5", "100-200", "≥500", "500以上", "1000～2000", "很多", "100万美元", "#N/A", "五百"]
case("what is no single number is an error", csv([HEAD, *([f"示例{i}公司", said, 2024] for i, said in enumerate(_WRONG))]),
     rows=(9, 0, 9, 0, 0), nodes={}, values={}, findings=tuple(f"error 企业!B{i + 2}" for i in range(9)))  # fmt: skip
_BLANKS = ["-", "—", "/", "无", "暂无", "不详", "", "　", "－"]
case("what says nothing is empty, not zero", csv([HEAD, *([f"示例{i}公司", said, 2024] for i, said in enumerate(_BLANKS))]),
     rows=(9, 9, 0, 0, 0), nodes={"企业": 9}, values={("企业", f"示例{i}公司", "产值(万元)"): None for i in range(9)})  # fmt: skip
case("a unit in the cell beats the header's, and that the title's",
     csv([["单位：亿元"], ["名称", "产值（元）", "年份"], ["示例甲公司", 1000000, 2024], ["示例乙公司", "2万元", 2023]]),
     values={("企业", "示例甲公司", "产值(万元)"): 100.0, ("企业", "示例乙公司", "产值(万元)"): 2.0})  # fmt: skip
_SHARES = {"60%": 0.6, "0.6": 0.6, "60 ％": 0.6, "6成": None, "60": None, "120%": None, "1": 1.0, "-5%": None}
case("shares are per cent or fractions",
     csv([["产业链", "名称", "进口依存度"], *(["示例链", f"环节{i}", said] for i, said in enumerate(_SHARES))], "环节.csv"),
     rows=(8, 4, 4, 0, 0), nodes={}, values={},
     findings=(*(f"error 环节!C{i + 2}" for i, v in enumerate(_SHARES.values()) if v is None), *(f"warning 环节!A{i + 2}" for i, v in enumerate(_SHARES.values()) if v is not None)))  # fmt: skip


def _percent(book: Workbook) -> None:
    book["环节"]["C2"].number_format = "0%"


case("a per cent cell of Excel, and a bare number under a caption with %",
     together(xlsx({"产业链": [["名称", "县市区"], ["示例链", "示例县"]], "县市区": COUNTIES, "环节": [["产业链", "名称", "进口依存度"], ["示例链", "甲环节", 0.35]]}, "a.xlsx", _percent),
              csv([["产业链", "名称", "进口依存度(%)"], ["示例链", "乙环节", 35]], "环节.csv")),
     rows=(6, 6, 0, 0, 0), nodes={"县市区": 3, "产业链": 1, "环节": 2},
     values={("环节", "甲环节", "进口依存度"): 0.35, ("环节", "乙环节", "进口依存度"): 0.35})  # fmt: skip
_DATES: dict[Any, str | None] = {
    "2025-05-16": "2025-05-16", "2025/5/6": "2025-05-06", "2025.5.6": "2025-05-06", "2025年5月6日": "2025-05-06", "２０２５年５月": "2025-05",
    "2025年5月16号": "2025-05-16", "二〇二五年十二月三十一日": "2025-12-31", "二零二五年十月": "2025-10", "20250516": "2025-05-16", "202505": "2025-05",
    "2025-05": "2025-05", "2025.05": "2025-05", "2025": "2025", "2025年": "2025", "2025年底": "2025-12", "2025-05-16 08:30:00": "2025-05-16",
    "2025-05-16T08:30:00": "2025-05-16", "2025年上半年": "2025-06", "2025年第三季度": "2025-09", "2025-13-01": None, "2025-02-30": None,
    "去年": None, "1899-01-01": None, "5月16日": None,
}  # fmt: skip
_GOOD_DATES = sum(v is not None for v in _DATES.values())
case("dates as people write them", csv([["名称", "类型", "日期"], *([f"示例{i}会", "对接", said] for i, said in enumerate(_DATES))], "活动.csv"),
     rows=(len(_DATES), _GOOD_DATES, len(_DATES) - _GOOD_DATES, 0, 0), nodes={"活动": _GOOD_DATES},
     values={("活动", f"示例{i}会", "日期"): v for i, v in enumerate(_DATES.values()) if v},
     findings=tuple(f"error 活动!C{i + 2}" for i, v in enumerate(_DATES.values()) if v is None))  # fmt: skip
_EVENTS: Table = [["名称", "类型", "日期"], ["示例甲会", "对接", date(2025, 5, 16)], ["示例乙会", "对接", datetime(2025, 5, 16, 8, 30)], ["示例丙会", "对接", date(2025, 5, 1)], ["示例丁会", "对接", 45793]]  # fmt: skip
_DAYS = {("活动", "示例甲会", "日期"): "2025-05-16", ("活动", "示例乙会", "日期"): "2025-05-16"}


def _formats(book: Workbook) -> None:
    book["活动"]["C4"].number_format = 'yyyy"年"m"月"'


case("date cells of Excel: days, times, months, serial numbers", xlsx({"活动": _EVENTS}, change=_formats), rows=(4, 4, 0, 0, 0), nodes={"活动": 4},
     values={**_DAYS, ("活动", "示例丙会", "日期"): "2025-05", ("活动", "示例丁会", "日期"): "2025-05-16"})  # fmt: skip


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
case("a deadline that is a year is its last day", csv([["名称", "任务", "对象", "比较", "数值", "期限"], ["示例研发费用", "t", "全市", "≥", "10", "2026"], ["示例技改面", "t", "全市", "≥", "85%", "2026年6月"]], "指标.csv"),
     nodes={"指标": 2}, values={("指标", "示例研发费用", "期限"): "2026-12-31", ("指标", "示例技改面", "期限"): "2026-06"})  # fmt: skip
case("years outside of 1900-2100, and years in words", csv([HEAD, ["示例甲公司", 1, "2024年"], ["示例乙公司", 1, "二〇二三年度"], ["示例丙公司", 1, 1899], ["示例丁公司", 1, 2101], ["示例戊公司", 1, "23年"]]),
     rows=(5, 2, 3, 0, 0), values={("企业", "示例甲公司", "年份"): 2024, ("企业", "示例乙公司", "年份"): 2023}, findings=("error 企业!C4", "error 企业!C5", "error 企业!C6"))  # fmt: skip

# -- names, codes, words, lists -----------------------------------------------------------------------

case("names: spaces, zero-width and full-width characters",
     csv([["名称", "年份", "环节"], [" 示例甲\u200b公司 ", 2024, None], ["示例ＡＢＣ（示例）公司", 2024, None], ["示例ABC(示例)公司", 2023, None], ["示例  乙\ufeff 公司", 2024, None]]),
     rows=(4, 4, 0, 0, 0), nodes={"企业": 3}, values={("企业", "示例甲公司", "年份"): 2024, ("企业", "示例 乙 公司", "年份"): 2024})  # fmt: skip
_CODES = [
    "91110000600037341L",
    "９１１１００００６００３７３４１Ｌ",
    "91110000600037341A",
    "123456789012345",
    911100006000373416,
    "9111000060003734",
]
case("codes: valid, full-width, wrong, of 15 or 16 characters, a number",
     xlsx({"企业": [["名称", "统一社会信用代码"], *([f"示例{i}公司", code] for i, code in enumerate(_CODES) if i != 1)]}),
     rows=(5, 5, 0, 0, 0), nodes={"企业": 5}, values={("企业", "示例2公司", "统一社会信用代码"): "91110000600037341A", ("企业", "示例4公司", "统一社会信用代码"): "911100006000373376"},
     findings=tuple(f"warning 企业!B{i}" for i in (3, 4, 5, 6)))  # fmt: skip
case("codes as numbers in xls and CSV", together(xls({"企业": [["名称", "统一社会信用代码"], ["示例甲公司", 911100006000373416.0]]}, "a.xls"), csv([["名称", "统一社会信用代码"], ["示例乙公司", "9.1111E+17"]])),
     values={}, findings=("warning 企业!B2", "warning 企业!B2"))  # fmt: skip
_BOOLS = ["是", "否", "Y", "n", 1, 0, "√", "×", True, False, "有", ""]
case("yes and no in all their forms", xlsx({"平台": [["名称", "有场地"], *([f"示例{i}平台", said] for i, said in enumerate(_BOOLS)), ["示例坏平台", "也许"]]}),
     rows=(13, 12, 1, 0, 0), nodes={"平台": 12}, findings=("error 平台!B14",),
     values={("平台", f"示例{i}平台", "有场地"): None if i == 11 else i % 2 == 0 for i in range(12)})  # fmt: skip
case("closed lists", csv([["名称", "状态", "可信度"], ["示例甲公司", "停产", "A"], ["示例乙公司", " 在产 ", "b"], ["示例丙公司", "生产", "A"], ["示例丁公司", "在建", "甲"]]),
     rows=(4, 2, 2, 0, 0), findings=("error 企业!B4", "error 企业!C5"), values={("企业", "示例甲公司", "状态"): "停产"})  # fmt: skip
case("lists at every separator", csv([["名称", "主要产品"], ["示例甲公司", "锯条、锯片，锯床;锯带；钢,铁/铜\n铝"], ["示例乙公司", "圆锯(含数控、液压)、锯条"]]),
     nodes={"企业": 2, "产品": 9}, values={})  # fmt: skip
case("qualifications with their year", csv([["名称", "资质"], ["示例甲公司", "国高(2023)、专精特新"], ["示例乙公司", "国高"]]), nodes={"企业": 2, "资质认定": 3}, values={("资质认定", "国高", "年份"): 2023})  # fmt: skip

# -- cells that hold no value -------------------------------------------------------------------------

case("Excel errors are errors, a formula without a value says what to do",
     xlsx({"企业": [HEAD, ["示例甲公司", "#DIV/0!", 2024], ["示例乙公司", "=1+1", 2024], ["示例丙公司", "#N/A", 2024], ["示例丁公司", 4, "=YEAR(TODAY())"]]}),
     rows=(4, 0, 4, 0, 0), nodes={}, values={}, findings=("error 企业!B2", "error 企业!B3", "error 企业!B4", "error 企业!C5"))  # fmt: skip
case("Excel errors in xls", xls({"企业": FIRMS}, change=lambda b: b.get_sheet("企业").write(4, 0, "示例丙公司") or b.get_sheet("企业").row(4).set_cell_error(1, "#DIV/0!")),
     rows=(3, 2, 1, 0, 0), findings=("error 企业!B5",))  # fmt: skip
case("a cell beyond 5,000 characters costs its row", csv([[*HEAD, "其他"], [*FIRMS[1], ""], [*FIRMS[2], ""], ["示例长" * 2000, 1, 2024, ""], ["示例丙公司", 1, 2024, "长" * 5001]]),
     rows=(4, 2, 2, 0, 0), findings=("error 企业!A4", "error 企业!D5"))  # fmt: skip
case("comments and blank formatted cells say nothing", xlsx({"企业": [*FIRMS, [None, None, None]]}, change=lambda b: (
    setattr(b["企业"]["A2"], "comment", Comment("批注", "x")), setattr(b["企业"]["H90"], "number_format", "0.00"))))  # fmt: skip
