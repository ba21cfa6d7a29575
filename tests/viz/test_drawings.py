"""Chain map, mind map and their pictures."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from views import HOSTILE, RICH, hostile, view_of

from viz.chainmap.drawing import chain_scene, chain_svg
from viz.chainmap.layout import Item, lay_out
from viz.drawing.png import svg_to_png
from viz.errors import UnknownFormat
from viz.mindmap.drawing import mindmap_svg
from viz.mindmap.html import mindmap_html, policy, write_mindmap
from viz.mindmap.place import place
from viz.mindmap.tree import mind_tree


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
    assert arrow["points"][6] == pytest.approx(end["x"], abs=0.2)


def test_every_fact_on_a_card_carries_its_rows(view):
    card = next(c for c in chain_scene(view)["cards"] if c["name"] == "锯条")
    for group in ("firms", "needs", "technologies", "platforms", "sources"):
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
    made = lay_out(items, [(a.id, b.id) for a, b in links], lanes)
    boxes = list(made.cards.values())
    assert len(boxes) == count
    for i, a in enumerate(boxes):
        assert a.x >= 0
        assert a.x + a.w <= made.width
        assert a.y + a.h <= made.height
        assert not any(
            a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h for b in boxes[i + 1 :]
        )


@pytest.mark.parametrize("mark", HOSTILE)
def test_hostile_names_stay_text_in_every_drawing(tmp_path, view, mark):
    spoiled = view_of(tmp_path, hostile(RICH, mark), "示例锯床产业链" + mark)
    for drawing in (chain_svg(spoiled), mindmap_svg(spoiled)):
        tags = {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(drawing).iter()}
        assert tags <= {"svg", "defs", "pattern", "marker", "path", "rect", "text", "tspan"}
    page, tame = mindmap_html(spoiled, title=spoiled.chain), mindmap_html(view, title=view.chain)
    for form in ("<script", "<img", "<svg", "</script>"):
        assert page.count(form) == tame.count(form)


def test_the_mind_map_page_loads_nothing_from_anywhere(view):
    page = mindmap_html(view, title="示例")
    body = page.partition("<script type")[0]
    assert "src=" not in body
    assert "href=" not in body
    assert "default-src 'none'" in policy("")
    assert "unsafe-inline" not in page.partition("</head>")[0]


def test_nothing_of_the_chain_is_dropped_from_the_mind_map(view):
    labels = "\n".join(n.label for n in mind_tree(view).walk())
    for kind in ("关键技术", "技术需求", "项目", "科技成果", "平台", "人才", "活动", "高校院所"):
        for node in view.of_kind(kind):
            assert node.name in labels


def test_needs_without_technology_or_segment_have_their_branch(view):
    tree = mind_tree(view)
    branches = {n.label: [c.label for c in n.children] for n in tree.walk() if n.label in ("未归技术", "未归环节")}
    assert any("示例无技术的需求" in c for c in branches["未归技术"])
    assert any("示例无环节的需求" in c for c in branches["未归环节"])


def test_every_leaf_of_the_mind_map_cites_its_rows(view):
    for node in mind_tree(view).walk():
        if not node.children and node.kind != "阶段":
            assert node.rows, node.label


def test_boxes_of_the_mind_map_do_not_overlap(view):
    boxes = place(mind_tree(view))
    for i, a in enumerate(boxes):
        assert not any(a.depth == b.depth and abs(a.y - b.y) < 27 for b in boxes[i + 1 :])


@pytest.mark.parametrize("draw", [chain_svg, mindmap_svg])
def test_a_picture_shows_chinese_and_is_not_blank(view, draw):
    picture = Image.open(io.BytesIO(svg_to_png(draw(view))))
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 50


def test_the_vendored_font_draws_different_characters_differently():
    def drawn(char: str) -> bytes:
        return svg_to_png(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><text y="24" font-size="24">{char}</text></svg>'
        )

    assert len({drawn(c) for c in "锯床链堃▲●▼×≠◆○?◇"}) == 13


def test_the_same_view_gives_the_same_bytes(view, tmp_path):
    for suffix in (".html", ".svg", ".png"):
        first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
        assert write_mindmap(view, first) == write_mindmap(view, second)
        assert first.read_bytes() == second.read_bytes()


def test_an_unknown_format_says_which_there_are(view, tmp_path):
    with pytest.raises(UnknownFormat, match="docx") as caught:
        write_mindmap(view, tmp_path / "a.docx")
    assert ".html" in caught.value.hint
