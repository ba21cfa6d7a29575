"""Where a target stands: the value that counts, whether it is met, and what is still to do. Pure arithmetic.

The value that counts is the latest one filed by the deadline (by today, while the deadline lies ahead). What is
filed after the deadline never improves it; it is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

GROWTH, DOUBLING, CLEARED, DONE, YEARLY = "增长≥", "倍增", "清零", "完成", "每年≥"
RISING = ("≥", ">", "累计≥", YEARLY, GROWTH, DOUBLING)  # the more, the better
NEARLY = 1e-9
TIMES = "倍"  # the unit of a doubling: of its base
MONEY = {"元": 1e-4, "万元": 1.0, "亿元": 1e4}


@dataclass(frozen=True, slots=True)
class Goal:
    """What a target asks: a comparison with a value, by a day. `base` is the value of `base_year`."""

    comparison: str | None
    value: float | None = None
    unit: str | None = None
    deadline: date | None = None
    base_year: int | None = None
    base: float | None = None

    @property
    def bound(self) -> float | None:
        """The number that a value is compared with."""
        if self.comparison == DOUBLING:
            return None if self.base is None else (self.value or 2.0) * self.base
        return 0.0 if self.comparison == CLEARED else self.value


@dataclass(frozen=True, slots=True)
class Filing:
    """A value filed for a day: a number, or whether it is done. `written` is the day, month or year as written."""

    value: float | bool
    day: date
    unit: str | None = None
    written: str = ""
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a target stands on a day.

    `value` is comparable with the goal (growth in percent a year), from `filing`; `met` None where it cannot be told.
    `late` is the filing after the deadline by which it was reached after all (`reached_late`), else the last one.
    `years`: what counts of each year.
    """

    value: float | bool | None = None
    filing: Filing | None = None
    met: bool | None = None
    late: Filing | None = None
    reached_late: bool = False
    years: tuple[Filing, ...] = ()
    over: bool = False  # the deadline has passed
    to_go: float | None = None  # how far the value is from the goal, in its unit


def progress_of(goal: Goal, filings: Iterable[Filing], today: date) -> Progress:
    """Where a target stands on a day.

    >>> def filed(value, year, month=12, day=31): return Filing(value, date(year, month, day), "项")
    >>> six = Goal("累计≥", 6, "项", date(2024, 12, 31))
    >>> there = progress_of(six, [filed(6, 2024, 12, 20), filed(11, 2026, 6, 30)], date(2026, 7, 1))
    >>> there.value, there.met
    (6, True)
    >>> grown = Goal("增长≥", 8, "%", date(2026, 12, 31), 2024, 177100)
    >>> there = progress_of(grown, [Filing(188300, date(2025, 12, 31), "万元")], date(2026, 7, 1))
    >>> round(there.value, 2), there.met
    (6.32, False)
    """
    known = sorted((f for f in filings if f.day <= today), key=lambda f: f.day)
    end = min(today, goal.deadline) if goal.deadline else today
    by_end, after = [f for f in known if f.day <= end], [f for f in known if f.day > end]
    yearly = goal.comparison == YEARLY
    years = tuple({f.day.year: f for f in by_end}.values()) if yearly else ()
    last = next((f for f in reversed(by_end) if not yearly or f.day.year == end.year), None)
    met = _every_year(goal, years, end) if years else is_met(goal, last)
    reached = None if met else next((f for f in after if is_met(goal, f)), None)
    value, bound = comparable(goal, last), goal.bound
    return Progress(
        value=value,
        filing=last,
        met=met,
        late=None if met else reached or (after[-1] if after else None),
        reached_late=reached is not None,
        years=years,
        over=bool(goal.deadline and today > goal.deadline),
        to_go=None if met or bound is None or value is None or isinstance(value, bool) else abs(bound - value),
    )


def comparable(goal: Goal, filing: Filing | None) -> float | bool | None:
    """A filed value as the goal asks it: in its unit, growth in percent a year against the base; None where it cannot be.

    >>> comparable(Goal("≥", 2, "亿元"), Filing(15000.0, date(2025, 12, 31), "万元"))
    1.5
    >>> comparable(Goal("增长≥", 8, "%"), Filing(188300.0, date(2025, 12, 31), "万元")) is None
    True
    """
    if filing is None or (isinstance(filing.value, bool) != (goal.comparison == DONE)):
        return None
    if isinstance(filing.value, bool):
        return filing.value
    if goal.comparison == GROWTH and filing.unit != "%":
        return _growth(goal, filing)
    if goal.unit in (filing.unit, None, "", TIMES) or not filing.unit:
        return filing.value
    if goal.unit in MONEY and filing.unit in MONEY:
        return filing.value * MONEY[filing.unit] / MONEY[goal.unit]
    return None if "%" in (goal.unit, filing.unit) or {goal.unit, filing.unit} & MONEY.keys() else filing.value


def _growth(goal: Goal, filing: Filing) -> float | None:
    """Percent a year since the year of the base."""
    years = filing.day.year - goal.base_year if goal.base_year else 0
    if not goal.base or goal.base < 0 or years < 1 or filing.value < 0:
        return None
    return float(((filing.value / goal.base) ** (1 / years) - 1) * 100)


def is_met(goal: Goal, filing: Filing | None) -> bool | None:
    """Whether a filing meets a goal; None where that cannot be told."""
    return meets(goal, comparable(goal, filing))


def meets(goal: Goal, value: float | bool | None) -> bool | None:
    """Whether a value that is as the goal asks it meets it.

    >>> meets(Goal("≥", 85, "%"), 85.0), meets(Goal("倍增"), 12.0), meets(Goal("清零"), 0.0)
    (True, None, True)
    """
    bound = goal.bound
    if value is None or isinstance(value, bool):
        return value
    if bound is None or goal.comparison is None:
        return None
    if goal.comparison in ("=", CLEARED):
        return abs(value - bound) <= NEARLY
    if goal.comparison in (">", "<"):
        return value > bound + NEARLY if goal.comparison == ">" else value < bound - NEARLY
    return value <= bound + NEARLY if goal.comparison == "≤" else value >= bound - NEARLY


def _every_year(goal: Goal, years: Sequence[Filing], end: date) -> bool | None:
    """Whether each year passed, from the deadline's own on; an ended year decides, else the current one."""
    by_year = {f.day.year: is_met(goal, f) for f in years}
    first = min(end.year, goal.deadline.year) if goal.deadline else min(by_year)
    verdicts = [by_year.get(year) for year in range(first, end.year + 1)]
    if all(verdicts):
        return True
    return False if False in verdicts else None
