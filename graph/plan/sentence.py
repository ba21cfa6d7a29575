"""One sentence per light: its numbers, and what must happen next."""

from __future__ import annotations

from graph.plan.chain_targets import asked_text
from graph.plan.light import LATE, REACHED, UNCLEAR, UNREPORTED, TargetStanding
from graph.plan.progress import CLEARED, DONE, GROWTH, RISING, TIMES, YEARLY
from graph.plan.verdict import COMPUTED
from graph.text import digits

DAYS_A_MONTH = 30.4


def sentence(there: TargetStanding) -> str:
    """The light of a target in words, with what is still to do."""
    return "".join(p for p in (_value_text(there), _verdict_text(there), _next_text(there)) if p) + "。"


def asked_of(there: TargetStanding) -> str:
    """What a target asks, in words; its base with the unit that is filed or measured."""
    unit = _own_unit(there)
    return asked_text(there.target.goal, "" if unit == "%" else unit)


def _own_unit(there: TargetStanding) -> str:
    """The unit of what is filed, else of what is measured."""
    target, filed = there.target, there.verdict.filed
    return (filed.filing.unit if filed else None) or (target.measure.unit if target.measure else "")


def _goal_unit(there: TargetStanding) -> str:
    """The unit in which a target asks; what is doubled has its own."""
    unit = there.target.goal.unit
    return _own_unit(there) if unit == TIMES else unit or ""


def _value_text(there: TargetStanding) -> str:
    verdict, goal = there.verdict, there.target.goal
    unit = "%" if goal.comparison == GROWTH else _goal_unit(there) or _own_unit(there)
    asked = f"要求{asked_of(there)}" if goal.comparison else "没有写明怎样算达标"
    if isinstance(verdict.value, bool):
        return f"{asked}，{'已完成' if verdict.value else '尚未完成'}"
    if verdict.value is not None:
        origin = "按台账为" if verdict.source == COMPUTED else "填报为"
        return f"{asked}，{origin}{amount_text(verdict.value, goal.bound)}{unit}"
    if verdict.lower is not None:
        upper = amount_text(verdict.upper) if verdict.upper is not None else "更多"
        return f"{asked}，按台账为{amount_text(verdict.lower)}至{upper}{unit}"
    if verdict.filed:
        return f"{asked}，填报的数与指标的单位或比较方式不一致"
    if verdict.computed and verdict.computed.value is not None and there.target.measure:
        return f"{asked}，按台账为{amount_text(verdict.computed.value)}{there.target.measure.unit}"
    return f"{asked}，没有填报"


def _verdict_text(there: TargetStanding) -> str:
    verdict, light = there.verdict, there.light
    if light is REACHED:
        if not verdict.late:
            return "，已达标"
        return "，期限前已达到，最新的数晚于期限" if verdict.in_time else "，期限后才达到"
    if light is UNCLEAR and "基期缺失" in there.flags:
        return "，没有基期值，不能判断；请补基期值"
    if light is UNCLEAR:
        blank = verdict.computed.blank if verdict.computed else 0
        return f"，{blank}家留空，核实后才能判断" if blank else "，要核实后才能判断"
    if light is UNREPORTED:
        return "" if there.days_left is None or there.days_left >= 0 else "，期限已过"
    if light is LATE:
        if failed := [y.year for y in verdict.years if y.met is False and y.ended]:
            return f"，{'、'.join(f'{y}年' for y in failed)}没有达到"
        return f"，已过期限{-(there.days_left or 0)}天"
    return f"，{light.word}"


def _next_text(there: TargetStanding) -> str:
    goal, verdict, days = there.target.goal, there.verdict, there.days_left
    if there.light is REACHED:
        return ""
    if there.light is UNREPORTED:
        return "；请填报" if days is None or days > 0 else "；请尽快填报"
    if goal.comparison == DONE:
        return "；尚需完成"
    bound, value = goal.bound, verdict.value
    if bound is None or value is None or isinstance(value, bool) or there.light is UNCLEAR:
        return ""
    if goal.comparison in RISING and value >= bound:
        return ""  # an earlier year was missed
    gap = abs(bound - value)
    unit = "个百分点" if goal.unit == "%" else _goal_unit(there)
    if goal.comparison == CLEARED:
        return f"；还有{amount_text(gap)}{unit}待清零"
    if goal.comparison not in RISING:
        return f"；相差{amount_text(gap)}{unit}"
    each = ""
    if days and days > 0 and goal.comparison != YEARLY and goal.unit != "%":
        each = f"，每月约{digits(round(gap / max(days / DAYS_A_MONTH, 1), 1))}{unit}"
    return f"；还差{amount_text(gap)}{unit}{each}"


def amount_text(number: float, bound: float | None = None) -> str:
    """A number as people read it: to one place, to three where one place would hide it or show it as the bound.

    >>> amount_text(63.636), amount_text(0.52), amount_text(79.97, 80)
    ('63.6', '0.52', '79.97')
    """
    hidden = abs(number) < 1 or (bound is not None and round(number, 1) == bound)
    return digits(round(number, 3 if hidden else 1))
