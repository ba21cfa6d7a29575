"""The explorer's picture: nothing over anything else, nothing moves, the same steps the same places, in every file."""

from __future__ import annotations

import csv
import io
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import pytest

from graph.answers.explorer.neighbours import groups
from graph.answers.explorer.picture import Arrival, Move, draw, picture_document
from graph.answers.explorer.steps import read_steps
from viz.drawing.png import svg_to_png
from viz.errors import UnknownFormat
from viz.graphmap.drawing import graph_svg
from viz.graphmap.files import graph_csv, graph_ml, write_graph
from viz.graphmap.places import DISC_H, DISC_W, NODE_H, NODE_W, Taken
from viz.graphmap.scene import graph_scene, places_of

HOSTILE = "=<script>alert(1)</script>\x07"


@pytest.fixture(scope="module")
def scenes(examples):
    """The picture after each of some steps from the chain of the example."""
    with examples.reading() as state:
        chain = next(c.id for c in state.chains() if c.county == "示例县")
        texts = [f"group.{chain}.{g.key}" for g in groups(state, chain)]
        made = []
        for count in range(len(texts) + 1):
            picture = draw(state, [chain], read_steps(texts[:count])[0])
            made.append(graph_scene(picture, picture_document(state, picture, {}), state.city.schema.looks, "关系数"))
    return made


def boxes(scene):
    yield from (Taken(n["x"], n["y"], NODE_W, NODE_H) for n in scene["nodes"])
    yield from (Taken(g["x"], g["y"], DISC_W, DISC_H) for g in scene["groups"])


def test_nothing_lies_over_anything_else(scenes):
    assert len(scenes[-1]["nodes"]) > 60
    # NodePlaces are whole numbers, so that boxes may meet by less than one.
    assert [(a, b) for a, b in combinations(boxes(scenes[-1]), 2) if Taken(a.x, a.y, a.w - 2, a.h - 2).meets(b)] == []


def test_what_is_drawn_stays_where_it_is(scenes):
    for before, after in pairwise(scenes):
        places = {n["id"]: (n["x"], n["y"]) for n in after["nodes"]}
        assert all(places[n["id"]] == (n["x"], n["y"]) for n in before["nodes"])


def test_a_node_moved_by_hand_stands_there_and_the_next_one_beside_it():
    arrivals = [Arrival(("a",)), Move("a", (300, 40)), Arrival(("b",), ("a",)), Arrival(("c",), ("a", "b"))]
    places = places_of(arrivals, {"a", "b", "c"})
    assert places["a"] == (300, 40)
    assert len(set(places.values())) == 3


def test_the_files_have_what_is_on_screen_and_its_filters(scenes, tmp_path: Path):
    node, hidden = {**scenes[0]["nodes"][0], "name": HOSTILE, "lines": [HOSTILE]}, scenes[1]["nodes"][1]
    scene = {**scenes[0], "nodes": [node, {**hidden, "shown": False}], "words": ["状态：在产"], "edges": []}
    svg = graph_svg(scene, "示例图谱", "2026-06-30", "示例数据")
    assert all(word in svg for word in ("状态：在产", "示例数据", "2026-06-30", "对象 1 个", "&lt;script&gt;"))
    assert hidden["name"] not in svg
    assert svg_to_png(svg, scale=1)[:4] == b"\x89PNG"
    rows = list(csv.reader(io.StringIO(graph_csv(scene, "示例图谱", "2026-06-30"))))
    assert rows[1] == ["筛选", "状态：在产"]
    assert rows[4][1] == f"'{HOSTILE}"
    read = nx.parse_graphml(graph_ml(scene, "示例图谱", "2026-06-30"))
    assert [n["label"] for _, n in read.nodes(data=True)] == [HOSTILE[:-1]]
    for suffix in (".svg", ".png", ".csv", ".graphml"):
        write_graph(scene, "示例", "2026-06-30", "", tmp_path / f"图{suffix}")
    with pytest.raises(UnknownFormat):
        write_graph(scene, "示例", "2026-06-30", "", tmp_path / "图.exe")


def test_what_is_not_told_is_small_and_dashed_and_not_zero(examples):
    with examples.reading() as state:
        chain = state.chains()[0].id
        picture = draw(state, [chain], [])
        document = picture_document(state, picture, {})
        scene = graph_scene(picture, document, state.city.schema.looks, "产值(万元)", "county")
    assert [n["unknown"] for n in scene["nodes"]] == [True]
    assert 'stroke-dasharray="3 2"' in graph_svg(scene, "示例", "")
