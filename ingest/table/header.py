"""Where the header of a sheet is, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from graph.schema.kinds import Column, Sheet
from graph.text import norm
from ingest.finding import column_letter
from ingest.readers.base import Cell, CellError, Merge, RawRow
from ingest.table.captions import (
    LONGEST_CAPTION,
    SheetCaptions,
    is_period,
    is_serial,
    readings,
    stack_unit,
    stacks_of,
)
from ingest.table.cells import Answers, show
from ingest.table.no_value import is_dash
from ingest.table.units import TitleUnit, is_unit

HEADER_WITHIN = 30  # rows from the top in which a header is sought
HEADER_DEPTH = 3  # rows that one header may have
EXTRA = "附加列："  # in an export, before an extra caption that would be taken for something else


class HeaderFit(NamedTuple):
    """How well a header is one of a sheet; a greater fit is a better one."""

    own: int = 0  # columns of the sheet itself
    exact: int = 0  # of them, those by their very name
    extras: int = 0  # columns nobody knows, counted downwards


@dataclass(slots=True)
class Header:
    """A recognised header: its rows, and what each column is."""

    first: int
    row: int  # its last row
    columns: dict[int, Column] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    extras: dict[int, str] = field(default_factory=dict)  # columns nobody knows, by caption
    serial: set[int] = field(default_factory=set)
    synonyms: dict[int, str] = field(default_factory=dict)  # what was written where a synonym was taken
    texts: list[list[str]] = field(default_factory=list)  # of each of its rows, to know it again
    title_unit: TitleUnit | None = None
    year: int | None = None  # that the title states
    titles: tuple[str, ...] = ()  # the lines over it
    answers: Answers = field(default_factory=Answers)  # what somebody answered for the whole file

    def has(self, caption: str) -> bool:
        """Whether the sheet has a column."""
        return any(c.caption == caption for c in self.columns.values())

    def complete(self, sheet: Sheet) -> bool:
        """Whether all required columns are there."""
        return all(self.has(c.caption) for c in sheet.columns if c.required)

    def fit(self, sheet: Sheet) -> HeaderFit:
        """How well this is a header of the sheet: own columns, those by their very name, fewest others."""
        own = [i for i, c in self.columns.items() if c in sheet.columns]
        return HeaderFit(len(own), len(own) - len(self.synonyms), -len(self.extras))


def match_columns(levels: Sequence[Sequence[str]], captions: SheetCaptions) -> Header:
    """What texts, one list for each row of a header, would mean as the header of a sheet.

    A caption is looked for in the lowest row that has one, then together with the group over it:
    产值 over 亿元 is 产值(亿元).
    """
    header, stacks = Header(0, 0), stacks_of(levels)
    header.serial = {
        i for i, stack in enumerate(stacks) if stack and is_serial(stack[-1]) and not captions.by_name(stack[-1])
    }
    for synonyms in (False, True):
        for index, stack in enumerate(stacks):
            if stack and index not in header.columns and index not in header.serial:
                _match_column(header, index, stack, captions, synonyms)
    for index, stack in enumerate(stacks):
        if len(stack) == 1 and stack[0].startswith(EXTRA):
            header.extras[index] = stack[0].removeprefix(EXTRA)
        elif stack and index not in header.columns and index not in header.serial:
            caption = "-".join(stack)[:LONGEST_CAPTION]
            doubled = any(map(captions.knows, readings(stack))) or caption in header.extras.values()
            header.extras[index] = f"{caption}（{column_letter(index)}列）" if doubled else caption
    return header


def _match_column(header: Header, index: int, stack: list[str], captions: SheetCaptions, synonyms: bool) -> None:
    """Note the first column that is still free among those which a stack of captions may name."""
    for text in readings(stack):
        column = captions.by_synonym(text) if synonyms else captions.by_name(text)
        if column and not header.has(column.caption):
            header.columns[index] = column
            if synonyms:
                header.synonyms[index] = stack[-1]
            if unit := stack_unit(text, stack):
                header.units[index] = unit
            return


def find_header(rows: Sequence[RawRow], captions: SheetCaptions, merges: Sequence[Merge] = ()) -> Header | None:
    """The first rows near the top that name the sheet's required columns, or most of its own."""
    best: Header | None = None
    rank = (0, 0, 0)
    for block in blocks(rows):
        levels = levels_of(block, merges)
        header = match_columns(levels, captions)
        header.first, header.row = block[0].number, block[-1].number
        header.texts = texts_of(block)
        units = sum(len(stack) > 1 and is_unit(stack[-1]) for stack in stacks_of(levels))
        # Of equals the flattest: a title over it is no part of a header.
        if header.columns and (len(header.columns), units, -len(block)) > rank:
            best, rank = header, (len(header.columns), units, -len(block))
    return best if best and _enough(best, captions.sheet) else None


def blocks(rows: Sequence[RawRow]) -> Iterator[list[RawRow]]:
    """Every run of rows near the top that may be a header."""
    for start in range(min(len(rows), HEADER_WITHIN)):
        for depth in range(1, HEADER_DEPTH + 1):
            block = list(rows[start : start + depth])
            if len(block) < depth or (depth > 1 and not _may_go_on(block)):
                break
            below = rows[start + depth : start + depth + 1]
            if depth < HEADER_DEPTH and below and _has_periods(below[0], block[-1]):
                continue  # years under a group are part of the header
            yield block


def _may_go_on(block: Sequence[RawRow]) -> bool:
    """Whether a last row may belong to the header begun over it: next to it, and words only."""
    last = block[-1]
    adjacent = last.number == block[-2].number + 1
    worded = block[:-1] if _has_periods(last, block[-2]) else block
    return adjacent and all(c is None or isinstance(c, str) for row in worded for c in row.cells)


def _has_periods(row: RawRow, over: RawRow) -> bool:
    """Whether a row right under captions parts groups: nothing under the first of them, and years or other words.

    Words that are no years part a group only where the captions over them leave a gap.
    """
    filled = [i for i, c in enumerate(row.cells) if c is not None]
    first = next((i for i, c in enumerate(over.cells) if c is not None), 0)
    if row.number != over.number + 1 or len(filled) < 2 or filled[0] <= first:
        return False
    if all(is_period(show(row.cells[i])) for i in filled):
        return True
    return all(isinstance(c, str) or c is None for c in (*row.cells, *over.cells)) and _fills_gaps(filled, over)


def _fills_gaps(filled: Sequence[int], over: RawRow) -> bool:
    """Whether cells stand under captions that leave the columns after them open, and under nothing else."""
    captioned = {i for i, c in enumerate(over.cells) if c is not None}
    gaps = set(filled) - captioned
    heads = {next((i for i in range(gap, -1, -1) if i in captioned), -1) for gap in gaps}
    return len(captioned) > 1 and bool(heads) and heads == captioned.intersection(filled)


def texts_of(block: Sequence[RawRow]) -> list[list[str]]:
    """The texts of header rows, by which a row that repeats one is known."""
    return [[norm(show(c)) for c in row.cells] for row in block]


def levels_of(block: Sequence[RawRow], merges: Sequence[Merge]) -> list[list[str]]:
    """The captions of header rows, a merged group caption over all its columns."""
    levels = [[_caption_text(c) for c in row.cells] for row in block]
    if len(block) == 1:
        return levels
    for merge in merges:
        for level, row in zip(levels, block, strict=True):
            if merge.first <= row.number <= merge.last and _is_group(level, merge):
                level += [""] * (merge.right + 1 - len(level))
                level[merge.left : merge.right + 1] = [level[merge.left]] * merge.width
    for level, under in pairwise(levels):
        _spread(level, under)
    # A title over the whole table is no group.
    width = max(len(level) for level in levels)
    return [[""] * len(level) if len(set(level)) == 1 and len(level) == width > 2 else level for level in levels]


def _spread(level: list[str], under: Sequence[str]) -> None:
    """A group that is not merged stands over each column under it that has no caption of its own beside it."""
    level += [""] * (len(under) - len(level))
    captions = [i for i, text in enumerate(level) if text]
    years = len(captions) > 1 and all(is_period(level[i]) for i in captions)
    parted = bool(captions) and under[captions[0] : captions[0] + 1] != [""] and not years
    for index in range(1, len(under)):
        both = is_period(under[index]) and is_period(under[index - 1])
        if not level[index] and under[index] and under[index - 1] and (both or not parted):
            level[index] = level[index - 1]


def _is_group(level: Sequence[str], merge: Merge) -> bool:
    return merge.right > merge.left and merge.left < len(level) and bool(level[merge.left])


def _caption_text(cell: Cell) -> str:
    return "" if isinstance(cell, CellError) or is_dash(cell) else show(cell)[: 2 * LONGEST_CAPTION]


def _enough(header: Header, sheet: Sheet) -> bool:
    own = [c for c in header.columns.values() if c in sheet.columns]
    required = [c for c in sheet.columns if c.required]
    return any(c.required for c in own) or len(own) >= min(3, len(required) + 1)
