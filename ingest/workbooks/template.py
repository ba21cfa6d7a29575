"""Workbooks out: templates to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.files import FORMULA_SAFE, MADE
from graph.model import ChainView
from graph.schema.kinds import Column, Kind, Relation, Schema
from ingest.table.no_data import EXAMPLE

ROWS_WITH_LISTS = 1000  # rows that get dropdowns in a template


def excel_book(path: Path) -> xlsxwriter.Workbook:
    """A workbook in which no text is ever taken for a formula or a link; the same content gives the same bytes."""
    book = xlsxwriter.Workbook(str(path), dict(FORMULA_SAFE))
    book.set_properties({"author": "链谱", "created": MADE})
    return book


def to_be_printed(page: Any) -> None:
    """Print all columns of a sheet on one page, with lines and its captions again on each: so a PDF of it can be read."""
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.hide_gridlines(0)


def write_template(path: Path, schema: Schema, view: ChainView | None = None) -> None:
    """One workbook with every sheet: dropdowns, one example row, a sheet of notes.

    With a `view` it is prefilled with that chain's segments and feeds, and the dropdowns name them.
    """
    book = excel_book(path)
    head = book.add_format({"bold": True, "bg_color": "#E6F0FA", "border": 1, "text_wrap": True, "valign": "top"})
    must = book.add_format({"bold": True, "bg_color": "#FFE7BA", "border": 1, "text_wrap": True, "valign": "top"})
    example = book.add_format({"italic": True, "font_color": "#8C8C8C"})
    _notes(book, schema, head)
    names = names_in(view)
    for sheet in schema.template_sheets():
        page = book.add_worksheet(sheet.sheet)
        page.freeze_panes(1, 1)
        to_be_printed(page)
        columns = [c for c in (*sheet.columns, *sheet.common) if c.template]
        for place, column in enumerate(columns):
            page.write_string(0, place, column.caption, must if column.required else head)
            page.set_column(place, place, max(12, 2 * len(column.caption) + 4))
            dropdown(page, place, column, names)
            if text := _example(sheet, column, columns):
                page.write_string(1, place, text, example)
            if column.note:
                page.write_comment(0, place, column.note)
        for row, values in enumerate(_prefill(sheet, view), 2):
            _write_row(page, row, columns, values)
    book.close()


def _notes(book: xlsxwriter.Workbook, schema: Schema, head: Any) -> None:
    page = book.add_worksheet("填写说明")
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 22)
    page.set_column(2, 2, 90)
    page.freeze_panes(1, 0)
    for place, text in enumerate(("表", "列", "怎么填")):
        page.write_string(0, place, text, head)
    row = 1
    for sheet in schema.template_sheets():
        page.write_string(row, 0, sheet.sheet or "")
        page.write_string(row, 2, f"{sheet.about}。名称以“{EXAMPLE}”开头的示例行导入时自动跳过。")
        row += 1
        for column in (*sheet.columns, *sheet.common):
            if column.template:
                page.write_string(row, 1, column.caption + ("（必填）" if column.required else ""))
                page.write_string(row, 2, describe(column))
                row += 1


def describe(column: Column) -> str:
    """How a column is filled in, in one line.

    >>> describe(Column("试点", "bool"))
    '是 或 否'
    """
    advice = column.value_type.advice(column)
    if column.words:
        words = " ".join(column.words) + (f"（空白按{column.default}）" if column.default else "")
        advice = f"可选：{words}" if column.value_type.closed(column) else f"{advice}，或写 {words}"
    if column.suggest:
        advice = "建议：" + " ".join(column.suggest)
    if column.several:
        advice = f"{advice}；多个用顿号（、）分开".lstrip("；")
    return "；".join(p for p in (advice, column.note) if p) or "文字"


def names_in(view: ChainView | None) -> dict[str, list[str]]:
    """The names of a chain that dropdowns offer, by kind."""
    if view is None:
        return {}
    own = {s["segment_id"] for s in view.segments}
    names = {k: [n.name for n in view.of_kind(k) if k != "环节" or n.id in own] for k in view.looks}
    return {**names, "产业链": [view.chain]}


def dropdown(page: Any, place: int, column: Column, names: Mapping[str, Sequence[str]]) -> None:
    """Let a column's cells be chosen from its words, or from the names that it may hold."""
    words = list(column.value_type.choices(column))
    if column.value_type.refers and not words:
        words = [n for k in column.to for n in names.get(k, ())]
    # Excel holds a list of at most 255 characters inside the rule; commas would split a name.
    if not words or len(",".join(words)) > 255 or any("," in w for w in words):
        return
    strict = column.value_type.closed(column)
    page.data_validation(1, place, ROWS_WITH_LISTS, place, {
        "validate": "list", "source": words, "error_type": "stop" if strict and not column.list else "information",
        "error_title": column.caption, "error_message": describe(column)[:250], "show_error": strict and not column.list,
    })  # fmt: skip


def _example(sheet: Kind | Relation, column: Column, columns: Sequence[Column]) -> str | None:
    named = [c for c in columns if c.value_type.is_name] or [c for c in columns if c.required]
    if column is named[0]:
        return EXAMPLE + (column.example or "")
    return column.example


def _prefill(sheet: Kind | Relation, view: ChainView | None) -> Iterable[Mapping[str, Any]]:
    if view is None:
        return
    own = {s["segment_id"] for s in view.segments}
    if sheet.sheet == "产业链":
        yield {"名称": view.chain, "县市区": view.county}
    elif sheet.sheet == "环节":
        for s in view.segments:
            node = view.nodes[s["segment_id"]]
            yield {**node.values, "产业链": view.chain, "名称": node.name, "县市区": view.county}
    elif sheet.sheet == "环节供给":
        for e in view.edges:
            if e.relation == "FEEDS" and {e.source, e.target} <= own:
                ends = {"上游环节": view.nodes[e.source].name, "下游环节": view.nodes[e.target].name}
                yield {**e.values, **ends, "产业链": view.chain, "县市区": view.county}


def _write_row(page: Any, row: int, columns: Sequence[Column], values: Mapping[str, Any]) -> None:
    for place, column in enumerate(columns):
        value = values.get(column.caption)
        if isinstance(value, bool):
            page.write_string(row, place, "是" if value else "否")
        elif isinstance(value, (int, float)):
            page.write_number(row, place, value)
        elif value is not None:
            page.write_string(row, place, str(value))
