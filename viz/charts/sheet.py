"""A sheet of paper with a drawing: title, date, legend and sources; its unit is the point, so that sizes are those on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viz.drawing.svg import tag, text
from viz.fonts import FAMILY, fit, text_width, wrap
from viz.theme import INK, LINE, MUTED, STATUS_STYLES, WHITE, LightStyle, Look
from viz.wording import day_text

LEAST = 8.0  # points: type that is smaller cannot be read on paper
TITLE, SMALL = 16.0, 9.0
MARGIN, HEAD, FOOT, LEGEND_ROW = 28.0, 62.0, 70.0, 14.0
IN_FONT = {"✕": "×"}  # signs that the vendored font lacks
SHEETS_NAMED = 4  # sheets of the ledger named in a footer


@dataclass(frozen=True, slots=True)
class PaperSize:
    """A size of paper lying on its side, in points."""

    width: float
    height: float

    @property
    def room(self) -> tuple[float, float]:
        """Width and height that a drawing has between head and foot."""
        return self.width - 2 * MARGIN, self.height - HEAD - FOOT


A4, A3 = PaperSize(841.89, 595.28), PaperSize(1190.55, 841.89)


@dataclass(frozen=True, slots=True)
class ChartSheet:
    """One finished sheet."""

    title: str
    svg: str
    size: PaperSize


@dataclass(frozen=True, slots=True)
class LegendSign:
    """An entry of the legend."""

    caption: str
    look: Look
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ChartSubject:
    """What the sheets of one drawing are of."""

    title: str
    as_of: str
    notice: str
    sources: Sequence[Mapping[str, Any]]
    note: str = ""
    legend: tuple[LegendSign, ...] = ()


def sheets(subject: ChartSubject, size: PaperSize, drawn: Sequence[Iterable[str]]) -> list[ChartSheet]:
    """The sheets of a drawing, numbered where there are several."""
    finished = []
    for number, parts in enumerate(drawn, 1):
        title = subject.title + (f"（{number}/{len(drawn)}）" if len(drawn) > 1 else "")
        finished.append(ChartSheet(title, _framed(subject, title, size, parts), size))
    return finished


def _framed(subject: ChartSubject, title: str, size: PaperSize, parts: Iterable[str]) -> str:
    return tag(
        "svg",
        [
            tag("title", text(title)),
            hatch(),
            tag("rect", x=0, y=0, width=size.width, height=size.height, fill=WHITE),
            words(MARGIN, 30, title, TITLE, INK, weight="bold"),
            words(
                MARGIN,
                47,
                "　".join(p for p in (f"数据截至{day_text(subject.as_of)}", subject.notice) if p),
                SMALL,
                MUTED,
            ),
            *parts,
            *_foot(subject, size),
        ],
        xmlns="http://www.w3.org/2000/svg",
        width=size.width,
        height=size.height,
        viewBox=f"0 0 {size.width:g} {size.height:g}",
        font_family=f"{FAMILY}, Microsoft YaHei, Noto Sans CJK SC, sans-serif",
    )


def hatch() -> str:
    """The pattern of what is only a lower bound or waits for a check."""
    stripe = tag("path", d="M0 6L6 0", stroke="#000000", stroke_opacity="0.16", stroke_width=1.2)
    return tag("defs", tag("pattern", stripe, id="thin", width=6, height=6, patternUnits="userSpaceOnUse"))


def words(
    x: float, y: float, content: object, size: float, color: str, *, anchor: str = "start", weight: str | None = None
) -> str:
    """A line of text."""
    return tag("text", text(content), x=x, y=y, font_size=size, fill=color, text_anchor=anchor, font_weight=weight)


def _foot(subject: ChartSubject, size: PaperSize) -> Iterator[str]:
    top = size.height - FOOT + 8
    yield tag("line", x1=MARGIN, y1=top - 4, x2=size.width - MARGIN, y2=top - 4, stroke=LINE)
    x, y = MARGIN, top + 10
    for sign in subject.legend:
        width = 16 + text_width(f"{sign.icon} {sign.caption}", SMALL) + 14
        if x + width > size.width - MARGIN:
            x, y = MARGIN, y + LEGEND_ROW
        yield tag("rect", x=x, y=y - 8, width=12, height=9, rx=2, fill=sign.look.fill, stroke=sign.look.edge)
        yield words(x + 16, y, f"{sign.icon} {sign.caption}".strip(), SMALL, sign.look.color)
        x += width
    y += LEGEND_ROW if subject.legend else 0
    line_text = "　".join(p for p in (source_text(subject.sources), subject.note) if p)
    for line in wrap(line_text, SMALL, size.width - 2 * MARGIN, lines=2):
        yield words(MARGIN, y, line, SMALL, MUTED)
        y += LEGEND_ROW - 1


def source_text(sources: Iterable[Mapping[str, Any]]) -> str:
    """Which rows of the ledger a drawing was made from, in a sentence.

    >>> source_text([{"file": "a.xlsx", "sheet": "企业", "row": n, "as_of": "2025-06-30"} for n in (2, 3)])
    '数据来源：台账“企业”2行，数据日期至2025年6月30日。'
    """
    rows = {(s["file"], s["sheet"], s["row"]): s for s in sources}
    if not rows:
        return "数据来源：暂无数据，列入待补清单。"
    counted = Counter(s["sheet"] for s in rows.values()).most_common()
    named = "、".join(f"“{sheet}”{count}行" for sheet, count in counted[:SHEETS_NAMED])
    rest = f"等{len(rows)}行" if len(counted) > SHEETS_NAMED else ""
    days = [str(s["as_of"]) for s in rows.values() if s["as_of"]]
    return f"数据来源：台账{named}{rest}{f'，数据日期至{day_text(max(days))}' if days else ''}。"


def status_signs(statuses: Iterable[str]) -> tuple[LegendSign, ...]:
    """The legend of some statuses, in their order."""
    there = set(statuses)
    return tuple(LegendSign(s.caption, s, s.icon) for code, s in STATUS_STYLES.items() if code in there)


def sign_of(light: LightStyle) -> str:
    """The sign of a light, as the vendored font has it."""
    return IN_FONT.get(light.sign, light.sign)


def shortened(names: Sequence[str], size: float, width: float, unit: str = "家") -> str:
    """Names in a line as wide as there is room for, the rest counted.

    >>> shortened(["示例一", "示例二", "示例三"], 10, 100), shortened(["示例一"], 10, 110)
    ('示例一、示例二等3家', '示例一')
    """
    if not names or text_width("、".join(names), size) <= width:
        return "、".join(names)
    for shown in range(len(names) - 1, 0, -1):
        line = f"{'、'.join(names[:shown])}等{len(names)}{unit}"
        if text_width(line, size) <= width:
            return line
    return fit(names[0], size, width)
