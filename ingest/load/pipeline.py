"""`load`: files in, one batch out; bad rows are reported, good rows are in, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.bulk import no_collection
from graph.city.city import City, Outcome
from graph.errors import LianpuError, NothingRead
from graph.ledger.ledger import Part
from ingest.finding import Finding, column_letter
from ingest.load.chainkg import read_chainkg
from ingest.load.findings import findings_of
from ingest.load.replace import ReplaceRefused, Withdrawal, withdrawal
from ingest.mapping.choose import MappingChoice
from ingest.mapping.mapping import FileMapping
from ingest.readers.base import Limits, RawRow, RawSheet
from ingest.readers.folder import find_files
from ingest.readers.parser import Parser
from ingest.table.captions import CaptionIndex
from ingest.table.result import SheetResult
from ingest.table.rows import read_sheet

SHOWN_EVERY = 2_000  # rows
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class LoadReport:
    """What a load did. `rejected` keeps the sheets with rejected rows, for the marked workbook.

    `unread` are sheets (by file and name; all further ones where it is empty) of which nothing is known.
    """

    batch: int | None = None
    rows: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("read", "accepted", "rejected", "unchanged", "skipped"), 0)
    )
    outcome: Outcome = field(default_factory=Outcome)
    diff: dict[str, Any] = field(default_factory=lambda: {"nodes": {}, "edges": {}})
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)
    rejected: list[SheetResult] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)
    withdrawn: Withdrawal = field(default_factory=Withdrawal)
    dry_run: bool = False

    def document(self) -> dict[str, Any]:
        """The JSON form of `lianpu load`."""
        return {
            "batch": self.batch,
            "dry_run": self.dry_run,
            "rows": self.rows,
            "nodes": {k: t.document() for k, t in self.outcome.nodes.items()},
            "edges": {k: t.document() for k, t in self.outcome.edges.items()},
            "diff": self.diff,
            "waiting": self.waiting,
            "withdrawn": self.withdrawn.documents(),
            "refused": self.withdrawn.reasons,
            "unread": [{"file": file, "sheet": sheet} for file, sheet in sorted(self.unread)],
            "findings": [f.document() for f in self.findings],
        }


def load(
    city: City,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    replace: bool = False,
    yes: bool = False,
    form: str = "template",
    progress: Progress | None = None,
    limits: Limits | None = None,
    mapping: FileMapping | None = None,
    kept: Path | None = None,
) -> LoadReport:
    """Read workbooks, CSVs, documents or folders of them and append what is new as one batch.

    With `replace`, rows that these files brought before and lack now are withdrawn; raises ReplaceRefused
    where that is more than a correction and `yes` does not confirm it. `mapping` says how tables that are
    not in the template format are read; once such a table was loaded it is kept in the folder `kept`, whose
    mappings serve tables with the same header. Raises NothingRead when no known
    sheet was found anywhere. With `form="chainkg"` the paths are folders of the public listed-company graph.
    """
    with no_collection():
        step = progress or (lambda _stage, _done, _total: None)
        report = LoadReport(dry_run=dry_run)
        mappings = MappingChoice(city.schema, mapping, kept)
        parts = _read(city, paths, report, form, step, limits, mappings)
        if replace:
            report.withdrawn = withdrawal(city, parts, report.rejected, report.unread)
            report.findings += report.withdrawn.findings
            if report.withdrawn.reasons and not (yes or dry_run):
                raise ReplaceRefused(report.withdrawn.reasons)
        _leave_out_unchanged(city, parts, report)
        _write(city, parts, report, form, step)
        if not dry_run:
            report.findings += mappings.keep()
        return report


def add(city: City, sheet: RawSheet, file: str) -> LoadReport:
    """Append the rows of a sheet that was filled in on the screen, as one batch; `file` is what its source says.

    Raises BadRow for the first fault: nothing is written then.
    """
    report = LoadReport()
    parts = list(_parts(city, iter([sheet]), file, [], report, MappingChoice(city.schema)))
    if faults := [f for f in report.findings if f.level == "error"]:
        raise BadRow(faults[0])
    _write(city, parts, report, "template", lambda _stage, _done, _total: None)
    return report


class BadRow(LianpuError):
    """A row that was filled in on the screen and cannot be taken."""

    code = "bad_row"

    def __init__(self, fault: Finding) -> None:
        super().__init__(f"“{fault.field}”：{fault.message}" if fault.field else fault.message, fault.hint)


def _read(
    city: City, paths: Sequence[Path], report: LoadReport, form: str, step: Progress, limits: Limits | None,
    mappings: MappingChoice,
) -> list[Part]:  # fmt: skip
    if form == "chainkg":
        parts, report.findings = read_chainkg(paths, report.rows, step)
        return parts
    return _read_templates(city, paths, report, step, limits, mappings)


def _write(city: City, parts: list[Part], report: LoadReport, form: str, step: Progress) -> None:
    step("更新图库", 0, 1)
    withdrawn = report.withdrawn.seqs
    if report.dry_run:
        report.outcome = city.preview(parts, form, withdrawn)
    elif withdrawn or any(p.rows for p in parts):
        report.outcome = city.append([p for p in parts if p.manifest], form, withdrawn)
        report.batch = report.outcome.batch
    else:
        report.outcome = city.unchanged()
    report.findings += findings_of(report.outcome, city.schema)
    report.diff = city.diff(report.outcome)
    report.waiting = len(report.outcome.waiting)
    step("更新图库", 1, 1)


def _read_templates(
    city: City,
    paths: Sequence[Path],
    report: LoadReport,
    step: Progress,
    limits: Limits | None,
    mappings: MappingChoice,
) -> list[Part]:
    parts: list[Part] = []
    seen: list[str] = []
    named, report.findings = find_files(paths)
    with Parser(limits) as parser:
        for done, (path, name) in enumerate(named):
            step("读取文件", done, len(named))
            try:
                parts += _parts(city, _shown(parser.sheets(path, name), step), name, seen, report, mappings)
            except LianpuError as fault:
                report.unread.add((name, ""))
                report.findings.append(Finding("error", name, "", None, None, fault.message, fault.hint))
            except OSError as fault:
                said = f"打不开文件：{fault.strerror or fault}"
                report.findings.append(Finding("error", name, "", None, None, said, "检查文件是否还在、是否有读取权限"))
    step("读取文件", len(named), len(named))
    if not parts:
        detail = f"认得的文件 {len(named)} 个；见到的工作表：{'、'.join(seen[:50]) or '没有'}"
        faults = [f for f in report.findings if f.level == "error" or not f.where]
        told = [f"{f.file}：{f.message}" for f in faults[:5]]
        raise NothingRead("；".join([detail, *told]), faults[0].hint if faults else None)
    return parts


def _shown(sheets: Iterator[RawSheet], step: Progress) -> Iterator[RawSheet]:
    """The same sheets; how far their rows have come is shown."""
    for sheet in sheets:
        sheet.rows = _counted(sheet.rows, f"读取“{sheet.name[:20]}”", step)
        yield sheet


def _counted(rows: Iterator[RawRow], stage: str, step: Progress) -> Iterator[RawRow]:
    for number, row in enumerate(rows, 1):
        if number % SHOWN_EVERY == 0:
            step(stage, number, number)
        yield row


def _parts(
    city: City, sheets: Iterator[RawSheet], name: str, seen: list[str], report: LoadReport, mappings: MappingChoice
) -> Iterator[Part]:
    """The parts of one file, one for each table with a header."""
    before: SheetResult | None = None
    index = CaptionIndex(city.schema)
    known = len(seen)
    for raw in sheets:
        seen.append(raw.name)
        try:
            mapped = mappings.results(raw, name)
            results = mapped or read_sheet(raw, name, index, before)
        except LianpuError as fault:
            report.unread.add((name, raw.name))
            report.findings.append(Finding("error", name, f"{raw.name}!", None, None, fault.message, fault.hint))
            continue
        tables = [r for r in results if isinstance(r, SheetResult)]
        if not tables:
            report.unread.add((name, raw.name))
            report.findings.append(_ignored(raw, name, [r for r in results if isinstance(r, str)]))
        # A sheet is known again by all its rows, whichever of its tables they stand in.
        digests = [e.digest for r in tables for e in r.accepted]
        for result in tables:
            _count(result, name, report)
            if not result.header:
                report.unread.add((name, raw.name))
            else:
                yield Part(name, result.sheet, result.kind, result.accepted, digests, result.letters())
        before = tables[-1] if tables and not mapped else None
    if len(seen) == known:
        said, hint = (
            "没有找到表格，已忽略",
            "数据要放在表格里：Word 用“插入 → 表格”，PDF 的表格要有框线；或改用 Excel 模板",
        )
        report.findings.append(Finding("note", name, "", None, None, said, hint))


def _ignored(raw: RawSheet, name: str, choices: Sequence[str]) -> Finding:
    said = f"工作表“{raw.name}”不是链谱认得的表，已忽略"
    hint = "如需导入：lianpu map 文件 -o 映射.yaml 生成列的对应，改好后 lianpu load 文件 --map 映射.yaml；或改用模板"
    if choices:
        said, hint = (
            f"“{raw.name}”的列分不清是哪种表，已忽略",
            f"把工作表（或文件）改名为其中之一：{'、'.join(choices)}",
        )
    return Finding("note", name, f"{raw.name}!", None, None, said, hint)


def _count(result: SheetResult, name: str, report: LoadReport) -> None:
    report.findings += result.findings
    if result.derived:
        return
    report.rows["accepted"] += len(result.accepted)
    report.rows["rejected"] += result.rejected
    report.rows["skipped"] += result.skipped
    report.rows["read"] += len(result.accepted) + result.rejected
    if result.header and not result.accepted and not result.rejected:
        at = f"{result.sheet}!{column_letter(0)}{max(1, result.header.row)}"
        report.findings.append(Finding("note", name, at, None, None, "只有表头，没有数据行", "填写数据后再导入"))
    if result.raw:
        report.rejected.append(result)


def _leave_out_unchanged(city: City, parts: list[Part], report: LoadReport) -> None:
    same: set[tuple[str, str, int]] = set()  # one row may stand in several parts
    for part in parts:
        if had := city.ledger.last_rows(part.file, part.sheet):
            same.update((part.file, part.sheet, r.row) for r in part.rows if r.digest in had)
            part.rows = [r for r in part.rows if r.digest not in had]
    report.rows["unchanged"] += len(same)
    report.rows["accepted"] -= len(same)
