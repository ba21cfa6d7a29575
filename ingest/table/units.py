"""Units of money that stand around the cells of a table: in titles, in lines of their own, in captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from graph.schema.types.money import is_money_unit, money_word
from graph.schema.types.number import COUNTERS
from graph.text import norm
from ingest.readers.base import RawRow
from ingest.table.cells import show

FOOT_WITHIN = 12  # rows from the end in which a note states a unit
_STATED = re.compile(r"单位\s*[:为是]?\s*((?:(?!单位)[^;。])*)")
_COUNTED_IN = re.compile(r"(?:以|按)\s*(\S{1,6}?)\s*(?:为单位|计)")
# 产值为亿元: another unit than the line states for the rest.
_NAMED_IN = re.compile(r"(?:为|以|按|用)\s*((?:人民币)?(?:[十百千]?[亿万]|[百千])?元)(?!以)")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]{1,20})[)\]】]")


class TitleUnit(NamedTuple):
    """The unit of money that a line over a table states, and the row of that line; none where it is no row."""

    unit: str
    row: int | None = None


def bare_unit(text: str) -> str:
    """A unit without brackets round it.

    >>> bare_unit("（亿元）"), bare_unit("单位：亿元"), bare_unit("产值（亿元）")
    ('亿元', '亿元', '产值(亿元)')
    """
    bare = norm(text).replace(" ", "")
    if _BRACKETS.fullmatch(bare):
        bare = bare[1:-1]
    return re.sub(r"^(?:金额|计量|货币)?单位:?", "", bare)


def is_unit(text: str) -> bool:
    """Whether a lowest caption is only a unit.

    >>> is_unit("亿元"), is_unit("（人民币亿元）"), is_unit("人"), is_unit("名称")
    (True, True, True, False)
    """
    unit = bare_unit(text)
    return is_money_unit(unit) or money_word(unit) == unit or unit in ("%", "年") or (unit != "" and unit in COUNTERS)


def title_unit(lines: Sequence[str]) -> str | None:
    """The unit of money that a title line states.

    >>> title_unit(["填报单位：示例县", "（单位：亿元、家）"]), title_unit(["金额单位：人民币亿元"])
    ('亿元', '亿元')
    >>> title_unit(["示例县产值表（亿元）"]), title_unit(["填报单位：示例县局单位：亿元"]), title_unit(["产值达1.2亿元"])
    ('亿元', '亿元', None)
    """
    for line in reversed(lines):
        if unit := _unit_in(norm(line[:500])):
            return unit
    return None


def unit_over(above: Sequence[str], rows: Sequence[RawRow], *names: str) -> TitleUnit | None:
    """The unit that the rows over a header state, the lines over the table, or the names of its sheet and its file.

    The nearest counts.
    """
    for row in reversed(rows):
        if unit := title_unit([" ".join(show(c) for c in row.cells if c is not None)]):
            return TitleUnit(unit, row.number)
    unit = title_unit(above) or next(filter(None, map(_unit_of_name, names)), None)
    return TitleUnit(unit) if unit else None


def unit_under(rows: Sequence[RawRow]) -> TitleUnit | None:
    """The unit that a note under a table states: 注：产值单位为亿元."""
    for row in reversed(rows):
        texts = [show(c) for c in row.cells if c is not None]
        if len(texts) == 1 and _STATED.search(norm(texts[0][:500])) and (unit := title_unit(texts)):
            return TitleUnit(unit, row.number)
    return None


def _unit_of_name(name: str) -> str | None:
    """The unit in the name of a sheet or a file: 企业（亿元）, 企业产值_百万元; 亿元以上企业 states none."""
    line = norm(name[:200])
    last = re.split(r"[\s_-]+", line)
    return _unit_in(line) if _STATED.search(line) or _BRACKETS.search(line) else _whole(last[-1]) if last[1:] else None


def _unit_in(line: str) -> str | None:
    stated: list[str] = []
    for match in _STATED.finditer(line):
        # 单位：家、万元/人: each word by itself; what stands after other words is none.
        stated += filter(None, map(_whole, re.split(r"[\s、,/()和及]+", match[1])))
    if stated:
        # 单位：万元（产值为亿元）: two units, and nobody knows which column is in which.
        return "、".join(dict.fromkeys([*stated, *_NAMED_IN.findall(line)]))
    for pattern in (_COUNTED_IN, _BRACKETS):
        for match in pattern.finditer(line):
            for piece in re.split(r"[\s、,/和及]+", match[1]):
                if unit := _whole(piece):
                    return unit
    before = ""
    for word in line.split():
        if (unit := _whole(word)) and not before[-1:].isdigit():
            return unit
        before = word
    return None


def _whole(piece: str) -> str | None:
    """The unit that a piece of a line is; not one that merely stands in it."""
    unit = money_word(piece) if len(piece) <= 12 else None
    return unit if unit and (is_money_unit(piece) or unit == piece.lower()) else None
