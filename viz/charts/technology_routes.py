"""技术路线: from segment to technology and its level, the needs for it, the projects that work on them, the results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.model import ChainView, ViewNode
from viz.charts.chain_tree import subject_of
from viz.charts.sheet import ChartSheet, LegendSign
from viz.charts.tiles import Tile, TileColumns, tile_sheets
from viz.theme import GROUP, PALE, SOFT, STATUS_STYLES, WHITE, Look, look_of

COLUMNS = TileColumns(
    ("环节", "关键技术（水平）", "技术需求", "攻关项目、技术合同", "科技成果"), (1.0, 1.2, 1.4, 1.4, 1.2)
)
TECHNOLOGY, NEED, RESULT, SEGMENT = "关键技术", "技术需求", "科技成果", "环节"
NOWHERE = "未注明环节"
NOTE = "需求右侧空白的，没有登记对应的项目和成果。"


@dataclass(slots=True)
class _Route:
    """The view, and what was drawn of it so far."""

    view: ChainView
    drawn: set[str] = field(default_factory=set)
    records: list[int] = field(default_factory=list)

    def tile(self, node: ViewNode, column: int, note: str, children: Iterable[Tile] = ()) -> Tile:
        self.drawn.add(node.id)
        self.records += node.records
        color = self.view.looks[node.kind].color
        return Tile(node.name, column, Look(color, WHITE, color), note, children=tuple(children))

    def technology(self, node: ViewNode) -> Tile:
        level = str(node.values.get("水平") or "水平未注明")
        stuck = "，卡脖子" if node.values.get("卡脖子") == "是" else ""
        needs = [self.need(n) for n in self.view.origins(node.id, "NEEDS_TECHNOLOGY") if n.kind == NEED]
        results = [
            self.tile(n, 4, _facts(n, "类型", "级别", "年份"))
            for n in self.view.origins(node.id, "USES_TECHNOLOGY")
            if n.kind == RESULT and n.id not in self.drawn
        ]
        return self.tile(node, 1, level + stuck, [*needs, *results])

    def need(self, node: ViewNode) -> Tile:
        work = [
            self.tile(n, 3, _facts(n, "级别", "状态", "年份") or n.kind) for n in self.view.origins(node.id, "SOLVES")
        ]
        results = [self.tile(n, 4, _facts(n, "类型", "级别", "年份")) for n in self.view.origins(node.id, "MEETS")]
        return self.tile(node, 2, _facts(node, "类别", "进展"), [*work, *results])

    def of_segment(self, pointing: Sequence[ViewNode]) -> list[Tile]:
        tiles = [self.technology(n) for n in pointing if n.kind == TECHNOLOGY and n.id not in self.drawn]
        return tiles + [self.need(n) for n in pointing if n.kind == NEED and n.id not in self.drawn]


def technology_routes(view: ChainView) -> list[ChartSheet]:
    """The routes, segment by segment."""
    route, trees = _Route(view), []
    for s in view.segments:
        if tiles := route.of_segment(view.origins(s["segment_id"], "ON_SEGMENT")):
            look = look_of(s["status"], s["flags"])
            caption = f"{STATUS_STYLES[s['status']].icon} {s['caption']}"
            trees.append(Tile(s["segment"], 0, look, caption, children=tuple(tiles)))
    loose = [n for kind in (TECHNOLOGY, NEED) for n in view.belonging(kind)]
    if tiles := route.of_segment(loose):
        trees.append(Tile(NOWHERE, 0, Look(GROUP, SOFT, GROUP), children=tuple(tiles)))
    if not trees:
        trees = [Tile("暂无技术和需求数据，列入待补清单", 0, PALE)]
    sources = [view.sources[r] for r in dict.fromkeys(route.records) if r in view.sources]
    legend = tuple(
        LegendSign(kind, Look(view.looks[kind].color, WHITE, view.looks[kind].color))
        for kind in (TECHNOLOGY, NEED, "项目", "技术合同", RESULT)
        if any(view.nodes[i].kind == kind for i in route.drawn)
    )
    return tile_sheets(subject_of(view, "技术路线图", sources, legend=legend, note=NOTE), COLUMNS, trees)


def _facts(node: ViewNode, *captions: str) -> str:
    return "，".join(str(node.values[c]) for c in captions if node.values.get(c) not in (None, ""))
