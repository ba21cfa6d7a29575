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
    """As many neighbouring stages together as stay legible; one that alone is too large is drawn as it is."""
    waiting: list[str] = []
    for stage in ordered_stages(view):
        if waiting and not _legible(chain_scene(_of_stages(view, [*waiting, stage])), A3):
            yield chain_scene(_of_stages(view, waiting))
            waiting = []
        waiting.append(stage)
    yield chain_scene(_of_stages(view, waiting))


def _of_stages(view: ChainView, stages: Sequence[str]) -> ChainView:
    """The chain as if it had some stages only, and nothing were fed across."""
    own = {s["segment_id"] for s in view.segments}
    kept = tuple(s for s in view.segments if (s["stage"] or "") in stages)
    left_out = own - {s["segment_id"] for s in kept}
    edges = tuple(e for e in view.edges if not left_out & {e.source, e.target})
    return replace(view, segments=kept, edges=edges)
