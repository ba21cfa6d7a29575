"""Yes and no, in the many ways in which people tick a box."""

from __future__ import annotations

from typing import Any

from graph.schema.types.base import BadCell, Cell, Parsed, Rules, ValueType, written
from graph.schema.types.ticks import ticked
from graph.text import norm

TRUE = frozenset({"是", "Y", "YES", "1", "√", "✓", "✔", "☑", "✅", "TRUE", "有"})
FALSE = frozenset({"否", "N", "NO", "0", "×", "✗", "✘", "X", "FALSE", "没有"})
YES, NO = "是", "否"


class FlagType(ValueType):
    """Yes or no.

    >>> from graph.schema.kinds import Column
    >>> FlagType().parse("√", Column("试点", "bool")).value, FlagType().show(False)
    (True, '否')
    >>> FlagType().parse("（√）是（ ）否", Column("试点", "bool")).value
    True
    """

    name, caption, help, db = "bool", "是/否", "是 或 否", "BOOLEAN"
    is_flag, strict = True, True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """True or False."""
        text = written(cell)
        answer = as_flag(norm(text))
        if answer is None and (choices := ticked(text)) is not None:
            if not choices:
                return Parsed(note=f"“{text.strip()}”没有勾选，按没有填写处理")
            answer = as_flag(choices[0]) if len(choices) == 1 else None
        if answer is None:
            raise BadCell("这里只能填 是 或 否", "填 是 或 否（Y/N、1/0、√/× 也可以）")
        return Parsed(answer)

    def show(self, value: Any) -> Any:
        """是 or 否."""
        return value if value is None else YES if value else NO

    def choices(self, rules: Rules) -> tuple[str, ...]:
        """是 and 否, unless the column has words of its own."""
        return super().choices(rules) or (YES, NO)

    def closed(self, rules: Rules) -> bool:
        """Nothing else may stand there."""
        return True


def as_flag(text: str) -> bool | None:
    """What a text in normal form says where yes or no is asked; None where neither.

    >>> as_flag("y"), as_flag("0.0"), as_flag("或许")
    (True, False, None)
    """
    word = text.upper().removesuffix(".0")
    return True if word in TRUE else False if word in FALSE else None
