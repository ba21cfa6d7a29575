"""Whether a target is met on a day: 是, 否 or 未知, by what was filed, else by what the ledger proves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.measures.measure import COUNT, GROWTH, HONOURS, LIST, SHARE, SUM
from graph.measures.value import Value, Values, Window
from graph.plan.progress import CLEARED, DONE, YEARLY, Filing, comparable, is_met, meets
from graph.plan.progress import GROWTH as GROWN
from graph.plan.target import Filed, Target

YES, NO, UNKNOWN = "是", "否", "未知"
FILED, COMPUTED = "filed", "computed"
PROVED = (COUNT, SUM, HONOURS)  # forms whose value is a lower bound
BOUNDED = (SHARE, LIST)  # forms whose blanks leave bounds
AS_OF_DEADLINE = ("≥", ">", "=", "<", "≤")  # compared with what happened in the deadline's year


@dataclass(frozen=True, slots=True)
class Year:
    """What counts of one calendar year of a yearly target."""

    year: int
    value: float | None
    met: bool | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target is met, and by which value.

    `value` is comparable with the goal; `source` says whether it was filed or computed. `filed` and `computed` stand side
    by side, whichever counts. `day` is that of the value that counts.
    """

    met: str
    value: float | bool | None = None
    source: str | None = None
    filed: Filed | None = None
    computed: Value | None = None
    lower: float | None = None
    upper: float | None = None
    day: date | None = None
    years: tuple[Year, ...] = ()
    late: bool = False  # met, but the value that counts is of a day after the deadline
    in_time: bool = False  # ... though it was met by what was there at the deadline

    @property
    def there(self) -> bool:
        """Whether there is a value or a bound, comparable with the goal or not."""
        return self.value is not None or self.lower is not None or self.source is not None


Done = Callable[[Target, date], bool | None]  # whether the tasks of its name are done; None where there are none


def verdict(target: Target, filings: Sequence[Filed], values: Values, today: date, done: Done) -> Verdict:
    """The verdict of one target; `filings` are all of its name and subject, in counting order."""
    known = [f for f in filings if f.filing.day <= today]
    if target.goal.comparison == YEARLY:
        return _yearly(target, known, values, today)
    filed = known[-1] if known else None
    computed = compute(target, values, today)
    if target.goal.comparison == DONE and (filed is None or not isinstance(filed.filing.value, bool)):
        by_tasks = done(target, today)
        if by_tasks is not None:
            return Verdict(YES if by_tasks else NO, by_tasks, COMPUTED, filed)
    if filed is not None:
        return _by_filing(target, known, computed)
    there = by_ledger(target, computed)
    return replace(there, late=there.met == YES and _only_late(target, values, today))


def _by_filing(target: Target, known: Sequence[Filed], computed: Value | None) -> Verdict:
    """The verdict by the last filing; one after the deadline is late, unless the last before it met the target too."""
    filed, deadline = known[-1], target.deadline
    met = is_met(target.goal, filed.filing)
    late = bool(met and deadline and filed.filing.day > deadline)
    by_then = [f for f in known if deadline and f.filing.day <= deadline]
    return Verdict(
        _word(met),
        comparable(target.goal, filed.filing),
        FILED,
        filed,
        computed,
        day=filed.filing.day,
        late=late,
        in_time=late and bool(by_then) and is_met(target.goal, by_then[-1].filing) is True,
    )


def by_ledger(target: Target, computed: Value | None) -> Verdict:
    """The verdict by what the ledger proves alone."""
    if computed is None or not computed.known or target.measure is None:
        return Verdict(UNKNOWN, computed=computed)
    value = _as_goal(target, computed, computed.value)
    if target.measure.form in BOUNDED:
        lower, upper = (_as_goal(target, computed, v) for v in (computed.lower, computed.upper))
        bounds = {meets(target.goal, lower), meets(target.goal, upper)}
        met = bounds.pop() if len(bounds) == 1 else None
        if target.goal.comparison == CLEARED and computed.blank and not computed.lower:
            met = None
    elif value is None:  # an amount of which it cannot be told how much it has grown
        return Verdict(UNKNOWN, None, COMPUTED, None, computed)
    else:
        met, lower, upper = meets(target.goal, value), value, None
    return Verdict(_word(met), value, COMPUTED, None, computed, lower, upper)


def _only_late(target: Target, values: Values, today: date) -> bool:
    """Whether the rows up to the deadline did not yet meet it."""
    if target.deadline is None or today <= target.deadline:
        return False
    then = compute(target, values, target.deadline)
    return by_ledger(target, then).met != YES


def compute(target: Target, values: Values, today: date, year: int | None = None) -> Value | None:
    """What the measure of a target says on a day; `year` for one calendar year of a yearly target."""
    if target.measure is None:
        return None
    return values.value(target.measure, target.subject.key, window(target, today, year))


def window(target: Target, today: date, year: int | None = None) -> Window:
    """The days and years that count for a target."""
    deadline, comparison = target.deadline, target.goal.comparison
    until = min(today.year, deadline.year) if deadline else today.year
    if comparison == YEARLY:
        return Window(today, min(until, year or until), only=year, alone=year is not None)
    if comparison == "累计≥":
        return Window(today, until, since=target.counted_from, base=target.goal.base_year)
    only = deadline.year if comparison in AS_OF_DEADLINE and deadline else None
    return Window(today, until, only=only, base=target.goal.base_year)


def _yearly(target: Target, known: Sequence[Filed], values: Values, today: date) -> Verdict:
    """Every calendar year from the start to today's, or to the deadline's."""
    start, deadline = target.start, target.deadline
    last = min(today.year, deadline.year) if deadline else today.year
    first = min(start.year if start else last, last)
    over = deadline is not None and today > deadline
    latest: dict[int, Filed] = {f.filing.day.year: f for f in known}
    years, of_last = [], None
    for year in range(first, last + 1):
        filed, computed = latest.get(year), compute(target, values, today, year)
        one = _one_year(target, filed, computed)
        years.append(
            Year(
                year, one.value if not isinstance(one.value, bool) else None, _flag(one.met), year < today.year or over
            )
        )
        of_last = one
    assert of_last is not None, target.name
    verdicts = [y.met for y in years]
    if all(v is True for v in verdicts):
        met: bool | None = True
    elif any(y.met is False and y.ended for y in years):
        met = False
    else:
        met = verdicts[-1]
    late = met is True and bool(deadline and of_last.day and of_last.day > deadline)
    return replace(of_last, met=_word(met), years=tuple(years), late=late)


def _one_year(target: Target, filed: Filed | None, computed: Value | None) -> Verdict:
    if filed is not None:
        met = is_met(target.goal, filed.filing)
        return Verdict(_word(met), comparable(target.goal, filed.filing), FILED, filed, computed, day=filed.filing.day)
    return by_ledger(target, computed)


def _as_goal(target: Target, computed: Value, amount: float | None) -> float | None:
    """A computed amount as the goal asks it: in its unit, an amount under 增长≥ as growth against its base."""
    measure = target.measure
    if amount is None or measure is None:
        return None
    if measure.form == GROWTH and target.goal.comparison == GROWN:
        return amount
    year = computed.year or (target.deadline.year if target.deadline else 0)
    value = comparable(target.goal, Filing(amount, date(year, 12, 31) if year else date.max, measure.unit))
    return None if isinstance(value, bool) else value


def _word(met: bool | None) -> str:
    return UNKNOWN if met is None else YES if met else NO


def _flag(met: str) -> bool | None:
    return {YES: True, NO: False}.get(met)
