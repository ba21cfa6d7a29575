"""The two-axis chart of a chain's segments: which gaps weigh most. The table beside it has the same content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viz.drawing.svg import tag, text
from viz.theme import CORNER, FRAME, MUTED, SOFT, STATUS_STYLES

WIDTH, HEIGHT = 640, 430
LEFT, RIGHT, TOP, BOTTOM = 160, 24, 20, 54
STRIP = (48, 142)  # left of the plot: segments whose horizontal score is not known
RADIUS = 11
ROOM = 2 * RADIUS + 1  # between the middles of two dots
Segment = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dot:
    """A segment on the chart. `x` is None where its horizontal score is not known."""

    segment: Segment
    x: float | None
    y: float
    number: int


def axes(segments: Sequence[Segment]) -> tuple[str, str]:
    """The names of the scores on the two axes: priority over feasibility where regions allow it, else what counts."""
    regional = any(s["scores"]["feasibility"]["value"] is not None for s in segments if s["scores"])
    return ("feasibility", "priority") if regional else ("gap", "criticality")


def dots(segments: Sequence[Segment]) -> list[Dot]:
    """Scored segments by rank, as points; those without a vertical score are left to the table.

    >>> part = {"value": 40.0, "caption": ""}
    >>> scores = {"gap": {**part, "value": None}, "criticality": part, "feasibility": {**part, "value": None}, "rank": 2}
    >>> [(d.x, d.y, d.number) for d in dots([{"scores": scores}, {"scores": None}])]
    [(None, 40.0, 2)]
    """
    across, up = axes(segments)
    points = []
    for s in segments:
        if s["scores"] and (y := _score(s, up)) is not None and s["scores"]["rank"] is not None:
            points.append(Dot(s, _score(s, across), y, s["scores"]["rank"]))
    return sorted(points, key=lambda d: (d.number, d.segment.get("segment", "")))


def _score(segment: Segment, name: str) -> float | None:
    value = segment["scores"][name]
    number: float | None = value["value"] if isinstance(value, Mapping) else value
    return number


def gap_chart(segments: Sequence[Segment]) -> str:
    """The chart as SVG for a page: numbers are ranks by priority, each leads to its row. Empty without points."""
    points = dots(segments)
    if not points:
        return ""
    across, up = axes(segments)
    captions = {
        "gap": "缺口（0 本地自足 → 100 本地没有）",
        "criticality": "关键性（断供时停产的份额，%）",
        "feasibility": "可行性（与本地优势的关联）",
        "priority": "优先级",
    }
    unknown = "外购占比未填" if across == "gap" else "不计算"
    return tag(
        "svg",
        [
            tag("title", text(f"{captions[across]}与{captions[up]}")),
            *_frame(captions[across], captions[up], unknown if any(d.x is None for d in points) else ""),
            *(_mark(d, x, y) for d, x, y in _apart(points)),
        ],
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        class_="gapchart",
        aria_label="环节散点图，内容与旁边的表格相同",
    )


def _frame(across: str, up: str, unknown: str) -> Iterable[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    middle, centre = (LEFT + right) / 2, (TOP + bottom) / 2
    yield tag("rect", x=middle, y=TOP, width=right - middle, height=centre - TOP, fill=CORNER)
    yield tag("rect", x=LEFT, y=TOP, width=right - LEFT, height=bottom - TOP, fill="none", stroke=FRAME)
    yield tag("line", x1=middle, y1=TOP, x2=middle, y2=bottom, stroke=FRAME, stroke_dasharray="3 4")
    yield tag("line", x1=LEFT, y1=centre, x2=right, y2=centre, stroke=FRAME, stroke_dasharray="3 4")
    yield _label(right - 8, TOP + 18, "先补：缺口大、影响大", STATUS_STYLES["弱链"].color, anchor="end")
    yield _label((LEFT + right) / 2, HEIGHT - 10, across, MUTED, anchor="middle")
    yield tag(
        "text",
        text(up),
        x=18,
        y=centre,
        font_size=12,
        fill=MUTED,
        text_anchor="middle",
        transform=f"rotate(-90 18 {centre})",
    )
    for value in (0, 50, 100):
        yield _label(_across(value), bottom + 18, str(value), MUTED, anchor="middle")
        yield _label(STRIP[0] - 6 if unknown else LEFT - 6, _up(value) + 4, str(value), MUTED, anchor="end")
    if unknown:
        yield tag("rect", x=STRIP[0], y=TOP, width=STRIP[1] - STRIP[0], height=bottom - TOP, fill=SOFT, rx=4)
        yield _label(sum(STRIP) / 2, bottom + 18, unknown, MUTED, anchor="middle")


def _label(x: float, y: float, words: str, color: str, anchor: str = "start") -> str:
    return tag("text", text(words), x=x, y=y, font_size=12, fill=color, text_anchor=anchor)


def _across(value: float | None) -> float:
    return STRIP[0] + RADIUS + 3 if value is None else LEFT + (WIDTH - RIGHT - LEFT) * value / 100


def _up(value: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / 100


def _apart(points: Sequence[Dot]) -> Iterable[tuple[Dot, float, float]]:
    """Every point where it belongs, inside the axes; one that would hide another stands beside it, then below or above.

    Where a chart is full a dot stands over another.
    """
    placed: list[tuple[float, float]] = []
    edge = RADIUS + 1
    for dot in points:
        low, high = (STRIP[0] + edge, STRIP[1] - edge) if dot.x is None else (LEFT + edge, WIDTH - RIGHT - edge)
        start = max(min(_across(dot.x), high), low), max(min(_up(dot.y), HEIGHT - BOTTOM - edge), TOP + edge)
        x, y = next((place for place in _around(*start, low, high) if _is_free(place, placed)), start)
        placed.append((x, y))
        yield dot, x, y


def _around(x: float, y: float, low: float, high: float) -> Iterator[tuple[float, float]]:
    """Places for a dot: along its line towards the middle, then along the lines beyond, until the axes end."""
    dx, dy = (-ROOM if x > WIDTH / 2 else ROOM), (ROOM if y < HEIGHT / 2 else -ROOM)
    while TOP + RADIUS < y < HEIGHT - BOTTOM - RADIUS:
        across = x
        while low <= across <= high:
            yield across, y
            across += dx
        y += dy


def _is_free(place: tuple[float, float], placed: Iterable[tuple[float, float]]) -> bool:
    return not any(abs(place[0] - x) < ROOM - 1 and abs(place[1] - y) < ROOM - 1 for x, y in placed)


def _mark(dot: Dot, x: float, y: float) -> str:
    s = dot.segment
    style = STATUS_STYLES[s["status"]]
    title = f"{dot.number} {s['segment']}（{s['caption']}）"
    return tag(
        "a",
        [
            tag("title", text(title)),
            tag("circle", cx=x, cy=y, r=RADIUS, fill=style.fill, stroke=style.color, stroke_width=1.6),
            tag("text", text(dot.number), x=x, y=y + 4, font_size=11, fill=style.color, text_anchor="middle"),
        ],
        href=f"#row-{s['segment_id']}",
        class_="dot",
    )
