"""The functions that a query may call, and how each is written for an engine. What is not here is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LADYBUG, NEO4J = "ladybug", "neo4j"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its name as people write it, its numbers of arguments, its form for each engine ({0} {1} {2}, {all})."""

    name: str
    least: int
    most: int
    ladybug: str
    neo4j: str
    about: str
    aggregate: bool = False

    def written(self, engine: str, arguments: list[str]) -> str:
        """The call for an engine; several forms, by the number of arguments, stand beside a bar."""
        forms = (self.ladybug if engine == LADYBUG else self.neo4j).split(" | ")
        form = forms[min(len(arguments) - self.least, len(forms) - 1)]
        return form.format(*arguments, all=", ".join(arguments))


def _same(name: str, least: int, most: int, about: str, aggregate: bool = False) -> Function:
    form = f"{name}({{all}})"
    return Function(name, least, most, form, form, about, aggregate)


_ALL = (
    _same("count", 1, 1, "个数；count(*) 为行数", True),
    _same("sum", 1, 1, "合计", True),
    _same("avg", 1, 1, "平均", True),
    _same("min", 1, 1, "最小", True),
    _same("max", 1, 1, "最大", True),
    _same("collect", 1, 1, "收成一个列表", True),
    _same("coalesce", 1, 10, "第一个不为空的值"),
    _same("nullIf", 2, 2, "两值相等时为空"),
    _same("size", 1, 1, "列表的个数，或文字的字数"),
    _same("range", 2, 3, "从几到几的整数"),
    _same("abs", 1, 1, "绝对值"),
    _same("ceil", 1, 1, "向上取整"),
    _same("floor", 1, 1, "向下取整"),
    _same("sign", 1, 1, "正负"),
    _same("sqrt", 1, 1, "平方根"),
    _same("pi", 0, 0, "圆周率"),
    Function("round", 1, 2, "round({0}, 0) | round({0}, {1})", "round({0}) | round({0}, {1})", "四舍五入"),
    Function("ln", 1, 1, "ln({0})", "log({0})", "自然对数"),
    _same("log10", 1, 1, "以 10 为底的对数"),
    _same("toLower", 1, 1, "小写"),
    _same("toUpper", 1, 1, "大写"),
    Function("lower", 1, 1, "toLower({0})", "toLower({0})", "小写"),
    Function("upper", 1, 1, "toUpper({0})", "toUpper({0})", "大写"),
    _same("trim", 1, 1, "去掉两端的空格"),
    Function("lTrim", 1, 1, "ltrim({0})", "lTrim({0})", "去掉左边的空格"),
    Function("rTrim", 1, 1, "rtrim({0})", "rTrim({0})", "去掉右边的空格"),
    _same("left", 2, 2, "左边的几个字"),
    _same("right", 2, 2, "右边的几个字"),
    _same("replace", 3, 3, "替换"),
    _same("reverse", 1, 1, "倒过来的文字"),
    Function(
        "substring", 2, 3,
        "substring({0}, ({1}) + 1, size({0})) | substring({0}, ({1}) + 1, {2})", "substring({all})",
        "从第几个字起（0 为第一个）的几个字",
    ),
    Function("split", 2, 2, "string_split({0}, {1})", "split({0}, {1})", "按分隔符分成列表"),
    Function("toString", 1, 1, "CAST({0} AS STRING)", "toString({0})", "变成文字"),
    Function("toInteger", 1, 1, "CAST({0} AS INT64)", "toInteger({0})", "变成整数"),
    Function("toFloat", 1, 1, "CAST({0} AS DOUBLE)", "toFloat({0})", "变成小数"),
    Function("exists", 1, 1, "({0} IS NOT NULL)", "({0} IS NOT NULL)", "有值"),
    Function("label", 1, 1, "label({0})", "head([x IN labels({0}) WHERE x <> 'Lianpu'])", "节点的类别"),
    Function("type", 1, 1, "label({0})", "type({0})", "关系的名称"),
    Function("id", 1, 1, "{0}.id", "{0}.id", "标识"),
    Function("length", 1, 1, "length({0})", "length({0})", "路径的步数"),
    Function("nodes", 1, 1, "nodes({0})", "nodes({0})", "路径上的节点"),
    Function("relationships", 1, 1, "rels({0})", "relationships({0})", "路径上的关系"),
    Function("rels", 1, 1, "rels({0})", "relationships({0})", "路径上的关系"),
)  # fmt: skip
FUNCTIONS: Mapping[str, Function] = {f.name.lower(): f for f in _ALL}
QUANTIFIERS = ("any", "all", "none", "single")  # any(x IN list WHERE …)

# Forms that one of the engines answers wrongly, or otherwise than the other: the reason, and what to write instead.
WRONG: Mapping[str, tuple[str, str]] = {
    "labels": ("labels() 在一种图库里是列表，在另一种里是文字", "用 label(n)，它总是一个类别"),
    "log": ("log() 在一种图库里以 e 为底，在另一种里以 10 为底", "用 ln() 或 log10()"),
    "head": ("列表在一种图库里从 0 数起，在另一种里从 1 数起", "用 UNWIND 展开列表，或用 min()、max()"),
    "last": ("列表在一种图库里从 0 数起，在另一种里从 1 数起", "用 UNWIND 展开列表，或用 min()、max()"),
    "date": ("日期在图里是文字", "直接比较，如 n.as_of >= '2024-01-01'"),
    "datetime": ("日期在图里是文字", "直接比较，如 n.as_of >= '2024-01-01'"),
    "timestamp": ("日期在图里是文字", "直接比较，如 n.as_of >= '2024-01-01'"),
    "properties": ("properties() 两种图库不同", "写出要哪些属性，如 n.name"),
    "keys": ("keys() 两种图库不同", "写出要哪些属性，如 n.name"),
    "elementid": ("内部编号会变", "用 id(n) 或 n.id"),
    "rand": ("随机数使同一查询每次结果不同", "去掉它"),
}
# Keywords of what is not reading, and of what reaches out: named, so that a refusal says what is meant.
REFUSED = frozenset(
    (
        "CREATE",
        "MERGE",
        "SET",
        "DELETE",
        "DETACH",
        "REMOVE",
        "DROP",
        "ALTER",
        "FOREACH",
        "COPY",
        "LOAD",
        "EXPORT",
        "IMPORT",
        "INSTALL",
        "UNINSTALL",
        "ATTACH",
        "USE",
        "CALL",
        "INSERT",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "CHECKPOINT",
        "COMMENT",
        "GRAPH",
        "FORCE",
        "PROFILE",
        "EXPLAIN",
        "CYPHER",
        "USING",
        "YIELD",
        "SHOW",
        "GRANT",
        "DENY",
        "REVOKE",
        "START",
        "STOP",
        "TERMINATE",
        "ENABLE",
        "RENAME",
        "UPDATE",
        "FINISH",
        "LET",
        "FILTER",
        "NEXT",
        "PROJECT",
        "TRUNCATE",
    )
)
