"""The light of a target on a day, its pace, and the flags beside it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.measures.measure import COUNT, HONOURS
from graph.measures.measure import GROWTH as GROWTH_FORM
from graph.plan.config import MONTHS, POINTS, PlanModel
from graph.plan.progress import DOUBLING, GROWTH, RISING, YEARLY, meets
from graph.plan.target import Target
from graph.plan.verdict import BOUNDED, COMPUTED, FILED, PROVED, UNKNOWN, YES, Verdict

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Light:
    """One light: its word, the sign that stands for it without colour, and how grave it is (0 worst)."""

    word: str
    sign: str
    gravity: int


LATE = Light("逾期", "✕", 0)
FAR_BEHIND = Light("严重滞后", "●", 1)
BEHIND = Light("滞后", "◐", 2)
UNCLEAR = Light("待核实", "▨", 3)
UNREPORTED = Light("未报", "—", 4)
NORMAL = Light("正常", "○", 5)
REACHED = Light("达标", "✓", 6)
LIGHTS = (REACHED, NORMAL, BEHIND, FAR_BEHIND, LATE, UNCLEAR, UNREPORTED)
BY_GRAVITY = tuple(sorted(LIGHTS, key=lambda light: light.gravity))
WANTS_REASON = frozenset(light.word for light in (BEHIND, FAR_BEHIND, LATE))

BY_LEDGER = "按台账"  # the flag of a light that the ledger's count alone proves: it is drawn hatched
FLAGS = {
    "台账不足": "填报的数大于台账能证明的数",
    "台账更多": "填报的数小于台账能证明的数",
    "待核实": "留空的行会改变结论",
    "临期": "还没有达标，离期限不远",
    "迟完成": "达标，所依据的数值日期晚于期限",
    "口径未定": "没有写明按哪个统计口径计算",
    "基期缺失": "需要基期值，还没有",
    "催报": "没有数值，离期限不远或已过",
    BY_LEDGER: "只由台账计数得出，可能还有没登记的",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How much of the way should be done by today, and how much is: both as a part of the whole."""

    expected: float
    actual: float


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """Where a target stands on a day."""

    target: Target
    verdict: Verdict
    light: Light
    pace: Pace | None
    days_left: int | None
    flags: tuple[str, ...]


def standing(target: Target, verdict: Verdict, today: date, model: PlanModel) -> TargetStanding:
    """The light, pace and flags of a target whose verdict is known."""
    days = (target.deadline - today).days if target.deadline else None
    pace = pace_of(target, verdict, today, model)
    light = _light(target, verdict, pace, days, model)
    return TargetStanding(target, verdict, light, pace, days, tuple(_flags(target, verdict, days, model)))


def _light(target: Target, verdict: Verdict, pace: Pace | None, days: int | None, model: PlanModel) -> Light:
    if verdict.met == YES:
        return REACHED
    if verdict.met == UNKNOWN:
        return UNCLEAR if verdict.there else UNREPORTED
    if days is None:
        return NORMAL
    if days < 0 or any(y.met is False and y.ended for y in verdict.years):
        return LATE
    if pace is None:
        return NORMAL if days > model.near_days else BEHIND
    behind = pace.expected - pace.actual
    if model.rule == POINTS:
        points = behind * 100
        return (
            NORMAL
            if points < model.behind_points - TINY
            else BEHIND
            if points <= model.far_points + TINY
            else FAR_BEHIND
        )
    if behind <= TINY:
        return NORMAL
    return BEHIND if pace.actual >= pace.expected * model.late_ratio - TINY else FAR_BEHIND


def pace_of(target: Target, verdict: Verdict, today: date, model: PlanModel) -> Pace | None:
    """How far a rising target should be and is; None for others, and where nothing can be told."""
    goal, deadline, start = target.goal, target.deadline, target.start
    value = verdict.lower if verdict.value is None else verdict.value
    if goal.comparison not in RISING or goal.bound is None or value is None or isinstance(value, bool):
        return None
    if deadline is None or start is None:
        return None
    if goal.comparison == YEARLY:
        year = min(today.year, deadline.year)
        start, deadline = date(year, 1, 1), min(deadline, date(year, 12, 31))
    span = (deadline - start).days
    expected = (today - start).days / span if span > 0 else float(today >= deadline)
    if model.rule == MONTHS:
        expected = _months_passed(today) / 12
    begun = (goal.base or 0.0) if goal.comparison == DOUBLING else 0.0
    way = (goal.bound or 0.0) - begun
    return Pace(expected, (value - begun) / way if way > 0 else 0.0)


def _months_passed(today: date) -> int:
    """The months of the year that have ended."""
    return today.month if today.day == monthrange(today.year, today.month)[1] else today.month - 1


def _flags(target: Target, verdict: Verdict, days: int | None, model: PlanModel) -> Iterator[str]:
    goal, computed, measure = target.goal, verdict.computed, target.measure
    if verdict.filed and computed and measure and measure.form in (COUNT, HONOURS) and computed.value is not None:
        filed = verdict.filed.filing.value
        if not isinstance(filed, bool) and abs(filed - computed.value) > TINY and goal.comparison != GROWTH:
            yield "台账不足" if filed > computed.value else "台账更多"
    if (
        verdict.source == COMPUTED
        and measure
        and measure.form in BOUNDED
        and computed
        and computed.blank
        and _undecided(target, verdict)
    ):
        yield "待核实"
    if verdict.met != YES and days is not None and 0 <= days <= model.near_days:
        yield "临期"
    if verdict.late:
        yield "迟完成"
    if measure is None:
        yield "口径未定"
    if _lacks_base(target, verdict):
        yield "基期缺失"
    if not verdict.there and days is not None and days <= model.remind_days:
        yield "催报"
    if verdict.source == COMPUTED and measure and measure.form in PROVED:
        yield BY_LEDGER


def _undecided(target: Target, verdict: Verdict) -> bool:
    """Whether what the blank rows say could lead to another verdict."""
    goal, lower, upper = target.goal, verdict.lower, verdict.upper
    if goal.comparison == "=" and goal.bound is not None and lower is not None and upper is not None:
        return lower < upper and lower - TINY <= goal.bound <= upper + TINY
    return meets(goal, lower) != meets(goal, upper)


def _lacks_base(target: Target, verdict: Verdict) -> bool:
    goal, measure = target.goal, target.measure
    if goal.comparison == DOUBLING:
        return goal.base is None
    if goal.comparison != GROWTH:
        return False
    if verdict.source == FILED and verdict.filed and verdict.filed.filing.unit == "%":
        return False
    if measure and measure.form == GROWTH_FORM and not verdict.filed:
        return goal.base_year is None
    return goal.base is None or goal.base_year is None
