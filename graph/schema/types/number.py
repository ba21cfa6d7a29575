"""Numbers as people write them, and the types of plain numbers: measures and counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from graph.schema.types.base import BadCell, Cell, Parsed, Rules, ValueType, written
from graph.text import norm

MAGNITUDE = {
    "": Decimal(1), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000),
    "十万": Decimal(10**5), "百万": Decimal(10**6), "千万": Decimal(10**7), "亿": Decimal(10**8),
    "十亿": Decimal(10**9), "百亿": Decimal(10**10), "千亿": Decimal(10**11), "万亿": Decimal(10**12),
}  # fmt: skip
COUNTERS = frozenset({"", "家", "户", "个", "人", "名", "项", "条", "台", "套", "件", "次", "场"})
NEARLY = 0.01  # numbers nearer than this are one number, rounded twice
_NUMBER = re.compile(
    r"(?P<about>约|大约|近|超|逾)?(?P<currency>[¥￥]|人民币)?(?P<digits>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)"
    r"(?P<more>多|余|来)?(?P<magnitude>[十百千万]?[亿万]|[十百千])?(?P<more2>多|余|来)?(?P<unit>[^\d\s多余]*?)(?P<more3>多|余|左右)?"
)
_RANGE = re.compile(r"\d\s*(?:-|~|至|到|—|–)\s*\d|[≥≤<>]|以上|以下|不少于|不低于")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number taken apart: 约1.2亿元 is 1.2, 亿, 元, rough."""

    digits: Decimal
    magnitude: str = ""
    unit: str = ""
    rough: bool = False

    @property
    def number(self) -> Decimal:
        """The digits times their magnitude."""
        return self.digits * MAGNITUDE[self.magnitude]


def read_amount(cell: Cell) -> Amount:
    """Take the number of a cell apart. Raises BadCell.

    >>> read_amount("约1,200多家")
    Amount(digits=Decimal('1200'), magnitude='', unit='家', rough=True)
    """
    if isinstance(cell, (bool, date)):
        raise BadCell("这里应填数字", "改成数字，如 1200")
    if isinstance(cell, (int, float)):
        return Amount(Decimal(repr(cell)))
    text = norm(str(cell)).replace(" ", "")
    parts = _NUMBER.fullmatch(text)
    if not parts:
        if _RANGE.search(text):
            raise BadCell("这里要一个数，不能是范围或“以上”", "写成一个具体的数，如 5000")
        raise BadCell("这里应填数字", "改成数字，如 1200 或 1.2亿")
    rough = any(parts[g] for g in ("about", "more", "more2", "more3"))
    return Amount(Decimal(parts["digits"].replace(",", "")), parts["magnitude"] or "", parts["unit"], rough)


def finish(value: Decimal, cell: Cell, rough: bool, signed: bool) -> Parsed:
    """A number within bounds, with a note where the cell says it only roughly. Raises BadCell."""
    if value < 0 and not signed:
        raise BadCell("不能是负数", "核对数值；没有就留空")
    if abs(value) > Decimal(10) ** 15:
        raise BadCell("数值大得不合理", "核对数值和单位")
    return Parsed(float(value), f"“{written(cell)}”按 {all_digits(value)} 计" if rough else None)


def all_digits(value: Decimal) -> str:
    """Every digit of a number, without an exponent.

    >>> all_digits(Decimal("1.20E+3"))
    '1200'
    """
    return f"{value.normalize():f}"


class NumericType(ValueType):
    """What all numbers share: two that differ by rounding are the same.

    >>> QuantityType().same(100.4, 100), QuantityType().same(100, 102)
    (True, False)
    """

    db, strict = "DOUBLE", True

    def same(self, one: Any, other: Any) -> bool:
        """Whether two numbers are one, perhaps rounded twice."""
        if isinstance(one, int | float) and isinstance(other, int | float):
            return abs(one - other) <= NEARLY * max(abs(one), abs(other))
        return super().same(one, other)


class QuantityType(NumericType):
    """A number of anything; its unit goes to the cell beside it, and a word may stand for it.

    >>> from graph.schema.kinds import Column
    >>> QuantityType().parse("6项", Column("数值", "number", with_="单位"))
    Parsed(value=6.0, note=None, warning=None, extra={'单位': '项'})
    """

    name, caption, help = "number", "数值", "数字"
    sums, scales = True, True

    def closed(self, rules: Rules) -> bool:
        """A number may stand beside the words."""
        return False

    def stored_as(self, rules: Rules) -> str:
        """A number that may be a word is kept as text."""
        return "STRING" if rules.words else self.db

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The number, or the word that stands for it."""
        if isinstance(cell, str) and norm(cell) in rules.words:
            return Parsed(norm(cell))
        amount = read_amount(cell)
        of_money = amount.unit.endswith("元")  # 亿元 is the unit then: the number stays as written
        value = amount.digits if of_money else amount.number
        done = finish(value, cell, amount.rough, signed=True)
        number = all_digits(value) if rules.words else done.value
        counted = f"{amount.magnitude}{amount.unit}" if of_money else amount.unit
        return Parsed(number, done.note, extra={rules.with_: counted} if counted and rules.with_ else None)


class CountType(NumericType):
    """A whole number of firms, people or things.

    >>> from graph.schema.kinds import Column
    >>> CountType().parse("12家", Column("在产企业数", "int")).value
    12
    """

    name, caption, help, db = "int", "整数", "整数", "INT64"
    sums, scales = True, True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The whole number; a word that counts may follow it."""
        amount = read_amount(cell)
        if amount.unit not in COUNTERS:
            raise BadCell(f"不认识的单位“{amount.unit}”", "只填数字")
        if amount.number != amount.number.to_integral_value():
            raise BadCell("这里应填整数", "改成整数")
        return Parsed(int(amount.number), finish(amount.number, cell, amount.rough, rules.signed).note)
