"""Texts of many nodes as one array of characters: a word, or a spelling, is found in all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.queries.names.pinyin import Spelling

CELL, ITEM = "\n", "\t"  # between the cells of a column; between the items of a cell
EXACT, PREFIX, WORD, PART, NOWHERE = range(5)  # the whole item, its beginning, a word's beginning or end, anywhere
Fits = npt.NDArray[np.int8]  # for each node, how well its cell fits
Places = npt.NDArray[np.int64]
_SHORT = 1 << 16  # different characters of a column that is kept in two bytes each
_PLACES = "省市县区镇乡村"
_MARKS = " ()（）[]【】·.,，、/-—_:：;；\"'“”《》&+"


class TextColumn:
    """The texts of one column, a cell for each node; a cell may hold several items."""

    def __init__(self, cells: Sequence[str]) -> None:
        codes = np.frombuffer((CELL + "".join(c + CELL for c in cells)).encode("utf-32-le", "surrogatepass"), np.uint32)
        known = np.zeros(0x110000, dtype=np.uint32)
        known[codes] = 1
        characters = np.flatnonzero(known)
        known[characters] = np.arange(len(characters), dtype=np.uint32)
        self._text = known[codes].astype(np.uint16 if len(characters) < _SHORT else np.uint32)
        self._characters = [chr(c) for c in characters]
        self._ids = {c: number for number, c in enumerate(self._characters)}
        lengths = np.fromiter((len(c) + 1 for c in cells), dtype=np.int64, count=len(cells))
        self._ends = np.cumsum(lengths)  # where the separator after each cell stands
        self._item_ends = self._table(CELL + ITEM)
        self._word_ends = self._table(CELL + ITEM + _MARKS)
        self._word_starts = self._table(CELL + ITEM + _MARKS + _PLACES)

    def _table(self, characters: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Whether each character of the column is one of some."""
        table = np.zeros(len(self._characters), dtype=np.bool_)
        table[[self._ids[c] for c in set(characters) if c in self._ids]] = True
        return table

    def find(self, word: str) -> Fits:
        """How well each cell fits a word."""
        if not word or any(c not in self._ids for c in word):
            return self._fits(np.empty(0, dtype=np.int64), 1)
        ids, last = [self._ids[c] for c in word], len(self._text) - len(word)
        at = np.flatnonzero(self._text[:last] == ids[0])
        for step in range(1, len(ids)):
            at = at[self._text[at + step] == ids[step]]
        return self._fits(at, len(ids))

    def find_spelled(self, word: str) -> tuple[Fits, Fits]:
        """How well each cell fits a spelling in whole syllables, and in first letters of some."""
        whole, short = (self._fits(np.empty(0, dtype=np.int64), 1) for _ in range(2))
        begun: dict[str, Places] = {}
        for pieces in self._spelling.ways(word):
            first, last = pieces[0], len(self._text) - len(pieces)
            if first not in begun:
                begun[first] = np.flatnonzero(self._table(self._spelling.read(first))[self._text])
            at = begun[first]
            at = at[at < last]
            for step, piece in enumerate(pieces[1:], 1):
                if not len(at):
                    break
                at = at[self._table(self._spelling.read(piece))[self._text[at + step]]]
            fits = whole if self._spelling.is_whole(pieces) else short
            np.minimum(fits, self._fits(at, len(pieces)), out=fits)
        return whole, short

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self._characters)

    def spell(self) -> None:
        """Learn how its characters are read now rather than when it is first asked for."""
        _ = self._spelling

    def _fits(self, at: Places, length: int) -> Fits:
        """How well each cell fits what stands at some places of the text."""
        cells = np.full(len(self._ends), NOWHERE, dtype=np.int8)
        if not len(at):
            return cells
        before, after = self._text[at - 1], self._text[at + length]
        fits = np.where(self._word_starts[before] | self._word_ends[after], WORD, PART).astype(np.int8)
        begins = self._item_ends[before]
        fits[begins] = PREFIX
        fits[begins & self._item_ends[after]] = EXACT
        nodes = np.searchsorted(self._ends, at)
        firsts = np.flatnonzero(np.concatenate(([True], nodes[1:] != nodes[:-1])))
        cells[nodes[firsts]] = np.minimum.reduceat(fits, firsts)
        return cells
