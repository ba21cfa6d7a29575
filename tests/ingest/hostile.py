"""Files that mean harm or are broken, each with what must become of it.

`rows`: that many rows are accepted and nothing is an error. `refused`: an error of the file, or of a cell of
it, says this; `kept` rows of it are accepted all the same.
"""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from builders import write_book
from corpus import FIRMS, W, docx, word_table, xls
from pdf_builder import FONT, assemble, page, table, text, write_pdf

MB = 1 << 20
FIRM = "".join(f"&#{ord(c)};" for c in "示例甲公司").encode()  # as openpyxl writes it
HEADER = "名称,产值(万元),年份\n"
Content = bytes | Callable[[Path], object]


@dataclass(frozen=True)
class Hostile:
    """One file: its name, its content or what writes it, and what must become of it."""

    name: str
    file: str
    content: Content
    refused: str = ""
    rows: int = 0


KINDS: list[Hostile] = []


def kind(name: str, file: str, content: Content, refused: str = "", rows: int = 0) -> None:
    KINDS.append(Hostile(name, file, content, refused, rows))


def zipped(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def shared_strings_book(path: Path) -> Path:
    """The firms in a workbook whose texts stand in a part of their own."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("企业")
        for number, row in enumerate(FIRMS):
            page.write_row(number, 0, row)
    return path


def changed(**changes: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """A workbook with some of its parts changed: `sheet`, `book`, `styles`, `strings`."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml", "styles": "xl/styles.xml", "strings": "xl/sharedStrings.xml"}  # fmt: skip

    def make(path: Path) -> None:
        parts = parts_of(shared_strings_book(path) if "strings" in changes else write_book(path, {"企业": FIRMS}))
        for what, change in changes.items():
            parts[names[what]] = change(parts[names[what]])
        path.write_bytes(zipped(parts))

    return make


def more_parts(parts: dict[str, bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(zipped({**parts_of(write_book(path, {"企业": FIRMS})), **parts}))


def more_rows(rows: bytes) -> Callable[[Path], object]:
    return changed(sheet=lambda s: s.replace(b"</sheetData>", rows + b"</sheetData>"))


def word(document: str) -> Callable[[Path], object]:
    """A Word file with this body."""

    def make(path: Path) -> None:
        made = docx(lambda d: None, path.name)(path.parent)
        parts = parts_of(made)
        body = f'<w:document xmlns:w="{W}"><w:body>{document}</w:body></w:document>'
        parts["word/document.xml"] = (document if document.startswith("<!") else body).encode()
        path.write_bytes(zipped(parts))

    return make


def word_rows(*rows: str, before: str = "<w:p><w:r><w:t>企业</w:t></w:r></w:p>") -> str:
    return f"{before}<w:tbl>{''.join(f'<w:tr>{r}</w:tr>' for r in rows)}</w:tbl>"


def word_cells(*texts: object, properties: str = "") -> str:
    return "".join(f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in texts)


WORD_FIRMS = [word_cells(*row) for row in FIRMS]
LAUGHS = "<!DOCTYPE x [" + '<!ENTITY a0 "哈">' + "".join(
    f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def with_entity(doctype: str, entity: bytes) -> Callable[[bytes], bytes]:
    def change(part: bytes) -> bytes:
        declared, _, rest = part.partition(b"?>") if part.startswith(b"<?xml") else (b"", b"", part)
        head = b'<?xml version="1.0" encoding="UTF-8"?>' if declared else b""
        return head + doctype.encode() + rest.replace(FIRM, entity)

    return change


def lying_zip() -> bytes:
    """A part of 300 MB that says it has 100 bytes."""
    content = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(60 * MB)})
    return content.replace(struct.pack("<I", 60 * MB), struct.pack("<I", 100))


def overlapping_zip() -> bytes:
    """Two names for one place in the archive."""
    content = zipped({"xl/workbook.xml": bytes(MB), "xl/worksheets/sheet1.xml": bytes(MB)})
    second = content.rindex(b"PK\x01\x02")
    return content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]


def doubled_zip(path: Path) -> None:
    parts = parts_of(write_book(path, {"企业": FIRMS}))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in [*parts.items(), ("XL/worksheets/sheet1.xml", parts["xl/worksheets/sheet1.xml"])]:
            archive.writestr(part, content)
    path.write_bytes(out.getvalue())


def flagged_zip(path: Path) -> None:
    content = bytearray(write_book(path, {"企业": FIRMS}).read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + place] |= 1
    path.write_bytes(content)


def ole(*streams: str, damage: Callable[[bytearray], object] | None = None) -> bytes:
    """A compound file of 1 sector with these stream names in its folder."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    fat = bytearray(struct.pack("<II", 0xFFFFFFFD, 1) + b"\xff" * 504)
    folder = bytearray(512)
    for i, name in enumerate(["Root Entry", *streams][:4]):
        raw = (name + "\0").encode("utf-16-le")
        folder[i * 128 : i * 128 + len(raw)] = raw
        struct.pack_into("<HBB", folder, i * 128 + 64, len(raw), 5 if i == 0 else 2, 1)
        struct.pack_into("<III", folder, i * 128 + 68, 0xFFFFFFFF, 0xFFFFFFFF, 1 if i == 0 else 0xFFFFFFFF)
        struct.pack_into("<II", folder, i * 128 + 116, 1, 5000)
    content = bytearray(head + fat + folder)
    if damage:
        damage(content)
    return bytes(content)


def xls_changed(change: Callable[[bytearray], object]) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        content = bytearray(xls({"企业": FIRMS}, path.name)(path.parent).read_bytes())
        change(content)
        path.write_bytes(content)

    return make


def far_cell_in_xls(content: bytearray) -> None:
    """The first name is moved to the last row and column that the format's numbers allow."""
    at = content.index(struct.pack("<HHHH", 0x00FD, 10, 1, 0))  # the text of row 1, column 0
    struct.pack_into("<HH", content, at + 4, 65535, 65535)


def pdf_of(objects: list[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    return assemble(objects, trailer)


def pdf_page(
    content: str | bytes, resources: bytes = b"/Font << /F1 3 0 R >>", extra: list[bytes] | None = None
) -> bytes:
    stream = content if isinstance(content, bytes) else page(content)
    return pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>", FONT,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents 5 0 R >>" % resources,
        stream, *(extra or []),
    ])  # fmt: skip


PDF_FIRMS = text(40, 20, "企业") + table(FIRMS, 60)

# -- zip and XML --------------------------------------------------------------------------------------

kind(
    "a zip bomb by ratio",
    "企业.xlsx",
    zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(150 * MB)}),
    "压缩比",
)
kind("a zip bomb by size", "企业.xlsx", lambda p: _stored(p, 201), "解压后大小")
kind("a zip that lies about its sizes", "企业.xlsx", lying_zip(), "读不了文件")
kind("a zip whose parts overlap", "企业.xlsx", overlapping_zip(), "读不了文件")
kind(
    "a zip of 2,001 parts",
    "企业.xlsx",
    zipped({"xl/workbook.xml": b"<x/>", **{f"xl/{i}": b"" for i in range(2000)}}),
    "压缩包内文件数为 2001",
)
kind("two parts of one name", "企业.xlsx", doubled_zip, "两个同名部件")
kind("an encrypted zip", "企业.xlsx", flagged_zip, "加了密码")
kind(
    "names in the zip that climb out of it",
    "企业.xlsx",
    more_parts({"../../../tmp/evil": b"x", "/etc/evil": b"x", "..\\evil": b"x"}),
    rows=2,
)
kind(
    "a zip cut in half",
    "企业.xlsx",
    lambda p: p.write_bytes(write_book(p, {"企业": FIRMS}).read_bytes()[:3000]),
    "损坏",
)
kind(
    "a zip with bytes before it",
    "企业.xlsx",
    lambda p: p.write_bytes(b"MZ" + write_book(p, {"企业": FIRMS}).read_bytes()),
    "损坏",
)
kind("an empty zip", "企业.xlsx", zipped({}), "压缩包")
kind("a zip of CSVs", "企业.xlsx", zipped({"企业.csv": HEADER.encode()}), "压缩包请先解压")
kind("xlsb", "企业.xlsx", zipped({"xl/workbook.bin": b"x"}), "xlsb")
kind("OpenDocument called xlsx", "企业.xlsx", zipped({"content.xml": b"<x/>"}), "OpenDocument")
kind("gzip called csv", "企业.csv", gzip.compress(HEADER.encode() * 100), "读不了文件")
kind("billion laughs in a sheet", "企业.xlsx", changed(sheet=with_entity(LAUGHS, b"&a9;")), "DTD")
kind("billion laughs in the workbook", "企业.xlsx", changed(book=with_entity(LAUGHS, b"")), "读不了文件")
kind("billion laughs in the styles", "企业.xlsx", changed(styles=with_entity(LAUGHS, b"")), "读不了文件")
kind(
    "billion laughs in a Word file",
    "企业.docx",
    word(LAUGHS + f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>'),
    "读不了文件",
)
kind("an outside entity in a sheet", "企业.xlsx", changed(sheet=with_entity(OUTSIDE, b"&e;")), "DTD")
kind(
    "an outside entity in a Word file",
    "企业.docx",
    word(OUTSIDE + f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'),
    "读不了文件",
)
kind(
    "XML nested 100,000 deep in the workbook",
    "企业.xlsx",
    changed(book=lambda s: s.replace(b"<sheets>", b"<a>" * 100_000 + b"<sheets>")),
    "嵌套层数",
)
kind(
    "XML nested 100,000 deep in a sheet",
    "企业.xlsx",
    changed(sheet=lambda s: s.replace(b"</sheetData>", b"<a>" * 100_000 + b"</sheetData>")),
    rows=2,
)
kind("a sheet cut in half", "企业.xlsx", changed(sheet=lambda s: s[: len(s) * 4 // 5]), "损坏")
kind(
    "a sheet in bytes that are no UTF-8",
    "企业.xlsx",
    changed(sheet=lambda s: s.replace(FIRM, b"\xff\xfe\xff")),
    "损坏",
)


def _stored(path: Path, size_mb: int) -> None:
    """Noise that does not shrink below the ratio, but is too much."""
    noise = os.urandom(1 << 16)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(size_mb):
                part.write(noise[: 1 << 12] + bytes(MB - (1 << 12)))


# -- workbooks ----------------------------------------------------------------------------------------

kind(
    "a cell at XFD1048576",
    "企业.xlsx",
    more_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "列数为 16384",
)
kind("a cell at A1048576", "企业.xlsx", more_rows(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), rows=3)
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


# -- text ---------------------------------------------------------------------------------------------

kind("an empty file", "企业.csv", b"", "空的")
kind("a byte order mark and nothing else", "企业.csv", b"\xef\xbb\xbf")
kind("NUL bytes", "企业.csv", bytes(5000), "读不了文件")
kind("NUL bytes within text", "企业.csv", HEADER.encode() + "示例甲\0公司,1,2024\n".encode(), "读不了文件")
kind("a program called csv", "企业.csv", b"\x7fELF\x02\x01\x01" + os.urandom(100_000), "读不了文件")
kind("a picture called xlsx", "企业.xlsx", b"\x89PNG\r\n\x1a\n" + os.urandom(5000), "损坏")
kind("a million columns", "企业.csv", b"a," * 1_000_000 + b"\n", "列数")
kind("one line of 60 MB", "企业.csv", lambda p: p.write_bytes(HEADER.encode() + b"x" * 60 * MB), "文件大小")
kind("one line of 40 MB", "企业.csv", lambda p: p.write_bytes(HEADER.encode() + b"x" * 40 * MB), "上限 5000")
kind(
    "a quotation mark that is never closed",
    "企业.csv",
    HEADER.encode() + '"示例甲公司,1,2024\n'.encode() + "示例乙公司,2,2024\n".encode() * 20_000,
    "引号",
    20_000,
)
kind(
    "20,000 quotation marks that are never closed",
    "企业.csv",
    HEADER.encode() + '"示例甲公司,1,2024\n'.encode() * 20_001,
    "引号",
)
kind("nothing but quotation marks", "企业.csv", HEADER.encode() + b'"' * 1_000_001, "企业")
kind("nothing but commas", "企业.csv", HEADER.encode() + b",,,\n" * 500_000 + "示例甲公司,1,2024\n".encode(), rows=1)
kind(
    "more rows than a spreadsheet has",
    "企业.csv",
    lambda p: p.write_bytes(HEADER.encode() + b"\n" * 1_048_600 + b"a,1,2024\n"),
    "行数",
)
kind(
    "lone surrogates in UTF-16",
    "企业.csv",
    b"\xff\xfe" + (HEADER + "示例甲公司,1,2024\n").encode("utf-16-le") + b"\x00\xd8" + ",1,2024\n".encode("utf-16-le"),
    "乱码",
    1,
)
kind(
    "UTF-16 of an odd length",
    "企业.csv",
    b"\xff\xfe" + (HEADER + "示例甲公司,1,2024\n").encode("utf-16-le") + b"\x00",
    "乱码",
    1,
)
kind("marks that turn text round", "企业.csv", HEADER.encode() + "\u202e示例甲公司\u202d,1,2024\n".encode(), rows=1)
kind("control characters", "企业.csv", HEADER.encode() + "示例\x07甲\x1b[31m公司\x08,1,2024\n".encode(), rows=1)
kind("formulas", "企业.csv", HEADER.encode() + b"=cmd|'/c calc'!A0,1,2024\n@SUM(1),1,2024\n+1,1,2024\n", rows=3)
kind("markup", "企业.csv", HEADER.encode() + b"<script>alert(1)</script>,1,2024\n", rows=1)
kind("JSON called csv", "企业.csv", b'{"a": [1, 2, {"b": 3}]}', "企业")
kind("separators of every kind by turns", "企业.csv", (b"a;b,c|d\te\n" * 50_000), "企业")
kind(
    "numbers of 4,000 digits",
    "企业.csv",
    HEADER.encode() + b"a," + b"9" * 4000 + b",2024\nb,1," + b"9" * 4000 + b"\n",
    "企业",
)

# -- Word ---------------------------------------------------------------------------------------------

kind("Word: XML nested beyond the limit", "企业.docx", word("<w:p>" * 400 + "</w:p>" * 400), "嵌套层数")
kind(
    "Word: tables within tables, 60 deep",
    "企业.docx",
    word(word_rows(*WORD_FIRMS) + "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60),
    rows=2,
)
kind(
    "Word: a cell over a billion columns",
    "企业.docx",
    word(word_rows(*WORD_FIRMS, word_cells("示例丙公司", properties='<w:gridSpan w:val="999999999"/>'))),
    rows=2,
)
kind(
    "Word: merges that begin nowhere",
    "企业.docx",
    word(word_rows(*WORD_FIRMS, word_cells("示例丙公司", 1, 2024, properties="<w:vMerge/>"))),
    rows=3,
)
kind("Word: a row of 20,000 cells", "企业.docx", word(word_rows(*WORD_FIRMS, word_cells(*range(20_000)))), "列数")
kind("Word: empty tables", "企业.docx", word("<w:tbl/><w:tbl><w:tr/></w:tbl>" + word_rows(*WORD_FIRMS)), rows=2)
kind("Word: a template on another machine", "企业.docx", lambda p: _linked_word(p), rows=2)
kind(
    "Word: its text is missing",
    "企业.docx",
    zipped({"word/document.xml": b"", "[Content_Types].xml": b"<x/>"}),
    "读不了文件",
)
kind("Word: a zip bomb", "企业.docx", zipped({"word/document.xml": b" " * (150 * MB)}), "压缩比")
kind(
    "Word: cut in half",
    "企业.docx",
    lambda p: p.write_bytes(docx(lambda d: word_table(d, FIRMS), p.name)(p.parent).read_bytes()[:9000]),
    "损坏",
)


def _linked_word(path: Path) -> None:
    parts = parts_of(docx(lambda d: (d.add_heading("企业"), word_table(d, FIRMS)), path.name)(path.parent))
    parts["word/_rels/settings.xml.rels"] = (
        b'<Relationships><Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1:9/x.dotm" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    path.write_bytes(zipped(parts))


# -- PDF ----------------------------------------------------------------------------------------------

_BOMB = zlib.compress(b" " * (200 * MB), 9)
_FIXED = b"<< /Type /Catalog /Pages 2 0 R >>"
kind(
    "PDF: pages that run in a circle",
    "企业.pdf",
    pdf_of([_FIXED, b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"]),
    "企业.pdf",
)
kind(
    "PDF: a billion pages",
    "企业.pdf",
    pdf_of([_FIXED, b"<< /Type /Pages /Count 1000000000 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 2 0 R >>"]),
    "企业.pdf",
)
kind("PDF: 301 pages", "企业.pdf", lambda p: write_pdf(p, [PDF_FIRMS] * 301), "页数为 301")
kind(
    "PDF: a stream that inflates to 200 MB",
    "企业.pdf",
    pdf_page(b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(_BOMB), _BOMB)),
    "企业.pdf",
)
kind(
    "PDF: arrays nested 100,000 deep", "企业.pdf", pdf_page(PDF_FIRMS, extra=[b"[" * 100_000 + b"]" * 100_000]), rows=2
)
kind(
    "PDF: arrays nested in the catalogue",
    "企业.pdf",
    pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 100_000 + b"]" * 100_000 + b" >>",
            b"<< /Type /Pages /Count 0 /Kids [] >>",
        ]
    ),
    "企业.pdf",
)
kind(
    "PDF: a form that draws itself",
    "企业.pdf",
    pdf_page(
        PDF_FIRMS + "/X Do\n",
        b"/Font << /F1 3 0 R >> /XObject << /X 6 0 R >>",
        [
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X 6 0 R >> >> /Length 6 >> stream\n/X Do \nendstream"
        ],
    ),
    rows=2,
)
kind(
    "PDF: 300,000 lines on a page",
    "企业.pdf",
    pdf_page(PDF_FIRMS + "".join(f"{i % 500} {i % 700} m {i % 500 + 50} {i % 700} l S\n" for i in range(300_000))),
    "图形数",
)
kind(
    "PDF: a drawing of 5,000 lines over the table",
    "企业.pdf",
    pdf_page(
        PDF_FIRMS
        + "".join(
            f"{i / 10} {i / 7} m {i / 10 + 50} {i / 7} l S {i / 10} 300 m {i / 10} 800 l S\n" for i in range(5000)
        )
    ),
)
kind(
    "PDF: a JBIG2 picture",
    "企业.pdf",
    pdf_page(
        PDF_FIRMS + "q 100 0 0 100 0 0 cm /X Do Q\n",
        b"/Font << /F1 3 0 R >> /XObject << /X 6 0 R >>",
        [
            b"<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode /Length 20 >> stream\n\x00\x00\x00\x00\x30\x00\x01\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\nendstream"
        ],
    ),
    rows=2,
)
kind(
    "PDF: a scan without text",
    "企业.pdf",
    pdf_page(
        "q 500 0 0 700 0 0 cm /X Do Q\n",
        b"/XObject << /X 6 0 R >>",
        [
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >> stream\n\x00\nendstream"
        ],
    ),
    "扫描件",
)
kind(
    "PDF: a script that runs on opening",
    "企业.pdf",
    lambda p: p.write_bytes(
        write_pdf(p, [PDF_FIRMS])
        .read_bytes()
        .replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>")
    ),
    rows=2,
)
kind(
    "PDF: encrypted",
    "企业.pdf",
    pdf_of(
        [
            _FIXED,
            b"<< /Type /Pages /Count 0 /Kids [] >>",
            b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
        ],
        b"/Root 1 0 R /Encrypt 3 0 R /ID [<41><41>]",
    ),
    "密码",
)
kind("PDF: cut in half", "企业.pdf", lambda p: p.write_bytes(write_pdf(p, [PDF_FIRMS]).read_bytes()[:900]), "企业.pdf")
kind(
    "PDF: places that are wrong",
    "企业.pdf",
    lambda p: p.write_bytes(write_pdf(p, [PDF_FIRMS]).read_bytes().replace(b"startxref\n", b"startxref\n9999999")),
    rows=2,
)
kind(
    "PDF: a page without bounds",
    "企业.pdf",
    lambda p: p.write_bytes(write_pdf(p, [PDF_FIRMS]).read_bytes().replace(b"[0 0 595 842]", b"[-9e9 0 9e9 9e]")),
    rows=2,
)
kind(
    "PDF: numbers without bounds",
    "企业.pdf",
    pdf_page(PDF_FIRMS + "1e38 0 0 1e38 0 0 cm 1e38 1e38 m 1e39 1e38 l S 9999999999999999999999 0 m 5 5 l S\n"),
    rows=2,
)
kind("PDF: nothing but its first line", "企业.pdf", b"%PDF-1.7\n", "企业.pdf")
kind("PDF: noise after its first line", "企业.pdf", b"%PDF-1.7\n" + os.urandom(200_000), "企业.pdf")

# -- what is no file ----------------------------------------------------------------------------------

kind("a fifo", "企业.csv", lambda p: os.mkfifo(p), "不是普通文件")
kind("a link to another file", "企业.csv", lambda p: p.symlink_to("/etc/passwd"))
kind("a folder called xlsx", "企业.xlsx", lambda p: p.mkdir())
kind(
    "a name in GBK bytes",
    os.fsdecode("企业.csv".encode("gbk")),
    HEADER.encode() + "示例甲公司,1,2024\n".encode(),
    rows=1,
)
kind(
    "a name with a line break and quotes", "企业\n'\"<b>.csv", HEADER.encode() + "示例甲公司,1,2024\n".encode(), rows=1
)
kind(
    "an Excel file called pdf",
    "企业.pdf",
    lambda p: write_book(p.with_suffix(".xlsx"), {"企业": FIRMS}).rename(p),
    rows=2,
)
