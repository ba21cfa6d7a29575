"""Paper: a Word document in the look of GB/T 9704 with real styles, captions, tables and contents."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt, RGBColor

from graph.files import reason_of
from viz.drawing.svg import clean_xml
from viz.errors import NotWritable
from viz.report import ooxml
from viz.theme import WARN_INK

# GB/T 9704-2012: A4, top 37 mm, left 28 mm, text 156 x 225 mm; body 16 pt, title 22 pt.
PAGE_W, PAGE_H, TOP, LEFT, TEXT_W, TEXT_H = 210, 297, 37, 28, 156, 225
BODY, BOLD_FACE, TITLE, KAI = "仿宋_GB2312", "黑体", "方正小标宋简体", "楷体_GB2312"


class Paper:
    """A document under construction; `save` writes the same bytes for the same content."""

    def __init__(self, title: str, day: date, *, landscape: bool = False) -> None:
        self.doc = Document()
        self._captions = {"图": 0, "表": 0}
        self._headings: list[tuple[int, str, str]] = []
        self._contents: Any = None
        self._text_width = TEXT_W
        properties = self.doc.core_properties
        properties.title, properties.author, properties.comments = clean_xml(title), "链谱", ""
        properties.created = properties.modified = datetime(day.year, day.month, day.day)
        properties.last_modified_by, properties.revision = "链谱", 1
        self._page(self.doc.sections[0], landscape)
        self._styles()

    # -- page and styles --------------------------------------------------------------------------

    def _page(self, section: Any, landscape: bool = False) -> None:
        wide, high = (PAGE_H, PAGE_W) if landscape else (PAGE_W, PAGE_H)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(wide), Mm(high)
        if landscape:
            section.top_margin = section.bottom_margin = Mm(26)
            section.left_margin = section.right_margin = Mm(25)
        else:
            section.top_margin, section.bottom_margin = Mm(TOP), Mm(PAGE_H - TOP - TEXT_H)
            section.left_margin, section.right_margin = Mm(LEFT), Mm(PAGE_W - LEFT - TEXT_W)
        self._text_width = PAGE_H - 50 if landscape else TEXT_W
        section.footer_distance = Mm(20)

    def _styles(self) -> None:
        styles = self.doc.styles
        ooxml.font(styles["Normal"], BODY, 16)
        styles["Normal"].paragraph_format.line_spacing = Pt(28)
        styles["Normal"].paragraph_format.space_after = Pt(0)
        ooxml.font(styles["Title"], TITLE, 22)
        ooxml.plain_title(styles["Title"])
        for level, face in ((1, BOLD_FACE), (2, KAI)):
            style = styles[f"Heading {level}"]
            ooxml.font(style, face, 16)
            style.font.bold = level == 2
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
            style.paragraph_format.keep_with_next = True
        ooxml.font(styles["Caption"], BOLD_FACE, 12)
        styles["Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        styles["Caption"].paragraph_format.keep_with_next = True
        for level in (1, 2):
            toc = styles.add_style(f"toc {level}", 1)
            toc.base_style = styles["Normal"]
            ooxml.font(toc, BODY, 14)
            toc.paragraph_format.left_indent = Pt(14 * (level - 1))
            toc.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_W), alignment=2, leader=1)

    def header(self, text: str) -> None:
        """A line at the head of every page, and page numbers at the foot."""
        section = self.doc.sections[0]
        if text:
            paragraph = section.header.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            ooxml.add_run(paragraph, text, 10.5, color=RGBColor.from_string(WARN_INK[1:].upper()))
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        ooxml.add_run(foot, "— ", 14)
        ooxml.field(foot, "PAGE", "1", 14)
        ooxml.add_run(foot, " —", 14)

    # -- content ----------------------------------------------------------------------------------

    def title(self, text: str) -> None:
        """The title of the document."""
        self.doc.add_paragraph(clean_xml(text), style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER

    def centred(self, text: str, size: float = 16) -> None:
        """A centred line."""
        paragraph = self.doc.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        ooxml.add_text(paragraph, text, size)

    def contents(self) -> None:
        """A place for the table of contents; filled in by `save`, when all headings are known."""
        self.centred("目　录", 18)
        self._contents = self.doc.add_paragraph()

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading with a bookmark that the contents refer to."""
        paragraph = self.doc.add_heading(clean_xml(text), level)
        paragraph.paragraph_format.page_break_before = new_page or None
        name = f"_Toc{len(self._headings) + 1:06d}"
        ooxml.bookmark(paragraph, name, len(self._headings) + 1)
        self._headings.append((level, clean_xml(text), name))

    def say(self, text: str, *, bold: bool = False) -> None:
        """A paragraph of body text, its first line indented by two characters."""
        paragraph = self.doc.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        ooxml.add_text(paragraph, text, None, bold=bold)

    def caption(self, kind: str, text: str) -> None:
        """图 n or 表 n with a real sequence field."""
        self._captions[kind] += 1
        paragraph = self.doc.add_paragraph(style="Caption")
        ooxml.add_run(paragraph, kind, None)
        ooxml.field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._captions[kind]), None)
        ooxml.add_run(paragraph, f"　{text}", None)

    def picture(self, png: bytes, caption: str, *, width: float = TEXT_W, height: float = 195) -> None:
        """A picture fitted to the page, with its caption beneath and a text for those who cannot see it."""
        pixel_w, pixel_h = ooxml.png_size(png)
        scale = min(width / pixel_w, height / pixel_h)
        paragraph = self.doc.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = 1.0
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(pixel_w * scale), height=Mm(pixel_h * scale))
        shape._inline.docPr.set("descr", clean_xml(caption))
        shape._inline.docPr.set("name", f"图{self._captions['图'] + 1}")
        self.caption("图", caption)

    def table(
        self,
        caption: str,
        headers: Sequence[str],
        rows: Iterable[Sequence[object]],
        widths: Sequence[float],
        size: float = 10.5,
    ) -> None:
        """A Word table: caption above, header repeated on each page, no row broken across pages.

        `widths` are shares of the text width.
        """
        self.caption("表", caption)
        listed: list[list[object]] = [list(headers), *(list(row) for row in rows)]
        total = Mm(self._text_width)
        table = self.doc.add_table(rows=len(listed), cols=len(headers))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        columns = [int(total * w / sum(widths)) for w in widths]
        for place, width in enumerate(columns):
            table.columns[place].width = width
        for number, (row, cells) in enumerate(zip(table.rows, listed, strict=True)):
            ooxml.row_options(row, header=number == 0)
            for cell, content, width in zip(row.cells, cells, columns, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.line_spacing = Pt(size * 1.35)
                if number == 0 or isinstance(content, int):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                if number == 0:
                    ooxml.shade(cell)
                ooxml.add_text(
                    paragraph,
                    "" if content is None else str(content),
                    size,
                    bold=number == 0,
                    face=BOLD_FACE if number == 0 else None,
                )
        self.doc.add_paragraph().paragraph_format.line_spacing = Pt(10)

    def new_page(self) -> None:
        """The next thing begins a page."""
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def turn(self, landscape: bool) -> None:
        """From here on the pages lie on their side, or stand again."""
        self._page(self.doc.add_section(), landscape)

    # -- saving -----------------------------------------------------------------------------------

    def save(self, path: Path) -> int:
        """Write the document; the number of bytes. Raises NotWritable."""
        if self._contents is not None:
            ooxml.fill_contents(self._contents, self._headings)
        raw = io.BytesIO()
        self.doc.save(raw)
        try:
            return path.write_bytes(ooxml.without_times(raw.getvalue()))
        except OSError as error:
            raise NotWritable(path, reason_of(error)) from error
