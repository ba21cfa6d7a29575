"""Cells that are filled and say nothing: words for nothing, pictures, 同上, characters without a shape."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.schema.kinds import Column
from graph.text import norm
from ingest.readers.base import Cell

DITTO = frozenset({"同上", "同前", "〃", "″", "''", '"', "ditto"})
_PLACEHOLDERS = frozenset(
    [
        "n/a",
        "na",
        "null",
        "nan",
        "none",
        "nil",
        "undefined",
        "空",
        "空白",
        "没有",
        "\\",
        "\\\\",
        "//",
        "未填",
        "未填写",
        "待填",
        "待补",
        "待补充",
        "待定",
        "未知",
        "不明",
        "不清楚",
        "不适用",
        "不涉及",
        "无数据",
        "暂缺",
        "n.a.",
        "n.a",
        "无此项",
        "略",
        "从略",
        "空缺",
        "无名称",
        "xxx",
        "xx",
    ]
)
_NOTHING = frozenset({"无", "暂无", "不详"})  # blank without a remark, but in brackets
_MARKS_ONLY = re.compile(r"[-—–―－_/\\.。…·*#?？!！~～、，,;；:：|()（）<>《》\s]+")
_STROKES = re.compile(r"[-—–―－/\\\s]+")
_PICTURE = re.compile(r"=\s*(?:_xlfn\.)?(?:_xlws\.)?(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
# Controls and characters without a shape; spaces, line ends and the zero-width ones of `graph.text` are not among them.
_SHAPELESS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2065-\u206f\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


def is_placeholder(cell: Cell) -> bool:
    """Whether a cell holds a word for nothing.

    >>> [is_placeholder(c) for c in ("N/A", "null", "没有", "（空白）", "……", "锯床", 0)]
    [True, True, True, True, True, False, False]
    """
    if not isinstance(cell, str) or len(cell) >= 40:
        return False
    word = norm(cell).lower()
    bare = word.strip("<>()[]【】〈〉 ")
    return bare in _PLACEHOLDERS or (bare != word and bare in _NOTHING) or bool(_MARKS_ONLY.fullmatch(cell))


@lru_cache(maxsize=1 << 14)  # tables say the same over and over
def says_something(text: str) -> bool:
    """Whether a text is surely a value: nothing of what this module knows is in it."""
    return not (is_ditto(text) or is_placeholder(text) or is_picture(text) or _SHAPELESS.search(text))


def is_picture(cell: Cell) -> bool:
    """Whether a cell holds the text by which a spreadsheet shows a picture in it."""
    return isinstance(cell, str) and bool(_PICTURE.match(cell))


def is_dash(cell: Cell) -> bool:
    """Whether nothing but strokes stands in a cell."""
    return isinstance(cell, str) and bool(_STROKES.fullmatch(cell))


def is_ditto(cell: Cell) -> bool:
    """Whether a cell says that the one above holds for it too.

    >>> is_ditto("同上"), is_ditto("同上海")
    (True, False)
    """
    return isinstance(cell, str) and norm(cell).lower() in DITTO


def nothing_said(cell: Cell, column: Column) -> str | None:
    """Why a cell of this column, though filled, says nothing."""
    if is_picture(cell):
        return "单元格里是图片，不是文字，按空处理"
    if not is_placeholder(cell) or column.value_type.is_flag or norm(str(cell)) in column.words:
        return None
    return f"“{str(cell).strip()}”按没有填写处理"


def without_shapeless(text: str) -> str:
    r"""A text without the characters that nobody sees.

    >>> without_shapeless("示例\x07公司\x1a")
    '示例公司'
    """
    return _SHAPELESS.sub("", text)
