"""Arrows of the chain map run round cards, level or upright, and are the same for permuted rows."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.answers.chains import view_of
from viz.chainmap.drawing import chain_scene, chain_svg
from viz.chainmap.folding import OnScreen
from viz.chainmap.layout import Arrow, Box, Item, Layout, lay_out

LANES = ("外链供入", "上游", "中游", "下游", "配套", "应用", "未分阶段", "供给外链")
NUMBER = re.compile(r"-?[\d.]+")


def through(points, boxes) -> list[tuple[object, Box]]:
    """The stretches of a line that run through a box."""
    return [
        ((a, b), box)
        for a, b in pairwise(points)
        for box in boxes
        if min(a[0], b[0]) < box.x + box.w - 0.2
        and max(a[0], b[0]) > box.x + 0.2
        and min(a[1], b[1]) < box.y + box.h - 0.2
        and max(a[1], b[1]) > box.y + 0.2
    ]


def world(seed: int, count: int) -> tuple[list[Item], list[Arrow]]:
    """A made-up chain with parents, feeds within a lane, over lanes and back, and segments of other chains."""
    draw = random.Random(seed)
    few = draw.sample(LANES, draw.randint(1, len(LANES)))
    names = [f"{draw.randrange(10**6):06}" for _ in range(count)]
    items = [
        Item(n, draw.choice(few), draw.choice(names) if draw.random() < 0.4 else None, f"示例{draw.randrange(count)}")
        for n in names
    ]
    links = [
        Arrow(draw.choice(names), draw.choice(names), draw.choice(("essential", "normal")))
        for _ in range(int(count * draw.choice((0.5, 1.0, 1.8))))
    ]
    return items, links


def sound(layout: Layout, items: list[Item], links: list[Arrow]) -> None:
    """What holds for every layout."""
    assert set(layout.routes) == {k for k in links if k.source != k.target}
    boxes = list(layout.cards.values())
    assert len(boxes) == len({i.id for i in items})
    for link, points in layout.routes.items():
        assert through(points, boxes) == [], link
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points)), "level or upright"
        for (x, y), box in ((points[0], layout.cards[link.source]), (points[-1], layout.cards[link.target])):
            assert x in (box.x, box.x + box.w)
            assert box.y < y < box.y + box.h
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in points)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 40))
def test_no_arrow_runs_through_a_card(seed, count):
    items, links = world(seed, count)
    sound(lay_out(items, links, LANES), items, links)


@pytest.mark.parametrize("count", [150, 300])
def test_no_arrow_of_a_large_chain_runs_through_a_card(count):
    items, links = world(count, count)
    sound(lay_out(items, links, LANES), items, links)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 30), st.randoms())
def test_permuted_rows_give_the_same_picture(seed, count, shuffled):
    items, links = world(seed, count)
    layout = lay_out(items, links, LANES)
    shuffled.shuffle(items)
    shuffled.shuffle(links)
    assert lay_out(items, links, LANES) == layout


def test_what_could_stand_level_stands_level_and_what_lies_between_is_gone_round():
    items = [Item("a", "上游"), Item("b", "中游"), Item("c", "下游")]
    level = lay_out(items, [Arrow("a", "b"), Arrow("b", "c")], LANES)
    assert [len(points) for points in level.routes.values()] == [2, 2]
    round_b = lay_out(items, [Arrow("a", "c")], LANES).routes[Arrow("a", "c")]
    assert len(round_b) > 2


def test_two_arrows_never_share_a_track_where_they_would_touch():
    items, links = world(7, 60)
    layout = lay_out(items, links, LANES)
    upright: dict[float, list[tuple[float, float, tuple[str, str]]]] = {}
    for link, points in layout.routes.items():
        for a, b in pairwise(points):
            if a[0] == b[0]:
                upright.setdefault(a[0], []).append((min(a[1], b[1]), max(a[1], b[1]), link[::2]))
    assert sum(map(len, upright.values())) > 20
    for stretches in upright.values():
        for i, (low, high, net) in enumerate(stretches):
            assert all(net == other or high < a or b < low for a, b, other in stretches[i + 1 :])


def scenes(examples):
    with examples.reading() as state:
        for chain in state.chains():
            view = view_of(state, chain)
            yield view, OnScreen()
            yield view, OnScreen(frozenset())


def test_no_arrow_of_the_examples_runs_through_a_card_open_or_folded(examples):
    arrows = 0
    for view, screen in scenes(examples):
        scene = chain_scene(view, screen)
        boxes = [Box(c["x"], c["y"], c["w"], c["h"]) for c in scene["cards"]]
        for arrow in scene["arrows"]:
            points = list(zip(arrow["points"][::2], arrow["points"][1::2], strict=True))
            assert through(points, boxes) == [], (view.chain, arrow["id"])
            arrows += 1
        paths = re.findall(r'<path d="(M[^"]*)" fill="none"', chain_svg(view, screen))
        assert len(paths) == len(scene["arrows"])
        for path in paths:
            numbers = [float(n) for n in NUMBER.findall(path)]
            assert through(list(zip(numbers[::2], numbers[1::2], strict=True)), boxes) == []
    assert arrows > 100


def test_a_scene_of_permuted_rows_is_the_same(examples):
    for view, screen in scenes(examples):
        turned = replace(view, segments=view.segments[::-1], edges=view.edges[::-1])
        a, b = chain_scene(view, screen), chain_scene(turned, screen)
        assert {c["id"]: (c["x"], c["y"]) for c in a["cards"]} == {c["id"]: (c["x"], c["y"]) for c in b["cards"]}
        assert [r["points"] for r in a["arrows"]] == [r["points"] for r in b["arrows"]]
