"""What files brought to a load, before anything is written: parts, counts, findings, what could not be read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import NamedTuple

from graph.errors import LianpuError
from graph.ledger.batch import Part
from ingest.finding import Finding, column_letter
from ingest.mindmap.topics import FileTopic
from ingest.table.result import SheetResult


@dataclass(slots=True)
class RowCounts:
    """How many rows were read, and what became of them."""

    read: int = 0
    accepted: int = 0
    rejected: int = 0
    unchanged: int = 0
    skipped: int = 0

    def document(self) -> dict[str, int]:
        """The JSON form."""
        return asdict(self)


class SheetName(NamedTuple):
    """A sheet of a file; all of them where the sheet is empty."""

    file: str
    sheet: str = ""


class MapFile(NamedTuple):
    """A mind map: its file, and its root."""

    file: str
    root: FileTopic


@dataclass(slots=True)
class Intake:
    """What was read. `rejected` keeps the tables with rejected rows, for the marked workbook.

    `unread` are the sheets of which nothing is known. `same` are rows of the ledger that the files hold still.
    """

    parts: list[Part] = field(default_factory=list)
    rows: RowCounts = field(default_factory=RowCounts)
    findings: list[Finding] = field(default_factory=list)
    rejected: list[SheetResult] = field(default_factory=list)
    unread: set[SheetName] = field(default_factory=set)
    same: set[int] = field(default_factory=set)
    tables: list[SheetResult] = field(default_factory=list)  # all that were read
    maps: list[MapFile] = field(default_factory=list)

    def copy(self) -> Intake:
        """The same, to be compared with a city: rows that it has are left out of the copy."""
        parts = [replace(p, rows=list(p.rows)) for p in self.parts]
        read = list(self.findings), list(self.rejected), set(self.unread)
        return Intake(parts, replace(self.rows), *read, tables=list(self.tables), maps=self.maps)

    def lose(self, name: SheetName, fault: LianpuError) -> None:
        """Note a file, or one sheet of it, that could not be read."""
        self.unread.add(name)
        where = f"{name.sheet}!" if name.sheet else ""
        self.findings.append(Finding("error", name.file, where, None, None, fault.message, fault.hint))

    def take(self, name: SheetName, tables: list[SheetResult]) -> None:
        """Take the tables of one sheet."""
        # A sheet is known again by all its rows, whichever of its tables they stand in.
        digests = [entry.digest for table in tables for entry in table.accepted]
        self.tables += tables
        for table in tables:
            self.findings += table.findings
            if not table.derived:
                self._count(table, name.file)
            if table.header:
                part = Part(name.file, table.sheet, table.kind, table.accepted, digests, table.letters())
                self.parts.append(part)
            else:
                self.unread.add(name)

    def _count(self, table: SheetResult, file: str) -> None:
        self.rows.accepted += len(table.accepted)
        self.rows.rejected += table.rejected
        self.rows.skipped += table.skipped
        self.rows.read += len(table.accepted) + table.rejected
        if table.header and not table.accepted and not table.rejected:
            at = f"{table.sheet}!{column_letter(0)}{max(1, table.header.row)}"
            self.findings.append(Finding("note", file, at, None, None, "只有表头，没有数据行", "填写数据后再导入"))
        if table.raw:
            self.rejected.append(table)
