"""How the plan's papers say days, lists, lights and amounts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.answers.documents.plan import MovedDocument, TargetDocument
from graph.dates import last_day
from graph.plan.light import LIGHTS, UNREPORTED
from graph.text import digits

SHOWN = 3  # names in a sentence; of more, how many there are
SIGNS: Mapping[str, str] = {light.word: light.sign for light in LIGHTS}
OF_CITY, OF_FIRMS = "全市", "企业"  # groups of targets that are of no county
A_DECIMAL = 10_000  # from so many 万元 on, money is told in 亿元


def day_text(written: str | None) -> str:
    """A day, month or year as papers write it.

    >>> day_text("2025-12-31"), day_text("2025-06"), day_text("2025"), day_text(None)
    ('2025年12月31日', '2025年6月', '2025年', '')
    """
    parts = (written or "").split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False) if part)


def due_text(day: str | None) -> str:
    """A deadline in few words: the last day of a month is its end.

    >>> due_text("2025-12-31"), due_text("2025-06-15"), due_text(None)
    ('2025年12月底', '2025年6月15日', '未定')
    """
    if not day:
        return "未定"
    return f"{day_text(day[:7])}底" if last_day(day[:7]) == day else day_text(day)


def start_text(day: str | None) -> str:
    """A beginning in few words: the first day of a month is the month.

    >>> start_text("2025-03-01"), start_text("2025-03-05")
    ('2025年3月', '2025年3月5日')
    """
    return day_text(day.removesuffix("-01")) if day and len(day) > 7 else day_text(day)


def some(names: Iterable[str], unit: str = "项", shown: int = SHOWN) -> str:
    """Names in a sentence; of more than a few, how many there are.

    >>> some(["甲", "乙"]), some(["甲", "乙", "丙", "丁"], "家")
    ('甲、乙', '甲、乙、丙等4家')
    """
    listed = list(names)
    more = f"等{len(listed)}{unit}" if len(listed) > shown else ""
    return "、".join(listed[:shown]) + more


def value_text(value: float | bool | None, unit: str | None = "") -> str:
    """A value with its unit; much money in 亿元.

    >>> value_text(188300.0, "万元"), value_text(True), value_text(6.0, "项"), value_text(None)
    ('18.8亿元', '已完成', '6项', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "已完成" if value else "未完成"
    if unit == "万元" and abs(value) >= A_DECIMAL:
        return f"{value / A_DECIMAL:.1f}亿元"
    return f"{digits(value)}{unit or ''}"


def money_text(text: str) -> str:
    """A sentence with much money in 亿元.

    >>> money_text("年均增长不低于8%（比2024年的177100万元），不少于6000万元")
    '年均增长不低于8%（比2024年的17.7亿元），不少于6000万元'
    """
    return re.sub(r"(\d+(?:\.\d+)?)万元", lambda m: value_text(float(m[1]), "万元"), text)


def light_text(word: str) -> str:
    """A light, its sign before the word: it can be told without colour.

    >>> light_text("逾期")
    '✕ 逾期'
    """
    return f"{SIGNS[word]} {word}"


def group_of(target: TargetDocument) -> str:
    """The county of a target, or what it is of instead."""
    return target["county"] or (OF_CITY if target["subject_kind"] == OF_CITY else OF_FIRMS)


def by_group(targets: Iterable[TargetDocument], counties: Sequence[str]) -> dict[str, list[TargetDocument]]:
    """Targets by county in the order given, then those of the city and of firms; groups without any are left out."""
    listed = list(targets)
    groups = {g: [t for t in listed if group_of(t) == g] for g in (*counties, OF_CITY, OF_FIRMS)}
    return {g: own for g, own in groups.items() if own}


class Titles:
    """What targets are called within their county: with the subject where that is one of several chains, or a firm."""

    def __init__(self, targets: Iterable[TargetDocument]) -> None:
        chains: dict[str | None, set[str]] = defaultdict(set)
        for t in targets:
            if t["subject_kind"] == "产业链":
                chains[t["county"]].add(t["subject"])
        self._several = {county for county, own in chains.items() if len(own) > 1}

    def __call__(self, target: TargetDocument) -> str:
        """The name alone: where a deadline stands beside it."""
        kind = target["subject_kind"]
        apart = kind == "企业" or (kind == "产业链" and target["county"] in self._several)
        return f"{target['indicator']}（{target['subject']}）" if apart else target["indicator"]

    def dated(self, targets: Sequence[TargetDocument]) -> list[str]:
        """The names of several; two of one name and subject are told apart by their deadlines."""
        names = Counter((t["indicator"], t["subject"]) for t in targets)
        return [
            f"{self(t)}（{due_text(t['deadline'])}）" if names[t["indicator"], t["subject"]] > 1 else self(t)
            for t in targets
        ]


def by_indicator(targets: Iterable[TargetDocument]) -> str:
    """Targets in a sentence: each indicator with the counties it is of, those of the most counties first."""
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for t in targets:
        groups[t["indicator"]][group_of(t)] = None
    ordered = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    return some([f"{name}（{some(own, '个')}）" for name, own in ordered], "项指标")


def explained(target: TargetDocument) -> tuple[str, str]:
    """The reason and the measures that the owner gave with the value in force; empty where it gave none."""
    filed = target["filed"]
    return (filed["reason"] or "", filed["measures"] or "") if filed else ("", "")


def moved_text(move: MovedDocument) -> str:
    """How a deadline moved, why, and who approved.

    >>> moved_text({"old": "2024-12-31", "new": "2025-06-30", "reason": "设备到货推迟", "approved_by": "示例市政府"})
    '由2024年12月31日调整到2025年6月30日，理由：设备到货推迟，示例市政府批准'
    """
    by = f"，{move['approved_by']}批准" if move["approved_by"] else ""
    return f"由{day_text(move['old'])}调整到{day_text(move['new'])}，理由：{move['reason']}{by}"


def current_text(target: TargetDocument) -> str:
    """The value that counts, and where it comes from.

    A share known only by its bounds is told as both.
    """
    filed, computed, value = target["filed"], target["computed"], target["v"]
    unit = "%" if target["comparator"] == "增长≥" else target["unit"]
    if unit in ("倍", None):
        unit = (filed["unit"] if filed else None) or (computed["unit"] if computed else "")
    if value is not None:
        origin = f"{day_text(filed['date'])}填报" if target["v_from"] == "filed" and filed else "按台账"
        return f"{value_text(round(value, 1) if isinstance(value, float) else value, unit)}（{origin}）"
    if computed and computed["lower"] is not None and target["light"] != UNREPORTED.word:
        return f"{bounds_text(computed['lower'], computed['upper'], computed['unit'])}（按台账）"
    return "未报"


def bounds_text(lower: float | None, upper: float | None, unit: str) -> str:
    """A value of which only bounds are known.

    >>> bounds_text(33.333, 77.8, "%"), bounds_text(2, None, "家")
    ('33.3%至77.8%', '至少2家')
    """
    if lower is None:
        return ""
    least = value_text(round(lower, 1), unit)
    return f"{least}至{value_text(round(upper, 1), unit)}" if upper is not None else f"至少{least}"
