"""The legend of a chain map: all of it is within the drawing, however narrow that is."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from graph.answers.chains import view_chain
from viz.chainmap.drawing import STROKES, chain_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_the_legend_of_a_narrow_map_goes_on_in_lines_below(examples):
    with examples.reading() as state:
        view = view_chain(state, "示例锯床产业链", "示例县")
    upstream = tuple(s for s in view.segments if s["stage"] == "上游")
    drawn = ET.fromstring(chain_svg(replace(view, segments=upstream, edges=())))
    wide, high = float(drawn.get("width")), float(drawn.get("height"))
    pills = [r for r in drawn.iter(f"{SVG}rect") if r.get("height") == "22"]
    assert len(pills) > 3
    assert len({r.get("y") for r in pills}) > 1, "on more than one line"
    assert all(float(r.get("x")) + float(r.get("width")) <= wide for r in pills)
    assert all(float(r.get("y")) + 22 <= high for r in pills)
    (strokes,) = (t for t in drawn.iter(f"{SVG}text") if t.text == STROKES)
    assert float(strokes.get("y")) < high
