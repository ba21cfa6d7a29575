"""A box of the mind map, what it stands on, and which part of a map is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from graph.errors import LianpuError
from graph.files import source_line
from graph.outline import TopicMark
from graph.text import norm
from viz.theme import GROUP

SHOWN = 12  # names that a hint lists


class MindRow(NamedTuple):
    """A ledger row behind a box: its number in the ledger, and where it stands."""

    record: int
    batch: int
    file: str
    sheet: str
    row: int
    line: str

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> MindRow:
        """The row of a Source document."""
        place = (source["file"], source["sheet"], source["row"])
        return cls(source.get("record", 0), source.get("batch", 0), *place, source_line(source))


class MindLink(NamedTuple):
    """The relation that puts a box where it stands, by the ids of its ends."""

    relation: str
    source: str
    target: str


@dataclass(slots=True)
class MindNode:
    """One box of the map. `rows` are the ledger rows behind it; `facts` what they say.

    >>> tree = MindNode("示例链", "产业链", children=[MindNode("上游", "阶段")])
    >>> [n.label for n in tree.walk()]
    ['示例链', '上游']
    """

    label: str
    kind: str
    status: str | None = None
    rows: list[MindRow] = field(default_factory=list)
    children: list[MindNode] = field(default_factory=list)
    pale: bool = False
    facts: list[str] = field(default_factory=list)
    ref: str = ""  # id in the view; "" for a group
    color: str = GROUP
    name: str = ""  # what it is called, without what the label says beside it; "" for a group
    link: MindLink | None = None
    mark: TopicMark | None = None  # set where the map is written for other programs

    def walk(self) -> Iterator[MindNode]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def size(self) -> int:
        """How many boxes there are, itself counted."""
        return 1 + sum(child.size() for child in self.children)


class NoBranch(LianpuError):
    """A branch that a map does not have."""

    code = "unknown_name"

    def __init__(self, branch: str, names: Sequence[str]) -> None:
        listed = "、".join(names[:SHOWN]) + ("等" if len(names) > SHOWN else "")
        super().__init__(f"思维导图里没有分支“{branch}”", f"分支写阶段、环节、技术或需求的名称，如 {listed}")


def cut(root: MindNode, depth: int | None = None, branch: str | None = None) -> MindNode:
    """The part of a map that is wanted: a branch with what leads to it, and so many levels. Raises NoBranch.

    >>> tree = MindNode("链", "产业链", children=[MindNode("上游", "阶段"), MindNode("中游", "阶段")])
    >>> [n.label for n in cut(tree, branch="中游").walk()], [n.label for n in cut(tree, depth=0).walk()]
    (['链', '中游'], ['链'])
    """
    part = _branch(root, norm(branch)) if branch else root
    if part is None:
        raise NoBranch(branch or "", [n.name or n.label for n in root.walk() if n.kind in ("阶段", "环节")])
    return part if depth is None else _shallow(part, depth)


def _branch(node: MindNode, wanted: str) -> MindNode | None:
    if wanted in (norm(node.name), norm(node.label)):
        return node
    kept = [part for child in node.children if (part := _branch(child, wanted))]
    return replace(node, children=kept) if kept else None


def _shallow(node: MindNode, depth: int) -> MindNode:
    return replace(node, children=[_shallow(c, depth - 1) for c in node.children] if depth > 0 else [])
