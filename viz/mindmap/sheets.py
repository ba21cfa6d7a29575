"""The mind map on paper: one A3 sheet where it fits at 8 points, else an overview and a sheet for each part of a branch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from viz.drawing.svg import tag
from viz.mindmap.drawing import FONTS, MapFrame, MapTitle, MindDrawing, draw_frame, draw_map
from viz.mindmap.node import MindNode
from viz.mindmap.place import SIZE

LONG, SHORT, EDGE = 1190.55, 841.89, 14.0  # A3 and what a printer leaves white, in points
SMALLEST, LARGEST = 8.0, 12.0  # points of the text
MOST_WIDE, MOST_HIGH = (LONG - 2 * EDGE) * SIZE / SMALLEST, (SHORT - 2 * EDGE) * SIZE / SMALLEST


@dataclass(frozen=True, slots=True)
class MindSheet:
    """A sheet: its drawing, its size in points, and how many points a unit of the drawing is."""

    drawing: MindDrawing
    width: float
    height: float
    scale: float

    def svg(self) -> str:
        """The whole sheet as a drawing: the map in its middle, at the top."""
        drawing = self.drawing
        left = (self.width - drawing.width * self.scale) / 2
        moved = f"translate({left:.2f} {EDGE:.2f}) scale({self.scale:.5f})"
        size = {"width": self.width, "height": self.height, "viewBox": f"0 0 {self.width} {self.height}"}
        inner = tag("g", drawing.body, transform=moved, font_family=FONTS)
        return tag("svg", inner, xmlns="http://www.w3.org/2000/svg", **size)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one sheet shows: a node with some of its branches, and what stands above it."""

    node: MindNode
    path: tuple[str, ...]

    @classmethod
    def of(cls, node: MindNode, path: tuple[str, ...], branches: list[MindNode]) -> _Part:
        """Some branches of a node; a single one stands for itself."""
        if len(branches) == 1 and branches[0].children:
            return cls(branches[0], (*path, _name(node)))
        return cls(replace(node, children=branches), path)

    def title(self, whole: MapTitle, number: int, count: int) -> MapTitle:
        """What stands over it: where in the map it is."""
        path = [*self.path[1:], _name(self.node)] if self.path else [_names(self.node.children)]
        return MapTitle(f"{whole.title}：{' · '.join(path)}", f"{whole.about}　第{number}张，共{count}张")

    def frame(self, title: MapTitle) -> MapFrame:
        """Its pieces on two sides, or on one where two are too wide."""
        both = MapFrame.of(self.node, title)
        return both if _fits(both) else MapFrame.of(self.node, title, one_sided=True)


def sheets_of(root: MindNode, title: MapTitle) -> list[MindSheet]:
    """The sheets of a map: one, or the overview and its parts."""
    if _fits(whole := MapFrame.of(root, title)):
        return [_sheet(draw_frame(whole, title))]
    parts = [*_parts(root, (), title)]
    count = len(parts) + 1
    on = {id(n): number for number, p in enumerate(parts, 2) for n in p.node.walk()}
    drawings = [_overview(root, title, on, count)]
    for number, part in enumerate(parts, 2):
        head = part.title(title, number, count)
        drawings.append(draw_frame(part.frame(head), head))
    return [_sheet(d) for d in drawings]


def _fits(drawn: MapFrame | MindDrawing) -> bool:
    """Whether a drawing stands on A3, however it lies, with legible text."""
    w, h = drawn.width, drawn.height
    return (w <= MOST_WIDE and h <= MOST_HIGH) or (w <= MOST_HIGH and h <= MOST_WIDE)


def _sheet(drawing: MindDrawing) -> MindSheet:
    """A drawing on A3, upright where it is higher than wide; its text never larger than is pleasant to read."""
    width, height = (LONG, SHORT) if drawing.width >= drawing.height else (SHORT, LONG)
    fitting = min((width - 2 * EDGE) / drawing.width, (height - 2 * EDGE) / drawing.height)
    return MindSheet(drawing, width, height, min(fitting, LARGEST / SIZE))


def _parts(node: MindNode, path: tuple[str, ...], title: MapTitle) -> Iterator[_Part]:
    """The branches of a node, as many on a sheet as fit; one that fits on none is parted itself."""
    rest = node.children

    def fits(count: int) -> bool:
        part = _Part.of(node, path, rest[:count])
        return _fits(part.frame(part.title(title, 99, 99)))

    while rest:
        count = _most(fits, len(rest))
        if count or not rest[0].children:
            yield _Part.of(node, path, rest[: max(count, 1)])
        else:
            yield from _parts(rest[0], (*path, _name(node)), title)
        rest = rest[max(count, 1) :]


def _most(fits: Callable[[int], bool], most: int) -> int:
    """The greatest number up to `most` that fits, 0 for none; found in few trials.

    >>> _most(lambda n: n <= 37, 100), _most(lambda n: False, 5), _most(lambda n: True, 5)
    (37, 0, 5)
    """
    good, step = 0, 1
    while good + step <= most and fits(good + step):
        good, step = good + step, step * 2
    while step > 1:
        step //= 2
        if good + step <= most and fits(good + step):
            good += step
    if good < most and fits(good + 1):
        good += 1
    return good


def _name(node: MindNode) -> str:
    return node.name or node.label


def _names(nodes: list[MindNode]) -> str:
    return "、".join(_name(n) for n in nodes[:3]) + (f"等{len(nodes)}项" if len(nodes) > 3 else "")


def _overview(root: MindNode, title: MapTitle, on: Mapping[int, int], count: int) -> MindDrawing:
    """As many levels as fit on one sheet; where a branch goes on, on which sheet."""
    head = replace(title, about=f"{title.about}　第1张，共{count}张：总览，各分支的全部内容见后面各张")
    levels = range(_levels(root) - 1, 0, -1)
    depth = next((d for d in levels if _fits(MapFrame.of(_upper(root, d, on), head))), 0)
    return draw_map(_upper(root, depth, on), head)


def _levels(node: MindNode) -> int:
    return 1 + max((_levels(c) for c in node.children), default=-1)


def _upper(node: MindNode, depth: int, on: Mapping[int, int]) -> MindNode:
    """The upper levels of a branch; what is left out says how much it is, and where."""
    if depth or not node.children:
        return replace(node, children=[_upper(c, depth - 1, on) for c in node.children])
    sheets = sorted({on[id(n)] for n in node.walk() if id(n) in on})
    where = f"第{sheets[0]}张" if len(sheets) == 1 else f"第{sheets[0]}—{sheets[-1]}张"
    return replace(node, children=[], label=f"{node.label}（{node.size() - 1}项，{where}）", rows=[])
