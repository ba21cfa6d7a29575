"""Where a mapping's captions stand in a table: found by what they say, not by their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

from graph.schema.kinds import Schema
from graph.text import norm
from ingest.mapping.mapping import Destination, TableMapping, alternatives, base_kind, by_letter, letter_of, required
from ingest.readers.base import Merge, RawRow
from ingest.table.captions import (
    LONGEST_CAPTION,
    YEAR_WITHIN,
    caption_key,
    caption_parts,
    is_serial,
    readings,
    stack_unit,
    stacks_of,
)
from ingest.table.header import blocks, levels_of, texts_of

YEAR = "年份"  # may stand in captions or in the title
_NOT_YET = re.compile(r"预计|预测|预期|预估|计划|目标|力争")  # beside a year: no report of that year
Stacks = Mapping[int, Sequence[str]]


@dataclass(slots=True)
class Binding:
    """What each column of a table is. Positions count from 0."""

    table: TableMapping
    keys: dict[int, str] = field(default_factory=dict)  # position -> entry of table.columns
    years: dict[int, int] = field(default_factory=dict)  # of columns such as 2024年产值
    units: dict[int, str] = field(default_factory=dict)
    extras: dict[int, str] = field(default_factory=dict)  # columns that nothing is made of, by caption
    serial: set[int] = field(default_factory=set)
    captions: dict[int, str] = field(default_factory=dict)  # as they stand there

    @property
    def missing(self) -> list[str]:
        """Entries of the mapping that the table does not have."""
        return [k for k in self.table.columns if k not in self.keys.values()]


@dataclass(frozen=True, slots=True)
class BoundHeader:
    """A header that a mapping fits: its first and last row, and what its columns are."""

    first: int
    row: int
    binding: Binding
    texts: list[list[str]]


class YearText(NamedTuple):
    """A text that a column may be called by, and the year by which it is told apart from others of that name."""

    text: str
    year: int | None = None


@lru_cache(maxsize=64)
def _words(entries: tuple[str, ...]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Entries by what they may be called, with its unit and without: of one mapping for many rows that may be headers."""
    full: dict[str, str] = {}
    bare: dict[str, str] = {}
    for key in entries:
        for word in (key, *alternatives(key)):
            full.setdefault(caption_key(word), key)
            bare.setdefault(caption_parts(word).name, key)
    return full, bare


class _Entries:
    """The entries of a mapping by what they may be called, and those that columns have taken already."""

    def __init__(self, table: TableMapping) -> None:
        self._full, self._bare = _words(tuple(table.columns))
        self._taken: set[tuple[str, int | None]] = set()

    def take(self, key: str, year: int | None = None) -> None:
        """No other column of that year may have this entry."""
        self._taken.add((key, year))

    def find(self, text: YearText, whole: bool) -> str | None:
        """The entry that a text names and that is still free."""
        caption = text.text
        key = self._full.get(caption_key(caption)) if whole else self._bare.get(caption_parts(caption).name)
        return key if key and (key, text.year) not in self._taken else None


def bind(stacks: Stacks, table: TableMapping) -> Binding:
    """What columns with these captions (each from the top down) are by a mapping.

    Exact captions first, then those without their unit, so that 产值(2023) and 产值(2024) stay apart.
    """
    binding = Binding(table, captions={p: "-".join(s)[:LONGEST_CAPTION] for p, s in stacks.items() if s})
    entries = _Entries(table)
    for key in table.columns:
        index = letter_of(key)
        if index is not None:
            binding.keys[index] = key
            entries.take(key)
    for whole in (True, False):
        for place, stack in stacks.items():
            if place not in binding.keys and stack:
                _bind_column(binding, place, stack, entries, whole)
    for place, caption in binding.captions.items():
        if place in binding.keys:
            continue
        if is_serial(stacks[place][-1]):
            binding.serial.add(place)
        else:
            doubled = list(binding.captions.values()).count(caption) > 1
            binding.extras[place] = f"{caption}（{by_letter(place)}）" if doubled else caption
    return binding


def _bind_column(binding: Binding, place: int, stack: Sequence[str], entries: _Entries, whole: bool) -> None:
    for text in _texts(stack, place):
        if key := entries.find(text, whole):
            entries.take(key, text.year)
            binding.keys[place] = key
            if text.year:
                binding.years[place] = text.year
            if unit := stack_unit(text.text, stack):
                binding.units[place] = unit
            return


def _texts(stack: Sequence[str], place: int) -> Iterator[YearText]:
    """The texts a column may be called by, the most telling first."""
    joined = "-".join(stack)
    yield YearText(f"{joined}（{by_letter(place)}）")
    yield YearText(joined)
    match = None if _NOT_YET.search(joined) else YEAR_WITHIN.search(norm(joined))
    if not match:
        yield from map(YearText, readings(stack))
        return
    yield from (YearText(t) for t in readings(stack) if match[1] in t)
    if bare := _bare(stack):
        year = int(match[1])
        yield YearText("-".join(bare), year)
        yield from (YearText(text, year) for text in readings(bare))


def bare_caption(stack: Sequence[str]) -> str:
    """What a column is called, without the year that tells it apart.

    >>> bare_caption(["2024年", "产值（万元）"]), bare_caption(["2023年产值"])
    ('产值(万元)', '产值')
    """
    return "-".join(_bare(stack)) or "-".join(stack)


def caption_forms(stack: Sequence[str]) -> list[str]:
    """What a column may be called: alone, or with the group over it, without a year."""
    return readings(_bare(stack) or stack)


def _bare(stack: Sequence[str]) -> list[str]:
    return [b for s in stack if (b := _without_year(s))] if YEAR_WITHIN.search(norm("-".join(stack))) else list(stack)


def _without_year(text: str) -> str:
    bare = re.sub(r"[(（]\s*[)）]", "", YEAR_WITHIN.sub("", norm(text))).strip("-_ 、,:")
    return "" if bare.strip("()") in ("实际", "实绩", "实际值", "完成值") else bare


def suits(table: TableMapping, sheet: str) -> bool:
    """Whether a table of this name is meant."""
    return any(fnmatchcase(norm(sheet), norm(pattern)) for pattern in alternatives(table.sheet))


def locate(
    rows: Sequence[RawRow], table: TableMapping, schema: Schema, merges: Sequence[Merge] = ()
) -> BoundHeader | None:
    """The rows near the top that hold most of a mapping's captions; None where too few stand there."""
    if table.header == 0:
        width = max((len(r.cells) for r in rows), default=0)
        return BoundHeader(0, 0, bind({i: [by_letter(i)] for i in range(width)}, table), [])
    best: BoundHeader | None = None
    block_of_best: list[RawRow] = []
    for block in blocks(rows):
        if table.header is not None and block[-1].number != table.header:
            continue
        stacks = dict(enumerate(stacks_of(levels_of(block, merges))))
        binding = bind(stacks, table)
        # Of equals the flattest: a title over it is no part of a header.
        if binding.keys and (best is None or _rank(binding, block) > _rank(best.binding, block_of_best)):
            block_of_best = block
            best = BoundHeader(block[0].number, block[-1].number, binding, texts_of(block))
    return best if best and is_about(best.binding, schema) else None


def _rank(binding: Binding, block: Sequence[RawRow]) -> tuple[int, int]:
    return len(binding.keys), -len(block)


def is_about(binding: Binding, schema: Schema) -> bool:
    """Whether a table can be read so: what its first record cannot do without is there, and half of a short mapping."""
    table = binding.table
    keys = set(binding.keys.values())
    filled = {d for key in keys for d in table.columns[key]} | set(table.constants)
    sheet = schema.sheets[base_kind(table.kinds[0])]
    wanted = {Destination(table.kinds[0], c.caption) for c in required(sheet) if c.caption != YEAR}
    open_ended = any("|" in key for key in table.columns)  # many alternatives, of which a table has a few
    return wanted <= filled and 2 * len(keys) >= min(len(table.columns), 4 if open_ended else 99)
