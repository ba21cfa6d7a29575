"""八、目标与时限: every target of chain, county and city that applies, its value as of its deadline, what is still to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from graph.answers.documents.plan import TargetDocument
from graph.plan.light import LIGHTS
from viz.report.context import Context
from viz.wording import day_text, money_text, some, value_text

SCOPES = ("产业链", "县市区", "全市", "企业")  # whom a target is set for, in the order of the chapter
MET, LATE, SOON = "达标", "逾期", 90


def targets(report: Context) -> None:
    """Write the chapter."""
    own = ordered(report.facts.targets)
    if not own:
        report.chapter(8, "目标与时限")
        report.mention("目标和完成情况", "指标、对象、目标值、期限、责任单位和完成值")
        return
    report.paper.turn(landscape=True)
    report.chapter(8, "目标与时限")
    report.say(
        lights_text(own),
        late_text(own),
        f"完成值，期限已过的为截至期限所报的值，期限未到或期限前未报的为截至{day_text(report.facts.day.isoformat())}的值。",
    )
    headers = ("指标", "对象", "要求", "期限", "完成值", "结论", "尚需", "责任单位", "依据")
    report.paper.table("目标与完成情况", headers, [_line(report, t) for t in own], size=9)
    report.paper.turn(landscape=False)


def ordered(targets: Iterable[TargetDocument]) -> list[TargetDocument]:
    """Targets of the chain first, then of county, city and firms; by deadline."""

    def place(t: TargetDocument) -> tuple[int, str, str]:
        kind = t["subject_kind"]
        return SCOPES.index(kind) if kind in SCOPES else len(SCOPES), t["deadline"] or "9999", t["indicator"]

    return sorted(targets, key=place)


def lights_text(targets: Sequence[TargetDocument]) -> str:
    """How many there are of each light, and what is due next."""
    lights = Counter(t["light"] for t in targets)
    counts = "、".join(f"{light.word}{lights[light.word]}项" for light in LIGHTS if lights[light.word])
    text = f"适用的目标{len(targets)}项：{counts}。"
    if soon := due_soon(targets):
        first = soon[0]
        text += (
            f"{SOON}天内到期而尚未达标的{len(soon)}项，最近的是{first['indicator']}（{day_text(first['deadline'])}）。"
        )
    return text


def late_text(targets: Sequence[TargetDocument]) -> str:
    """What is late, by name; empty where nothing is."""
    late = dict.fromkeys(t["indicator"] for t in targets if t["light"] == LATE)
    return f"逾期的有{some(late, '类')}。" if late else ""


def due_soon(targets: Iterable[TargetDocument]) -> list[TargetDocument]:
    """What is not met and due within ninety days, the next first."""
    soon = [t for t in targets if t["light"] != MET and t["days_left"] is not None and 0 <= t["days_left"] <= SOON]
    return sorted(soon, key=lambda t: (t["days_left"] or 0, t["indicator"]))


def _line(report: Context, t: TargetDocument) -> tuple[object, ...]:
    filed = [s for f in (t["at_deadline"], t["filed"]) if f for s in f["evidence"]]
    computed = t["computed"]["rows"] if t["computed"] and t["v_from"] == "computed" else []
    return (
        t["indicator"],
        t["subject"],
        money_text(t["asked"]),
        t["deadline"] or "未定",
        reached_text(t),
        verdict_text(t),
        to_do(t),
        some(t["owners"], "个单位"),
        report.cite.of([*t["evidence"], *filed, *computed]),
    )


def reached_text(t: TargetDocument) -> str:
    """The value that counts, with the day it was filed for; as of the deadline where that has passed."""
    if at := t["at_deadline"]:
        return f"{value_text(at['value'], at['unit'] or t['unit'])}（{at['date']}）"
    parts = t["text"].split("，")
    value = next((p for p in parts if p.startswith(("填报为", "按台账为"))), None)
    if value is None:
        return "已完成" if t["v"] is True else "尚未完成" if t["v"] is False else "未报"
    filed = t["filed"] if t["v_from"] == "filed" else None
    origin = filed["date"] if filed else "按台账"
    return f"{money_text(value.removeprefix('填报为').removeprefix('按台账为')).partition('；')[0].rstrip('。')}（{origin}）"


def verdict_text(t: TargetDocument) -> str:
    """The light in words; what was met late says so."""
    return "期限后达标" if "期限后才达到" in t["text"] else t["light"]


def to_do(t: TargetDocument) -> str:
    """What is still to do; empty where it is met.

    What the screens ask of the reader stands here as a thing to do.
    """
    rest = t["text"].rstrip("。").partition("；")[2]
    return money_text(rest.removeprefix("请"))
