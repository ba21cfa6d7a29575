"""Paper: a Word document in the look of GB/T 9704 with real styles, captions, tables and contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from viz.drawing.svg import clean_xml
from viz.errors import NotWritable
from viz.theme import HEAD, WARN_INK

# GB/T 9704-2012: A4, top 37 mm, left 28 mm, text 156 x 225 mm; body 16 pt, title 22 pt.
PAGE_W, PAGE_H, TOP, LEFT, TEXT_W, TEXT_H = 210, 297, 37, 28, 156, 225
BODY, BOLD_FACE, TITLE, KAI = "仿宋_GB2312", "黑体", "方正小标宋简体", "楷体_GB2312"
EPOCH = (1980, 1, 1, 0, 0, 0)


class Paper:
    """A document under construction; `save` writes the same bytes for the same content."""

    def __init__(self, title: str, made: date) -> None:
        self.doc = Document()
        self._captions = {"图": 0, "表": 0}
        self._headings: list[tuple[int, str, str]] = []
        self._contents: Any = None
        self._text_width = TEXT_W
        properties = self.doc.core_properties
        properties.title, properties.author, properties.comments = clean_xml(title), "链谱", ""
        properties.created = properties.modified = datetime(made.year, made.month, made.day)
        properties.last_modified_by, properties.revision = "链谱", 1
        self._page(self.doc.sections[0])
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
        _font(styles["Normal"], BODY, 16)
        styles["Normal"].paragraph_format.line_spacing = Pt(28)
        styles["Normal"].paragraph_format.space_after = Pt(0)
        _font(styles["Title"], TITLE, 22)
        _plain_title(styles["Title"])
        for level, face in ((1, BOLD_FACE), (2, KAI)):
            style = styles[f"Heading {level}"]
            _font(style, face, 16)
            style.font.bold = level == 2
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
            style.paragraph_format.keep_with_next = True
        _font(styles["Caption"], BOLD_FACE, 12)
        styles["Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        styles["Caption"].paragraph_format.keep_with_next = True
        for level in (1, 2):
            toc = styles.add_style(f"toc {level}", 1)
            toc.base_style = styles["Normal"]
            _font(toc, BODY, 14)
            toc.paragraph_format.left_indent = Pt(14 * (level - 1))
            toc.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_W), alignment=2, leader=1)

    def header(self, text: str) -> None:
        """A line at the head of every page, and page numbers at the foot."""
        section = self.doc.sections[0]
        if text:
            paragraph = section.header.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, text, 10.5, color=RGBColor.from_string(WARN_INK[1:].upper()))
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(foot, "— ", 14)
        _field(foot, "PAGE", "1", 14)
        _run(foot, " —", 14)

    # -- content ----------------------------------------------------------------------------------

    def title(self, text: str) -> None:
        """The title of the document."""
        self.doc.add_paragraph(clean_xml(text), style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER

    def centred(self, text: str, size: float = 16) -> None:
        """A centred line."""
        paragraph = self.doc.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, text, size)

    def contents(self) -> None:
        """A place for the table of contents; filled in by `save`, when all headings are known."""
        self.centred("目　录", 18)
        self._contents = self.doc.add_paragraph()

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading with a bookmark that the contents refer to."""
        paragraph = self.doc.add_heading(clean_xml(text), level)
        paragraph.paragraph_format.page_break_before = new_page or None
        name = f"_Toc{len(self._headings) + 1:06d}"
        _bookmark(paragraph, name, len(self._headings) + 1)
        self._headings.append((level, clean_xml(text), name))

    def say(self, text: str, *, bold: bool = False) -> None:
        """A paragraph of body text, its first line indented by two characters."""
        paragraph = self.doc.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        _run(paragraph, text, None, bold=bold)

    def caption(self, kind: str, text: str) -> None:
        """图 n or 表 n with a real sequence field."""
        self._captions[kind] += 1
        paragraph = self.doc.add_paragraph(style="Caption")
        _run(paragraph, kind, None)
        _field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._captions[kind]), None)
        _run(paragraph, f"　{text}", None)

    def picture(self, png: bytes, caption: str, *, width: float = TEXT_W, height: float = 195) -> None:
        """A picture fitted to the page, with its caption beneath and a text for those who cannot see it."""
        pixel_w, pixel_h = _png_size(png)
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
        self, caption: str, headers: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[float],
        size: float = 10.5,
    ) -> None:  # fmt: skip
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
            _row_options(row, header=number == 0)
            for cell, content, width in zip(row.cells, cells, columns, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.line_spacing = Pt(size * 1.35)
                if number == 0:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                    _shade(cell)
                _run(
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
            _fill_contents(self._contents, self._headings)
        raw = io.BytesIO()
        self.doc.save(raw)
        try:
            return path.write_bytes(_without_times(raw.getvalue()))
        except OSError as error:
            raise NotWritable(path, error.strerror) from error


def _font(style: Any, face: str, size: float) -> None:
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.font.color.rgb, style.font.bold, style.font.italic = RGBColor(0, 0, 0), False, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")
    fonts.set(qn("w:eastAsia"), face)


def _plain_title(style: Any) -> None:
    for border in style.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(120), Pt(24)
    style.paragraph_format.line_spacing = Pt(34)


def _run(
    paragraph: Any, text: str, size: float | None, *, bold: bool = False, face: str | None = None, color: Any = None
) -> Any:  # fmt: skip
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


def _mark(run: Any, kind: str, *, dirty: bool = False) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    if dirty:  # Word fills it in when it opens the file, without asking
        element.set(qn("w:dirty"), "true")
    run._element.append(element)


def _field(paragraph: Any, code: str, result: str, size: float | None) -> None:
    """A field with its result, so that it shows before any update."""
    _mark(_run(paragraph, "", size), "begin")
    run = _run(paragraph, "", size)
    said = OxmlElement("w:instrText")
    said.set(qn("xml:space"), "preserve")
    said.text = f" {code} "
    run._element.append(said)
    _mark(_run(paragraph, "", size), "separate")
    _run(paragraph, result, size)
    _mark(_run(paragraph, "", size), "end")


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._element.insert(1 if paragraph._element.pPr is not None else 0, start)
    paragraph._element.append(end)


def _fill_contents(place: Any, headings: Sequence[tuple[int, str, str]]) -> None:
    """A real contents field whose entries stand already, each a link with its page reference."""
    opening = place
    _mark(opening.add_run(), "begin", dirty=True)
    run = opening.add_run()
    said = OxmlElement("w:instrText")
    said.set(qn("xml:space"), "preserve")
    said.text = ' TOC \\o "1-2" \\h \\z \\u '
    run._element.append(said)
    _mark(opening.add_run(), "separate")
    opening.style = "toc 1"
    last = opening
    for level, text, name in headings:
        paragraph = last._parent.add_paragraph(style=f"toc {level}")
        last._element.addnext(paragraph._element)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        paragraph._element.append(link)
        before = len(paragraph._element)
        _run(paragraph, f"{text}\t", None)
        _field(paragraph, f"PAGEREF {name} \\h", "", None)
        for element in list(paragraph._element)[before:]:
            link.append(element)
        last = paragraph
    _mark(last.add_run(), "end")


def _row_options(row: Any, *, header: bool) -> None:
    options = row._tr.get_or_add_trPr()
    whole = OxmlElement("w:cantSplit")
    options.append(whole)
    if header:
        options.append(OxmlElement("w:tblHeader"))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD[1:].upper())):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _png_size(png: bytes) -> tuple[int, int]:
    """Width and height from the header chunk (PNG, 11.2.2)."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def _without_times(content: bytes) -> bytes:
    """The same package with every time stamp the same."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(info))
    return made.getvalue()
