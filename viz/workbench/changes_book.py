"""变化.xlsx: what changed between two moments, a sheet for each sort of thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.answers.documents.ledger import StatedDocument
from graph.answers.documents.parts import SourceDocument
from graph.answers.documents.workbench.changes import (
    ChangedFirmDocument,
    ChangedTargetDocument,
    ChangedValueDocument,
    ChangesDocument,
    SegmentBetweenDocument,
)
from graph.files import row_places
from viz.errors import UnknownFormat
from viz.report.printing import Band, Cell, Line, PrintedSheet, Styled, print_sheet
from viz.report.sheets import Book
from viz.theme import LIGHT_STYLES, STATUS_STYLES

SEGMENTS = (
    "县（市、区）", "产业链", "环节", "变化", "原来的状态", "后来的状态", "原来家数", "后来家数", "后来的依据", "说明",
    "新计入的行", "不再计入的行",
)  # fmt: skip
FIRMS = ("变化", "企业", "所在", "状态", "环节", "登记的行")
TARGETS = ("县（市、区）", "对象", "指标", "变化", "原来的灯", "后来的灯", "原来的数", "后来的数", "单位", "情况")
VALUES = ("类别", "名称", "列", "原来的值", "后来的值", "原来的行", "后来的行")
BATCHES = ("批次", "导入或撤销", "时间（UTC）", "谁", "行数", "文件")


def write_changes_book(path: Path, changes: ChangesDocument) -> None:
    """Write the document of `changes` as a workbook. Raises UnknownFormat and NotWritable."""
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book = Book(path)
    span = f"{changes['since']['text']} 至 {changes['until']['text']}"
    where = changes["chain"]["chain"] if changes["chain"] else changes["county"] or "全市"

    def sheet(name: str, columns: Sequence[str], lines: Iterable[Line], frozen: int = 1) -> None:
        rows = [Band("", list(lines), "没有变化")]
        print_sheet(book, PrintedSheet(name, f"{name}（{where}，{span}）", columns, rows, frozen=frozen))

    sheet("环节", SEGMENTS, map(_segment, changes["segments"]), 3)
    sheet("企业", FIRMS, map(_firm, changes["firms"]), 2)
    sheet("指标", TARGETS, map(_target, changes["targets"]), 3)
    sheet("值", VALUES, map(_value, changes["values"]), 2)
    steps = ([b["batch"], b["what"], b["time"], b["by"], b["rows"], "、".join(b["files"])] for b in changes["batches"])
    sheet("批次", BATCHES, steps)
    book.close()


def _status(code: str | None, caption: str | None) -> Cell:
    if code is None:
        return None
    style = STATUS_STYLES[code]
    return Styled(f"{style.icon} {caption}", style.color, style.fill)


def _light(word: str | None) -> Cell:
    if word is None:
        return None
    style = LIGHT_STYLES[word]
    return Styled(f"{style.sign} {word}", style.color, style.fill)


def _segment(s: SegmentBetweenDocument) -> Line:
    return [
        s["county"], s["chain"], s["segment"], s["change"], _status(s["before_status"], s["before"]),
        _status(s["after_status"], s["after"]), s["before_count"], s["after_count"], s["reason"], s["cause"],
        _rows(s["brought"], s["brought_rows"]), _rows(s["gone"], s["gone_rows"]),
    ]  # fmt: skip


def _rows(listed: Sequence[SourceDocument], count: int) -> str:
    more = f"等 {count} 行" if count > len(listed) else ""
    return row_places(listed) + more


def _firm(f: ChangedFirmDocument) -> Line:
    return [f["change"], f["name"], f["place"], f["state"], "、".join(f["on"]), row_places(f["evidence"])]


def _target(t: ChangedTargetDocument) -> Line:
    return [
        t["county"], t["subject"], t["indicator"], t["change"], _light(t["before"]), _light(t["after"]),
        _plain(t["before_value"]), _plain(t["after_value"]), t["unit"], t["text"],
    ]  # fmt: skip


def _plain(value: float | bool | None) -> Cell:
    return ("是" if value else "否") if isinstance(value, bool) else value


def _value(v: ChangedValueDocument) -> Line:
    before, after = v["before"], v["after"]
    return [v["kind"], v["name"], v["field"], _stated(before), _stated(after), _place(before), _place(after)]


def _stated(value: StatedDocument | None) -> Cell:
    return None if value is None else _plain(value["value"]) if not isinstance(value["value"], str) else value["value"]


def _place(value: StatedDocument | None) -> str:
    return row_places([value["source"]]) if value and value["source"] else ""
