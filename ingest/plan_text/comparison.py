"""How a number is aimed at: the words around it as one of the signs of the sheet 指标."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from ingest.plan_text.clause import Carried
from ingest.plan_text.quantity import COUNT, MEASURE, MONEY, RANK, RANKED, RATE, TIMES, WORD, Quantity
from ingest.plan_text.vocabulary import any_of, bound_of, trailing_bound, words

AT_LEAST, ABOVE, AT_MOST, BELOW, EQUAL = "≥", ">", "≤", "<", "="
TOTAL, YEARLY, GROWTH, DOUBLE, ZERO, DONE = "累计≥", "每年≥", "增长≥", "倍增", "清零", "完成"
_SETS = re.compile(r"(?:设立|建立|组建|选择|编制|成立|配备|明确|确定|每[个条县家][^，。；]*)")
_THAN_BEFORE = re.compile(r"[比较](?:上一?年度?|去年|年初|同期|上年同期|基期|现状|规划期初)(?:底|末)?$")
_FROM = re.compile(r"[由从](?:目前|现在|原来|20\d{2}年|上年)?的?[^，。；由从]{1,12}$")
_TIMES_OF = re.compile(r"(?:是|为|达到|达|相当于|提高到|增长到)?[^，。；]{0,12}的$")


@dataclass(slots=True)
class Comparison:
    """A sign, a value with its unit, what the words add to the name, and what is doubtful."""

    sign: str
    value: float | None
    unit: str
    suffix: str = ""
    lead: str = ""
    splits: bool = False  # several names before it have it each
    doubts: list[str] = field(default_factory=list)


@cache
def _growth() -> re.Pattern[str]:
    vocabulary = words()
    return re.compile(
        rf"(?P<yearly>年均|年平均|每年|平均每年|同比|(?<!上)(?<!去)年)?(?P<compound>复合)?(?P<word>{any_of(vocabulary['growth'])}|{any_of(vocabulary['decline'])})(?P<kind>率|速度|幅度?)?$"
    )


def compare(before: str, quantity: Quantity, carried: Carried) -> Comparison:
    """The comparison that the words around a number make; `lead` is the text before those words.

    >>> number = Quantity(0, 0, 15, "%", "rate", "at_least")
    >>> made = compare("企业利润年均增幅达到", number, Carried())
    >>> made.sign, made.lead, made.suffix
    ('增长≥', '企业利润', '年均增幅')
    """
    lead, bounds = _stripped(before)
    lead = _FROM.sub("", lead)
    doubts = []
    if "about" in bounds or quantity.after == "about":
        doubts.append("约数（约、近、左右），按不低于计")
    if quantity.high is not None:
        doubts.append(f"写的是范围，到 {quantity.high:g}，按下限计")
    if quantity.kind == WORD:
        return _word(quantity, lead, doubts, carried)
    sign = _sign(bounds, quantity)
    if growth := _growth().search(lead):
        return _of_growth(growth, sign, quantity, lead, doubts)
    if quantity.kind == TIMES and quantity.unit == "倍" and _TIMES_OF.search(lead):
        doubts.append("没有写基期值")
        return Comparison(DOUBLE, quantity.value, "倍", "", _TIMES_OF.sub("", lead), True, doubts)
    if quantity.kind == RANK:
        return Comparison(AT_MOST, quantity.value, "位", "排名", RANKED.sub("", lead), doubts=doubts)
    sign = sign or (AT_LEAST if re.search("至少|不少于", before) else None) or _bare(before, quantity, doubts)
    sign = _over_time(sign, before, quantity, carried)
    return Comparison(sign, quantity.value, quantity.unit, lead=lead, doubts=doubts)


def _stripped(before: str) -> tuple[str, list[str]]:
    """The text before a number without the words that bound it, and what these make of it."""
    bounds = []
    while match := trailing_bound().search(before):
        rest = before[: match.start()]
        if match[0] in ("在", "到", "至", "有", "为", "是", "近", "超", "达", "破") and not rest:
            break
        bounds.append(bound_of()[match[0]])
        before = rest
    return before, bounds


def _sign(bounds: list[str], quantity: Quantity) -> str | None:
    """The sign that words say; None where the number stands bare."""
    for kind, sign in (("at_most", AT_MOST), ("below", BELOW)):
        if kind in bounds:
            return sign
    if quantity.after == "at_most":
        return AT_MOST
    if "above" in bounds:
        return ABOVE if quantity.after != "at_least" else AT_LEAST
    if "at_least" in bounds or quantity.after in ("at_least", "about") or "about" in bounds:
        return AT_LEAST
    return None


def _bare(before: str, quantity: Quantity, doubts: list[str]) -> str:
    if quantity.high is not None:
        return AT_LEAST
    if quantity.kind == COUNT and quantity.value == 1 and _SETS.search(before):
        return EQUAL
    if quantity.kind in (COUNT, MEASURE, MONEY):
        doubts.append("没有写“以上”，按不少于计")
    return AT_LEAST


def _over_time(sign: str, before: str, quantity: Quantity, carried: Carried) -> str:
    if sign not in (AT_LEAST, ABOVE) or quantity.kind in (RATE, TIMES):
        return sign
    if carried.yearly and not re.search("累计", before):
        return YEARLY
    added = re.search(r"(?:新增|净增)", before) and not re.search("累计", before)
    return TOTAL if carried.total and not added else sign


def _of_growth(growth: re.Match[str], sign: str | None, quantity: Quantity, lead: str, doubts: list[str]) -> Comparison:
    """By how much something grows or falls; its name keeps the word for that."""
    word, rest = growth["word"], _THAN_BEFORE.sub("", lead[: growth.start()])
    falls = word in words()["decline"]
    value, unit = (quantity.value * 10, "%") if quantity.unit == "成" else (quantity.value, quantity.unit)
    if quantity.kind == TIMES and unit == "倍" and not falls:
        return Comparison(DOUBLE, value + 1, "倍", "", rest, True, [*doubts, "没有写基期值"])
    if quantity.kind in (RATE, TIMES):
        grows = unit == "%" and not falls and sign not in (AT_MOST, BELOW)
        return Comparison(GROWTH if grows else sign or AT_LEAST, value, unit, growth[0], rest, True, doubts)
    over_years = growth["yearly"] in ("年均", "每年", "年平均", "平均每年") and not falls
    return Comparison(YEARLY if over_years else sign or AT_LEAST, value, unit, word, rest, False, doubts)


def _word(quantity: Quantity, lead: str, doubts: list[str], carried: Carried) -> Comparison:
    if quantity.value == 0:
        return Comparison(ZERO, 0, "", lead=lead, splits="、" in lead, doubts=doubts)
    if quantity.value == 100:
        suffix = "" if re.search(r"覆盖率?$", lead) else "覆盖率"
        return Comparison(EQUAL, 100, "%", suffix, lead, "、" in lead, [*doubts, "全覆盖按 100% 计"])
    if carried.base_year is None:
        doubts.append("没有写基期年")
    return Comparison(DOUBLE, quantity.value, "倍", lead=lead, splits=True, doubts=[*doubts, "没有写基期值"])
