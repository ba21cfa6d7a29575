"""按年趋势: output, research and firms by year, as far as annual reports tell; how many tell stands under each bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.answers.documents.atlas import TrendDocument
from graph.model import ChainView
from viz.charts.chain_tree import subject_of
from viz.charts.sheet import A4, HEAD, MARGIN, ChartSheet, LegendSign, sheets, words
from viz.drawing.svg import tag
from viz.theme import BRAND, BRAND_DARK, BRAND_SOFT, INK, LINE, MUTED, Look
from viz.wording import value_text

GAP, AXIS, TOP, UNDER, WIDEST = 34.0, 30.0, 44.0, 44.0, 34.0
BAR = Look(BRAND_DARK, BRAND, BRAND)
SCALE = Look(BRAND_DARK, BRAND_SOFT, BRAND)
NONE = "暂无企业年报，列入待补清单"


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the charts beside each other: a bar for each year and, inside it, a part of it."""

    caption: str
    years: tuple[str, ...]
    bars: tuple[float | None, ...]
    parts: tuple[float | None, ...]
    under: tuple[str, ...]
    captions: tuple[str, ...]


def trend_chart(view: ChainView, trend: TrendDocument) -> list[ChartSheet]:
    """The trend on one sheet of A4."""
    panels = _panels(trend)
    parts = list(_drawn(panels)) if panels else [words(A4.width / 2, A4.height / 2, NONE, 14, MUTED, anchor="middle")]
    legend = (LegendSign("合计、填报企业", BAR), LegendSign("其中规上企业", SCALE)) if panels else ()
    subject = subject_of(view, "按年趋势图", trend["sources"], note=coverage_text(trend), legend=legend)
    return sheets(subject, A4, [parts])


def coverage_text(trend: TrendDocument) -> str:
    """Of how many firms the years tell, and how the last one grew.

    >>> year = {"year": 2024, "firms": 2, "scale": 1, "scale_blank": 0, "output": 9.0, "output_of": 2, "research": None, "research_of": 0}
    >>> coverage_text({"years": [year], "local": 5, "growth": None, "growth_of": None, "sources": []})
    '2024年有2家企业填报年报，链上登记本地企业5家；各年填报企业不尽相同，合计为下限，不宜直接相比。'
    """
    if not trend["years"]:
        return ""
    last = trend["years"][-1]
    local = f"，链上登记本地企业{trend['local']}家" if trend["local"] else ""
    text = f"{last['year']}年有{last['firms']}家企业填报年报{local}；各年填报企业不尽相同，合计为下限，不宜直接相比。"
    if trend["growth"] is not None and trend["growth_of"]:
        before = trend["years"][-2]["year"]
        text += (
            f"{before}年和{last['year']}年都填产值的{trend['growth_of'][0]}家企业，产值年均增长{trend['growth']:.1f}%。"
        )
    return text


def _panels(trend: TrendDocument) -> list[Panel]:
    years = trend["years"]
    if not years:
        return []
    names = tuple(f"{y['year']}年" for y in years)
    firms = Panel(
        "填报企业和规上企业（家）",
        names,
        tuple(float(y["firms"]) for y in years),
        tuple(float(y["scale"]) for y in years),
        tuple(f"规上不详{y['scale_blank']}家" if y["scale_blank"] else "" for y in years),
        tuple(f"{y['firms']}" for y in years),
    )
    output = _money("产值", names, [(y["output"], y["output_of"]) for y in years])
    research = _money("研发费用", names, [(y["research"], y["research_of"]) for y in years])
    return [output, research, firms]


def _money(caption: str, names: tuple[str, ...], sums: Sequence[tuple[float | None, int]]) -> Panel:
    bars = tuple(value for value, _ in sums)
    captions = tuple("—" if value is None else value_text(value, "万元") for value in bars)
    under = tuple(f"{n}家合计" if n else "暂无数据" for _, n in sums)
    return Panel(caption, names, bars, (None,) * len(bars), under, captions)


def _drawn(panels: Sequence[Panel]) -> Iterator[str]:
    width = (A4.room[0] - GAP * (len(panels) - 1)) / len(panels)
    for number, panel in enumerate(panels):
        yield from _panel(panel, MARGIN + number * (width + GAP), width)


def _panel(panel: Panel, left: float, width: float) -> Iterator[str]:
    top, bottom = HEAD + TOP, HEAD + A4.room[1] - UNDER
    most = max((b for b in panel.bars if b is not None), default=0) or 1.0
    yield words(left, HEAD + 16, panel.caption, 11, INK, weight="bold")
    yield tag("line", x1=left, y1=bottom, x2=left + width, y2=bottom, stroke=LINE)
    step = width / len(panel.years)
    thick = min(WIDEST, step * 0.6)
    small = 9.0 if step >= 44 else 8.0
    for number, year in enumerate(panel.years):
        middle = left + step * (number + 0.5)
        bar, part = panel.bars[number], panel.parts[number]
        yield words(middle, bottom + 14, year, small, INK, anchor="middle")
        yield words(middle, bottom + 27, panel.under[number], small, MUTED, anchor="middle")
        if bar is None:
            yield words(middle, bottom - 6, "—", 10, MUTED, anchor="middle")
            continue
        tall = (bottom - top) * bar / most
        x = middle - thick / 2
        yield tag("rect", x=x, y=bottom - tall, width=thick, height=tall, fill=BAR.fill)
        yield words(middle, bottom - tall - 5, panel.captions[number], 10, INK, anchor="middle", weight="bold")
        if part is not None and part > 0:
            inner = (bottom - top) * part / most
            yield tag("rect", x=x, y=bottom - inner, width=thick, height=inner, fill=SCALE.fill, stroke=SCALE.edge)
            yield words(middle, bottom - inner / 2 + 4, f"{part:.0f}", 10, SCALE.color, anchor="middle")
