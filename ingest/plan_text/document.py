"""A plan's file as lines: text, Word or PDF, opened at arm's length as every file is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.plan_text.paragraph import TextLine
from ingest.plan_text.reading import read_plan
from ingest.plan_text.suggestion import PlanReading
from ingest.readers.base import TEXT, Limits, Merge, RawRow, RawSheet
from ingest.readers.parser import Parser
from ingest.table.cells import show

LONGEST_LINE = 200_000  # characters: a text without line breaks is one


def read_document(path: Path, known: Collection[str] = ()) -> PlanReading:
    """The plan that a file holds; `known` are the departments that there are. Raises LianpuError."""
    bounds = replace(Limits(), characters=LONGEST_LINE)
    with Parser(bounds) as parser:
        sheets = parser.sheets(path, path.name, prose=True)
        return read_plan([line for sheet in sheets for line in _lines(sheet)], known)


def _lines(sheet: RawSheet) -> Iterator[TextLine]:
    if not sheet.name.endswith(TEXT):
        yield from _rows(sheet)
        return
    page = sheet.name.removesuffix(TEXT)
    for row in sheet.rows:
        yield line_of(show(row.cells[0]) if row.cells else "", f"{page}第{row.number}{'行' if page else '段'}")


def line_of(text: str, place: str) -> TextLine:
    """A line of a text; one that bars or tabs cut into three or more is a row of a table.

    >>> line_of("|指标|单位|2025年|", "第2段").cells, line_of("到2025年，达到3家。", "第3段").cells
    (('指标', '单位', '2025年'), ())
    """
    cells = tuple(c.strip() for c in text.strip().strip("|").split("|" if text.count("|") > 1 else "\t"))
    return TextLine(text, place, cells if len(cells) > 2 else ())


def _rows(sheet: RawSheet) -> Iterator[TextLine]:
    """The rows of a table, each merged cell in every row that it covers."""
    above: dict[int, str] = {}
    for row in sheet.rows:
        cells = tuple(_covered(row, sheet.merges, i, above) for i in range(len(row.cells)))
        above = dict(enumerate(cells))
        if any(cells):
            yield TextLine("", f"{sheet.name}第{row.number}行", cells)


def _covered(row: RawRow, merges: list[Merge], column: int, above: dict[int, str]) -> str:
    tall = any(m.left <= column <= m.right and m.first < row.number <= m.last for m in merges)
    return above.get(column, "") if tall else show(row.cells[column]).strip()
