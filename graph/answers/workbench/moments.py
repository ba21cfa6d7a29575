"""The moments between which a city is compared: days, months' ends, batches, and now."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.answers.documents.workbench.changes import BatchBetweenDocument, MomentDocument
from graph.dates import last_day
from graph.ledger.batch import Batch
from graph.ledger.moment import When, day_of_stamp, end_of_day

MONTHS, BATCHES = 36, 60  # the last so many are offered
_BATCH = re.compile(r"(?:批次|#|b)?\s*(\d{1,9})")
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def parse_moment(text: str) -> When | None:
    """The moment that a person writes; None for now. Raises ValueError for what is none.

    >>> parse_moment("2025-05"), parse_moment("批次 3"), parse_moment("3"), parse_moment("现在")
    (datetime.date(2025, 5, 31), 3, 3, None)
    """
    written = text.strip()
    if written in {"", "现在", "今天"}:
        return None
    if match := _BATCH.fullmatch(written):
        return int(match[1])
    if not _DAY.fullmatch(written):
        raise ValueError(text)
    return date.fromisoformat(last_day(written))


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment with what people call it."""

    when: When | None
    day: date
    text: str
    stamp: str  # in the ledger's time format: moments come in this order

    @property
    def mark(self) -> str:
        """How an address and the command line write it; empty for now."""
        return "" if self.when is None else str(self.when) if isinstance(self.when, int) else self.when.isoformat()

    def document(self) -> MomentDocument:
        """The JSON form."""
        return {"mark": self.mark, "text": self.text, "day": self.day.isoformat()}


def moment_of(when: When | None, stamp: str, today: date) -> Moment:
    """A moment; `stamp` is when it was, as the ledger writes times.

    >>> moment_of(date(2025, 5, 31), "", date(2026, 1, 1)).text, moment_of(None, "", date(2026, 1, 1)).text
    ('2025-05-31', '现在')
    """
    if when is None:
        return Moment(None, today, "现在", "9")
    if isinstance(when, int):
        return Moment(when, day_of_stamp(stamp), f"批次 {when} 导入后", stamp)
    return Moment(when, when, when.isoformat() if when != date.min else "最早", stamp)


def month_ends(first: date, today: date) -> Iterator[date]:
    """The ends of the months from that of a day on that are past.

    >>> [d.isoformat() for d in month_ends(date(2025, 11, 20), date(2026, 1, 31))]
    ['2025-11-30', '2025-12-31']
    """
    day = first
    while (end := day.replace(day=calendar.monthrange(day.year, day.month)[1])) < today:
        yield end
        day = end + timedelta(days=1)


def stops(batches: Sequence[Batch], today: date) -> list[Moment]:
    """The moments that a page offers, in order: months' ends since the first batch, the last batches, now."""
    if not batches:
        return [moment_of(None, "", today)]
    ends = list(month_ends(day_of_stamp(batches[0].loaded_at), today))[-MONTHS:]
    days = [moment_of(end, end_of_day(end), today) for end in ends]
    loads = [moment_of(b.id, b.loaded_at, today) for b in batches[-BATCHES:]]
    return [*sorted([*days, *loads], key=lambda m: m.stamp), moment_of(None, "", today)]


def batches_between(batches: Sequence[Batch], since: Moment, until: Moment) -> list[BatchBetweenDocument]:
    """What was loaded and undone after a moment, until another one."""

    def within(stamp: str | None) -> bool:
        return stamp is not None and since.stamp < stamp <= until.stamp

    steps: list[BatchBetweenDocument] = []
    for b in batches:
        shared = {"batch": b.id, "files": list(b.files), "rows": b.rows}
        if within(b.loaded_at):
            steps.append({**shared, "what": "导入", "time": b.loaded_at, "by": b.by})  # type: ignore[typeddict-item]
        if b.undone_at is not None and within(b.undone_at):
            steps.append({**shared, "what": "撤销", "time": b.undone_at, "by": b.undone_by})  # type: ignore[typeddict-item]
    return sorted(steps, key=lambda s: s["time"])
