"""What there is to say about columns of money: no unit stands anywhere, or one that is no 万元."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.schema.kinds import Column
from graph.schema.types.money import is_money_unit
from ingest.finding import Finding, column_letter
from ingest.table.header import Header
from ingest.table.result import Spot
from ingest.table.unit_columns import UnitColumns
from ingest.table.units import TitleUnit


def about_units(
    header: Header, units: Mapping[int, str], title: TitleUnit | None, at: Mapping[int, str], spot: Spot
) -> Iterator[Finding]:
    """What there is to say about the units of columns of money: none is stated, or one that is no 万元."""
    told = UnitColumns(header.columns, header.extras, units).amounts
    for index, column in sorted(header.columns.items()):
        if not column.value_type.is_amount or index in told:
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
