"""Money in 万元, whatever unit the cell, the header or the title line states."""

from __future__ import annotations

import re
from decimal import Decimal

from graph.schema.types.base import BadCell, Cell, Parsed, Rules, written
from graph.schema.types.number import MAGNITUDE, NumericType, finish, read_amount
from graph.text import norm

_MANY = "[十百千万]?亿|[十百千]?万|[十百千]"
_UNIT = re.compile(
    rf"(?:(?:金额|计量|货币)?单位:?|以|按)?(?:人民币|rmb|cny|[¥￥])?(?P<magnitude>(?:{_MANY})?)(?P<yuan>[元块])?"
    r"(?:人民币|rmb)?(?:[/每]年度?)?(?:计|为单位)?"
)
_FOREIGN = re.compile(rf"(?:{_MANY})?(?:[美欧日港韩澳加]元|美金|港币|台币|英镑|卢布|usd|eur|hkd|jpy|gbp)")
_RATIO = re.compile(rf"(?:{_MANY})?元[/每].+")
_WITHIN = re.compile(r"(?<![\d.十百千亿万])(?:[十百千]?[亿万]|[千百])元")
_UNSETTLED = frozenset(
    {"面议", "另议", "待议", "待定", "面谈", "商议", "协商", "协商确定", "双方协商", "双方商定", "保密", "未定"}
)


class MoneyType(NumericType):
    """An amount of money.

    >>> from graph.schema.kinds import Column
    >>> MoneyType().parse("1.2亿", Column("产值(万元)", "money")).value
    12000.0
    >>> MoneyType().parse(3, Column("产值(万元)", "money"), "亿元").value
    30000.0
    """

    name, caption = "money", "金额（万元）"
    help = "金额，默认万元；单元格里可写 1.2亿、3000万元"
    is_amount, sums, scales = True, True, True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The amount in 万元: the cell's own unit counts before the header's."""
        if isinstance(cell, str) and norm(cell) in _UNSETTLED:
            return Parsed(None, f"“{written(cell)}”不是金额，按没有填计")
        amount = read_amount(cell)
        own = _own_unit(amount.unit)
        in_cell = amount.magnitude or own
        scale = MAGNITUDE[amount.magnitude] / 10_000 if in_cell else money_unit(unit or "万元")
        return finish(amount.digits * scale, cell, amount.rough, rules.signed)


def _own_unit(unit: str) -> str:
    """元 where a cell says so, in whatever words. Raises BadCell for another unit."""
    bare = re.sub(r"\(.*\)$|[/每]年度?$|人民币|rmb", "", unit)
    if bare not in ("", "元", "块"):
        raise BadCell(f"不认识的单位“{unit}”", "金额写成万元数，或带上 元/万元/亿元")
    return bare


def money_unit(unit: str) -> Decimal:
    """How many 万元 one of a unit is. Raises BadCell for one that cannot be told in 万元.

    >>> money_unit("亿元"), money_unit("人民币亿元/年")
    (Decimal('10000'), Decimal('10000'))
    """
    parts = _UNIT.fullmatch(_bare(unit))
    if not parts or not (parts["yuan"] or parts["magnitude"][-1:] in ("亿", "万")):
        raise BadCell(f"单位“{unit}”换算不成万元", "换算成人民币，把单位写成 元、万元 或 亿元")
    return MAGNITUDE[parts["magnitude"]] / 10_000


def is_money_unit(unit: str) -> bool:
    """Whether this names a unit of money that can be told in 万元.

    >>> is_money_unit("万元"), is_money_unit("百万"), is_money_unit("家"), is_money_unit("万美元")
    (True, True, False, False)
    """
    parts = _UNIT.fullmatch(_bare(unit))
    return bool(parts and (parts["yuan"] or parts["magnitude"][-1:] in ("亿", "万")))


def money_word(text: str) -> str | None:
    """The unit of money that words name among others; one that is no 万元 too, lest it be guessed away.

    >>> money_word("亿元，当年价"), money_word("2024年，人民币亿元"), money_word("万美元"), money_word("家、人")
    ('亿元', '亿元', '万美元', None)
    >>> money_word("万元/亩"), money_word("年主营业务收入2000万元以上"), money_word("单元")
    ('万元/亩', None, None)
    """
    words = _bare(text)
    if foreign := _FOREIGN.search(words):
        return foreign[0]
    stated: list[str] = []
    for piece in filter(None, re.split(r"[,、;|]", words)):
        if is_money_unit(piece):
            stated.append(_decorated(piece))
        elif ratio := _RATIO.fullmatch(piece):
            stated.append(ratio[0])
        else:
            stated += _WITHIN.findall(piece)
    units = list(dict.fromkeys(stated))
    return units[0] if len(units) == 1 else "、".join(units) or None


def _bare(text: str) -> str:
    return norm(text).lower().replace(" ", "").strip("()[]【】")


def _decorated(piece: str) -> str:
    """A unit without what stands around it: 人民币亿元/年 is 亿元."""
    parts = _UNIT.fullmatch(piece)
    return f"{parts['magnitude']}{parts['yuan'] or ''}" if parts else piece
