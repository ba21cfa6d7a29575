"""Workbooks as other programs write them read as Excel and LibreOffice read them; others are told by content."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from builders import write_book
from corpus.files import docx, word_table

from ingest.readers import read_file
from ingest.readers.base import Limits, Unreadable

Change = Callable[[str, bytes], tuple[str, bytes]]
ROWS = [["名称", "产值(万元)"], ["示例甲公司", 100], ["示例乙公司", 200]]
ODS = "application/vnd.oasis.opendocument.spreadsheet"
URN = "urn:oasis:names:tc:opendocument:xmlns"


def rewritten(folder: Path, change: Change) -> Path:
    """A workbook whose parts another program wrote otherwise."""
    plain = write_book(folder / "原.xlsx", {"企业": ROWS})
    path = folder / "示例.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            new.writestr(*change(part, old.read(part)))
    return path


def dimension(ref: str) -> Change:
    return lambda part, text: (part, text.replace(b'ref="A1:B3"', f'ref="{ref}"'.encode()))


def renamed(old: str, new: str) -> Change:
    def change(part: str, text: bytes) -> tuple[str, bytes]:
        told = part.endswith((".rels", "Types].xml"))
        return part.replace(old, new), text.replace(old.encode(), new.encode()) if told else text

    return change


def each(change: Callable[[bytes], bytes], only: str = "") -> Change:
    """The same change in every part, or in those of this name."""
    return lambda part, text: (part, change(text) if only in part else text)


def linked(prefix: bytes) -> Change:
    """Other writings of what the workbook names: its parts lie where they lay."""
    return each(lambda text: re.sub(rb'Target="(?:/xl/)?', b'Target="' + prefix, text), "workbook.xml.rels")


def named(change: Callable[[str], str]) -> Change:
    return lambda part, text: (change(part), text)


def encoded(encoding: str, stated: str) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        plain = re.sub(r"^<\?xml.*?\?>\s*", "", text.decode())
        return f'<?xml version="1.0" encoding="{stated}"?>{plain}'.encode(encoding)

    return change


def in_turn(text: bytes) -> bytes:
    """Every other attribute in single quotes, with a double one in its value."""
    count = iter(range(1 << 20))
    return re.sub(rb'="([^"]*)"', lambda m: m[0] if next(count) % 2 else b"='" + m[1] + b"'", text)


def prefixed(text: bytes) -> bytes:
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml'
    return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", text.replace(main, b"xmlns:x" + main[5:])) if main in text else text


def strict(text: bytes) -> bytes:
    office = b"http://schemas.openxmlformats.org/officeDocument/2006"
    text = text.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/", b"http://purl.oclc.org/ooxml/spreadsheetml/"
    )
    return text.replace(office, b"http://purl.oclc.org/ooxml/officeDocument")


def at_the_root(part: str, text: bytes) -> tuple[str, bytes]:
    return part.replace("xl/", ""), text.replace(b"/xl/", b"/").replace(b'"xl/', b'"') if ".rels" in part else text


CHANGES: dict[str, Change] = {
    "1:49": dimension("1:49"),
    "A0:B3": dimension("A0:B3"),
    "an empty range": dimension(""),
    "a range of letters": dimension("A:B"),
    "a range of errors": dimension("#REF!"),
    "a smaller range": dimension("A1:A1"),
    "another part name": renamed("xl/workbook.xml", "xl/book2.xml"),
    "another folder": renamed("xl/", "data/"),
    "back slashes": lambda part, text: (part.replace("/", "\\"), text),
    "single quotes": each(lambda text: text.replace(b'"', b"'")),
    "single and double quotes in turn": each(in_turn),
    "an apostrophe in a comment": each(lambda t: t.replace(b"<sheetData>", b"<!-- it's \"x --><sheetData>"), "sheet1"),
    "blanks around the signs of equality": each(lambda t: re.sub(rb'(\w)="', rb'\1 = "', t), "sheet1"),
    "no content types": each(lambda _: b"<Types/>", "Types].xml"),
    "targets from the root": linked(b"/xl/"),
    "targets from the folder above": linked(b"../xl/"),
    "targets from where they are": linked(b"./"),
    "targets from the root without a stroke": linked(b"xl/"),
    "parts in capital letters": named(str.upper),
    "a sheet in a capital letter": named(lambda part: part.replace("sheet1", "Sheet1")),
    "names that begin with a stroke": named(lambda part: f"/{part}"),
    "names that begin with a point": named(lambda part: f"./{part}"),
    "a sheet in percent signs": lambda part, text: (
        part.replace("sheet1.xml", "表 1.xml"),
        text.replace(b"sheet1.xml", b"%E8%A1%A8%201.xml"),
    ),
    "a sheet without a suffix": renamed("sheet1.xml", "sheet1.part"),
    "a workbook at the root": at_the_root,
    "no links of the whole file": lambda part, text: (part.replace("_rels/.rels", "other"), text),
    "a byte order mark": each(lambda text: b"\xef\xbb\xbf" + text),
    "UTF-16": each(encoded("utf-16", "UTF-16")),
    "UTF-16 in the other order": each(encoded("utf-16-be", "UTF-16")),
    "GB2312": each(encoded("gb18030", "GB2312"), "workbook.xml"),
    "prefixes": each(prefixed),
    "strict": each(strict),
    "a comment after the end": each(lambda text: text + b"\n<!-- x -->\n"),
    "zero bytes after the end": each(lambda text: text + b"\0\0", "sheet1"),
    "a blank in the last tag": each(lambda text: text.replace(b"</worksheet>", b"</worksheet >")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_workbook_of_another_program_is_read_whole(tmp_path, change):
    (sheet,) = read_file(rewritten(tmp_path, change), "示例.xlsx", Limits())
    assert [row.cells for row in sheet.rows] == ROWS


@pytest.mark.parametrize("mark", [b"hidden='1' ht=\"9\"", b'hidden = "1"', b"\nhidden='true'"])
def test_what_a_row_says_is_seen_in_every_writing(mark, tmp_path):
    change = each(lambda text: re.sub(rb'<row r="3"', b'<row r="3" ' + mark, text), "sheet1")
    (sheet,) = read_file(rewritten(tmp_path, change), "示例.xlsx", Limits())
    assert [row.hidden for row in sheet.rows] == [False, False, True]


def test_a_workbook_without_its_texts_is_told(tmp_path):
    path = tmp_path / "示例.xlsx"
    with xlsxwriter.Workbook(tmp_path / "原.xlsx") as book:
        book.add_worksheet("企业").write_row(0, 0, ROWS[0])
    with zipfile.ZipFile(tmp_path / "原.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            if "sharedStrings" not in part:
                new.writestr(part, old.read(part))
    with pytest.raises(Unreadable, match="存放文字的部件"):
        list(read_file(path, path.name, Limits()))


@pytest.mark.parametrize(
    "change",
    [
        renamed("word/document.xml", "word/document2.xml"),
        named(str.upper),
        named(lambda part: part.replace("/", "\\")),
        each(encoded("utf-16", "UTF-16"), "document.xml"),
        each(lambda text: text.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/")),
    ],
)  # fmt: skip
def test_a_document_of_another_program_is_read_whole(change, tmp_path):
    plain = docx(lambda d: word_table(d, ROWS), "原.docx")(tmp_path)
    path = tmp_path / "示例.docx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            new.writestr(*change(part, old.read(part)))
    (sheet,) = read_file(path, path.name, Limits())
    assert [row.cells for row in sheet.rows] == [[str(c) for c in row] for row in ROWS]


def test_a_comparison_within_double_quotes_is_no_quotation(tmp_path):
    def change(part: str, text: bytes) -> tuple[str, bytes]:
        rule = b"<dataValidation formula1=\"IF(A1='x',1,2)\"/></worksheet>"
        return part, text.replace(b"</worksheet>", rule) if part.endswith("sheet1.xml") else text

    (sheet,) = read_file(rewritten(tmp_path, change), "示例.xlsx", Limits())
    assert [row.cells for row in sheet.rows] == ROWS


def test_an_opendocument_spreadsheet_is_read(tmp_path):
    cells = [
        "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        for row in (["名称", "产值"], ["示例甲公司", "约100"])
    ]
    rows = "".join(f"<table:table-row>{c}</table:table-row>" for c in cells)
    spaces = " ".join(f'xmlns:{s}="{URN}:{s}:1.0"' for s in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="企业">{rows}</table:table></office:spreadsheet></office:body>'
    path = tmp_path / "示例.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{URN}:manifest:1.0"/>')
    (sheet,) = read_file(path, "示例.ods", Limits())
    assert (sheet.name, [row.cells for row in sheet.rows]) == ("企业", [["名称", "产值"], ["示例甲公司", "约100"]])


@pytest.mark.parametrize(
    ("content", "suffix", "advice"),
    [
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "xls", "另存为 .xlsx"),
        (b"From: <Saved by Excel>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "mht", "另存为 .xlsx"),
        (b"<html><table></table></html>", "et", "另存为 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "wps", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "xls", "另存为 .docx"),
    ],
)
def test_what_is_no_table_is_told_by_its_content(tmp_path, content, suffix, advice):
    path = tmp_path / f"示例.{suffix}"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        list(read_file(path, path.name, Limits()))
    assert advice in refused.value.hint
