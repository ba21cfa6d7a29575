"""The sentences and clauses of a passage, and what one clause hands on to the next: by when, for whom, how often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from graph.naming.divisions import region_at
from ingest.plan_text.horizon import DateMention, Horizon, dates
from ingest.plan_text.vocabulary import any_of, words

LEADING = 6  # characters from the beginning of a clause within which a date leads it
COUNTIES, CHAINS = "各县市区", "各产业链"
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_CLAUSE = re.compile(r"[^，；：。！？]+[，；：。！？]?")
_EACH_COUNTY = re.compile(
    r"(?:各|每个|每)(?:个)?(?:县域?（市、区）|县（市）、?区|县、?（?市、区）?|县市区|市县|县区|区县|县域|县级市|区、县（市）|县（市）|旗县区|市州|州市|地市|盟市|地(?!方|块|区)|县)(?:区)?(?:政府)?|县县|县均"
)
_EACH_CHAIN = re.compile(
    r"(?:每条|各条|各|每个)[^，。；各每]{0,4}产业链(?:链长)?(?:单位)?|每链|各链(?:办|长|主|专班)(?:单位)?"
)
_WHOLE = re.compile(r"[全我本该](?P<level>[市县区省州旗])(?=(?!级))")
_ONE_CHAIN = re.compile(
    r"(?P<name>[^，。；：、每各条全]{2,10}(?<!重点)(?<!特色)(?<!主导)(?<!优势)产业链)(?=方面|由|：|要|聚焦|力争)"
)
_EACH_PLACE = re.compile(r"(?:各|每个?)(?P<of>乡镇|镇街|镇|街道|园区|开发区|村|社区|学校|市场|行业)(?:（[^（）]*）)?")
_OF_CHAIN = re.compile(r"^(?:产业链(?!项目|招商|企业)|(?:特色|重点|主导|优势)产业链(?!条|建设|数)|链上)")
_PAST_NOW = re.compile(
    r"已(?!知|婚|有关)(?:经)?|(?<![由从])目前|截至|截止|现有|共有|(?<![比较同])去年|(?<![比较同])上年|近年来|此前|实现了|达到了|培育了|建成了|引进了|形成了|确定了|取得了|完成了"
)
_TO_COME = re.compile(r"力争|确保|到(?=20)|目标|将(?!军)|争取|今年(?!以来)|下一步|计划")
_YEARLY = re.compile(
    r"每年度?|逐年|年均(?=新增|引进|培育|培训|开展|举办|实施|组织|净增|招引|新建|建设|新认定|选派|转化)"
)
_TOTAL = re.compile(r"累计")


class Clause(NamedTuple):
    """A clause of a passage, and its sentence."""

    start: int
    end: int
    sentence: tuple[int, int]


@dataclass(slots=True)
class Carried:
    """What earlier clauses said that still holds."""

    deadlines: list[str] = field(default_factory=list)  # several where several are named together
    explicit: int = -1  # the sentence that named them, by its start
    subject: str | None = None
    subject_at: int = -1
    past: bool = False
    told: bool = False  # whether a year gone by is told of
    yearly: bool = False
    total: bool = False
    base_year: int | None = None
    leads: bool = True  # whether its sentence began with the last deadline
    year: list[str] = field(default_factory=list)  # the last deadlines that hold on
    source: str = ""  # where the deadline comes from, when that is no clause of this passage

    def settle(self) -> None:
        """A part of a sentence ends: a year that it began with holds on; a day, a month or a date within it does not."""
        if any(not d.endswith("-12-31") for d in self.deadlines) or not (self.leads or self.source):
            self.deadlines = list(self.year)
        self.year = list(self.deadlines)

    def sentence(self) -> None:
        """A new sentence begins."""
        self.past = self.told
        self.yearly = self.total = False
        self.base_year = None


def clauses(plain: str) -> Iterator[Clause]:
    """The clauses of a passage.

    >>> [plain for plain in ("到2026年，达到10家。", ) for c in clauses(plain)][:1], [(c.start, c.end) for c in clauses("甲，乙。丙")]
    (['到2026年，达到10家。'], [(0, 2), (2, 4), (4, 5)])
    """
    for sentence in _SENTENCE.finditer(plain):
        for clause in _CLAUSE.finditer(sentence[0]):
            start = sentence.start() + clause.start()
            yield Clause(start, sentence.start() + clause.end(), sentence.span())


def mentions(plain: str, horizon: Horizon, year: int | None) -> list[DateMention]:
    """The dates of a passage."""
    return list(dates(plain, horizon, year))


def update(carried: Carried, text: str, start: int, sentence: int, found: list[DateMention], horizon: Horizon) -> None:
    """Take in what a clause says of time and subject. `text` is the clause, `found` its dates."""
    due = [d for d in found if d.kind == "deadline"]
    bases = [d for d in found if d.kind == "base"]
    if due:
        carried.deadlines, carried.explicit, carried.source = [d.iso for d in due], sentence, ""
        carried.past = carried.told = False
        carried.leads = due[0].start - start <= LEADING
        if not _YEARLY.search(text):
            carried.yearly = False
        if not _TOTAL.search(text):
            carried.total = False
    if bases:
        carried.base_year = bases[-1].year
        if not due and _states_past(text, bases, start, horizon):
            carried.past = carried.told = True
    if _TO_COME.search(text):
        carried.past = carried.told = False
    if _PAST_NOW.search(text) and not (due and _TO_COME.search(text)):
        carried.past = True
    carried.yearly |= bool(_YEARLY.search(text))
    carried.total |= bool(_TOTAL.search(text))
    if subject := subject_of(text):
        carried.subject, carried.subject_at = subject, sentence


def _states_past(text: str, bases: list[DateMention], start: int, horizon: Horizon) -> bool:
    """Whether a clause tells what was in a year gone, rather than compares with it."""
    first = bases[0]
    before = text[: max(0, first.start - start)]
    return horizon.past is not None and first.year < horizon.past and not re.search("[比较与同]$", before)


def subject_of(text: str) -> str | None:
    """For whom a clause speaks, where it says so: each county, each chain, the whole city, or a county by name.

    >>> subject_of("各县（市、区）完成清单"), subject_of("每条产业链设立成果库1个"), subject_of("全市新增10家"), subject_of("缙云县新增3家")
    ('各县市区', '各产业链', '全市', '缙云县')
    >>> subject_of("制造业增加值占全市生产总值比重"), subject_of("特色产业链产值")
    (None, '各产业链')
    """
    bare = without_time(text)
    if _EACH_COUNTY.search(bare[:24]):
        return COUNTIES
    if _EACH_CHAIN.search(bare[:16]) or _OF_CHAIN.match(bare):
        return CHAINS
    if one := _ONE_CHAIN.match(bare):
        return one["name"]
    if each := _EACH_PLACE.match(bare):
        return f"各{each['of']}"
    if whole := _WHOLE.match(bare) or _WHOLE.match(
        re.sub("^(?:推动|实现|带动|促进|使|在|对|引导|组织|推进|到期)", "", bare)
    ):
        return f"全{whole['level']}"
    return _named(bare)


def _named(bare: str) -> str | None:
    """A county or town that a clause begins with, by its whole name."""
    place = region_at(bare)
    if place and bare[place[1] - 1] in "县市区旗州" and place[1] > 2 and bare[place[1] : place[1] + 1] != "、":
        return bare[: place[1]]
    made_up = re.match(r"示例[\u4e00-\u9fff]{0,2}?[县市区](?!级|场|、)", bare)
    return made_up[0] if made_up else None


def whole_of(title: str) -> str:
    """For whom a plan speaks where its sentences name nobody: all of the place in its title.

    >>> whole_of("示例县2025年科技工作要点"), whole_of("山西省重点产业链行动计划"), whole_of("示例高新区行动计划"), whole_of("三年行动方案")
    ('全县', '全省', '全区', '全市')
    """
    text = title[title.find("印发") + 2 :] if "印发" in title else title
    place = region_at(text)
    end = place[1] if place and text[place[1] - 1] in "省市州盟县区旗" else 0
    level = re.match(r"[^，。《]{0,10}?(省|自治区|自治州|州|盟|市|县|旗|区)(?!域|级|场|直|重点)", text)
    last = text[end - 1] if end else level[1][-1] if level else "市"
    return "全省" if text[:end].endswith("自治区") else f"全{last}"


def county_of(title: str) -> str:
    """The county or district in the title of a plan, by its whole name; empty where it is no county's.

    >>> county_of("示例县2025年科技工作要点"), county_of("缙云县三年行动方案"), county_of("丽水市行动方案"), county_of("三年行动方案")
    ('示例县', '缙云县', '', '')
    """
    if whole_of(title)[-1] not in "县区旗":
        return ""
    text = title[title.find("印发") + 2 :] if "印发" in title else title
    match = re.match(r"[^，。《]{1,10}?[县区旗](?!域|级|直)", text)
    return match[0].removeprefix("关于") if match else ""


def without_subject(text: str) -> str:
    """A name without the subject in front of it."""
    for pattern in (_EACH_COUNTY, _EACH_CHAIN, _ONE_CHAIN, _EACH_PLACE, _WHOLE):
        if match := pattern.match(text):
            return text[match.end() :].lstrip("要应须内共的将均都，")
    named = _named(text)
    return text[len(named) :].lstrip("要应须的将均都，") if named else text


def without_time(text: str) -> str:
    """A clause without the adverbs in front of its subject."""
    return _leading_adverbs().sub("", text)


@cache
def _leading_adverbs() -> re.Pattern[str]:
    lead = any_of([w for w in words()["adverbs"] if len(w) > 1 and w not in ("围绕", "聚焦")] + ["使", "将", "要"])
    return re.compile(rf"^(?:[，、]|{lead})+")
