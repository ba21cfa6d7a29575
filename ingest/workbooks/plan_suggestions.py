"""What was read from a plan's text as a workbook to go through: a row loads where its column 采用 says 是."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.schema.kinds import Schema
from ingest.plan_text.suggestion import PlanReading, TargetSuggestion, TaskSuggestion
from ingest.table.no_data import ADOPT, NO, YES
from ingest.workbooks.template import dropdown, excel_book

WHOLE = "全市"  # how the sheet 指标 names all that the ledger is about
BESIDE = ("原文", "位置", "把握", "疑点")  # what a person needs to decide; it stays with a row that is loaded
_WIDE = {"名称": 34, "原文": 70, "疑点": 40, "位置": 36, "责任单位": 30, "牵头单位": 30, "任务": 24, "计划": 24}
_LEFT_OUT = frozenset({"上级指标", "频次", "进展", "完成日期", "佐证", "牵头领导", "责任人", "节点"})


def write_suggestions(
    path: Path, reading: PlanReading, schema: Schema, adopted: frozenset[str] = frozenset(), only: bool = False
) -> None:
    """Write the sheets 计划, 指标 and 任务. `adopted` are the marks of rows that a person took; with `only` no others."""
    book = excel_book(path)
    head = book.add_format({"bold": True, "bg_color": "#E6F0FA", "border": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in _sheets(reading).items():
        sheet = schema.sheets[name]
        page = book.add_worksheet(name)
        page.freeze_panes(1, 2)
        columns = [c for c in sheet.columns if c.template and c.caption not in _LEFT_OUT]
        captions = [ADOPT, *(c.caption for c in columns), *BESIDE] if name != "计划" else [c.caption for c in columns]
        first = len(captions) - len(columns) - len(BESIDE) if name != "计划" else 0
        for place, caption in enumerate(captions):
            page.write_string(0, place, caption, head)
            page.set_column(place, place, _WIDE.get(caption, max(8, 2 * len(caption) + 2)))
        for place, column in enumerate(columns, first):
            dropdown(page, place, column, {})
        if first and rows:
            page.data_validation(1, 0, len(rows), 0, {"validate": "list", "source": [YES, NO]})
        marks = [mark_of(name, i) for i in range(len(rows))]
        kept = [(mark, row) for mark, row in zip(marks, rows, strict=True) if not only or not first or mark in adopted]
        for number, (mark, row) in enumerate(kept, 1):
            if first:
                page.write_string(number, 0, YES if mark in adopted else "", wrap)
            for place, caption in enumerate(captions[first:], first):
                _write(page, number, place, row.get(caption), wrap)
    book.close()


def mark_of(sheet: str, place: int) -> str:
    """What a row is called among those of its sheet, counted from 0: 指标1."""
    return f"{sheet}{place + 1}"


def _sheets(reading: PlanReading) -> dict[str, list[dict[str, Any]]]:
    plan = {"名称": reading.plan, "起始年": reading.start_year, "结束年": reading.end_year}
    return {
        "指标": [_target(t, reading) for t in reading.targets],
        "任务": [_task(t, reading.plan) for t in reading.tasks],
        **({"计划": [plan]} if reading.plan else {}),
    }


def _target(target: TargetSuggestion, reading: PlanReading) -> dict[str, Any]:
    return {
        "名称": target.indicator,
        "任务": target.task,
        "对象": (reading.place or WHOLE) if target.subject == reading.whole else target.subject,
        "比较": target.comparator,
        "数值": target.value,
        "单位": target.unit,
        "基期年": target.base_year,
        "期限": target.deadline,
        "责任单位": "、".join(target.owners),
        "计划": reading.plan,
        **dict(zip(BESIDE, (target.sentence, target.where, target.confidence, "；".join(target.doubts)), strict=True)),
    }


def _task(task: TaskSuggestion, plan: str) -> dict[str, Any]:
    return {
        "名称": task.name,
        "计划": plan,
        "编号": task.code,
        "上级任务": task.parent,
        "牵头单位": "、".join(task.owners),
        "配合单位": "、".join(task.support),
        "期限": task.deadline,
        **dict(zip(BESIDE, (task.sentence, task.where, task.confidence, "；".join(task.doubts)), strict=True)),
    }


def _write(page: Any, row: int, place: int, value: Any, wrap: Any) -> None:
    if isinstance(value, int | float):
        page.write_number(row, place, value, wrap)
    elif value:
        page.write_string(row, place, str(value), wrap)
