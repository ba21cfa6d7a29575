"""The mind map as topics: what every file format of other programs writes of a box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from viz.mindmap.cited import KEY, CitedSources
from viz.mindmap.drawing import Colors, MapTitle, colors_of
from viz.mindmap.marks import mark_tree
from viz.mindmap.node import MindNode, cut
from viz.mindmap.place import LEFT, MapLayout

MOST_NOTED = 20  # rows that a note lists


@dataclass(slots=True)
class Topic:
    """A box on its way out: its id, what it says, what stands behind it, its colours, whether it stands on the left."""

    id: str
    label: str
    kind: str
    note: str
    cite: str
    colors: Colors
    children: list[Topic] = field(default_factory=list)
    left: bool = False

    def walk(self) -> Iterator[Topic]:
        """This topic and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class MindOutline:
    """A map as topics, with what stands over it and the sources at its foot."""

    title: MapTitle
    root: Topic
    sources: list[str]


def outline_of(whole: MindNode, title: MapTitle, depth: int | None = None, branch: str | None = None) -> MindOutline:
    """The part of a map that is wanted, as topics. Raises NoBranch."""
    mark_tree(whole, depth, branch)
    part = cut(whole, depth, branch)
    cited = CitedSources(part.walk())
    root = _topic(part, cited)
    sides = (box.side for box in MapLayout(part, cited).boxes if box.depth == 1)
    for child, side in zip(root.children, sides, strict=True):
        child.left = side == LEFT
    sources = cited.lines()
    root.note = "\n".join([title.about, *([f"{KEY}。来源：", *sources] if sources else [])])
    return MindOutline(title, root, sources)


def _topic(node: MindNode, cited: CitedSources) -> Topic:
    below = [_topic(child, cited) for child in node.children]
    ident = node.mark.text() if node.mark else ""
    return Topic(ident, node.label, node.kind, _note(node), cited.cite(node), colors_of(node), below)


def _note(node: MindNode) -> str:
    """What stands behind a box: what it says of itself, and the rows."""
    lines = [row.line for row in node.rows[:MOST_NOTED]]
    if len(node.rows) > MOST_NOTED:
        lines.append(f"等{len(node.rows)}行")
    return "\n".join([*node.facts, *(["依据："] if lines else []), *lines])
