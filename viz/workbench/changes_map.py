"""The chain map of two moments on one layout: what is gone is pale, what is new or changed is framed and says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.answers.documents.workbench.changes import SegmentBetweenDocument
from graph.model import ChainView, ViewEdge
from viz.chainmap.drawing import chain_scene, scene_parts
from viz.drawing.svg import tag, text
from viz.fonts import FAMILY, fit, text_width
from viz.theme import BRAND, MUTED, PALE, PICKED, WHITE

MARKS = {"新增": BRAND, "消失": MUTED, "变化": PICKED}
TAG_H, SIZE, MARGIN = 18.0, 12.0, 8.0
Document = dict[str, Any]


def union_view(before: ChainView | None, after: ChainView | None) -> ChainView:
    """What either moment had: as it was later, and what was gone by then as it was before."""
    if before is None or after is None:
        view = after or before
        assert view is not None
        return view
    still = {s["segment_id"] for s in after.segments}
    gone = tuple(s for s in before.segments if s["segment_id"] not in still)
    known = {_ends(e) for e in after.edges}
    nodes = {**before.nodes, **after.nodes}
    edges = (*after.edges, *(e for e in before.edges if _ends(e) not in known and _bears(e)))
    sources = {**before.sources, **after.sources}
    return replace(after, segments=(*after.segments, *gone), nodes=nodes, edges=edges, sources=sources)


def _ends(edge: ViewEdge) -> tuple[str, str, str]:
    return edge.relation, edge.source, edge.target


def _bears(edge: ViewEdge) -> bool:
    """Whether it says where a card stands, or what flows; who stands on a card is told as it is later."""
    return edge.relation in {"FEEDS", "SUBSEGMENT_OF"}


def changes_map(
    before: ChainView | None, after: ChainView | None, changed: Mapping[str, SegmentBetweenDocument]
) -> str:
    """The map as SVG; `changed` are the changed segments by id."""
    scene = chain_scene(union_view(before, after))
    was, now = (_feeds(view) for view in (before, after))
    for card in scene["cards"]:
        change = changed.get(card["id"])
        if change and change["change"] == "消失":
            card |= {"fill": WHITE, "color": PALE.edge, "hatched": False, "dashed": True, "pale": True, "facts": ""}
    for arrow in scene["arrows"]:
        ends = arrow["source"], arrow["target"]
        arrow["level"] = arrow["level"] if ends in now else "slight"
        arrow["fresh"] = ends in now and ends not in was
    overlays = [_overlay(card, changed[card["id"]]) for card in scene["cards"] if card["id"] in changed]
    top = min((lane["y"] for lane in scene["lanes"]), default=0.0) - MARGIN
    width, height = scene["width"], scene["height"] - top
    size = {"width": width, "height": height, "viewBox": f"0 {top} {width} {height}"}
    family = f"{FAMILY}, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
    ground = tag("rect", x=0, y=top, width=width, height=height, fill=WHITE)
    return tag(
        "svg",
        [ground, *scene_parts(scene), *overlays],
        xmlns="http://www.w3.org/2000/svg",
        font_family=family,
        role="group",
        aria_label="链图上的变化，内容与表格相同",
        **size,
    )


def _feeds(view: ChainView | None) -> set[tuple[str, str]]:
    return {(e.source, e.target) for e in view.edges if e.relation == "FEEDS"} if view else set()


def _overlay(card: Document, change: SegmentBetweenDocument) -> str:
    """The frame of a changed card, and a tag at its upper corner that says what it was."""
    color = MARKS[change["change"]]
    words = change["change"]
    if change["change"] == "变化":
        same = change["before"] == change["after"]
        words = f"原：{change['before_count'] if same else change['before']}"
    words = fit(words, SIZE, card["w"] - 20)
    width, x, y = text_width(words, SIZE) + 14, card["x"], card["y"]
    frame = tag(
        "rect",
        x=x - 2,
        y=y - 2,
        width=card["w"] + 4,
        height=card["h"] + 4,
        rx=8,
        fill="none",
        stroke=color,
        stroke_width=2.5,
    )
    ground = tag("rect", x=x + card["w"] - width + 4, y=y - TAG_H / 2 - 2, width=width, height=TAG_H, rx=9, fill=color)
    label = tag(
        "text",
        text(words),
        x=x + card["w"] + 4 - width / 2,
        y=y + 2.5,
        font_size=SIZE,
        fill=WHITE,
        text_anchor="middle",
    )
    title = tag("title", text(f"{change['segment']}：{change['before'] or '没有'} → {change['after'] or '没有'}"))
    link = f"#segment-{change['segment_id']}"
    return tag("a", [frame, ground, label, title], href=link)
