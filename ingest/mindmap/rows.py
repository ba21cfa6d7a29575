"""The sheets that edits of a map come to: new rows, and rows written anew in place of those that are withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graph.model import Record
from graph.schema.kinds import Schema
from ingest.mindmap.edits import MapEdit, Rewrite, rewritten
from ingest.readers.base import RawRow, RawSheet
from ingest.table.cells import plain
from ingest.workbooks.export import SheetTable, export_tables

SOURCE = "思维导图"  # what new rows have as 来源


class MapRows(NamedTuple):
    """What is written, and which rows give way to it."""

    sheets: list[RawSheet]
    withdrawn: list[Record]


def record_numbers(edits: Iterable[MapEdit]) -> set[int]:
    """The rows that edits change or withdraw."""
    return {n for e in edits for n in (*e.withdrawn, *(r.record for r in e.rewrites))}


def rows_of(edits: Iterable[MapEdit], records: Mapping[int, Record], schema: Schema) -> MapRows:
    """The sheets of some edits; `records` are the rows that they change. A row that lacks what it must have goes."""
    edits = list(edits)
    gone = {n for e in edits for n in e.withdrawn if n in records}
    changes: dict[int, list[Rewrite]] = defaultdict(list)
    for rewrite in (r for e in edits for r in e.rewrites):
        if rewrite.record in records and rewrite.record not in gone:
            changes[rewrite.record].append(rewrite)
    anew: list[Record] = []
    for number, rewrites in sorted(changes.items()):
        record = rewritten(records[number], rewrites, schema)
        if record.values == records[number].values:
            continue
        gone.add(number)
        needed = {c.caption for c in schema.sheets[record.kind].columns if c.required}
        if needed <= record.values.keys():
            anew.append(record)
    tables = export_tables(anew, schema)
    for statement in dict.fromkeys((s.sheet, tuple(s.cells.items())) for e in edits for s in e.statements):
        sheet, cells = statement[0], dict(statement[1]) | {"来源": SOURCE}
        table = tables.setdefault(sheet, SheetTable([]))
        table.captions += [c for c in cells if c not in table.captions]
        table.rows.append(dict(cells))
    return MapRows([_sheet(name, table) for name, table in tables.items()], [records[n] for n in sorted(gone)])


def _sheet(name: str, table: SheetTable) -> RawSheet:
    rows = [RawRow(1, [*table.captions])]
    for number, row in enumerate(table.rows, 2):
        rows.append(RawRow(number, [plain(row.get(c)) or None for c in table.captions]))
    return RawSheet(name, iter(rows))
