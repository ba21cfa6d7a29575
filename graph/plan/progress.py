"""What a target asks and what is filed for it: the value as the goal asks it, and whether it meets it. Pure arithmetic."""

from __future__ import annotations

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
