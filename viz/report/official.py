"""What official papers have in common: the head of the page, places to be filled in, the signature, attachments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from viz.report import ooxml
from viz.report.docx import TITLE, Paper
from viz.report.ooxml import BLANK

RED = "#c00000"  # of the line under the name of an office
UNITS = "一二三四五六七八九"


def numeral(number: int) -> str:
    """A number of a heading, up to 99.

    >>> numeral(3), numeral(10), numeral(12), numeral(20), numeral(47)
    ('三', '十', '十二', '二十', '四十七')
    """
    tens, units = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{UNITS[tens - 1]}十") + (UNITS[units - 1] if units else "")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A table that stands behind the signature."""

    title: str
    headers: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[object]]


@dataclass(slots=True)
class OfficialPaper:
    """A paper in the layout of GB/T 9704; what only the office knows is 待填. The title may be of two lines."""

    title: str
    day: date
    notice: str = ""
    paper: Paper = field(init=False)
    _headings: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.paper = Paper(self.title.replace("\n", ""), self.day)
        self.paper.header(self.notice)
        style = self.paper.doc.styles["Title"]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(14)

    def head(self, *, addressed: bool = True) -> None:
        """The name of the office above a red line, number, title, and whom it goes to."""
        office = self.paper.doc.add_paragraph()
        office.alignment = WD_ALIGN_PARAGRAPH.CENTER
        office.paragraph_format.line_spacing = Pt(40)
        ooxml.add_text(office, f"（{BLANK}：发文单位）", 22, face=TITLE)
        number = self.paper.doc.add_paragraph()
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        ooxml.add_text(number, f"（{BLANK}：发文字号）", 16)
        ooxml.rule_below(number, RED)
        self.paper.title(self.title)
        if addressed:
            ooxml.add_text(self.paper.doc.add_paragraph(), f"（{BLANK}：主送单位）：", None)

    def chapter(self, text: str) -> None:
        """The next heading: 一、二、三……"""
        self._headings += 1
        self.paper.heading(f"{numeral(self._headings)}、{text}")

    def say(self, *texts: str) -> None:
        """Paragraphs, those without text left out."""
        for text in texts:
            if text:
                self.paper.say(text)

    def hold_last(self) -> None:
        """The last paragraph stays with what follows: no signature stands alone on a page."""
        self.paper.doc.paragraphs[-1].paragraph_format.keep_with_next = True

    def attachments_named(self, attachments: Sequence[Attachment]) -> None:
        """附件：1. …… under the body."""
        for number, one in enumerate(attachments, 1):
            paragraph = self.paper.doc.add_paragraph()
            lead = "附件：" if number == 1 else "　　　"
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Pt(96), Pt(-64)
            paragraph.paragraph_format.keep_with_next = True
            ooxml.add_text(paragraph, f"{lead}{number}. {one.title}", None)

    def signature(self) -> None:
        """Who signs, and when."""
        for text, indent in ((f"（{BLANK}：发文单位）", 64), (f"（{BLANK}：成文日期）", 64)):
            paragraph = self.paper.doc.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(indent)
            paragraph.paragraph_format.keep_with_next = True
            ooxml.add_text(paragraph, text, None)

    def note(self, text: str) -> None:
        """A remark in small type."""
        paragraph = self.paper.doc.add_paragraph()
        paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.space_before = Pt(16), Pt(8)
        ooxml.add_text(paragraph, text, 10.5)

    def attach(self, attachments: Iterable[Attachment]) -> None:
        """The attachments, on pages that lie on their side, each table on its own page."""
        for number, one in enumerate(attachments, 1):
            if number == 1:
                self.paper.turn(landscape=True)
            self.paper.heading(f"附件{number}", new_page=number > 1)
            self.paper.table(one.title, one.headers, one.rows, one.widths)
