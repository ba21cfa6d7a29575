"""How each kind of paragraph looks: one table, from which Word styles, PDF and HTML are made.

Source of the measures: GB/T 9704-2012 (A4, top 37 mm, left 28 mm, text 156 x 225 mm; body 16 pt in lines of 28 pt, title 22 pt).
"""

from __future__ import annotations

from dataclasses import dataclass

from viz.theme import WARN_INK

PAGE_W, PAGE_H, TOP, LEFT, TEXT_W, TEXT_H = 210, 297, 37, 28, 156, 225  # mm
SIDE_TOP, SIDE_LEFT = 26, 25  # margins of a page that lies on its side, mm
SIDE_W, SIDE_H = PAGE_H - 2 * SIDE_LEFT, PAGE_W - 2 * SIDE_TOP
FANG, HEI, SONG, KAI = "仿宋_GB2312", "黑体", "方正小标宋简体", "楷体_GB2312"
FREE = {
    FANG: "仿宋",
    SONG: "宋体",
    KAI: "楷体",
    HEI: "Noto Sans CJK SC",
}  # named second, where a machine lacks the first
RED = "#c00000"  # of the line under the name of an office
LEFTWARD, CENTRED, RIGHTWARD = "left", "center", "right"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One kind of paragraph; lengths in points. `hold` keeps it on the page of what follows, `rule` draws a line below."""

    word: str  # the name of the style in Word
    face: str = FANG
    size: float = 16
    pitch: float = 28
    align: str = LEFTWARD
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    bold: bool = False
    hold: bool = False
    rule: str = ""
    color: str = ""


STYLES: dict[str, ParagraphStyle] = {
    "body": ParagraphStyle("Normal", first=32),
    "plain": ParagraphStyle("链谱顶格"),
    "cover": ParagraphStyle("链谱封面题目", SONG, 22, 34, CENTRED, before=120, after=24),
    "title": ParagraphStyle("Title", SONG, 22, 34, CENTRED, before=14, after=14),
    "centred": ParagraphStyle("链谱居中", align=CENTRED),
    "dated": ParagraphStyle("链谱单位日期", size=12, pitch=20, align=CENTRED),
    "contents": ParagraphStyle("链谱目录题", HEI, 18, 34, CENTRED, after=8, hold=True),
    "toc1": ParagraphStyle("toc 1", size=14, pitch=24),
    "toc2": ParagraphStyle("toc 2", size=14, pitch=24, left=14),
    "h1": ParagraphStyle("Heading 1", HEI, before=10, after=4, hold=True),
    "h2": ParagraphStyle("Heading 2", KAI, before=6, after=2, bold=True, hold=True),
    "h3": ParagraphStyle("Heading 3", FANG, before=4, bold=True, hold=True),
    "caption": ParagraphStyle("Caption", HEI, 12, 20, CENTRED, before=6, after=2, hold=True),
    "legend": ParagraphStyle("链谱图题", HEI, 12, 20, CENTRED, after=6),
    "cell": ParagraphStyle("链谱表格", size=10.5, pitch=14.2),
    "office": ParagraphStyle("链谱发文机关", SONG, 22, 40, CENTRED),
    "number": ParagraphStyle("链谱发文字号", align=CENTRED, rule=RED, after=6),
    "signed": ParagraphStyle("链谱落款", align=RIGHTWARD, right=64, hold=True),
    "attached": ParagraphStyle("链谱附件名", left=96, first=-64, hold=True),
    "note": ParagraphStyle("链谱附注", size=10.5, pitch=16, before=8),
    "running": ParagraphStyle("Header", size=10.5, pitch=14, align=CENTRED, color=WARN_INK),
}
HEADINGS = {1: "h1", 2: "h2", 3: "h3"}
CONTENTS_LEVELS = 2
PADDING = 5.4  # of a cell, left and right, points


def pitch_of(size: float) -> float:
    """The distance of lines within a table, in points."""
    return round(size * 1.35, 2)
