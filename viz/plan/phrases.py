"""How the plan's papers say lights, groups and what stands in targets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.answers.documents.plan import MovedDocument, TargetDocument
from graph.plan.light import LIGHTS, UNREPORTED
from viz.wording import day_text, due_text, some, value_text

SIGNS: Mapping[str, str] = {light.word: light.sign for light in LIGHTS}
OF_CITY, OF_FIRMS = "全市", "企业"  # groups of targets that are of no county


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
