"""All files that the plan asks of a county, for several chains at once, and a check list of what is thin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, takewhile
from pathlib import Path

from graph.answers.papers.report import ReportFacts
from graph.files import file_name, reason_of
from graph.measures.needs import ASKED, needs_of
from graph.model import ChainView
from graph.naming.chain import chain_title
from viz.errors import NotWritable
from viz.mindmap.write import FORMATS as MAPS
from viz.mindmap.write import png_path, write_mindmap
from viz.report.candidates import write_candidates
from viz.report.needs import NAME, NeedsOrder, write_needs
from viz.report.printing import Band, Line, PrintedSheet, Styled, print_sheet
from viz.report.sheets import Book
from viz.report.word import write_report
from viz.theme import WARN

CHECKS = "缺项自查表.xlsx"
CHECK_COLUMNS = ("县市区", "产业链", "项目", "现有", "要求", "结论", "怎么补")


@dataclass(frozen=True, slots=True)
class Delivered:
    """The files written, and every thing found thin, in a sentence."""

    files: tuple[Path, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check list."""

    item: str
    present: str
    asked: str
    todo: str
    thin: bool


def checks(view: ChainView) -> list[Check]:
    """What the plan asks of a chain, and what is there."""
    needs = needs_of(view)
    graded = [s for s in view.segments if s["counted"]]
    unknown = [s["segment"] for s in graded if s["status"] == "未知"]
    unstaged = [s["segment"] for s in view.segments if not s["stage"]]
    by_count = [s["segment"] for s in graded if "份额按家数" in s["flags"]]
    unsourced = [s["segment"] for s in view.segments if not s["supply_known"]]  # as `cuts` counts them
    owned = {look.kind: len(view.belonging(look.kind)) for look in view.ranked() if look.asked}
    lines = [
        Check(
            "技术需求",
            f"{needs.counted} 项（共性 {needs.common}、关键 {needs.key}）",
            f"不少于 {ASKED} 项",
            "在“技术需求”表补填，类别选共性或关键",
            needs.missing > 0,
        ),
        Check("未注明类别的需求", f"{needs.other} 项", "0 项", "在“技术需求”表补填类别", needs.other > 0),
        Check("环节", f"{len(graded)} 个", "有", "在“环节”表填写本链环节", not graded),
        Check("未摸底环节", _some(unknown), "0 个", "按摸底模板调查后填“企业”表，已调查选是", bool(unknown)),
        Check("未分阶段环节", _some(unstaged), "0 个", "在“环节”表补填阶段", bool(unstaged)),
        Check("产值不全的环节", _some(by_count), "0 个", "在“企业”表补填各企业同一年产值", bool(by_count)),
        Check("外购来源未登记", _some(unsourced), "0 个", "在“外部供给”表登记来源和占比", bool(unsourced)),
    ]
    lines += [Check(k, f"{n} 个", "有", f"在“{k}”表填写并注明产业链", n == 0) for k, n in owned.items()]
    return lines


def _some(names: Sequence[str]) -> str:
    if not names:
        return "0 个"
    return f"{len(names)} 个：{'、'.join(names[:8])}{'等' if len(names) > 8 else ''}"


def deliver(reports: Sequence[ReportFacts], folder: Path, orders: Sequence[NeedsOrder] = ()) -> Delivered:
    """Write report, needs list, mind map and 招商对接清单 of each chain in every form, in a folder of its own, and the check
    list; `orders` say how the office of each writes and what may answer the needs. Raises NotWritable."""
    views = [facts.view for facts in reports]
    files: list[Path] = []
    for place, facts in enumerate(reports):
        name = file_name(chain_title(facts.view.county, facts.view.chain))
        own, order = _made(folder / name), orders[place] if orders else NeedsOrder()
        for suffix, draw in _drawings(facts, order):
            path = own / f"{name}{suffix}"
            draw(path)
            files += _sheets(path)
    _write_checks(views, _made(folder) / CHECKS)
    missing = [
        f"{chain_title(v.county, v.chain)}：{c.item} {c.present}，应{c.asked}；{c.todo}"
        for v in views
        for c in checks(v)
        if c.thin
    ]
    return Delivered((*files, folder / CHECKS), tuple(missing))


def _drawings(facts: ReportFacts, order: NeedsOrder) -> Iterator[tuple[str, Callable[[Path], object]]]:
    """Every file of a chain: how its name ends, and what draws it."""
    for suffix in (".docx", ".pdf"):
        yield f"技术分析报告{suffix}", partial(write_report, facts, settings=order.settings)
    for suffix in (".xlsx", ".docx"):
        yield f"{NAME}{suffix}", partial(write_needs, [facts.view], order=order)
    for suffix in (s for s in MAPS if s != ".zip"):  # which holds the same pictures
        yield f"创新思维导图{suffix}", partial(write_mindmap, facts.view, plan=facts.plan)
    yield "招商对接清单.xlsx", partial(write_candidates, facts.plan, leads=facts.leads)


def _sheets(path: Path) -> Iterator[Path]:
    """The file; of a picture too large for a sheet, all of them."""
    yield path
    yield from takewhile(Path.exists, (png_path(path, number) for number in count(2)))


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(folder, reason_of(error)) from error
    return folder


def _write_checks(views: Sequence[ChainView], path: Path) -> None:
    book = Book(path)
    lines: list[Line] = []
    for view in views:
        for check in checks(view):
            verdict = ("待补", check.todo) if check.thin else ("已有", "")
            cells = (view.county, view.chain, check.item, check.present, check.asked, *verdict)
            lines.append([Styled(text, fill=WARN * check.thin) for text in cells])
    print_sheet(book, PrintedSheet("缺项自查表", "缺项自查表", CHECK_COLUMNS, [Band("", lines)], frozen=0, bare=True))
    book.close()
