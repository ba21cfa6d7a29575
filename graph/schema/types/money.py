"""Money in 万元, whatever unit the cell, the header or the title line states."""

from __future__ import annotations

from decimal import Decimal

from graph.schema.types.base import BadCell, Cell, Parsed, Rules
from graph.schema.types.number import MAGNITUDE, NumericType, finish, read_amount


class MoneyType(NumericType):
    """An amount of money.

    >>> from graph.schema.kinds import Column
    >>> MoneyType().parse("1.2亿", Column("产值(万元)", "money")).value
    12000.0
    >>> MoneyType().parse(3, Column("产值(万元)", "money"), "亿元").value
    30000.0
    """

    name, caption = "money", "金额（万元）"
    help = "金额，默认万元；单元格里可写 1.2亿、3000万元"
    is_amount, sums, scales = True, True, True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The amount in 万元: the cell's own unit counts before the header's."""
        amount = read_amount(cell)
        own = amount.unit.removesuffix("人民币").removesuffix("rmb")
        if own not in ("", "元", "块"):
            raise BadCell(f"不认识的单位“{own}”", "金额写成万元数，或带上 元/万元/亿元")
        in_cell = amount.magnitude or own
        scale = MAGNITUDE[amount.magnitude] / 10_000 if in_cell else money_unit(unit or "万元")
        return finish(amount.digits * scale, cell, amount.rough, rules.signed)


def money_unit(unit: str) -> Decimal:
    """How many 万元 one of a unit is.

    >>> money_unit("亿元")
    Decimal('10000')
    """
    return MAGNITUDE[unit.removesuffix("元")] / 10_000


def is_money_unit(unit: str) -> bool:
    """Whether this names a unit of money.

    >>> is_money_unit("万元"), is_money_unit("家")
    (True, False)
    """
    return unit == "亿" or unit == "万" or (unit.endswith("元") and unit.removesuffix("元") in MAGNITUDE)
