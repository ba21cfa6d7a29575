"""The mind map as a drawing that stands alone: title, date, legend, boxes on two sides, the sources at its foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.model import ChainView
from graph.naming.chain import chain_title
from viz.drawing.svg import tag, text
from viz.fonts import FAMILY, text_width
from viz.mindmap.cited import KEY, CitedSources
from viz.mindmap.node import MindNode
from viz.mindmap.place import LINE, PAD_Y, RIGHT, SIZE, MapLayout, Placed
from viz.theme import INK, LINK, MUTED, PALE, STATUS_STYLES, WHITE, demo_notice

FONTS = f"{FAMILY}, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
MARGIN, TITLE_SIZE, HEAD, KEYS, FOOT_LINE, NARROWEST = 24.0, 22, 66.0, 28.0, 20.0, 640.0


@dataclass(frozen=True, slots=True)
class Colors:
    """Of a box: its ground, its border, its text."""

    fill: str
    line: str
    ink: str


@dataclass(frozen=True, slots=True)
class MapTitle:
    """What stands over a map: its title, and the line below it."""

    title: str
    about: str

    @classmethod
    def of(cls, view: ChainView) -> MapTitle:
        """Of the map of a chain."""
        notice = f"　{demo_notice([view.county])}" if view.demo else ""
        return cls(f"{chain_title(view.county, view.chain)}创新思维导图", f"数据日期 {view.as_of}{notice}")


@dataclass(frozen=True, slots=True)
class MindDrawing:
    """A drawing (SVG) and its size, in the unit in which its text is of SIZE."""

    body: str
    width: float
    height: float

    @property
    def svg(self) -> str:
        """The drawing alone."""
        size = {"width": self.width, "height": self.height, "viewBox": f"0 0 {self.width:.2f} {self.height:.2f}"}
        return tag("svg", self.body, xmlns="http://www.w3.org/2000/svg", font_family=FONTS, **size)


def colors_of(node: MindNode) -> Colors:
    """By status where there is one, else by kind; what is to be checked is pale."""
    if node.pale:
        return Colors(PALE.fill, PALE.color, PALE.ink)
    if node.status:
        style = STATUS_STYLES[node.status]
        return Colors(style.fill, style.color, style.color)
    return Colors(node.color, node.color, WHITE)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """Where the pieces of a drawing stand; its size is known before anything is drawn."""

    layout: MapLayout
    inner: float  # width between the margins
    legend: list[list[MindNode]]
    foot: list[str]

    @classmethod
    def of(cls, root: MindNode, title: MapTitle, one_sided: bool = False) -> MapFrame:
        """Of a tree under a title."""
        cited = CitedSources(root.walk())
        layout = MapLayout(root, cited, one_sided)
        inner = max(layout.width, text_width(title.title, TITLE_SIZE), text_width(title.about, SIZE), NARROWEST)
        return cls(layout, inner, _flowed(kinds_of(root), inner), _foot(cited, inner))

    @property
    def top(self) -> float:
        """Where the boxes begin."""
        return HEAD + KEYS * len(self.legend) + LINE / 2

    @property
    def low(self) -> float:
        """Where the first line of the foot stands."""
        return self.top + self.layout.height + 2 * LINE

    @property
    def width(self) -> float:
        """Of all."""
        return self.inner + 2 * MARGIN

    @property
    def height(self) -> float:
        """Of all."""
        return self.low + FOOT_LINE * len(self.foot) + MARGIN / 2


def draw_map(root: MindNode, title: MapTitle) -> MindDrawing:
    """A tree as a drawing."""
    return draw_frame(MapFrame.of(root, title), title)


def draw_frame(frame: MapFrame, title: MapTitle) -> MindDrawing:
    """A drawing whose pieces have their places."""
    parts = [
        tag("rect", x=0, y=0, width=frame.width, height=frame.height, fill=WHITE),
        _label(MARGIN, 32, title.title, TITLE_SIZE, INK),
        _label(MARGIN, 56, title.about, SIZE, MUTED),
        *(piece for number, row in enumerate(frame.legend) for piece in _legend(row, HEAD + KEYS * number)),
        *boxes_of(frame.layout, MARGIN + (frame.inner - frame.layout.width) / 2, frame.top),
        *(_label(MARGIN, frame.low + FOOT_LINE * n, line, SIZE, MUTED) for n, line in enumerate(frame.foot)),
    ]
    return MindDrawing("".join(parts), frame.width, frame.height)


def boxes_of(layout: MapLayout, dx: float, dy: float) -> Iterator[str]:
    """The boxes with what joins them."""
    boxes = layout.boxes
    for box in boxes:
        if box.parent is not None:
            yield _join(boxes[box.parent], box, dx, dy)
    for box in boxes:
        yield from _box(box, dx, dy)


def _label(x: float, y: float, content: str, size: float, color: str, anchor: str | None = None) -> str:
    return tag("text", text(content), x=x, y=y, font_size=size, fill=color, text_anchor=anchor)


def _join(a: Placed, b: Placed, dx: float, dy: float) -> str:
    x1, x2 = (a.x + a.w, b.x) if b.side == RIGHT else (a.x, b.x + b.w)
    x1, x2, y1, y2 = x1 + dx, x2 + dx, a.y + dy, b.y + dy
    bend = (x2 - x1) / 2
    return tag(
        "path",
        d=f"M{x1:.1f} {y1:.1f} C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}",
        fill="none",
        stroke=LINK,
        stroke_width=1.3,
    )


def _box(b: Placed, dx: float, dy: float) -> Iterator[str]:
    colors, x, y = colors_of(b.node), b.x + dx, b.y + dy - b.h / 2
    yield shape_of(b.node.kind, (x, y, b.w, b.h), colors)
    for number, line in enumerate(b.lines):
        yield _label(x + b.w / 2, y + PAD_Y + LINE * number + 13.2, line, SIZE, colors.ink, "middle")


# -- shapes: a kind is known in black and white, too ------------------------------------------------

Box = tuple[float, float, float, float]  # left, top, width, height


def _polygon(*points: tuple[float, float]) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points) + " Z"


def _hexagon(x: float, y: float, w: float, h: float) -> str:
    return _polygon((x, y + h / 2), (x + 6, y), (x + w - 6, y), (x + w, y + h / 2), (x + w - 6, y + h), (x + 6, y + h))


def _slanted(x: float, y: float, w: float, h: float) -> str:
    return _polygon((x + 6, y), (x + w, y), (x + w - 6, y + h), (x, y + h))


def _flag(x: float, y: float, w: float, h: float) -> str:
    return _polygon((x, y), (x + w - 7, y), (x + w, y + h / 2), (x + w - 7, y + h), (x, y + h))


def _clipped(x: float, y: float, w: float, h: float) -> str:
    return _polygon((x, y), (x + w - 7, y), (x + w, y + 7), (x + w, y + h), (x + 7, y + h), (x, y + h - 7))


def _broad(x: float, y: float, w: float, h: float) -> str:
    return _polygon((x + 6, y), (x + w - 6, y), (x + w, y + h), (x, y + h))


def _roof(x: float, y: float, w: float, h: float) -> str:
    return _polygon((x, y), (x + w, y), (x + w, y + h - 6), (x + w - 6, y + h), (x + 6, y + h), (x, y + h - 6))


_PATHS: dict[str, Callable[[float, float, float, float], str]] = {
    "关键技术": _hexagon, "技术需求": _slanted, "项目": _flag, "科技成果": _clipped, "平台": _broad, "高校院所": _roof,
}  # fmt: skip
_ROUND = {"产业链": 10.0, "阶段": 10.0, "环节": 5.0, "人才": 10.0, "活动": 10.0}
_DASHED = frozenset({"外部来源", "活动", "责任"})


def shape_of(kind: str, box: Box, colors: Colors) -> str:
    """The outline of a box, which says its kind with its colour."""
    x, y, w, h = box
    look: dict[str, Any] = {
        "fill": colors.fill,
        "stroke": colors.line,
        "stroke_dasharray": "4 2" if kind in _DASHED else None,
    }
    if path := _PATHS.get(kind):
        return tag("path", d=path(*box), **look)
    return tag("rect", x=x, y=y, width=w, height=h, rx=_ROUND.get(kind, 0.0), **look)


# -- what the shapes and numbers mean ---------------------------------------------------------------


def kinds_of(root: MindNode) -> list[MindNode]:
    """One box of every kind that a map shows, in the order in which they come, and one of every status after them."""
    seen: dict[str, MindNode] = {}
    for node in root.walk():
        seen.setdefault(key_name(node), node)
    return sorted(seen.values(), key=lambda n: bool(n.status))


def _flowed(keys: list[MindNode], width: float) -> list[list[MindNode]]:
    rows: list[list[MindNode]] = [[]]
    at = 0.0
    for key in keys:
        wide = text_width(key_name(key), SIZE) + 36
        if rows[-1] and at + wide > width:
            rows.append([])
            at = 0.0
        rows[-1].append(key)
        at += wide
    return rows


def _legend(row: list[MindNode], y: float) -> Iterator[str]:
    x = MARGIN
    for key in row:
        name = key_name(key)
        width, colors = text_width(name, SIZE) + 24, colors_of(key)
        yield shape_of(key.kind, (x, y, width, 21.0), colors)
        yield _label(x + width / 2, y + 15.2, name, SIZE, colors.ink, "middle")
        x += width + 12


def key_name(node: MindNode) -> str:
    """What the legend calls a box: its kind, or its status."""
    if node.pale:
        return "待核实环节"
    return f"{STATUS_STYLES[node.status].caption}环节" if node.status else node.kind


def _foot(cited: CitedSources, width: float) -> list[str]:
    """The sources in lines that fit."""
    lines: list[str] = []
    for item in (f"{KEY}。来源：", *(f"{line}；" for line in cited.lines())):
        if lines and text_width(lines[-1] + item, SIZE) <= width:
            lines[-1] += item
        else:
            lines.append(item)
    if not cited.lines():
        return []
    return [*lines[:-1], lines[-1].rstrip("；") + "。"]
