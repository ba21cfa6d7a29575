"""Files of every form, made from rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlwt
from builders import Table, write_book, write_csv
from docx import Document
from openpyxl import Workbook, load_workbook
from pdf_builder import write_pdf

Make = Callable[[Path], Path]  # the folder in which to make it -> what was made
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def xlsx(sheets: dict[str, Table], name: str = "示例.xlsx", change: Callable[[Workbook], object] | None = None) -> Make:
    def make(folder: Path) -> Path:
        path = write_book(folder / name, sheets)
        if change:
            book = load_workbook(path)
            change(book)
            book.save(path)
        return path

    return make


def csv(rows: Table, name: str = "企业.csv", encoding: str = "utf-8") -> Make:
    return lambda folder: write_csv(folder / name, rows, encoding)


def raw(content: bytes | str, name: str = "企业.csv") -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


def xls(
    sheets: dict[str, Table],
    name: str = "示例.xls",
    change: Callable[[xlwt.Workbook], object] | None = None,
    formats: dict[type, str] | None = None,
    dates_1904: bool = False,
) -> Make:
    def make(folder: Path) -> Path:
        book = xlwt.Workbook()
        book.dates_1904 = dates_1904
        for sheet, rows in sheets.items():
            page = book.add_sheet(sheet)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    style = xlwt.Style.default_style
                    if type(value) in (formats or {}):
                        style = xlwt.easyxf(num_format_str=(formats or {})[type(value)])
                    if value is not None:
                        page.write(r, c, value, style)
        if change:
            change(book)
        folder.mkdir(parents=True, exist_ok=True)
        book.save(str(folder / name))
        return folder / name

    return make


def docx(build: Callable[[Any], object], name: str = "示例.docx") -> Make:
    def make(folder: Path) -> Path:
        document = Document()
        build(document)
        folder.mkdir(parents=True, exist_ok=True)
        document.save(str(folder / name))
        return folder / name

    return make


def word_table(document: Any, rows: Table) -> Any:
    made = document.add_table(len(rows), max(map(len, rows)))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            made.cell(r, c).text = "" if value is None else str(value)
    return made


def pdf(pages: Sequence[str], name: str = "示例.pdf") -> Make:
    return lambda folder: write_pdf(folder / name, pages)


def together(*makes: Make) -> Make:
    def make(folder: Path) -> Path:
        for some in makes:
            some(folder)
        return folder

    return make
