"""Where a mapping's captions stand in a table: found by what they say, not by their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from graph.schema.kinds import Schema
from graph.text import norm
from ingest.mapping.mapping import TableMapping, Target, alternatives, base_kind, by_letter, letter_of, required
from ingest.readers.base import Merge, RawRow
from ingest.table.cells import is_money_unit, show
from ingest.table.header import (
    HEADER_DEPTH,
    HEADER_WITHIN,
    LONGEST_CAPTION,
    SERIAL,
    caption_of,
    levels_of,
    may_go_on,
    readings,
    said,
    stacks_of,
)

YEAR = "年份"  # may stand in captions or in the title
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?度?(?!\d)")
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
class Place:
    """A header that a mapping fits: its first and last row, and what its columns are."""

    first: int
    row: int
    binding: Binding
    texts: list[list[str]]


class _Words:
    def __init__(self, table: TableMapping) -> None:
        self.full: dict[str, str] = {}
        self.base: dict[str, str] = {}
        for key in table.columns:
            for word in (key, *alternatives(key)):
                self.full.setdefault(said(word), key)
                self.base.setdefault(caption_of(word)[0], key)

    def find(self, text: str, whole: bool) -> str | None:
        return self.full.get(said(text)) if whole else self.base.get(caption_of(text)[0])


def bind(stacks: Stacks, table: TableMapping) -> Binding:
    """What columns with these captions (each from the top down) are by a mapping.

    Exact captions first, then those without their unit, so that 产值(2023) and 产值(2024) stay apart.
    """
    binding = Binding(table, captions={p: "-".join(s)[:LONGEST_CAPTION] for p, s in stacks.items() if s})
    words, taken = _Words(table), set[tuple[str, int | None]]()
    for key in table.columns:
        index = letter_of(key)
        if index is not None:
            binding.keys[index] = key
            taken.add((key, None))
    for whole in (True, False):
        for place, stack in stacks.items():
            if place not in binding.keys and stack:
                _bind_one(binding, place, stack, words, whole, taken)
    for place, caption in binding.captions.items():
        if place in binding.keys:
            continue
        if said(stacks[place][-1]).lower() in SERIAL:
            binding.serial.add(place)
        else:
            doubled = list(binding.captions.values()).count(caption) > 1
            binding.extras[place] = f"{caption}（{by_letter(place)}）" if doubled else caption
    return binding


def _bind_one(
    binding: Binding, place: int, stack: Sequence[str], words: _Words, whole: bool, taken: set[tuple[str, int | None]]
) -> None:
    for text, year in _forms(stack, place):
        key = words.find(text, whole)
        if key and (key, year) not in taken:
            taken.add((key, year))
            binding.keys[place] = key
            if year:
                binding.years[place] = year
            unit = caption_of(text)[1]
            if unit and (unit == "%" or is_money_unit(unit)):
                binding.units[place] = unit
            return


def _forms(stack: Sequence[str], place: int) -> Iterator[tuple[str, int | None]]:
    """The texts a column may be called by, the most telling first, and the year they are told apart by."""
    joined = "-".join(stack)
    yield f"{joined}（{by_letter(place)}）", None
    yield joined, None
    found = _YEAR.search(norm(joined))
    if not found:
        yield from ((text, None) for text in readings(list(stack)))
        return
    yield from ((t, None) for t in readings(list(stack)) if found[1] in t)
    if bare := _bare(stack):
        yield "-".join(bare), int(found[1])
        yield from ((text, int(found[1])) for text in readings(bare))


def bare_caption(stack: Sequence[str]) -> str:
    """What a column is called, without the year that tells it apart.

    >>> bare_caption(["2024年", "产值（万元）"]), bare_caption(["2023年产值"])
    ('产值(万元)', '产值')
    """
    return "-".join(_bare(stack)) or "-".join(stack)


def caption_forms(stack: Sequence[str]) -> list[str]:
    """What a column may be called: alone, or with the group over it, without a year."""
    return readings(_bare(stack) or list(stack))


def _bare(stack: Sequence[str]) -> list[str]:
    return [b for s in stack if (b := _without_year(s))] if _YEAR.search(norm("-".join(stack))) else list(stack)


def _without_year(text: str) -> str:
    return re.sub(r"[(（]\s*[)）]", "", _YEAR.sub("", norm(text))).strip("-_ 、,:")


def year_in(texts: Sequence[str]) -> int | None:
    """The one year that titles and names state.

    >>> year_in(["示例县2024年度企业调查表", "第2页"]), year_in(["2023-2024年"])
    (2024, None)
    """
    years = {int(y) for text in texts for y in _YEAR.findall(norm(text[:500]))}
    return years.pop() if len(years) == 1 else None


def suits(table: TableMapping, sheet: str) -> bool:
    """Whether a table of this name is meant."""
    return any(fnmatchcase(norm(sheet), norm(pattern)) for pattern in alternatives(table.sheet))


def locate(rows: Sequence[RawRow], table: TableMapping, schema: Schema, merges: Sequence[Merge] = ()) -> Place | None:
    """The rows near the top that hold most of a mapping's captions; None where too few stand there."""
    if table.header == 0:
        width = max((len(r.cells) for r in rows), default=0)
        return Place(0, 0, bind({i: [by_letter(i)] for i in range(width)}, table), [])
    best: Place | None = None
    block_of_best: list[RawRow] = []
    for block in blocks(rows):
        if table.header is not None and block[-1].number != table.header:
            continue
        stacks = dict(enumerate(stacks_of(levels_of(block, merges))))
        binding = bind(stacks, table)
        # Of equals the flattest: a title over it is no part of a header.
        if binding.keys and (best is None or _rank(binding, block) > _rank(best.binding, block_of_best)):
            block_of_best = block
            texts = [[norm(show(c)) for c in row.cells] for row in block]
            best = Place(block[0].number, block[-1].number, binding, texts)
    return best if best and is_about(best.binding, schema) else None


def _rank(binding: Binding, block: Sequence[RawRow]) -> tuple[int, int]:
    return len(binding.keys), -len(block)


def blocks(rows: Sequence[RawRow]) -> Iterator[list[RawRow]]:
    """Every run of rows near the top that may be a header."""
    for start in range(min(len(rows), HEADER_WITHIN)):
        for depth in range(1, HEADER_DEPTH + 1):
            block = list(rows[start : start + depth])
            if len(block) < depth or (depth > 1 and not may_go_on(block)):
                break
            yield block


def is_about(binding: Binding, schema: Schema) -> bool:
    """Whether a table can be read so: what its first record cannot do without is there, and half of a short mapping."""
    table = binding.table
    keys = set(binding.keys.values())
    filled = {t for key in keys for t in table.columns[key]} | set(table.constants)
    sheet = schema.sheets[base_kind(table.kinds[0])]
    wanted = {Target(table.kinds[0], c.caption) for c in required(sheet) if c.caption != YEAR}
    open_ended = any("|" in key for key in table.columns)  # many alternatives, of which a table has a few
    return wanted <= filled and 2 * len(keys) >= min(len(table.columns), 4 if open_ended else 99)
