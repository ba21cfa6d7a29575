"""Tables as workbooks, formula-safe, with status colours and captions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.analysis.grading.statuses import SCORES, UNKNOWN_COUNT
from graph.files import FORMULA_SAFE, reason_of, row_places
from viz.errors import NotWritable
from viz.fonts import text_width
from viz.theme import HEAD, LINE, STATUS_STYLES, look_of

Row = Mapping[str, Any]
Column = tuple[str, float]  # header, width in characters
A4 = 9  # as Excel counts papers
MADE = datetime(2000, 1, 1)  # the same in every workbook: the same rows give the same bytes
GAP_COLUMNS = (
    ("县市区", 14), ("产业链", 22), ("环节", 22), ("上级环节", 16), ("阶段", 8), ("状态", 13), ("标志", 26), ("列名企业", 9),
    ("在产企业", 9), ("最大一家占比", 12), ("在建签约", 9), ("外购占比", 9), ("置信度", 8), ("原因", 60), ("建议", 50), ("再进一步", 36), ("依据", 60),
    ("优先级", 9), ("名次", 7), ("并列", 6), ("名次稳定", 9), ("缺口", 8), ("关键性", 8), ("集中度", 8), ("外部依赖", 9), ("可行性", 8), ("得分说明", 60),
)  # fmt: skip
PERCENT = frozenset({"最大一家占比", "外购占比", "置信度", "名次稳定"})


@contextmanager
def writing(path: object) -> Iterator[None]:
    """Whatever the system refuses inside is said of the file that was asked for. Raises NotWritable.

    >>> with writing("清单.xlsx"):
    ...     raise PermissionError(13, "Permission denied")
    Traceback (most recent call last):
    viz.errors.NotWritable: 写不了文件 清单.xlsx：没有权限
    """
    try:
        yield
    except OSError as error:
        raise NotWritable(path, reason_of(error)) from error
    except xlsxwriter.exceptions.FileCreateError as error:
        raise NotWritable(path, str(error)) from error


class Book:
    """A workbook in the look of the house, in which no text is taken for a formula or a link."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._book = xlsxwriter.Workbook(str(path), dict(FORMULA_SAFE))
        self._book.set_properties({"author": "链谱", "created": MADE})
        self.head = self.style(bold=True, bg_color=HEAD, border_color="black", text_wrap=True)
        self.body = self.style(text_wrap=True)

    def style(self, **own: object) -> Any:
        """A framed cell, with what is its own."""
        return self._book.add_format({"valign": "top", "border": 1, "border_color": LINE, **own})

    def plain(self, **own: object) -> Any:
        """A cell without a frame."""
        return self._book.add_format(own)

    def page(self, name: str, columns: Sequence[Column], *, frozen: int = 1) -> Any:
        """A sheet with its headers, the first `frozen` columns always in sight."""
        page = self._book.add_worksheet(name)
        for place, (title, width) in enumerate(columns):
            page.write_string(0, place, title, self.head)
            page.set_column(place, place, width)
        page.freeze_panes(1, frozen)
        return page

    def bare_page(self, name: str, columns: Sequence[Column]) -> Any:
        """A sheet with the widths of its columns only."""
        page = self._book.add_worksheet(name)
        for place, (_, width) in enumerate(columns):
            page.set_column(place, place, width)
        return page

    def close(self) -> None:
        """Write the workbook. Raises NotWritable."""
        with writing(self._path):
            self._book.close()


def row_height(cells: Iterable[tuple[object, float]]) -> float:
    """The height in points that wrapped texts need in columns of some widths (characters); programs differ in whether they see to it.

    >>> row_height([("短", 10), ("很长很长很长的理由", 10)])
    34.0
    """
    lines = [max(1, ceil(text_width(str(text or ""), 2) / max(width - 1, 1))) for text, width in cells]
    return 17.0 * max(lines, default=1)


def write_gaps_table(rows: Sequence[Row], path: Path) -> None:
    """The weak-link table: one row per segment, with reasons and rows behind them. Raises NotWritable."""
    book = Book(path)
    page = book.page("环节状态", GAP_COLUMNS, frozen=3)
    percent, score = book.style(num_format="0%"), book.style(num_format="0.0")
    for line, row in enumerate(rows, 1):
        look = look_of(row["status"], row["flags"])
        status = book.style(font_color=look.color, bg_color=look.fill)
        for place, ((title, _), value) in enumerate(zip(GAP_COLUMNS, _gap_cells(row), strict=True)):
            if title == "状态":
                page.write_string(line, place, value, status)
            elif isinstance(value, float):
                page.write_number(line, place, value, percent if title in PERCENT else score)
            elif isinstance(value, int):
                page.write_number(line, place, value, book.body)
            else:
                page.write_string(line, place, value or "", book.body)
    page.autofilter(0, 0, max(len(rows), 1), len(GAP_COLUMNS) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.close()


def _gap_cells(row: Row) -> list[Any]:
    makers = row["makers"]
    top = (
        float(makers[0]["share"]) if makers and row["n"] == row["total"] and "份额按家数" not in row["flags"] else None
    )
    return [
        row["county"], row["chain"], row["segment"], row["parent"], row["stage"], f"{STATUS_STYLES[row['status']].icon} {row['caption']}", " ".join(row["flags"]), row["n"] if row["known"] else UNKNOWN_COUNT, row["count"],
        top, row["pending"], row["external_share"], row["confidence"], row["reason"], "；".join(row["remedies"]),
        row["flip"]["text"] if row["flip"] else "", row_places(row["evidence"]), *_score_cells(row["scores"]),
    ]  # fmt: skip


def _score_cells(scores: Row | None) -> list[Any]:
    """Priority, rank and components; empty where there is none."""
    if scores is None:
        return [None] * (len(SCORES) + 5)
    parts = [scores[name] for name in SCORES]
    return [
        scores["priority"],
        scores["rank"],
        "并列" if scores["tied"] else None,
        scores["rank_holds"],
        *(p["value"] for p in parts),
        "".join(p["text"] for p in parts),
    ]
