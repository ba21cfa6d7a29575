"""`load --replace`: which rows of earlier loads of the same files are gone now, and whether to ask first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from graph.city import City
from graph.errors import LianpuError
from graph.ledger import Part
from graph.model import Record
from graph.period import order_key
from graph.resolve import Resolver
from graph.text import norm
from ingest.cells import plain, show
from ingest.finding import Finding
from ingest.rows import SheetResult

MANY = 0.2  # a load that withdraws a greater part of a file's rows asks first
TEXT = 200  # characters of a row that a list shows
SINGLE = (".csv", ".tsv", ".txt")  # files of one sheet: those of a folder stand for one workbook


class ReplaceRefused(LianpuError):
    """A replacement that takes away more than corrections do."""

    code = "replace_refused"

    def __init__(self, reasons: Sequence[str]) -> None:
        said = "没有替换，什么也没有写入：" + "；".join(reasons)
        super().__init__(said, "先加 --dry-run 看要撤下哪些行；确认无误再加 --yes；不是更正就换个文件名导入")


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
                "file": r.file, "where": r.where(next(iter(r.values), "")), "kind": r.kind, "batch": r.batch,
                "record": r.seq, "name": str(next(iter(r.values.values()), "")), "text": _text(r),
            }
            for r in self.rows
        ]  # fmt: skip


def withdrawal(
    city: City, parts: Sequence[Part], rejected: Iterable[SheetResult], unread: Collection[tuple[str, str]]
) -> Withdrawal:
    """What `parts` (with all rows that the files have now) leave of what their files brought before.

    Rows stay whose sheet could not be read this time (`unread`, by file and sheet), or that stand in
    the file still but with a fault (`rejected`).
    """
    records = list(city.ledger.records(parts=parts))
    resolver = Resolver(sorted(records, key=order_key), city.schema)
    fresh = sum(len(p.rows) for p in parts)
    by_seq = {r.seq: r for r in records}
    now: dict[str, set[str]] = defaultdict(set)
    for record in records[len(records) - fresh :]:
        now[record.file] |= resolver.counties(record)
    found = Withdrawal()
    standing: dict[str, int] = defaultdict(int)
    gone: dict[str, int] = defaultdict(int)
    kept = _Faulty(rejected)
    for file in sorted({p.file for p in parts}):
        digests = {(p.sheet, d) for p in parts if p.file == file for d in p.manifest}
        read = {p.sheet for p in parts if p.file == file}
        before = [
            (by_seq[seq], (sheet, digest))
            for seq, sheet, digest in city.ledger.rows_of(file)
            if sheet in read or not {(file, sheet), (file, "")} & set(unread)
        ]
        batches, others = _loads([r for r, _ in before], now[file], resolver)
        for record, mark in before:
            if record.batch not in batches:
                continue
            standing[_unit(file)] += 1
            if mark not in digests and not kept.has(record):
                gone[_unit(file)] += 1
                found.rows.append(record)
        if others and any(r.file == file for r in found.rows):
            here, there = "、".join(sorted(now[file])) or "没有写明县市区", "、".join(sorted(others))
            found.reasons.append(f"“{file}”先前导入的有{there}的行，这次是{here}")
    for unit, count in gone.items():
        if count > MANY * standing[unit]:
            share = f"{count} 行，占原有 {standing[unit]} 行的 {count / standing[unit]:.0%}（超过 {MANY:.0%}）"
            found.reasons.append(f"“{unit}”要撤下 {share}")
    found.findings = kept.findings()
    return found


def _text(record: Record) -> str:
    cells = {k: v for k, v in record.values.items() if k != "附加列"} | record.values.get("附加列", {})
    return "，".join(f"{caption} {plain(value)}" for caption, value in cells.items())[:TEXT]


def _unit(file: str) -> str:
    path = PurePosixPath(file)
    return str(path.parent) if path.suffix.lower() in SINGLE and path.parent.name else file


def _loads(before: Sequence[Record], now: set[str], resolver: Resolver) -> tuple[set[int], set[str]]:
    """The earlier loads of a file that this one replaces, and the counties in them that are not in this one.

    A load of the same name but of other counties only is another file, as long as there is one of the same.
    """
    counties: dict[int, set[str]] = defaultdict(set)
    for record in before:
        counties[record.batch] |= resolver.counties(record)
    same = {b for b, places in counties.items() if places <= now}
    other = {b for b, places in counties.items() if b not in same and (places & now or not same)}
    return same | other, {p for b in other for p in counties[b] - now}


class _Faulty:
    """Rows that stand in the file but were rejected: the earlier row of the same name is not gone."""

    def __init__(self, rejected: Iterable[SheetResult]) -> None:
        self._rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        self._kept: dict[tuple[str, str], int] = defaultdict(int)
        for result in rejected:
            for cells in result.raw.values():
                needed = result.header.columns.items() if result.header else ()
                said = {c.caption: _plain(show(cells[i])) for i, c in needed if c.required and i < len(cells)}
                self._rows[result.file, result.sheet].append(said)

    def has(self, record: Record) -> bool:
        """Whether a rejected row has the required cells of this one."""
        at = record.file, record.sheet
        for said in self._rows.get(at, ()):
            if said and all(_plain(str(record.values.get(c, ""))) == text for c, text in said.items()):
                self._kept[at] += 1
                return True
        return False

    def findings(self) -> list[Finding]:
        """What to say about the rows that were kept."""
        return [
            Finding(
                "warning", file, f"{sheet}!", None, None, f"{count} 行原有数据没有撤下：同名的行这次有错，没有导入",
                "改正后再用 --replace 导入",
            )
            for (file, sheet), count in self._kept.items()
        ]  # fmt: skip


def _plain(text: str) -> str:
    return norm(text).removesuffix(".0")
