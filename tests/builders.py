"""Small workbooks, cities and records for tests; every name is made up (示例)."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Table = Sequence[Sequence[Any]]

COUNTIES: Table = [
    ["名称", "级别", "上级"],
    ["示例市", "市", None],
    ["示例县", "县", "示例市"],
    ["示例邻县", "县", "示例市"],
]
CHAINS: Table = [["名称", "县市区"], ["示例锯床产业链", "示例县"]]
SEGMENTS: Table = [
    ["产业链", "名称", "阶段", "已调查"],
    ["示例锯床产业链", "锯条", "上游", "是"],
    ["示例锯床产业链", "带锯床", "中游", "是"],
]
FEEDS: Table = [["产业链", "上游环节", "下游环节"], ["示例锯床产业链", "锯条", "带锯床"]]
FIRMS: Table = [
    ["名称", "县市区", "产业链", "环节", "产值(万元)", "年份", "状态"],
    ["示例甲锯业有限公司", "示例县", "示例锯床产业链", "锯条", 100, 2024, "在产"],
    ["示例乙机床有限公司", "示例县", "示例锯床产业链", "带锯床", 300, 2024, "在产"],
]
BASICS: Mapping[str, Table] = {
    "县市区": COUNTIES, "产业链": CHAINS, "环节": SEGMENTS, "环节供给": FEEDS, "企业": FIRMS,
}  # fmt: skip


def write_book(path: Path, sheets: Mapping[str, Table]) -> Path:
    """An xlsx workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def write_csv(path: Path, rows: Table, encoding: str = "utf-8") -> Path:
    """A CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path
