"""What a cell says: from a raw cell and its column's type to a clean value, or a fault in words.

Values: money is 万元, shares are fractions, dates are ISO 8601 (a month stays a month).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from graph.projection.identity import valid_code
from graph.schema.kinds import Column
from graph.text import clean, norm
from ingest.readers.base import Cell, CellError

BLANK = frozenset({"", "-", "--", "—", "——", "/", "无", "暂无", "不详"})
TRUE = frozenset({"是", "Y", "YES", "1", "√", "✓", "✔", "TRUE", "有"})
FALSE = frozenset({"否", "N", "NO", "0", "×", "✗", "✘", "X", "FALSE", "没有"})
_MAGNITUDE = {
    "": Decimal(1), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000),
    "十万": Decimal(10**5), "百万": Decimal(10**6), "千万": Decimal(10**7), "亿": Decimal(10**8),
    "十亿": Decimal(10**9), "百亿": Decimal(10**10), "千亿": Decimal(10**11), "万亿": Decimal(10**12),
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<about>约|大约|近|超|逾)?(?P<currency>[¥￥]|人民币)?(?P<digits>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)"
    r"(?P<more>多|余|来)?(?P<magnitude>[十百千万]?[亿万]|[十百千])?(?P<more2>多|余|来)?(?P<unit>[^\d\s多余]*?)(?P<more3>多|余|左右)?"
)
COUNTERS = frozenset({"", "家", "户", "个", "人", "名", "项", "条", "台", "套", "件", "次", "场"})
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[\sT]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:底|末|份|[上中下]旬)?")
_YEAR = re.compile(r"(\d{4})\s*年?(?:度|全年)?")
_PART_OF_YEAR = re.compile(r"(\d{4})\s*年?\s*(?:(上|下)半年|第?([1-4])季度?|Q([1-4])|(年中))", re.IGNORECASE)
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A clean value (None = the cell says nothing), with a note where the cell was read with a grain of salt."""

    value: Any = None
    note: str | None = None
    warning: str | None = None
    extra: dict[str, str] | None = None  # cells that this one implies, such as a unit


class BadCell(Exception):
    """The cell cannot be read; says why and how to write it."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing.

    >>> is_blank(" — "), is_blank("暂无"), is_blank(0)
    (True, True, False)
    """
    return cell is None or (isinstance(cell, str) and norm(cell) in BLANK)


def show(cell: Cell) -> str:
    """A cell as a person would recognise it."""
    if isinstance(cell, CellError):
        return cell.text or "（公式没有结果）"
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != cell.time().min else cell.date().isoformat()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and abs(cell) >= 1e15:  # a code that was typed as a number
        return f"{Decimal(repr(cell)):f}"
    return "" if cell is None else str(cell)


def plain(value: Any) -> str:
    """A value as it is written in a cell of text; every digit of a number, never 1e-07.

    >>> plain(True), plain(1e-07), plain(None)
    ('是', '0.0000001', '')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return "" if value is None else str(value)


def parse_cell(cell: Cell, column: Column, unit: str | None = None) -> Parsed:
    """Read one cell by its column's type. `unit` is the header's or the title line's.

    Raises BadCell with a Chinese message. Example:

    >>> parse_cell("1.2亿", Column("产值(万元)", "money")).value
    12000.0
    """
    if isinstance(cell, CellError):
        raise bad_cell(cell)
    if is_blank(cell):
        return Parsed()
    return _PARSERS[column.type](cell, column, unit)


def bad_cell(cell: CellError) -> BadCell:
    """What is wrong with a cell that the reader could make nothing of."""
    return {
        "error": BadCell(f"单元格是错误值 {cell.text}", "改正公式或直接填写数值"),
        "uncalculated": BadCell("公式没有计算结果", "用 Excel 打开该文件并保存一次，再导入"),
        "overlong": BadCell(f"单元格有 {cell.length} 个字符，上限 {cell.limit}", "缩短内容，或拆成几列"),
        "garbled": BadCell(
            "单元格里有乱码（文字编码已损坏）", "对照原文改正这个单元格，用 Excel 另存为 .xlsx 后再导入"
        ),
        "quote": BadCell("这一行的引号没有配对", "改正引号，或用 Excel 打开并另存为 .xlsx 后再导入"),
    }[cell.reason]


def _text(cell: Cell, column: Column, _unit: str | None) -> Parsed:
    said = show(cell)
    return Parsed(said.strip() if column.list or column.type in ("text", "names", "honours") else clean(said))


def _number_of(cell: Cell) -> tuple[Decimal, str, str, bool]:
    """(digits, magnitude, unit, approximate) of a cell."""
    if isinstance(cell, (bool, date, datetime)):
        raise BadCell("这里应填数字", "改成数字，如 1200")
    if isinstance(cell, (int, float)):
        return Decimal(repr(cell)), "", "", False
    said = norm(str(cell)).replace(" ", "")
    found = _NUMBER.fullmatch(said)
    if not found:
        if re.search(r"\d\s*(?:-|~|至|到|—|–)\s*\d|[≥≤<>]|以上|以下|不少于|不低于", said):
            raise BadCell("这里要一个数，不能是范围或“以上”", "写成一个具体的数，如 5000")
        raise BadCell("这里应填数字", "改成数字，如 1200 或 1.2亿")
    try:
        digits = Decimal(found["digits"].replace(",", ""))
    except InvalidOperation as error:  # pragma: no cover - the pattern allows digits only
        raise BadCell("这里应填数字", "改成数字，如 1200") from error
    rough = any(found[g] for g in ("about", "more", "more2", "more3"))
    return digits, found["magnitude"] or "", found["unit"], rough


def _finish(value: Decimal, rough: bool, column: Column, text: str) -> Parsed:
    if value < 0 and not column.signed:
        raise BadCell("不能是负数", "核对数值；没有就留空")
    if abs(value) > Decimal(10) ** 15:
        raise BadCell("数值大得不合理", "核对数值和单位")
    return Parsed(float(value), f"“{text}”按 {_plain(value)} 计" if rough else None)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _money(cell: Cell, column: Column, unit: str | None) -> Parsed:
    digits, magnitude, said, rough = _number_of(cell)
    said = said.removesuffix("人民币").removesuffix("rmb")
    if said not in ("", "元", "块"):
        raise BadCell(f"不认识的单位“{said}”", "金额写成万元数，或带上 元/万元/亿元")
    scale = _MAGNITUDE[magnitude] / 10_000 if magnitude or said else money_unit(unit or "万元")
    value = digits * scale
    return _finish(value, rough, column, show(cell))


def money_unit(unit: str) -> Decimal:
    """How many 万元 one of a unit is.

    >>> money_unit("亿元")
    Decimal('10000')
    """
    return _MAGNITUDE[unit.removesuffix("元")] / 10_000


def is_money_unit(unit: str) -> bool:
    """Whether this names a unit of money.

    >>> is_money_unit("万元"), is_money_unit("家")
    (True, False)
    """
    return unit == "亿" or unit == "万" or (unit.endswith("元") and unit.removesuffix("元") in _MAGNITUDE)


def _whole(cell: Cell, column: Column, _unit: str | None) -> Parsed:
    digits, magnitude, said, rough = _number_of(cell)
    if said not in COUNTERS:
        raise BadCell(f"不认识的单位“{said}”", "只填数字")
    value = digits * _MAGNITUDE[magnitude]
    if value != value.to_integral_value():
        raise BadCell("这里应填整数", "改成整数")
    done = _finish(value, rough, column, show(cell))
    return Parsed(int(value), done.note)


def _measure(cell: Cell, column: Column, _unit: str | None) -> Parsed:
    if isinstance(cell, str) and norm(cell) in column.words:
        return Parsed(norm(cell))
    digits, magnitude, said, rough = _number_of(cell)
    value = digits * _MAGNITUDE[magnitude] if not said.endswith("元") else digits
    done = _finish(value, rough, Column(column.caption, "number", signed=True), show(cell))
    number = done.value if not column.words else _plain(value)
    unit = f"{magnitude}{said}" if said.endswith("元") else said
    return Parsed(number, done.note, extra={column.with_: unit} if unit and column.with_ else None)


def _share(cell: Cell, column: Column, unit: str | None) -> Parsed:
    digits, magnitude, said, rough = _number_of(cell)
    if said not in ("", "%") or magnitude:
        raise BadCell("占比应写成百分数或小数", "写 60% 或 0.6")
    percent = said == "%" or unit == "%"
    value = digits / 100 if percent else digits
    if value > 1 and not percent:
        raise BadCell(
            f"占比 {_plain(digits)} 看不出是百分数还是小数", f"写 {_plain(digits)}% 或 {_plain(digits / 100)}"
        )
    if value > 1:
        raise BadCell("占比超过 100%", "占比在 0 到 100% 之间")
    return _finish(value, rough, column, show(cell))


def _check_year(year: int) -> int:
    if not 1900 <= year <= 2100:
        raise BadCell(f"年份 {year} 不在 1900 到 2100 之间", "写四位年份，如 2024")
    return year


def _year(cell: Cell, _column: Column, _unit: str | None) -> Parsed:
    if isinstance(cell, (date, datetime)):
        return Parsed(_check_year(cell.year))
    said = norm(show(cell)).translate(_CHINESE_DIGITS)
    found = _YEAR.fullmatch(said.removesuffix(".0"))
    if not found:
        if re.fullmatch(r"-?\d+", said):
            _check_year(int(said[:9]))
        raise BadCell("这里应填四位年份", "写四位年份，如 2024")
    return Parsed(_check_year(int(found[1])))


def _date(cell: Cell, column: Column, _unit: str | None) -> Parsed:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        _check_year(cell.year)
        return Parsed(cell.isoformat())
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Parsed(_deadline(_number_date(cell), column))
    said = norm(str(cell)).translate(_CHINESE_DIGITS)
    said = _chinese_months(said)
    if found := _PART_OF_YEAR.fullmatch(said):
        half, quarter = {"上": 6, "下": 12}.get(found[2] or "", 6), found[3] or found[4]
        month = _checked(found[1], str(3 * int(quarter) if quarter else half))
        return Parsed(month, f"“{show(cell)}”按 {month} 计")
    return Parsed(_deadline(_text_date(said), column))


def _deadline(text: str, column: Column) -> str:
    return f"{text}-12-31" if column.deadline and len(text) == 4 else text


def _number_date(cell: int | float) -> str:
    if float(cell).is_integer() and 1900 <= cell <= 2100:
        return str(int(cell))
    if (
        isinstance(cell, float)
        and 1900 <= cell < 2101
        and (found := re.fullmatch(r"(\d{4})\.([2-9]|1[0-2]|0[1-9])", repr(cell)))
    ):
        return _checked(found[1], found[2])
    if float(cell).is_integer() and len(str(int(cell))) in (6, 8):
        return _text_date(str(int(cell)))
    if 18_000 <= cell < 75_000:
        return (date(1899, 12, 30) + timedelta(days=int(cell))).isoformat()
    raise BadCell("看不出是什么日期", "写成 2025-05-16 或 2025-05")


def _chinese_months(said: str) -> str:
    """二〇二五年十二月 has its digits by now: only 十 is left."""
    said = re.sub(r"(?<=\d)十(?=\d)", "", said)
    said = re.sub(r"(?<!\d)十(?=\d)", "1", said)
    said = re.sub(r"(?<=\d)十", "0", said)
    return said.replace("十", "10").replace("年底", "年12月").replace("年末", "年12月").replace("元月", "1月")


def _text_date(said: str) -> str:
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", said):
        return _checked(*(g for g in found.groups() if g))
    for pattern in (_DAY, _MONTH, _YEAR):
        if found := pattern.fullmatch(said):
            return _checked(*found.groups())
    raise BadCell("看不出是什么日期", "写成 2025-05-16 或 2025-05")


def _checked(*parts: str) -> str:
    numbers = [int(p) for p in parts]
    _check_year(numbers[0])
    try:
        date(*([*numbers, 1, 1])[:3])
    except ValueError as error:
        raise BadCell("没有这个日期", "核对年月日，写成 2025-05-16") from error
    return "-".join([parts[0], *(f"{n:02d}" for n in numbers[1:])])


def _bool(cell: Cell, _column: Column, _unit: str | None) -> Parsed:
    said = norm(show(cell)).upper().removesuffix(".0")
    if said in TRUE:
        return Parsed(True)
    if said in FALSE:
        return Parsed(False)
    raise BadCell("这里只能填 是 或 否", "填 是 或 否（Y/N、1/0、√/× 也可以）")


def _word(cell: Cell, column: Column, _unit: str | None) -> Parsed:
    said = norm(show(cell))
    for word in column.words:
        if norm(word) == said:
            return Parsed(word)
    if column.bool_words:
        upper = said.upper().removesuffix(".0")
        if upper in TRUE or upper in FALSE:
            return Parsed("是" if upper in TRUE else "否")
    if said in ("A级", "B级", "C级", "a", "b", "c") and "A" in column.words:
        return Parsed(said[0].upper())
    raise BadCell(f"“{show(cell)}”不在可选词中", f"可选：{' '.join(column.words)}")


def _uscc(cell: Cell, _column: Column, _unit: str | None) -> Parsed:
    said = clean(show(cell))
    if not isinstance(cell, str):
        # It stays a number: digits that pass the check by chance must not identify a firm.
        number = int(cell) if isinstance(cell, int | float) and abs(cell) < 1e18 else said
        return Parsed(number, warning="代码是数字格式，可能已丢失末位，不作为识别依据")
    if not valid_code(norm(said).upper()):
        return Parsed(said, warning="统一社会信用代码校验不通过，不作为识别依据，按名称识别")
    return Parsed(said)


_PARSERS: dict[str, Callable[[Cell, Column, str | None], Parsed]] = {
    "name": _text, "text": _text, "names": _text, "honours": _text, "ref": _text, "number": _measure,
    "money": _money, "share": _share, "int": _whole, "year": _year, "date": _date, "bool": _bool,
    "word": _word, "uscc": _uscc,
}  # fmt: skip
