"""The innovation mind map: one offline HTML file built on pyvis, or a drawing. The only user of pyvis.

pyvis' own pages load scripts from other hosts and run titles as HTML, so only its data is used; the
page is our template with every text escaped, and a policy that lets it load and send nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from pyvis.network import Network

from graph.model import ChainView
from viz.drawing.png import svg_to_png
from viz.drawing.svg import tag, text
from viz.errors import NotWritable, UnknownFormat
from viz.fonts import FAMILY, fit, text_width
from viz.mindmap.tree import NO_SEGMENT, MindNode, mind_tree
from viz.theme import DEMO_NOTICE, FONT_STACK, GROUP, INK, LINK, MUTED, PALE, PICKED, STATUS_STYLES, WHITE

SIZE, PAD, BOX_H, ROW, COLUMN_GAP = 14, 20.0, 27.0, 34.0, 64.0
MAX_TEXT = 330.0  # a label wider than this is shortened; the panel has the whole text
FIRST_VIEW = 20  # rows shown at first, so that the text is legible
FORMATS = (".html", ".svg", ".png")
COLORS = {
    "产业链": "#1f3a5f", "阶段": "#2459b8", "关键技术": "#6b3fc4", "技术需求": "#b8470b", "企业": "#0e7480",
    "平台": "#1565c0", "人才": "#9c2a8f", "高校院所": "#0b5394", "项目": "#2b7a2b", "科技成果": "#8a6100",
    "活动": "#a8326b", "外部来源": "#6b5b00", "责任": GROUP,
}  # fmt: skip


@dataclass(slots=True)
class Placed:
    """A box of the map with its place: x is the left edge, y the middle."""

    id: int
    node: MindNode
    depth: int
    parent: int | None
    label: str
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0


def place(root: MindNode, depth: int | None = None) -> list[Placed]:
    """Every box of the tree (to a depth), left to right, parents before children, none overlapping."""
    boxes: list[Placed] = []

    def visit(node: MindNode, level: int, parent: int | None, row: float) -> float:
        label = fit(node.label, SIZE, MAX_TEXT)
        box = Placed(len(boxes), node, level, parent, label, w=text_width(label, SIZE) + PAD)
        boxes.append(box)
        below = node.children if depth is None or level < depth else []
        if not below:
            box.y = row * ROW
            return row + 1
        first = len(boxes)
        for child in below:
            row = visit(child, level + 1, box.id, row)
        kids = [b for b in boxes[first:] if b.parent == box.id]
        box.y = (kids[0].y + kids[-1].y) / 2
        return row

    visit(root, 0, None, 0.0)
    lefts = _columns(boxes)
    for box in boxes:
        box.x = lefts[box.depth]
    return boxes


def _columns(boxes: list[Placed]) -> list[float]:
    widest: dict[int, float] = {}
    for box in boxes:
        widest[box.depth] = max(widest.get(box.depth, 0.0), box.w)
    lefts = [0.0]
    for level in sorted(widest):
        lefts.append(lefts[-1] + widest[level] + COLUMN_GAP)
    return lefts


def _colors(node: MindNode) -> tuple[str, str, str]:
    """(fill, line, text) of a box."""
    if node.pale:
        return PALE.fill, PALE.color, PALE.ink
    if node.status:
        style = STATUS_STYLES[node.status]
        return style.fill, style.color, style.color
    color = COLORS.get(node.kind, GROUP)
    return color, color, WHITE


def mindmap_network(root: MindNode) -> tuple[Network, list[Placed]]:
    """The map as a pyvis network: integer ids, preset places, physics off."""
    boxes = place(root)
    net = Network(directed=True)
    for box in boxes:
        fill, line, ink = _colors(box.node)
        net.add_node(
            box.id, label=box.label, shape="box", x=box.x + box.w / 2, y=box.y, physics=False,
            color={"background": fill, "border": line, "highlight": {"background": fill, "border": PICKED}},
            font={"color": ink, "size": SIZE}, widthConstraint=box.w - 10,
        )  # fmt: skip
    for box in boxes:
        if box.parent is not None:
            net.add_edge(box.parent, box.id)
    return net, boxes


def first_folded(root: MindNode) -> set[int]:
    """Which boxes (by their number in `place`) are folded at first: as deep as stays legible.

    Segments always show; the branch of what has no segment opens only when it is short.

    >>> first_folded(MindNode("链", "产业链", children=[MindNode("上游", "阶段")]))
    set()
    """
    boxes = place(root)
    kids: dict[int, list[int]] = {}
    for box in boxes:
        if box.parent is not None:
            kids.setdefault(box.parent, []).append(box.id)
    loose = {b.id for b in boxes if b.node.label == NO_SEGMENT and len(kids.get(b.id, [])) > 4}
    folded = {b.id for b in boxes if b.depth >= 2 and b.id in kids} | loose
    for depth in range(2, max(b.depth for b in boxes) + 1):
        deeper = {i for i in folded if boxes[i].depth > depth or i in loose}
        if _rows(0, kids, deeper) > FIRST_VIEW:
            break
        folded = deeper
    return folded


def _rows(box: int, kids: dict[int, list[int]], folded: set[int]) -> int:
    below = [] if box in folded else kids.get(box, [])
    return sum(_rows(k, kids, folded) for k in below) or 1


def mindmap_html(view: ChainView, *, title: str) -> str:
    """The map as one file that needs nothing else and can reach nothing else."""
    root = mind_tree(view)
    net, boxes = mindmap_network(root)
    data = {
        "nodes": net.nodes, "edges": [{"from": e["from"], "to": e["to"]} for e in net.edges],
        "tree": [
            {"parent": b.parent, "depth": b.depth, "left": b.x, "w": b.w, "full": b.node.label, "kind": b.node.kind, "rows": b.node.rows}
            for b in boxes
        ],
        "row": ROW, "folded": sorted(first_folded(root)), "font": FONT_STACK,
    }  # fmt: skip
    kinds = {b.node.kind for b in boxes}
    return _template().render(
        title=title, as_of=view.as_of, notice=DEMO_NOTICE if view.demo else "", data=_json(data), policy=policy(),
        style=Markup(_asset("mindmap.css")), library=Markup(_library()), script=Markup(_asset("mindmap.js")),
        legend=[(k, c) for k, c in COLORS.items() if k in kinds], root=root,
    )  # fmt: skip


@cache
def policy() -> str:
    """The content security policy of the page: its own two scripts and one style by hash, nothing else."""
    scripts = " ".join(f"'sha256-{_hash(s)}'" for s in (_library(), _asset("mindmap.js")))
    return f"default-src 'none'; script-src {scripts}; style-src 'sha256-{_hash(_asset('mindmap.css'))}'; img-src data:; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _json(data: Any) -> Markup:
    """JSON that no HTML parser can leave: <, >, & and line separators are escaped."""
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        said = said.replace(char, f"\\u{ord(char):04x}")
    return Markup(said)


@cache
def _asset(name: str) -> str:
    return (files("viz.mindmap") / "assets" / name).read_text("utf-8")


@cache
def _library() -> str:
    return (files("viz.mindmap") / "assets" / "vis-network" / "vis-network.min.js").read_text("utf-8")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("mindmap.html.j2"))


def mindmap_svg(view: ChainView, *, depth: int | None = None) -> str:
    """The map as a drawing that stands alone; `depth` cuts it (3 = chain, stage, segment, technology)."""
    boxes = place(mind_tree(view), depth)
    margin, head = 24.0, 64.0
    width = max(b.x + b.w for b in boxes) + 2 * margin
    height = max(b.y for b in boxes) + BOX_H + head + margin
    parts = [
        tag("rect", x=0, y=0, width=width, height=height, fill=WHITE),
        _label(margin, 30, f"{view.county} · {view.chain} · 创新思维导图", 18, INK, "start"),
        _label(margin, 50, f"数据日期 {view.as_of}　{DEMO_NOTICE if view.demo else ''}", 12, MUTED, "start"),
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
    fill, line, ink = _colors(b.node)
    yield tag("rect", x=b.x + dx, y=b.y + dy, width=b.w, height=BOX_H, rx=5, fill=fill, stroke=line)
    yield _label(b.x + dx + b.w / 2, b.y + dy + 19, b.label, SIZE, ink, "middle")


def write_mindmap(view: ChainView, path: Path) -> int:
    """Write the map as .html, .svg or .png; the number of bytes. Raises UnknownFormat and NotWritable."""
    suffix = path.suffix.lower()
    if suffix == ".html":
        content = mindmap_html(view, title=f"{view.county}{view.chain}创新思维导图").encode()
    elif suffix == ".svg":
        content = mindmap_svg(view).encode()
    elif suffix == ".png":
        content = svg_to_png(mindmap_svg(view), scale=1.5)
    else:
        raise UnknownFormat(suffix, FORMATS)
    try:
        return path.write_bytes(content)
    except OSError as error:
        raise NotWritable(path, error.strerror) from error
