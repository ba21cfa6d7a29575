"""Dates as people write them: a day, a month or a year, each kept as it is."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

_YEAR = re.compile(r"^(.*?)\s*[（(]\s*((?:19|20)\d{2})\s*年?\s*[）)]\s*$")


def last_day(text: str | None) -> str:
    """The last day of a day, month or year in ISO form; empty for nothing (the oldest).

    >>> last_day("2025-05"), last_day("2024"), last_day("2024-01-02"), last_day(None)
    ('2025-05-31', '2024-12-31', '2024-01-02', '')
    """
    if not text:
        return ""
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return f"{text}-{calendar.monthrange(year, month)[1]:02d}"
    return text


def local_time(stamp: str | None) -> str:
    """A moment as a clock on this machine shows it; empty for none.

    >>> len(local_time("2025-05-16T08:30:00+00:00")), local_time(None)
    (19, '')
    """
    return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M:%S") if stamp else ""


def as_date(text: str | None) -> date | None:
    """The last day of a period as a date."""
    return date.fromisoformat(last_day(text)) if text else None


def year_in_brackets(text: str) -> tuple[str, int | None]:
    """A qualification and its year.

    >>> year_in_brackets("国高(2023)"), year_in_brackets("小巨人(第三批)")
    (('国高', 2023), ('小巨人(第三批)', None))
    """
    match = _YEAR.match(text)
    return (match[1], int(match[2])) if match and match[1] else (text, None)
