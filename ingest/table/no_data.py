"""Rows of a table that are no data: sums, notes below it, the header once more, the example of a template."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import ORIGIN
from graph.schema.kinds import Kind, Sheet
from graph.text import norm
from ingest.readers.base import Cell, CellError, RawRow
from ingest.table.cells import show
from ingest.table.header import Header
from ingest.table.name_check import is_firm

EXAMPLE = "示例（请删除）"
_EXAMPLE = norm(EXAMPLE)
# Suggested rows: where a table has this column, only rows that a person took are data.
ADOPT, YES, NO = "采用", "是", "否"
_YES = frozenset({YES, "√", "✓", "☑", "采用", "true"})
_TOTAL = re.compile(r"^(合\s*计|小\s*计|总\s*计|汇\s*总|(?:grand |sub-?\s?)?totals?|sum)\s*:?$", re.IGNORECASE)
# Sums, means and parts under a name of their own: nothing but numbers, and perhaps a place, stands beside them.
_COUNTED = r"\(?\s*(?:(?:本页)?(?:共计?|合计|总计|总共|小计|计))?\s*\d+\s*(?:家|户|个|项|条|人|名|种)(?:企业|单位|公司)?\s*\)?|(?:企业|单位)(?:总?数|家数|个数)\s*:?.{0,8}"
_SUM = re.compile(
    rf"(?:.{{0,30}}(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|汇\s*总)|平\s*均值?|均值|中位数|最大值|最小值|增速|增长率?|同比|环比|占比|比重)"
    rf"(?:增长|增速)?\s*(?:\(.*\)|%)?\s*:?|{_COUNTED}|其\s*中\s*(?::.*|.{{0,20}})?|(?:以上)?{_COUNTED}"
)
# What everything or many are called; beside nothing but numbers it is a sum of them.
_GENERAL = re.compile(
    r"(?:其他|其它|其余)(?:企业|单位|公司)?|全[国省市县区](?:平均)?|[省市县区]?(?:本级|直属?)|以上|以下|(?:年末|期末|年初|期初|本年|上年|本月|上月|同期)(?:数|值|累计)?|"
    r"(?:规(?:模以)?[上下]|限[上下]|重点|骨干|龙头|中小|小微|大型|中型|小型|微型|民营|国有|外资|上市|亿元以上)(?:工业)?(?:企业|工业)"
)
# A place that stands where firms do; 示例超市 and 示例景区 are no places, nor is what says its own county.
_PLACE = re.compile(r"[一-鿿]{1,8}(?:省|(?<![超门夜集菜商城])市|县|(?<![景园社城小库山矿厂])区|(?<!小)镇|街道)")
# Sections among firms; a segment may well be called 其他 or (1)铸件.
_PART = re.compile(
    r"\(?\d{1,2}\s*[、.．)]\s*\S.{0,20}(?:类|行业|产业|产业链|领域|部分|方面|板块|环节)|\(\d{1,2}\)\s*\S{1,6}|"
    r"[A-Z]\s*[、.．]\s*[一-鿿]\S{0,19}|(?:分类|类别|行业|领域|板块)(?:\s*:.*)?|"
    r"[一-鿿、]{0,20}(?:行业|制造业|产业链|类企业|板块|领域)"
)
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、.．:]\s*\S.*|\([一二三四五六七八九十]{1,3}\)\s*\S.*|第[一二三四五六七八九十]{1,3}(?:部分|类|章|组|批)\S*.*"
)
_FOOT = re.compile(
    r"\(?(?:此行)?以下(?:空白|无(?:数据|内容|正文)?)\)?|\(?完\)?|共\s*\d+\s*页|"
    r"附?表\s*[\d一二三四五六七八九十-]*|(?:详?见|参见)附(?:件|表|页)\S{0,6}"
)
_NOTE = re.compile(
    r"^(注|单位(?=\s*:)|填写说明|说明|备注|填表人|填报人|制表人|审核人|填表说明|填报单位|填表单位|填表日期|填报日期|联系人|附注|注释|注意|附|附件|提示|"
    r"(?:数据|资料|信息)?来源|(?:数据)?截至|截止|统计(?:口径|时间|日期|单位|范围)|计量单位|制表(?:单位|时间|日期)|(?:联系)?电话|"
    r"(?:单位|统计)?负责人|经办人|复核人?|审核|报送(?:单位|时间|人)|填报(?:说明|时间))\s*\d*\s*(:|$)"
)


# What stands between the parts of a table that goes on: 续表2, （接上页）, 表1（续）, and words about what follows.
_CONTINUED = re.compile(
    r"(?:.{0,40}[(\[]\s*续\s*表?\s*[\d一二三四五六七八九十]*\s*[)\]].{0,40}|[(\[]?\s*续\s*表?\s*[\d一二三四五六七八九十]*\s*[)\]]?|续\s*表\s*[\d一二三四五六七八九十:].*|"
    r"[(\[]?\s*(?:[上续]?接|承|续|转|下[接转])\s*(?:[上下前后]\s*[页表]|第.{1,4}页).{0,30}|[(\[]?\s*未完.{0,8}|第\s*\d+\s*页.{0,12}|-\s*\d+\s*-)"
)
_ABOUT = re.compile(r"(?:以下|下列|上述|以上|下面|下表|上表|本表|如下|此外|另外|另有|其余).*|.{2,}:")
_NUMERIC = re.compile(r"[\d\s.,%+\-/—亿万元家户个人项]*")


class NoData:
    """Knows which rows under a header are no data, and why."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.header = header
        at = {c.caption: i for i, c in header.columns.items()}
        required = [c.caption for c in sheet.columns if c.required]
        named = [c.caption for c in sheet.names] or required
        firms = bool(required) and (required[0] == "企业" or (isinstance(sheet, Kind) and bool(sheet.codes)))
        self._apart = (_SUM, _SECTION, _GENERAL, _PART) if firms else (_SUM, _SECTION)
        self._place_at = at.get("县市区")
        self._firms = firms
        self._key_at = at.get(required[0]) if required else None
        self._beside = {i for i, c in header.columns.items() if c.caption in ("县市区", "产业链", "年份", "备注")}
        self._origin_at = at.get(ORIGIN)
        self._names_at = [at[c] for c in named if c in at]
        self._offered = self._told_of(sheet) if isinstance(sheet, Kind) else []
        self._adopt_at = next((i for i, caption in header.extras.items() if norm(caption) == ADOPT), None)
        if self._adopt_at is not None:  # it says nothing of what a row is about
            del header.extras[self._adopt_at]
            header.serial.add(self._adopt_at)

    def reason(self, row: RawRow) -> str | None:
        """Why a row is no data, if it is none. A row that says where it was registered is data, whatever it is called."""
        if _cell(row, self._origin_at):
            return None
        filled = [i for i, c in enumerate(row.cells) if c is not None]
        if any(is_lost(row.cells[i]) for i in filled):
            return None
        if all(i in self.header.serial for i in filled):
            return "只有序号的行"
        first, key = _words(row.cells[filled[0]]), _words(_cell(row, self._key_at))
        named = [_words(_cell(row, i)) for i in self._names_at]
        if any(map(_TOTAL.match, (key, *named))) or (not key and _TOTAL.match(first)):
            return "合计行"
        if self._stands_alone(row, filled, key or first):
            sums = len(filled) > 1 or not _PLACE.fullmatch(key or first)
            summed = any(words.fullmatch(key or first) for words in (_SUM, _GENERAL, _PLACE))
            return "合计行" if sums and summed else "分段标题"
        if len(filled) == 1 and len(self.header.columns) > 1 and is_between(first):
            return "表中的文字"
        if _NOTE.match(first) or (len(filled) == 1 and len(self.header.columns) > 1 and _FOOT.fullmatch(first)):
            return "表下说明"
        if self.is_header_again(row):
            return "重复的表头"
        if self._adopt_at is not None and norm(show(_cell(row, self._adopt_at))).casefold() not in _YES:
            return f"“{ADOPT}”没有写 {YES}"
        if self._offered and all(_cell(row, i) is None for i in self._offered):
            return f"{'、'.join(self.header.columns[i].caption for i in self._offered)}都没有填，只是备选"
        return "模板示例行" if any(name.startswith(_EXAMPLE) for name in named) else None

    def _told_of(self, kind: Kind) -> list[int]:
        """In a list of what could be, the columns that say more than what it is: who filled none of them took none of it."""
        if kind.offers not in self.header.extras.values():
            return []
        own = {c.caption for c in kind.columns if c.caption not in kind.key and not c.to}
        return [i for i, c in self.header.columns.items() if c.caption in own]

    def _stands_alone(self, row: RawRow, filled: Sequence[int], key: str) -> bool:
        """Whether a row holds, under the name of a sum or a section, nothing but numbers."""
        place = self._firms and _PLACE.fullmatch(key) and not _words(_cell(row, self._place_at))
        if not place and not any(words.fullmatch(key) for words in self._apart):
            return False
        if len(self.header.columns) < 2 or is_firm(key):
            return False
        own = key_at if (key_at := self._key_at) is not None and _words(_cell(row, key_at)) else filled[0]
        texts = [i for i in filled if i != own and isinstance(row.cells[i], str) and i not in self.header.serial]
        return all(i in self._beside or _NUMERIC.fullmatch(norm(str(row.cells[i]))) for i in texts)

    def is_header_again(self, row: RawRow) -> bool:
        """Whether a row repeats a row of the header."""
        return any(self._repeats(row, texts) for texts in self.header.texts)

    def _repeats(self, row: RawRow, texts: Sequence[str]) -> bool:
        columns = self.header.columns
        filled = [i for i, c in enumerate(row.cells) if c is not None]
        same = [i for i in filled if i < len(texts) and i in columns and _words(row.cells[i]) == texts[i]]
        enough = max(2, len(columns) // 2 + 1)
        return len(same) >= enough or len(same) in (len(columns), len(filled) if len(filled) > 1 else -1)


def is_between(text: str) -> bool:
    """Whether a text that stands alone only joins the parts of a table that goes on.

    >>> is_between("（续）"), is_between("续表1 企业名单"), is_between("以下为新增企业"), is_between("续航科技有限公司")
    (True, True, True, False)
    """
    words = norm(text[:200])
    return is_continuation(words) or (bool(_ABOUT.fullmatch(words)) and not is_firm(words))


def is_continuation(text: str) -> bool:
    """Whether a text says that a table goes on, and nothing else.

    >>> is_continuation("（续）"), is_continuation("以下为联系人：")
    (True, False)
    """
    words = norm(text[:200])
    return bool(_CONTINUED.fullmatch(words)) and not is_firm(words)


def is_lost(cell: Cell) -> bool:
    """Whether what stood in a cell is not to be had: too long, broken bytes, a quotation that swallowed lines."""
    return isinstance(cell, CellError) and cell.reason in ("overlong", "garbled", "quote")


def _cell(row: RawRow, index: int | None) -> Cell:
    return row.cells[index] if index is not None and 0 <= index < len(row.cells) else None


def _words(cell: Cell) -> str:
    """The text of a cell in the form in which texts are compared; a number says no words."""
    return norm(cell) if isinstance(cell, str) else ""
