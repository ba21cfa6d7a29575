"""Codes that identify a firm: the 统一社会信用代码, where its check characters are right, and a stock code of six digits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from graph.schema.types.base import Cell, Parsed, Rules, ValueType, written
from graph.text import clean, norm

_LISTED = re.compile(r"[^\d]{0,8}(\d{6})[^\d]{0,8}")


class CreditCodeType(ValueType):
    """An 18-character code; one that was typed as a number has lost its last digits.

    >>> from graph.schema.kinds import Column
    >>> CreditCodeType().parse("91110000600037341L", Column("统一社会信用代码", "uscc")).warning
    >>> CreditCodeType().parse("９１１１００００６０００３７３４１ｌ", Column("统一社会信用代码", "uscc")).value
    '91110000600037341L'
    >>> CreditCodeType().parse(911100006000373, Column("统一社会信用代码", "uscc")).warning
    '代码是数字格式，可能已丢失末位，不作为识别依据'
    """

    name, caption, help = "uscc", "统一社会信用代码", "18 位代码，文本格式"
    sought, is_code = True, True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The code as it is registered, however wide it was written; with a warning where it does not identify."""
        text = clean(written(cell))
        if not isinstance(cell, str):
            # It stays a number: digits that pass the check by chance must not identify a firm.
            number = int(cell) if isinstance(cell, int | float) and abs(cell) < 1e18 else text
            return Parsed(number, warning="代码是数字格式，可能已丢失末位，不作为识别依据")
        if not valid_code(code := norm(text).upper()):
            return Parsed(text, warning="统一社会信用代码校验不通过，不作为识别依据，按名称识别")
        return Parsed(code)

    def stored(self, value: Any) -> Any:
        """The graph keeps text, whatever the cell held."""
        return str(value)


def valid_code(code: str) -> bool:
    """Whether this is an 18-character 统一社会信用代码 with right check characters (GB 32100-2015).

    >>> valid_code("91330000143052300A"), valid_code("913300001430523")
    (False, False)
    """
    from stdnum.cn import uscc

    return len(code) == 18 and bool(uscc.is_valid(code))


@lru_cache(maxsize=1 << 16)
def stock_code(written: str) -> str | None:
    """The six digits of a stock code, whatever exchange stands beside them; None for anything else.

    >>> {stock_code(c) for c in ("002050", "002050SZ", "002050.SZ", "sz002050", "SZ.002050", "深交所 002050")}
    {'002050'}
    >>> stock_code("00700.HK"), stock_code("2050"), stock_code("000000"), stock_code("002050、300001")
    (None, None, None, None)
    """
    match = _LISTED.fullmatch(norm(written))
    return match[1] if match and match[1] != "000000" else None
