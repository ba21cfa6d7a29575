"""An edited map beside the map as the home has it: what was added, renamed, moved and removed."""

from __future__ import annotations

from collections.abc import Iterator

from graph.outline import label_mark
from graph.schema.kinds import Schema
from graph.text import norm
from ingest.mindmap.edits import MapEdit, Rewrite, Statement
from ingest.mindmap.grammar import STATES, MapPlace, NewTopic
from ingest.mindmap.match import KnownMap, MapMatch
from ingest.mindmap.removed import let_go, removals
from ingest.mindmap.topics import FileTopic, KnownTopic

FIXED = frozenset({"产业链", "阶段"})  # whose names are not changed on a map
_TELL = "在前面写明是什么，如 需求：、技术：、项目：、成果：、平台：、企业："


def edits_of(known: KnownMap, root: FileTopic, schema: Schema) -> list[MapEdit]:
    """What was edited: in the order of the file, what is missing from it last."""
    match = MapMatch(known, root, schema)
    changes = _Changes(match)
    changed = [e for topic in root.walk() if topic is not root for e in changes.of(topic)]
    return changed + list(removals(match))


class _Changes:
    def __init__(self, match: MapMatch) -> None:
        self._match, self._grammar = match, match.grammar
        self._names: dict[str, str] = {}  # the new names, by what they are of: it may stand in several places

    def of(self, topic: FileTopic) -> Iterator[MapEdit]:
        """What became of a topic."""
        box = topic.known
        if box is None:
            yield from self._added(topic)
        elif topic.mark and topic.mark.place == box.mark.place:
            if topic.text and label_mark(topic.text) != topic.mark.label and norm(topic.text) != norm(box.label):
                yield from self._renamed(topic, box)
            if topic.above and topic.above.known is not box.above:
                yield from self._moved(topic, box)

    def _added(self, topic: FileTopic) -> Iterator[MapEdit]:
        if not topic.text:
            return
        if topic.mark:
            text = f"“{topic.text}”在台账里已经没有，没有重新登记；要登记就新建一个主题"
            yield MapEdit("未改", "", topic.text, text)
            return
        places = self._match.places(topic)
        under = next((f"{p.kind}“{p.name}”" for p in places if p.name), "")
        new = self._grammar.read(topic.text, places)
        statement = self._grammar.statement(new, places) if new.kind else None
        if statement is None:
            yield MapEdit("未改", "", topic.text, f"看不出{under}下的“{topic.text}”是什么，没有登记；{_TELL}")
            return
        topic.kind, topic.name = new.kind, new.name
        yield MapEdit("新增", new.kind, new.name, f"新增{new.kind}“{new.name}”，在{under}下", (statement,))

    # -- renamed ------------------------------------------------------------------------------------

    def _renamed(self, topic: FileTopic, box: KnownTopic) -> Iterator[MapEdit]:
        name = self._new_name(topic.text, box)
        if not box.name or box.kind in FIXED:
            yield MapEdit("未改", box.kind, box.label, f"“{box.label}”是分组或固定的名称，没有改成“{topic.text}”")
        elif norm(name) == norm(box.name):
            text = f"“{box.name}”的名称没有变；旁边的说明“{topic.text}”由数据得出，没有改"
            yield MapEdit("未改", box.kind, box.name, text)
        elif before := self._names.get(box.ref):
            if before != norm(name):
                yield MapEdit("未改", box.kind, box.name, f"“{box.name}”在图上改成了两个名称，没有改成“{name}”")
        else:
            self._names[box.ref] = norm(name)
            yield self._rename(box, name)

    def _rename(self, box: KnownTopic, name: str) -> MapEdit:
        kind, text = self._match.schema.kinds[box.kind], f"{box.kind}“{box.name}”改名为“{name}”"
        if kind.aliases:
            cells = {**self._grammar.named(box.kind, name), kind.aliases: box.name}
            return MapEdit("改名", box.kind, name, f"{text}，原名记为{kind.aliases}", (Statement(box.kind, cells),))
        rows = dict.fromkeys((*box.own, *self._match.known.mentions.get(box.ref, ())))
        rewrites = tuple(Rewrite(row, box.kind, box.name, name) for row in rows)
        return MapEdit("改名", box.kind, name, f"{text}，写到它的各行一起改", rewrites=rewrites)

    def _new_name(self, text: str, box: KnownTopic) -> str:
        """The name within an edited label: what the box says before and after its name is left out."""
        before, _, after = box.label.partition(box.name) if box.name else ("", "", "")
        name = text.removeprefix(before).removesuffix(after)
        return (self._grammar.bare(name, box.kind) if name == text else name).strip()

    # -- moved --------------------------------------------------------------------------------------

    def _moved(self, topic: FileTopic, box: KnownTopic) -> Iterator[MapEdit]:
        places, here = self._match.places(topic), box.place()
        there = next((p for p in places if p.name), MapPlace("", ""))
        if (there.kind, norm(there.name)) == (here.kind, norm(here.name)):
            yield from self._regrouped(box, places)
            return
        text = f"{box.kind}“{box.name or box.label}”从{here.title}移到{there.kind}“{there.name}”"
        edit = self._move(box, here, there, places, text) if box.name else None
        yield edit or MapEdit("未改", box.kind, box.label, f"{text}：它的位置由数据得出，或没有对应的列，没有移")

    def _move(
        self, box: KnownTopic, here: KnownTopic, there: MapPlace, places: list[MapPlace], text: str
    ) -> MapEdit | None:
        rewrites: tuple[Rewrite, ...]
        statement = self._grammar.statement(NewTopic(box.kind, box.name, {}), places)
        if box.kind == "环节" and there.kind in ("阶段", "环节"):
            above = None if there.kind == "阶段" else there.name
            rewrites = tuple(Rewrite(row, caption="上级环节", new=above) for row in box.own)
            if there.kind == "阶段":
                rewrites += tuple(Rewrite(row, caption="阶段", new=there.name) for row in box.own)
            return MapEdit("移动", box.kind, box.name, text, rewrites=rewrites)
        if box.link is None or statement is None:
            return None
        if here.kind == there.kind and box.link[1] == box.ref:
            rewrites = tuple(Rewrite(r, here.kind, here.name, there.name, box.link[0]) for r in box.records)
            return MapEdit("移动", box.kind, box.name, text, rewrites=rewrites)
        return MapEdit("移动", box.kind, box.name, text, (statement,), let_go(box))

    @staticmethod
    def _regrouped(box: KnownTopic, places: list[MapPlace]) -> Iterator[MapEdit]:
        """A firm that was put into another group of its segment: its state."""
        group = places[0].label.split(" ")[0] if places and not places[0].name else ""
        if box.kind == "企业" and box.link and group in STATES:
            rewrites = tuple(Rewrite(row, caption="状态", new=STATES[group]) for row in box.records)
            yield MapEdit("移动", box.kind, box.name, f"企业“{box.name}”的状态改为{STATES[group]}", rewrites=rewrites)
