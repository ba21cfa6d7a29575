"""The two sides of a comparison: the map as the home has it now, and the topics of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.outline import TopicMark
from ingest.readers.base import RawRow


@dataclass(slots=True)
class KnownTopic:
    """A box of the map as the home has it now.

    `records` are the rows that put it where it stands (or, of what is put there by no relation, that state it);
    `own` those that state the thing itself. `link` is the relation and its ends; `batch` when it came there.
    """

    mark: TopicMark
    kind: str
    name: str
    label: str
    ref: str
    link: tuple[str, str, str] | None = None
    records: tuple[int, ...] = ()
    own: tuple[int, ...] = ()
    batch: int = 0
    children: list[KnownTopic] = field(default_factory=list)
    above: KnownTopic | None = None

    @property
    def title(self) -> str:
        """How a sentence calls it: its kind and name, a group by its label."""
        return f"{self.kind}“{self.name}”" if self.name else f"“{self.label}”"

    def walk(self) -> Iterator[KnownTopic]:
        """This topic and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def place(self) -> KnownTopic:
        """The nearest thing above it that is no group; the chain where there is none."""
        above = self.above
        while above is not None and above.above is not None and not (above.ref or above.kind == "阶段"):
            above = above.above
        return above or self


@dataclass(slots=True)
class FileTopic:
    """A topic of a file; `known` is the box that it is, `kind` and `name` what a new one says."""

    id: str
    text: str
    above: FileTopic | None = None
    children: list[FileTopic] = field(default_factory=list)
    mark: TopicMark | None = None
    known: KnownTopic | None = None
    kind: str = ""
    name: str = ""

    def walk(self) -> Iterator[FileTopic]:
        """This topic and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def topics_of(rows: Iterable[RawRow]) -> FileTopic | None:
    """The tree that rows of depth, id and text make; of several roots the first. None for no topic."""
    path: list[FileTopic] = []
    root: FileTopic | None = None
    for row in rows:
        depth, ident, text = (*row.cells, None, None, None)[:3]
        level = depth if isinstance(depth, int) else 0
        topic = FileTopic(str(ident or ""), str(text or "").strip())
        topic.mark = TopicMark.read(topic.id)
        del path[max(0, level) :]
        if root is None:
            root = topic
        elif not path:  # another root
            continue
        else:
            topic.above = path[-1]
            path[-1].children.append(topic)
        path.append(topic)
    return root
