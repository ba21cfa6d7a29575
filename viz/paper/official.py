"""What official papers have in common: the head of the page, places to be filled in, the signature, attachments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from viz.paper.document import Paper
from viz.paper.ooxml import BLANK
from viz.paper.settings import PaperSettings
from viz.paper.styles import STYLES

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
    rows: Sequence[Sequence[object]]


@dataclass(slots=True)
class OfficialPaper:
    """A paper in the layout of GB/T 9704; what only the office knows is 待填. The title may be of two lines."""

    title: str
    day: date
    notice: str = ""
    settings: PaperSettings = field(default_factory=PaperSettings)
    pitch: float = STYLES["body"].pitch  # of lines in points; the standard lets papers be set closer to fit a page
    paper: Paper = field(init=False)
    _headings: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        standard = STYLES["body"].pitch
        styles = {
            key: replace(style, pitch=self.pitch) if style == STYLES.get(key) and style.pitch == standard else style
            for key, style in self.settings.styles.items()
        }  # what the office's own template sets stays
        self.paper = Paper(self.title.replace("\n", ""), self.day, notice=self.notice, styles=styles)

    def head(self, *, addressed: bool = True) -> None:
        """The name of the office above a red line, number, title, and whom it goes to; what goes to nobody has no number yet."""
        own = self.settings
        self.paper.line(own.unit or f"（{BLANK}：发文单位）", "office")
        self.paper.line((addressed and own.number) or f"（{BLANK}：发文字号）", "number")
        if own.headline:
            self.paper.centred(own.headline)
        self.paper.title(self.title)
        if addressed:
            self.paper.line(f"{own.to or f'（{BLANK}：主送单位）'}：", "plain")

    def chapter(self, text: str) -> None:
        """The next heading: 一、二、三……"""
        self._headings += 1
        self.paper.heading(f"{numeral(self._headings)}、{text}")

    def say(self, *texts: str) -> None:
        """Paragraphs, those without text left out."""
        for text in texts:
            if text:
                self.paper.say(text)

    def attachments_named(self, attachments: Sequence[Attachment]) -> None:
        """附件：1. …… under the body."""
        for number, one in enumerate(attachments, 1):
            self.paper.line(f"{'附件：' if number == 1 else '　　　'}{number}. {one.title}", "attached")

    def signature(self) -> None:
        """Who signs, and when."""
        self.paper.line(self.settings.signing or f"（{BLANK}：发文单位）", "signed")
        self.paper.line(self.settings.day(self.day.isoformat()) or f"（{BLANK}：成文日期）", "signed")

    def note(self, text: str) -> None:
        """A remark in small type."""
        self.paper.line(text, "note")

    def attach(self, attachments: Iterable[Attachment]) -> None:
        """The attachments, on pages that lie on their side, each table on its own page."""
        for number, one in enumerate(attachments, 1):
            if number == 1:
                self.paper.turn(landscape=True)
            self.paper.heading(f"附件{number}", new_page=number > 1)
            self.paper.table(one.title, one.headers, one.rows)
