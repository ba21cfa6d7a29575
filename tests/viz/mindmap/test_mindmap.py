"""The mind map's tree, its boxes, its sheets and its page."""

from __future__ import annotations

import re

import pytest
from views import RICH, mindmap_html, view_of

from viz.drawing.alone import policy
from viz.errors import UnknownFormat
from viz.mindmap.cited import CitedSources
from viz.mindmap.drawing import MapTitle, draw_map
from viz.mindmap.node import MindNode, MindRow, NoBranch, cut
from viz.mindmap.place import LEFT, RIGHT, MapLayout
from viz.mindmap.sheets import LONG, SHORT, SMALLEST, sheets_of
from viz.mindmap.tree import mind_tree
from viz.mindmap.write import FORMATS, write_mindmap

TITLE = MapTitle("示例创新思维导图", "数据日期 2026-06-01")


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    return view_of(tmp_path_factory.mktemp("rich"), RICH)


def tall(leaves: int) -> MindNode:
    """A map with many leaves on few branches, one of which is too large for any sheet."""

    def leaf(n: int) -> MindNode:
        return MindNode(f"示例企业第{n}号", "企业", rows=[MindRow(n, 1, "企业.xlsx", "企业", n, "")], ref=f"f{n}")

    segments = [MindNode(f"示例环节{s}", "环节", children=[], ref=f"s{s}", name=f"示例环节{s}") for s in range(4)]
    for n in range(leaves):
        segments[0 if n % 2 else n % 4].children.append(leaf(n + 1))
    stages = [MindNode("上游", "阶段", children=segments[:2]), MindNode("中游", "阶段", children=segments[2:])]
    return MindNode("示例链", "产业链", children=stages, ref="c", name="示例链")


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
    tree = mind_tree(view)
    cited = CitedSources(tree.walk())
    sources = dict(line.split(" ", 1) for line in cited.lines())
    for node in tree.walk():
        if not node.children and node.kind != "阶段":
            marks = re.findall(r"\[(\d+):(\d+)\]", cited.cite(node))
            assert marks, node.label
            for source, row in marks:
                assert any(f"{r.file}“{r.sheet}”" == sources[source] and r.row == int(row) for r in node.rows)


@pytest.mark.parametrize("one_sided", [False, True])
def test_boxes_do_not_overlap(view, one_sided):
    tree = mind_tree(view)
    for layout in (MapLayout(tree), MapLayout(tree, CitedSources(tree.walk()), one_sided)):
        for i, a in enumerate(layout.boxes):
            assert 0 <= a.x <= a.x + a.w <= layout.width + 0.1
            for b in layout.boxes[i + 1 :]:
                apart = a.x + a.w <= b.x or b.x + b.w <= a.x or abs(a.y - b.y) >= (a.h + b.h) / 2 - 0.01
                assert apart, (a.label, b.label)


def test_branches_stand_on_two_sides_as_even_as_can_be():
    layout = MapLayout(tall(80))
    leaves = {side: sum(b.side == side and b.node.kind == "企业" for b in layout.boxes) for side in (LEFT, RIGHT)}
    assert leaves == {RIGHT: 60, LEFT: 20}
    top = layout.boxes[0]
    for box in layout.boxes[1:]:
        assert (box.x > top.x) == (box.side == RIGHT)


def test_a_map_that_fits_is_one_sheet_of_legible_text(view):
    (sheet,) = sheets_of(mind_tree(view), TITLE)
    assert sheet.scale * 14 >= SMALLEST
    assert {sheet.width, sheet.height} == {LONG, SHORT}


def test_a_map_that_does_not_fit_is_an_overview_and_sheets_by_branch_that_hold_everything():
    tree = tall(400)
    sheets = sheets_of(tree, TITLE)
    assert len(sheets) > 3
    for sheet in sheets:
        assert sheet.scale * 14 >= SMALLEST
        assert sheet.drawing.width * sheet.scale <= sheet.width
        assert sheet.drawing.height * sheet.scale <= sheet.height
    overview, parts = sheets[0].drawing.svg, [s.drawing.svg for s in sheets[1:]]
    for n in range(1, 401):
        assert sum(f">示例企业第{n}号 [1:{n}]<" in part for part in parts) == 1
    pages = re.findall(r"示例环节0（300项，第(\d+)—(\d+)张）", overview)
    assert pages == [("2", "3")]
    assert f"第2张，共{len(sheets)}张" in parts[0]


def test_a_drawing_has_title_date_legend_and_sources(view):
    drawing = draw_map(mind_tree(view), TITLE).svg
    for text in (TITLE.title, TITLE.about, "技术需求", "冒号前是来源的编号", "示例.xlsx“企业”"):
        assert text in drawing


def test_a_part_of_a_map_is_a_branch_with_what_leads_to_it_or_some_levels(view):
    tree = mind_tree(view)
    part = cut(tree, branch="锯条")
    assert [n.label for n in part.children] == ["上游"]
    assert [n.name for n in part.children[0].children] == ["锯条"]
    assert cut(tree, depth=1).size() == 1 + len(tree.children)
    with pytest.raises(NoBranch, match="没有的") as caught:
        cut(tree, branch="没有的")
    assert "锯条" in caught.value.hint


def test_the_same_view_gives_the_same_bytes(view, tmp_path):
    for suffix in FORMATS:
        first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
        assert write_mindmap(view, first) == write_mindmap(view, second)
        assert first.read_bytes() == second.read_bytes()


def test_an_unknown_format_says_which_there_are(view, tmp_path):
    with pytest.raises(UnknownFormat, match="docx") as caught:
        write_mindmap(view, tmp_path / "a.docx")
    assert ".html" in caught.value.hint
