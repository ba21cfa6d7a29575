"""How workbooks show their values: units of money and dates without a day that only a number format has."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from graph.schema.types.money import money_word
from ingest.readers.base import Cell, CellError
from ingest.readers.symbols import signs

PICTURE = "=DISPIMG()"  # the text of a cell that shows a picture, as WPS writes it
DEFAULT_NAME = re.compile(r"(sheet|工作表|表)\s*\d*", re.IGNORECASE)
# Number formats that Excel knows by number alone and that show year and month only.
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})
_FORMAT_PART = re.compile(r'"([^"]*)"|[\\!](.)|(\[[^\]]*\])|(.)')
_CURRENCIES = {"[$$": "美元", "[$US": "美元", "[$€": "欧元", "[$£": "英镑"}


class ShownUnit(NamedTuple):
    """The unit of money that a number format writes behind a number, and by how much it divides the number."""

    unit: str
    divisor: int = 1

    def text(self, number: float) -> str:
        """The number as people see it, with all its digits."""
        return f"{(Decimal(repr(number)) / self.divisor).normalize():f}{self.unit}"


def shown_unit(code: str) -> ShownUnit | None:
    """What a number format says of money.

    >>> shown_unit('0.00"亿元"'), shown_unit('0!.0,"万元"'), shown_unit("#,##0.00"), shown_unit('0"家"')
    (ShownUnit(unit='亿元', divisor=1), ShownUnit(unit='万元', divisor=10000), None, None)
    """
    words, places, scaled = "", 0, 1
    pointed = False  # after a point that is only written, not counted
    for quoted, escaped, bracket, plain in _FORMAT_PART.findall(code.partition(";")[0]):
        literal = quoted or escaped
        if literal == ".":
            pointed = True
        elif bracket:
            words += next((name for sign, name in _CURRENCIES.items() if bracket.startswith(sign)), "")
        elif literal or plain > "\u2fff":
            words += literal or plain
        elif plain == ",":
            scaled *= 1000  # those between digits are taken back below
        elif plain in "0#?":
            places, scaled = places + pointed, 1
        elif plain == ".":
            pointed = False
    unit = money_word(words) if words else None
    return ShownUnit(unit, scaled * 10**places) if unit else None


def coarseness(code: str | None, number: int = 0) -> str | None:
    """Whether a number format shows a date as month or year only.

    >>> coarseness('yyyy"年"m"月"'), coarseness("yyyy"), coarseness("yyyy/m/d"), coarseness("0.00")
    ('month', 'year', None, None)
    """
    if code is None:
        return "month" if number in _MONTH_FORMATS else None
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", code.partition(";")[0]).lower()
    if "y" not in bare or any(c in bare for c in "dhs"):
        return None
    return "month" if "m" in bare else "year"


class SymbolFont(NamedTuple):
    """A font in which letters stand for signs."""

    name: str


Shown: TypeAlias = str | ShownUnit | SymbolFont  # what a style shows: "month" or "year" of a date, a unit, signs


def as_shown(cell: Cell, shown: Shown, epoch: date) -> Cell:
    """A value as its style shows it: with its unit, as a month or year, in signs."""
    if isinstance(shown, SymbolFont):
        return signs(cell, shown.name) if isinstance(cell, str) else cell
    if isinstance(shown, ShownUnit):
        return shown.text(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell
    day = _day(cell, epoch)
    return cell if day is None else f"{day.year}-{day.month:02d}" if shown == "month" else str(day.year)


def _day(cell: Cell, epoch: date) -> date | None:
    if isinstance(cell, date):
        return cell
    is_serial = isinstance(cell, (int, float)) and 0 < cell < 110_000
    return epoch + timedelta(days=int(cell)) if is_serial and isinstance(cell, (int, float)) else None


def plain_number(number: float) -> Cell:
    """A float as people see it: whole numbers without a point; what is no number is a fault."""
    if number - number != 0:  # NaN and the infinities
        return CellError(str(number))
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
