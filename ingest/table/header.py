"""Which kind a sheet holds, where its header is, and what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from graph.schema.kinds import Column, Kind, Relation, Schema
from graph.text import norm
from ingest.finding import column_letter
from ingest.readers.base import Cell, CellError, Merge, RawRow, RawSheet
from ingest.table.cells import COUNTERS, is_money_unit, show

HEADER_WITHIN = 30  # rows from the top in which a header is sought
HEADER_DEPTH = 3  # rows that one header may have
LONGEST_CAPTION = 60
EXTRA = "附加列："  # in an export, before an extra caption that would be taken for something else
SERIAL = frozenset({"序号", "编号", "序", "no", "no.", "#"})
# A sheet whose name ends so is about the others: without a header it is no fault.
PROSE = ("说明", "须知", "目录", "封面", "首页", "要求", "指南")
_UNIT = re.compile(r"^(.*?)[(\[【]\s*(?:单位\s*:?\s*)?([^()\[\]【】]*)[)\]】]$")
_TITLE_UNIT = re.compile(r"单位\s*:\s*([^\s,;)]+)")
_DECORATION = re.compile(r"^\s*(?:[(（]?[\d一二三四五六七八九十]+[)）]?\s*[._、.\-]?\s*)|[*#]")

Sheet = Kind | Relation


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
    title_unit: str | None = None

    def has(self, caption: str) -> bool:
        """Whether the sheet has a column."""
        return any(c.caption == caption for c in self.columns.values())

    def complete(self, sheet: Sheet) -> bool:
        """Whether all required columns are there."""
        return all(self.has(c.caption) for c in sheet.columns if c.required)

    def fit(self, sheet: Sheet) -> tuple[int, int, int]:
        """How well this is a header of the sheet: own columns, those by their very name, fewest others."""
        own = [i for i, c in self.columns.items() if c in sheet.columns]
        return len(own), len(own) - len(self.synonyms), -len(self.extras)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table turned out to be. Without a header when only its name says what it is."""

    sheet: Sheet
    header: Header | None
    note: str | None = None


@lru_cache(maxsize=1 << 14)
def caption_of(text: str) -> tuple[str, str | None]:
    """The caption without decoration, and its unit.

    >>> caption_of(" 产值（亿元）* ")
    ('产值', '亿元')
    """
    bare = said(text)
    found = _UNIT.match(bare) if len(bare) <= LONGEST_CAPTION else None
    return (found[1].strip("*"), found[2]) if found else (bare, None)


@lru_cache(maxsize=1 << 14)
def said(text: str) -> str:
    """A caption in the form in which captions are compared.

    >>> said(" 名　称* ")
    '名称'
    """
    return norm(text[: 2 * LONGEST_CAPTION]).replace(" ", "").strip("*:")


class _Words:
    """What a caption may mean on one sheet: exact captions win over bare ones, and those over synonyms."""

    def __init__(self, sheet: Sheet) -> None:
        columns = sheet.by_caption.values()
        self.exact = {norm(c.caption): c for c in columns}
        self.bare = {caption_of(c.caption)[0]: c for c in columns}
        self.synonyms = {said(w): c for c in columns for w in c.synonyms}

    def find(self, text: str, synonyms: bool) -> tuple[Column, str | None] | None:
        """The column that a caption names, and the unit it states."""
        base, unit = caption_of(text)
        tables = (self.synonyms, self.synonyms) if synonyms else (self.exact, self.bare)
        column = tables[0].get(said(text)) or tables[1].get(base)
        return (column, unit) if column else None


_known: dict[int, tuple[Sheet, _Words]] = {}


def _words(sheet: Sheet) -> _Words:
    # By identity: hashing a sheet would hash all its columns each time.
    held = _known.get(id(sheet))
    if held is None or held[0] is not sheet:
        held = _known[id(sheet)] = (sheet, _Words(sheet))
    return held[1]


def captions_of(schema: Schema) -> frozenset[str]:
    """Every caption that some sheet knows, as `said` gives it."""
    words = [_words(sheet) for sheet in schema.sheets.values()]
    return frozenset(said(c) for w in words for table in (w.exact, w.bare, w.synonyms) for c in table)


def match_columns(levels: Sequence[Sequence[str]], sheet: Sheet) -> Header:
    """What captions, one list for each row of a header, would mean as the header of a sheet.

    A caption is looked for in the lowest row that has one, then together with the group over it:
    产值 over 亿元 is 产值(亿元).
    """
    words, header = _words(sheet), Header(0, 0)
    stacks = stacks_of(levels)
    taken: set[str] = set()
    for synonyms in (False, True):
        for index, stack in enumerate(stacks):
            if not stack or index in header.columns or index in header.serial:
                continue
            if not synonyms and said(stack[-1]).lower() in SERIAL:
                header.serial.add(index)
                continue
            for text in readings(stack):
                found = words.find(text, synonyms)
                if found and found[0].caption not in taken:
                    _take(header, index, found, stack, text if synonyms else None)
                    taken.add(found[0].caption)
                    break
    for index, stack in enumerate(stacks):
        if len(stack) == 1 and stack[0].startswith(EXTRA):
            header.extras[index] = stack[0].removeprefix(EXTRA)
        elif stack and index not in header.columns and index not in header.serial:
            caption = "-".join(stack)[:LONGEST_CAPTION]
            known = any(words.find(t, s) for t in readings(stack) for s in (False, True))
            doubled = known or caption in header.extras.values()
            header.extras[index] = f"{caption}（{column_letter(index)}列）" if doubled else caption
    return header


def stacks_of(levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """For each column its captions from the top down, a repeated one once."""
    width = max(map(len, levels), default=0)
    return [list(dict.fromkeys(t for row in levels if i < len(row) and (t := row[i].strip()))) for i in range(width)]


def readings(stack: list[str]) -> list[str]:
    """What a column may be called: the lowest caption, or that with the group over it."""
    leaf, groups = stack[-1], stack[:-1]
    if not groups:
        return [leaf]
    joined = [f"{groups[-1]}({leaf})"] if is_unit(said(leaf)) else []
    return [*joined, leaf, f"{groups[-1]}{leaf}"]


def is_unit(text: str) -> bool:
    """Whether a lowest caption is only a unit.

    >>> is_unit("亿元"), is_unit("人"), is_unit("名称")
    (True, True, False)
    """
    return is_money_unit(text) or text in ("%", "年") or (text != "" and text in COUNTERS)


def _take(header: Header, index: int, found: tuple[Column, str | None], stack: list[str], synonym: str | None) -> None:
    column, unit = found
    header.columns[index] = column
    if synonym is not None:
        header.synonyms[index] = stack[-1]
    if unit and (unit == "%" or is_money_unit(unit)):
        header.units[index] = unit


def find_header(rows: Sequence[RawRow], sheet: Sheet, merges: Sequence[Merge] = ()) -> Header | None:
    """The first rows near the top that name the sheet's required columns, or most of its own."""
    best: Header | None = None
    rank = (0, 0)
    for start in range(min(len(rows), HEADER_WITHIN)):
        for depth in range(1, HEADER_DEPTH + 1):
            block = rows[start : start + depth]
            if len(block) < depth or (depth > 1 and not may_go_on(block)):
                break
            levels = levels_of(block, merges)
            header = match_columns(levels, sheet)
            header.first, header.row = block[0].number, block[-1].number
            header.texts = [[norm(show(c)) for c in row.cells] for row in block]
            units = sum(len(stack) > 1 and is_unit(said(stack[-1])) for stack in stacks_of(levels))
            if header.columns and (len(header.columns), units) > rank:
                best, rank = header, (len(header.columns), units)
    return best if best and _enough(best, sheet) else None


def may_go_on(block: Sequence[RawRow]) -> bool:
    """Whether a last row may belong to the header begun over it: next to it, and words only."""
    last = block[-1]
    adjacent = last.number == block[-2].number + 1
    return adjacent and all(c is None or isinstance(c, str) for row in block for c in row.cells)


def levels_of(block: Sequence[RawRow], merges: Sequence[Merge]) -> list[list[str]]:
    """The captions of header rows, a merged group caption over all its columns."""
    levels = [[_caption_text(c) for c in row.cells] for row in block]
    if len(block) == 1:
        return levels
    for first, left, last, right in merges:
        for level, row in zip(levels, block, strict=True):
            if first <= row.number <= last and right > left and left < len(level) and level[left]:
                level += [""] * (right + 1 - len(level))
                level[left : right + 1] = [level[left]] * (right + 1 - left)
    # A title over the whole table is no group.
    width = max(len(level) for level in levels)
    return [[""] * len(level) if len(set(level)) == 1 and len(level) == width > 2 else level for level in levels]


def _caption_text(cell: Cell) -> str:
    return "" if isinstance(cell, CellError) else show(cell)[: 2 * LONGEST_CAPTION]


def is_prose(name: str) -> bool:
    """Whether a sheet of this name tells about the others.

    >>> is_prose("填写说明"), is_prose("企业")
    (True, False)
    """
    return norm(name[:200]).endswith(PROSE)


def title_unit(lines: Sequence[str]) -> str | None:
    """The unit of money that a title line states.

    >>> title_unit(["填报单位：示例县", "（单位：亿元、家）"])
    '亿元'
    """
    for line in reversed(lines):
        for found in _TITLE_UNIT.finditer(norm(line[:500])):
            for piece in re.split("[、/]", found[1]):
                if is_money_unit(piece):
                    return piece
    return None


def _enough(header: Header, sheet: Sheet) -> bool:
    own = [c for c in header.columns.values() if c in sheet.columns]
    required = [c for c in sheet.columns if c.required]
    return any(c.required for c in own) or len(own) >= min(3, len(required) + 1)


def kind_by_name(name: str, schema: Schema) -> Sheet | None:
    """The sheet a name means: equal, or with numbering, prefix or suffix taken off.

    >>> from graph.schema.kinds import load_schema
    >>> [s.sheet for n in ("1.企业", "企业名单", "企业_缙云县") if (s := kind_by_name(n, load_schema()))]
    ['企业', '企业', '企业']
    """
    sure, likely = kinds_by_name(name, schema)
    return next(iter((*sure, *likely)), None)


def kinds_by_name(name: str, schema: Schema) -> tuple[list[Sheet], list[Sheet]]:
    """The sheets a name means for sure, and those it mentions, the last mentioned first.

    >>> from graph.schema.kinds import load_schema
    >>> [s.sheet for s in kinds_by_name("示例产业链企业名单", load_schema())[1]]
    ['企业', '产业链']
    """
    full = norm(name[:200])
    by_name = {norm(n): s for n, s in schema.sheets.items()}
    bare = _DECORATION.sub("", full).strip()
    for whole in (full, bare):
        if whole in by_name:
            return [by_name[whole]], []
    pieces = [p for p in re.split(r"[_\-\s.()\[\]【】·]+", bare) if p]
    sure = list(dict.fromkeys(p for p in pieces if p in by_name))
    inside = [n for n in by_name if n in bare and n not in sure]
    longest = [n for n in inside if not any(n != m and n in m for m in (*inside, *sure))]
    # Chinese names what a thing is at its end: 产业链企业名单 is about 企业.
    longest.sort(key=lambda n: bare.rfind(n) + len(n), reverse=True)
    if len(sure) > 1:
        return [], [by_name[n] for n in (*sure, *longest)]
    return [by_name[n] for n in sure], [by_name[n] for n in longest]


def kinds_by_columns(
    rows: Sequence[RawRow], schema: Schema, merges: Sequence[Merge] = ()
) -> list[tuple[Sheet, Header]]:
    """The kinds whose columns fit a header best, with all required columns there; more than one is a tie."""
    scored = [
        (header.fit(sheet), sheet, header)
        for sheet in schema.sheets.values()
        if (header := find_header(rows, sheet, merges)) and header.complete(sheet)
    ]
    best = max((s[0] for s in scored), default=(0, 0, 0))
    return [(sheet, header) for fit, sheet, header in scored if fit == best] if best[0] >= 2 else []


def recognise(raw: RawSheet, rows: Sequence[RawRow], file: str, schema: Schema) -> Recognised | list[str]:
    """What a table is by its name, its title, its file's name or its columns; else what it might be."""
    sure, likely = kinds_by_name(raw.name, schema) if raw.named else ([], [])
    for sheet in sure:
        if header := _header(raw, rows, sheet):
            return Recognised(sheet, header)
    fits = kinds_by_columns(rows, schema, raw.merges)
    by_columns = fits[0] if len(fits) == 1 else None
    first = min((h.first for _, h in fits), default=0)
    titles = [*raw.above[-3:], *(show(c) for r in rows if r.number < first for c in r.cells if c is not None)]
    stem = file.rpartition("/")[2].rpartition(".")[0]
    hints = [("", likely)]
    # A sheet that tells about the others is not what its file is called after.
    called = [] if is_prose(raw.name) else [("文件名", stem)]
    for what, text in [*(("标题", t) for t in reversed(titles)), *called]:
        certain, mentioned = kinds_by_name(text, schema)
        hints.append((what, [*certain, *mentioned]))
    for what, kinds in hints:
        for sheet in kinds:
            header = _header(raw, rows, sheet)
            # A word in a name must not beat columns that say clearly something else.
            if (
                header
                and header.complete(sheet)
                and (not by_columns or header.fit(sheet)[0] >= by_columns[1].fit(by_columns[0])[0])
            ):
                return Recognised(sheet, header, f"按{what}认作“{sheet.sheet}”表" if what else None)
    if by_columns:
        header = _header(raw, rows, by_columns[0])
        return Recognised(by_columns[0], header, f"按列名认作“{by_columns[0].sheet}”表")
    named = [*sure, *likely]
    if named and not is_prose(raw.name):
        return Recognised(named[0], _header(raw, rows, named[0]))
    return [str(sheet.sheet) for sheet, _ in fits]


def _header(raw: RawSheet, rows: Sequence[RawRow], sheet: Sheet) -> Header | None:
    header = find_header(rows, sheet, raw.merges)
    if header:
        above = [" ".join(show(c) for c in r.cells if c is not None) for r in rows if r.number < header.row]
        header.title_unit = title_unit([*raw.above, *above])
    return header
