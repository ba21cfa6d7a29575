"""Every way to tick in Word is read: signs, letters of symbol fonts, brackets, boxes that can be clicked."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from graph.schema.kinds import Column
from graph.schema.types.base import BadCell
from graph.schema.types.flag import FlagType
from ingest.readers import read_file
from ingest.readers.base import Limits

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
SURE = Column("规上", "bool")


def letters(font: str, text: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{text}</w:t></w:r>'


def words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def symbol(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def control(on: str) -> str:
    box = f'<w:sdtPr><w14:checkbox><w14:checked w14:val="{on}"/></w14:checkbox></w:sdtPr>'
    return f"<w:sdt>{box}<w:sdtContent>{words('☒')}</w:sdtContent></w:sdt>"


def field(state: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
    )


def cell_of(folder: Path, inner: str) -> object:
    document = Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    for element in parse_xml(f'<w:p xmlns:w="{W}" xmlns:w14="{W14}">{inner}</w:p>'):
        cell.paragraphs[0]._p.append(element)
    path = folder / "表.docx"
    document.save(str(path))
    (sheet,) = read_file(path, "表.docx", Limits())
    return next(sheet.rows).cells[0]


@pytest.mark.parametrize(
    ("inner", "yes"),
    [
        (letters("Wingdings 2", "R") + words("是 ") + letters("Wingdings 2", "£") + words("否"), True),
        (letters("Wingdings 2", "£") + words("是 ") + letters("Wingdings 2", "R") + words("否"), False),
        (letters("Wingdings", "þ") + words("是 ") + letters("Wingdings", "¨") + words("否"), True),
        (letters("Wingdings", "\uf0a8") + words("是 ") + letters("Wingdings", "\uf0fe") + words("否"), False),
        (letters("Wingdings", "l") + words("是 ") + letters("Wingdings", "¡") + words("否"), True),
        (symbol("Wingdings", "F0FE") + words("是 ") + symbol("Wingdings", "F0A8") + words("否"), True),
        (symbol("Wingdings 2", "F0A3") + words("是 ") + symbol("Wingdings 2", "F052") + words("否"), False),
        (symbol("Wingdings", "F0FD") + words("是 ") + symbol("Wingdings", "F0A8") + words("否"), True),
        (control("1") + words("是 ") + control("0") + words("否"), True),
        (control("0") + words("是 ") + control("1") + words("否"), False),
        (control("true"), True),
        (
            field('<w:default w:val="0"/><w:checked/>') + words("是 ") + field('<w:default w:val="0"/>') + words("否"),
            True,
        ),
        (words("是") + control("0") + words(" 否") + control("1"), False),
    ],
)
def test_what_is_ticked_in_word_is_read(tmp_path, inner, yes):
    assert FlagType().parse(cell_of(tmp_path, inner), SURE).value is yes


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("（√）是（ ）否", True), ("（ ）是（√）否", False), ("是（√）否（ ）", True), ("[√]是  [ ]否", True), ("[ ]是 [x]否", False),
        ("是√  否", True), ("是  否√", False), ("√是 否", True), ("是 √否", False), ("●是 ○否", True), ("○是 ●否", False), ("是☑否☐", True),
        ("□是\n☑否", False), ("☑", True), ("■是□否", True), ("□", None), ("□是 □否", None),
    ],
)  # fmt: skip
def test_what_is_ticked_in_text_is_read(text, yes):
    assert FlagType().parse(text, SURE).value is yes


@pytest.mark.parametrize("text", ["☑是 ☑否", "是 否", "☑规上", "☒"])
def test_what_is_not_clear_is_refused(text):
    with pytest.raises(BadCell):
        FlagType().parse(text, SURE)
