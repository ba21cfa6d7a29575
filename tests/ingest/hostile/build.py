"""Broken and harmful files, put together byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from builders import write_book
from corpus.case import FIRMS
from corpus.files import W, docx, xls
from pdf_builder import FONT, assemble, page, table, text

MB = 1 << 20
FIRM = "".join(f"&#{ord(c)};" for c in "示例甲公司").encode()  # as openpyxl writes it
HEADER = "名称,产值(万元),年份\n"


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
