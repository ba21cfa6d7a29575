"""Periods for which something is filed: months, quarters, half years and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph.dates import last_day

MONTHS = {"月": 1, "季": 3, "半年": 6, "年": 12}  # how many months each 频次 spans
_NUMBER = {"一": 1, "二": 2, "三": 3, "四": 4}
_WRITTEN = re.compile(
    r"((?:19|20)\d{2})年?(?:"
    r"(?P<half>[上下])半年"
    r"|第?(?P<quarter>[一二三四1-4])季度?|-?[Qq](?P<q>[1-4])"
    r"|[-./]?(?P<month>0?[1-9]|1[0-2])月?)?(?:份|度)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period: its year, which of that year (from 1), and its 频次.

    >>> Period(2025, 2, "季").text, Period(2025, 2, "季").last.isoformat(), Period(2025, 1, "年").text
    ('2025年第二季度', '2025-06-30', '2025年')
    """

    year: int
    number: int
    frequency: str

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS[self.frequency] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date.fromisoformat(last_day(f"{self.year}-{self.number * MONTHS[self.frequency]:02d}"))

    @property
    def text(self) -> str:
        """How people write it."""
        if self.frequency == "月":
            return f"{self.year}-{self.number:02d}"
        if self.frequency == "年":
            return f"{self.year}年"
        return f"{self.year}年" + (
            "第" + "一二三四"[self.number - 1] + "季度" if self.frequency == "季" else "上下"[self.number - 1] + "半年"
        )


def period_of(day: date, frequency: str) -> Period:
    """The period in which a day lies.

    >>> period_of(date(2026, 7, 1), "半年").text
    '2026年下半年'
    """
    return Period(day.year, (day.month - 1) // MONTHS[frequency] + 1, frequency)


def period_called(written: str) -> Period | None:
    """The period that people wrote; None where it is none.

    >>> [period_called(t).text for t in ("2025-06", "2025年6月", "2025年二季度", "2025Q2", "2025年下半年", "2025", "2025年度")]
    ['2025-06', '2025-06', '2025年第二季度', '2025年第二季度', '2025年下半年', '2025年', '2025年']
    >>> period_called("近期") is None
    True
    """
    match = _WRITTEN.fullmatch("".join(written.split()))
    if not match:
        return None
    year = int(match[1])
    if half := match["half"]:
        return Period(year, "上下".index(half) + 1, "半年")
    if quarter := match["quarter"] or match["q"]:
        return Period(year, _NUMBER.get(quarter) or int(quarter), "季")
    return Period(year, int(match["month"]), "月") if match["month"] else Period(year, 1, "年")


def ended_periods(start: date, deadline: date | None, today: date, frequency: str) -> Iterator[Period]:
    """The periods from the one in which `start` lies that have ended by today, to the one in which the deadline lies.

    >>> [p.text for p in ended_periods(date(2025, 1, 1), date(2025, 8, 1), date(2026, 1, 1), "季")]
    ['2025年第一季度', '2025年第二季度', '2025年第三季度']
    """
    period = period_of(start, frequency)
    while period.last < today and (deadline is None or period.first <= deadline):
        yield period
        period = period_of(period.last + timedelta(1), frequency)
