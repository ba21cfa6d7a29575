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
_FORMULA = re.compile(
    r"=\s*[+\-(]*\s*(?:(?:_xl\w+\.)*[A-Za-z][A-Za-z0-9_.]*\s*\(.*|(?:[^\s!]{1,31}!)?\$?[A-Za-z]{1,3}\$?\d{1,7}(?:\W.*)?)",
    re.DOTALL,
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_NUMBER_ONLY = re.compile(r"[\d\s.,%+\-/:年月日]*\d[\d\s.,%+\-/:年月日]*")
# Firms by the end of their names; 高新技术企业 is no firm but what one may be.
_FIRM = re.compile(
    r"(?:公司|厂|集团|合作社|联社|(?:独资|合伙)企业|有限合伙|工作室|经营部|商行)(?:\((?:普通合伙|有限合伙|特殊普通合伙|个人独资|中外合资|外商独资|筹)\))?$"
)
_NUMBERED = re.compile(r"[\dA-Za-z\s./+()-]*")
# What forms ask for beside what the schema knows: a label is no name of anything.
_LABELS = re.compile(
    "法定代表人|法人代表|法人|联系人|联系方式|联系电话|电话|传真|邮箱|电子邮箱|电子邮件|邮编|邮政编码|网址|"
    "注册资本|注册资金|注册资本情况|注册地址|通讯地址|通信地址|办公地址|地址|主营业务|经营范围|业务范围|主要业务|"
    "成立时间|成立日期|注册时间|企业性质|单位性质|企业类型|所属行业|行业|开户银行|银行账号|资产总额|负债总额|"
    "负责人|项目负责人|主任|起止时间|主要内容|研究方向|研究内容|经费|备注|序号|内容|项目|指标|高新技术企业|"
    "职工人数|员工人数|基本信息|基本情况|填表人|填报人"
)
_YEAR_ONLY = re.compile(r"[〇零一二三四五六七八九]{4}年度?")
_ANSWERS = frozenset({"是", "否", "有", "true", "false", "y", "yes", "no", "√", "×", "✓", "☑", "□"})
_NOBODY = re.compile(r"(?:[xX×*＊○]{1,4}|某{1,3})[省市县区某]{0,6}(?:股份|有限|责任|集团)*(?:公司|企业|厂|单位)")
_AND = re.compile(r"(?:(?<=公司)|(?<=厂)|(?<=集团))(?:\s*(?:以及|和|及|与|&|\+)\s*|\s+)(?=\S)")
_BRANCH = re.compile(r".*分(?:公司|厂|院|所)|.*[一二三四五六七八九十\d]厂")
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
        self._quantities = "数值" in sheet.by_caption  # 职工人数 may be a target

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
        label = not self._quantities and is_label(key)
        if norm(whole) in _known(column):  # 高新技术企业 is a label in forms, and an honour
            return _asked(whole)
        if label or key in self._captions or caption_parts(whole).name in self._captions:
            raise BadCell(f"“{whole}”是列名，不是名称", "改成名称；如果表是横排的，先转置成一行一项")
        if norm(whole).lower() in _ANSWERS:
            raise BadCell(f"“{whole}”是回答，不是名称", "填写名称本身；如果列错了位，先对齐各列")
        return self._of_firm(whole, name) if self._firms else _asked(whole)

    @staticmethod
    def _of_firm(whole: str, name: str) -> NameRead:
        plain = norm(whole)
        if _NUMBER_ONLY.fullmatch(plain) or _YEAR_ONLY.fullmatch(plain):
            raise BadCell("名称里只有数字或日期", "填写名称本身")
        if len(firms := _firms_in(name)) > 1:
            return NameRead(whole, f"一个名称里像是 {len(firms)} 家企业：{'、'.join(firms)[:60]}", "每家企业单独填一行")
        if _NOBODY.fullmatch(plain):
            return NameRead(whole, f"“{whole}”像是代称，不知是哪一家企业", "写明企业全称")
        return _asked(whole)


def _known(column: Column) -> set[str]:
    """The names that the schema itself gives as examples of a column, in all their writings."""
    return {norm(w) for w in (*column.suggest, *(w for _, words in column.meanings for w in words))}


def _asked(whole: str) -> NameRead:
    if _PRIVATE.search(whole):
        return NameRead(whole, "名称里有自造字，换一台电脑就认不出来", "换成标准汉字")
    return NameRead(whole)


def _joined(name: str) -> str:
    """A name that was broken over lines, in one; several names on several lines stay apart."""
    return clean(name) if len(_firms_in(name)) > 1 else clean(_LINE_BREAK.sub("", name))


def _firms_in(name: str) -> list[str]:
    """The names with a legal form that a cell lists, if nothing else is in it."""
    items = split(name)
    if len(items) == 1 and not any(_BRANCH.fullmatch(i) for i in _AND.split(name.strip())):
        items = [i for i in _AND.split(name.strip()) if is_firm(i)]
    return items if len(items) > 1 and all(parse_firm(i).form and not i.isascii() for i in items) else []


def is_firm(text: str) -> bool:
    """Whether a text reads like the name of a firm.

    >>> is_firm("示例锯业有限公司"), is_firm("示例机械厂（普通合伙）"), is_firm("高新技术企业"), is_firm("示例研究院")
    (True, True, False, False)
    """
    return len(norm(text)) > 4 and bool(_FIRM.search(norm(text)))


def is_datum(text: str) -> bool:
    """Whether a text is what a table holds rather than a caption: a firm's name, a code.

    >>> is_datum("示例锯业有限公司"), is_datum("91110000600037341L"), is_datum("2024年1-6月产值"), is_datum("公司名称")
    (True, True, False, False)
    """
    form = norm(text)
    return is_firm(form) or (sum(c.isdigit() for c in form) > 5 and bool(_NUMBERED.fullmatch(form)))


def is_label(key: str) -> bool:
    """Whether a caption, in the form in which captions are compared, is one that pages ask for and we have no column for."""
    return bool(_LABELS.fullmatch(key))
