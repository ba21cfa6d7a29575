"""An edited mind map loads back: what was added, renamed, moved and removed is proposed in words, then one batch."""

from __future__ import annotations

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from builders import write_book
from rich.console import Console
from serving import ask
from views import RICH

from api.home.session import open_session
from api.home.settings import load_settings
from api.terminal.data import show_load
from graph.answers.chains import view_chain
from graph.errors import LianpuError

CHAIN = "示例锯床产业链"
FORMATS = (".xmind", ".mm", ".opml")


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("maps")
    with open_session(load_settings(str(folder / "home"))) as made:
        ask(made, "load", paths=[str(write_book(folder / "示例.xlsx", RICH))])
        yield made


class MapFile:
    """A map written to a file, edited as a person would, whatever the format."""

    def __init__(self, session, path, **options):
        self.path = path
        ask(session, "mindmap", chain=CHAIN, output=str(path), **options)
        if path.suffix == ".xmind":
            self.sheets = json.loads(zipfile.ZipFile(path).read("content.json"))
            self.root = self._copied(self.sheets[0]["rootTopic"])
        else:
            self.tree = ElementTree.fromstring(path.read_bytes())
            self.tag, self.text = ("node", "TEXT") if path.suffix == ".mm" else ("outline", "text")
            self.root = next(self.tree.iter(self.tag))

    @staticmethod
    def _copied(topic):
        element = ElementTree.Element("outline", {"id": topic["id"], "text": topic["title"]})
        element.extend(MapFile._copied(c) for c in topic.get("children", {}).get("attached", []))
        return element

    def label(self, element):
        return element.get("TEXT") or element.get("text") or ""

    def find(self, text):
        return next(e for e in self.root.iter() if text in self.label(e))

    def add(self, under, text):
        ElementTree.SubElement(self.find(under), self.root.tag, {"TEXT": text, "text": text})

    def rename(self, text, new):
        element = self.find(text)
        for name in {"TEXT", "text"}.intersection(element.keys()):
            element.set(name, element.get(name).replace(text, new))

    def remove(self, text):
        element = self.find(text)
        next(e for e in self.root.iter() if element in list(e)).remove(element)
        return element

    def move(self, text, under):
        element = self.remove(text)
        self.find(under).append(element)

    def forget_ids(self):
        for element in self.root.iter():
            element.attrib.pop("id", None)
            element.attrib.pop("ID", None)

    def save(self):
        if self.path.suffix == ".xmind":
            self.sheets[0]["rootTopic"] = self._topic(self.root)
            with zipfile.ZipFile(self.path, "w") as archive:
                archive.writestr("content.json", json.dumps(self.sheets))
        else:
            self.path.write_bytes(ElementTree.tostring(self.tree))
        return str(self.path)

    def _topic(self, element):
        topic = {"id": element.get("id", "new"), "title": element.get("text")}
        return topic | {"children": {"attached": [self._topic(c) for c in element]}}


@pytest.fixture(params=FORMATS)
def written(request, session, tmp_path):
    return MapFile(session, tmp_path / f"导图{request.param}")


@pytest.fixture
def outline(session, tmp_path):
    return MapFile(session, tmp_path / "导图.opml")


def preview(session, path, **options):
    return ask(session, "load", paths=[path], dry_run=True, **options).document


def waits(session):
    with session.reading() as state:
        return len(state.waiting())


def test_a_map_that_nobody_edited_changes_nothing(session, written):
    document = preview(session, written.save())
    assert document["edits"] == []
    assert document["rows"]["read"] == 0
    assert ask(session, "load", paths=[str(written.path)]).document["batch"] is None


def test_a_part_of_a_map_does_not_say_that_the_rest_is_gone(session, tmp_path):
    for number, options in enumerate(({"depth": 2}, {"branch": "锯条"}, {"branch": "带锯床", "depth": 3})):
        part = MapFile(session, tmp_path / f"部分{number}.xmind", **options)
        assert preview(session, part.save(), yes=True)["edits"] == []


def test_what_was_added_is_proposed_with_the_rows_it_would_write(session, written):
    written.add("锯条", "示例新技术（并跑）")
    written.add("示例新技术", "示例新需求（共性）")
    written.add("示例有技术的需求", "成果：示例新成果")
    written.add("带锯床", "需求：示例直接需求")
    written.add("示例有技术的需求", "说不清的话")
    document = preview(session, written.save())
    rows = [row for e in document["edits"] for row in e["rows"]]
    path = "产业链 示例锯床产业链，县市区 示例县"
    assert rows == [
        f"科技成果：名称 示例新成果，{path}，对应技术需求 示例有技术的需求",
        f"关键技术：名称 示例新技术，水平 并跑，{path}，环节 锯条",
        f"技术需求：名称 示例新需求，类别 共性，{path}，关键技术 示例新技术，环节 锯条",
        f"技术需求：名称 示例直接需求，{path}，环节 带锯床",
    ]
    assert document["rows"]["accepted"] == 4
    assert document["rows"]["rejected"] == 0
    assert document["waiting"] == waits(session)
    (unclear,) = [e for e in document["edits"] if e["change"] == "未改"]
    assert "看不出" in unclear["text"]
    assert not unclear["taken"]
    assert "示例新需求" not in json.dumps(ask(session, "search", text="示例新需求").document, ensure_ascii=False)


def test_a_load_is_a_batch_that_can_be_undone_and_does_nothing_a_second_time(session, outline):
    before, waiting = session.city.hash(), waits(session)
    outline.add("锯条", "示例新技术")
    outline.rename("锯条", "锯条新名")
    outline.rename("示例有技术的需求", "示例改了名的需求")
    path = outline.save()
    document = ask(session, "load", paths=[path]).document
    assert [e["change"] for e in document["edits"]] == ["改名", "改名", "新增"]
    assert document["waiting"] == waiting
    with session.reading() as state:
        view = view_chain(state, CHAIN)
        assert {s["segment"] for s in view.segments} == {"锯条新名", "带锯床"}
        needs = {n.name for n in view.of_kind("技术需求")}
        assert "示例改了名的需求" in needs
        assert "示例有技术的需求" not in needs
        need = next(n for n in view.of_kind("技术需求") if n.name == "示例改了名的需求")
        assert [p.name for p in view.origins(need.id, "MEETS")] == ["示例成果"]
        assert [p.name for p in view.origins(need.id, "SOLVES")] == ["示例项目"]
    assert [e["change"] for e in preview(session, path)["edits"]] == []
    ask(session, "undo", batch=document["batch"])
    assert session.city.hash() == before


def test_what_was_moved_stands_under_what_it_was_moved_to(session, outline):
    outline.move("示例焊接技术", "带锯床")
    outline.move("示例甲锯业有限公司", "带锯床")
    document = ask(session, "load", paths=[outline.save()]).document
    assert [e["change"] for e in document["edits"]] == ["移动", "移动"]
    with session.reading() as state:
        view = view_chain(state, CHAIN)
        by_name = {n.name: n.id for n in view.nodes.values()}
        assert [n.name for n in view.targets(by_name["示例焊接技术"], "ON_SEGMENT")] == ["带锯床"]
        assert [n.name for n in view.targets(by_name["示例甲锯业有限公司"], "STANDS_ON")] == ["带锯床"]
    ask(session, "undo", batch=document["batch"])


def test_what_was_removed_is_taken_away_only_when_that_is_confirmed(session, outline):
    before, waiting = session.city.hash(), waits(session)
    outline.remove("示例无技术的需求")
    outline.remove("示例外省厂")
    path = outline.save()
    document = preview(session, path)
    assert [(e["change"], e["taken"]) for e in document["edits"]] == [("删去", False)] * 2
    assert document["withdrawn"] == []
    assert ask(session, "load", paths=[path]).document["batch"] is None
    assert session.city.hash() == before
    document = ask(session, "load", paths=[path], yes=True).document
    assert {w["kind"] for w in document["withdrawn"]} == {"技术需求", "外部供给"}
    assert document["waiting"] == waiting
    with session.reading() as state:
        names = {n.name for n in view_chain(state, CHAIN).nodes.values()}
    assert not names & {"示例无技术的需求", "示例外省厂"}
    ask(session, "undo", batch=document["batch"])
    assert session.city.hash() == before


def test_a_segment_that_was_removed_leaves_its_firms_in_the_chain(session, outline):
    outline.remove("锯条")
    document = ask(session, "load", paths=[outline.save()], yes=True).document
    with session.reading() as state:
        view = view_chain(state, CHAIN)
        assert {s["segment"] for s in view.segments} == {"带锯床"}
        assert "示例甲锯业有限公司" in {n.name for n in view.of_kind("企业")}
        assert not [w for w in state.waiting() if "锯条" in w["name"] and w["file"] == "导图.opml"]
    ask(session, "undo", batch=document["batch"])


def test_what_the_home_learned_after_the_file_was_written_is_not_taken_for_removed(session, outline, tmp_path):
    book = {"技术需求": [["名称", "产业链", "环节"], ["示例后来的需求", CHAIN, "锯条"]]}
    batch = ask(session, "load", paths=[str(write_book(tmp_path / "后来.xlsx", book))]).document["batch"]
    outline.add("锯条", "示例新技术")
    assert [e["change"] for e in preview(session, outline.save(), yes=True)["edits"]] == ["新增"]
    ask(session, "undo", batch=batch)


def test_a_group_without_a_name_is_called_by_its_label(session, outline):
    group = next(e for e in outline.root.iter() if outline.label(e) == "未归环节")
    name = outline.label(group[0])
    outline.remove(name)
    document = preview(session, outline.save(), yes=True)
    assert any("删去“未归环节”下的" in e["text"] for e in document["edits"]), document["edits"]
    assert all("“”" not in e["text"] for e in document["edits"])


def test_a_file_without_our_ids_is_known_by_what_it_says(session, written):
    written.forget_ids()
    written.add("锯条", "示例新技术")
    written.remove("示例无技术的需求")
    assert [e["change"] for e in preview(session, written.save(), yes=True)["edits"]] == ["新增"]


def test_what_the_data_computes_is_not_changed_on_a_map(session, outline):
    outline.rename("未归环节", "别的")
    outline.rename("上游", "最上游")
    outline.rename("（跟跑）", "（领跑）")
    document = preview(session, outline.save(), yes=True)
    assert {e["change"] for e in document["edits"]} == {"未改"}
    assert len(document["edits"]) == 3


def test_a_map_of_a_chain_that_is_not_known_is_refused(session, outline):
    outline.forget_ids()
    outline.rename(CHAIN, "没有的产业链")
    with pytest.raises(LianpuError, match="没有的产业链"):
        preview(session, outline.save())


def test_a_terminal_tells_the_edits_in_words(session, outline):
    outline.add("锯条", "示例新技术")
    outline.remove("示例外省厂")
    paper = io.StringIO()
    show_load(Console(width=120, file=paper), preview(session, outline.save()))
    text = re.sub(r"[\s│]", "", paper.getvalue())
    assert "新增关键技术“示例新技术”" in text
    assert "关键技术：名称示例新技术" in text
    assert "加--yes" in text


def test_a_map_is_no_table_to_be_mapped(session, outline):
    document = ask(session, "map", paths=[outline.save()]).document
    assert document["tables"] == []
    assert "思维导图" in document["findings"][0]["message"]
