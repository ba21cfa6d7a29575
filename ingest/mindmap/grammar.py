"""What a topic that somebody added says: its kind, its name, and the row that puts it where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph.schema.kinds import Column, Kind, Schema
from graph.text import norm
from ingest.mindmap.edits import Statement

# What stands under what, where nothing is written before the name.
BELOW = {"阶段": "环节", "环节": "关键技术", "关键技术": "技术需求"}
UNITS = frozenset({"企业", "高校院所", "平台"})
UNDER_UNIT = frozenset(
    {"技术需求", "关键技术", "项目", "科技成果", "平台"}
)  # a unit below one of these is told in its row
STATES = {"在产企业": "在产", "停产": "停产", "外地企业": "外部", "招引目标": "外部", "待核实企业": "外部"}
GROUPED = {"未归技术": "技术需求"}
FAR = {"技术需求": ("环节",), "环节": ("阶段",)}  # what of a new thing is told beside what it stands under
_TITLED = re.compile(r"\s*([^：:\s]{1,8})\s*[：:]\s*(.+)", re.DOTALL)
_NOTED = re.compile(r"(.+?)\s*[（(]([^（）()]{1,20})[）)]\s*", re.DOTALL)
_STATUS = re.compile(r"[　\s]+[▲●▼×≠◆○◇?].*$")


class MapPlace(NamedTuple):
    """Something that a topic stands under: its kind and name; a group has a label and no name."""

    kind: str
    name: str
    label: str = ""


class NewTopic(NamedTuple):
    """What a new topic says: its kind (empty where nobody can tell), its name, and further cells."""

    kind: str
    name: str
    cells: dict[str, str]


class MapGrammar:
    """Reads new topics of the map of one chain."""

    def __init__(self, schema: Schema, county: str, chain: str) -> None:
        self._schema, self._county, self._chain = schema, county, chain
        self._titles = {k.caption: k.caption for k in schema.kinds.values() if k.looks.branch} | {"环节": "环节"}
        self._titles |= {k.looks.branch.title: k.caption for k in schema.kinds.values() if k.looks.branch}
        self._titles |= {"提出": "企业", "技术": "关键技术", "外购": "外部来源", "外部来源": "外部来源"}

    def read(self, text: str, above: Sequence[MapPlace]) -> NewTopic:
        """What a topic under some places, the nearest first, says."""
        return self._parted(*self._kind(text, above))

    def bare(self, text: str, kind: str) -> str:
        """The name that the label of a thing of some kind holds."""
        titled = _TITLED.fullmatch(text)
        return self._parted(kind, titled[2] if titled and titled[1] in self._titles else text).name

    def _parted(self, kind: str, name: str) -> NewTopic:
        """A name apart from what a label says beside it."""
        name = _STATUS.sub("", name).strip()
        cells: dict[str, str] = {}
        sheet = self._schema.kinds.get(kind)
        if sheet and (noted := _NOTED.fullmatch(name)) and (words := _words(sheet, noted[2])):
            name, cells = noted[1].strip(), words
        return NewTopic(kind, name, cells)

    def _kind(self, text: str, above: Sequence[MapPlace]) -> tuple[str, str]:
        if (titled := _TITLED.fullmatch(text)) and titled[1] in self._titles:
            return self._titles[titled[1]], titled[2].strip()
        nearest = above[0] if above else MapPlace("", "")
        if not nearest.name and nearest.kind in ("企业", "外部来源"):
            return nearest.kind, text
        if not nearest.name and nearest.label in GROUPED:
            return GROUPED[nearest.label], text
        thing = next((p for p in above if p.name), MapPlace("", ""))
        return BELOW.get(thing.kind, ""), text

    def statement(self, new: NewTopic, above: Sequence[MapPlace]) -> Statement | None:
        """The row that puts a thing where it stands; None where nothing does."""
        things = [p for p in above if p.name]
        nearest = things[0] if things else None
        if new.kind == "外部来源":
            if nearest is None or nearest.kind != "环节":
                return None
            return Statement("外部供给", {**self._of_chain("外部供给"), "环节": nearest.name, "外部来源": new.name})
        if (
            nearest
            and new.kind in UNITS
            and nearest.kind in UNDER_UNIT
            and not (new.kind == "平台" and nearest.kind == "平台")
        ):
            return self._unit(new, nearest)
        kind = self._schema.kinds.get(new.kind)
        if kind is None or kind.name_column is None:
            return None
        cells = {kind.name_column.caption: new.name, **new.cells}
        captions = {c.caption for c in kind.columns}
        if "产业链" in captions:
            cells |= self._of_chain(new.kind)
        if new.kind == "企业":
            cells |= self._firm(above)
        for place in [*things[:1], *(p for p in things[1:] if p.kind in FAR.get(new.kind, ()))]:
            cells |= _placed(kind, place, cells)
        free = {kind.name_column.caption, "产业链", "县市区"}
        bound = nearest is None or nearest.kind == "产业链" or bool(cells.keys() - free)
        return Statement(new.kind, cells) if bound else None

    def named(self, kind: str, name: str) -> dict[str, str]:
        """The cells by which a row is about a thing."""
        sheet = self._schema.kinds[kind]
        caption = sheet.name_column.caption if sheet.name_column else ""
        return {caption: name} | (self._of_chain(kind) if "产业链" in sheet.key else {})

    def _of_chain(self, sheet: str) -> dict[str, str]:
        """The cells that name the chain on a sheet; 县市区 where it is nothing but the chain's."""
        common = {c.caption for c in self._schema.sheets[sheet].common}
        return {"产业链": self._chain} | ({"县市区": self._county} if "县市区" in common else {})

    def _firm(self, above: Sequence[MapPlace]) -> dict[str, str]:
        """Where a new firm is and what it does, by the group that it was written into."""
        group = re.sub(r"\s*\d.*", "", above[0].label) if above else ""
        state = STATES.get(group, "")
        own = {} if state == "外部" or group == "市内其他县" else {"县市区": self._county}
        return own | ({"状态": state} if state else {})

    def _unit(self, new: NewTopic, nearest: MapPlace) -> Statement | None:
        """A unit below a need, a technology, a project: told in the row of that."""
        kind = self._schema.kinds[nearest.kind]
        column = next((c for c in kind.columns if new.kind in c.to), None)
        return (
            Statement(nearest.kind, {**self.named(nearest.kind, nearest.name), column.caption: new.name})
            if column
            else None
        )


def _placed(kind: Kind, place: MapPlace, cells: dict[str, str]) -> dict[str, str]:
    if place.kind == "阶段":
        return {"阶段": place.name} if kind.caption == "环节" else {}
    column: Column | None = next((c for c in kind.columns if place.kind in c.to and c.caption not in cells), None)
    return {column.caption: place.name} if column else {}


def _words(sheet: Kind, note: str) -> dict[str, str]:
    """The cells that a note in brackets fills, where all of it is words of the sheet: 跟跑, 共性·待解决."""
    parts = [norm(p) for p in re.split(r"[·、，,]", note) if p.strip()]
    cells = dict(_word_cells(sheet, parts))
    return cells if len(cells) == len(parts) else {}


def _word_cells(sheet: Kind, parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        for column in sheet.columns:
            if part in column.words:
                yield column.caption, part
                break
