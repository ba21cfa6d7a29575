"""The mind map as a drawing that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.answers.documents.recruiting import CandidatesDocument
from graph.model import ChainView
from graph.naming.chain import chain_title
from viz.drawing.svg import tag, text
from viz.fonts import FAMILY
from viz.mindmap.place import BOX_H, SIZE, Placed, place
from viz.mindmap.tree import MindNode, mind_tree
from viz.theme import INK, LINK, MUTED, PALE, STATUS_STYLES, WHITE, demo_notice


@dataclass(frozen=True, slots=True)
class Colors:
    """Of a box: its ground, its border, its text."""

    fill: str
    line: str
    ink: str


def colors_of(node: MindNode) -> Colors:
    """By status where there is one, else by kind; what is to be checked is pale."""
    if node.pale:
        return Colors(PALE.fill, PALE.color, PALE.ink)
    if node.status:
        style = STATUS_STYLES[node.status]
        return Colors(style.fill, style.color, style.color)
    return Colors(node.color, node.color, WHITE)


def mindmap_svg(view: ChainView, plan: CandidatesDocument | None = None, *, depth: int | None = None) -> str:
    """The map as a drawing that stands alone; `depth` cuts it (3 = chain, stage, segment, technology)."""
    boxes = place(mind_tree(view, plan), depth)
    margin, head = 24.0, 64.0
    width = max(b.x + b.w for b in boxes) + 2 * margin
    height = max(b.y for b in boxes) + BOX_H + head + margin
    parts = [
        tag("rect", x=0, y=0, width=width, height=height, fill=WHITE),
        _label(margin, 30, f"{chain_title(view.county, view.chain)}创新思维导图", 18, INK, "start"),
        _label(
            margin, 50, f"数据日期 {view.as_of}　{demo_notice([view.county]) if view.demo else ''}", 12, MUTED, "start"
        ),
        *(_link(boxes[b.parent], b, margin, head) for b in boxes if b.parent is not None),
        *(piece for b in boxes for piece in _box(b, margin, head)),
    ]
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": width,
        "height": height,
        "viewBox": f"0 0 {width} {height}",
    }
    return tag("svg", parts, font_family=f"{FAMILY}, Microsoft YaHei, Noto Sans CJK SC, sans-serif", **attributes)


def _label(x: float, y: float, content: str, size: float, color: str, anchor: str) -> str:
    return tag("text", text(content), x=x, y=y, font_size=size, fill=color, text_anchor=anchor)


def _link(a: Placed, b: Placed, dx: float, dy: float) -> str:
    x1, x2 = a.x + a.w + dx, b.x + dx
    y1, y2, bend = a.y + dy + BOX_H / 2, b.y + dy + BOX_H / 2, (b.x - a.x - a.w) / 2
    return tag(
        "path",
        d=f"M{x1:.1f} {y1:.1f} C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}",
        fill="none",
        stroke=LINK,
        stroke_width=1.3,
    )


def _box(b: Placed, dx: float, dy: float) -> Iterator[str]:
    colors = colors_of(b.node)
    yield tag("rect", x=b.x + dx, y=b.y + dy, width=b.w, height=BOX_H, rx=5, fill=colors.fill, stroke=colors.line)
    yield _label(b.x + dx + b.w / 2, b.y + dy + 19, b.label, SIZE, colors.ink, "middle")
