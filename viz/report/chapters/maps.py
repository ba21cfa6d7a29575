"""二、产业链全景图: the chain map so large that it can be read, and the mind map to its third level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from graph.model import ChainView
from viz.chainmap.drawing import chain_svg
from viz.drawing.svg import size_of
from viz.mindmap.drawing import MapTitle, draw_map
from viz.mindmap.node import MindNode, cut
from viz.mindmap.place import SIZE as BOX_TYPE
from viz.mindmap.tree import mind_tree
from viz.paper.styles import SIDE_W
from viz.report.context import Context, Row

SMALLEST, READABLE, COMFORTABLE = 11.0, 8.0, 8.5  # type in a map (its units); in print (pt), at least and at most
MM = 25.4 / 72
SIDE_HIGH, HIGH = 125.0, 190.0  # mm left for a picture on a page that lies, or stands
CARDS, LANES = 7, 2  # of one column, and columns, that a standing page holds
LEVELS = 3
MARKET = "应用"


def maps(report: Context) -> None:
    """Write the chapter."""
    if not report.view.segments:
        report.chapter(2, "产业链全景图")
        report.mention("环节", "本链各环节的名称、阶段和上下游关系")
        return
    whole = chain_svg(report.view)
    if _print_size(whole, SIDE_W, SIDE_HIGH) >= READABLE:
        report.paper.turn(landscape=True)
        report.chapter(2, "产业链全景图")
        report.paper.picture(whole, f"{report.title}全景图", width=SIDE_W, height=SIDE_HIGH)
        report.paper.turn(landscape=False)
    else:
        report.chapter(2, "产业链全景图", new_page=True)
        for title, part in _parts(report.view):
            _picture(report, chain_svg(part), f"{report.title}全景图（{title}）")
    report.paper.turn(landscape=True)
    for branch, drawing in _mind_maps(report):
        report.paper.picture(drawing, f"{report.title}创新思维导图（{branch}至第三层）", height=SIDE_HIGH)
    report.paper.turn(landscape=False)


def _mind_maps(report: Context) -> Iterator[tuple[str, str]]:
    """The mind map, or each of its branches where the whole is too small to read. Its rows are cited in the text."""
    tree = _uncited(mind_tree(report.view, report.plan))
    title = MapTitle.of(report.view)
    whole = draw_map(cut(tree, LEVELS - 1), title).svg
    if _print_size(whole, SIDE_W, SIDE_HIGH, BOX_TYPE) >= READABLE or len(tree.children) < LANES:
        yield "", whole
        return
    for branch in tree.children:
        yield f"{branch.label}，", draw_map(cut(replace(tree, children=[branch]), LEVELS - 1), title).svg


def _uncited(node: MindNode) -> MindNode:
    return replace(node, rows=[], children=[_uncited(child) for child in node.children])


def _print_size(svg: str, width: float, height: float, smallest: float = SMALLEST) -> float:
    """How large the smallest type of a map is in print, in points, if it fills a place (mm)."""
    wide, high = size_of(svg)
    return smallest * min(width / wide, height / high) / MM


def _picture(report: Context, svg: str, caption: str) -> None:
    wide, high = size_of(svg)
    scale = COMFORTABLE / SMALLEST * MM
    report.paper.picture(svg, caption, width=min(wide * scale, report.paper.text_width), height=min(high * scale, HIGH))


def _parts(view: ChainView) -> Iterator[tuple[str, ChainView]]:
    """The chain in parts that fit a standing page: two stages side by side, long stages in several parts."""
    stages: dict[str, list[Row]] = {}
    for s in view.segments:
        stages.setdefault(s["stage"] or "未分阶段", []).append(s)
    drawn = [(stage, list(_cut(rows))) for stage, rows in stages.items() if stage != MARKET]
    for pair in (drawn[i : i + LANES] for i in range(0, len(drawn), LANES)):
        for number in range(max(len(parts) for _, parts in pair)):
            there = [(stage, parts[number]) for stage, parts in pair if number < len(parts)]
            idents = {s["segment_id"] for _, part in there for s in part}
            names = "、".join(stage for stage, _ in there)
            yield f"{names}{f'，续{number}' if number else ''}", _only(view, idents)


def _cut(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Segments in parts that fit a page; a parent stays with what is below it, as far as there is room."""
    part: list[Row] = []
    cards = ceil(len(rows) / ceil(len(rows) / CARDS))  # parts about as long as each other
    for family in _families(rows):
        rest = family
        if part and len(part) + len(rest) > cards:
            yield part
            part = []
        while len(rest) > cards:
            yield rest[:cards]
            rest = rest[cards:]
        part = part + rest
    if part:
        yield part


def _families(rows: Sequence[Row]) -> list[list[Row]]:
    """Each segment without a parent, followed by all below it."""
    families: list[list[Row]] = []
    for row in rows:  # in tree order
        if families and row["parent"] and any(row["parent"] == r["segment"] for r in families[-1]):
            families[-1].append(row)
        else:
            families.append([row])
    return families


def _only(view: ChainView, idents: set[str]) -> ChainView:
    """The view of some segments alone."""
    edges = tuple(e for e in view.edges if e.relation != "FEEDS" or {e.source, e.target} <= idents)
    return replace(view, segments=tuple(s for s in view.segments if s["segment_id"] in idents), edges=edges)
