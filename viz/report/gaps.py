"""The weak-link table: one row per segment, with reasons, advice, score and the rows behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.analysis.grading.statuses import SCORES, UNKNOWN_COUNT
from graph.files import row_places
from viz.report.printing import Band, Cell, Line, PrintedSheet, Styled, print_sheet
from viz.report.sheets import Book
from viz.theme import STATUS_STYLES, look_of
from viz.wording import plain

Row = Mapping[str, Any]
COLUMNS = (
    "县市区", "产业链", "环节", "阶段", "状态", "在产企业", "最大一家占比", "外购占比", "名次", "优先级", "原因", "建议", "再进一步",
    "上级环节", "标志", "列名企业", "在建签约", "置信度", "并列", "名次稳定", "缺口", "关键性", "集中度", "外部依赖", "可行性", "得分说明", "依据",
)  # fmt: skip
PRINTED = 13  # columns; the rest is for the screen
NAME = "环节状态"


def write_gaps_table(rows: Sequence[Row], path: Path) -> None:
    """Write the table as a workbook. Raises NotWritable."""
    book = Book(path)
    lines = [_line(row) for row in rows]
    print_sheet(book, PrintedSheet(NAME, f"{NAME}表", COLUMNS, [Band("", lines)], frozen=3, printed=PRINTED, bare=True))
    book.close()


def _line(row: Row) -> Line:
    makers, look = row["makers"], look_of(row["status"], row["flags"])
    whole = makers and row["n"] == row["total"] and "份额按家数" not in row["flags"]
    status = Styled(f"{STATUS_STYLES[row['status']].icon} {row['caption']}", look.color, look.fill)
    scores = row["scores"] or {}
    parts = [scores[name] for name in SCORES] if scores else []
    return [
        row["county"], row["chain"], row["segment"], row["stage"], status, row["count"], _share(float(makers[0]["share"]) if whole else None),
        _share(row["external_share"]), scores.get("rank"), _score(scores.get("priority")), row["reason"], "；".join(row["remedies"]),
        plain(row["flip"]["text"]) if row["flip"] else None, row["parent"], " ".join(row["flags"]), row["n"] if row["known"] else UNKNOWN_COUNT,
        row["pending"], _share(row["confidence"]), "并列" if scores.get("tied") else None, _share(scores.get("rank_holds")),
        *([_score(part["value"]) for part in parts] or [None] * len(SCORES)), "".join(part["text"] for part in parts), row_places(row["evidence"]),
    ]  # fmt: skip


def _share(value: float | None) -> Cell:
    return Styled(value, format="0%")


def _score(value: float | None) -> Cell:
    return Styled(value, format="0.0")
