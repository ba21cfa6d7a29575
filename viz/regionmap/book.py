"""The table of the map as a workbook: a figure of each county, and what flows between counties."""

from __future__ import annotations

from pathlib import Path

from graph.answers.documents.workbench.regions import RegionsDocument
from graph.files import row_places
from viz.errors import UnknownFormat
from viz.report.printing import Band, PrintedSheet, print_sheet
from viz.report.sheets import Book

COUNTIES = ("上级", "县（市、区）", "区划代码", "数", "数值", "年份", "依据")
FLOWS = ("供给方", "需要方", "类别", "供给的环节或企业", "需要的环节或企业", "内容", "说明", "依据")


def write_regions_book(path: Path, document: RegionsDocument) -> int:
    """Write the workbook. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book, figure = Book(path), document["figure"]
    unit = f"（{figure['unit']}）" if figure["unit"] else ""
    title = f"{figure['caption']}{unit}，截至{document['at']}"
    counties = [
        [c["city"], c["county"], c["code"], c["text"], c["value"], c["year"], row_places(c["rows"])]
        for c in document["counties"]
    ]
    flows = [
        [
            f["source"],
            f["target"],
            i["kind"],
            _named(i["source"], i["source_chain"]),
            _named(i["target"], i["target_chain"]),
            i["what"],
            i["detail"],
            row_places(i["rows"]),
        ]
        for f in document["flows"]
        for i in f["items"]
    ]
    about = f"怎么算：{figure['about']}"
    print_sheet(book, PrintedSheet("县（市、区）", title, COUNTIES, [Band(about, counties)], frozen=2))
    print_sheet(book, PrintedSheet("县际流动", "县（市、区）之间的供给", FLOWS, [Band("", flows)], frozen=2))
    book.close()
    return path.stat().st_size


def _named(name: str, chain: str | None) -> str:
    return f"{name}（{chain}）" if chain else name
