"""The rows of a query as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.answers.documents.workbench.queries import QueryDocument
from graph.answers.workbench.cells import text_of
from viz.report.sheets import Book
from viz.theme import HEAD

WIDEST = 60
LONGEST = 32_000  # characters that a cell of a workbook can hold


def write_query(document: QueryDocument, path: Path) -> int:
    """Write it; the size in bytes. Numbers stay numbers; what was asked stands below. Raises NotWritable."""
    book = Book(path)
    head = book.style(bold=True, bg_color=HEAD, text_wrap=True)
    cell = book.style(text_wrap=True)
    sheet = book.page("查询结果")
    for column, c in enumerate(document["columns"]):
        sheet.write_string(0, column, c["caption"] + (f"（{c['unit']}）" if c["unit"] else ""), head)
        texts = [text_of(row[column]) for row in document["rows"][:200]]
        width = max((_width(t) for t in [c["caption"], *texts]), default=8)
        sheet.set_column(column, column, min(WIDEST, max(8, width + 2)))
    for place, row in enumerate(document["rows"], 1):
        for column, value in enumerate(row):
            _put(sheet, place, column, value, cell)
    sheet.freeze_panes(1, 0)
    if document["rows"]:
        sheet.autofilter(0, 0, len(document["rows"]), len(document["columns"]) - 1)
    _note(book, document)
    book.close()
    return path.stat().st_size


def _put(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1 << 53:
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, text_of(value)[:LONGEST], style)


def _width(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)


def _note(book: Book, document: QueryDocument) -> None:
    sheet = book.page("说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 80)
    rows = [("查询", document["query"] or "自己写的查询"), ("行数", str(document["n"]))]
    rows += [(f"参数 {name}", text_of(value)) for name, value in document["parameters"].items()]
    if document["more"]:
        rows.append(("没有列全", f"结果多于 {document['n']} 行，这里是其中的 {document['n']} 行"))
    rows += [("提示", hint) for hint in document["hints"]]
    for row, (name, text) in enumerate(rows):
        sheet.write_string(row, 0, name, book.plain(bold=True))
        sheet.write_string(row, 1, text[:LONGEST], book.plain(text_wrap=True))
