"""产业链树: the chain, its stages, segments and their parts, with status and firms."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from graph.model import ChainView
from graph.naming.chain import chain_title
from viz.charts.sheet import ChartSheet, ChartSubject, LegendSign, status_signs
from viz.charts.tiles import Tile, TileColumns, tile_sheets
from viz.theme import BRAND, BRAND_SOFT, GROUP, SOFT, STAGES, STATUS_STYLES, WHITE, Look, demo_notice, is_thin, look_of

COLUMNS = TileColumns(("产业链", "阶段", "环节", "下级环节"), (1.1, 0.7, 2.0, 2.0))
NO_STAGE, CHAIN_WORD = "未分阶段", "产业链"
CHAIN, STAGE = Look(BRAND, BRAND_SOFT, BRAND), Look(GROUP, SOFT, GROUP)
THIN = LegendSign("样本不全、暂估", Look(GROUP, WHITE, GROUP), "斜纹")


def subject_of(view: ChainView, drawing: str, sources: Any, **more: Any) -> ChartSubject:
    """What a drawing of a chain is called, with its date and notice."""
    title = (
        f"{chain_title(view.county, view.chain).removesuffix(CHAIN_WORD)}{CHAIN_WORD}{drawing.removeprefix(CHAIN_WORD)}"
    )
    return ChartSubject(title, view.as_of, demo_notice([view.county]) if view.demo else "", list(sources), **more)


def ordered_stages(view: ChainView) -> list[str]:
    """The stages of a chain from upstream down; empty for segments without one, which come last."""
    there = {s["stage"] or "" for s in view.segments}
    return sorted(there, key=lambda name: (STAGES.index(name) if name in STAGES else len(STAGES), name))


def chain_tree(view: ChainView) -> list[ChartSheet]:
    """The tree on as many sheets as it needs."""
    below: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    known = {s["segment"] for s in view.segments}
    for s in view.segments:
        below[s["parent"] if s["parent"] in known else None].append(s)
    stages: dict[str, list[Tile]] = defaultdict(list)
    for s in below[None]:
        stages[s["stage"] or ""].append(_segment(s, below, 2))
    boxes = [
        Tile(name or NO_STAGE, 1, STAGE, f"{len(stages[name])}个环节", children=tuple(stages[name]))
        for name in ordered_stages(view)
        if stages[name]
    ]
    counted = [s for s in view.segments if s["counted"]]
    surveyed = sum(s["known"] for s in counted)
    root = Tile(view.chain, 0, CHAIN, f"环节{len(counted)}个，已摸底{surveyed}个", children=tuple(boxes))
    thin = (THIN,) if any(is_thin(s) for s in view.segments) else ()
    sources = [e for s in view.segments for e in s["evidence"]]
    subject = subject_of(view, "产业链树", sources, legend=(*status_signs(s["status"] for s in view.segments), *thin))
    return tile_sheets(subject, COLUMNS, [root])


def _segment(segment: dict[str, Any], below: dict[str | None, list[dict[str, Any]]], column: int) -> Tile:
    """A segment with its parts; parts of parts stand in the last column, each after the one it belongs to."""
    parts = [p for p in below[segment["segment"]] if p is not segment]
    deeper = [_segment(p, below, 3) for p in parts]
    flat = [box for part in deeper for box in (Tile(part.name, 3, part.look, part.note, part.hatched), *part.children)]
    look = look_of(segment["status"], segment["flags"])
    style = STATUS_STYLES[segment["status"]]
    count = "" if segment["status"] == "不适用" else f"　在产企业{segment['count']}"
    note = f"{style.icon} {segment['caption']}{count}"
    return Tile(segment["segment"], column, look, note, is_thin(segment), tuple(flat))
