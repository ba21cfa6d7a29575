"""The sentences and tables of a county's draft plan; what the data does not hold is 待填, and listed at the end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.answers.documents.plan import TargetDocument, TaskDocument
from graph.answers.plan.draft import ChainBrief, DraftFacts, Figure
from graph.plan.light import UNREPORTED
from graph.plan.task import CANCELLED, DONE
from graph.text import norm
from viz.paper.ooxml import BLANK
from viz.plan.phrases import Titles, bounds_text, current_text
from viz.wording import day_text, due_text, money_text, some, start_text, value_text

Table = tuple[Sequence[str], Sequence[Sequence[object]]]
Captioned = tuple[str, Sequence[str], Sequence[Sequence[object]]]
WHOLE_CITY, WEAK_SHOWN = "全市", 10
AIMS = ("工作目标", "总体目标", "主要目标")  # chapters of a plan that set targets and are no tasks
DOINGS = ("完成", "完善", "编制", "建立", "形成", "出台")  # begin a name that says what is to be done
CALLED = {
    "规上企业数": "规上企业",
    "研发活动覆盖率": "规上企业研发活动覆盖率",
    "研发机构覆盖率": "规上企业研发机构覆盖率",
    "技改覆盖率": "规上企业技术改造覆盖率",
    "国高数": "国家高新技术企业",
    "科技型中小数": "科技型中小企业",
    "专精特新数": "专精特新中小企业",
    "平台数": "科创平台",
}  # 口径 as a sentence names it, where that is not its caption
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[)）、.．]|[（(]?\d+(?:\.\d+)*[)）、.．]?)\s*")


@dataclass(slots=True)
class Heading:
    """One heading of the tasks: the task that it is, its targets, and the tasks below it."""

    name: str
    own: list[TaskDocument] = field(default_factory=list)
    targets: list[TargetDocument] = field(default_factory=list)
    below: list[TaskDocument] = field(default_factory=list)


def bare(name: str) -> str:
    """A heading without its number.

    >>> bare("（三）实施一批技术攻关项目"), bare("2.1 建立清单"), bare("一批项目")
    ('实施一批技术攻关项目', '建立清单', '一批项目')
    """
    return _NUMBERED.sub("", name) or name


class DraftText:
    """What a draft says. `blanks` collects what is left to fill in."""

    def __init__(self, facts: DraftFacts) -> None:
        self.facts = facts
        self._blanks: dict[str, list[str]] = {"发文单位、发文字号和成文日期": []}
        self._own = f"本{facts.county[-1]}" if facts.county[-1:] in "县市区" else "本地"
        self._name = Titles(facts.targets)
        self.headings = _headings(facts)

    def blank(self, what: str, of: str = "") -> str:
        """A place to fill in: what, and of which thing."""
        named = self._blanks.setdefault(what, [])
        if of and of not in named:
            named.append(of)
        return BLANK

    @property
    def blanks(self) -> list[str]:
        """What is left to fill in, each kind once."""
        return [f"{what}：{'、'.join(of)}" if of else what for what, of in self._blanks.items()]

    @property
    def title(self) -> str:
        """What the draft is called."""
        of = self.facts.chains[0].title if len(self.facts.chains) == 1 else f"{self.facts.county}特色产业链"
        return f"{of}实施方案（初稿）"

    @property
    def opening(self) -> str:
        """Why there is such a plan."""
        plans = some([f"《{p}》" for p in self.facts.plans], "份计划") or self.blank("所依据的上级计划")
        return f"为落实{plans}，结合{self.facts.county}实际，制定本方案。文中数据截至{day_text(self.facts.at)}。"

    # -- the chain --------------------------------------------------------------------------------

    @property
    def choice(self) -> str:
        """Which chain was chosen."""
        titles = [c.title for c in self.facts.chains]
        chosen = some(titles, "条产业链") or self.blank("选择的产业链")
        return f"{self._own}选择{chosen}作为切入点。选择理由：{self.blank('选择产业链的理由')}。"

    def scale(self, chain: ChainBrief) -> str:
        """Firms, output and shares, each with its year."""
        by_year: dict[int | None, list[str]] = defaultdict(list)
        for figure in chain.figures:
            by_year[figure.value.year].append(_figure(figure))
        if not by_year:
            return f"产业链规模和主体情况：{self.blank('产业链规模和主体情况', chain.title)}。"
        parts = [
            f"{f'{year}年' if year else f'截至{day_text(self.facts.at)}'}，{'，'.join(figures)}"
            for year, figures in sorted(by_year.items(), key=lambda pair: -(pair[0] or 0))
        ]
        return f"{'。'.join(parts)}。"

    def links(self, chain: ChainBrief) -> str:
        """The links and their states."""
        if not chain.segments:
            return f"产业链环节：{self.blank('产业链环节', chain.title)}。"
        stages = "、".join(f"{stage}{n}个" for stage, n in chain.stages)
        states = "、".join(f"{caption}{n}个" for caption, n in chain.captions)
        strong = f"优势环节为{some(chain.strong, '个')}。" if chain.strong else ""
        unknown = chain.segments - chain.surveyed
        more = f"，未摸底{unknown}个" if unknown else ""
        known = f"已摸底{chain.surveyed}个，其中{states}{more}" if chain.surveyed else "均未摸底"
        return f"全链共{chain.segments}个环节（{stages}），{known}。{strong}"

    def needs(self, chain: ChainBrief) -> str:
        """The technology needs, against what the plan asks."""
        return f"技术需求{chain.needs.replace(' ', '')}。"

    def weak_table(self, chain: ChainBrief) -> Captioned:
        """The weak links in their order."""
        rows = [
            [w.segment, w.caption, w.reason, w.next.replace(" → ", "，转为") or "—"] for w in chain.weak[:WEAK_SHOWN]
        ]
        first = f"前{WEAK_SHOWN}个，" if len(chain.weak) > WEAK_SHOWN else ""
        return (
            f"{chain.title}薄弱环节（{first}按先抓次序）",
            ("环节", "状态", "原因", "再进一步"),
            rows,
        )

    # -- aims -------------------------------------------------------------------------------------

    @property
    def aims(self) -> str:
        """How many aims there are."""
        listed = self.facts.targets
        if not listed:
            return f"目标指标：{self.blank('目标指标')}。"
        met = sum(t["met"] == "是" for t in listed)
        return f"对照上级计划，{self._own}承担目标{len(listed)}项，目前已达到{met}项。各项目标和目前情况见下表。"

    @property
    def aims_table(self) -> Table:
        """Every aim with its deadline and where it stands."""
        ordered = sorted(self.facts.targets, key=lambda t: (t["deadline"] or "9999", t["indicator"], t["subject"]))
        rows = [
            [
                self._name(t), money_text(t["asked"]), due_text(t["deadline"]), current_text(t), t["light"],
                "、".join(t["owners"]) or self.blank("目标的责任单位", self._name(t)),
            ]
            for t in ordered
        ]  # fmt: skip
        return ("指标", "要求", "期限", "目前情况", "进度", "责任单位"), rows

    # -- tasks ------------------------------------------------------------------------------------

    def of_heading(self, heading: Heading) -> Iterator[str]:
        """The paragraphs under one heading."""
        notes = [t["note"].rstrip("。") for t in heading.own if t["note"]]
        doing = "。".join(notes) or f"{self._own}举措：{self.blank('任务的举措', heading.name)}"
        yield f"{doing}。"
        if heading.targets:
            aims = [
                f"到{due_text(t['deadline'])}，{_aim(self._name(t), money_text(t['asked']))}" for t in heading.targets
            ]
            yield f"目标要求：{'；'.join(aims)}。"
        for task in heading.own:
            yield self._answerable(task)
        if not heading.own:
            owners = list(dict.fromkeys(o for t in heading.targets for o in t["owners"]))
            of_plan = f"上级计划确定的责任单位：{'、'.join(owners)}；" if owners else ""
            yield f"{of_plan}{self._own}牵头单位、责任人、完成时间：{self.blank('任务的牵头单位、责任人和时间', heading.name)}。"
        for place, task in enumerate(heading.below, 1):
            note = f"{task['note'].rstrip('。')}。" if task["note"] else ""
            yield f"{place}. {task['name']}。{note}{self._answerable(task)}"

    def _answerable(self, task: TaskDocument) -> str:
        """Who leads a task, who helps, by when, how far it is."""
        whole, name = task["subject_kind"] == WHOLE_CITY, task["name"]
        owners = "、".join(task["owners"]) or self.blank("任务的牵头单位", name)
        parts = [f"{'市级' if whole else ''}牵头单位：{owners}"]
        if whole:
            parts.append(f"{self._own}责任单位：{self.blank(f'市级任务的{self._own}责任单位', name)}")
        if task["helpers"]:
            parts.append(f"配合单位：{'、'.join(task['helpers'])}")
        parts.append(f"责任人：{task['person'] or self.blank('任务的责任人', name)}")
        parts.append(f"时间：{self._span(task)}")
        share = f"（完成{task['share']:.0%}）" if task["share"] is not None and task["progress"] != DONE else ""
        parts.append(f"目前{task['progress']}{share}" if task["progress"] != UNREPORTED.word else "进展未报")
        return f"{'；'.join(parts)}。"

    def _span(self, task: TaskDocument) -> str:
        if not task["deadline"]:
            return self.blank("任务的完成时间", task["name"])
        until = due_text(task["deadline"])
        return f"{start_text(task['start'])}至{until}" if task["start"] else f"{until}前"

    # -- steps ------------------------------------------------------------------------------------

    @property
    def dated(self) -> list[TaskDocument]:
        """The tasks that have a date, in the order of the headings."""
        return [t for h in self.headings for t in (*h.own, *h.below) if t["deadline"] or t["milestones"]]

    @property
    def steps(self) -> str:
        """From when to when the tasks run."""
        if not self.dated:
            return f"时间安排：{self.blank('任务的时间安排')}。"
        return f"{len(self.dated)}项任务的起止时间和关键节点如下。"

    @property
    def steps_table(self) -> Table:
        """Every task with its dates and nodes."""
        rows = [
            [
                t["name"], "、".join(t["owners"]) or BLANK, start_text(t["start"]) or BLANK,
                due_text(t["deadline"]) if t["deadline"] else BLANK, _nodes(t),
            ]
            for t in self.dated
        ]  # fmt: skip
        return ("任务", "牵头单位", "开始", "完成", "关键节点"), rows

    # -- safeguards -------------------------------------------------------------------------------

    def safeguards(self) -> Iterator[tuple[str, str, Captioned | None]]:
        """The safeguards: title, sentence, table."""
        leaders = list(dict.fromkeys(t["leader"] for t in self.facts.tasks if t["leader"]))
        named = f"牵头领导：{'、'.join(leaders)}。" if leaders else f"牵头领导：{self.blank('牵头领导')}。"
        yield "加强组织领导", f"{named}工作专班组成：{self.blank('工作专班组成')}。", None
        experts = self.facts.experts
        if experts:
            rows = [[e.name, e.kind or "—", e.unit or "—"] for e in experts]
            yield (
                "强化专家支撑",
                f"可依托专家和团队{len(experts)}名（个）。",
                ("专家和团队", ("姓名或团队", "类型", "单位"), rows),
            )
        else:
            yield "强化专家支撑", f"专家咨询组：{self.blank('专家咨询组')}。", None
        policies = self.facts.policies
        if policies:
            yield "加大政策保障", f"现行可用政策{len(policies)}项。", _policy_table(self.facts)
        else:
            yield "加大政策保障", f"专项政策：{self.blank('专项政策')}。", None
        yield "严格督查评估", f"督查安排：{self.blank('督查安排')}。", None


def _headings(facts: DraftFacts) -> list[Heading]:
    """The headings of the tasks: the tasks of the first level, then what targets name besides, each with what is its own.

    What was cancelled is no task any more.
    """
    headings: dict[str, Heading] = {}
    codes: dict[str, str] = {}
    tasks = [t for t in facts.tasks if t["progress"] != CANCELLED]

    def heading(name: str, key: str = "") -> Heading:
        return headings.setdefault(key or _key(name), Heading(bare(name)))

    for task in tasks:
        if not task["parent"]:
            heading(task["name"]).own.append(task)
            if task["code"]:
                codes[norm(task["code"])] = _key(task["name"])
    for task in tasks:
        if task["parent"]:
            heading(task["parent"], codes.get(norm(task["parent"]), "")).below.append(task)
    for target in sorted(facts.targets, key=lambda t: (t["deadline"] or "9999", t["indicator"])):
        if target["task"] and bare(target["task"]) not in AIMS:
            heading(target["task"]).targets.append(target)
    return list(headings.values())


def _key(name: str) -> str:
    """By what headings are the same: without number, without what stands before a ·."""
    return norm(bare(name)).rpartition("·")[2]


def _figure(figure: Figure) -> str:
    value, name = figure.value, CALLED.get(figure.measure, figure.measure)
    blank = f"（{value.blank}家未填）" if value.blank else ""
    if value.value is not None:
        return f"{name}{value_text(round(value.value, 1), figure.unit)}{blank}"
    return f"{name}{bounds_text(value.lower, value.upper, figure.unit)}{blank}"


def _aim(name: str, asked: str) -> str:
    """A target in a sentence, no word of its name doubled by what it asks.

    >>> _aim("完成方案编制", "完成"), _aim("方案编制", "完成")
    ('完成方案编制', '方案编制完成')
    >>> _aim("亿元以上企业无研发机构清零", "清零"), _aim("立项数", "不少于6项"), _aim("产值年均增幅", "年均增长不低于8%")
    ('亿元以上企业无研发机构清零', '立项数不少于6项', '产值年均增幅不低于8%')
    """
    if name.endswith(asked) or (asked == "完成" and name.startswith(DOINGS)):
        return name
    return f"{name}{asked.removeprefix('年均增长') if name.endswith('增幅') else asked}"


def _nodes(task: TaskDocument) -> str:
    return (
        "；".join(f"{due_text(m['date'])}{m['text']}" if m["date"] else str(m["text"]) for m in task["milestones"])
        or "—"
    )


def _policy_table(facts: DraftFacts) -> Captioned:
    rows = [
        [
            p.name,
            p.issuer or "—",
            p.factors or "—",
            p.applies_to or "—",
            p.strength or "—",
            f"至{due_text(p.until)}" if p.until else "长期",
        ]
        for p in facts.policies
    ]
    return "现行可用政策", ("政策", "发文单位", "要素", "适用对象", "力度", "有效期"), rows
