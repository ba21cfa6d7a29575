"""How papers and lists say days, lists of names and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.dates import last_day
from graph.text import digits

SHOWN = 3  # names in a sentence; of more, how many there are
A_DECIMAL = 10_000  # from so many 万元 on, money is told in 亿元


def day_text(written: str | None) -> str:
    """A day, month or year as papers write it.

    >>> day_text("2025-12-31"), day_text("2025-06"), day_text("2025"), day_text(None)
    ('2025年12月31日', '2025年6月', '2025年', '')
    """
    parts = (written or "").split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False) if part)


def due_text(day: str | None) -> str:
    """A deadline in few words: the last day of a month is its end.

    >>> due_text("2025-12-31"), due_text("2025-06-15"), due_text(None)
    ('2025年12月底', '2025年6月15日', '未定')
    """
    if not day:
        return "未定"
    return f"{day_text(day[:7])}底" if last_day(day[:7]) == day else day_text(day)


def start_text(day: str | None) -> str:
    """A beginning in few words: the first day of a month is the month.

    >>> start_text("2025-03-01"), start_text("2025-03-05")
    ('2025年3月', '2025年3月5日')
    """
    return day_text(day.removesuffix("-01")) if day and len(day) > 7 else day_text(day)


def some(names: Iterable[str], unit: str = "项", shown: int = SHOWN) -> str:
    """Names in a sentence; of more than a few, how many there are.

    >>> some(["甲", "乙"]), some(["甲", "乙", "丙", "丁"], "家")
    ('甲、乙', '甲、乙、丙等4家')
    """
    listed = list(names)
    more = f"等{len(listed)}{unit}" if len(listed) > shown else ""
    return "、".join(listed[:shown]) + more


def value_text(value: float | bool | None, unit: str | None = "") -> str:
    """A value with its unit; much money in 亿元.

    >>> value_text(188300.0, "万元"), value_text(True), value_text(6.0, "项"), value_text(None)
    ('18.8亿元', '已完成', '6项', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "已完成" if value else "未完成"
    if unit == "万元" and abs(value) >= A_DECIMAL:
        return f"{value / A_DECIMAL:.1f}亿元"
    return f"{digits(value)}{unit or ''}"


def money_text(text: str) -> str:
    """A sentence with much money in 亿元.

    >>> money_text("年均增长不低于8%（比2024年的177100万元），不少于6000万元")
    '年均增长不低于8%（比2024年的17.7亿元），不少于6000万元'
    """
    return re.sub(r"(\d+(?:\.\d+)?)万元", lambda m: value_text(float(m[1]), "万元"), text)


def plain(text: str) -> str:
    """A step to the next status, as papers say it.

    >>> plain("再有2家在产企业 → 稳定")
    '再有2家在产企业，可升为稳定'
    """
    return text.replace(" → ", "，可升为")
