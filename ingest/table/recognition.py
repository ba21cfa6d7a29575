"""Which sheet a table is: by its name, its title, its file's name or its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from graph.schema.kinds import Schema, Sheet
from graph.text import norm
from ingest.readers.base import Cell, RawRow, RawSheet
from ingest.table.captions import CaptionIndex, year_over
from ingest.table.cells import show
from ingest.table.header import Header, HeaderFit, find_header
from ingest.table.units import unit_over

# A sheet whose name ends so is about the others: without a header it is no fault.
PROSE = ("说明", "须知", "目录", "封面", "首页", "要求", "指南")
_DECORATION = re.compile(r"^\s*(?:[(（]?[\d一二三四五六七八九十]+[)）]?\s*[._、.\-]?\s*)|[*#]")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table turned out to be. Without a header when only its name says what it is."""

    sheet: Sheet
    header: Header | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NamedSheets:
    """The sheets that a name means for sure, and those it mentions, the last mentioned first."""

    sure: Sequence[Sheet] = ()
    mentioned: Sequence[Sheet] = ()

    @property
    def all(self) -> list[Sheet]:
        """Both, the sure ones first."""
        return [*self.sure, *self.mentioned]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sheet with the header that it would have."""

    sheet: Sheet
    header: Header

    @property
    def fit(self) -> HeaderFit:
        return self.header.fit(self.sheet)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that is to be recognised: where it stands, its first rows."""

    raw: RawSheet
    rows: Sequence[RawRow]
    file: str
    index: CaptionIndex

    def header(self, sheet: Sheet) -> Header | None:
        """The header that the table has as this sheet, with the money unit that the lines over it state."""
        header = find_header(self.rows, self.index.of(sheet), self.raw.merges)
        if header:
            stem = self.file.rpartition("/")[2].rpartition(".")[0]
            over = [r for r in self.rows if r.number < header.row]
            header.title_unit = unit_over(self.raw.above, over, self.raw.name, stem)
            # A title may have been taken for a group over the captions; a group has others beside it.
            alone = [t for r in self.rows if r.number < header.row and len(t := [*map(show, filled(r))]) == 1]
            header.titles = (*self.raw.above[-3:], *chain(*alone))
            header.year = year_over(header.titles, self.raw.name, self.file)
            header.answers = self.index.answers
        return header

    def titles(self, first: int) -> list[str]:
        """The lines over a header that begins in row `first`, the nearest last."""
        return [
            *self.raw.above[-3:],
            *(show(c) for r in self.rows if r.number < first for c in r.cells if c is not None),
        ]

    def names(self, first: int) -> Iterator[tuple[str, NamedSheets]]:
        """What else may say which sheet it is, and what that says: its titles, its file's name."""
        for title in reversed(self.titles(first)):
            yield "标题", sheets_named(title, self.index.schema)
        # A sheet that tells about the others is not what its file is called after.
        if not is_prose(self.raw.name):
            stem = self.file.rpartition("/")[2].rpartition(".")[0]
            yield "文件名", sheets_named(stem, self.index.schema)


def recognise(raw: RawSheet, rows: Sequence[RawRow], file: str, index: CaptionIndex) -> Recognised | list[str]:
    """What a table is by its name, its title, its file's name or its columns; else what it might be."""
    table = _Table(raw, rows, file, index)
    named = sheets_named(raw.name, index.schema) if raw.named else NamedSheets()
    for sheet in named.sure:
        if header := table.header(sheet):
            return Recognised(sheet, header)
    fits = _by_columns(table)
    only = fits[0] if len(fits) == 1 else None
    first = min((c.header.first for c in fits), default=0)
    for what, sheets in [("", list(named.mentioned)), *((what, n.all) for what, n in table.names(first))]:
        for sheet in sheets:
            header = table.header(sheet)
            # A word in a name must not beat columns that say clearly something else.
            if header and header.complete(sheet) and (not only or header.fit(sheet).own >= only.fit.own):
                return Recognised(sheet, header, f"按{what}认作“{sheet.sheet}”表" if what else None)
    if only:
        return Recognised(only.sheet, table.header(only.sheet), f"按列名认作“{only.sheet.sheet}”表")
    if named.all and not is_prose(raw.name):
        return Recognised(named.all[0], table.header(named.all[0]))
    return [str(c.sheet.sheet) for c in fits]


def on_its_side(header: Header, sheet: Sheet, rows: Sequence[RawRow], index: CaptionIndex) -> bool:
    """Whether the captions of a table stand in its first column, one under the other, and its records beside."""
    at = min(header.columns, default=0)
    under = [r.cells[at] for r in rows if r.number > header.row and at < len(r.cells) and r.cells[at] is not None]
    known = sum(isinstance(c, str) and bool(index.of(sheet).by_name(c)) for c in under)
    return known >= 2 and 2 * known >= len(under) and 2 * len(header.columns) <= known + 1


def filled(row: RawRow) -> list[Cell]:
    """The cells of a row that say something."""
    return [c for c in row.cells if c is not None]


def is_prose(name: str) -> bool:
    """Whether a sheet of this name tells about the others.

    >>> is_prose("填写说明"), is_prose("企业")
    (True, False)
    """
    return norm(name[:200]).endswith(PROSE)


def sheets_named(name: str, schema: Schema) -> NamedSheets:
    """The sheets that a name means: equal, or with numbering, prefix or suffix taken off, or mentioned in it.

    >>> from graph.schema.parse import load_schema
    >>> [s.sheet for n in ("1.企业", "企业_缙云县") for s in sheets_named(n, load_schema()).sure]
    ['企业', '企业']
    >>> [s.sheet for s in sheets_named("示例产业链企业名单", load_schema()).mentioned]
    ['企业', '产业链']
    """
    full = norm(name[:200])
    by_name = {norm(n): s for n, s in schema.sheets.items()}
    bare = _DECORATION.sub("", full).strip()
    for whole in (full, bare):
        if whole in by_name:
            return NamedSheets([by_name[whole]])
    pieces = [p for p in re.split(r"[_\-\s.()\[\]【】·]+", bare) if p]
    sure = list(dict.fromkeys(p for p in pieces if p in by_name))
    inside = [n for n in by_name if n in bare and n not in sure]
    longest = [n for n in inside if not any(n != m and n in m for m in (*inside, *sure))]
    # Chinese names what a thing is at its end: 产业链企业名单 is about 企业.
    longest.sort(key=lambda n: bare.rfind(n) + len(n), reverse=True)
    if len(sure) > 1:
        return NamedSheets((), [by_name[n] for n in (*sure, *longest)])
    return NamedSheets([by_name[n] for n in sure], [by_name[n] for n in longest])


def _by_columns(table: _Table) -> list[_Candidate]:
    """The sheets whose columns fit a header best, with all required columns there; more than one is a tie."""
    candidates = [
        _Candidate(captions.sheet, header)
        for captions in table.index.sheets.values()
        if not captions.sheet.is_of_persons  # a list of persons is one of talents only where a name says so
        and (header := find_header(table.rows, captions, table.raw.merges))
        and header.complete(captions.sheet)
    ]
    best = max((c.fit for c in candidates), default=HeaderFit())
    return [c for c in candidates if c.fit == best] if best.own >= 2 else []
