"""One word of a list."""

from __future__ import annotations

from graph.schema.types.base import BadCell, Cell, Parsed, Rules, ValueType, written
from graph.schema.types.flag import NO, YES, as_flag
from graph.text import norm


class NotAWord(BadCell):
    """A word that is none of the column's; it may be what somebody else writes for one."""


class WordType(ValueType):
    """One of the column's words, and no other.

    >>> from graph.schema.kinds import Column
    >>> WordType().parse(" 在产", Column("状态", "word", words=("在产", "停产"))).value
    '在产'
    """

    name, caption, strict = "word", "词表", True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The word as the column writes it."""
        text = norm(written(cell))
        for word in rules.words:
            if norm(word) == text:
                return Parsed(word)
        if rules.bool_words and (answer := as_flag(text)) is not None:
            return Parsed(YES if answer else NO)
        if text in ("A级", "B级", "C级", "a", "b", "c") and "A" in rules.words:
            return Parsed(text[0].upper())
        raise NotAWord(f"“{written(cell)}”不在可选词中", f"可选：{' '.join(rules.words)}")
