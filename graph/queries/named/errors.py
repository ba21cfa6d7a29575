"""What can be wrong with a question to a named query."""

from __future__ import annotations

from graph.errors import Stated


class UnknownQuery(Stated):
    """There is no named query of that name."""

    name: str
    meant: str
    code = "unknown_query"
    says = "没有名为“{name}”的查询"
    do = "是否要找：{meant}"


class BadParameter(Stated):
    """A parameter of a named query that is not what it must be."""

    caption: str
    reason: str
    way: str
    code = "bad_parameter"
    says = "参数 {caption}：{reason}"
    do = "{way}"
