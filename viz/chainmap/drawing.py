"""The chain map as a drawing that stands alone, from the same coordinates as the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.model import ChainView
from viz.chainmap.scene import NAME_SIZE, chain_scene
from viz.drawing.png import svg_to_png
from viz.drawing.svg import tag, text
from viz.errors import NotWritable, UnknownFormat
from viz.fonts import FAMILY, fit, text_width
from viz.theme import ARROW, INK, MUTED, SOFT, WHITE

__all__ = ["chain_scene", "chain_svg", "definitions", "write_chainmap"]

DASH = {"normal": "6 4", "slight": "2 4"}
LEGEND_H, LEGEND_LINE, MARGIN = 46.0, 28.0, 24.0
STROKES = "实线 必需　虚线 一般　点线 可忽略"
FORMATS = (".svg", ".png")
Document = dict[str, Any]


def chain_svg(view: ChainView) -> str:
    """The chain map as SVG: title, lanes, cards, arrows, legend, date and notice."""
    scene = chain_scene(view)
    legend, lines = _legend(scene, scene["height"] + 10)
    width, height = scene["width"], scene["height"] + LEGEND_H + LEGEND_LINE * (lines - 1)
    parts = [
        tag("rect", x=0, y=0, width=width, height=height, fill=WHITE),
        _text(24, 30, scene["title"], 18, INK, weight="bold"),
        _text(24, 52, f"数据日期 {scene['as_of']}　{scene['notice']}", 12, MUTED),
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


def scene_parts(scene: Document) -> list[str]:
    """The map alone, without title and legend, at its place in the scene."""
    return [
        definitions(),
        *(_lane(lane) for lane in scene["lanes"]),
        *(_arrow(a) for a in scene["arrows"]),
        *(_card(c) for c in scene["cards"]),
        *_labels(scene),
    ]


def write_chainmap(view: ChainView, path: Path) -> int:
    """Write the map as .svg or .png; the number of bytes. Raises UnknownFormat and NotWritable."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UnknownFormat(path.suffix, FORMATS)
    drawn = chain_svg(view)
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
    p = arrow["points"]
    path = f"M{p[0]} {p[1]} C{p[2]} {p[3]} {p[4]} {p[5]} {p[6]} {p[7]}"
    width = 1.0 if arrow["level"] == "slight" else 1.5
    return tag(
        "path",
        d=path,
        fill="none",
        stroke=ARROW,
        stroke_width=width,
        stroke_dasharray=DASH.get(arrow["level"]),
        marker_end="url(#head)",
    )


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
        for step in (0.5, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6):
            x, y = _along(arrow["points"], step)
            box = (x - half, y - 8, x + half, y + 8)
            if all(box[2] < t[0] or box[0] > t[2] or box[3] < t[1] or box[1] > t[3] for t in taken):
                taken.append(box)
                drawn.append(
                    tag("text", text(label), x=x, y=y + 4, font_size=11, fill=MUTED, text_anchor="middle", **halo)
                )
                break
    return drawn


def _along(p: list[float], t: float) -> tuple[float, float]:
    """The point of a cubic curve at t in [0, 1]."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return sum(w * p[2 * i] for i, w in enumerate(weights)), sum(w * p[2 * i + 1] for i, w in enumerate(weights))


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
    first = y + (26 if len(lines) == 1 else 19)
    name = (
        _text(x + card["w"] / 2, first + 17 * i, line, NAME_SIZE, INK, anchor="middle", weight="bold")
        for i, line in enumerate(lines)
    )
    return "".join((_box(card, fill=card["fill"], **frame), hatch, *name, _status_line(card)))


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
    return tag("text", spans, x=start, y=card["y"] + card["h"] - 11, font_size=12)


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
