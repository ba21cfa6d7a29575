"""The innovation mind map: one offline HTML file built on pyvis. The only user of pyvis.

pyvis' own pages load scripts from other hosts and run titles as HTML, so only its data is used; the
page is our template with every text escaped, and a policy that lets it load and send nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup
from pyvis.network import Network

from viz.drawing.alone import policy
from viz.mindmap.cited import KEY, CitedSources
from viz.mindmap.drawing import MapTitle, colors_of, kinds_of
from viz.mindmap.node import MindNode
from viz.mindmap.place import ROW, SIZE, MapLayout, Placed, first_folded
from viz.theme import FONT_STACK, LINK, PICKED, rule, tokens


def mindmap_network(root: MindNode) -> tuple[Network, list[Placed]]:
    """The map as a pyvis network: integer ids, preset places; `group` is the kind of box (see `_palette`)."""
    layout = MapLayout(root)
    net = Network(directed=True)
    for box in layout.boxes:
        net.add_node(box.id, label=box.label, x=box.x + box.w / 2, y=box.y, group=_group(box.node))
        if box.parent is not None:
            net.add_edge(box.parent, box.id)
    return net, layout.boxes


def _group(node: MindNode) -> str:
    return "|".join((node.kind, node.status or "", "淡" if node.pale else ""))


def _palette(boxes: list[Placed]) -> dict[str, Any]:
    """How the boxes of each group look, said once."""
    looks = {}
    for node in (b.node for b in boxes):
        colors = colors_of(node)
        looks[_group(node)] = {
            "color": {
                "background": colors.fill,
                "border": colors.line,
                "highlight": {"background": colors.fill, "border": PICKED},
            },
            "font": {"color": colors.ink, "size": SIZE, "face": FONT_STACK},
        }
    return looks


def mindmap_page(root: MindNode, title: MapTitle) -> str:
    """A map, whole or cut, as one file that needs nothing else and can reach nothing else."""
    net, boxes = mindmap_network(root)
    cited = CitedSources(root.walk())
    rows = {row: number for number, row in enumerate(dict.fromkeys(r for b in boxes for r in b.node.rows))}
    data = {
        "nodes": [[n["label"], round(n["x"], 1), round(n["y"], 1), n["group"]] for n in net.nodes],
        "groups": _palette(boxes),
        "tree": [
            [b.parent, round(b.x, 1), round(b.w, 1), b.side, "" if b.node.label == b.label else b.node.label, [rows[r] for r in b.node.rows]]
            for b in boxes
        ],
        "rows": [[row.line, row.record] for row in rows],
        "row": ROW, "size": SIZE, "folded": sorted(first_folded(root)), "link": LINK, "picked": PICKED,
    }  # fmt: skip
    legend = [(node.kind, node.color) for node in kinds_of(root) if not node.status]
    style = _style(dict(legend))
    return _template().render(
        title=title,
        data=_json(data),
        policy=policy(style, (_library(), _asset("mindmap.js"))),
        style=Markup(style),
        library=Markup(_library()),
        script=Markup(_asset("mindmap.js")),
        legend=legend,
        root=root,
        cited=cited,
        key=KEY,
    )


def _json(data: Any) -> Markup:
    """JSON that no HTML parser can leave: <, >, & and line separators are escaped."""
    encoded = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        encoded = encoded.replace(char, f"\\u{ord(char):04x}")
    return Markup(encoded)


def _style(legend: Mapping[str, str]) -> str:
    kinds = (rule(f".k-{kind}", {"background": color}) for kind, color in legend.items())
    return "\n".join((rule(":root", tokens()), _asset("mindmap.css"), *kinds))


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
