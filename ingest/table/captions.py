"""What captions say: the column of a sheet that one names, and the unit it states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from graph.schema.kinds import Column, Schema, Sheet
from graph.schema.types.money import money_word
from graph.text import norm
from ingest.table.cells import Answers
from ingest.table.units import bare_unit, is_unit

LONGEST_CAPTION = 60
SERIAL = frozenset({"序号", "编号", "序", "no", "no.", "#"})
# One year, not an end of 2020-2022年.
YEAR_WITHIN = re.compile(
    r"(?<![\d])(?<![\d年][-~至到—])((?:19|20)\d{2})\s*年?度?(?!\d)(?!\s*[-~至到—]+\s*(?:(?:19|20)\d{2}|\d{2}年))"
)
_UNIT = re.compile(r"^(.*?)[(\[【]\s*(?:单位\s*:?\s*)?([^()\[\]【】]*)[)\]】]$")
_PERIOD = re.compile(
    r"(?:(?:19|20)\d{2}年?度?)?(?:[上下]半年|第?[1-4一二三四]季度|1?\d(?:-1?\d)?月份?|同期|累计|全年)?(?:\([^()]*\))?"
)
_WITHIN = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
# In brackets: a part of a year, or a growth, is not the value of the year that the caption names.
_OTHER_VALUE = re.compile(r"\d+月|[1-4一二三四]季度|半年|同期|同比|环比|增速|增幅|增长|上年|去年")
_BARE_UNIT = re.compile(
    r"^(.{2,}?)[/,:_\-]*((?:人民币)?(?:[十百千]?[万亿]|[千百])元(?:人民币)?|[万亿]?(?:美元|欧元|日元|港元|港币|英镑))$"
)


class CaptionParts(NamedTuple):
    """A caption taken apart: 产值（亿元） is 产值 in 亿元."""

    name: str
    unit: str | None


@lru_cache(maxsize=1 << 14)
def caption_parts(text: str) -> CaptionParts:
    """The caption without decoration, and its unit.

    >>> caption_parts(" 产值（亿元）* ")
    CaptionParts(name='产值', unit='亿元')
    >>> caption_parts("产值（亿元）（当年价）"), caption_parts("产值 万元")
    (CaptionParts(name='产值', unit='亿元'), CaptionParts(name='产值', unit='万元'))
    """
    key = caption_key(text)
    if len(key) > LONGEST_CAPTION:
        return CaptionParts(key, None)
    name, units = key, list[str]()
    while (match := _UNIT.match(name)) and (match[1] or not units):
        if _OTHER_VALUE.search(match[2]):
            return CaptionParts(key, None)
        name, units = match[1].strip("*"), [match[2], *units]
    if not units and (inner := next((m for m in _WITHIN.finditer(key) if money_word(m[1])), None)):
        return CaptionParts(key[: inner.start()] + key[inner.end() :], inner[1])
    if not units and (bare := _BARE_UNIT.match(key)):
        return CaptionParts(bare[1], bare[2])
    return CaptionParts(name, next((u for u in units if money_word(u)), units[-1]) if units else None)


@lru_cache(maxsize=1 << 14)
def caption_key(text: str) -> str:
    """A caption in the form in which captions are compared.

    >>> caption_key(" 名　称* ")
    '名称'
    """
    return norm(text[: 2 * LONGEST_CAPTION]).replace(" ", "").strip("*:")


class SheetCaptions:
    """What captions may mean on one sheet: exact ones win over bare ones, and those over synonyms."""

    def __init__(self, sheet: Sheet) -> None:
        columns = sheet.by_caption.values()
        self.sheet = sheet
        self._exact = {norm(c.caption): c for c in columns}
        self._bare = {caption_parts(c.caption).name: c for c in columns}
        self._synonyms = {caption_key(w): c for c in columns for w in c.synonyms}

    @property
    def keys(self) -> frozenset[str]:
        """Every caption that the sheet knows, as `caption_key` gives it."""
        return frozenset(map(caption_key, (*self._exact, *self._bare, *self._synonyms)))

    def by_name(self, text: str) -> Column | None:
        """The column that a caption names, with or without its unit."""
        return self._exact.get(caption_key(text)) or self._bare.get(caption_parts(text).name)

    def by_synonym(self, text: str) -> Column | None:
        """The column one of whose synonyms a caption is."""
        return self._synonyms.get(caption_key(text)) or self._synonyms.get(caption_parts(text).name)

    def knows(self, text: str) -> bool:
        """Whether a caption names a column, in whatever way."""
        return bool(self.by_name(text) or self.by_synonym(text))


class CaptionIndex:
    """The captions of every sheet of a schema, and what was answered for all files, made once for a load."""

    def __init__(self, schema: Schema, answers: Answers | None = None) -> None:
        self.schema, self.answers = schema, answers or Answers()
        self.sheets = {name: SheetCaptions(sheet) for name, sheet in schema.sheets.items()}
        self.keys = frozenset(key for captions in self.sheets.values() for key in captions.keys)

    def of(self, sheet: Sheet) -> SheetCaptions:
        """The captions of one sheet."""
        return self.sheets[str(sheet.sheet)]


def stacks_of(levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """For each column its captions from the top down, a repeated one once."""
    width = max(map(len, levels), default=0)
    return [list(dict.fromkeys(t for row in levels if i < len(row) and (t := row[i].strip()))) for i in range(width)]


def readings(stack: Sequence[str]) -> list[str]:
    """What a column may be called: the lowest caption, or that with the group over it.

    >>> readings(["产值", "亿元"])
    ['产值(亿元)', '亿元', '产值亿元']
    """
    *groups, leaf = stack
    if not groups:
        return [leaf]
    joined = [f"{groups[-1]}({bare_unit(leaf)})"] if is_unit(leaf) else []
    return [*joined, leaf, f"{groups[-1]}{leaf}"]


def is_period(caption: str) -> bool:
    """Whether a caption only says when: a year, or a part of one.

    >>> is_period("2024年"), is_period("2024年1-6月"), is_period("上半年"), is_period("产值"), is_period("")
    (True, True, True, False, False)
    """
    return caption.strip() != "" and bool(_PERIOD.fullmatch(caption_key(caption)))


def year_in(texts: Sequence[str]) -> int | None:
    """The one year that titles and names state.

    >>> year_in(["示例县2024年度企业调查表", "第2页"]), year_in(["2023-2024年"])
    (2024, None)
    """
    years = {int(y) for text in texts for y in YEAR_WITHIN.findall(norm(text[:500]))}
    return years.pop() if len(years) == 1 else None


def year_over(lines: Sequence[str], sheet: str, file: str) -> int | None:
    """The year that the lines over a table state, else the name of its sheet, else that of its file.

    >>> year_over(["攻关计划"], "2025年", "示例县/计划2024.xlsx"), year_over([], "", "示例县/计划2024.xlsx")
    (2025, 2024)
    """
    stem = file.rpartition("/")[2].rpartition(".")[0]
    return year_in(lines) or year_in([sheet]) or year_in([stem])


def is_serial(caption: str) -> bool:
    """Whether a column of this caption only counts rows.

    >>> is_serial("序 号"), is_serial("名称")
    (True, False)
    """
    return caption_key(caption).lower() in SERIAL


def cell_unit(caption: str) -> str | None:
    """The unit in a caption that its cells are read in: of money, or per cent.

    >>> cell_unit("产值（亿元，当年价）"), cell_unit("人数（人）"), cell_unit("产值（万美元）")
    ('亿元', None, '万美元')
    """
    unit = caption_parts(caption).unit
    return unit if unit == "%" else money_word(unit or "")


def stack_unit(text: str, stack: Sequence[str]) -> str | None:
    """The unit of a column: of the text it was known by, else that of the nearest group over it."""
    return next((unit for t in (text, *reversed(stack)) if (unit := cell_unit(t))), None)
