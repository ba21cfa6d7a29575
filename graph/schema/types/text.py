"""Types of text: names, free text, lists of other names, references, honours."""

from __future__ import annotations

from graph.schema.types.base import Cell, Parsed, Rules, ValueType, written
from graph.text import clean


class TextType(ValueType):
    """Free text, kept as it is but for blanks around it.

    >>> from graph.schema.kinds import Column
    >>> TextType().parse(" 高速锯切 \\n 振动 ", Column("需求描述", "text")).value
    '高速锯切 \\n 振动'
    """

    name, caption = "text", "文字"

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The text of the cell."""
        return Parsed(written(cell).strip())


class NameType(ValueType):
    """What people call a thing: runs of blanks are one.

    >>> from graph.schema.kinds import Column
    >>> NameType().parse("  示例  锯床 ", Column("名称", "name")).value
    '示例 锯床'
    """

    name, caption, is_name = "name", "名称", True

    def parse(self, cell: Cell, rules: Rules, unit: str | None = None) -> Parsed:
        """The cleaned name; a list keeps its line breaks, for they part its items."""
        text = written(cell)
        return Parsed(text.strip() if rules.list else clean(text))


class NamesType(TextType):
    """Other names of a thing; those of all rows are kept.

    >>> from graph.schema.kinds import Column
    >>> NamesType().gathers, NamesType().parse("示例旧名、示例厂", Column("曾用名", "names")).value
    (True, '示例旧名、示例厂')
    """

    name, caption, gathers, sought = "names", "名称（可多个）", True, True


class HonoursType(TextType):
    """Honours of a firm, each perhaps with its year in brackets; every one is a node.

    >>> from graph.schema.kinds import Column
    >>> HonoursType().parse("国高(2023)、小巨人", Column("资质", "honours", list=True)).value
    '国高(2023)、小巨人'
    """

    name, caption, awards = "honours", "资质（可带年份）", True
    help = "资质名称，可带年份：国高(2023)"


class ReferenceType(NameType):
    """The name of a thing that a row of its own (or this one) brings into being.

    >>> from graph.schema.kinds import Column
    >>> ReferenceType().advice(Column("环节", "ref", to=("环节",)))
    '已有的环节名称'
    """

    name, caption, refers, is_name = "ref", "引用", True, False

    def advice(self, rules: Rules) -> str:
        """Whether the name must exist, and of what kinds it may be."""
        if rules.defines:
            return "名称，写到即视为存在"
        whole = f"，也可写{'、'.join(rules.whole)}" if rules.whole else ""
        return f"已有的{'或'.join(rules.to)}名称{whole}"
