"""The years of a plan, and the dates that its sentences name: by when, or since when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.plan_text.vocabulary import number_of

FIVE_YEARS = {"十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_PLAN = "办法|细则|行动|计划|方案|规划|要点|意见|任务书|责任书|纲要|措施|安排|目标任务|目标"
_TITLE = re.compile(
    rf"(?!(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])).*(?:{_PLAN})》?(?:的通知)?(?:[（(][^（）()]*[）)])*》?(?:的通知)?"
)
_NAMED = re.compile(rf"《([^《》]*(?:{_PLAN})[^《》]*)》")
_RANGE = re.compile(r"((?:19|20)\d{2})年?[-~至到]((?:20)?\d{2})年?")
_YEAR = re.compile(r"(20\d{2})年?(?!\d)")
_YEARS_LONG = re.compile(
    r"(?<!\d)([一二三四五六七八九十\d])年(?:行动|攻坚|倍增|提升|滚动|实施|发展)?(?:计划|方案|行动|规划)"
)
LONGEST_AIM = 3  # years: what a text without years in its title tells of years before this is past
_BY_YEAR = re.compile(r"到(20\d{2})年")
_THREE_YEARS = re.compile(r"[一二三四五\d]年(?:左右)?(?:的?时间|的?努力|内)?，?(?:力争)?到(20\d{2})年")
_DATE = re.compile(
    r"(?P<first>20\d{2})年?[-~至到](?P<last>20\d{2})年(?:底|末|间|期间)?"
    r"|(?P<year>20\d{2})年(?:(?P<month>1[0-2]|0?[1-9])月(?:份)?(?:(?P<day>[12]\d|3[01]|0?[1-9])日)?|(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)?"
    r"(?:年)?(?:底|末|初|中|内|度)?(?:之?前)?"
    r"|(?P<bare>20\d{2})(?=[、和及与](?:20\d{2}[、和及与])*20\d{2}年)"
    r"|[“\"「]?(?P<five>十[三四五六]五)[”\"」]?(?:规划)?(?:末期|末|期间|时期|期末|收官之年|期)(?:末|内)?"
    r"|(?<![\d一二三四五六七八九十第])(?P<only>1[0-2]|[1-9])月(?:份)?(?:(?P<onlyday>[12]\d|3[01]|[1-9])日)?(?:底|末|上旬|中旬|下旬)?(?:之?前|底前|底|末)"
    r"|(?P<part>上半年|第?[一二三四1-4]季度)(?:末|底|内)?(?:之?前)?"
    r"|(?P<this>今年|本年度|本年|年内|年底|年末|当年|全年)(?:底|末|内)?(?:之?前)?"
    r"|(?:今后|未来|接下来)?(?P<span>[一二两三四五六\d])年(?:内|之内|以内|左右的?时间|时间|的?努力|(?=累计))"
    r"|(?:今后|未来)(?P<coming>[一二两三四五六\d])年"
)
_BASE_BEFORE = re.compile(r"(?:比|较|同|与|自|从|相比于?|相对于?|对比|是|为|以|达到|超过|在)$")
_BASE_AFTER = re.compile(
    r"相比|基础上|以来|为基数|为基期|的?(?:[\d.]+|[两三四五六])倍|同期|[起开]始?(?!工|展|放|建|发|设|始|步)|的?基础|度?水平|基数"
)
_WEAK_BASE = {"与", "是", "为", "达到", "超过", "在", "同", "以"}  # these need a word behind the date as well
_LEAD = re.compile(r"(?:力争|确保|争取|计划|预计)?(?:到了?|至|截至|截止到?|在|于)?$")


@dataclass(frozen=True, slots=True)
class Horizon:
    """The title of a plan and the years it runs."""

    title: str = ""
    start: int | None = None
    end: int | None = None

    sure: bool = False  # the end is written, not reckoned
    past: int | None = None  # years before this one are past

    def within(self, texts: list[str]) -> Horizon:
        """The same with the end that the text states for its three years, where the title states none."""
        aims = [int(year) for text in texts for year in _BY_YEAR.findall(text)]
        past = self.start or (min(aims) - LONGEST_AIM if aims else None)
        spans = {int(m[1]) for text in texts for m in _THREE_YEARS.finditer(text)}
        ends = self.end is None and len(spans) == 1
        return replace(self, past=past, end=spans.pop(), sure=True) if ends else replace(self, past=past)

    @property
    def single(self) -> int | None:
        """The year of a plan for one year."""
        return self.start if self.start == self.end else None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: a deadline, or a base that something is compared with."""

    start: int
    end: int
    iso: str
    kind: Literal["deadline", "base"]
    year: int


def horizon_of(first_lines: list[str], year_hint: int | None = None) -> Horizon:
    """The title of a plan and its years, from the lines it begins with.

    >>> plan = horizon_of(["示例市建设制造强市三年行动计划（2023-2025年）"])
    >>> plan.title, plan.start, plan.end, plan.sure
    ('示例市建设制造强市三年行动计划（2023-2025年）', 2023, 2025, True)
    >>> horizon_of(["示例县2024年科技工作要点"]).single
    2024
    """
    lines = [_with_line_before(first_lines, i) for i in range(len(first_lines))]
    titles = [line for line in lines if len(line) < 80 and "。" not in line and _TITLE.fullmatch(line)]
    named = [m[1] for line in lines for m in _NAMED.finditer(line) if _YEAR.search(m[1])]
    dated = [t for t in titles if _YEAR.search(t)] or [n for n in named if not titles or n[:3] in titles[0]]
    title = (dated or titles or [""])[0]
    title = next((m[1] for m in _NAMED.finditer(title)), title)
    if span := _RANGE.search(title):
        last = span[2] if len(span[2]) == 4 else span[1][:2] + span[2]
        return Horizon(title, int(span[1]), int(last), True)
    years = [int(y) for y in _YEAR.findall(title)] or ([year_hint] if year_hint else [])
    five = next((end for name, end in FIVE_YEARS.items() if name in title), None)
    if five:
        return Horizon(title, five - 4, five, True)
    if not years:
        return Horizon(title)
    long = _YEARS_LONG.search(title)
    return Horizon(title, years[0], years[0] + (int(number_of(long[1])) - 1 if long else 0), not long)


def _with_line_before(lines: list[str], index: int) -> str:
    """A line with the one before it where a title was broken there."""
    broken = index and re.match(
        r"(?:[三五]年|专项|攻坚|实施|工作)?(?:行动)?(?:计划|方案|规划|意见|要点)|（20\d{2}", lines[index]
    )
    before = lines[index - 1] if broken else ""
    return (before if len(before) < 30 and not re.search("[。，：；]", before) else "") + lines[index]


def dates(text: str, horizon: Horizon, year: int | None = None) -> Iterator[DateMention]:
    """The dates of a text in its plain form; `year` is the one that was spoken of before.

    >>> [(d.iso, d.kind) for d in dates("到2026年，比2023年增长20%，2024年4月前完成方案", Horizon())]
    [('2026-12-31', 'deadline'), ('2023-12-31', 'base'), ('2024-04', 'deadline')]
    """
    named = [m.span() for m in re.finditer("《[^《》]*》", text)]
    for match in _DATE.finditer(text):
        if any(a < match.start() < b for a, b in named):
            continue
        iso = _iso(match, horizon, year or horizon.single)
        if iso is None:
            continue
        of = int(iso[:4])
        kind: Literal["deadline", "base"] = "base" if _is_base(text, match) or _is_past(of, horizon) else "deadline"
        if kind == "deadline":
            year = of
        lead = _LEAD.search(text, 0, match.start())
        yield DateMention(lead.start() if lead else match.start(), match.end(), iso, kind, of)


def _is_base(text: str, match: re.Match[str]) -> bool:
    if match["this"] or match["part"] or match["only"]:
        return False
    before, after = _BASE_BEFORE.search(text, 0, match.start()), _BASE_AFTER.match(text, match.end())
    if before and before[0] not in _WEAK_BASE:
        return True
    return bool(after)


def _is_past(year: int, horizon: Horizon) -> bool:
    return horizon.past is not None and year < horizon.past


def _iso(match: re.Match[str], horizon: Horizon, year: int | None) -> str | None:
    if match["last"]:
        return f"{match['last']}-12-31"
    if match["bare"]:
        return f"{match['bare']}-12-31"
    if match["year"]:
        return _of_year(int(match["year"]), match)
    if match["five"]:
        return f"{FIVE_YEARS[match['five']]}-12-31"
    if match["span"] or match["coming"]:
        end = horizon.end
        return f"{end}-12-31" if end and end != horizon.start else None
    if year is None:
        return None
    if match["only"]:
        return f"{year}-{int(match['only']):02d}" + (f"-{int(match['onlyday']):02d}" if match["onlyday"] else "")
    if match["part"]:
        return f"{year}-06" if match["part"] == "上半年" else _quarter(year, match["part"].strip("第季度"))
    return f"{year}-12-31"


def _of_year(year: int, match: re.Match[str]) -> str:
    if match["month"]:
        return f"{year}-{int(match['month']):02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
    if match["half"] == "上":
        return f"{year}-06"
    return _quarter(year, match["quarter"]) if match["quarter"] else f"{year}-12-31"


def _quarter(year: int, quarter: str) -> str:
    return f"{year}-{3 * int(number_of(quarter)):02d}"
