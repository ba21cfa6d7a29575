"""What is on screen as a file: PNG, SVG, CSV, GraphML, each with the filters that were set."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from viz.drawing.png import svg_to_png
from viz.drawing.svg import clean_xml, size_of
from viz.errors import UnknownFormat
from viz.graphmap.drawing import graph_svg

FORMATS = (".png", ".svg", ".csv", ".graphml")
COLUMNS = {
    "kind": "类别", "name": "名称", "county": "县（市、区）", "status": "状态", "year": "年份", "grade": "可信度",
    "weight": "关系数", "id": "标识",
}  # fmt: skip
RUN_BY_EXCEL = ("=", "+", "-", "@", "\t", "\r")
LARGEST = 40_000_000.0  # pixels of a PNG
Document = Mapping[str, Any]


def write_graph(scene: Document, title: str, day: str, notice: str, path: Path) -> None:
    """Write the picture in the format of the file's name. Raises UnknownFormat."""
    match path.suffix.lower():
        case ".svg":
            path.write_text(graph_svg(scene, title, day, notice), "utf-8")
        case ".png":
            path.write_bytes(_png(graph_svg(scene, title, day, notice)))
        case ".csv":
            path.write_text(graph_csv(scene, title, day, notice), "utf-8-sig", newline="")
        case ".graphml":
            path.write_text(graph_ml(scene, title, day), "utf-8")
        case suffix:
            raise UnknownFormat(suffix, FORMATS)


def _png(svg: str) -> bytes:
    """Twice as large as the screen, or as large as a picture may be."""
    width, height = size_of(svg)
    return svg_to_png(svg, scale=min(2.0, (LARGEST / (width * height)) ** 0.5))


def graph_csv(scene: Document, title: str, day: str, notice: str = "") -> str:
    """The nodes as rows, then what joins them; the filters stand above."""
    file = io.StringIO()
    out = csv.writer(file)
    nodes = {n["id"]: n for n in scene["nodes"] if n["shown"]}
    numbers = [c for c in scene["numbers"] if any(c in n["numbers"] for n in nodes.values())]
    out.writerows([[title, day, *([notice] if notice else [])], ["筛选", "；".join(scene["words"]) or "无"], []])
    out.writerow([*COLUMNS.values(), *map(_cell, numbers)])
    for node in nodes.values():
        out.writerow([_cell(node[c]) for c in COLUMNS] + [node["numbers"].get(c, "") for c in numbers])
    out.writerows([[], ["关系", "从", "到"]])
    for edge in scene["edges"]:
        if edge["source"] in nodes and edge["target"] in nodes:
            ends = (nodes[edge["source"]]["name"], nodes[edge["target"]]["name"])
            out.writerow([edge["caption"], *map(_cell, ends)])
    return file.getvalue()


def _cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula.

    >>> _cell("=1+1"), _cell("甲厂"), _cell(None), _cell(3)
    ("'=1+1", '甲厂', '', 3)
    """
    if isinstance(value, str) and value.startswith(RUN_BY_EXCEL):
        return f"'{value}"
    return "" if value is None else value


def graph_ml(scene: Document, title: str, day: str) -> str:
    """The same for Gephi, yEd and networkx, with the places of the screen."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph |= {"title": clean_xml(title), "day": day, "filters": clean_xml("；".join(scene["words"]) or "无")}
    for node in scene["nodes"]:
        if node["shown"]:
            texts = {
                c: clean_xml(node[c]) for c in ("kind", "county", "status", "year", "grade") if node[c] is not None
            }
            place = {"x": float(node["x"]), "y": float(node["y"]), "weight": int(node["weight"])}
            graph.add_node(node["id"], label=clean_xml(node["name"]), **texts, **place)
    for edge in scene["edges"]:
        if edge["source"] in graph and edge["target"] in graph:
            names = {"label": edge["relation"], "caption": edge["caption"]}
            graph.add_edge(edge["source"], edge["target"], key=edge["relation"], **names)
    return "\n".join(nx.generate_graphml(graph, named_key_ids=True)) + "\n"
