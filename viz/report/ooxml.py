"""What python-docx has no words for: fonts of Asian text, fields, bookmarks, contents, shading, and files without times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from viz.drawing.svg import clean_xml
from viz.theme import HEAD, PANEL

BLANK, BLANK_GROUND = "待填", PANEL  # what only the office knows
EPOCH = (1980, 1, 1, 0, 0, 0)


def font(style: Any, face: str, size: float) -> None:
    """The face of a style for Latin and for Chinese text, black and upright."""
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.font.color.rgb, style.font.bold, style.font.italic = RGBColor(0, 0, 0), False, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")
    fonts.set(qn("w:eastAsia"), face)


def plain_title(style: Any) -> None:
    """A title without the line that Word draws beneath it."""
    for border in style.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(120), Pt(24)
    style.paragraph_format.line_spacing = Pt(34)


def add_run(
    paragraph: Any, text: str, size: float | None, *, bold: bool = False, face: str | None = None, color: Any = None
) -> Any:
    """Text in a paragraph, with what differs from its style."""
    run = paragraph.add_run(clean_xml(text))
    if size is not None:
        run.font.size = Pt(size)
    if bold:
        run.font.bold = True
    if face:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if color is not None:
        run.font.color.rgb = color
    return run


def add_text(paragraph: Any, text: str, size: float | None, *, bold: bool = False, face: str | None = None) -> None:
    """Text in a paragraph in which every place to be filled in is shaded."""
    for place, part in enumerate(text.split(BLANK)):
        if place:
            run = add_run(paragraph, BLANK, size, bold=bold, face=face)
            run._element.get_or_add_rPr().append(_ground(BLANK_GROUND))
        if part or not text:
            add_run(paragraph, part, size, bold=bold, face=face)


def mark(run: Any, kind: str, *, dirty: bool = False) -> None:
    """One of the three marks of a field: begin, separate, end."""
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    if dirty:  # Word fills it in when it opens the file, without asking
        element.set(qn("w:dirty"), "true")
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


def fill_contents(place: Any, headings: Sequence[tuple[int, str, str]]) -> None:
    """A real contents field whose entries stand already, each a link with its page reference."""
    opening = place
    mark(opening.add_run(), "begin", dirty=True)
    run = opening.add_run()
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = ' TOC \\o "1-2" \\h \\z \\u '
    run._element.append(instruction)
    mark(opening.add_run(), "separate")
    opening.style = "toc 1"
    last = opening
    for level, text, name in headings:
        paragraph = last._parent.add_paragraph(style=f"toc {level}")
        last._element.addnext(paragraph._element)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        paragraph._element.append(link)
        before = len(paragraph._element)
        add_run(paragraph, f"{text}\t", None)
        field(paragraph, f"PAGEREF {name} \\h", "", None)
        for element in list(paragraph._element)[before:]:
            link.append(element)
        last = paragraph
    mark(last.add_run(), "end")


def row_options(row: Any, *, header: bool) -> None:
    """A table row that no page breaks, repeated on each page where it is the header."""
    options = row._tr.get_or_add_trPr()
    whole = OxmlElement("w:cantSplit")
    options.append(whole)
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


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height from the header chunk (PNG, 11.2.2)."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def without_times(content: bytes) -> bytes:
    """The same package with every time stamp the same."""
    stripped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stripped, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(info))
    return stripped.getvalue()
