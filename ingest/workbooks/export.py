"""The ledger out: every visible row in the template format, so that it loads again to the same content."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import LianpuError
from graph.ledger.order import order_key
from graph.model import ORIGIN, Record
from graph.schema.kinds import Kind, Relation, Schema
from ingest.readers.csv_ import FORMULA_START
from ingest.table.captions import SheetCaptions
from ingest.table.cells import plain
from ingest.table.header import EXTRA, match_columns
from ingest.workbooks.template import excel_book

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
SHEET_ROWS = 1_048_575  # below the header; what is beyond goes on in 企业_2


class NoExport(LianpuError):
    """An export that would not be whole, or would mix with other files."""

    code = "no_export"


@dataclass(slots=True)
class SheetTable:
    """One sheet on its way out: captions over rows of values by caption."""

    captions: list[str]
    rows: list[dict[str, Any]] = field(default_factory=list)


def export_tables(records: Iterable[Record], schema: Schema) -> dict[str, SheetTable]:
    """Rows by sheet, in the order in which they were written; columns nobody knows after the known ones.

    A last column says where each row was written first: rows that tie are told apart by it, and a chain
    that a row names without its county is sought in that file first.
    """
    tables: dict[str, SheetTable] = {}
    by_sheet: dict[str, list[Record]] = {}
    for record in records:
        by_sheet.setdefault(record.kind, []).append(record)
    for name, sheet in schema.sheets.items():
        if name not in by_sheet:
            continue
        rows = [_row(record) for record in sorted(by_sheet[name], key=lambda r: order_key(r)[2:])]
        extras = dict.fromkeys(caption for own, extra in rows for caption in extra)
        captions = _captions(sheet, {k for own, _ in rows for k in own}, list(extras))
        places = dict(zip(extras, captions[len(captions) - len(extras) :], strict=True))
        table = SheetTable(captions, [{**own, **{places[k]: v for k, v in extra.items()}} for own, extra in rows])
        for number, start in enumerate(range(0, len(rows), SHEET_ROWS), 1):
            part = SheetTable(captions, table.rows[start : start + SHEET_ROWS])
            tables[name if number == 1 else f"{name}_{number}"] = part
    return tables


def _row(record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    own = {k: v for k, v in record.values.items() if k != "附加列"}
    own |= {"数据日期": record.as_of, "可信度": record.grade, ORIGIN: str(record.origin)}
    return own, record.values.get("附加列", {})


def _captions(sheet: Kind | Relation, used: set[str], extras: list[str]) -> list[str]:
    """All columns of the template and those used beside them, then the extra ones.

    An extra caption that would be taken for something else is marked as extra.
    """
    columns = (*sheet.columns, *sheet.common)
    known = [c.caption for c in columns if c.caption != ORIGIN and (c.template or c.caption in used)] + [ORIGIN]
    header = match_columns([[*known, *extras]], SheetCaptions(sheet))
    read = [header.extras.get(place) for place in range(len(known), len(known) + len(extras))]
    return known + [e if e == r else EXTRA + e for e, r in zip(extras, read, strict=True)]


def write_export(path: Path, tables: Mapping[str, SheetTable]) -> list[Path]:
    """Write tables to one workbook, or as CSVs into a folder. The files written. Raises NoExport."""
    if path.suffix.lower() == ".xlsx":
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_book(path, tables)
        return [path]
    if path.suffix and not path.is_dir():
        raise NoExport(f"不能导出为 {path.suffix} 文件", "写成 文件.xlsx，或一个文件夹（每张表一个 CSV）", str(path))
    path.mkdir(parents=True, exist_ok=True)
    strange = sorted(p.name for p in path.iterdir() if p.suffix.lower() in (".csv", ".xlsx") and p.stem not in tables)
    if strange:
        message = f"文件夹里已有别的表格：{'、'.join(strange[:5])}，混在一起再导入就不是原来的内容了"
        raise NoExport(message, "导出到一个新的文件夹", str(path))
    written = []
    for name, table in tables.items():
        target = path / f"{name}.csv"
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(map(escape_formula, table.captions))
            writer.writerows([escape_formula(plain(row.get(c))) for c in table.captions] for row in table.rows)
        written.append(target)
    return written


def _write_book(path: Path, tables: Mapping[str, SheetTable]) -> None:
    book = excel_book(path)
    head = book.add_format({"bold": True, "bg_color": "#E6F0FA", "border": 1})
    for name, table in tables.items():
        page = book.add_worksheet(name)
        page.freeze_panes(1, 1)
        for place, caption in enumerate(table.captions):
            page.write_string(0, place, caption, head)
            page.set_column(place, place, min(40, max(10, 2 * len(caption) + 2)))
        for number, row in enumerate(table.rows, 1):
            for place, caption in enumerate(table.captions):
                value = row.get(caption)
                if isinstance(value, int | float) and not isinstance(value, bool) and float(f"{value:.16G}") == value:
                    page.write_number(number, place, value)
                elif value is not None:
                    page.write_string(number, place, plain(value))
    if not tables:
        book.add_worksheet("空")
    book.close()


def escape_formula(text: str) -> str:
    """A CSV cell that no spreadsheet runs; the CSV reader takes the mark off again.

    >>> escape_formula("=1+1"), escape_formula("＋1"), escape_formula("-2"), escape_formula("'x")
    ("'=1+1", "'＋1", '-2', "''x")
    """
    marked = text.startswith((*FORMULA_START, "'")) and not _NUMBER.fullmatch(text)
    return "'" + text if marked else text
