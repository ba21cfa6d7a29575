"""Workbooks out: rejected rows with their cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.finding import column_letter
from ingest.table.cells import show
from ingest.table.result import SheetResult
from ingest.workbooks.template import excel_book


def write_marked(path: Path, sheets: Sequence[SheetResult]) -> None:
    """Rejected rows with the offending cells coloured and the reason as a comment."""
    book = excel_book(path)
    bad = book.add_format({"bg_color": "#FFCCC7", "border": 1, "border_color": "#CF1322"})
    head = book.add_format({"bold": True, "bg_color": "#E6F0FA", "border": 1})
    taken: set[str] = set()
    for result in sheets:
        page = book.add_worksheet(_sheet_name(result.sheet, taken))
        page.freeze_panes(1, 1)
        faults = {f.where.rpartition("!")[2]: f for f in result.findings if f.level == "error"}
        page.write_string(0, 0, "原行号", head)
        letters = {i: t for t, i in ((c.caption, i) for i, c in result.header.columns.items())} if result.header else {}
        letters |= result.header.extras if result.header else {}
        width = max((len(c) for c in result.raw.values()), default=0)
        for index in range(width):
            page.write_string(0, index + 1, letters.get(index, ""), head)
        page.write_string(0, width + 1, "问题与改法", head)
        page.set_column(0, width, 16)
        page.set_column(width + 1, width + 1, 70)
        for line, (number, cells) in enumerate(sorted(result.raw.items()), 1):
            page.write_number(line, 0, number)
            said = []
            for index in range(width):
                text = show(cells[index]) if index < len(cells) else ""
                fault = faults.get(f"{column_letter(index)}{number}")
                page.write_string(line, index + 1, text, bad if fault else None)
                if fault:
                    page.write_comment(line, index + 1, f"{fault.message}\n{fault.hint}")
                    said.append(f"{fault.where} {fault.message}：{fault.hint}")
            page.write_string(line, width + 1, "\n".join(said))
    book.close()


def _sheet_name(name: str, taken: set[str]) -> str:
    base = "".join("_" if c in "[]:*?/\\" else c for c in name)[:25] or "表"
    unique, n = base, 2
    while unique.lower() in taken:
        unique, n = f"{base}({n})", n + 1
    taken.add(unique.lower())
    return unique
