"""Workbooks, new and old."""

from __future__ import annotations

import struct
from pathlib import Path

from builders import write_book
from corpus.case import FIRMS

from hostile.build import (
    changed,
    far_cell_in_xls,
    more_parts,
    more_rows,
    ole,
    parts_of,
    xls_changed,
    zipped,
)
from hostile.kind import Kinds

KINDS = Kinds()
kind = KINDS.add

kind(
    "a cell at XFD1048576",
    "企业.xlsx",
    more_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "列数为 16384",
)
kind(
    "a cell at A1048576",
    "企业.xlsx",
    more_rows(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "名称里只有数字",
    rows=2,
)
kind(
    "a cell beyond the last row of Excel",
    "企业.xlsx",
    more_rows(b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>'),
    "行数",
)
kind(
    "references that are none",
    "企业.xlsx",
    more_rows(
        b'<row r="0"><c r="A0"><v>1</v></c></row><row r="-1"><c r="1A"><v>2</v></c></row><row r="x"><c r=""/></row>'
    ),
    "企业",
)
kind(
    "513 columns",
    "企业.xlsx",
    lambda p: write_book(p, {"企业": [[*FIRMS[0], *(f"列{i}" for i in range(510))], *FIRMS[1:]]}),
    "列数为 513",
)
kind(
    "101 sheets",
    "企业.xlsx",
    lambda p: write_book(p, {"企业": FIRMS, **{f"表{i}": [[1]] for i in range(100)}}),
    "工作表数为 101",
)
kind(
    "a shared string of 3 million characters",
    "企业.xlsx",
    changed(strings=lambda s: s.replace("示例甲公司".encode(), "长".encode() * 3_000_000)),
    "上限 5000",
    1,
)
kind(
    "a million shared strings that nobody uses",
    "企业.xlsx",
    changed(
        strings=lambda s: s.replace(
            b"</sst>", b"".join(b"<si><t>%d</t></si>" % i for i in range(1_000_000)) + b"</sst>"
        )
    ),
    rows=2,
)
kind(
    "shared strings that are not there",
    "企业.xlsx",
    more_rows(b'<row r="9"><c r="A9" t="s"><v>999999</v></c><c r="B9"><v>1</v></c></row>'),
    "企业",
)
kind(
    "styles that are not there",
    "企业.xlsx",
    more_rows(
        b'<row r="4"><c r="A4" t="inlineStr" s="99999"><is><t>x</t></is></c><c r="B4" s="70000"><v>1</v></c></row>'
    ),
    rows=3,
)
kind(
    "a million merged cells",
    "企业.xlsx",
    changed(
        sheet=lambda s: s.replace(
            b"</sheetData>",
            b"</sheetData><mergeCells>"
            + b"".join(b'<mergeCell ref="A%d:C%d"/>' % (i, i + 9) for i in range(10, 500_000))
            + b"</mergeCells>",
        )
    ),
    rows=2,
)
kind(
    "a merged cell over the whole sheet",
    "企业.xlsx",
    changed(
        sheet=lambda s: s.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )
    ),
    rows=2,
)
kind(
    "hidden columns without end",
    "企业.xlsx",
    changed(
        sheet=lambda s: s.replace(b"<sheetData>", b'<cols><col min="1" max="999999999" hidden="1"/></cols><sheetData>')
    ),
    rows=2,
)
kind(
    "numbers that are none",
    "企业.xlsx",
    more_rows(b'<row r="4"><c r="A4" t="inlineStr"><is><t>x</t></is></c><c r="B4"><v>1e999</v></c></row>'),
    "错误值",
    2,
)
kind(
    "a DDE formula",
    "企业.xlsx",
    more_rows(b'<row r="4"><c r="A4" t="str"><f>cmd|\'/c calc\'!A0</f><v>x</v></c></row>'),
    rows=3,
)
kind(
    "links to other files",
    "企业.xlsx",
    more_parts(
        {"xl/externalLinks/externalLink1.xml": b"<x/>", "xl/externalLinks/_rels/externalLink1.xml.rels": b"<x/>"}
    ),
    rows=2,
)
kind("macros", "企业.xlsm", more_parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 1000}), rows=2)
kind("a sheet whose part is missing", "企业.xlsx", lambda p: _without(p, "xl/worksheets/sheet1.xml"), "企业")
kind(
    "a workbook whose links are missing", "企业.xlsx", lambda p: _without(p, "xl/_rels/workbook.xml.rels"), "读不了文件"
)
kind(
    "a sheet called ../../etc",
    "企业.xlsx",
    changed(book=lambda s: s.replace("企业".encode(), b"../../etc/passwd")),
    rows=2,
)
kind(
    "a name of 10,000 characters for a sheet",
    "企业.xlsx",
    changed(book=lambda s: s.replace("企业".encode(), "企业".encode() * 5000)),
    rows=2,
)
kind("an encrypted workbook", "企业.xlsx", ole("EncryptedPackage"), "打开密码")
kind("an xls cut in half", "企业.xls", xls_changed(lambda c: c.__delitem__(slice(len(c) // 3, None))), "读不了文件")
kind("an xls with a cell in its last corner", "企业.xls", xls_changed(far_cell_in_xls), "企业")
kind(
    "an xls whose sectors run in a circle",
    "企业.xls",
    ole("Workbook", damage=lambda c: struct.pack_into("<II", c, 512, 1, 1)),
    "读不了文件",
)
kind("an xls with nothing in it", "企业.xls", ole("Workbook"), "读不了文件")
kind("a Word 97 file called xls", "企业.xls", ole("WordDocument"), "另存为 .docx")
kind("a web page called xls", "企业.xls", "<html><table><tr><td>名称</td></tr></table></html>".encode(), "网页")


def _without(path: Path, part: str) -> None:
    parts = parts_of(write_book(path, {"企业": FIRMS}))
    del parts[part]
    path.write_bytes(zipped(parts))
