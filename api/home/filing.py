"""Filing without a workbook: the rows of a form, read as the cells of its sheet, as one batch that can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.home.session import Session
from graph.dates import as_date
from graph.errors import LianpuError
from graph.schema.types.base import BadCell
from ingest.load.pipeline import BadRow, add
from ingest.load.report import LoadReport
from ingest.readers.base import RawRow, RawSheet
from ingest.table.cells import parse_cell

FORM, CORRECTION = "网页填报", "网页填报（更正已锁定的期间）"  # what stands as the file of a batch
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field of a form: its row (from 0) and caption."""

    row: int
    caption: str
    message: str
    hint: str


class BadForm(LianpuError):
    """A form that cannot be taken: every fault at its field."""

    code = "bad_row"

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        self.faults, fault = tuple(faults), faults[0]
        super().__init__(f"“{fault.caption}”：{fault.message}", fault.hint)


def file_rows(session: Session, sheet: str, rows: Sequence[Row], by: str = "", correction: bool = False) -> LoadReport:
    """Append rows of a sheet, by caption, as one batch. Raises BadForm; nothing is written then."""
    return file_sheets(session, {sheet: rows}, by, correction)


def file_sheets(
    session: Session, sheets: Mapping[str, Sequence[Row]], by: str = "", correction: bool = False
) -> LoadReport:
    """Append rows of several sheets as one batch. Raises BadForm; nothing is written then."""
    if faults := [f for sheet, rows in sheets.items() for f in _too_early(session, sheet, rows)]:
        raise BadForm(faults)
    raw = [_raw_sheet(session, sheet, rows) for sheet, rows in sheets.items()]
    try:
        with session.writing() as city:
            return add(city, raw, CORRECTION if correction else FORM, by or None)
    except BadRow as bad:
        raise BadForm([at_field(f.where, f.field, f.message, f.hint) for f in bad.faults]) from None


def _raw_sheet(session: Session, sheet: str, rows: Sequence[Row]) -> RawSheet:
    captions = [c for c in session.city.schema.sheets[sheet].by_caption if any(c in row for row in rows)]
    table = [RawRow(1, [*captions]), *(RawRow(n, [r.get(c) for c in captions]) for n, r in enumerate(rows, 2))]
    return RawSheet(sheet, iter(table))


def at_field(where: str, field: str | None, message: str, hint: str) -> FieldFault:
    """A fault of a cell, at the field of the form. The address of a cell ends with its row, and the first is the head."""
    number = re.search(r"(\d+)$", where)
    return FieldFault(int(number[1]) - 2 if number else 0, field or "", message, hint)


def _too_early(session: Session, sheet: str, rows: Sequence[Row]) -> Iterator[FieldFault]:
    """What is dated after today: it would count on that day only."""
    for number, row in enumerate(rows):
        day = day_in(session, sheet, row)
        if day and day > date.today():
            yield FieldFault(number, "日期", f"{row['日期']} 在今天之后", "写到今天为止的日期")


def day_in(session: Session, sheet: str, row: Row) -> date | None:
    """The day of a row; None where it is none."""
    column = session.city.schema.sheets[sheet].by_caption.get("日期")
    try:
        parsed = parse_cell(row.get("日期"), column) if column else None
    except BadCell:
        return None
    if parsed is None:
        return None
    return as_date(parsed.value)
