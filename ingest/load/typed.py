"""Rows that were typed by caption: every cell is read as that of a table, and nothing is guessed about the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.schema.kinds import Schema, Sheet
from ingest.load.intake import Intake, SheetName
from ingest.readers.base import RawRow
from ingest.table.header import Header
from ingest.table.no_value import without_shapeless
from ingest.table.record import RecordReader
from ingest.table.result import SheetResult, Spot
from ingest.table.rows import entry_of

FIRST = 2  # the number of the first row: the captions stand over it


def read_typed(schema: Schema, sheets: Mapping[str, Sequence[Mapping[str, str]]], file: str) -> Intake:
    """The rows of sheets, by caption, with every fault at its cell; a word such as 合计 is a name like any other.

    >>> from graph.schema.parse import load_schema
    >>> read = read_typed(load_schema(), {"企业": [{"名称": "示例锯床有限公司", "状态": "开着"}]}, "页面录入")
    >>> [(f.field, f.where) for f in read.findings]
    [('状态', '企业!B2')]
    """
    intake = Intake()
    for name, rows in sheets.items():
        intake.take(SheetName(file, name), [_read(schema.sheets[name], name, rows, file)])
    return intake


def _read(sheet: Sheet, name: str, rows: Sequence[Mapping[str, str]], file: str) -> SheetResult:
    given = {caption for row in rows for caption, text in row.items() if text}
    columns = [c for c in sheet.by_caption.values() if c.caption in given or c.required]
    header = Header(1, 1, dict(enumerate(columns)))
    result = SheetResult(name, name, header=header, file=file)
    reader = RecordReader(sheet, header, Spot(file, name))
    for number, typed in enumerate(rows, FIRST):
        row = RawRow(number, [without_shapeless(typed.get(c.caption) or "").strip() or None for c in columns])
        reading = reader.read(row)
        result.findings += [*reading.remarks, *reading.faults]
        if reading.faults:
            result.reject(row)
        else:
            result.accepted.append(entry_of(number, reading.values))
    return result
