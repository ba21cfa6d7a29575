"""The tables behind the signature of a bulletin; those without any row are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.answers.documents.plan import TargetDocument, TaskDocument
from graph.answers.plan.papers import BulletinFacts
from graph.plan.light import UNCLEAR, UNREPORTED, WANTS_REASON
from viz.paper.official import Attachment
from viz.plan.phrases import Titles, by_group, explained, group_of, moved_text
from viz.wording import day_text, due_text, money_text, value_text

LESS, MORE = "台账不足", "台账更多"
NOT_SAID, UNKNOWN = "未说明", "待明确"


def attachments(facts: BulletinFacts, name: Titles, counties: Sequence[str]) -> list[Attachment]:
    """The attachments of a bulletin: what is late, what is due, filed against ledger, tasks, moved dates."""

    def of(targets: Iterable[TargetDocument]) -> list[TargetDocument]:
        return [t for own in by_group(targets, counties).values() for t in own]

    targets = facts.progress["targets"]
    listed = (
        _behind([_behind_row(t, name) for t in of(t for t in targets if t["light"] in WANTS_REASON)]),
        _due(facts),
        _waiting([t for t in targets if t["light"] in (UNREPORTED.word, UNCLEAR.word)]),
        _compared([_compared_row(t, name) for t in of(once(t for t in targets if differs(t)))]),
        _late_tasks([_task_row(t) for t in facts.tasks["tasks"] if t["late"]]),
        _moved([_moved_row(t, name) for t in of(t for t in targets if t["moved"])]),
    )
    return [one for one in listed if one.rows]


Rows = Sequence[Sequence[object]]


def _behind(rows: Rows) -> Attachment:
    head = ("县（市、区）", "指标", "期限", "进度", "情况", "原因和措施", "责任单位")
    return Attachment("逾期、严重滞后和滞后指标情况", head, rows)


def _due(facts: BulletinFacts) -> Attachment:
    """Targets by indicator and deadline, each with whom it is of, by light."""
    groups: dict[tuple[str, str, object], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for d in facts.progress["due"]:
        groups[d["indicator"], due_text(d["deadline"]), d["days_left"]][d["light"]].append(d["subject"])
    rows = [
        [*key, "；".join(f"{light}：{'、'.join(subjects)}" for light, subjects in own.items())]
        for key, own in groups.items()
    ]
    return Attachment("90日内到期、尚未达标的指标", ("指标", "期限", "剩余天数", "进度和对象"), rows)


def _waiting(targets: Sequence[TargetDocument]) -> Attachment:
    """Targets by light, indicator and deadline, with the counties that are to file or to check them."""
    groups: dict[tuple[str, str, str], list[TargetDocument]] = defaultdict(list)
    for t in sorted(targets, key=lambda t: (t["light"], t["deadline"] or "9999", t["indicator"])):
        groups[t["light"], t["indicator"], due_text(t["deadline"])].append(t)
    rows = [
        [
            *key,
            "、".join(dict.fromkeys(group_of(t) for t in own)),
            "、".join(dict.fromkeys(o for t in own for o in t["owners"])) or UNKNOWN,
        ]
        for key, own in groups.items()
    ]
    return Attachment("未报和待核实的指标", ("进度", "指标", "期限", "县（市、区）", "责任单位"), rows)


def _compared(rows: Rows) -> Attachment:
    head = ("县（市、区）", "指标", "期限", "填报数", "台账数", "填报日期", "统计口径", "异议")
    return Attachment("填报数与台账数对照", head, rows)


def _late_tasks(rows: Rows) -> Attachment:
    head = ("任务", "对象", "牵头单位", "期限", "进展", "存在问题", "下一步")
    return Attachment("已过期限未完成的任务", head, rows)


def _moved(rows: Rows) -> Attachment:
    head = ("县（市、区）", "指标", "现期限", "次数", "历次调整")
    return Attachment("期限调整情况", head, rows)


# -- rows -----------------------------------------------------------------------------------------


def _behind_row(target: TargetDocument, name: Titles) -> list[object]:
    reason, measures = explained(target)
    why = f"原因：{reason.rstrip('。') or NOT_SAID}。措施：{measures.rstrip('。') or NOT_SAID}。"
    if not reason and not measures:
        why = NOT_SAID
    owners = "、".join(target["owners"]) or UNKNOWN
    return [
        group_of(target),
        name(target),
        due_text(target["deadline"]),
        target["light"],
        money_text(target["text"]),
        why,
        owners,
    ]


def _compared_row(target: TargetDocument, name: Titles) -> list[object]:
    filed, computed = target["filed"], target["computed"]
    day, measure = day_text(filed["date"] if filed else None), computed["measure"] if computed else ""
    due = due_text(target["deadline"])
    return [group_of(target), name(target), due, *compared(target), day, measure, dissent_of(target)]


def _task_row(task: TaskDocument) -> list[object]:
    owners, due = "、".join(task["owners"]) or UNKNOWN, due_text(task["deadline"])
    problems, next_step = (task[k] or NOT_SAID for k in ("problems", "next_step"))
    return [task["name"], task["subject"], owners, due, task["progress"], problems, next_step]


def _moved_row(target: TargetDocument, name: Titles) -> list[object]:
    moves = "；".join(moved_text(m) for m in target["moved"])
    return [group_of(target), name(target), due_text(target["deadline"]), len(target["moved"]), moves]


# -- filed and computed ---------------------------------------------------------------------------


def once(targets: Iterable[TargetDocument]) -> list[TargetDocument]:
    """Each filing once: it serves every target of its name and subject."""
    first: dict[tuple[object, ...], TargetDocument] = {}
    for target in targets:
        first.setdefault((target["indicator"], target["subject"], compared(target)), target)
    return list(first.values())


def compared(target: TargetDocument) -> tuple[str, str]:
    """The filed and the computed value of a target; empty where there is none."""
    filed, computed = target["filed"], target["computed"]
    unit = (filed["unit"] if filed else None) or target["unit"]
    return (
        value_text(filed["value"], unit) if filed else "",
        value_text(computed["value"], computed["unit"]) if computed else "",
    )


def dissent_of(target: TargetDocument) -> str:
    """What the owner says against the ledger's count."""
    filed = target["filed"]
    return (filed["dissent"] or "").rstrip("。") if filed else ""


def differs(target: TargetDocument) -> bool:
    """Whether what is filed and what is computed stand side by side and differ."""
    filed, computed = target["filed"], target["computed"]
    if filed is None or computed is None or computed["value"] is None or isinstance(filed["value"], bool):
        return False
    if (filed["unit"] or target["unit"]) != computed["unit"]:
        return LESS in target["flags"] or MORE in target["flags"]
    return abs(filed["value"] - computed["value"]) > 1e-9
