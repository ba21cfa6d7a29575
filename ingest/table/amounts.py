"""In which unit amounts are: what there is to say about it, and columns that say it row by row: 产值 1.2, 单位 亿元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph.schema.kinds import Column
from graph.schema.types.money import is_money_unit, money_word
from graph.text import norm
from ingest.finding import Finding, column_letter
from ingest.readers.base import RawRow
from ingest.table.captions import caption_key, caption_parts
from ingest.table.cells import show
from ingest.table.header import Header
from ingest.table.result import Spot
from ingest.table.units import TitleUnit

_OF_ALL = re.compile(r"(?:金额|计量|货币|数值|数额)?单位")
_BARE = re.compile(r"[+-]?[\d,]*\.?\d+")


class UnitColumns:
    """The columns of units that a table has, and the amounts each of them is about.

    `units` are those that captions state: such amounts ask no other column.
    """

    def __init__(self, columns: Mapping[int, Column], extras: Mapping[int, str], units: Mapping[int, str]) -> None:
        amounts = {i: c for i, c in columns.items() if c.value_type.is_amount and i not in units}
        self._about: dict[int, list[int]] = {}
        for index, caption in extras.items():
            key = caption_key(caption)
            if index in columns or not key.endswith("单位"):
                continue
            own = [i for i, c in amounts.items() if caption_parts(c.caption).name == key.removesuffix("单位")]
            if about := list(amounts) if _OF_ALL.fullmatch(key) else own:
                self._about[index] = about
        self.amounts = frozenset(i for about in self._about.values() for i in about)

    def apply(self, row: RawRow) -> set[int]:
        """Write the unit of each amount beside it; gives the amounts whose unit the row does not say."""
        bare = {i for i in self.amounts if _is_bare(row, i)}
        for index, about in self._about.items():
            cell = row.cells[index] if index < len(row.cells) else None
            if not isinstance(cell, str) or not (unit := money_word(cell)):
                continue
            for amount in bare.intersection(about):
                row.cells[amount] = f"{show(row.cells[amount])}{unit}"
                bare.discard(amount)
        return bare


def _is_bare(row: RawRow, index: int) -> bool:
    """Whether a cell is a number without a unit of its own."""
    cell = row.cells[index] if index < len(row.cells) else None
    if isinstance(cell, str):
        return bool(_BARE.fullmatch(norm(cell)))
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def about_units(
    header: Header, units: Mapping[int, str], title: TitleUnit | None, at: Mapping[int, str], spot: Spot
) -> Iterator[Finding]:
    """What there is to say about the units of columns of money: none is stated, or one that is no 万元."""
    stated_beside = UnitColumns(header.columns, header.extras, units).amounts
    for index, column in sorted(header.columns.items()):
        if not column.value_type.is_amount or index in stated_beside:
            continue
        unit = units.get(index) or (title.unit if title else None)
        if unit is None:
            message = f"“{column.caption.partition('(')[0]}”没有写单位，按万元读取"
            yield spot.finding("note", at[index], message, "不是万元就在列名里写明，如 产值(亿元)", column.caption)
        elif not is_money_unit(unit):
            where = f"A{title.row}" if title and title.row and index not in units else at[index]
            message = f"金额单位“{unit}”换算不成万元，这一列没有读取"
            yield spot.finding("error", where, message, "换算成人民币，单位写 元、万元 或 亿元，再导入", column.caption)


def places(columns: Mapping[int, Column], row: int) -> dict[int, str]:
    """The addresses within the sheet of captions in one row."""
    return {index: f"{column_letter(index)}{row}" for index in columns}
