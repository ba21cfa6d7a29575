"""招商对接清单: whom to call for which gap, with columns left to fill in; filled in, it loads back as 招商线索."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.answers.documents.recruiting import CandidateDocument
from graph.files import row_places
from viz.errors import UnknownFormat
from viz.report.sheets import A4, Book, Column, row_height

COLUMNS = (
    ("序号", 5), ("县市区", 10), ("产业链", 16), ("对应环节", 14), ("环节状态", 9), ("优先级", 7), ("先抓次序", 9), ("项目名称", 20), ("全称", 24), ("所在地", 14),
    ("产品", 14), ("得分", 6), ("理由", 34), ("落地后变化", 28), ("切入话题", 28), ("来源", 22), ("对接人", 10), ("下一步", 14), ("日期", 11),
)  # fmt: skip
ASK = (("序号", 5), ("待核实环节", 20), ("要问的问题", 60), ("可先了解的外地企业", 80))
NOBODY = "数据中没有对得上的外地企业"
Line = list[str | float | None]


def write_candidates(document: Mapping[str, Any], path: Path) -> None:
    """Write the document of `candidates` as a workbook. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book = Book(path)
    asks: list[Line] = [[a["segment"], a["question"], _to_ask(a["targets"])] for a in document["to_survey"]]
    for name, columns, lines in (("招商对接清单", COLUMNS, list(_lines(document))), ("待核实", ASK, asks)):
        _write_page(book, name, columns, [[number, *line] for number, line in enumerate(lines, 1)])
    book.close()


def _lines(document: Mapping[str, Any]) -> Iterator[Line]:
    """Gap by gap in their order, the firms of each in theirs; a gap without any keeps its line."""
    for gap in document["gaps"]:
        about: Line = [*_place(gap), gap["segment"], gap["caption"], gap["priority"], place_text(gap)]
        firms = firms_of(document, gap)
        for c in firms:
            project = f"{c['firm']}·{gap['segment']}"
            yield [
                *about, project, c["firm"], c["location"] or "", c["product"] or "", c["score"], c["reasons"], c["change"], c["topic"],
                row_places(c["sources"]), None, None, None,
            ]  # fmt: skip
        if not firms:
            yield [*about, f"{gap['segment']}（待找企业）", "", "", "", "", NOBODY, "", "", "", None, None, None]


def firms_of(document: Mapping[str, Any], gap: Mapping[str, Any]) -> list[CandidateDocument]:
    """The candidates for a gap, best first."""
    return [c for c in document["candidates"] if all(c[k] == gap[k] for k in ("county", "chain", "segment"))]


def place_text(gap: Mapping[str, Any]) -> str:
    """Where a gap stands in the order, ties said.

    >>> place_text({"rank": 3, "tied": True}), place_text({"rank": None, "priority": None})
    ('并列第3', '先补名单')
    >>> place_text({"rank": None, "priority": 50.0})  # no gap, asked for by name
    '不在先抓之列'
    """
    if gap["rank"] is None:
        return "先补名单" if gap["priority"] is None else "不在先抓之列"
    return f"{'并列' if gap['tied'] else ''}第{gap['rank']}"


def _place(document: Mapping[str, Any]) -> list[str]:
    return [document["county"], document["chain"]]


def _to_ask(targets: Sequence[Mapping[str, Any]]) -> str:
    return "；".join(f"{t['firm']}（{t['reasons'].rstrip('。')}）" for t in targets) or NOBODY


def _write_page(book: Book, name: str, columns: Sequence[Column], lines: Sequence[Line]) -> None:
    """A sheet to print, on paper that people write on; None is a cell to fill in."""
    page, dated = book.page(name, columns), book.style(num_format="yyyy-mm-dd")
    score = book.style(num_format="0")
    for number, line in enumerate(lines, 1):
        page.set_row(number, row_height(zip(line, (width for _, width in columns), strict=True)))
        for place, value in enumerate(line):
            if value is None:
                page.write_blank(number, place, None, dated if columns[place][0] == "日期" else book.body)
            elif isinstance(value, int | float):
                page.write_number(number, place, value, score)
            else:
                page.write_string(number, place, value, book.body)
    page.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)
    page.repeat_rows(0)
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.set_landscape()
    page.fit_to_pages(1, 0)
