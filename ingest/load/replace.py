"""`load --replace`: which rows of earlier loads of the same files are gone now, and whether to ask first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from graph.city.city import City
from graph.errors import LianpuError
from graph.ledger.order import order_key
from graph.model import Record
from graph.projection.references import Resolver
from graph.schema.kinds import Schema
from graph.text import norm
from ingest.finding import Finding
from ingest.load.intake import Intake, SheetName
from ingest.table.cells import plain, show
from ingest.table.result import SheetResult

MANY = 0.2  # a load that withdraws a greater part of a file's rows asks first
TEXT = 200  # characters of a row that a list shows
_KEPT = "{} 行原有数据没有撤下：同名的行这次有错，没有导入"
SINGLE = (".csv", ".tsv", ".txt")  # files of one sheet: those of a folder stand for one workbook


class ReplaceRefused(LianpuError):
    """A replacement that takes away more than corrections do."""

    code = "replace_refused"

    def __init__(self, reasons: Sequence[str]) -> None:
        message = "没有替换，什么也没有写入：" + "；".join(reasons)
        super().__init__(message, "先加 --dry-run 看要撤下哪些行；确认无误再加 --yes；不是更正就换个文件名导入")


@dataclass(slots=True)
class Withdrawal:
    """The rows that a load withdraws; `reasons` to ask first, if any."""

    rows: list[Record] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def seqs(self) -> frozenset[int]:
        """The rows by their numbers."""
        return frozenset(r.seq for r in self.rows)

    def documents(self) -> list[dict[str, Any]]:
        """The rows as `lianpu load --replace` lists them; `text` is what is in them."""
        return [
            {
                "file": r.file,
                "where": r.where(next(iter(r.values), "")),
                "kind": r.kind,
                "batch": r.batch,
                "record": r.seq,
                "name": str(next(iter(r.values.values()), "")),
                "text": _text(r),
            }
            for r in self.rows
        ]


def withdrawal(city: City, intake: Intake) -> Withdrawal:
    """What an intake (with all rows that its files have now) leaves of what they brought before.

    Rows stay whose sheet could not be read this time, or that stand in the file still but with a fault.
    """
    parts = intake.parts
    records = list(city.ledger.records(parts=parts))
    resolver = Resolver(sorted(records, key=order_key), city.schema)
    fresh = records[len(records) - sum(len(p.rows) for p in parts) :]
    by_seq = {r.seq: r for r in records}
    withdrawn, faulty = Withdrawal(), _Faulty(intake.rejected, city.schema)
    units: dict[str, list[str]] = defaultdict(list)
    for file in sorted({p.file for p in parts}):
        units[_unit(file)].append(file)
    for unit, files in units.items():
        now = {place for r in fresh if r.file in files for place in resolver.counties(r)}
        there = {_Row(p.file, p.sheet, digest) for p in parts if p.file in files for digest in p.manifest}
        before = [
            (by_seq[seq], _Row(file, sheet, digest))
            for file in files
            for seq, sheet, digest in city.ledger.rows_of(file)
            if _is_read(file, sheet, intake)
        ]
        loads = _loads([record for record, _ in before], now, resolver)
        standing = [(record, row) for record, row in before if record.batch in loads.batches]
        left = [(record, row) for record, row in standing if row not in there]
        held = {row for record, row in left if faulty.has(record)}  # with all records of the row
        gone = [record for record, row in left if row not in held]
        withdrawn.rows += gone
        withdrawn.reasons += _reasons(_Change(unit, gone, len(standing), now, loads.counties))
    withdrawn.findings = faulty.findings()
    return withdrawn


class _Row(NamedTuple):
    """A row as it is known again: where it stands, and the digest of what it says."""

    file: str
    sheet: str
    digest: bytes


class _Loads(NamedTuple):
    """The earlier loads that this one replaces, and the counties in them that are not in this one."""

    batches: set[int]
    counties: set[str]


class _Change(NamedTuple):
    """What a load takes away of one unit, and of which counties it is, now and before."""

    unit: str
    gone: Sequence[Record]
    standing: int
    now: set[str]
    others: set[str]


def _is_read(file: str, sheet: str, intake: Intake) -> bool:
    """Whether the file's sheet was read this time, or is not there any more."""
    unread = {SheetName(file, sheet), SheetName(file)} & intake.unread
    return any((p.file, p.sheet) == (file, sheet) for p in intake.parts) or not unread


def _reasons(change: _Change) -> Iterator[str]:
    if change.gone and change.others:
        here, there = "、".join(sorted(change.now)) or "没有写明县市区", "、".join(sorted(change.others))
        yield f"“{change.unit}”先前导入的有{there}的行，这次是{here}"
    if len(change.gone) > MANY * change.standing:
        share = f"{len(change.gone) / change.standing:.0%}（超过 {MANY:.0%}）"
        yield f"“{change.unit}”要撤下 {len(change.gone)} 行，占原有 {change.standing} 行的 {share}"


def _text(record: Record) -> str:
    cells = {k: v for k, v in record.values.items() if k != "附加列"} | record.values.get("附加列", {})
    return "，".join(f"{caption} {plain(value)}" for caption, value in cells.items())[:TEXT]


def _unit(file: str) -> str:
    """What is replaced as one: a workbook, or the files of one sheet that lie in one folder."""
    path = PurePosixPath(file)
    if path.suffix.lower() not in SINGLE:
        return file
    return str(path.parent) if path.parent.name else "各表的 CSV"


def _loads(before: Sequence[Record], now: set[str], resolver: Resolver) -> _Loads:
    """The earlier loads of a workbook that one with rows of the counties `now` replaces.

    A load of the same name but of other counties only is another file, as long as there is one of the same.
    """
    counties: dict[int, set[str]] = defaultdict(set)
    for record in before:
        counties[record.batch] |= resolver.counties(record)
    same = {b for b, places in counties.items() if places <= now}
    other = {b for b, places in counties.items() if b not in same and (places & now or not same)}
    return _Loads(same | other, {p for b in other for p in counties[b] - now})


class _Faulty:
    """Rows that stand in the file but were rejected: the earlier row of the same name is not gone."""

    def __init__(self, rejected: Iterable[SheetResult], schema: Schema) -> None:
        self._rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        self._kept: dict[tuple[str, str], int] = defaultdict(int)
        for result in rejected:
            own = [c for c in schema.sheets[result.kind].columns if c.required]  # not of the row's other records
            needed = {i: c for i, c in result.header.columns.items() if c in own} if result.header else {}
            for cells in result.faulty:
                key = {c.caption: _plain(show(cells[i])) for i, c in needed.items() if i < len(cells)}
                self._rows[result.file, result.sheet].append(key)

    def has(self, record: Record) -> bool:
        """Whether a rejected row has the required cells of this one."""
        at = record.file, record.sheet
        for key in self._rows.get(at, ()):
            if key and all(_plain(str(record.values.get(c, ""))) == text for c, text in key.items()):
                self._kept[at] += 1
                return True
        return False

    def findings(self) -> list[Finding]:
        """What to say about the rows that were kept."""
        hint = "改正后再用 --replace 导入"
        return [
            Finding("warning", file, f"{sheet}!", None, None, _KEPT.format(count), hint)
            for (file, sheet), count in self._kept.items()
        ]


def _plain(text: str) -> str:
    return norm(text).removesuffix(".0")
