"""A folded parent stands for all beneath it: its arrows, its count, its statuses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from graph.answers.chains import view_chain
from graph.model import ViewEdge
from viz.chainmap.drawing import chain_scene, chain_svg
from viz.chainmap.folding import FOLD_ABOVE, OnScreen


@pytest.fixture(scope="module")
def view(examples):
    with examples.reading() as state:
        return view_chain(state, "示例锯床产业链", "示例县")


def cards(scene):
    return {c["name"]: c for c in scene["cards"]}


def test_a_folded_parent_says_how_many_stand_beneath_it_and_how_they_are(view):
    whole, folded = chain_scene(view), chain_scene(view, OnScreen(frozenset()))
    fold = cards(folded)["示例锯床整机"]["fold"]
    parent = cards(whole)["示例锯床整机"]["id"]
    beneath = [c for c in whole["cards"] if whole["parents"].get(c["id"]) == parent]
    assert (fold["count"], fold["open"]) == (len(beneath), False)
    assert {s["status"]: s["count"] for s in fold["statuses"]} == Counter(c["status"] for c in beneath)
    assert fold["text"].startswith(f"含{len(beneath)}个环节")
    assert not any(c["id"] in {b["id"] for b in beneath} for c in folded["cards"])
    assert folded["folded"] == len(whole["cards"]) - len(folded["cards"])


def test_arrows_of_what_is_folded_start_and_end_at_its_parent(view):
    whole, folded = chain_scene(view), chain_scene(view, OnScreen(frozenset()))
    lifted = {
        (whole["parents"].get(a["source"], a["source"]), whole["parents"].get(a["target"], a["target"]))
        for a in whole["arrows"]
    }
    assert {(a["source"], a["target"]) for a in folded["arrows"]} == {(a, b) for a, b in lifted if a != b}
    assert sum(a["feeds"] for a in folded["arrows"]) > len(folded["arrows"]), "several feeds are one arrow"


def test_one_parent_opens_alone(view):
    ident = cards(chain_scene(view))["示例锯床整机"]["id"]
    scene = chain_scene(view, OnScreen(frozenset({ident})))
    assert scene["open"] == [ident]
    assert "示例带锯床" in cards(scene)
    assert "示例液压件" not in cards(scene)


def test_a_large_chain_opens_folded_and_a_small_one_open(view):
    assert OnScreen.of(view, [], [], []).open is None
    many = tuple({**view.segments[0], "segment_id": str(n)} for n in range(FOLD_ABOVE + 1))
    assert OnScreen.of(replace(view, segments=many), [], [], []).open == frozenset()
    assert OnScreen.of(view, ["none"], [], []).open == frozenset()
    assert OnScreen.asked(["x", "none"]).open == frozenset({"x"})


def test_a_loop_of_parents_hides_nobody(view):
    first, second = (s["segment_id"] for s in view.segments[:2])
    loop = tuple(ViewEdge("SUBSEGMENT_OF", a, b, {}) for a, b in ((first, second), (second, first), (first, first)))
    scene = chain_scene(replace(view, edges=loop), OnScreen(frozenset()))
    assert scene["folded"] == 1
    assert {first, second} & {c["id"] for c in scene["cards"]}


def test_a_hidden_status_leaves_the_others_where_they_are_and_the_drawing_says_so(view):
    whole, some = chain_scene(view), chain_scene(view, OnScreen(statuses=frozenset({"缺链"})))
    assert {c["status"] for c in some["cards"] if not c["ghost"]} == {
        c["status"] for c in whole["cards"] if not c["ghost"]
    } - {"缺链"}
    at = {c["id"]: (c["x"], c["y"]) for c in whole["cards"]}
    assert all(at[c["id"]] == (c["x"], c["y"]) for c in some["cards"])
    assert f"未显示 {some['hidden']} 张卡片（缺失）" in chain_svg(view, OnScreen(statuses=frozenset({"缺链"})))
