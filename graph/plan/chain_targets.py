"""What a row of 指标 asks and a row of 完成情况 says, and what is asked in the words of papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.dates import as_date
from graph.model import ViewNode
from graph.plan.progress import (
    CLEARED,
    DONE,
    DOUBLING,
    GROWTH,
    TIMES,
    YEARLY,
    Filing,
    Goal,
)
from graph.text import digits

COMPARED = {
    "≥": "不少于", "累计≥": "累计不少于", YEARLY: "每年不少于", ">": "多于", "≤": "不超过", "<": "少于", "=": "",
    GROWTH: "年均增长不低于",
}  # fmt: skip
WORDS = {"已完成": True, "未完成": False}


def goal_of(values: Mapping[str, Any]) -> Goal:
    """What a row of 指标 asks."""
    return Goal(
        values.get("比较"),
        values.get("数值"),
        values.get("单位"),
        as_date(values.get("期限")),
        values.get("基期年"),
        values.get("基期值"),
    )


def filing_of(node: ViewNode) -> Filing | None:
    """What a row of 完成情况 says."""
    written, day = str(node.values["数值"]), as_date(node.values.get("日期"))
    if day is None:
        return None
    value = WORDS[written] if written in WORDS else float(written)
    return Filing(value, day, node.values.get("单位"), str(node.values["日期"]), node.records)


# -- words ----------------------------------------------------------------------------------------


def asked_text(goal: Goal, of_base: str = "") -> str:
    """What a target asks; `of_base` is the unit of a base that grows by percent, or doubles.

    >>> asked_text(Goal("累计≥", 6, "项")), asked_text(Goal("≥", 85, "%")), asked_text(Goal("倍增", None, "家", None, 2023, 6))
    ('累计不少于6项', '不低于85%', '比2023年的6家倍增，达到12家')
    """
    unit, bound = goal.unit or "", goal.bound
    if goal.comparison in (CLEARED, DONE):
        return str(goal.comparison)
    since = f"{goal.base_year}年的" if goal.base_year else "基期的"
    if goal.comparison == DOUBLING:
        unit = of_base if unit == TIMES else unit
        base = "" if goal.base is None else f"比{since}{digits(goal.base)}{unit}"
        return f"{base}倍增，达到{digits(bound)}{unit}" if bound is not None else "倍增"
    words = COMPARED.get(goal.comparison or "", "")
    if unit == "%":
        words = words.replace("少于", "低于").replace("多于", "超过")
    base = f"（比{since}{digits(goal.base)}{of_base}）" if goal.comparison == GROWTH and goal.base is not None else ""
    return f"{words}{digits(bound)}{unit}{base}" if bound is not None else words or "未写明"
