"""Types of values, one object each: read, stored, shown, compared, explained.

A column of a kind names its type (`type: money`); everything else about that type stands here.
"""

from __future__ import annotations

from graph.schema.types.base import ValueType
from graph.schema.types.code import CreditCodeType
from graph.schema.types.day import DayType
from graph.schema.types.flag import FlagType
from graph.schema.types.money import MoneyType
from graph.schema.types.number import CountType, QuantityType
from graph.schema.types.share import ShareType
from graph.schema.types.text import HonoursType, NamesType, NameType, ReferenceType, TextType
from graph.schema.types.word import WordType
from graph.schema.types.year import YearType

__all__ = ["ValueType", "is_type", "value_type"]

_ALL: tuple[ValueType, ...] = (
    NameType(), TextType(), NamesType(), CreditCodeType(), WordType(), ReferenceType(), HonoursType(), DayType(), QuantityType(), MoneyType(), ShareType(), CountType(),
    YearType(), FlagType(),
)  # fmt: skip
_BY_NAME = {t.name: t for t in _ALL}


def value_type(name: str) -> ValueType:
    """The type with this name. Raises KeyError.

    >>> value_type("money").caption
    '金额（万元）'
    """
    return _BY_NAME[name]


def is_type(name: str) -> bool:
    """Whether there is a type of this name.

    >>> is_type("share"), is_type("noun")
    (True, False)
    """
    return name in _BY_NAME
