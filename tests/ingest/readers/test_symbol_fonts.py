"""Ticks that workbooks write as letters of a symbol font are read as people see them; pictures are no text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from corpus.files import xls
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from ingest.readers import read_file
from ingest.readers.base import Limits
from ingest.table.no_value import is_picture

# What a cell holds, as pieces of (font, text), and what people see.
SEEN = {
    "rich text, Wingdings 2": (
        [("Wingdings 2", "R"), ("宋体", "是 "), ("Wingdings 2", "£"), ("宋体", "否")],
        "☑是 □否",
    ),
    "rich text, Wingdings": ([("Wingdings", "¨"), ("宋体", "是"), ("Wingdings", "þ"), ("宋体", "否")], "□是☑否"),
    "rich text that begins in the cell's own font": (
        [("宋体", "规上："), ("wingdings", "ü"), ("宋体", "R&D")],
        "规上：√R&D",
    ),
    "a cell in Wingdings 2": ([("Wingdings 2", "P")], "√"),
    "a cell in Webdings": ([("Webdings", "a")], "√"),
    "a cell in Wingdings, with words of another font": ([("Wingdings", "l是 ¡否")], "●是 ○否"),
    "private characters": ([("Wingdings", "\uf0fe")], "☑"),
    "Segoe UI Symbol": ([("Segoe UI Symbol", "\ue0a2是 ☐否 R")], "☑是 ☐否 R"),
    "Marlett": ([("Marlett", "b")], "√"),
    "an ordinary font": ([("Arial", "R")], "R"),
}
Pieces = list[tuple[str, str]]


def first_cell(path: Path) -> object:
    (sheet,) = read_file(path, path.name, Limits())
    return next(sheet.rows).cells[0]


def shared(path: Path, pieces: Pieces) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page, fonts = book.add_worksheet(), [book.add_format({"font_name": font}) for font, _ in pieces]
        parts = [x for font, (_, text) in zip(fonts, pieces, strict=True) for x in (font, text)]
        if len(pieces) == 1:
            page.write_string(0, 0, pieces[0][1], fonts[0])
        else:
            page.write_rich_string(0, 0, *parts)
    return path


def inline(path: Path, pieces: Pieces) -> Path:
    book = Workbook()
    cell = book.worksheets[0]["A1"]
    if len(pieces) == 1:
        cell.value, cell.font = pieces[0][1], Font(name=pieces[0][0])
    else:
        cell.value = CellRichText(*(TextBlock(InlineFont(rFont=font), text) for font, text in pieces))
    book.save(path)
    return path


def old(path: Path, pieces: Pieces) -> Path:
    def write(book: xlwt.Workbook) -> None:
        fonts = [xlwt.easyxf(f"font: name {font}") for font, _ in pieces]
        if len(pieces) == 1:
            book.get_sheet(0).write(0, 0, pieces[0][1], fonts[0])
        else:
            book.get_sheet(0).write_rich_text(0, 0, [(t, f.font) for (_, t), f in zip(pieces, fonts, strict=True)])

    return xls({"表": []}, path.name, write)(path.parent)


@pytest.mark.parametrize(("pieces", "seen"), SEEN.values(), ids=SEEN)
@pytest.mark.parametrize("write", [shared, inline, old])
def test_letters_of_a_symbol_font_are_the_signs_that_people_see(write, pieces, seen, tmp_path):
    path = write(tmp_path / f"表.{'xls' if write is old else 'xlsx'}", pieces)
    assert first_cell(path) == seen


def with_cell(path: Path, cell: str, more: dict[str, str] | None = None) -> Path:
    """A workbook whose first cell is this XML."""
    plain = path.with_name("原.xlsx")
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet().write_number(0, 0, 1)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as out:
        for part in source.namelist():
            out.writestr(part, source.read(part).replace(b'<c r="A1"><v>1</v></c>', cell.encode()))
        for part, text in (more or {}).items():
            out.writestr(part, text)
    return path


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
        '<c r="A1"><f>_xlfn.DISPIMG("ID_1",1)</f></c>',
        '<c r="A1" t="str"><f>DISPIMG("ID_1",1)</f><v></v></c>',
        '<c r="A1" t="e"><f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v></c>',
        '<c r="A1" t="e"><f>_xlfn.IMAGE("https://example.org/a.png")</f><v>#VALUE!</v></c>',
    ],
)
def test_a_picture_in_a_cell_is_told_with_or_without_a_value(cell, tmp_path):
    assert is_picture(first_cell(with_cell(tmp_path / "表.xlsx", cell)))


def test_a_picture_that_excel_placed_in_a_cell_is_no_error(tmp_path):
    cell = '<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>'
    assert is_picture(first_cell(with_cell(tmp_path / "表.xlsx", cell, {"xl/richData/richValueRel.xml": "<x/>"})))
    assert not is_picture(first_cell(with_cell(tmp_path / "值.xlsx", cell)))
