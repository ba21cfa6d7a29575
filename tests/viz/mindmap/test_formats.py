"""The formats of other programs, each read back by a reader that is not ours: every box is there once."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image
from views import RICH, planned_view

from viz.mindmap.tree import mind_tree
from viz.mindmap.write import write_mindmap


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    return planned_view(tmp_path_factory.mktemp("rich"), RICH)


@pytest.fixture(scope="module")
def labels(planned):
    return Counter(node.label for node in mind_tree(*planned).walk())


def written(planned, folder, suffix, **options):
    path = folder / f"导图{suffix}"
    view, plan = planned
    assert write_mindmap(view, path, plan, **options) >= path.stat().st_size
    return path.read_bytes()


def topics(topic):
    yield topic
    for child in topic.get("children", {}).get("attached", []):
        yield from topics(child)


def test_xmind_has_its_four_parts_and_a_topic_for_every_box(planned, labels, tmp_path):
    archive = zipfile.ZipFile(io.BytesIO(written(planned, tmp_path, ".xmind")))
    names = {"content.json", "metadata.json", "manifest.json", "content.xml"}
    assert set(archive.namelist()) == names
    assert set(json.loads(archive.read("manifest.json"))["file-entries"]) == names - {"manifest.json"}
    (sheet,) = json.loads(archive.read("content.json"))
    every = list(topics(sheet["rootTopic"]))
    assert Counter(t["title"] for t in every) == labels
    assert len({t["id"] for t in every}) == len(every)
    assert all(t["class"] == "topic" and set(t["style"]["properties"]) for t in every)
    old = ElementTree.fromstring(archive.read("content.xml"))
    assert "XMind" in "".join(old.itertext())
    leaf = next(t for t in every if "示例有技术的需求" in t["title"])
    assert re.search(r"技术需求 第2行", leaf["notes"]["plain"]["content"])
    assert "示例.xlsx“企业”" in sheet["rootTopic"]["notes"]["plain"]["content"]


def test_freemind_has_a_node_for_every_box_on_two_sides(planned, labels, tmp_path):
    root = ElementTree.fromstring(written(planned, tmp_path, ".mm"))
    nodes = list(root.iter("node"))
    assert Counter(n.get("TEXT") for n in nodes) == labels
    assert {n.get("POSITION") for n in root.findall("node/node")} == {"left", "right"}
    assert all(n.get("POSITION") is None for n in root.findall("node/node/node"))
    assert "技术需求 第2行" in "".join(root.itertext())


def test_opml_has_an_outline_for_every_box(planned, labels, tmp_path):
    root = ElementTree.fromstring(written(planned, tmp_path, ".opml"))
    assert root.get("version") == "2.0"
    outlines = list(root.iter("outline"))
    assert Counter(o.get("text") for o in outlines) == labels
    assert any("技术需求 第2行" in (o.get("_note") or "") for o in outlines)


def test_markdown_has_an_item_for_every_box_at_its_depth(planned, labels, tmp_path):
    text = written(planned, tmp_path, ".md").decode()
    items = re.findall(r"^( *)- (.*?)(?: \\\[\d.*)?$", text, re.MULTILINE)
    assert Counter(re.sub(r"\\(.)", r"\1", label) for _, label in items) == labels
    depths = [len(space) // 2 for space, _ in items]
    assert depths[0] == 0
    assert all(b <= a + 1 for a, b in pairwise(depths))


def test_the_page_has_every_box(planned, labels, tmp_path):
    page = written(planned, tmp_path, ".html").decode()
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert len(data["nodes"]) == len(data["tree"]) == sum(labels.values())
    assert len(page.encode()) < 1_500_000


def test_the_drawing_has_every_box(planned, labels, tmp_path):
    root = ElementTree.fromstring(written(planned, tmp_path, ".svg"))
    text = "".join("".join(e.itertext()) for e in root.iter() if e.tag.endswith("text"))
    for label, count in labels.items():
        assert text.count(label) >= count, label


def test_the_pdf_is_a3_with_its_text_and_its_font(planned, labels, tmp_path):
    content = written(planned, tmp_path, ".pdf")
    document = pypdfium2.PdfDocument(content)
    assert {(round(w), round(h)) for w, h in (page.get_size() for page in document)} <= {(1191, 842), (842, 1191)}
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))
    for label, count in labels.items():
        assert text.count(re.sub(r"\s", "", label)) >= count, label
    assert b"/FontFile" in content


def test_pictures_are_of_the_size_of_their_paper(planned, tmp_path):
    picture = Image.open(io.BytesIO(written(planned, tmp_path, ".png")))
    assert sorted(picture.size) == [1684, 2381]
    archive = zipfile.ZipFile(io.BytesIO(written(planned, tmp_path, ".zip")))
    assert archive.read(archive.namelist()[0]) == (tmp_path / "导图.png").read_bytes()


@pytest.mark.parametrize("suffix", [".xmind", ".mm", ".opml", ".md"])
def test_a_part_is_written_alike(planned, tmp_path, suffix):
    whole, part = (written(planned, tmp_path, suffix, **o) for o in ({}, {"branch": "锯条", "depth": 3}))
    assert len(part) < len(whole)
