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
from ingest.table.captions import SheetCaptions, caption_key, caption_parts

_FAULT = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|BUSY!)", re.IGNORECASE)
_FORMULA = re.compile(r"=\s*(?:_xl\w+\.)*[A-Za-z][A-Za-z0-9_.]*\s*\(.*")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_NUMBER_ONLY = re.compile(r"[\d\s.,%+\-/:年月日]*\d[\d\s.,%+\-/:年月日]*")
_LINE_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+\s*(?=[^\x00-\x7f])")


class NameRead(NamedTuple):
    """A name as it is kept, and what to ask about it."""

    name: str
    question: str | None = None
    hint: str = ""


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
