"""Workbooks out: rejected rows with their cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.finding import column_letter
from ingest.table.cells import show
from ingest.table.result import SheetResult
from ingest.workbooks.template import excel_book


def write_marked(path: Path, sheets: Sequence[SheetResult]) -> None:
    """Rejected rows with the offending cells coloured and the reason as a comment."""
    book = excel_book(path)
    marks = _Marks(
        bad=book.add_format({"bg_color": "#FFCCC7", "border": 1, "border_color": "#CF1322"}),
        head=book.add_format({"bold": True, "bg_color": "#E6F0FA", "border": 1}),
    )
    for name, result in zip(_sheet_names(sheets), sheets, strict=True):
        _write_sheet(book.add_worksheet(name), result, marks)
    book.close()


@dataclass(frozen=True, slots=True)
class _Marks:
    """How cells look: those with a fault, those of the header."""

    bad: Any
    head: Any


def _write_sheet(page: Any, result: SheetResult, marks: _Marks) -> None:
    page.freeze_panes(1, 1)
    width = max((len(c) for c in result.raw.values()), default=0)
    captions: dict[int, str] = {}
    if result.header:
        captions = {i: c.caption for i, c in result.header.columns.items()} | result.header.extras
    page.write_string(0, 0, "原行号", marks.head)
    for index in range(width):
        page.write_string(0, index + 1, captions.get(index, ""), marks.head)
    page.write_string(0, width + 1, "问题与改法", marks.head)
    page.set_column(0, width, 16)
    page.set_column(width + 1, width + 1, 70)
    faults = {f.where.rpartition("!")[2]: f for f in result.findings if f.level == "error"}
    for line, (number, cells) in enumerate(sorted(result.raw.items()), 1):
        page.write_number(line, 0, number)
        reasons = []
        for index in range(width):
            text = show(cells[index]) if index < len(cells) else ""
            fault = faults.get(f"{column_letter(index)}{number}")
            page.write_string(line, index + 1, text, marks.bad if fault else None)
            if fault:
                page.write_comment(line, index + 1, f"{fault.message}\n{fault.hint}")
                reasons.append(f"{fault.where} {fault.message}：{fault.hint}")
        page.write_string(line, width + 1, "\n".join(reasons))


def _sheet_names(sheets: Sequence[SheetResult]) -> list[str]:
    """A name for each sheet that Excel takes, no two alike but for case."""
    names: list[str] = []
    taken: set[str] = set()
    for result in sheets:
        base = "".join("_" if c in "[]:*?/\\" else c for c in result.sheet)[:25] or "表"
        unique, number = base, 2
        while unique.lower() in taken:
            unique, number = f"{base}({number})", number + 1
        taken.add(unique.lower())
        names.append(unique)
    return names
