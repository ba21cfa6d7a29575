"""A firm's annual reports as a chart: for each amount a bar per year; a year that says nothing has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.answers.documents.workbench.profile import FirmYearDocument
from viz.drawing.svg import tag, text
from viz.theme import BRAND, FONT_STACK, INK, LINE, MUTED, PICKED
from viz.wording import value_text

AMOUNTS = ("产值(万元)", "营业收入(万元)", "利润(万元)", "研发费用(万元)")
SHOWN = 8  # years: the last ones
WIDE, TALL, HEAD, UNDER, GAP, THICK = 300.0, 170.0, 42.0, 24.0, 24.0, 30.0


def firm_years(years: Sequence[FirmYearDocument]) -> str:
    """The chart as SVG for a page; empty where no report states an amount."""
    shown = years[-SHOWN:]
    amounts = {c: [_amount(y, c) for y in shown] for c in AMOUNTS}
    panels = [(c, values) for c, values in amounts.items() if any(v is not None for v in values)]
    if not panels:
        return ""
    width = len(panels) * (WIDE + GAP) - GAP
    names = "、".join(c.removesuffix("(万元)") for c, _ in panels)
    drawn = [
        tag("title", text(f"各年{names}")),
        *(p for n, (c, v) in enumerate(panels) for p in _panel(c, v, shown, n * (WIDE + GAP))),
    ]
    return tag(
        "svg",
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {TALL:g}",
        width=width,
        height=TALL,
        role="img",
        font_family=FONT_STACK,
        font_size=12,
    )


def _amount(year: FirmYearDocument, caption: str) -> float | None:
    value = year["values"].get(caption)
    return float(value) if isinstance(value, int | float) else None


def _panel(
    caption: str, values: Sequence[float | None], years: Sequence[FirmYearDocument], left: float
) -> Iterator[str]:
    known = [v for v in values if v is not None]
    high, low = max(0.0, *known), min(0.0, *known)
    span = (high - low) or 1.0
    room = TALL - HEAD - UNDER - (14 if low < 0 else 0)
    zero = HEAD + room * high / span
    yield tag("text", text(caption), x=left, y=14, fill=INK, font_weight="bold")
    yield tag("line", x1=left, x2=left + WIDE, y1=zero, y2=zero, stroke=LINE)
    step = WIDE / len(values)
    for number, value in enumerate(values):
        middle = left + step * (number + 0.5)
        yield tag("text", text(years[number]["year"]), x=middle, y=TALL - 6, fill=MUTED, text_anchor="middle")
        if value is None:
            yield tag("text", "—", x=middle, y=zero - 4, fill=MUTED, text_anchor="middle")
            continue
        tall = room * abs(value) / span
        top, color = (zero - tall, BRAND) if value >= 0 else (zero, PICKED)
        wide = min(THICK, step * 0.6)
        yield tag("rect", x=middle - wide / 2, y=top, width=wide, height=max(tall, 1.0), fill=color)
        words = text(value_text(value, "万元").replace("万元", ""))
        y = top - 4 if value >= 0 else top + tall + 12
        yield tag("text", words, x=middle, y=y, fill=INK, text_anchor="middle", font_size=11)
