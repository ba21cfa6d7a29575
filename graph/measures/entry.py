"""One thing that measures count, with those it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.dates import as_date

WHOLE = ""  # the subject of all entries: the whole city


@dataclass(frozen=True, slots=True)
class When:
    """When a row is of: a day (a month is its last), or a year alone.

    >>> When.of("2025-05").day, When.of(2025).day, When.of(None)
    (datetime.date(2025, 5, 31), None, None)
    """

    year: int
    day: date | None = None

    @classmethod
    def of(cls, value: Any) -> When | None:
        """The date of a cell; None for a blank one."""
        text = "" if value is None else str(value)
        if not text:
            return None
        if len(text) == 4:
            return cls(int(text))
        day = as_date(text)
        return cls(day.year, day) if day else None

    def by(self, end: date) -> bool:
        """Whether it is no later than a day."""
        return self.day <= end if self.day else self.year <= end.year

    def since(self, start: date) -> bool:
        """Whether it is no earlier than a day."""
        return self.day >= start if self.day else self.year >= start.year


@dataclass(frozen=True, slots=True)
class Entry:
    """A node as measures read it: `values` by caption, with 是 and 否 for yes and no.

    `subjects` are the ids of all it belongs to: its county and the regions above that, its chains, its firm. `thing`
    tells what it is once: a lead and the project that it became are one thing. `firm` is whose report or honour it is,
    `hosts` are the firms that undertake, hold or host it. `steps` is the history of what moves on (a lead), by day: what
    each dated row says.
    """

    kind: str
    id: str
    name: str
    values: Mapping[str, Any]
    records: tuple[int, ...]
    subjects: tuple[str, ...]
    thing: str = ""
    firm: str = ""
    hosts: tuple[str, ...] = ()
    steps: tuple[tuple[When | None, Mapping[str, Any]], ...] = ()

    @property
    def counted_as(self) -> str:
        """What counts once."""
        return self.thing or self.id

    def passing(
        self, passes: Callable[[Mapping[str, Any]], bool], end: date
    ) -> tuple[When | None, Mapping[str, Any]] | None:
        """What its steps up to a day come to, if that passes, with the day since when it does."""
        known: dict[str, Any] = {}
        since: When | None = None
        passed = False
        for when, values in self.steps:
            if when is None or when.by(end):
                known |= {caption: value for caption, value in values.items() if value is not None}
                passed, before = passes(known), passed
                since = when if passed and not before else since
        return (since, known) if passed else None
