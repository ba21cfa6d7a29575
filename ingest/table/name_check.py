"""A name column holds names: what cells of it hold instead, and what to do about each.

Every table asks here, whether it was read as a sheet of the template, by a mapping or as a form.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from graph.naming.firm import parse_firm
from graph.schema.kinds import Column, Kind, Sheet
from graph.schema.types.base import BadCell
from graph.text import clean, norm, split
from ingest.readers.base import Cell
from ingest.table.captions import SheetCaptions, caption_key, caption_parts

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
    ]
)
_MARKS_ONLY = re.compile(r"[-—–―－_/\\.。…·*#?？!！~～、，,;；:：|()（）<>《》\s]+")
_PICTURE = re.compile(r"=\s*(?:_xlfn\.)?(?:_xlws\.)?(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
_FAULT = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|BUSY!)", re.IGNORECASE)
_FORMULA = re.compile(r"=\s*(?:_xl\w+\.)*[A-Za-z][A-Za-z0-9_.]*\s*\(.*")
# Controls and characters without a shape; spaces, line ends and the zero-width ones of `graph.text` are not among them.
_SHAPELESS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2065-\u206f\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_NUMBER_ONLY = re.compile(r"[\d\s.,%+\-/:年月日]*\d[\d\s.,%+\-/:年月日]*")
_LINE_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+\s*(?=[^\x00-\x7f])")


class NameRead(NamedTuple):
    """A name as it is kept, and what to ask about it."""

    name: str
    question: str | None = None
    hint: str = ""


def is_placeholder(cell: Cell) -> bool:
    """Whether a cell holds a word for nothing.

    >>> [is_placeholder(c) for c in ("N/A", "null", "没有", "……", "锯床", 0)]
    [True, True, True, True, False, False]
    """
    return isinstance(cell, str) and len(cell) < 40 and (
        norm(cell).lower() in _PLACEHOLDERS or bool(_MARKS_ONLY.fullmatch(cell))
    )  # fmt: skip


def is_picture(cell: Cell) -> bool:
    """Whether a cell holds the text by which a spreadsheet shows a picture in it."""
    return isinstance(cell, str) and bool(_PICTURE.match(cell))


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


class NameCheck:
    """What may stand where a sheet asks for names."""

    def __init__(self, sheet: Sheet) -> None:
        self._firms = isinstance(sheet, Kind) and bool(sheet.codes)
        self._captions = SheetCaptions(sheet).keys

    def read(self, name: str, column: Column) -> NameRead:
        """A name of one thing; several names in one cell are asked about. Raises BadCell for what is no name."""
        if _FAULT.fullmatch(name.strip()):
            raise BadCell(f"单元格是错误值 {name.strip()}", "改正公式或直接填写名称")
        if _FORMULA.fullmatch(name):
            raise BadCell("单元格里是公式的文字，不是名称", "填写名称本身，或在 Excel 里把公式改为数值")
        if not column.value_type.is_name or column.list:
            return NameRead(name)
        whole = _joined(name)
        key = caption_key(whole)
        if key in self._captions or caption_parts(whole).name in self._captions:
            raise BadCell(f"“{whole}”是列名，不是名称", "改成名称；如果表是横排的，先转置成一行一项")
        if self._firms and _NUMBER_ONLY.fullmatch(norm(whole)):
            raise BadCell("名称里只有数字或日期", "填写名称本身")
        if self._firms and len(firms := _firms_in(name)) > 1:
            return NameRead(whole, f"一个名称里像是 {len(firms)} 家企业：{'、'.join(firms)[:60]}", "每家企业单独填一行")
        if _PRIVATE.search(whole):
            return NameRead(whole, "名称里有自造字，换一台电脑就认不出来", "换成标准汉字")
        return NameRead(whole)


def _joined(name: str) -> str:
    """A name that was broken over lines, in one; several names on several lines stay apart."""
    return clean(name) if len(_firms_in(name)) > 1 else clean(_LINE_BREAK.sub("", name))


def _firms_in(name: str) -> list[str]:
    """The names with a legal form that a cell lists, if nothing else is in it."""
    items = split(name)
    return items if len(items) > 1 and all(parse_firm(i).form and not i.isascii() for i in items) else []
