"""What a cell says, faults of the reader included; how each type reads its cells is `graph.schema.types`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from graph.schema.kinds import Column
from graph.schema.types.base import BadCell, Parsed, written
from graph.text import norm
from ingest.readers.base import Cell, CellError
from ingest.table.no_value import nothing_said

BLANK = frozenset({"", "-", "--", "—", "——", "/", "无", "暂无", "不详"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered for whole files: fixed values by column, and what words mean in one.

    A column is 县市区, or 企业.县市区 for one sheet alone.
    """

    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fixed(self, sheet: str, caption: str) -> str | None:
        """The value of a column where its cells are blank, or there is none."""
        return self.constants.get(f"{sheet}.{caption}") or self.constants.get(caption)

    def words(self, sheet: str, caption: str) -> Mapping[str, str]:
        """What somebody's words mean in a column.

        >>> Answers(values={"企业.状态": {"正常生产": "在产"}}).words("企业", "状态")
        {'正常生产': '在产'}
        """
        return {**self.values.get(caption, {}), **self.values.get(f"{sheet}.{caption}", {})}


def meaning(cell: Cell, words: Mapping[str, str]) -> Cell:
    """What somebody's word stands for, where it is one of these; else the cell itself.

    >>> meaning(" 正常生产 ", {"正常生产": "在产"}), meaning("停产", {"正常生产": "在产"})
    ('在产', '停产')
    """
    if cell is None or isinstance(cell, CellError):
        return cell
    text = norm(show(cell))
    return next((ours for theirs, ours in words.items() if norm(theirs) == text), cell)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing.

    >>> is_blank(" — "), is_blank("暂无"), is_blank(0)
    (True, True, False)
    """
    return cell is None or (isinstance(cell, str) and norm(cell) in BLANK)


def show(cell: Cell) -> str:
    """A cell as a person would recognise it."""
    if isinstance(cell, CellError):
        return cell.text or "（公式没有结果）"
    return written(cell)


def plain(value: Any) -> str:
    """A value as it is written in a cell of text; every digit of a number, never 1e-07.

    >>> plain(True), plain(1e-07), plain(None)
    ('是', '0.0000001', '')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return "" if value is None else str(value)


def parse_cell(cell: Cell, column: Column, unit: str | None = None) -> Parsed:
    """Read one cell by its column's type. `unit` is the header's or the title line's.

    Raises BadCell with a Chinese message. Example:

    >>> parse_cell("1.2亿", Column("产值(万元)", "money")).value
    12000.0
    """
    if isinstance(cell, CellError):
        raise bad_cell(cell)
    if is_blank(cell):
        return Parsed()
    if why := nothing_said(cell, column):
        return Parsed(note=why)
    return column.value_type.parse(cell, column, unit)


def bad_cell(cell: CellError) -> BadCell:
    """What is wrong with a cell that the reader could make nothing of."""
    return {
        "error": BadCell(f"单元格是错误值 {cell.text}", "改正公式或直接填写数值"),
        "uncalculated": BadCell("公式没有计算结果", "用 Excel 打开该文件并保存一次，再导入"),
        "overlong": BadCell(f"单元格有 {cell.length} 个字符，上限 {cell.limit}", "缩短内容，或拆成几列"),
        "garbled": BadCell(
            "单元格里有乱码（文字编码已损坏）", "对照原文改正这个单元格，用 Excel 另存为 .xlsx 后再导入"
        ),
        "ditto": BadCell(f"“{cell.text}”上面没有可取的值", "填写值本身"),
        "quote": BadCell("这一行的引号没有配对", "改正引号，或用 Excel 打开并另存为 .xlsx 后再导入"),
    }[cell.reason]
