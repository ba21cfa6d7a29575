"""Files of each form, and what only that form has."""

from __future__ import annotations

from typing import Any

from builders import COUNTIES
from docx.oxml import parse_xml
from pdf_builder import table, text

from corpus.case import FIRMS, HEAD, TWO, Cases
from corpus.files import W, docx, pdf, word_table, xls, xlsx

CASES = Cases()
case = CASES.add

case("xls as xlwt writes it", xls({"企业": FIRMS}))
case("an xls called .xlsx is read by its content", xls({"企业": FIRMS}, "示例.xlsx"), notes=("企业!",))
case("an xlsx called .csv is read by its content", xlsx({"企业": FIRMS}, "示例.csv.xlsx"))
case("an xlsm without macros", xlsx({"企业": FIRMS}, "示例.xlsm"))
case(
    "docx: a heading above, a table below",
    docx(lambda d: (d.add_heading("企业"), word_table(d, FIRMS))),
    notes=("表1!",),
)
case(
    "docx: a wrong cell has its address",
    docx(
        lambda d: (
            d.add_paragraph("企业名单（单位：亿元）"),
            word_table(d, [["名称", "产值", "年份"], ["示例甲公司", "0.01", "2024"], ["示例乙公司", "二百", "2023"]]),
        )
    ),
    rows=(2, 1, 1, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 100.0},
    findings=("error 表1!B3",),
)


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


case(
    "docx: merged cells and a header of two rows",
    docx(_merged_word),
    rows=(5, 5, 0, 0, 0),
    nodes={"县市区": 3, "企业": 2},
    values={**TWO, ("企业", "示例乙公司", "县市区"): "示例县"},
)


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
    cell.getparent().replace(
        cell,
        parse_xml(
            f'<w:p xmlns:w="{W}"><w:del w:id="1" w:author="x"><w:r><w:delText>999</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="x"><w:r><w:t>100</w:t></w:r></w:ins></w:p>'
        ),
    )
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
case(
    "pdf: a wrong cell has its address",
    pdf(
        [
            text(40, 20, "企业名单（单位：亿元）", 14)
            + table([["名称", "产值", "年份"], ["示例甲公司", "0.01", 2024], ["示例乙公司", "二百", 2023]], 60)
        ]
    ),
    rows=(2, 1, 1, 0, 0),
    nodes={"企业": 1},
    values={("企业", "示例甲公司", "产值(万元)"): 100.0},
    findings=("error 第1页表1!B3",),
)
case(
    "pdf: a table that goes over pages without its header",
    pdf(
        [
            text(40, 20, "企业") + table([*FIRMS, ["示例丙公司", 1, 2024]], 700),
            table([["示例丁公司", 1, 2024], ["示例坏公司", "多", 2024]], 40),
            table([["示例戊公司", 2, 2024]], 40),
        ]
    ),
    rows=(6, 5, 1, 0, 0),
    nodes={"企业": 5},
    values={**TWO, ("企业", "示例戊公司", "产值(万元)"): 2.0},
    findings=("error 第2页表1!B2",),
)
case(
    "pdf: the header repeated on each page",
    pdf([text(40, 20, "企业") + table(FIRMS[:2], 60), text(40, 20, "企业") + table([HEAD, FIRMS[2]], 60)]),
)
case(
    "pdf: merged cells, wrapped text and a second table on the page",
    pdf(
        [
            text(40, 20, "企业", 14)
            + table(
                [["所在地", *HEAD], ["示例省", "示例甲长长长长公\n司", 100, 2024], [None, "示例乙公司", 200, 2023]],
                50,
                height=28,
                spans={(1, 0): (2, 1)},
            )
            + text(40, 200, "高校院所", 14)
            + table([["名称", "类型"], ["示例大学", "高校"]], 230)
        ]
    ),
    rows=(3, 3, 0, 0, 0),
    nodes={"企业": 2, "高校院所": 1},
    values={("企业", "示例甲长长长长公司", "所在地"): "示例省", ("企业", "示例乙公司", "所在地"): "示例省"},
    notes=("第1页表1!", "第1页表2!"),
)
case(
    "pdf: a table without ruling lines",
    pdf(
        [
            text(40, 20, "企业")
            + "".join(text(40 + 120 * c, 60 + 20 * r, str(v)) for r, row in enumerate(FIRMS) for c, v in enumerate(row))
        ]
    ),
)
case(
    "pdf: a page without text is an error of its own",
    pdf([text(40, 20, "企业") + table(FIRMS, 60), ""]),
    findings=("error 第2页!",),
)
