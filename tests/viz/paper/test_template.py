"""A template's styles: what it says is taken, where it says nothing ours stay, and a broken file is named."""

from __future__ import annotations

import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from viz.errors import BadTemplate
from viz.paper.document import Paper
from viz.paper.docx import docx_bytes
from viz.paper.html import html_bytes
from viz.paper.pdf import pdf_bytes
from viz.paper.styles import STYLES
from viz.paper.template import PART, template_styles

HEAD = '<?xml version="1.0"?>'
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def office(tmp_path):
    """A template of an office, as Word saves one."""
    doc = Document()
    for name, face, size in (("Normal", "示例宋体", 14), ("Heading 1", "示例黑体", 18)):
        style = doc.styles[name]
        style.font.size = Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    doc.styles["Normal"].paragraph_format.line_spacing = Pt(24)
    doc.styles["Heading 1"].font.color.rgb = RGBColor(0x12, 0x34, 0x56)
    doc.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    doc.save(tmp_path / "模板.docx")
    return tmp_path / "模板.docx"


def test_what_the_office_sets_replaces_ours_and_the_rest_stays(office):
    styles = template_styles(office)
    assert (styles["body"].face, styles["body"].size, styles["body"].pitch) == ("示例宋体", 14, 24)
    first = styles["h1"]
    assert (first.face, first.size, first.align, first.color) == ("示例黑体", 18, "center", "#123456")
    assert styles["plain"].face == "示例宋体", "rests on the body, as ours does"
    assert styles["cell"].size == STYLES["cell"].size
    assert styles["office"] == STYLES["office"]


def test_every_writer_sets_a_paper_in_the_styles_of_the_office(office):
    from datetime import date

    plain, styled = (Paper("示例", date(2026, 1, 1), styles=s) for s in (STYLES, template_styles(office)))
    for paper in (plain, styled):
        paper.heading("一、示例标题")
        paper.say("示例正文。")
    word = styled_word(docx_bytes(styled), office)
    assert word.styles["Heading 1"].font.size == Pt(18)
    assert word.styles["Normal"].paragraph_format.line_spacing == Pt(24)
    assert "示例黑体" in html_bytes(styled).decode()
    assert pdf_bytes(styled) != pdf_bytes(plain)
    assert docx_bytes(styled) == docx_bytes(styled)


def styled_word(content, office):
    path = office.with_name("out.docx")
    path.write_bytes(content)
    return Document(str(path))


def zipped(path, styles):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PART, styles)
    return path


@pytest.mark.parametrize(
    ("styles", "why"),
    [
        ("<a", "不是有效的 XML"),
        (f"{HEAD}<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "不允许的声明"),
        (f"<w:styles {SPACE}/>", "没有正文"),
        (" " * 5_000_000, "太大"),
    ],
)
def test_a_file_that_is_no_template_is_refused_in_words(tmp_path, styles, why):
    with pytest.raises(BadTemplate) as caught:
        template_styles(zipped(tmp_path / "a.docx", styles))
    assert why in caught.value.message
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(BadTemplate):
        template_styles(tmp_path / "b.docx")


def test_values_that_no_page_can_hold_and_circles_of_styles_are_left_out(tmp_path):
    styles = (
        f'<w:styles {SPACE}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/><w:basedOn w:val="b"/>'
        '<w:pPr><w:spacing w:line="9999999" w:before="x"/><w:ind w:firstLineChars="200" w:firstLine="1"/></w:pPr>'
        '<w:rPr><w:sz w:val="9000"/><w:rFonts w:eastAsia="a&quot;;}b"/><w:color w:val="red"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>'
        "</w:styles>"
    )
    body, ours = template_styles(zipped(tmp_path / "a.docx", styles))["body"], STYLES["body"]
    assert (body.size, body.face, body.color, body.pitch) == (ours.size, ours.face, ours.color, ours.pitch)
    assert body.first == 2 * ours.size
    assert body.bold
