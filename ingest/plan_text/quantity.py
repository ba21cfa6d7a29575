"""Numbers with their units in a plan's text, and the words that stand for one: 清零, 翻番, 全覆盖."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.plan_text.vocabulary import NUMBER, NUMERAL, any_of, number_of, words

MONEY, RATE, TIMES, COUNT, MEASURE, SPAN, WORD, RANK = (
    "money", "rate", "times", "count", "measure", "span", "word", "rank",
)  # fmt: skip
RANKED = re.compile(
    r"(?:进入|跻身|位居|位列|排名|保持|跃居|居(?=全)|入围|挺进|稳居|达到|升至|上升到|提升到)[^，。；]{0,8}前$"
)
_AFTER_CHINESE = 2  # a smaller Chinese numeral is rather an article: 建设一个平台


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: where, how much of what, and the word behind that bounds it."""

    start: int
    end: int
    value: float
    unit: str
    kind: str
    after: str = ""  # at_least, at_most or about: what 以上, 以内, 左右 behind it make of it
    high: float | None = None  # of a range, its other end
    chinese: bool = False
    word: str = ""


@cache
def _units() -> dict[str, str]:
    return {unit: kind for kind, listed in words()["units"].items() for unit in listed}


@cache
def _pattern() -> re.Pattern[str]:
    number = rf"(?:{NUMBER}|(?<![{NUMERAL}几数])[{NUMERAL}]+)"
    magnitude = "十万|百万|千万|万亿|百亿|千亿|万|亿|千|百"
    unit = any_of(_units())
    per = any_of(words()["per"])
    after = any_of(w for listed in words()["after"].values() for w in listed)
    return re.compile(
        rf"(?P<number>{number})(?P<magnitude>{magnitude})?(?P<more>余|多)?(?:(?P<unit1>%|{unit})?(?:[-~]|至|到)(?P<high>{NUMBER})(?P<magnitude2>{magnitude})?)?"
        rf"(?P<unit>{unit})?(?:（[套次个项支]）)?(?:/(?P<per>{per})|左右)?(?P<after>{after})?"
    )


@cache
def _pseudo() -> re.Pattern[str]:
    names = any_of(words()["names"])
    return re.compile(rf"(?P<word>{any_of(words()['pseudo'])})(?!{names})")


@cache
def _bound_after() -> dict[str, str]:
    return {w: kind for kind, listed in words()["after"].items() for w in listed}


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text in its plain form, in order; none that stands in a name or a document number.

    >>> [(q.value, q.unit, q.after) for q in quantities("累计达到3家、10家以上，产值1.2万亿元，“1515”工程，第20次会议")]
    [(3.0, '家', ''), (10.0, '家', 'at_least'), (1.2, '万亿元', '')]
    """
    quoted = _quoted(text)
    ours = [q for q in (*_numbers(text), *_words(text)) if not any(a < q.end and q.start < b for a, b in quoted)]
    return sorted(ours, key=lambda q: q.start)


def _quoted(text: str) -> list[tuple[int, int]]:
    return [
        m.span()
        for m in re.finditer(r"“[^“”]{0,40}”|‘[^‘’]{0,30}’|《[^《》]{0,80}》|〔[^〔〕]*〕\d*号?|\"[^\"]{0,30}\"", text)
    ]


def _numbers(text: str) -> Iterator[Quantity]:
    for match in _pattern().finditer(text):
        if match.start() and _in_a_word(text, match):
            continue
        quantity = _quantity(text, match)
        if quantity:
            yield quantity


def _in_a_word(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1]
    return before == "第" or (before.isascii() and (before.isalpha() or before in ".+&/_"))


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    unit, following = match["unit"] or match["unit1"] or "", text[match.end("unit") : match.end("unit") + 4]
    chinese = match["number"][0] in NUMERAL
    after = _bound_after().get(match["after"] or "", "at_least" if match["more"] else "")
    if not match["after"] and match[0].endswith("左右"):
        after = "about"
    if text[match.start() - 1 : match.start()] == "前" and unit in ("", "名", "位"):
        return _rank(text, match, unit)
    if not unit:
        return _without_unit(text, match, after, chinese)
    if not match["after"] and _is_other_word(unit, following):
        return None
    value, magnitude = number_of(match["number"]), match["magnitude"] or ""
    kind = _units()[unit]
    if chinese and not _chinese_counts(text, match, value, kind, after):
        return None
    value, unit = _scaled(value, magnitude, unit, kind)
    high = number_of(match["high"]) if match["high"] else None
    if match["per"]:
        unit = f"{unit}/{match['per']}"
    return Quantity(match.start(), match.end(), value, unit, kind, after, high, chinese)


def _is_other_word(unit: str, following: str) -> bool:
    if following.startswith(tuple(words()["glued"].get(unit, ()))):
        return True
    return _units()[unit] == COUNT and following.startswith(tuple(words()["not_units"]))


def _chinese_counts(text: str, match: re.Match[str], value: float, kind: str, after: str) -> bool:
    """Whether a Chinese numeral is a number that is aimed at: 十大工程 and 三个转变 are none."""
    if match["magnitude"] or kind in (MONEY, RATE, TIMES) or after:
        return value >= 1
    before = text[max(0, match.start() - 12) : match.start()]
    if value == 1 and re.search(
        r"(?:每个?县域?|每条产业链|每个?县（市、区）|每链|每个?(?:园区|乡镇|行业|县区))[^，。；]{0,8}$", before
    ):
        return True
    return value >= _AFTER_CHINESE and bool(re.search(r"(?:达到|超过|突破|不少于|至少|新增|不低于)$", before))


def _scaled(value: float, magnitude: str, unit: str, kind: str) -> tuple[float, str]:
    """The number and its unit as they are written; 5千万元 is 5000万元, 2千家 is 2000家."""
    tens = {"十万": (10, "万"), "百万": (100, "万"), "千万": (1000, "万"), "百亿": (100, "亿"), "千亿": (1000, "亿")}
    if magnitude in tens:
        factor, magnitude = tens[magnitude]
        value *= factor
    elif magnitude in ("百", "千"):
        value, magnitude = value * (100 if magnitude == "百" else 1000), ""
    return value, magnitude + unit


def _rank(text: str, match: re.Match[str], unit: str) -> Quantity | None:
    value = number_of(match["number"])
    if not re.search(RANKED, text[: match.start()]):
        return None
    end = match.end("unit") if unit else match.end("number")
    return Quantity(match.start(), end, value, "位", RANK)


def _without_unit(text: str, match: re.Match[str], after: str, chinese: bool) -> Quantity | None:
    """A number alone counts where a word bounds it, or where it is money: 突破100亿."""
    if chinese or match["high"]:
        return None
    value = number_of(match["number"])
    bounded = re.search(r"(?:达到|达|超过|突破|不少于|不低于|提高到|提升到|提升至|控制在)$", text[: match.start()])
    if match["magnitude"] in ("亿", "万亿", "百亿", "千亿"):
        value, unit = _scaled(value, match["magnitude"], "元", MONEY)
        ends = text[match.end() : match.end() + 1]
        return (
            Quantity(match.start(), match.end(), value, unit, MONEY, after) if bounded and ends not in "级吨" else None
        )
    ends = text[match.end() : match.end() + 1]
    if bounded and (ends in ("", *"，。；、") or after) and not match["magnitude"]:
        return Quantity(match.start(), match.end(), value, "", COUNT, after)
    return None


def _words(text: str) -> Iterator[Quantity]:
    for match in _pseudo().finditer(text):
        word = match["word"]
        value = float(words()["pseudo"][word])
        unit = {0.0: "", 100.0: "%"}.get(value, "倍")
        if word == "倍增" and text[max(0, match.start() - 1) : match.start()] in ("双", "能"):
            continue
        yield Quantity(match.start(), match.end(), value, unit, WORD, word=word)
