"""How tables travel from the child to us: lines of JSON. Never pickle: what the child read may be hostile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import orjson

from ingest.readers.base import Cell, CellError, Limits, Merge, Note, RawRow, RawSheet, TooLarge, trimmed

BATCH = 256 << 10  # bytes of rows in one line
_EXACT = 1 << 53
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def line(kind: str, *content: Any) -> bytes:
    """One message."""
    return orjson.dumps([kind, *content], default=_tag, option=_OPTIONS) + b"\n"


def head(sheet: RawSheet) -> dict[str, Any]:
    """What is known of a sheet before its rows."""
    plain = ("name", "hidden", "named", "above", "follows", "parted", "hidden_columns")
    tuples = {"merges": [tuple(m) for m in sheet.merges], "notes": [tuple(n) for n in sheet.notes]}
    return {field: getattr(sheet, field) for field in plain} | tuples


def sheet_of(fields: dict[str, Any], rows: Iterator[RawRow]) -> RawSheet:
    """The sheet of a head."""
    merges = [Merge(*map(int, merge)) for merge in fields["merges"]]
    notes = [Note(str(message), str(hint)) for message, hint in fields["notes"]]
    return RawSheet(**{**fields, "merges": merges, "notes": notes, "rows": rows})


def row_lines(rows: Iterator[RawRow], file: str, limits: Limits) -> Iterator[bytes]:
    """Messages that hold the rows which are not blank. Raises TooLarge."""
    held: list[bytes] = []
    size = 0
    for row in rows:
        if row.number > limits.rows:
            raise TooLarge(file, "行数", row.number, limits.rows)
        cells = trimmed(row.cells)
        if len(cells) > limits.columns:
            raise TooLarge(file, "列数", len(cells), limits.columns, f"第 {row.number} 行太宽；删去多余的列后再导入")
        if not cells:
            continue
        plain = [_bounded(c, limits.characters) if type(c) is str or type(c) is int else c for c in cells]
        data = orjson.dumps([row.number, row.hidden, plain], default=_tag, option=_OPTIONS)
        held.append(data)
        size += len(data)
        if size >= BATCH:
            yield b'["rows",' + b",".join(held) + b"]\n"
            held, size = [], 0
    if held:
        yield b'["rows",' + b",".join(held) + b"]\n"


def rows_of(message: list[Any]) -> Iterator[RawRow]:
    """The rows of a message."""
    for number, hidden, cells in message[1:]:
        yield RawRow(number, [_untag(c) if type(c) is dict else c for c in cells], hidden)


def _bounded(cell: Cell, limit: int) -> Any:
    if isinstance(cell, str):
        return cell if len(cell) <= limit else CellError(cell[:60] + "…", "overlong", len(cell), limit)
    # JSON has no integers beyond 64 bits, and none that are exact everywhere beyond 53.
    return {"int": str(cell)} if isinstance(cell, int) and abs(cell) > _EXACT else cell


def _tag(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, CellError):
        return {"fault": asdict(value)}
    raise TypeError(type(value).__name__)


def _untag(tagged: dict[str, Any]) -> Cell:
    ((tag, value),) = tagged.items()
    if tag == "fault":
        return CellError(**value)
    parse: dict[str, Any] = {"time": datetime.fromisoformat, "date": date.fromisoformat, "int": int}
    cell: Cell = parse[tag](value)
    return cell
