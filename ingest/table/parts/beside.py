"""Tables that lie side by side on a sheet, with an empty column between them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, islice

from graph.schema.kinds import Schema
from ingest.finding import column_letter
from ingest.readers.base import Cell, Note, RawRow, RawSheet
from ingest.table.captions import caption_key, is_serial
from ingest.table.cells import show
from ingest.table.header import HEADER_WITHIN
from ingest.table.layout import is_blank_row, names_columns
from ingest.table.recognition import sheets_named

Starts = tuple[int, ...]  # the first column of each table
Known = Callable[[RawSheet], float]  # how sure it is that a sheet is a table we read, in [0, 1]
FEWEST = 2  # columns of a table


def side_by_side(raw: RawSheet, schema: Schema, keys: Set[str], known: Known) -> list[RawSheet]:
    """The tables of a sheet from left to right; the sheet itself where not all that may be tables are `known` as such.

    `keys` are captions. Cells keep their addresses.
    """
    top = list(islice(raw.rows, HEADER_WITHIN))
    raw.rows = chain(top, raw.rows)
    rows = [r for r in top if not is_blank_row(r)]
    for starts in dict.fromkeys(_starts(rows, schema, keys)):
        over = _over_all(rows, keys)
        if all(_some(raw, iter(rows), starts, n, over, known) for n in range(len(starts))):
            every = list(raw.rows)
            strips = [_some(raw, iter(every), starts, n, over, known) for n in range(len(starts))]
            return [_noted(s, starts, n) for n, s in enumerate(strips) if s]
    return [raw]


def _starts(rows: Sequence[RawRow], schema: Schema, keys: Set[str]) -> Iterator[Starts]:
    """Where tables may begin: under titles of their own, behind empty columns, where captions begin once more."""
    width = max((len(r.cells) for r in rows), default=0)
    heads = [(over, row) for over, row in zip([None, *rows], rows, strict=False) if names_columns(row, frozenset(keys))]
    for over, _ in heads:
        titled = [i for i, c in enumerate(over.cells) if c is not None] if over else []
        if over and len(titled) > 1 and all(sheets_named(show(over.cells[i]), schema).all for i in titled):
            yield (0, *titled[1:])
    filled = [any(i < len(r.cells) and r.cells[i] is not None for r in rows) for i in range(width)]
    behind = [i for i in range(1, width) if filled[i] and not filled[i - 1] and any(filled[:i])]
    if behind:
        yield (0, *behind)
    for _, row in heads:
        captions = [(i, caption_key(show(c))) for i, c in enumerate(row.cells) if c is not None]
        for number, (_, first) in enumerate(captions[:2]):
            again = tuple(i for i, key in captions[number + 1 :] if key == first)
            if again and (number == 0 or is_serial(captions[0][1])):
                yield (0, *again)
                break


def _over_all(rows: Sequence[RawRow], keys: Set[str]) -> list[str]:
    """Lines over the tables that are about all of them: the only ones in their rows."""
    lines = []
    for row in rows:
        if names_columns(row, frozenset(keys)):
            break
        texts = [show(c) for c in row.cells if c is not None]
        lines += texts if len(texts) == 1 else []
    return lines


def _some(
    raw: RawSheet,
    rows: Iterator[RawRow],
    starts: Starts,
    number: int,
    over: list[str],
    known: Known,
) -> RawSheet | None:
    """One of the tables as a sheet of its own; None where nobody knows it."""
    left, right = starts[number], (*starts, 1 << 20)[number + 1]
    every = [replace(r, cells=_within(r.cells, left, right)) for r in rows]
    merges = [m for m in raw.merges if left <= m.left < right]
    above = [*raw.above, *(over if number else [])]
    strip = replace(raw, rows=iter(every), above=above, merges=merges, follows=raw.follows and not number)
    strip.notes = list(raw.notes) if number == 0 else []
    columns = {i for r in every for i, c in enumerate(r.cells) if c is not None}
    if len(columns) < FEWEST:
        return None
    # What a sheet is called need not be what each of its tables is.
    sure: dict[bool, float] = {}
    for named in (False, raw.named):
        strip.rows, strip.named = iter(every), named
        sure[named] = known(strip)
    strip.rows, strip.named = iter(every), max(sure, key=lambda named: sure[named])
    return strip if any(sure.values()) else None


def _within(cells: Sequence[Cell], left: int, right: int) -> list[Cell]:
    return [c if left <= i else None for i, c in enumerate(cells[:right])]


def _noted(strip: RawSheet, starts: Starts, number: int) -> RawSheet:
    at = column_letter(starts[number])
    message = f"这里并排放着 {len(starts)} 张表，从 {at} 列起是第 {number + 1} 张，分开读取"
    strip.notes = [*strip.notes, Note(message, "一张工作表只放一张表更稳妥")]
    return strip
