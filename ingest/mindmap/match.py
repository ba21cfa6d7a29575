"""Which topic of a file is which box of the map as the home has it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.schema.kinds import Schema
from graph.text import norm
from ingest.mindmap.grammar import MapGrammar, MapPlace
from ingest.mindmap.topics import FileTopic, KnownTopic


@dataclass(frozen=True, slots=True)
class KnownMap:
    """The map of a chain now. `mentions` are the rows that name a thing, by its id."""

    county: str
    chain: str
    root: KnownTopic
    mentions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    elsewhere: frozenset[int] = frozenset()  # rows that name another chain too


class MapMatch:
    """The topics of a file with their boxes: by id where the ids came back, else by name under what they stand under."""

    def __init__(self, known: KnownMap, root: FileTopic, schema: Schema) -> None:
        self.known, self.root, self.schema = known, root, schema
        self.grammar = MapGrammar(schema, known.county, known.chain)
        self.by_ref: dict[str, list[KnownTopic]] = defaultdict(list)
        for box in known.root.walk():
            self.by_ref[box.ref].append(box)
        self._taken: set[int] = set()  # by the identity of a box
        self.marked = False  # the ids came back: what is missing was removed
        self._match()

    def has(self, box: KnownTopic) -> bool:
        """Whether the file has a topic that is this box."""
        return id(box) in self._taken

    def _match(self) -> None:
        by_place = {k.mark.place: k for k in self.known.root.walk()}
        self._take(self.root, self.known.root)
        for topic in self.root.walk():
            if topic.mark and topic is not self.root and (box := by_place.get(topic.mark.place)):
                self.marked = True
                if not self.has(box):
                    self._take(topic, box)
        for topic in self.root.walk():
            if topic.known is None and topic.above and (box := self._called(topic)):
                self._take(topic, box)

    def _take(self, topic: FileTopic, box: KnownTopic) -> None:
        topic.known = box
        self._taken.add(id(box))

    def _called(self, topic: FileTopic) -> KnownTopic | None:
        """The box of this name near where the topic stands, which no other topic is."""
        places = self.places(topic)
        new = self.grammar.read(topic.text, places)
        names = {norm(topic.text), norm(new.name)}
        for box in self._near(topic.above):
            fits = not (box.name and new.kind) or box.kind == new.kind or norm(box.label) == norm(topic.text)
            if fits and not self.has(box) and names & {norm(box.label), norm(box.name or box.label)}:
                return box
        return None

    def _near(self, above: FileTopic | None) -> Iterator[KnownTopic]:
        """The boxes under the thing that a topic stands under, through groups."""
        thing = above.known if above else None
        while thing and thing.above and not thing.name:
            thing = thing.above
        waiting = list(thing.children) if thing else []
        while waiting:
            box = waiting.pop(0)
            yield box
            if not box.name:
                waiting += box.children

    def places(self, topic: FileTopic) -> list[MapPlace]:
        """What a topic stands under, the nearest first."""
        places: list[MapPlace] = []
        above = topic.above
        while above is not None:
            if box := above.known:
                places.append(MapPlace(box.kind, box.name, box.label))
            elif above.kind:
                places.append(MapPlace(above.kind, above.name, above.text))
            above = above.above
        return places
