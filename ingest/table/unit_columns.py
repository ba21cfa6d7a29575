"""Columns that say row by row in which unit the amounts beside them are: 产值 1.2, 单位 亿元."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.schema.kinds import Column
from graph.schema.types.money import money_word
from graph.text import norm
from ingest.readers.base import RawRow
from ingest.table.captions import caption_key, caption_parts
from ingest.table.cells import show

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
