"""The targets of one passage: each number with what it counts, for whom, by when, and how it compares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.plan_text import clause as clauses_of
from ingest.plan_text.clause import Carried, Clause
from ingest.plan_text.comparison import AT_LEAST, YEARLY, Comparison, compare
from ingest.plan_text.horizon import DateMention, Horizon
from ingest.plan_text.indicator import (
    ends_with_verb,
    items_of,
    only_kept,
    phrase_after,
    phrase_before,
    without_kept,
    without_lead,
)
from ingest.plan_text.outline import Passage
from ingest.plan_text.quantity import MEASURE, MONEY, RANK, RATE, SPAN, TIMES, WORD, Quantity, quantities
from ingest.plan_text.suggestion import TargetSuggestion, TextSpan

LONGEST_NAME = 40
GENERAL = frozenset(
    [
        "投资",
        "总数",
        "总量",
        "数量",
        "产值",
        "其中",
        "收入",
        "规模",
        "比例",
        "占比",
        "企业",
        "项目",
        "面积",
        "金额",
        "资金",
        "覆盖率",
    ]
)
_BETWEEN = re.compile(r"[、，]?(?:和|及|与|或|以及)?")
_THRESHOLD = re.compile(
    r"(?:的)?(?:企业|项目|单位|产业|制造业|工业|龙头|规模|集群|机构|以上的?|重大|重点|工业企业|骨干|园区|平台|产品|农户|人员|地区|县|镇|级|龙头企业|高新技术)"
)
_GIVEN = re.compile(
    r"给予|一次性|最高(?:可|不超过|给予|奖|补|限)|奖励[^，。；]{0,8}?(?=\d|最高)|补助(?=\d|最高)|补贴(?=\d|最高)|按(?:照)?[^，。；]{0,30}(?:比例|标准|%)[^，。；]{0,12}(?:给予|补|奖|资助)|权重|(?:奖|补|资助|贴息)[^，。；]{0,6}$"
)
_OF_THE_SAME = frozenset(("总数", "总量", "总额", "数量", "总规模"))
_FUNDED = re.compile(  # 规模不低于20亿元的基金, 安排不低于1亿元的专项资金
    r"规模(?:不低于|不少于|达到|超过|为|约)?\0|(?:安排|设立|投入|筹集|列支|统筹)(?:不低于|不少于|超过|约)?\0的[^，。；]{0,16}(?:资金|基金|经费)"
)
_RISES = re.compile(r"(?:增加|提高|提升|增长|上升|扩大|发展|拓展|下降|降低|减少|压缩|缩短|压减)[到至]")
_SIZE = re.compile(r"总?规模$")
_PROMISES = re.compile(r"(?:(?!，(?:力争|确保|到20))[^。！？；])+[。！？；]?")
_OF_A_KIND = re.compile(r"的(?!增长|增速|增幅|速度|目标|提升|比例|水平|年均)")


@dataclass(slots=True)
class PassageReader:
    """Reads one passage; what its section and the passages before it said comes along in `carried`."""

    passage: Passage
    number: int
    horizon: Horizon
    carried: Carried
    masked: str  # the plain text without its owners, character for character
    targets: list[TargetSuggestion] = field(default_factory=list)
    spoken: list[DateMention] = field(default_factory=list)
    _last: str = ""
    _said: int = -1  # the sentence of the last name
    _grown: bool = False  # whether it was said by how much it grows
    _due: set[str | None] = field(default_factory=set)  # the deadlines that the last name has had
    _stock: tuple[int, str] = (-1, "")  # the last name of what is counted, and its sentence

    def read(self) -> list[TargetSuggestion]:
        """The targets of the passage, in order."""
        text = self.masked
        year = int(self.carried.deadlines[-1][:4]) if self.carried.deadlines else None
        self.spoken = clauses_of.mentions(text, self.horizon, year)
        every = quantities(text)
        policy = _policy_ranges(text)
        before: Clause | None = None
        for clause in clauses_of.clauses(text):
            if before is None or clause.sentence != before.sentence:
                self.carried.sentence()
            if before and (clause.sentence != before.sentence or text[before.end - 1] == "；"):
                self.carried.settle()
            own = [d for d in self.spoken if clause.start <= d.start < clause.end]
            part = text[clause.start : clause.end]
            clauses_of.update(self.carried, part, clause.start, clause.sentence[0], own, self.horizon)
            inside = [q for q in every if clause.start <= q.start and q.end <= clause.end]
            if inside and not self.carried.past and not any(a <= clause.start < b for a, b in policy):
                self._read_clause(clause, inside)
            before = clause
        for one, other in pairwise(self.targets):  # 1个千亿级、3个百亿级产业集群
            thing = re.search("亿级(?P<of>[^级]+)$", other.indicator)
            if thing and one.sentence == other.sentence and one.indicator.endswith("亿级"):
                one.indicator += thing["of"]
        return self.targets

    def _read_clause(self, clause: Clause, inside: list[Quantity]) -> None:
        aims = [q for i, q in enumerate(inside) if not self._describes(q, inside[i + 1 :], clause)]
        at = clause.start
        for run in _runs(aims, self.masked):
            after = next((q.start for q in aims if q.start >= run[-1].end), clause.end)
            at = self._read_run(run, at, after, clause)

    def _describes(self, quantity: Quantity, later: Sequence[Quantity], clause: Clause) -> bool:
        """Whether a number only says which things are meant: 亿元以上企业, 占比超过5%的企业, 近3年."""
        rest = self.masked[quantity.end : clause.end]
        before = self.masked[clause.start : quantity.start]
        if quantity.kind == WORD or (quantity.kind == RANK and not later):
            return False
        if re.search(r"[由从][^，。；]{0,12}$", before) and _RISES.match(rest):
            return True
        if before.endswith("总投资") and not quantity.after:
            return True
        if later and _goes_on_to(self.masked[quantity.end : later[0].start], later[0]):
            return True
        if _OF_A_KIND.match(rest) and _FUNDED.search(f"{before}\0{rest}"):
            return False
        if _OF_A_KIND.match(rest) and quantity.kind != "rank":
            named = phrase_after(rest)
            return (
                bool(later)
                or quantity.kind in (MONEY, RANK, RATE, SPAN)
                or len(named) < 2
                or not ends_with_verb(without_lead(before))
            )
        if quantity.kind == MEASURE and re.search("及以[上下]$", self.masked[: quantity.end]) and phrase_after(rest):
            return True
        if quantity.kind in (MONEY, MEASURE) and _THRESHOLD.match(rest):
            return bool(later) or quantity.after in ("at_least", "at_most") or rest.startswith("级")
        if quantity.kind == SPAN:
            return quantity.after != "at_most" and not re.search(
                r"(?:压缩|缩短|压减|控制|不超过|缩减)[至到在]?$", before
            )
        return rest.startswith("级") or bool(
            re.search(
                r"(?:围绕|聚焦|针对|依托|每|满|近|前|抽调|下设|内设|分设|共设)$|每(?:半年|季度?|月|周|旬|天|日)[^，。；]*$",
                before,
            )
        )

    def _read_run(self, run: list[Quantity], start: int, after: int, clause: Clause) -> int:
        """The targets of numbers that stand together; gives where the next name may begin."""
        before = self._without_dates(start, run[0].start)
        comparison = compare(before, run[-1], self.carried)
        tail = self.masked[run[-1].end : after]
        behind = phrase_after(tail)
        size = _SIZE.search(comparison.lead)
        if size and behind and tail.startswith("的"):  # 设立规模不低于20亿元的产业基金
            self._target(behind + size[0], comparison, run[0], clause, self._deadlines(1))
            return run[-1].end + len(behind) + 1
        if after < clause.end and "、" in behind:
            behind = behind[: behind.rfind("、")]
        name, end = self._name(comparison, behind, run, tail, clause)
        if not name:
            return run[-1].end
        names = self._names(name, comparison, run)
        deadlines = self._deadlines(len(run))
        for index, quantity in enumerate(run if len(run) > 1 else run * len(names)):
            own = comparison if len(run) == 1 else compare(before, _as_last(quantity, run), self.carried)
            if len(deadlines) > 1 and own.sign == YEARLY:  # each year has its own number
                own.sign = AT_LEAST
            which = names[index] if index < len(names) else names[-1]
            target = self._target(which, own, quantity, clause, deadlines[index : index + 1] or deadlines[-1:])
            if target is None:
                continue
            target.span = target.span._replace(end=max(quantity.end, end))
            if len(names) > 1:
                target.doubt("一句里有几个指标，已拆开", 0.02)
            if quantity is not run[-1] and quantity.after == "" and run[-1].after:
                target.doubt(f"“{_word_after(self.masked, run[-1])}”是否也管到这个数，请核对")
        return end

    def _without_dates(self, start: int, end: int) -> str:
        text = list(self.masked[start:end])
        for date in self.spoken:
            for index in range(max(date.start, start), min(date.end, end)):
                text[index - start] = "\0"
        return re.sub(
            "(?:[比较与同]|相比于?|相对于?)?\0[、和及与]?(?:\0|相比|年?基础上|同期)*", "", "".join(text)
        ).strip("、，和及与")

    def _name(
        self, comparison: Comparison, behind: str, run: list[Quantity], tail: str, clause: Clause
    ) -> tuple[str, int]:
        """The name before the number, or behind it where only verbs stand before; and where the rest begins."""
        before = phrase_before(comparison.lead)
        bare = without_lead(clauses_of.without_subject(clauses_of.without_time(before)))
        if only_kept(bare) and not behind and self._stock[0] == clause.sentence[0]:
            bare += without_kept(self._stock[1])  # 新开工工业项目15个、竣工10个
        end = run[-1].end
        counted = run[0].kind not in (MONEY, RATE, TIMES, WORD)
        only_verbs = not bare or (counted and ends_with_verb(bare)) or bare in ("新增", "新建", "引进", "累计新增")
        if behind and run[0].kind == MONEY and tail.startswith("的"):
            return behind, end + len(behind) + 1  # 市财政每年安排不低于1亿元的专项资金
        if behind and only_verbs and len(behind) >= 2 and run[0].kind != RANK:
            keep = _kept_verb(bare)
            return (keep + behind)[:LONGEST_NAME], end + tail.find(behind) + len(behind)
        if not bare:
            return self._name_before(run[0], comparison, clause), end
        if bare.startswith("占") and self._grown and self._said == clause.sentence[0]:
            bare = self._last + bare  # 研发投入年均增长10%，占GDP比重达到3%
        elif (bare.startswith("占") or bare in _OF_THE_SAME) and self._stock[0] == clause.sentence[0]:
            bare = self._stock[1] + bare
        if bare.startswith(("围绕", "聚焦", "针对")) and re.search(r"\d", bare):
            return "", end
        if counted and "、" in bare and len(behind) >= 2 and tail.startswith(behind[:2]):
            return behind, end + len(behind)  # 木业、食品2个产业集群
        return bare if len(bare) <= 60 else bare[-LONGEST_NAME:], end

    def _name_before(self, quantity: Quantity, comparison: Comparison, clause: Clause) -> str:
        """The name that a number without one goes on from: by another year, or once more against a base."""
        due = self.carried.deadlines[-1:]
        if quantity.kind in (WORD, RANK) and self._stock[0] == clause.sentence[0]:
            return self._stock[1]
        if self._grown != bool(comparison.suffix) and self._said == clause.sentence[0]:
            return self._last  # 产值突破500亿元，年均增长17%; 配套率提高15个百分点，达到60%
        return self._last if self._last and due and due[0] not in self._due else ""

    def _names(self, name: str, comparison: Comparison, run: list[Quantity]) -> list[str]:
        if len(run) > 1:
            items = items_of(name)
            if len(items) == len(run):
                return _with_common_end(items)
            return [name]
        many = comparison.splits or re.search(r"(?:均|都|各|分别)$", comparison.lead)
        return items_of(name) if many else [name]

    def _deadlines(self, numbers: int) -> list[str]:
        every = self.carried.deadlines
        return every if numbers > 1 and len(every) == numbers else every[-1:]

    def _target(
        self, name: str, comparison: Comparison, quantity: Quantity, clause: Clause, due: list[str]
    ) -> TargetSuggestion | None:
        name = re.sub(
            r"^(?:的|和|与|及)|(?:的|分别|均|各|都|总共|累计|基本|全部|全面|总计|合计|力争|要|将|应|也|(?:实现)?(?:[一二三四五六\d]年)?)$",
            "",
            name,
        )
        if len(name) < 2 or re.fullmatch(r"[\d\W]+", name):
            return None
        deadline = due[0] if due else None
        self._due = {*self._due, deadline} if name == self._last else {deadline}
        self._last, self._said, self._grown = name, clause.sentence[0], bool(comparison.suffix)
        if quantity.kind not in (RATE, WORD, TIMES, RANK):
            self._stock = (clause.sentence[0], name)
        indicator = name + comparison.suffix
        subject = self._subject(name)
        sentence = self.passage.text[clause.sentence[0] : clause.sentence[1]].strip()
        target = TargetSuggestion(
            indicator, subject or "", comparison.sign, comparison.value, comparison.unit or None, deadline, sentence,
            self.passage.where(), TextSpan(self.number, clause.start, quantity.end), base_year=self.carried.base_year,
        )  # fmt: skip
        self._doubt(target, comparison, quantity, clause)
        self.targets.append(target)
        return target

    def _subject(self, name: str) -> str | None:
        own = clauses_of.subject_of(name)
        said_here = self._said == self.carried.subject_at
        return own if own == clauses_of.CHAINS and not said_here else self.carried.subject or own

    def _doubt(self, target: TargetSuggestion, comparison: Comparison, quantity: Quantity, clause: Clause) -> None:
        for doubt in comparison.doubts:
            target.doubt(doubt)
        if target.indicator in GENERAL:
            target.doubt("指标名称太笼统，请补全", 0.15)
        if target.deadline and self.carried.source:
            target.doubt(f"期限取自{self.carried.source}")
        elif target.deadline and self.carried.explicit != clause.sentence[0]:
            target.doubt("期限承前文", 0.03)
        if not target.deadline:
            target.doubt("没有期限", 0.1)
        if (
            target.subject
            and self.carried.subject_at != clause.sentence[0]
            and not clauses_of.subject_of(target.indicator)
        ):
            target.doubt("对象承前文", 0.03)


def _runs(aims: Sequence[Quantity], text: str) -> list[list[Quantity]]:
    """Numbers with nothing but a comma or 和 between them stand together: 3家、10家以上."""
    runs: list[list[Quantity]] = []
    for quantity in aims:
        if runs and quantity.kind == runs[-1][-1].kind and _BETWEEN.fullmatch(text, runs[-1][-1].end, quantity.start):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    return runs


def _goes_on_to(between: str, later: Quantity) -> bool:
    """Whether a number belongs to the name of what the next one counts: 年产10万辆以上整车企业3家."""
    if re.search("[，、。；：]", between) or len(between) < 2 or later.kind == WORD:
        return False
    return not re.search(r"(?:增长|提高|达到|实现|完成|新增|其中|力争|和|及|与|下降|突破|超过)", between)


def _as_last(quantity: Quantity, run: Sequence[Quantity]) -> Quantity:
    """A number with the bound of the last one of its run, unless it has its own."""
    return quantity if quantity.after else replace(quantity, after=run[-1].after)


def _word_after(text: str, quantity: Quantity) -> str:
    word = re.search(r"(?:及?以上|以内|以下|左右)$", text[quantity.start : quantity.end])
    return word[0] if word else "以上"


def _with_common_end(items: list[str]) -> list[str]:
    """A、B占比 is A占比 and B占比, A、B两大产业产值 is A产业产值 and B产业产值."""
    if several := re.fullmatch(r"(?P<own>.+?)(?:[二两三四五六七八九十\d]+大|等)(?P<end>.{2,})", items[-1]):
        return [f"{i}{several['end']}" for i in (*items[:-1], several["own"])]
    last = re.search(
        r"(?:占比|比重|覆盖率|增速|增幅|总量|数量|总数|营业收入|总产值|产值|普及率|渗透率|比例)$", items[-1]
    )
    if not last or any(i.endswith(last[0]) for i in items[:-1]):
        return items
    return [i if i.endswith(last[0]) else i + last[0] for i in items]


def _kept_verb(bare: str) -> str:
    match = re.search(r"(?:新增|新引进|引进|新认定|新建|新签约|新开工|净增|签约|新培育|新招引|入选|立项)$", bare)
    return match[0] if match else ""


def _policy_ranges(text: str) -> list[tuple[int, int]]:
    """The sentences that promise money rather than set a target."""
    return [m.span() for m in _PROMISES.finditer(text) if _GIVEN.search(m[0])]
