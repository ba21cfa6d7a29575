"""The targets that apply to a chain, its county and its city, each with where it stands, in the words of papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.dates import as_date
from graph.model import ChainView, ViewNode
from graph.plan.progress import (
    CLEARED,
    DONE,
    DOUBLING,
    GROWTH,
    RISING,
    TIMES,
    YEARLY,
    Filing,
    Goal,
    Progress,
    progress_of,
)
from graph.text import digits

COMPARED = {
    "≥": "不少于", "累计≥": "累计不少于", YEARLY: "每年不少于", ">": "多于", "≤": "不超过", "<": "少于", "=": "",
    GROWTH: "年均增长不低于",
}  # fmt: skip
WORDS = {"已完成": True, "未完成": False}
SCOPES = ("产业链", "县市区", "全市", "企业")  # whom a target is set for, in the order of the chapter


@dataclass(frozen=True, slots=True)
class ChainTarget:
    """One target: its node, whom it is set for (one of SCOPES), what it asks and where it stands."""

    node: ViewNode
    scope: str
    goal: Goal
    progress: Progress

    @property
    def asked(self) -> str:
        """What is asked, in words."""
        filing = self.progress.filing or self.progress.late
        return asked_text(self.goal, (filing.unit if filing else None) or "")

    @property
    def reached(self) -> str:
        """The value that counts, with the day it was filed for."""
        return reached_text(self.goal, self.progress)

    @property
    def verdict(self) -> str:
        """Whether it is met, and what is still to do."""
        return verdict_text(self.goal, self.progress)

    @property
    def records(self) -> tuple[int, ...]:
        """The rows behind it: of the target, and of the values told."""
        filings = (self.progress.filing, self.progress.late, *self.progress.years)
        return tuple(dict.fromkeys((*self.node.records, *(r for f in filings if f for r in f.records))))


def targets_of(view: ChainView, today: date) -> list[ChainTarget]:
    """Every target in the view of a chain, those of the chain first, then county, city and firms; by deadline."""
    filings: dict[str, dict[str, Filing]] = defaultdict(dict)
    for edge in view.edges:
        if edge.relation == "MEASURES" and (filing := filing_of(view.nodes[edge.source])):
            filings[edge.target][edge.source] = filing
    subjects = {e.source: view.nodes[e.target] for e in view.edges if e.relation == "SET_FOR"}
    firms = {n.id for n in view.belonging("企业")}
    targets = []
    for node in view.of_kind("指标"):
        subject = subjects.get(node.id)
        if subject and subject.kind == "企业" and subject.id not in firms:
            continue
        goal, scope = goal_of(node.values), subject.kind if subject else "全市"
        targets.append(ChainTarget(node, scope, goal, progress_of(goal, filings[node.id].values(), today)))
    return sorted(targets, key=lambda t: (SCOPES.index(t.scope), t.goal.deadline or date.max, t.node.name))


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


def reached_text(goal: Goal, there: Progress) -> str:
    """The value that counts, with the day it was filed for.

    >>> there = Progress(6, Filing(6, date(2024, 12, 20), "项", "2024-12-20"))
    >>> reached_text(Goal("累计≥", 6, "项"), there), reached_text(Goal("≥", 6, "项"), Progress())
    ('6项（2024-12-20）', '未报')
    """
    if there.years:
        return "、".join(f"{f.day.year}年{_amount(f.value, f.unit or goal.unit)}" for f in there.years)
    filing = there.filing
    if filing is None:
        return "期限前未报" if there.late else "未报"
    filed = _amount(filing.value, filing.unit or goal.unit)
    if goal.comparison == GROWTH and filing.unit != "%":
        if there.value is None:
            return f"{filed}（{filing.written}），缺少基期，算不出增幅"
        return f"年均{there.value:+.1f}%（{filing.written}为{filed}）"
    if there.value is None:
        return f"{filed}（{filing.written}），与指标的单位或比较方式不一致"
    return f"{_amount(there.value, goal.unit or filing.unit)}（{filing.written}）"


def verdict_text(goal: Goal, there: Progress) -> str:
    """Whether a target is met, and what is still to do.

    >>> verdict_text(Goal("累计≥", 15, "项"), Progress(11, met=False, to_go=4.0))
    '尚差4项'
    >>> late = Filing(17, date(2026, 6, 30), "项", "2026-06-30")
    >>> verdict_text(Goal("≥", 10, "项"), Progress(late=late, reached_late=True, over=True))
    '到期后达标（2026-06-30为17项）'
    """
    if there.met:
        return "已达标"
    if late := there.late:
        verdict = "到期后达标" if there.reached_late else "到期后仍未达标"
        return f"{verdict}（{late.written}为{_amount(late.value, late.unit or goal.unit)}）"
    if there.met is None:
        return "待核实" if there.filing else "到期未报" if there.over else "未报"
    left = _to_go(goal, there)
    return f"到期未达标{'，' if left else ''}{left}" if there.over else left or "未达标"


def _to_go(goal: Goal, there: Progress) -> str:
    if goal.comparison == DONE:
        return "尚未完成"
    if there.to_go is None:
        return ""
    unit = "个百分点" if goal.unit == "%" else goal.unit or ""
    if goal.comparison == CLEARED:
        return f"尚有{digits(there.to_go)}{unit}"
    amount = digits(round(there.to_go, 1 if goal.comparison == GROWTH else 2))
    return f"{'尚差' if goal.comparison in RISING else '相差'}{amount}{unit}"


def _amount(value: float | bool, unit: str | None) -> str:
    if isinstance(value, bool):
        return "已完成" if value else "未完成"
    return f"{digits(value)}{unit or ''}"
