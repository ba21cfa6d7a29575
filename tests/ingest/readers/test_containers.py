"""Workbooks as other programs write them read as Excel and LibreOffice read them; others are told by content."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import write_book

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


def quoted(part: str, text: bytes) -> tuple[str, bytes]:
    return part, text.replace(b'"', b"'") if part.endswith("sheet1.xml") else text


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
    "single quotes": quoted,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_workbook_of_another_program_is_read_whole(tmp_path, change):
    (sheet,) = read_file(rewritten(tmp_path, change), "示例.xlsx", Limits())
    assert [row.cells for row in sheet.rows] == ROWS


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
