"""The zip and the XML inside xlsx and docx."""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

from builders import write_book
from corpus.case import FIRMS
from corpus.files import W

from hostile.build import (
    FIRM,
    HEADER,
    LAUGHS,
    MB,
    OUTSIDE,
    changed,
    doubled_zip,
    flagged_zip,
    lying_zip,
    more_parts,
    overlapping_zip,
    with_entity,
    word,
    zipped,
)
from hostile.kind import Kinds

KINDS = Kinds()
kind = KINDS.add

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
