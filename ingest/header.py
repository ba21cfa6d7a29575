"""Which kind a sheet holds, where its header is, and what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.schema import Column, Kind, Relation, Schema
from graph.text import norm
from ingest.cells import is_money_unit, show
from ingest.finding import column_letter
from ingest.readers.base import Cell, RawRow

HEADER_WITHIN = 30  # rows from the top in which a header is sought
SERIAL = frozenset({"序号", "编号", "序", "no", "no.", "#"})
_UNIT = re.compile(r"^(.*?)[(\[【]\s*(?:单位\s*:?\s*)?([^()\[\]【】]*)[)\]】]$")
_TITLE_UNIT = re.compile(r"单位\s*:\s*([^\s,;)]+)")
_DECORATION = re.compile(r"^\s*(?:[(（]?[\d一二三四五六七八九十]+[)）]?\s*[._、.\-]?\s*)|[*#]")


@dataclass(slots=True)
class Header:
    """A recognised header: its row, and what each column is."""

    row: int
    columns: dict[int, Column] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    extras: dict[int, str] = field(default_factory=dict)  # columns nobody knows, by caption
    serial: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    title_unit: str | None = None

    def has(self, caption: str) -> bool:
        """Whether the sheet has a column."""
        return any(c.caption == caption for c in self.columns.values())


def caption_of(text: str) -> tuple[str, str | None]:
    """The caption without decoration, and its unit.

    >>> caption_of(" 产值（亿元）* ")
    ('产值', '亿元')
    """
    said = norm(text).replace(" ", "").strip("*")
    found = _UNIT.match(said)
    return (found[1].strip("*"), found[2]) if found else (said, None)


def match_columns(cells: Sequence[Cell], sheet: Kind | Relation) -> Header:
    """What the cells of a row would mean as the header of a sheet."""
    exact = {norm(c.caption): c for c in sheet.by_caption.values()}
    bare = {caption_of(c.caption)[0]: c for c in sheet.by_caption.values()}
    header = Header(0, texts=[norm(show(c)) for c in cells])
    taken: set[str] = set()
    for index, cell in enumerate(cells):
        text = show(cell).strip()
        if not text:
            continue
        said = norm(text).replace(" ", "").strip("*")
        base, unit = caption_of(text)
        column = exact.get(said) or bare.get(base)
        if said.lower() in SERIAL:
            header.serial.add(index)
        elif column is None or column.caption in taken:
            header.extras[index] = text if column is None else f"{text}（{column_letter(index)}列）"
        else:
            taken.add(column.caption)
            header.columns[index] = column
            if unit and (unit == "%" or is_money_unit(unit)):
                header.units[index] = unit
    return header


def find_header(rows: Sequence[RawRow], sheet: Kind | Relation) -> Header | None:
    """The first row near the top that names the sheet's required columns, or most of its own."""
    best: Header | None = None
    for row in rows[:HEADER_WITHIN]:
        header = match_columns(row.cells, sheet)
        header.row = row.number
        if header.columns and (best is None or len(header.columns) > len(best.columns)):
            best = header
    if best is None or not _enough(best, sheet):
        return None
    for row in rows:
        if row.number >= best.row:
            break
        if found := _TITLE_UNIT.search(norm(" ".join(show(c) for c in row.cells))):
            best.title_unit = found[1] if is_money_unit(found[1]) else None
    return best


def _enough(header: Header, sheet: Kind | Relation) -> bool:
    own = [c for c in header.columns.values() if c in sheet.columns]
    required = [c for c in sheet.columns if c.required]
    return any(c.required for c in own) or len(own) >= min(3, len(required) + 1)


def kind_by_name(name: str, schema: Schema) -> Kind | Relation | None:
    """The sheet a name means: equal, or with numbering, prefix or suffix taken off.

    >>> from graph.schema import load_schema
    >>> [s.sheet for n in ("1.企业", "企业名单", "企业_缙云县") if (s := kind_by_name(n, load_schema()))]
    ['企业', '企业', '企业']
    """
    said = norm(name)
    by_name = {norm(n): s for n, s in schema.sheets.items()}
    if said in by_name:
        return by_name[said]
    bare = _DECORATION.sub("", said).strip()
    if bare in by_name:
        return by_name[bare]
    pieces = [p for p in re.split(r"[_\-\s.()\[\]【】·]+", bare) if p]
    whole = [by_name[p] for p in pieces if p in by_name]
    if len(whole) == 1:
        return whole[0]
    inside = sorted((n for n in by_name if n in bare), key=len, reverse=True)
    longest = [n for n in inside if not any(n != m and n in m for m in inside)]
    return by_name[longest[0]] if len(longest) == 1 else None


def kind_by_columns(rows: Sequence[RawRow], schema: Schema) -> Kind | Relation | None:
    """The one kind whose columns fit a header best, with all its required columns there."""
    scored: list[tuple[int, int, str]] = []
    for name, sheet in schema.sheets.items():
        header = find_header(rows, sheet)
        if header is None:
            continue
        own = {c.caption for c in header.columns.values()} & {c.caption for c in sheet.columns}
        if all(c.caption in own for c in sheet.columns if c.required):
            scored.append((len(own), -len(header.extras), name))
    scored.sort(reverse=True)
    if not scored or (len(scored) > 1 and scored[0][:2] == scored[1][:2]) or scored[0][0] < 2:
        return None
    return schema.sheets[scored[0][2]]
