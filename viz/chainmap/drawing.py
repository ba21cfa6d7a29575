"""The chain map as a drawing that stands alone, from the same coordinates as the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from graph.model import ChainView
from viz.chainmap.folding import OnScreen
from viz.chainmap.scene import NAME_SIZE, chain_scene
from viz.drawing.png import svg_to_png
from viz.drawing.svg import tag, text
from viz.errors import NotWritable, UnknownFormat
from viz.fonts import FAMILY, fit, text_width
from viz.theme import ARROW, INK, MUTED, SOFT, STATUS_STYLES, WHITE

__all__ = ["chain_scene", "chain_svg", "definitions", "write_chainmap"]

DASH = {"normal": "6 4", "slight": "2 4"}
LEGEND_H, LEGEND_LINE, MARGIN = 46.0, 28.0, 24.0
STROKES = "实线 必需　虚线 一般　点线 可忽略"
FORMATS = (".svg", ".png")
CORNER = 6.0  # radius of an arrow's corners
Point = tuple[float, float]
Document = dict[str, Any]


def chain_svg(view: ChainView, screen: OnScreen | None = None) -> str:
    """The chain map as SVG: title, lanes, cards, arrows, legend, date, notice, and what is not shown."""
    scene = chain_scene(view, screen)
    legend, lines = _legend(scene, scene["height"] + 10)
    width, height = scene["width"], scene["height"] + LEGEND_H + LEGEND_LINE * (lines - 1)
    parts = [
        tag("rect", x=0, y=0, width=width, height=height, fill=WHITE),
        _text(24, 30, scene["title"], 18, INK, weight="bold"),
        _text(24, 52, f"数据日期 {scene['as_of']}　{scene['notice']}{_withheld(scene, screen)}", 12, MUTED),
        *scene_parts(scene),
        *legend,
    ]
    size = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    return tag(
        "svg",
        parts,
        xmlns="http://www.w3.org/2000/svg",
        font_family=f"{FAMILY}, Microsoft YaHei, Noto Sans CJK SC, sans-serif",
        **size,
    )


def _withheld(scene: Document, screen: OnScreen | None) -> str:
    """What a drawing leaves out, in words."""
    parts = [f"已收起 {scene['folded']} 个环节"] if scene["folded"] else []
    if scene["hidden"]:
        names = "、".join(STATUS_STYLES[s].caption for s in STATUS_STYLES if screen and s in screen.statuses)
        parts.append(f"未显示 {scene['hidden']} 张卡片" + (f"（{names}）" if names else ""))
    return "　" + "，".join(parts) if parts else ""


def scene_parts(scene: Document) -> list[str]:
    """The map alone, without title and legend, at its place in the scene."""
    return [
        definitions(),
        *(_lane(lane) for lane in scene["lanes"]),
        *(_arrow(a) for a in scene["arrows"]),
        *(_card(c) for c in scene["cards"]),
        *_labels(scene),
    ]


def write_chainmap(view: ChainView, path: Path, screen: OnScreen | None = None) -> int:
    """Write the map as .svg or .png; the number of bytes. Raises UnknownFormat and NotWritable."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UnknownFormat(path.suffix, FORMATS)
    drawn = chain_svg(view, screen)
    try:
        return path.write_bytes(svg_to_png(drawn) if suffix == ".png" else drawn.encode())
    except OSError as error:
        raise NotWritable(path, error.strerror) from error


def definitions() -> str:
    """The hatch and the head of arrows, by which every map draws."""
    hatch = tag("path", d="M0 6 L6 0", stroke="#000000", stroke_opacity="0.16", stroke_width=1.4)
    head = tag("path", d="M0 0 L8 4 L0 8 z", fill=ARROW)
    return tag(
        "defs",
        [
            tag("pattern", hatch, id="hatch", width=6, height=6, patternUnits="userSpaceOnUse"),
            tag(
                "marker",
                head,
                id="head",
                markerWidth=8,
                markerHeight=8,
                refX=8,
                refY=4,
                orient="auto",
                markerUnits="userSpaceOnUse",
            ),
        ],
    )


def _text(
    x: float, y: float, content: object, size: float, color: str, *, anchor: str = "start", weight: str | None = None
) -> str:
    return tag("text", text(content), x=x, y=y, font_size=size, fill=color, text_anchor=anchor, font_weight=weight)


def _lane(lane: Document) -> str:
    box = tag("rect", x=lane["x"], y=lane["y"], width=lane["w"], height=lane["h"], rx=8, fill=SOFT)
    return box + _text(lane["x"] + lane["w"] / 2, lane["y"] + 25, lane["name"], 15, INK, anchor="middle", weight="bold")


def _arrow(arrow: Document) -> str:
    width = 1.0 if arrow["level"] == "slight" else 1.5
    return tag(
        "path",
        d=_rounded(_points(arrow)),
        fill="none",
        stroke=ARROW,
        stroke_width=width,
        stroke_dasharray=DASH.get(arrow["level"]),
        marker_end="url(#head)",
    )


def _points(arrow: Document) -> list[Point]:
    flat = arrow["points"]
    return list(zip(flat[::2], flat[1::2], strict=True))


def _rounded(points: list[Point]) -> str:
    """A line through points with its corners rounded off.

    >>> _rounded([(0.0, 0.0), (20.0, 0.0), (20.0, 40.0)])
    'M0 0 L14 0 Q20 0 20 6 L20 40'
    """
    parts = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(
            CORNER, hypot(at[0] - before[0], at[1] - before[1]) / 2, hypot(after[0] - at[0], after[1] - at[1]) / 2
        )
        (ax, ay), (bx, by) = _towards(at, before, radius), _towards(at, after, radius)
        parts.append(f"L{ax:g} {ay:g} Q{at[0]:g} {at[1]:g} {bx:g} {by:g}")
    return " ".join([*parts, f"L{points[-1][0]:g} {points[-1][1]:g}"])


def _towards(a: Point, b: Point, distance: float) -> Point:
    """The point so far from a on the way to b."""
    share = distance / (hypot(b[0] - a[0], b[1] - a[1]) or 1.0)
    return round(a[0] + (b[0] - a[0]) * share, 1), round(a[1] + (b[1] - a[1]) * share, 1)


def _labels(scene: Document) -> list[str]:
    """What flows, beside the arrows, wherever it covers neither a card nor another label."""
    taken = [(c["x"] - 4, c["y"] - 4, c["x"] + c["w"] + 4, c["y"] + c["h"] + 4) for c in scene["cards"]]
    drawn = []
    halo = {"stroke": WHITE, "stroke_width": 3, "paint_order": "stroke"}
    for arrow in scene["arrows"]:
        label = fit(arrow["what"], 11, 84)
        if not label:
            continue
        half = text_width(label, 11) / 2
        for x, y in _places(_points(arrow)):
            box = (x - half, y - 8, x + half, y + 8)
            if all(box[2] < t[0] or box[0] > t[2] or box[3] < t[1] or box[1] > t[3] for t in taken):
                taken.append(box)
                drawn.append(
                    tag("text", text(label), x=x, y=y + 4, font_size=11, fill=MUTED, text_anchor="middle", **halo)
                )
                break
    return drawn


def _places(points: list[Point]) -> Iterator[Point]:
    """Where the name of what flows may stand: on the way, level stretches first, the longest before the others."""

    def rank(ends: tuple[Point, Point]) -> tuple[bool, float]:
        (ax, ay), (bx, by) = ends
        return ay != by, -hypot(bx - ax, by - ay)

    for a, b in sorted(pairwise(points), key=rank):
        for share in (0.5, 0.3, 0.7):
            yield round(a[0] + (b[0] - a[0]) * share, 1), round(a[1] + (b[1] - a[1]) * share, 1)


def _card(card: Document) -> str:
    if card["ghost"]:
        return _ghost(card)
    x, y, lines = card["x"], card["y"], card["lines"]
    frame = {
        "stroke": card["color"],
        "stroke_width": 1.4,
        "stroke_dasharray": "5 3" if card["dashed"] else None,
    }
    hatch = _box(card, fill="url(#hatch)") if card["hatched"] else ""
    first = y + (26 if len(lines) == 1 and not card["fold"] else 19)
    name = (
        _text(x + card["w"] / 2, first + 17 * i, line, NAME_SIZE, INK, anchor="middle", weight="bold")
        for i, line in enumerate(lines)
    )
    fold = (
        _text(x + card["w"] / 2, y + card["h"] - 9, fold_line(card), 12, MUTED, anchor="middle") if card["fold"] else ""
    )
    return "".join((_box(card, fill=card["fill"], **frame), hatch, *name, _status_line(card), fold))


def fold_line(card: Document) -> str:
    """What a parent says of what is beneath it, with the sign that it is open or folded."""
    return f"{'－' if card['fold']['open'] else '＋'} {card['fold']['text']}"


def _ghost(card: Document) -> str:
    """A segment of another chain."""
    middle, y = card["x"] + card["w"] / 2, card["y"]
    return (
        _box(card, fill=WHITE, stroke=ARROW, stroke_dasharray="4 3")
        + _text(middle, y + 28, card["lines"][0], 13, MUTED, anchor="middle")
        + _text(middle, y + 48, card["facts"], 12, MUTED, anchor="middle")
    )


def _box(card: Document, **look: Any) -> str:
    return tag("rect", x=card["x"], y=card["y"], width=card["w"], height=card["h"], rx=6, **look)


def _status_line(card: Document) -> str:
    """Icon and caption in the colour of the status, then what counts, together in the middle."""
    status = f"{card['icon']} {card['caption']}"
    facts = f"　{card['facts']}" if card["facts"] else ""
    start = card["x"] + card["w"] / 2 - text_width(status + facts, 12) / 2
    spans = (
        tag("tspan", text(status), fill=card["color"], font_weight="bold"),
        tag("tspan", text(facts), fill=MUTED),
    )
    return tag("text", spans, x=start, y=card["y"] + card["h"] - (28 if card["fold"] else 11), font_size=12)


def _legend(scene: Document, y: float) -> tuple[list[str], int]:
    """What colours, hatching and strokes mean, on as many lines as the width of the map asks; and how many."""
    parts: list[str] = []
    x, lines = MARGIN, 1

    def room(width: float) -> float:
        nonlocal x, lines
        if x > MARGIN and x + width > scene["width"] - MARGIN:
            x, lines = MARGIN, lines + 1
        left, x = x, x + width + 8
        return left

    for entry in scene["legend"]:
        label = f"{entry['icon']} {entry['caption']}"
        width = text_width(label, 12) + 18
        left = room(width)
        top = y + LEGEND_LINE * (lines - 1)
        parts.append(
            tag("rect", x=left, y=top, width=width, height=22, rx=11, fill=entry["fill"], stroke=entry["color"])
        )
        parts.append(_text(left + width / 2, top + 15.5, label, 12, entry["color"], anchor="middle"))
    for mark in scene["marks"]:
        width = text_width(mark["caption"], 12) + 18
        left = room(width)
        parts += _mark(mark, left, y + LEGEND_LINE * (lines - 1), width)
    left = room(text_width(STROKES, 12))
    parts.append(_text(left, y + LEGEND_LINE * (lines - 1) + 15.5, STROKES, 12, MUTED))
    return parts, lines


def _mark(mark: Document, x: float, y: float, width: float) -> Iterator[str]:
    """What hatching or paleness means, drawn so."""
    yield tag(
        "rect",
        x=x,
        y=y,
        width=width,
        height=22,
        rx=4,
        fill=mark["fill"],
        stroke=mark["color"],
        stroke_dasharray=mark["dash"],
    )
    if mark["hatched"]:
        yield tag("rect", x=x, y=y, width=width, height=22, rx=4, fill="url(#hatch)")
    yield _text(x + width / 2, y + 15.5, mark["caption"], 12, mark["ink"], anchor="middle")
