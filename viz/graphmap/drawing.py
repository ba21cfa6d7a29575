"""The picture as SVG: from the same places as the screen, with its filters, legend and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import hypot
from typing import Any

from viz.drawing.svg import tag, text
from viz.fonts import text_width
from viz.graphmap.places import NODE_H, NODE_W
from viz.theme import ARROW, BRAND, FONT_STACK, GROUND, INK, LINE, LINK, MUTED, PICKED, SOFT, WARN_INK, WHITE

Document = Mapping[str, Any]
MARGIN, HEAD, FOOT, NARROWEST = 24.0, 64.0, 34.0, 560.0
LINE_H = 15.0
NAMED = 12  # lines of a way, up to which each bears its name


def graph_svg(scene: Document, title: str, day: str, notice: str = "") -> str:
    """The drawing; groups stand on it with their counts."""
    boxes = [(n["x"], n["y"], NODE_W, NODE_H) for n in scene["nodes"] if n["shown"]]
    boxes += [(g["x"], g["y"], g["w"], g["h"]) for g in scene["groups"]]
    left = min((x - w / 2 for x, _, w, _ in boxes), default=0.0) - MARGIN
    top = min((y - h / 2 for _, y, _, h in boxes), default=0.0) - MARGIN
    width = max(max((x + w / 2 for x, _, w, _ in boxes), default=0.0) + MARGIN - left, NARROWEST)
    height = max((y + h / 2 for _, y, _, h in boxes), default=0.0) + MARGIN - top
    body = tag(
        "g", [*_edges(scene), *_groups(scene), *_nodes(scene)], transform=f"translate({-left:.1f} {HEAD - top:.1f})"
    )
    full = height + HEAD + FOOT
    parts = [
        tag("rect", width=width, height=full, fill=WHITE),
        *_head(scene, title, day, notice, width),
        body,
        *_legend(scene, full - 14, width),
    ]
    return tag(
        "svg", parts, xmlns="http://www.w3.org/2000/svg", width=f"{width:.0f}", height=f"{full:.0f}",
        viewBox=f"0 0 {width:.0f} {full:.0f}", font_family=FONT_STACK, role="img",
    )  # fmt: skip


def _head(scene: Document, title: str, day: str, notice: str, width: float) -> Iterator[str]:
    yield tag("text", text(title), x=MARGIN, y=26, font_size=16, font_weight="bold", fill=INK)
    filters = "；".join(scene["words"]) or "无筛选"
    line = f"{filters}　对象 {sum(n['shown'] for n in scene['nodes'])} 个　{day}"
    yield tag("text", text(line), x=MARGIN, y=46, font_size=12, fill=MUTED)
    if notice:
        yield tag("text", text(notice), x=width - MARGIN, y=26, font_size=12, fill=WARN_INK, text_anchor="end")


def _edges(scene: Document) -> Iterator[str]:
    at = {n["id"]: n for n in scene["nodes"] if n["shown"]}
    discs = ((at.get(g["of"]), g) for g in scene["groups"])
    for owner, disc in discs:
        if owner:
            yield _line(owner, disc, LINE, 1, "4 3")
    edges = [e for e in scene["edges"] if e["source"] in at and e["target"] in at]
    named = sum(e["lit"] for e in edges) <= NAMED
    for edge in sorted(edges, key=lambda e: e["lit"]):
        yield from _arrow(at[edge["source"]], at[edge["target"]], edge, named)


def _arrow(a: Document, b: Document, edge: Document, named: bool) -> Iterator[str]:
    """A line from circle to circle with its head; what is on a way that was sought bears its name."""
    dx, dy = b["x"] - a["x"], b["y"] - a["y"]
    length = hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    x, y = b["x"] - ux * (b["r"] + 2), b["y"] - uy * (b["r"] + 2)
    color, width = (PICKED, 2.2) if edge["lit"] else (LINK, 1.3)
    yield tag("line", x1=a["x"], y1=a["y"], x2=x, y2=y, stroke=color, stroke_width=width)
    left, right = (x - 8 * ux - 4 * uy, y - 8 * uy + 4 * ux), (x - 8 * ux + 4 * uy, y - 8 * uy - 4 * ux)
    corners = " ".join(f"{px:.1f},{py:.1f}" for px, py in ((x, y), left, right))
    yield tag("polygon", points=corners, fill=color)
    if edge["lit"] and named:
        place = {"x": (a["x"] + b["x"]) / 2, "y": (a["y"] + b["y"]) / 2 - 4}
        yield tag("text", text(edge["caption"]), **place, font_size=11, fill=MUTED, text_anchor="middle")


def _line(a: Document, b: Document, color: str, width: float, dash: str | None = None) -> str:
    return tag(
        "line", x1=a["x"], y1=a["y"], x2=b["x"], y2=b["y"], stroke=color, stroke_width=width, stroke_dasharray=dash
    )


def _groups(scene: Document) -> Iterator[str]:
    for g in scene["groups"]:
        x, y, w, h = g["x"], g["y"], g["w"], g["h"]
        yield tag("rect", x=x - w / 2, y=y - h / 2, width=w, height=h, rx=h / 2, fill=GROUND, stroke=g["color"])
        yield tag("text", text(group_label(g)), x=x, y=y - 2, font_size=12, fill=INK, text_anchor="middle")
        yield tag("text", text(g["caption"]), x=x, y=y + 13, font_size=11, fill=MUTED, text_anchor="middle")


def group_label(group: Document) -> str:
    """What stands on a disc.

    >>> group_label({"kind": "企业", "total": 112, "drawn": 30}), group_label({"kind": "企业", "total": 4, "drawn": 0})
    ('企业 30/112', '企业 4')
    """
    count = f"{group['drawn']}/{group['total']}" if group["drawn"] else str(group["total"])
    return f"{group['kind']} {count}"


def _nodes(scene: Document) -> Iterator[str]:
    for n in scene["nodes"]:
        if not n["shown"]:
            continue
        x, y, r = n["x"], n["y"], n["r"]
        dash = "3 2" if n["unknown"] else None
        edge = PICKED if n["pinned"] else WHITE if not n["unknown"] else ARROW
        yield tag("circle", cx=x, cy=y, r=r, fill=n["color"], stroke=edge, stroke_width=2, stroke_dasharray=dash)
        yield tag("text", text(n["mark"]), x=x, y=y + 5, font_size=13, fill=WHITE, text_anchor="middle")
        for number, line in enumerate(n["lines"]):
            place = y + r + 14 + number * LINE_H
            yield tag("text", text(line), x=x, y=place, font_size=12, fill=INK, text_anchor="middle")


def _legend(scene: Document, y: float, width: float) -> Iterator[str]:
    x = MARGIN
    yield tag("line", x1=MARGIN, y1=y - 18, x2=width - MARGIN, y2=y - 18, stroke=SOFT)
    drawn = {n["color"] for n in scene["nodes"] if n["shown"]}
    for entry in (e for e in scene["legend"] if e["color"] in drawn):
        wide = text_width(entry["caption"], 12) + 34
        if x + wide > width - MARGIN:
            yield tag("text", text("…"), x=x, y=y, font_size=12, fill=BRAND)
            return
        yield tag("circle", cx=x + 5, cy=y - 4, r=5, fill=entry["color"])
        yield tag("text", text(entry["caption"]), x=x + 15, y=y, font_size=12, fill=INK)
        x += wide
