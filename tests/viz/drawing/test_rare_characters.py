"""A character that the font of pictures lacks is told, not drawn as a box."""

from __future__ import annotations

import pytest

from viz.drawing.png import svg_to_png, with_lacking_told

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40" width="300" height="40"><text x="4" y="20">{}</text></svg>'


@pytest.mark.parametrize("char", ["㛃", "䶮", "𠮷", "鿏", "\ue000"])
def test_a_rare_character_is_named_by_its_code(char):
    drawn = with_lacking_told(DRAWING.format(f"示例{char}光有限公司"))
    assert char not in drawn
    assert "示例〓光有限公司" in drawn
    assert f"U+{ord(char):04X}" in drawn
    assert svg_to_png(DRAWING.format(char)) == svg_to_png(drawn.replace("示例〓光有限公司", "〓"))


@pytest.mark.parametrize("words", ["示例县带锯床", "龘喆堃珺玥", "①②√★≥（）", "Lianpu 12.5%"])
def test_what_the_font_has_is_drawn_as_it_is(words):
    assert with_lacking_told(DRAWING.format(words)) == DRAWING.format(words)
