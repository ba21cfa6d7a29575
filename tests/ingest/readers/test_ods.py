"""OpenDocument workbooks are read as LibreOffice shows them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from ingest.readers import read_file
from ingest.readers.base import CellError, Limits, Merge, RawSheet, TooLarge, Unreadable
from ingest.table.no_value import is_picture

URN = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(f'xmlns:{s}="{URN}:{s}:1.0"' for s in ("office", "table", "text", "style", "number"))
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = """
<number:number-style style:name="N1"><number:number number:decimal-places="2"/><number:text>亿元</number:text></number:number-style>
<number:number-style style:name="N3"><number:number number:decimal-places="1" number:display-factor="1000"/><number:text>万元</number:text></number:number-style>
<number:date-style style:name="N2"><number:year number:style="long"/><number:text>年</number:text><number:month/></number:date-style>
<style:style style:name="yi" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="below" style:family="table-cell" style:parent-style-name="yi"/>
<style:style style:name="wan" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="ticks" style:family="table-cell"><style:text-properties style:font-name="Wingdings"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="Wingdings 2"/></style:style>
<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


def ods(path: Path, tables: str, manifest: str = "") -> Path:
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    automatic = f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml", f"<office:document-content {SPACES} {CALC}>{automatic}{body}</office:document-content>"
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{URN}:manifest:1.0">{manifest}</manifest:manifest>',
        )
    return path  # fmt: skip


def sheets_of(folder: Path, tables: str) -> list[RawSheet]:
    return list(read_file(ods(folder / "表.ods", tables), "表.ods", Limits()))


def text(words: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{words}</text:p></table:table-cell>'


def table(*rows: str, columns: str = "", attributes: str = "") -> str:
    return f'<table:table table:name="企业" {attributes}>{columns}{"".join(rows)}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


EMPTY = '<table:table-cell table:number-columns-repeated="16380"/>'
COVERED = "<table:covered-table-cell/>"


def test_merged_cells_and_hidden_rows_and_columns_are_seen(tmp_path):
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    (sheet,) = sheets_of(
        tmp_path,
        table(
            row(text("县市区"), text("名称"), EMPTY),
            row(text("示例县", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'), text("示例甲公司"), EMPTY),
            row(COVERED, text("示例乙公司"), EMPTY, attributes='table:visibility="collapse"'),
            row(EMPTY, attributes='table:number-rows-repeated="1048000"'),
            columns=columns,
        ),
    )  # fmt: skip
    assert sheet.merges == [Merge(2, 0, 3, 0)]
    assert sheet.hidden_columns == [1, 2]
    assert [(r.number, r.cells, r.hidden) for r in sheet.rows] == [
        (1, ["县市区", "名称"], False), (2, ["示例县", "示例甲公司"], False), (3, [None, "示例乙公司"], True),
    ]  # fmt: skip


def test_a_hidden_sheet_and_rows_and_cells_that_repeat(tmp_path):
    again = 'table:number-columns-repeated="3"'
    first, second = sheets_of(
        tmp_path,
        table(row(text("甲", again), text("乙")), row(text("丙"), attributes='table:number-rows-repeated="2"'))
        + table(attributes='table:style-name="away"'),
    )
    assert (first.hidden, second.hidden) == (False, True)
    assert [(r.number, r.cells) for r in first.rows] == [(1, ["甲", "甲", "甲", "乙"]), (2, ["丙"]), (3, ["丙"])]


def number(value: object, style: str = "", kind: str = "float") -> str:
    return f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" office:value="{value}"><text:p>?</text:p></table:table-cell>'


def day(value: str, style: str = "") -> str:
    return f'<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value}"/>'


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (number("1.2"), 1.2),
        (number("1200"), 1200),
        (number("0.6", kind="percentage"), 0.6),
        (number("123456789012345678"), 123456789012345678),
        (number("1.2", "yi"), "1.2亿元"),
        (number("0.35", "below"), "0.35亿元"),
        (number("12000000", "wan"), "12000万元"),
        (day("2025-03-01", "month"), "2025-03"),
        (day("2025-03-01"), datetime(2025, 3, 1)),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', True),
        (text("甲<text:s text:c='2'/>乙<text:line-break/>丙"), "甲  乙\n丙"),
        (text("甲</text:p><text:p>乙"), "甲\n乙"),
        (text('<text:a>示例</text:a>公司<office:annotation><text:p>批注</text:p></office:annotation>'), "示例公司"),
        (text("þ是 ¨否", 'table:style-name="ticks"'), "☑是 □否"),
        (text('<text:span text:style-name="T1">R</text:span>R&amp;D'), "☑R&D"),
        (text("#N/A", 'calcext:value-type="error"'), CellError("#N/A")),
        ('<table:table-cell table:formula="of:=[.A2]*2"/>', CellError("", "uncalculated")),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_shown(cell, value, tmp_path):
    (sheet,) = sheets_of(tmp_path, table(row(cell)))
    assert [r.cells for r in sheet.rows] == [[value]]


def test_a_picture_in_a_cell_is_no_text(tmp_path):
    (sheet,) = sheets_of(tmp_path, table(row(text("#NAME?", 'table:formula="of:=DISPIMG(&quot;ID_1&quot;;1)"'))))
    assert is_picture(next(sheet.rows).cells[0])


def test_a_password_too_many_sheets_and_nothing_are_told(tmp_path):
    with pytest.raises(Unreadable, match="打开密码"):
        list(read_file(ods(tmp_path / "密.ods", table(), "<manifest:encryption-data/>"), "密.ods", Limits()))
    with pytest.raises(Unreadable, match="损坏"):
        sheets_of(tmp_path, "")
    with pytest.raises(TooLarge, match="工作表数"):
        list(read_file(ods(tmp_path / "多.ods", table() * 3), "多.ods", Limits(sheets=2)))
