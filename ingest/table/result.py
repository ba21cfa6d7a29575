"""What became of one table, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.ledger.batch import RowEntry
from ingest.finding import Finding, column_letter
from ingest.readers.base import Cell, RawRow
from ingest.table.header import Header


@dataclass(slots=True)
class SheetResult:
    """What became of one table of a sheet."""

    kind: str
    sheet: str
    accepted: list[RowEntry] = field(default_factory=list)
    rejected: int = 0
    skipped: int = 0
    findings: list[Finding] = field(default_factory=list)
    raw: dict[int, list[Cell]] = field(default_factory=dict)  # rejected rows, for the marked workbook
    faulty: list[list[Cell]] = field(default_factory=list)  # the same by the columns of the header
    header: Header | None = None
    places: dict[str, str] = field(default_factory=dict)  # where captions stand, when the header does not say
    derived: bool = False  # further records of rows that another result counts
    file: str = ""
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)  # words that are none of a column's list

    def letters(self) -> dict[str, str]:
        """The column letter of each caption; in a form the whole address of its cell."""
        if self.places:
            return self.places
        return {c.caption: column_letter(i) for i, c in self.header.columns.items()} if self.header else {}

    def reject(self, row: RawRow, raw: Mapping[int, list[Cell]] | None = None) -> None:
        """Count a row as rejected; `raw` is what to show of it, by row number, if not its own cells."""
        self.rejected += 1
        self.faulty.append(row.cells)
        self.raw |= raw or {row.number: row.cells}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sheet stands, for findings."""

    file: str
    sheet: str

    def finding(
        self, level: str, at: str, message: str, hint: str, column: str | None = None, value: str | None = None
    ) -> Finding:
        """A finding at `at` (B17, or empty for the whole sheet)."""
        return Finding(level, self.file, f"{self.sheet}!{at}", column, value, message, hint)
