"""全景图: the chain map on paper, whole where its type stays legible, else in parts of neighbouring stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from graph.model import ChainView
from viz.chainmap.drawing import scene_parts
from viz.chainmap.layout import TOP
from viz.chainmap.scene import chain_scene
from viz.charts.chain_tree import ordered_stages, subject_of
from viz.charts.sheet import A3, A4, HEAD, LEAST, ChartSheet, PaperSize, sheets, status_signs
from viz.drawing.svg import tag

SMALLEST = 11.0  # type of the chain map: what flows, beside its arrows
LINES = "实线 必需　虚线 一般　点线 可忽略　斜纹 样本不全、暂估　淡色 待核实"


def panorama(view: ChainView) -> list[ChartSheet]:
    """The map on one sheet, or on as few as its stages need."""
    whole = [chain_scene(view)]
    size = next((s for s in (A4, A3) if _legible(whole[0], s)), None)
    scenes = whole if size else list(_parts(view))
    size = size or A3
    sources = [e for s in view.segments for e in s["evidence"]]
    note = f"{LINES}。" + ("分幅绘制，跨幅的供给关系未画。" if len(scenes) > 1 else "")
    signs = status_signs(s["status"] for s in view.segments)
    subject = subject_of(view, "全景图", sources, note=note, legend=signs)
    return sheets(subject, size, [[_placed(scene, size)] for scene in scenes])


def _scale(scene: dict[str, Any], size: PaperSize) -> float:
    width, height = size.room
    return float(min(width / scene["width"], height / (scene["height"] - TOP), 1.0))


def _legible(scene: dict[str, Any], size: PaperSize) -> bool:
    return _scale(scene, size) * SMALLEST >= LEAST


def _placed(scene: dict[str, Any], size: PaperSize) -> str:
    scale = _scale(scene, size)
    x = (size.width - scene["width"] * scale) / 2
    return tag(
        "g", scene_parts(scene), transform=f"translate({x:.1f} {HEAD - (TOP - 6) * scale:.1f}) scale({scale:.4f})"
    )


def _parts(view: ChainView) -> Iterator[dict[str, Any]]:
    """As many neighbouring stages together as stay legible, a stage that alone does not in as many parts as it takes."""
    stages: list[list[Any]] = []
    for stage in ordered_stages(view):
        own = [s for s in view.segments if (s["stage"] or "") == stage]
        if stages and _legible(chain_scene(_only(view, [*stages[-1], *own])), A3):
            stages[-1] += own
        else:
            stages.append(own)
    for segments in stages:
        yield from _halved(view, segments)


def _halved(view: ChainView, segments: Sequence[Any]) -> Iterator[dict[str, Any]]:
    scene = chain_scene(_only(view, segments))
    if len(segments) == 1 or _legible(scene, A3):
        yield scene
        return
    half = len(segments) // 2
    roots = [n for n, s in enumerate(segments) if n and not s["parent"]]
    cut = min(roots, key=lambda n: abs(n - half), default=half)  # what belongs together is not parted
    cut = cut if len(segments) // 4 <= cut <= len(segments) - len(segments) // 4 else half
    for part in (segments[:cut], segments[cut:]):
        yield from _halved(view, part)


def _only(view: ChainView, segments: Sequence[Any]) -> ChainView:
    """The chain as if it had some segments only, and nothing were fed across."""
    left_out = {s["segment_id"] for s in view.segments} - {s["segment_id"] for s in segments}
    edges = tuple(e for e in view.edges if not left_out & {e.source, e.target})
    return replace(view, segments=tuple(segments), edges=edges)
