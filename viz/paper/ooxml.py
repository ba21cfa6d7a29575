"""What python-docx has no words for: fonts of Asian text, fields, bookmarks, contents, shading, and files without times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from viz.drawing.alone import zipped
from viz.drawing.svg import clean_xml
from viz.paper.styles import FREE
from viz.theme import HEAD, PANEL

BLANK, BLANK_GROUND = "待填", PANEL  # what only the office knows


def font(style: Any, face: str, size: float, bold: bool = False, color: str = "") -> None:
    """The face of a style for Latin and for Chinese text, upright."""
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.font.color.rgb = RGBColor.from_string(color[1:].upper() or "000000")
    style.font.bold, style.font.italic = bold, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")
    fonts.set(qn("w:eastAsia"), face)


def chinese(doc: Any) -> None:
    """Chinese as the language of the text, and punctuation set close, as programs do where Chinese is written."""
    for language in doc.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for spacing in doc.settings.element.iter(qn("w:characterSpacingControl")):
        spacing.set(qn("w:val"), "compressPunctuation")


def without_borders(style: Any) -> None:
    """A style without the line that Word draws beneath a title."""
    for border in style.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)


def add_run(
    paragraph: Any, text: str, size: float | None = None, *, bold: bool = False, face: str | None = None
) -> Any:
    """Text in a paragraph, with what differs from its style."""
    run = paragraph.add_run(clean_xml(text))
    if size is not None:
        run.font.size = Pt(size)
    if bold:
        run.font.bold = True
    if face:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return run


def add_text(
    paragraph: Any, text: str, size: float | None = None, *, bold: bool = False, face: str | None = None
) -> None:
    """Text in a paragraph in which every place to be filled in is shaded."""
    for place, part in enumerate(text.split(BLANK)):
        if place:
            run = add_run(paragraph, BLANK, size, bold=bold, face=face)
            run._element.get_or_add_rPr().append(_ground(BLANK_GROUND))
        if part or not text:
            add_run(paragraph, part, size, bold=bold, face=face)


def mark(run: Any, kind: str) -> None:
    """One of the three marks of a field: begin, separate, end."""
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    run._element.append(element)


def field(paragraph: Any, code: str, result: str, size: float | None) -> None:
    """A field with its result, so that it shows before any update."""
    mark(add_run(paragraph, "", size), "begin")
    run = add_run(paragraph, "", size)
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    run._element.append(instruction)
    mark(add_run(paragraph, "", size), "separate")
    add_run(paragraph, result, size)
    mark(add_run(paragraph, "", size), "end")


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """A name for a paragraph, that fields refer to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._element.insert(1 if paragraph._element.pPr is not None else 0, start)
    paragraph._element.append(end)


def fill_contents(place: Any, headings: Sequence[tuple[int, str, str]], pages: Sequence[int], levels: int) -> None:
    """A real contents field whose entries stand already, each a link with the page of its heading.

    It is not marked as out of date: no program asks a question when it opens the file.
    """
    mark(place.add_run(), "begin")
    run = place.add_run()
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f' TOC \\o "1-{levels}" \\h \\z \\u '
    run._element.append(instruction)
    mark(place.add_run(), "separate")
    last, first = place, True
    for (level, text, name), page in zip(headings, pages, strict=True):
        if level > levels:
            continue
        paragraph = place if first else last._parent.add_paragraph(style=f"toc {level}")
        if not first:
            last._element.addnext(paragraph._element)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        before = len(paragraph._element)
        add_run(paragraph, f"{text}\t")
        field(paragraph, f"PAGEREF {name} \\h", str(page), None)
        entry = list(paragraph._element)[before:]
        paragraph._element.append(link)
        for element in entry:
            link.append(element)
        last, first = paragraph, False
    mark(last.add_run(), "end")


def table_width(table: Any, points: float) -> None:
    """The whole width of a table, told beside that of its columns."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    width = OxmlElement("w:tblW")
    width.set(qn("w:w"), str(round(points * 20)))
    width.set(qn("w:type"), "dxa")
    properties.insert_element_before(
        width,
        "w:jc",
        "w:tblCellSpacing",
        "w:tblInd",
        "w:tblBorders",
        "w:shd",
        "w:tblLayout",
        "w:tblCellMar",
        "w:tblLook",
    )


def row_options(row: Any, *, header: bool, whole: bool) -> None:
    """A table row that no page breaks where it is to stay whole, repeated on each page where it is the header."""
    options = row._tr.get_or_add_trPr()
    if whole:
        options.append(OxmlElement("w:cantSplit"))
    if header:
        options.append(OxmlElement("w:tblHeader"))


def shade(cell: Any) -> None:
    """The ground of a header cell."""
    cell._tc.get_or_add_tcPr().append(_ground(HEAD))


def _ground(color: str) -> Any:
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color[1:].upper())):
        ground.set(qn(f"w:{name}"), value)
    return ground


def rule_below(paragraph: Any, color: str) -> None:
    """A line under a paragraph, as under the name of an office."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", color[1:].upper())):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def finished(content: bytes) -> bytes:
    """The same package with every time stamp the same, and with second names for fonts that few machines have."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped((parts | {"word/fontTable.xml": _fonts()}).items())


def _fonts() -> bytes:
    names = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{free}"/><w:charset w:val="86"/></w:font>'
        for face, free in FREE.items()
    )
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{main}">{names}</w:fonts>'.encode()
    )
