"""A paper as a Word document in the look of GB/T 9704, with real styles, captions, tables and contents."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from viz.drawing.png import svg_to_png
from viz.drawing.svg import clean_xml, size_of
from viz.paper import ooxml
from viz.paper.blocks import ContentsBlock, HeadingBlock, PageBreak, PictureBlock, TableBlock, TextBlock, TurnBlock
from viz.paper.columns import is_tall
from viz.paper.document import Paper
from viz.paper.pdf import heading_pages
from viz.paper.styles import (
    CONTENTS_LEVELS,
    HEADINGS,
    HEI,
    LEFT,
    LEFTWARD,
    PAGE_H,
    PAGE_W,
    SIDE_LEFT,
    SIDE_TOP,
    TEXT_H,
    TEXT_W,
    TOP,
    ParagraphStyle,
    pitch_of,
)  # fmt: skip

_ALIGNED = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
DOTS = 220  # of a picture, to the inch


def docx_bytes(paper: Paper) -> bytes:
    """The paper as .docx; the same paper gives the same bytes."""
    return _Writer(paper).bytes()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.doc = Document()
        self.opens_page = False
        self.headings: list[tuple[int, str, str]] = []
        self.contents: Any = None
        properties = self.doc.core_properties
        properties.title, properties.author, properties.comments = clean_xml(paper.name), "链谱", ""
        properties.created = properties.modified = datetime(paper.day.year, paper.day.month, paper.day.day)
        properties.last_modified_by, properties.revision = "链谱", 1
        ooxml.chinese(self.doc)
        for style in paper.styles.values():
            _define(self.doc.styles, style)
        for level in range(1, CONTENTS_LEVELS + 1):
            stops = self.doc.styles[paper.styles[f"toc{level}"].word].paragraph_format.tab_stops
            stops.add_tab_stop(Mm(TEXT_W), alignment=2, leader=1)
        _page(self.doc.sections[0], paper.landscape)
        self._running()

    def bytes(self) -> bytes:
        for block in self.paper.blocks:
            match block:
                case TextBlock():
                    self._paragraph(block)
                case HeadingBlock():
                    self._heading(block)
                case TableBlock():
                    self._table(block)
                case PictureBlock():
                    self._picture(block)
                case ContentsBlock():
                    self.contents = self._add("toc1")
                case PageBreak():
                    self.opens_page = True
                case TurnBlock():
                    _page(self.doc.add_section(), block.landscape)
        if self.contents is not None:
            ooxml.fill_contents(self.contents, self.headings, heading_pages(self.paper), CONTENTS_LEVELS)
        raw = io.BytesIO()
        self.doc.save(raw)
        return ooxml.finished(raw.getvalue())

    def _add(self, style: str) -> Any:
        """An empty paragraph in a style; the first after a new page opens it."""
        paragraph = self.doc.add_paragraph(style=self.paper.styles[style].word)
        if self.opens_page:
            paragraph.paragraph_format.page_break_before, self.opens_page = True, False
        return paragraph

    def _running(self) -> None:
        """The notice at the head of every page, and page numbers at the foot."""
        section = self.doc.sections[0]
        if self.paper.notice:
            head = section.header.paragraphs[0]
            head.style = self.paper.styles["running"].word
            ooxml.add_run(head, self.paper.notice)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        ooxml.add_run(foot, "— ", 14)
        ooxml.field(foot, "PAGE", "1", 14)
        ooxml.add_run(foot, " —", 14)

    def _paragraph(self, block: TextBlock) -> None:
        paragraph = self._add(block.style)
        if block.style == "body":  # Word's Normal is what all styles rest on, so the indent is the paragraph's own
            paragraph.paragraph_format.first_line_indent = Pt(self.paper.styles["body"].first)
        if block.hold:
            paragraph.paragraph_format.keep_with_next = True
        if self.paper.styles[block.style].rule:
            ooxml.rule_below(paragraph, self.paper.styles[block.style].rule)
        ooxml.add_text(paragraph, block.text, bold=block.bold)

    def _heading(self, block: HeadingBlock) -> None:
        paragraph = self._add(HEADINGS[block.level])
        ooxml.add_run(paragraph, block.text)
        name = f"_Toc{len(self.headings) + 1:06d}"
        ooxml.bookmark(paragraph, name, len(self.headings) + 1)
        self.headings.append((block.level, block.text, name))

    def _caption(self, style: str, kind: str, number: int, text: str) -> None:
        paragraph = self._add(style)
        ooxml.add_run(paragraph, kind)
        ooxml.field(paragraph, f"SEQ {kind} \\* ARABIC", str(number), None)
        ooxml.add_run(paragraph, f"　{text}")

    def _picture(self, block: PictureBlock) -> None:
        """A picture, with a text for those who cannot see it."""
        paragraph = self._add("centred")
        paragraph.paragraph_format.line_spacing = 1.0
        paragraph.paragraph_format.keep_with_next = True
        scale = block.width / 25.4 * DOTS / size_of(block.svg)[0]
        png = io.BytesIO(svg_to_png(block.svg, scale=min(scale, 4.0)))
        shape = paragraph.add_run().add_picture(png, width=Mm(block.width), height=Mm(block.height))
        shape._inline.docPr.set("descr", block.caption)
        shape._inline.docPr.set("name", f"图{block.number}")
        self._caption("legend", "图", block.number, block.caption)

    def _table(self, block: TableBlock) -> None:
        """A Word table: header repeated on each page, no row broken that is not tall, its grid told for programs that lay out by it."""
        self._caption("caption", "表", block.number, block.caption)
        listed = (block.headers, *block.rows)
        table = self.doc.add_table(rows=len(listed), cols=len(block.headers))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Pt(w) for w in block.widths]
        ooxml.table_width(table, sum(block.widths))
        for place, width in enumerate(widths):
            table.columns[place].width = width
        word = self.paper.styles["cell"].word
        style = self.doc.styles[word].style_id  # asked by name for each cell it takes most of the time
        for number, (row, cells) in enumerate(zip(table.rows, listed, strict=True)):
            tall = number > 0 and is_tall(cells, block.widths, block.size)
            ooxml.row_options(row, header=number == 0, whole=not tall)
            for place, (cell, content) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width, cell.vertical_alignment = widths[place], WD_CELL_VERTICAL_ALIGNMENT.CENTER
                paragraph = cell.paragraphs[0]
                paragraph._p.style = style
                paragraph.paragraph_format.line_spacing = Pt(pitch_of(block.size))
                if number == 0 or place in block.centred:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                if number == 0:
                    ooxml.shade(cell)
                face = HEI if number == 0 else None
                ooxml.add_text(paragraph, content, block.size, bold=number == 0, face=face)
        self.doc.add_paragraph(style=self.paper.styles["plain"].word).paragraph_format.line_spacing = Pt(10)


def _page(section: Any, landscape: bool) -> None:
    wide, high = (PAGE_H, PAGE_W) if landscape else (PAGE_W, PAGE_H)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    top, left = (SIDE_TOP, SIDE_LEFT) if landscape else (TOP, LEFT)
    section.top_margin, section.left_margin = Mm(top), Mm(left)
    section.bottom_margin = Mm(SIDE_TOP if landscape else PAGE_H - TOP - TEXT_H)
    section.right_margin = Mm(SIDE_LEFT if landscape else PAGE_W - LEFT - TEXT_W)
    section.footer_distance = section.header_distance = Mm(20 if not landscape else 12)


def _define(styles: Any, look: ParagraphStyle) -> None:
    """A style of Word as the table of styles has it."""
    known = {style.name for style in styles}
    style = styles[look.word] if look.word in known else styles.add_style(look.word, WD_STYLE_TYPE.PARAGRAPH)
    if look.word != "Normal":
        style.base_style = styles["Normal"]
    ooxml.font(style, look.face, look.size, look.bold, look.color)
    ooxml.without_borders(style)
    layout = style.paragraph_format
    layout.line_spacing, layout.space_before, layout.space_after = Pt(look.pitch), Pt(look.before), Pt(look.after)
    layout.left_indent, layout.right_indent = Pt(look.left), Pt(look.right)
    layout.first_line_indent = Pt(0 if look.word == "Normal" else look.first)
    layout.keep_with_next = look.hold or None
    if look.align != LEFTWARD:
        layout.alignment = _ALIGNED[look.align]
