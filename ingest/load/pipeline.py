"""`load`: files in, one batch out; bad rows are reported, good rows are in, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.bulk import no_collection
from graph.city.city import City
from graph.errors import LianpuError
from graph.model import Record
from graph.schema.kinds import Schema
from ingest.finding import Finding
from ingest.load.chainkg import read_chainkg
from ingest.load.findings import findings_of
from ingest.load.intake import Intake, MapFile
from ingest.load.questions import table_questions, word_questions
from ingest.load.replace import ReplaceRefused, withdrawal
from ingest.load.report import LoadReport
from ingest.load.tables import Progress, TableReader
from ingest.mapping.choose import MappingChoice
from ingest.mapping.mapping import FileMapping
from ingest.mindmap.rows import MapRows
from ingest.readers.base import Limits, RawSheet


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How files are loaded.

    With `replace`, rows that these files brought before and lack now are withdrawn; where that is more than a
    correction, `yes` confirms it. `mapping` says how tables that are not in the template format are read; once
    such a table was loaded it is kept in the folder `kept`, whose mappings serve tables with the same header.
    With `form="chainkg"` the paths are folders of the public listed-company graph.
    """

    dry_run: bool = False
    replace: bool = False
    yes: bool = False
    form: str = "template"
    limits: Limits | None = None
    mapping: FileMapping | None = None
    kept: Path | None = None


class BadRow(LianpuError):
    """Rows that were filled in on the screen and cannot be taken; `faults` has every fault, the message tells the first."""

    code = "bad_row"

    def __init__(self, faults: Sequence[Finding]) -> None:
        self.faults, fault = tuple(faults), faults[0]
        super().__init__(f"“{fault.field}”：{fault.message}" if fault.field else fault.message, fault.hint)


class Incoming:
    """What files bring, read and taken apart; nothing of the city is looked at before `load` or `preview`.

    Example:
        >>> from graph.errors import NothingRead
        >>> from graph.schema.parse import load_schema
        >>> try:
        ...     Incoming(load_schema(), [Path("没有.xlsx")])
        ... except NothingRead as refused:
        ...     print(refused.code)
        nothing_read
    """

    def __init__(
        self,
        schema: Schema,
        paths: Sequence[Path],
        options: LoadOptions | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Read workbooks, CSVs, documents or folders of them. Raises NothingRead where no known sheet is anywhere."""
        self._options, self._step = options or LoadOptions(), progress or _silent
        self._mappings = MappingChoice(schema, self._options.mapping, self._options.kept)
        with no_collection():
            self._intake = _read(schema, paths, self._options, self._mappings, self._step)
        self._schema, self._edited = schema, list[Record]()
        if self.maps and self._options.replace:
            raise ReplaceRefused(["思维导图是和现在的图比较的，只写改动，不按更正替换"])

    @property
    def maps(self) -> Sequence[MapFile]:
        """The mind maps among the files, of which nothing is loaded until their edits are taken."""
        return self._intake.maps

    def take(self, file: str, edited: MapRows) -> None:
        """Take the rows that the edits of a mind map come to, and those that give way to them."""
        if edited.sheets:
            reader = TableReader(self._schema, MappingChoice(self._schema))
            reader.intake = self._intake
            reader.read_sheets(file, edited.sheets)
        self._edited += edited.withdrawn

    def preview(self, city: City) -> LoadReport:
        """What appending it would do. It may be asked again, of another state of the city."""
        with no_collection():
            report = self._compared(city, dry_run=True)
            _write(city, report, self._options.form, self._step)
            return report

    def load(self, city: City) -> LoadReport:
        """Append what is new as one batch. Raises ReplaceRefused where a replacement is more than a correction."""
        with no_collection():
            report = self._compared(city, dry_run=False)
            if report.withdrawn.reasons and not self._options.yes:
                raise ReplaceRefused(report.withdrawn.reasons)
            if report.withdrawn.seqs or any(p.rows for p in report.intake.parts):
                city.ledger.health.keep_copy()
            _write(city, report, self._options.form, self._step)
            report.findings.extend(self._mappings.keep())
            return report

    def _compared(self, city: City, dry_run: bool) -> LoadReport:
        """What is new of it, and what it replaces."""
        report = LoadReport(self._intake.copy(), dry_run)
        if self._options.replace:
            report.withdrawn = withdrawal(city, report.intake)
            report.findings.extend(report.withdrawn.findings)
        report.withdrawn.rows += self._edited
        _leave_out_unchanged(city, report.intake)
        return report


def load(
    city: City, paths: Sequence[Path], options: LoadOptions | None = None, progress: Progress | None = None
) -> LoadReport:
    """Read workbooks, CSVs, documents or folders of them and append what is new as one batch.

    Raises NothingRead when no known sheet was found anywhere, ReplaceRefused where a replacement is more than
    a correction and was not confirmed.
    """
    incoming = Incoming(city.schema, paths, options, progress)
    return incoming.preview(city) if options and options.dry_run else incoming.load(city)


def add(city: City, sheets: Iterable[RawSheet], file: str, by: str | None = None) -> LoadReport:
    """Append the rows of sheets that were filled in on the screen, as one batch; `file` is what their source says.

    `by` is who filled it in, where that is not the user of the machine. Raises BadRow: nothing is written then.
    """
    reader = TableReader(city.schema, MappingChoice(city.schema))
    reader.read_sheets(file, list(sheets))
    return take(city, reader.intake, by)


def take(
    city: City, intake: Intake, by: str | None = None, withdrawn: Sequence[Record] = (), dry_run: bool = False
) -> LoadReport:
    """Append rows that were read already, as one batch, and withdraw others. Raises BadRow: nothing is written then.

    With `dry_run` nothing is written either; it may be asked again, of another state of the city.
    """
    report = LoadReport(intake.copy(), dry_run)
    if faults := [f for f in report.findings if f.level == "error"]:
        raise BadRow(faults)
    report.withdrawn.rows += withdrawn
    _write(city, report, "template", _silent, by)
    return report


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def _read(
    schema: Schema, paths: Sequence[Path], options: LoadOptions, mappings: MappingChoice, step: Progress
) -> Intake:
    if options.form == "chainkg":
        return read_chainkg(paths, step)
    return TableReader(schema, mappings).read_files(paths, options.limits, step)


def _leave_out_unchanged(city: City, intake: Intake) -> None:
    same: set[tuple[str, str, int, bytes]] = set()  # one row may stand in several parts
    for part in intake.parts:
        if had := city.ledger.last_rows(part.file, part.sheet):
            same.update((part.file, part.sheet, r.row, r.digest) for r in part.rows if r.digest in had)
            intake.same.update(had[r.digest] for r in part.rows if r.digest in had)
            part.rows = [r for r in part.rows if r.digest not in had]
    intake.rows.unchanged += len(same)
    intake.rows.accepted -= len(same)


def _write(city: City, report: LoadReport, form: str, step: Progress, by: str | None = None) -> None:
    step("更新图库", 0, 1)
    parts, withdrawn = report.intake.parts, report.withdrawn.seqs
    if report.dry_run:
        report.outcome = city.preview(parts, form, withdrawn)
    elif withdrawn or any(p.rows for p in parts):
        report.outcome = city.append([p for p in parts if p.manifest], form, withdrawn, by)
        report.batch = report.outcome.batch
    else:
        report.outcome = city.unchanged()
    report.findings.extend(findings_of(report.outcome, city.schema))
    report.nodes, report.edges = city.own_tallies(report.outcome, report.intake.same)
    report.diff = city.diff(report.outcome)
    report.waiting = len(report.outcome.waiting)
    tables, outcome = report.intake.tables, report.outcome
    report.questions = word_questions(tables, city.schema) + table_questions(tables, outcome, city)
    step("更新图库", 1, 1)
