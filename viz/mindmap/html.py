"""The innovation mind map: one offline HTML file built on pyvis, or a drawing. The only user of pyvis.

pyvis' own pages load scripts from other hosts and run titles as HTML, so only its data is used; the
page is our template with every text escaped, and a policy that lets it load and send nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from pyvis.network import Network

from graph.answers.documents.recruiting import CandidatesDocument
from graph.files import reason_of
from graph.model import ChainView
from graph.naming.chain import chain_title
from viz.drawing.png import svg_to_png
from viz.errors import NotWritable, UnknownFormat
from viz.mindmap.drawing import colors_of, mindmap_svg
from viz.mindmap.place import ROW, SIZE, Placed, first_folded, place
from viz.mindmap.tree import MindNode, mind_tree
from viz.theme import FONT_STACK, LINK, PICKED, demo_notice, rule, tokens

FORMATS = (".html", ".svg", ".png")


def mindmap_network(root: MindNode) -> tuple[Network, list[Placed]]:
    """The map as a pyvis network: integer ids, preset places, physics off."""
    boxes = place(root)
    net = Network(directed=True)
    for box in boxes:
        colors = colors_of(box.node)
        net.add_node(
            box.id,
            label=box.label,
            shape="box",
            x=box.x + box.w / 2,
            y=box.y,
            physics=False,
            color={
                "background": colors.fill,
                "border": colors.line,
                "highlight": {"background": colors.fill, "border": PICKED},
            },
            font={"color": colors.ink, "size": SIZE},
            widthConstraint=box.w - 10,
        )
    for box in boxes:
        if box.parent is not None:
            net.add_edge(box.parent, box.id)
    return net, boxes


def mindmap_html(view: ChainView, plan: CandidatesDocument | None = None, *, title: str) -> str:
    """The map as one file that needs nothing else and can reach nothing else."""
    root = mind_tree(view, plan)
    net, boxes = mindmap_network(root)
    data = {
        "nodes": net.nodes, "edges": [{"from": e["from"], "to": e["to"]} for e in net.edges],
        "tree": [
            {"parent": b.parent, "depth": b.depth, "left": b.x, "w": b.w, "full": b.node.label, "kind": b.node.kind, "rows": b.node.rows}
            for b in boxes
        ],
        "row": ROW, "folded": sorted(first_folded(root)), "font": FONT_STACK, "link": LINK, "picked": PICKED,
    }  # fmt: skip
    colors = {b.node.kind: b.node.color for b in boxes if not b.node.status}
    order = ("产业链", "阶段", *(look.kind for look in view.ranked()), "责任")
    legend = {kind: colors[kind] for kind in order if kind in colors}
    style = _style(legend)
    return _template().render(
        title=title,
        as_of=view.as_of,
        notice=demo_notice([view.county]) if view.demo else "",
        data=_json(data),
        policy=policy(style),
        style=Markup(style),
        library=Markup(_library()),
        script=Markup(_asset("mindmap.js")),
        legend=list(legend.items()),
        root=root,
    )


def policy(style: str) -> str:
    """The content security policy of the page: its own two scripts and one style by hash, nothing else."""
    scripts = " ".join(f"'sha256-{_hash(s)}'" for s in (_library(), _asset("mindmap.js")))
    return f"default-src 'none'; script-src {scripts}; style-src 'sha256-{_hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


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


def write_mindmap(view: ChainView, path: Path, plan: CandidatesDocument | None = None) -> int:
    """Write the map as .html, .svg or .png; the number of bytes. Raises UnknownFormat and NotWritable."""
    suffix = path.suffix.lower()
    if suffix == ".html":
        content = mindmap_html(view, plan, title=f"{chain_title(view.county, view.chain)}创新思维导图").encode()
    elif suffix == ".svg":
        content = mindmap_svg(view, plan).encode()
    elif suffix == ".png":
        content = svg_to_png(mindmap_svg(view, plan), scale=1.5)
    else:
        raise UnknownFormat(suffix, FORMATS)
    try:
        return path.write_bytes(content)
    except OSError as error:
        raise NotWritable(path, reason_of(error)) from error
