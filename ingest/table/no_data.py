"""Rows of a table that are no data: sums, notes below it, the header once more, the example of a template."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import ORIGIN
from graph.schema.kinds import Sheet
from graph.text import norm
from ingest.readers.base import Cell, CellError, RawRow
from ingest.table.header import Header

EXAMPLE = "示例（请删除）"
_EXAMPLE = norm(EXAMPLE)
_TOTAL = re.compile(r"^(合\s*计|小\s*计|总\s*计|汇\s*总)\s*:?$")
_NOTE = re.compile(
    r"^(注|说明|备注|填表人|填报人|制表人|审核人|填表说明|填报单位|填表单位|填表日期|填报日期|联系人)\s*\d*\s*(:|$)"
)


class NoData:
    """Knows which rows under a header are no data, and why."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.header = header
        at = {c.caption: i for i, c in header.columns.items()}
        required = [c.caption for c in sheet.columns if c.required]
        named = [c.caption for c in sheet.names] or required
        self._key_at = at.get(required[0]) if required else None
        self._origin_at = at.get(ORIGIN)
        self._names_at = [at[c] for c in named if c in at]

    def reason(self, row: RawRow) -> str | None:
        """Why a row is no data, if it is none. A row that says where it was registered is data, whatever it is called."""
        if _cell(row, self._origin_at):
            return None
        filled = [i for i, c in enumerate(row.cells) if c is not None]
        if any(is_lost(row.cells[i]) for i in filled):
            return None
        if all(i in self.header.serial for i in filled):
            return "只有序号的行"
        first, key = _words(row.cells[filled[0]]), _words(_cell(row, self._key_at))
        if _TOTAL.match(key) or (not key and _TOTAL.match(first)):
            return "合计行"
        if _NOTE.match(first):
            return "表下说明"
        if self.is_header_again(row):
            return "重复的表头"
        named = (_words(_cell(row, i)) for i in self._names_at)
        return "模板示例行" if any(name.startswith(_EXAMPLE) for name in named) else None

    def is_header_again(self, row: RawRow) -> bool:
        """Whether a row repeats a row of the header."""
        return any(self._repeats(row, texts) for texts in self.header.texts)

    def _repeats(self, row: RawRow, texts: Sequence[str]) -> bool:
        columns = self.header.columns
        filled = [i for i, c in enumerate(row.cells) if c is not None]
        same = [i for i in filled if i < len(texts) and i in columns and _words(row.cells[i]) == texts[i]]
        enough = max(2, len(columns) // 2 + 1)
        return len(same) >= enough or len(same) in (len(columns), len(filled) if len(filled) > 1 else -1)


def is_lost(cell: Cell) -> bool:
    """Whether what stood in a cell is not to be had: too long, broken bytes, a quotation that swallowed lines."""
    return isinstance(cell, CellError) and cell.reason in ("overlong", "garbled", "quote")


def _cell(row: RawRow, index: int | None) -> Cell:
    return row.cells[index] if index is not None and 0 <= index < len(row.cells) else None


def _words(cell: Cell) -> str:
    """The text of a cell in the form in which texts are compared; a number says no words."""
    return norm(cell) if isinstance(cell, str) else ""
