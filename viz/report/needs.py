"""The needs list 《技术需求清单》: common and key parts in the columns of the official form, what each need is already
answered by, and how far the list is from what the plan asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path

from graph.answers.documents.matching import MatchesDocument
from graph.files import row_places
from graph.measures.needs import ASKED, COMMON, KEY, needs_of
from graph.model import ChainView
from graph.naming.chain import chain_title
from viz.errors import UnknownFormat
from viz.paper.document import Paper
from viz.paper.files import FORMATS as PAPERS
from viz.paper.files import save
from viz.paper.settings import PaperSettings
from viz.report.need import BLANKS, CELLS, NeedLine
from viz.report.printing import Band, Line, PrintedSheet, print_sheet
from viz.report.sheets import Book
from viz.theme import demo_notice
from viz.wording import day_text

BOOK = ".xlsx"
FORMATS = (BOOK, *PAPERS)
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
class NeedsOrder:
    """What else a list is made of: how the office writes, and what may answer the needs, where that is known."""

    settings: PaperSettings = field(default_factory=PaperSettings)
    matches: MatchesDocument | None = None


@dataclass(slots=True)
class NeedsList:
    """What the list of some chains says, for either form."""

    views: Sequence[ChainView]
    order: NeedsOrder
    _needs: list[NeedLine] = field(init=False)

    def __post_init__(self) -> None:
        matched = {m["id"]: m for m in self.order.matches["matches"]} if self.order.matches else {}
        self._needs = [NeedLine(v, n, matched.get(n.id)) for v in self.views for n in v.belonging(KIND)]

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
        return ["序号", *(c for c in CELLS if c != "产业链" or len(self.views) != 1)]

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
        verdict = f"其中{reached}条链已达到{ASKED}项" if reached else f"都没有达到{ASKED}项"
        sentence = f"{len(counts)}条产业链共已录{common + key}项（共性{common}、关键{key}），{verdict}。各链情况附后。"
        return [sentence] if counts else []

    @property
    def unit_text(self) -> str:
        """The line of the unit."""
        return f"填报单位：{self.order.settings.unit or f'（{NOT_SET}）'}"

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
        lacking = Counter(c for n in self._needs for c in BLANKS if CELLS[c](n) in (None, ""))
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

    def _row(self, number: int, need: NeedLine) -> Line:
        return [number, *(CELLS[caption](need) for caption in self.columns[1:])]


def shortfall(view: ChainView) -> str:
    """The line 已录 n 项，距10项差 m 项."""
    return f"{chain_title(view.county, view.chain)}：技术需求{needs_of(view).text}"


def write_needs(views: Sequence[ChainView], path: Path, order: NeedsOrder = NeedsOrder()) -> NeedsSummary:
    """Write the list as a workbook or as a paper. Raises UnknownFormat and NotWritable."""
    listed, suffix = NeedsList(views, order), path.suffix.lower()
    if suffix not in FORMATS:
        raise UnknownFormat(suffix, FORMATS)
    if suffix == BOOK:
        _write_xlsx(listed, path)
    else:
        _write_paper(listed, path)
    counts = [needs_of(v) for v in views]
    common, key, other, missing = (sum(map(attrgetter(n), counts)) for n in ("common", "key", "other", "missing"))
    return NeedsSummary(path, common, key, other, missing)


def _category(need: NeedLine) -> str:
    category = need.node.values.get("类别")
    return category if category in (COMMON, KEY) else ""


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


def _write_paper(listed: NeedsList, path: Path) -> None:
    dates = [date.fromisoformat(v.as_of) for v in listed.views]
    day, styles = max(dates, default=date(2024, 1, 1)), listed.order.settings.styles
    paper = Paper(listed.title, day, landscape=True, notice=listed.notice, styles=styles)
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
