"""招商对接清单: whom to call for which gap, with columns left to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.files import row_places
from viz.errors import UnknownFormat
from viz.report.sheets import A4, Book, Column, row_height

COLUMNS = (
    ("全称", 24), ("所在地", 14), ("产品", 14), ("对应环节", 14), ("理由", 34), ("落地后变化", 28), ("切入话题", 28), ("来源", 22),
    ("对接人", 10), ("下一步", 14), ("日期", 11),
)  # fmt: skip
ASK = (("环节", 20), ("要问的问题", 60), ("可先了解的外地企业", 80))


def write_candidates(document: Mapping[str, Any], path: Path) -> None:
    """Write the document of `candidates` as a workbook. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book = Book(path)
    rows = [
        [c["firm"], c["location"] or "", c["product"] or "", c["segment"], c["reasons"], c["change"], c["topic"],
         row_places(c["sources"]), None, None, None]
        for c in document["candidates"]
    ]  # fmt: skip
    asks = [
        [a["segment"], a["question"], "；".join(f"{t['firm']}（{t['reasons'].rstrip('。')}）" for t in a["targets"])]
        for a in document["to_survey"]
    ]
    for name, columns, lines in (("招商对接清单", COLUMNS, rows), ("待核实", ASK, asks)):
        _write_page(book, name, columns, lines)
    book.close()


def _write_page(book: Book, name: str, columns: Sequence[Column], lines: Sequence[Sequence[str | None]]) -> None:
    """A sheet to print, on paper that people write on; None is a cell to fill in."""
    page, dated = book.page(name, columns), book.style(num_format="yyyy-mm-dd")
    for number, line in enumerate(lines, 1):
        page.set_row(number, row_height(zip(line, (width for _, width in columns), strict=True)))
        for place, value in enumerate(line):
            if value is None:
                page.write_blank(number, place, None, dated if columns[place][0] == "日期" else book.body)
            else:
                page.write_string(number, place, value, book.body)
    page.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)
    page.repeat_rows(0)
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.set_landscape()
    page.fit_to_pages(1, 0)
