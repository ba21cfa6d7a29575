"""What holds for every drawing: text stays text, pictures show Chinese."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image
from views import HOSTILE, RICH, hostile, mindmap_html, mindmap_svg, view_of

from viz.chainmap.drawing import chain_svg
from viz.drawing.png import svg_to_png


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    return view_of(tmp_path_factory.mktemp("rich"), RICH)


@pytest.mark.parametrize("mark", HOSTILE)
def test_hostile_names_stay_text_in_every_drawing(tmp_path, view, mark):
    spoiled = view_of(tmp_path, hostile(RICH, mark), "示例锯床产业链" + mark)
    for drawing in (chain_svg(spoiled), mindmap_svg(spoiled)):
        tags = {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(drawing).iter()}
        assert tags <= {"svg", "defs", "pattern", "marker", "path", "rect", "text", "tspan"}
    page, tame = mindmap_html(spoiled, title=spoiled.chain), mindmap_html(view, title=view.chain)
    for form in ("<script", "<img", "<svg", "</script>"):
        assert page.count(form) == tame.count(form)


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
