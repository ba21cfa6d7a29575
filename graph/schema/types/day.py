"""Dates in ISO 8601, as exact as they were written: a month stays a month."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from graph.schema.types.base import BadCell, Cell, Parsed, Rules, ValueType, written
from graph.schema.types.year import CHINESE_DIGITS, YEAR, check_year
from graph.text import norm

_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[\sT]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:底|末|份|[上中下]旬)?")
_PART_OF_YEAR = re.compile(r"(\d{4})\s*年?\s*(?:(上|下)半年|第?([1-4])季度?|Q([1-4])|(年中))", re.IGNORECASE)
_MONTH_AS_NUMBER = re.compile(r"(\d{4})\.([2-9]|1[0-2]|0[1-9])")
_BY_THEN = re.compile(r"(?<=.)(?:之前|以前|前|止|之内|以内|内)(?:完成|解决)?$")
_AT_LEAST_BY = re.compile(r"^(?:力争|争取|计划|预计|拟|截至|截止|不晚于|到|至|在|于)+")
_NO_YEAR = re.compile(
    r"(?:今年|本年|当年|本年度)?(?:(?:1[0-2]|0?[1-9])月.*|(?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])日?|[上下]半年|第?[1-4]季度?)"
)
_WITHIN_YEAR = re.compile(r"(?:[今本当]年度?|年)(?:[底末终内中]|之内|以内)(?:之前|以前|前)?(?:完成|解决)?")
_THIS_YEAR = re.compile(r"^(?:[今本当]年度?|年(?=[底末终内中之以]))")
_UNREADABLE = ("看不出是什么日期", "写成 2025-05-16 或 2025-05")


class NoYear(BadCell):
    """A date that does not say in which year it is."""


class DayType(ValueType):
    """A day, a month or a year.

    >>> from graph.schema.kinds import Column
    >>> DayType().parse("2025年5月16日", Column("日期", "date")).value, DayType().parse("2025.5", Column("日期", "date")).value
    ('2025-05-16', '2025-05')
    >>> DayType().parse(2025, Column("期限", "date", deadline=True)).value
    '2025-12-31'
    """

    name, caption, help, strict = "date", "日期", "2025-05-16 或 2025-05", True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The date; half a year or a quarter is its last month, with a note."""
        if isinstance(cell, date):
            check_year(cell.year)
            return Parsed((cell.date() if isinstance(cell, datetime) else cell).isoformat())
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return Parsed(_due(_of_number(cell), rules))
        whole = norm(str(cell))
        if re.fullmatch(r"\d{5}(?:\.\d+)?", whole):  # a day as a workbook counts them, kept as text
            day = _of_number(float(whole))
            return Parsed(day, f"“{written(cell)}”按 {day} 计")
        text = _AT_LEAST_BY.sub("", _BY_THEN.sub("", whole))
        bounded = text != whole
        text = _chinese_months(text.translate(CHINESE_DIGITS))
        if _NO_YEAR.fullmatch(text) or _WITHIN_YEAR.fullmatch(_AT_LEAST_BY.sub("", whole)):
            hint = "写上年份，如 2025年12月底前 或 2025-12；整张表同一年，就写在标题里，或加一列“年份”"
            raise NoYear("没有写哪一年", hint)
        if bounded and (by_then := _by_then(text, whole)):
            return Parsed(by_then, f"“{written(cell)}”按 {by_then} 计")
        if part := _PART_OF_YEAR.fullmatch(text):
            half, quarter = {"上": 6, "下": 12}.get(part[2] or "", 6), part[3] or part[4]
            month = _checked(part[1], str(3 * int(quarter) if quarter else half))
            return Parsed(month, f"“{written(cell)}”按 {month} 计")
        return Parsed(_due(_of_text(text), rules))


def in_year(text: str, year: int) -> str:
    """A date that states no year, with one.

    >>> in_year("力争12月底前", 2025), in_year("年内", 2025), in_year("今年第四季度", 2025)
    ('2025年12月底前', '2025年内', '2025年第四季度')
    """
    return f"{year}年{_THIS_YEAR.sub('', _AT_LEAST_BY.sub('', norm(text)))}"


def _by_then(text: str, whole: str) -> str | None:
    """The date up to which something is due: within a year is by its end. Raises BadCell."""
    if YEAR.fullmatch(text):
        if re.search("前(?:完成|解决)?$", whole):
            raise BadCell("看不出含不含这一年", f"写成 {text[:4]}年底前 或 {text[:4]}-01")
        return f"{_of_text(text)}-12"
    return None if _PART_OF_YEAR.fullmatch(text) else _of_text(text)


def _due(text: str, rules: Rules) -> str:
    return f"{text}-12-31" if rules.deadline and len(text) == 4 else text


def _of_number(cell: int | float) -> str:
    if float(cell).is_integer() and 1900 <= cell <= 2100:
        return str(int(cell))
    if isinstance(cell, float) and 1900 <= cell < 2101 and (month := _MONTH_AS_NUMBER.fullmatch(repr(cell))):
        return _checked(month[1], month[2])
    if float(cell).is_integer() and len(str(int(cell))) in (6, 8):
        return _of_text(str(int(cell)))
    if 18_000 <= cell < 75_000:  # as a workbook counts days
        return (date(1899, 12, 30) + timedelta(days=int(cell))).isoformat()
    raise BadCell(*_UNREADABLE)


def _chinese_months(text: str) -> str:
    """二〇二五年十二月 has its digits by now: only 十 is left."""
    text = re.sub(r"(?<=\d)十(?=\d)", "", text)
    text = re.sub(r"(?<!\d)十(?=\d)", "1", text)
    text = re.sub(r"(?<=\d)十", "0", text)
    return (
        text.replace("十", "10")
        .replace("年底", "年12月")
        .replace("年末", "年12月")
        .replace("年终", "年12月")
        .replace("元月", "1月")
    )


def _of_text(text: str) -> str:
    if digits := re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", text):
        return _checked(*(g for g in digits.groups() if g))
    for pattern in (_DAY, _MONTH, YEAR):
        if parts := pattern.fullmatch(text):
            return _checked(*parts.groups())
    raise BadCell(*_UNREADABLE)


def _checked(*parts: str) -> str:
    numbers = [int(p) for p in parts]
    check_year(numbers[0])
    try:
        date(*([*numbers, 1, 1])[:3])
    except ValueError as error:
        raise BadCell("没有这个日期", "核对年月日，写成 2025-05-16") from error
    return "-".join([parts[0], *(f"{n:02d}" for n in numbers[1:])])
