"""The needs list 《技术需求清单》: common and key parts in the columns of the official form, what each need is already
answered by, and how far the list is from what the plan asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from graph.files import row_places
from graph.measures.needs import ASKED, COMMON, KEY, needs_of
from graph.model import ChainView, ViewNode
from graph.naming.chain import chain_title
from graph.text import digits
from viz.errors import UnknownFormat
from viz.paper.document import Paper
from viz.paper.files import save
from viz.report.printing import Band, Line, PrintedSheet, print_sheet
from viz.report.sheets import Book
from viz.theme import demo_notice
from viz.wording import day_text, due_text

FORMATS = (".xlsx", ".docx")
KIND = "技术需求"
NAME = "技术需求清单"
PARTS = (
    (COMMON, "一、共性技术需求"),
    (KEY, "二、关键技术需求"),
    ("", "三、未注明类别的技术需求"),
)
ROWS = ("序号", "需求名称", "产业链", "依据")
COUNTED = ("县（市、区）", "产业链", "共性", "关键", "合计", f"距{ASKED}项差", "未注明类别")
NOT_SET = "待填"


@dataclass(frozen=True, slots=True)
class NeedsSummary:
    """What a needs list holds. `missing` adds up, over the chains, how many needs are short of ten."""

    file: Path
    common: int
    key: int
    other: int
    missing: int


@dataclass(frozen=True, slots=True)
class _Need:
    view: ChainView
    node: ViewNode

    def own(self, *captions: str) -> list[str]:
        """What the row says under some captions, each once."""
        own = (self.node.values.get(c) for c in captions)
        return list(dict.fromkeys(_plain(v) for v in own if v not in (None, "")))

    def ends(self, relation: str) -> list[str]:
        return list(dict.fromkeys(n.name for n in self.view.targets(self.node.id, relation)))

    def answers(self) -> str:
        """Projects set up for it and results that meet it, as the rows name them."""
        groups: dict[str, list[str]] = {}
        for relation in ("SOLVES", "MEETS"):
            for one in self.view.origins(self.node.id, relation):
                groups.setdefault(one.kind, []).append(one.name)
        return "；".join(f"{kind}：{'、'.join(dict.fromkeys(names))}" for kind, names in groups.items())

    def period(self) -> str:
        start, end = self.own("起始年"), self.node.values.get("期望时限")
        begin = f"{start[0]}年" if start else ""
        return f"{begin}至{due_text(str(end))}" if begin and end else due_text(str(end)) + "前" if end else begin


_CELLS: dict[str, Callable[[_Need], Any]] = {
    "需求名称": lambda n: n.node.name,
    "产业链": lambda n: chain_title(n.view.county, n.view.chain),
    "环节": lambda n: "、".join(n.ends("ON_SEGMENT")),
    "提出单位": lambda n: "、".join(n.ends("RAISED_BY")),
    "领域": lambda n: "、".join(n.own("领域")),
    "关键字": lambda n: "、".join(n.own("关键字")),
    "主要问题和现状": lambda n: "；".join(n.own("主要问题", "需求描述", "现状")),
    "技术关键": lambda n: "；".join(dict.fromkeys([*n.own("技术关键"), *n.ends("NEEDS_TECHNOLOGY")])),
    "预期目标": lambda n: "；".join(n.own("预期目标", "技术指标")),
    "起止时间": _Need.period,
    "解决方式": lambda n: "、".join(n.own("解决方式", "合作方式")),
    "拟投入(万元)": lambda n: n.node.values.get("拟投入(万元)"),
    "已立项目和对接成果": _Need.answers,
    "进展": lambda n: "、".join(n.own("进展", "状态")),
    "责任人": lambda n: "、".join(n.own("责任人")),
}
NOT_ASKED = ("需求名称", "产业链", "环节", "已立项目和对接成果", "进展")  # blank, these are no fault of who fills it in
BLANKS = tuple(c for c in _CELLS if c not in NOT_ASKED)


@dataclass(slots=True)
class NeedsList:
    """What the list of some chains says, for either form. `unit` is who fills it in."""

    views: Sequence[ChainView]
    unit: str = ""
    _needs: list[_Need] = field(init=False)

    def __post_init__(self) -> None:
        self._needs = [_Need(v, n) for v in self.views for n in v.belonging(KIND)]

    @property
    def title(self) -> str:
        """What the list is called."""
        if len(self.views) == 1:
            return f"{chain_title(self.views[0].county, self.views[0].chain)}{NAME}"
        counties = {v.county for v in self.views}
        return f"{counties.pop()}{NAME}" if len(counties) == 1 else NAME

    @property
    def columns(self) -> list[str]:
        """The captions; the chain has a column where there are several."""
        return ["序号", *(c for c in _CELLS if c != "产业链" or len(self.views) != 1)]

    @property
    def above(self) -> list[str]:
        """How many needs there are against what the plan asks: of the chain, or of all together."""
        if len(self.views) == 1:
            return [shortfall(self.views[0])]
        counts = [needs_of(v) for v in self.views]
        common, key, reached = (
            sum(c.common for c in counts),
            sum(c.key for c in counts),
            sum(not c.missing for c in counts),
        )
        return [
            f"{len(counts)}条产业链共已录{common + key}项（共性{common}、关键{key}），其中{reached}条链已达到{ASKED}项。各链情况附后。"
        ] if counts else []  # fmt: skip

    @property
    def unit_text(self) -> str:
        """The line of the unit."""
        return f"填报单位：{self.unit or f'（{NOT_SET}）'}"

    @property
    def day_text(self) -> str:
        """The line of the day."""
        return f"数据截至{day_text(max((v.as_of for v in self.views), default=''))}"

    def parts(self) -> Iterator[Band]:
        """The three parts; the last only where a need is of no category."""
        for category, caption in PARTS:
            own = [n for n in self._needs if _category(n) == category]
            if own or category:
                title = f"{caption}（{len(own)}项）" if own else caption
                yield Band(title, [self._row(number, n) for number, n in enumerate(own, 1)], "暂无数据，列入待补内容。")

    def rows_behind(self) -> list[Line]:
        """Where each need stands in the files."""
        lines: list[Line] = []
        for category, _ in PARTS:
            for number, n in enumerate((n for n in self._needs if _category(n) == category), 1):
                rows = [n.view.sources[r] for r in n.node.records if r in n.view.sources]
                title = chain_title(n.view.county, n.view.chain)
                lines.append([f"{category or '未注明'}{number}", n.node.name, title, row_places(rows)])
        return lines

    def counted(self) -> list[Line]:
        """Each chain against what is asked."""
        counts = [(v, needs_of(v)) for v in self.views]
        return [[v.county, chain_title(v.county, v.chain), c.common, c.key, c.counted, c.missing or "已达标", c.other] for v, c in counts]  # fmt: skip

    @property
    def blanks(self) -> str:
        """What is still to be supplied, in one sentence."""
        lacking = Counter(c for n in self._needs for c in BLANKS if _CELLS[c](n) in (None, ""))
        absent = [
            text.split("、")[1]
            for category, text in PARTS[:2]
            if not any(_category(n) == category for n in self._needs)
        ]
        parts = [*absent, *(f"{caption}{lacking[caption]}项" for caption in BLANKS if lacking[caption])]
        return f"待补内容：{'、'.join(parts)}。" if parts else ""

    @property
    def notice(self) -> str:
        """What stands over example data."""
        return demo_notice(v.county for v in self.views) if any(v.demo for v in self.views) else ""

    def _row(self, number: int, need: _Need) -> Line:
        return [number, *(_CELLS[caption](need) for caption in self.columns[1:])]


def need_cells(view: ChainView, node: ViewNode) -> dict[str, Any]:
    """What the list says of a need, by the caption of its column."""
    need = _Need(view, node)
    return {caption: cell(need) for caption, cell in _CELLS.items()}


def shortfall(view: ChainView) -> str:
    """The line 已录 n 项，距10项差 m 项."""
    return f"{chain_title(view.county, view.chain)}：技术需求{needs_of(view).text}"


def write_needs(views: Sequence[ChainView], path: Path, unit: str = "") -> NeedsSummary:
    """Write the list as .xlsx or .docx; `unit` is who fills it in. Raises UnknownFormat and NotWritable."""
    listed, suffix = NeedsList(views, unit), path.suffix.lower()
    if suffix == ".xlsx":
        _write_xlsx(listed, path)
    elif suffix == ".docx":
        _write_docx(listed, path)
    else:
        raise UnknownFormat(suffix, FORMATS)
    counts = [needs_of(v) for v in views]
    common, key, other, missing = (sum(map(attrgetter(n), counts)) for n in ("common", "key", "other", "missing"))
    return NeedsSummary(path, common, key, other, missing)


def _category(need: _Need) -> str:
    category = need.node.values.get("类别")
    return category if category in (COMMON, KEY) else ""


def _plain(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable):
        return "、".join(map(str, value))
    return digits(value) if isinstance(value, float) else str(value)


def _write_xlsx(listed: NeedsList, path: Path) -> None:
    book = Book(path)
    sheet = partial(PrintedSheet, left=listed.unit_text, right=listed.day_text)
    notes = [n for n in (listed.blanks, listed.notice) if n]
    parts = list(listed.parts())
    print_sheet(book, sheet(NAME, listed.title, listed.columns, parts, above=listed.above, notes=notes, frozen=2))
    if len(listed.views) > 1:
        print_sheet(book, sheet("各链情况", f"{listed.title}·各链情况", COUNTED, [Band("", listed.counted())]))
    print_sheet(book, sheet("依据", f"{listed.title}·依据", ROWS, [Band("", listed.rows_behind())]))
    book.close()


def _write_docx(listed: NeedsList, path: Path) -> None:
    dates = [date.fromisoformat(v.as_of) for v in listed.views]
    paper = Paper(listed.title, max(dates, default=date(2024, 1, 1)), landscape=True, notice=listed.notice)
    paper.title(listed.title)
    paper.line(f"{listed.unit_text}　　　　{listed.day_text}", "dated")
    for line in listed.above:
        paper.say(line.rstrip("。") + "。")
    for part in listed.parts():
        paper.heading(part.title)
        if part.rows:
            paper.table(part.title.split("、")[1].split("（")[0], listed.columns, part.rows, size=9)
        else:
            paper.say(part.empty)
    if listed.blanks:
        paper.say(listed.blanks)
    if len(listed.views) > 1:
        paper.heading("附　各链情况", new_page=True)
        paper.table("各链技术需求", COUNTED, listed.counted(), size=9)
    if rows := listed.rows_behind():
        paper.heading("附　依据", new_page=True)
        paper.table("依据", ROWS, rows, size=9)
    save(paper, path)
