"""招商对接清单: whom to call for which gap, with columns left to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.files import row_places
from viz.errors import UnknownFormat
from viz.report.sheets import A4, close, row_height, workbook
from viz.theme import HEAD, LINE

COLUMNS = (
    ("全称", 24), ("所在地", 14), ("产品", 14), ("对应环节", 14), ("理由", 34), ("落地后变化", 28), ("切入话题", 28), ("来源", 22),
    ("对接人", 10), ("下一步", 14), ("日期", 11),
)  # fmt: skip
ASK = (("环节", 20), ("要问的问题", 60), ("可先了解的外地企业", 80))


def write_candidates(document: Mapping[str, Any], path: Path) -> None:
    """Write the document of `candidates` as a workbook. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book = workbook(path)
    head = book.add_format({"bold": True, "bg_color": HEAD, "border": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE})
    rows = [
        [c["firm"], c["location"] or "", c["product"] or "", c["segment"], c["reasons"], c["change"], c["topic"],
         row_places(c["sources"]), None, None, None]
        for c in document["candidates"]
    ]  # fmt: skip
    asks = [
        [a["segment"], a["question"], "；".join(f"{t['firm']}（{t['reasons'].rstrip('。')}）" for t in a["targets"])]
        for a in document["to_survey"]
    ]
    dated = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "border": 1, "border_color": LINE})
    for name, columns, lines in (("招商对接清单", COLUMNS, rows), ("待核实", ASK, asks)):
        page = book.add_worksheet(name)
        for place, (title, width) in enumerate(columns):
            page.write_string(0, place, title, head)
            page.set_column(place, place, width)
        for number, line in enumerate(lines, 1):
            page.set_row(number, row_height(zip(line, (width for _, width in columns), strict=True)))
            for place, value in enumerate(line):
                if value is None:  # to fill in
                    page.write_blank(number, place, None, dated if columns[place][0] == "日期" else body)
                else:
                    page.write_string(number, place, value, body)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)
        page.repeat_rows(0)
        page.set_paper(A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    close(book, path)
