"""A share of a whole, kept as a fraction."""

from __future__ import annotations

from graph.schema.types.base import BadCell, Cell, Parsed, Rules
from graph.schema.types.number import NumericType, all_digits, finish, read_amount


class ShareType(NumericType):
    """A part of one: 60% or 0.6; 60 alone says neither.

    >>> from graph.schema.kinds import Column
    >>> ShareType().parse("60%", Column("占比", "share")).value, ShareType().parse(60, Column("占比", "share"), "%").value
    (0.6, 0.6)
    """

    name, caption, help, sums = "share", "占比（0 到 1）", "写 60% 或 0.6", True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The fraction; a % in the header stands for one in the cell."""
        amount = read_amount(cell)
        if amount.unit not in ("", "%") or amount.magnitude:
            raise BadCell("占比应写成百分数或小数", "写 60% 或 0.6")
        percent = "%" in (amount.unit, unit)
        value = amount.digits / 100 if percent else amount.digits
        if value > 1 and not percent:
            digits = all_digits(amount.digits)
            hint = f"写 {digits}% 或 {all_digits(amount.digits / 100)}"
            raise BadCell(f"占比 {digits} 看不出是百分数还是小数", hint)
        if value > 1:
            raise BadCell("占比超过 100%", "占比在 0 到 100% 之间")
        return finish(value, cell, amount.rough, rules.signed)
