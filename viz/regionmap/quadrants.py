"""PSWOT: the products of a county by presence (location quotient) and relatedness against its peers, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import hypot, log2
from pathlib import Path

from graph.analysis.regions.standing import CHANCE, STRENGTH, THREAT, WEAKNESS
from graph.answers.documents.workbench.comparing import ProductPointDocument, StandingDocument
from viz.drawing.png import svg_to_png
from viz.drawing.svg import tag, text
from viz.errors import UnknownFormat
from viz.fonts import FAMILY, wrap
from viz.report.sheets import writing
from viz.theme import FRAME, INK, MUTED, STATUS_STYLES, WHITE, Look

WIDTH, HEIGHT = 760.0, 520.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 20.0, 34.0, 96.0
RADIUS, STEP = (7.0, 11.0), 6.0  # of the least and the most complex product
REACH = 2.0  # octaves of the location quotient to each side of 1: from a quarter to fourfold
FORMATS = (".svg", ".png")
LOOKS: Mapping[str, Look] = {
    STRENGTH: STATUS_STYLES["强链"],
    THREAT: STATUS_STYLES["弱链"],
    CHANCE: STATUS_STYLES["稳链"],
    WEAKNESS: STATUS_STYLES["空白"],
}
CORNERS = {
    CHANCE: ("start", LEFT + 8, TOP + 18, "机会：少有，但关联多"),
    STRENGTH: ("end", WIDTH - RIGHT - 8, TOP + 18, "优势：多有，关联也多"),
    WEAKNESS: ("start", LEFT + 8, HEIGHT - BOTTOM - 8, "劣势：少有，关联也少"),
    THREAT: ("end", WIDTH - RIGHT - 8, HEIGHT - BOTTOM - 8, "威胁：多有，但关联少，易孤立"),
}


def quadrant_chart(standing: StandingDocument, linked: bool = True) -> str:
    """The chart; numbers are those of the table, each leads to its row. Empty without points."""
    points = standing["points"]
    if not points:
        return ""
    most = max(max(abs(p["related"] - p["usual"]) for p in points), 0.05)
    title = f"{standing['county']}的产品：区位商与关联度"
    return tag(
        "svg",
        [
            tag("title", text(title)),
            tag("rect", x=0, y=0, width=WIDTH, height=HEIGHT, fill=WHITE),
            *_frame(standing, most),
            *_dots(points, most, linked),
        ],
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        width=None if linked else WIDTH,
        height=None if linked else HEIGHT,
        role="group",
        class_="quadrants",
        font_family=f"{FAMILY}, Microsoft YaHei, Noto Sans CJK SC, sans-serif",
        aria_label=f"{title}，内容与下面的表格相同",
    )


def write_quadrants(path: Path, standing: StandingDocument) -> int:
    """Write the chart as .svg or .png; of a sample that is too small a sentence that says so. Raises UnknownFormat and
    NotWritable."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UnknownFormat(suffix, FORMATS)
    svg = quadrant_chart(standing, linked=False) or _words_alone(standing["missing"])
    content = svg.encode() if suffix == ".svg" else svg_to_png(svg)
    with writing(path):
        path.write_bytes(content)
    return len(content)


def _words_alone(words: str) -> str:
    lines = wrap(words, 14, WIDTH - 60, 6)
    parts = [_label(30, 40 + 24 * n, line, INK, size=14) for n, line in enumerate(lines)]
    return tag(
        "svg",
        [tag("rect", x=0, y=0, width=WIDTH, height=180, fill=WHITE), *parts],
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:g} 180",
        width=WIDTH,
        height=180,
        font_family=FAMILY,
    )


def _frame(standing: StandingDocument, most: float) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    centre, middle = (LEFT + right) / 2, (TOP + bottom) / 2
    yield _label(LEFT, 20, f"{standing['county']}：有没有 × 关联多不多", INK, size=14, weight="bold")
    yield tag("rect", x=LEFT, y=TOP, width=right - LEFT, height=bottom - TOP, fill="none", stroke=FRAME)
    yield tag("line", x1=centre, y1=TOP, x2=centre, y2=bottom, stroke=FRAME)
    yield tag("line", x1=LEFT, y1=middle, x2=right, y2=middle, stroke=FRAME)
    for quadrant, (anchor, x, y, caption) in CORNERS.items():
        yield _label(x, y, caption, LOOKS[quadrant].color, anchor=anchor, weight="bold")
    for value, shown in ((0.25, "≤0.25"), (0.5, "0.5"), (1.0, "1（同组平均）"), (2.0, "2"), (4.0, "≥4")):
        yield _label(_across(value), bottom + 16, shown, MUTED, anchor="middle")
    yield _label(centre, bottom + 36, "区位商（收缩后，对数刻度）", MUTED, anchor="middle")
    for part in (-1, 0, 1):
        yield _label(LEFT - 6, _up(part * most, most) + 4, f"{part * most:+.2f}" if part else "0", MUTED, anchor="end")
    yield tag(
        "text",
        text("关联度与同组平均之差"),
        x=16,
        y=middle,
        font_size=12,
        fill=MUTED,
        text_anchor="middle",
        transform=f"rotate(-90 16 {middle:g})",
    )
    peers = f"同组（{standing['group']}）{len(standing['peers'])}个，可比较{standing['regions']}个：{'、'.join(standing['peers'])}"
    for number, line in enumerate(wrap(f"{peers}。圆越大，产品越复杂。", 11, WIDTH - LEFT - RIGHT, 2)):
        yield _label(LEFT, bottom + 58 + 16 * number, line, MUTED, size=11)


def _dots(points: Sequence[ProductPointDocument], most: float, linked: bool) -> Iterator[str]:
    placed: list[tuple[float, float, float]] = []
    for number, point in enumerate(points, 1):
        radius = RADIUS[0] + (RADIUS[1] - RADIUS[0]) * point["complexity"]
        x, y = _apart(_across(point["presence"]), _up(point["related"] - point["usual"], most), radius, placed)
        placed.append((x, y, radius))
        look = LOOKS[point["quadrant"]]
        about = (
            f"{number} {point['product']}：{point['quadrant']}，区位商 {point['presence']:.2f}，"
            f"关联度 {point['related']:.2f}（同组 {point['usual']:.2f}）"
        )
        parts = [
            tag("title", text(about)),
            tag("circle", cx=x, cy=y, r=radius, fill=look.fill, stroke=look.color, stroke_width=1.6),
            _label(x, y + 4, number, look.color, anchor="middle", size=11),
        ]
        yield tag("a", parts, href=f"#product-{number}", class_="dot", aria_label=about) if linked else tag("g", parts)


def _across(value: float) -> float:
    octaves = max(-REACH, min(REACH, log2(max(value, 1e-6))))
    return (LEFT + WIDTH - RIGHT) / 2 + octaves / REACH * ((WIDTH - RIGHT - LEFT) / 2 - RADIUS[1] - 2)


def _up(value: float, most: float) -> float:
    half = (HEIGHT - BOTTOM - TOP) / 2
    return TOP + half - value / most * (half - RADIUS[1] - 24)


def _apart(x: float, y: float, radius: float, placed: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Where it belongs, or as near to it as there is room, never over its quadrant's edge."""
    cx, cy = (LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2
    sides = (LEFT, cx) if x < cx else (cx, WIDTH - RIGHT), (TOP, cy) if y <= cy else (cy, HEIGHT - BOTTOM)
    around = sorted(
        ((i * STEP, j * STEP) for i in range(-20, 21) for j in range(-20, 21)), key=lambda d: (hypot(*d), d)
    )
    for dx, dy in around:
        px, py = x + dx, y + dy
        inside = sides[0][0] <= px <= sides[0][1] and sides[1][0] <= py <= sides[1][1]
        framed = LEFT + radius <= px <= WIDTH - RIGHT - radius and TOP + radius <= py <= HEIGHT - BOTTOM - radius
        if inside and framed and all(hypot(px - ox, py - oy) >= radius + other for ox, oy, other in placed):
            return px, py
    return x, y


def _label(
    x: float, y: float, words: object, color: str, *, anchor: str = "start", size: float = 12, weight: str | None = None
) -> str:
    return tag("text", text(words), x=x, y=y, font_size=size, fill=color, text_anchor=anchor, font_weight=weight)
