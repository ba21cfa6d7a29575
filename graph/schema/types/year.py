"""A calendar year."""

from __future__ import annotations

import re
from datetime import date

from graph.schema.types.base import BadCell, Cell, Parsed, Rules, written
from graph.schema.types.number import NumericType
from graph.text import norm

YEAR = re.compile(r"(\d{4})\s*年?(?:度|全年)?")
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


class YearType(NumericType):
    """A year of four digits.

    >>> from graph.schema.kinds import Column
    >>> YearType().parse("二〇二四年度", Column("年份", "year")).value
    2024
    """

    name, caption, help, db = "year", "年份", "四位年份", "INT64"

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The year of a date, or the four digits."""
        if isinstance(cell, date):
            return Parsed(check_year(cell.year))
        text = norm(written(cell)).translate(CHINESE_DIGITS)
        parts = YEAR.fullmatch(text.removesuffix(".0"))
        if not parts:
            if re.fullmatch(r"-?\d+", text):
                check_year(int(text[:9]))
            raise BadCell("这里应填四位年份", "写四位年份，如 2024")
        return Parsed(check_year(int(parts[1])))


def check_year(year: int) -> int:
    """The year, where it is a likely one. Raises BadCell."""
    if not 1900 <= year <= 2100:
        raise BadCell(f"年份 {year} 不在 1900 到 2100 之间", "写四位年份，如 2024")
    return year
