"""All files that the plan asks of a county, for several chains at once, and a check list of what is thin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.answers.papers.report import ReportFacts
from graph.files import file_name, reason_of
from graph.measures.needs import ASKED, needs_of
from graph.model import ChainView
from graph.naming.chain import chain_title
from viz.errors import NotWritable
from viz.mindmap.write import write_mindmap
from viz.report.needs import write_needs
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


def deliver(reports: Sequence[ReportFacts], folder: Path) -> Delivered:
    """Write needs list, mind map and report of each chain, and the check list. Raises NotWritable."""
    views = [facts.view for facts in reports]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(folder, reason_of(error)) from error
    files: list[Path] = []
    for facts, view in zip(reports, views, strict=True):
        clash = sum(file_name(v.chain) == file_name(view.chain) for v in views) > 1
        name = file_name(chain_title(view.county, view.chain) if clash else view.chain)
        needs, mind, word = (
            folder / f"{name}{s}" for s in ("技术需求清单.xlsx", "创新思维导图.html", "技术分析报告.docx")
        )
        write_needs([view], needs)
        write_mindmap(view, mind, facts.plan)
        write_report(facts, word)
        files += [needs, mind, word]
    _write_checks(views, folder / CHECKS)
    missing = [
        f"{chain_title(v.county, v.chain)}：{c.item} {c.present}，应{c.asked}；{c.todo}"
        for v in views
        for c in checks(v)
        if c.thin
    ]
    return Delivered((*files, folder / CHECKS), tuple(missing))


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
