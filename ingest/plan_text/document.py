"""A plan's file as lines: text, Word or PDF, opened at arm's length as every file is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.plan_text.paragraph import TextLine
from ingest.plan_text.reading import read_plan
from ingest.plan_text.suggestion import PlanReading
from ingest.readers.base import TEXT, Limits, Merge, RawRow, RawSheet
from ingest.readers.parser import Parser
from ingest.table.cells import show

LONGEST_PARAGRAPH = 200_000  # characters: a text without line breaks is one


def read_document(path: Path, name: str = "", limits: Limits | None = None) -> PlanReading:
    """The plan that a file holds. Raises LianpuError where it cannot be read."""
    bounds = replace(limits or Limits(), characters=LONGEST_PARAGRAPH)
    with Parser(bounds) as parser:
        sheets = parser.sheets(path, name or path.name, prose=True)
        return read_plan([line for sheet in sheets for line in _lines(sheet)])


def _lines(sheet: RawSheet) -> Iterator[TextLine]:
    if not sheet.name.endswith(TEXT):
        yield from _rows(sheet)
        return
    page = sheet.name.removesuffix(TEXT)
    for row in sheet.rows:
        text = show(row.cells[0]) if row.cells else ""
        cells = tuple(c.strip() for c in text.strip().strip("|").split("|" if text.count("|") > 1 else "\t"))
        yield TextLine(text, f"{page}第{row.number}{'行' if page else '段'}", cells if len(cells) > 2 else ())


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
