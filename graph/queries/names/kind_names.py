"""The names of one kind: what they are called, where they stand, and in which of their texts a word is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.naming.fold import plain_form
from graph.queries.names.columns import ITEM, TextColumn
from graph.text import split

NAME, ALIASES, CODES, PRODUCTS, PLACE = "name", "aliases", "codes", "products", "place"
LATIN = 2  # letters from which a word may be pinyin
# How well a word fits: by where it was found, then by how; less is better.
# EXACT, PREFIX, WORD, PART
NONE = 10_000
_RANKS = {
    column: np.array([*ranks, NONE], dtype=np.int16)
    for column, ranks in {
        NAME: (0, 3, 6, 7),
        ALIASES: (1, 5, 8, 9),
        CODES: (1, 5, 9, 9),
        "spelled": (2, 4, 8, 8),
        "initials": (2, 6, 9, 9),
        PRODUCTS: (10, 11, 11, 12),
        PLACE: (13, 13, 14, 14),
    }.items()
}
_SPELLED = frozenset({NAME, ALIASES})
_LENGTHS, _ORDER = (
    np.int64(1 << 10),
    np.int64(1 << 32),
)  # a rank, then the length of the name, then its place in the order of names


@dataclass(frozen=True, slots=True)
class NamedNode:
    """A node as search shows it: what it is called, where it stands, and the text in it that matches."""

    id: str
    name: str
    place: str | None
    matched: str = ""


@dataclass(frozen=True, slots=True)
class SoughtNode:
    """A node with the texts that are searched, by column, each an item of its own."""

    id: str
    name: str
    place: str | None
    texts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, ident: str, name: str, place: str | None, texts: Mapping[str, str | None]) -> SoughtNode:
        """A node whose cells hold lists."""
        items = {column: tuple(split(cell)) for column, cell in texts.items() if cell}
        return cls(ident, name, place, items)


Ranks = npt.NDArray[np.int16]  # for each node, how well it fits: the least is the best, NONE does not


class KindNames:
    """The names of the nodes of one kind. Immutable: several threads may search at once."""

    def __init__(self, entries: Iterable[SoughtNode]) -> None:
        self.entries = sorted(entries, key=lambda e: e.id)
        self.place_of = {entry.id: place for place, entry in enumerate(self.entries)}
        self._columns = {NAME: TextColumn([plain_form(e.name) for e in self.entries])}
        for column in (ALIASES, CODES, PRODUCTS):
            if any(e.texts.get(column) for e in self.entries):
                cells = [ITEM.join(map(plain_form, e.texts.get(column, ()))) for e in self.entries]
                self._columns[column] = TextColumn(cells)
        if any(e.place for e in self.entries):
            self._columns[PLACE] = TextColumn([plain_form(e.place or "") for e in self.entries])
        ordered = sorted(range(len(self.entries)), key=lambda n: (self.entries[n].name, self.entries[n].id))
        self._order = np.empty(len(ordered), dtype=np.int64)
        self._order[ordered] = np.arange(len(ordered))
        lengths = (min(len(e.name), _LENGTHS - 1) for e in self.entries)
        self._lengths = np.fromiter(lengths, dtype=np.int64, count=len(self.entries))

    def __len__(self) -> int:
        return len(self.entries)

    def spell(self) -> None:
        """Learn the pinyin of names now rather than when it is first asked for."""
        for column in _SPELLED & self._columns.keys():
            self._columns[column].spell()

    def find(self, words: Sequence[str]) -> Ranks:
        """How well each node fits words that must all stand in its texts; a phrase in one text fits best."""
        ranks = self._find(words[0])
        if len(words) == 1:
            return ranks
        for word in words[1:]:
            more = self._find(word)
            ranks = np.where((ranks == NONE) | (more == NONE), NONE, ranks + more).astype(np.int16)
        spelled = all(map(_is_spelled, words))  # ju chuang: one name in syllables
        return np.minimum(ranks, self._find(("" if spelled else " ").join(words)))

    def _find(self, word: str) -> Ranks:
        ranks = np.full(len(self.entries), NONE, dtype=np.int16)
        for name, column in self._columns.items():
            np.minimum(ranks, _RANKS[name][column.find(word)], out=ranks)
            if name in _SPELLED and len(word) >= LATIN and _is_spelled(word):
                whole, short = column.find_spelled(word)
                np.minimum(ranks, _RANKS["spelled"][whole], out=ranks)
                np.minimum(ranks, _RANKS["initials"][short], out=ranks)
        return ranks

    def first(self, ranks: Ranks, most: int) -> list[tuple[int, SoughtNode]]:
        """The best of what fits, with their ranks: the shorter name first, then by name."""
        nodes = np.flatnonzero(ranks != NONE)
        keys = (ranks[nodes] * _LENGTHS + self._lengths[nodes]) * _ORDER + self._order[nodes]
        best = np.argpartition(keys, most)[:most] if len(keys) > most else np.arange(len(keys))
        best = best[np.argsort(keys[best])]
        return [(int(ranks[nodes[at]]), self.entries[int(nodes[at])]) for at in best]


def _is_spelled(word: str) -> bool:
    return word.isascii() and word.isalpha()


def matched(entry: SoughtNode, words: Sequence[str]) -> str:
    """The text of a node that holds what was typed, as it is written: its name before all others."""
    wanted = [" ".join(words), *words]
    texts = [entry.name, *(t for column in (ALIASES, CODES, PRODUCTS) for t in entry.texts.get(column, ()))]
    for word in wanted:
        for text in texts:
            if word in plain_form(text):
                return text
    return entry.name
