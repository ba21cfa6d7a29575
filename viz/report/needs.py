"""The needs list 《技术需求清单》: common and key parts, and how far it is from what the plan asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

from graph.files import row_places
from graph.measures.needs import needs_of
from graph.model import ChainView, ViewNode
from graph.naming.chain import chain_title
from viz.errors import UnknownFormat
from viz.report.docx import Paper
from viz.report.sheets import Book
from viz.theme import SOFT, demo_notice

FORMATS = (".xlsx", ".docx")
PARTS = (("共性", "一、共性技术需求"), ("关键", "二、关键技术需求"), ("", "三、未注明类别的技术需求"))
COLUMNS = (
    ("序号", 6), ("名称", 30), ("产业链", 20), ("环节", 16), ("关键技术", 18), ("提出单位", 22), ("需求描述", 36), ("技术指标", 24), ("现状", 18),
    ("拟投入(万元)", 12), ("合作方式", 12), ("期望时限", 12), ("责任人", 12), ("进展", 10), ("依据", 36),
)  # fmt: skip
OWN = ("需求描述", "技术指标", "现状", "拟投入(万元)", "合作方式", "期望时限", "责任人", "进展")


@dataclass(frozen=True, slots=True)
class NeedsSummary:
    """What a needs list holds. `missing` adds up, over the chains, how many needs are short of ten."""

    file: Path
    common: int
    key: int
    other: int
    missing: int


def shortfall(view: ChainView) -> str:
    """The line 已录 n 项，距10项差 m 项."""
    return f"{chain_title(view.county, view.chain)}：技术需求{needs_of(view).text}"


def need_cells(view: ChainView, node: ViewNode, number: int) -> list[Any]:
    """One row of the list."""

    def joined(relation: str) -> str:
        return "、".join(dict.fromkeys(n.name for n in view.targets(node.id, relation)))

    values = [node.values.get(c) for c in OWN]
    rows = [view.sources[r] for r in node.records if r in view.sources]
    return [
        number,
        node.name,
        view.chain,
        joined("ON_SEGMENT"),
        joined("NEEDS_TECHNOLOGY"),
        joined("RAISED_BY"),
        *values,
        row_places(rows),
    ]


def write_needs(views: Sequence[ChainView], path: Path) -> NeedsSummary:
    """Write the list as .xlsx or .docx. Raises UnknownFormat and NotWritable."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        _write_xlsx(views, path)
    elif suffix == ".docx":
        _write_docx(views, path)
    else:
        raise UnknownFormat(suffix, FORMATS)
    counts = [needs_of(v) for v in views]
    common, key, other, missing = (sum(map(attrgetter(n), counts)) for n in ("common", "key", "other", "missing"))
    return NeedsSummary(path, common, key, other, missing)


def _rows(views: Sequence[ChainView], category: str) -> list[list[Any]]:
    needs = [
        (v, n)
        for v in views
        for n in v.belonging("技术需求")
        if n.values.get("类别") == category or (not category and n.values.get("类别") not in ("共性", "关键"))
    ]
    return [need_cells(v, n, number) for number, (v, n) in enumerate(needs, 1)]


def _title(views: Sequence[ChainView]) -> str:
    return f"{chain_title(views[0].county, views[0].chain)}技术需求清单" if len(views) == 1 else "技术需求清单"


def _write_xlsx(views: Sequence[ChainView], path: Path) -> None:
    book = Book(path)
    page = book.bare_page("技术需求清单", COLUMNS)
    part, body = book.plain(bold=True, font_size=12, bg_color=SOFT), book.style(text_wrap=True, border_color="black")
    page.write_string(0, 0, _title(views), book.plain(bold=True, font_size=16))
    notes = [shortfall(view) for view in views] + (
        [demo_notice(v.county for v in views)] if any(v.demo for v in views) else []
    )
    for line, note in enumerate(notes, 1):
        page.write_string(line, 0, note)
    line = len(notes) + 1
    for category, caption in PARTS:
        rows = _rows(views, category)
        if not rows and not category:
            continue
        page.write_string(line + 1, 0, f"{caption}（{len(rows)} 项）", part)
        for place, (name, _) in enumerate(COLUMNS):
            page.write_string(line + 2, place, name, book.head)
        line += 3
        if not rows:
            page.write_string(line, 0, "尚未填报：请在“技术需求”表填写，类别选共性或关键")
            line += 1
        for number, row in enumerate(rows, line):
            for place, value in enumerate(row):
                _write_cell(page, number, place, value, body)
        line += len(rows)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.close()


def _write_cell(page: Any, line: int, place: int, value: object, style: object) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        page.write_number(line, place, value, style)
    else:
        page.write_string(line, place, "" if value is None else str(value), style)


def _write_docx(views: Sequence[ChainView], path: Path) -> None:
    dates = [date.fromisoformat(v.as_of) for v in views]
    paper = Paper(_title(views), max(dates, default=date(2024, 1, 1)), landscape=True)
    paper.header(demo_notice(v.county for v in views) if any(v.demo for v in views) else "")
    paper.doc.styles["Title"].paragraph_format.space_before = 0
    paper.title(_title(views))
    for view in views:
        paper.say(shortfall(view) + "。")
    for category, caption in PARTS:
        rows = _rows(views, category)
        if not rows and not category:
            continue
        paper.heading(caption)
        if not rows:
            paper.say("尚未填报。请在“技术需求”表填写，类别选“共性”或“关键”。")
            continue
        keep = (0, 1, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14)
        widths = (5, 20, 12, 12, 15, 18, 12, 9, 10, 9, 8, 18)
        paper.table(
            caption.split("、")[1],
            [COLUMNS[i][0] for i in keep],
            [[row[i] for i in keep] for row in rows],
            widths,
            size=9,
        )
    paper.save(path)
