"""The mind map's tree, its boxes and its page."""

from __future__ import annotations

import pytest
from views import RICH, view_of

from viz.errors import UnknownFormat
from viz.mindmap.html import mindmap_html, policy, write_mindmap
from viz.mindmap.place import place
from viz.mindmap.tree import mind_tree


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    return view_of(tmp_path_factory.mktemp("rich"), RICH)


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


def test_the_same_view_gives_the_same_bytes(view, tmp_path):
    for suffix in (".html", ".svg", ".png"):
        first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
        assert write_mindmap(view, first) == write_mindmap(view, second)
        assert first.read_bytes() == second.read_bytes()


def test_an_unknown_format_says_which_there_are(view, tmp_path):
    with pytest.raises(UnknownFormat, match="docx") as caught:
        write_mindmap(view, tmp_path / "a.docx")
    assert ".html" in caught.value.hint
