"""Cards, arrows and lanes of the chain map."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from views import RICH, view_of

from viz.chainmap.drawing import chain_scene
from viz.chainmap.layout import Arrow, Item, lay_out


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    return view_of(tmp_path_factory.mktemp("rich"), RICH)


def test_every_segment_has_a_card_and_every_feed_an_arrow_between_cards(view):
    scene = chain_scene(view)
    assert {c["name"] for c in scene["cards"]} == {"锯条", "带锯床"}
    (arrow,) = scene["arrows"]
    boxes = {c["id"]: c for c in scene["cards"]}
    start, end = boxes[arrow["source"]], boxes[arrow["target"]]
    assert arrow["points"][0] == pytest.approx(start["x"] + start["w"], abs=0.2)
    assert arrow["points"][-2] == pytest.approx(end["x"], abs=0.2)


def test_every_fact_on_a_card_carries_its_rows(view):
    card = next(c for c in chain_scene(view)["cards"] if c["name"] == "锯条")
    for group in ("makers", "needs", "technologies", "platforms", "sources"):
        assert card["details"][group]
        assert all(item["evidence"][0]["file"] == "示例.xlsx" for item in card["details"][group])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_two_cards_overlap(data):
    count = data.draw(st.integers(1, 40))
    lanes = ["上游", "中游", "下游"]
    items = [
        Item(str(i), data.draw(st.sampled_from(lanes)), data.draw(st.sampled_from([None, *map(str, range(count))])))
        for i in range(count)
    ]
    links = data.draw(st.lists(st.tuples(st.sampled_from(items), st.sampled_from(items)), max_size=40))
    layout = lay_out(items, [Arrow(a.id, b.id) for a, b in links], lanes)
    boxes = list(layout.cards.values())
    assert len(boxes) == count
    for i, a in enumerate(boxes):
        assert a.x >= 0
        assert a.x + a.w <= layout.width
        assert a.y + a.h <= layout.height
        assert not any(
            a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h for b in boxes[i + 1 :]
        )
