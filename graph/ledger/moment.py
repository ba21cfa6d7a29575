"""A moment of the ledger: the end of a day, or just after a batch was loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime

When = date | int  # a day, or the number of a batch


def end_of_day(day: date) -> str:
    """The last instant of a local day, in the ledger's time format.

    >>> end_of_day(date.min) < "0001-01-03" < "9999-12-30" < end_of_day(date.max)
    True
    """
    end = datetime(day.year, day.month, day.day, 23, 59, 59, 999000)
    try:
        end = end.astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # on the first and last day no other zone has a date for it
        end = end.replace(tzinfo=UTC)
    return end.isoformat(timespec="milliseconds")


def day_of_stamp(stamp: str) -> date:
    """The local day of a moment in the ledger's time format.

    >>> day_of_stamp("2025-05-16T12:00:00.000+00:00").year
    2025
    """
    return datetime.fromisoformat(stamp).astimezone().date()
