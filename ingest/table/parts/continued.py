"""A table that goes on in the next one of its file: with rows, under 续表 or a text, or with further columns."""

from __future__ import annotations

from collections.abc import Sequence, Set

from graph.schema.kinds import Sheet
from graph.text import norm
from ingest.readers.base import RawRow, RawSheet
from ingest.table.captions import caption_key, caption_parts, is_serial
from ingest.table.cells import show
from ingest.table.header import Header
from ingest.table.name_check import is_datum, is_firm, is_label
from ingest.table.no_data import is_continuation
from ingest.table.record import RecordReader
from ingest.table.result import SheetResult, Spot


def directly(raw: RawSheet) -> bool:
    """Whether nothing stands between a table and the one of the same columns before it, but for 续表 and its like."""
    return raw.follows and (not raw.parted or any(map(is_continuation, raw.above[-1:])))


def holds_captions(row: RawRow, keys: Set[str]) -> bool:
    """Whether a row reads like captions and nothing else."""
    words = [c for c in row.cells if c is not None]
    texts = [c for c in words if isinstance(c, str) and not is_datum(c)]
    known = sum(_is_caption(text, keys) for text in texts)
    return len(words) == len(texts) > 1 and 2 * known >= len(texts)


def _is_caption(text: str, keys: Set[str]) -> bool:
    key = caption_key(text)
    return key in keys or caption_parts(text).name in keys or is_serial(text) or is_label(key)


def brings_columns(top: Sequence[RawRow], before: SheetResult, keys: Set[str]) -> bool:
    """Whether a table has further columns of the table before it, rather than further rows."""
    if not before.header or not top or not holds_captions(top[0], keys):
        return False
    own = {text for texts in before.header.texts for text in texts if text}
    return not own.intersection(norm(show(c)) for c in top[0].cells if c is not None)


def repeats_header(top: Sequence[RawRow], before: SheetResult) -> Header | None:
    """The header of the table before, where this table begins with it too, under titles or not."""
    if not before.header or not before.header.texts or before.places:
        return None
    texts = [[t for t in row if t] for row in before.header.texts]
    rows = [[t for c in row.cells if (t := norm(show(c)))] for row in top]
    for at in range(len(rows) - len(texts) + 1):
        block = top[at : at + len(texts)]
        same = [[norm(show(c)) for c in r.cells] for r in block] == before.header.texts
        if rows[at : at + len(texts)] == texts and same:
            return before.header
    return None


def has_rows_for(top: Sequence[RawRow], sheet: Sheet, header: Header, spot: Spot) -> bool:
    """Whether most rows are records of a sheet, and say so by more than words: a firm, a number, a date."""
    reader = RecordReader(sheet, header, spot)
    strict = [i for i, c in header.columns.items() if c.value_type.strict]
    good = 0
    for row in top:
        telling = any(i < len(row.cells) and row.cells[i] is not None for i in strict) or names_firm(row)
        good += telling and not reader.read(row).faults
    return 2 * good > len(top)


def names_firm(row: RawRow) -> bool:
    """Whether a cell of a row is a firm's name."""
    return any(isinstance(c, str) and is_firm(c) for c in row.cells)
