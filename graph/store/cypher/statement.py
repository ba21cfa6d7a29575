"""A query read whole: its clauses in order, and the statement that an engine gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.store.cypher.cursor import Cursor, quoted
from graph.store.cypher.expressions import expression
from graph.store.cypher.patterns import match_patterns

MOST_ROWS = 10_000
MOST_CLAUSES, MOST_ARMS = 60, 20


@dataclass(frozen=True, slots=True)
class CypherStatement:
    """What was understood of a query, written anew for one engine."""

    text: str
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    labels: frozenset[str]
    relations: frozenset[str]
    properties: frozenset[str]


def read_statement(text: str, engine: str, parameters: Mapping[str, Any] | None = None) -> CypherStatement:
    """Read a query. Raises CypherRefused for whatever is not reading, and for forms that an engine answers wrongly.

    >>> s = read_statement("MATCH (n:Segment) WHERE n.name = '锯条' // SET\\nRETURN n.stage AS 阶段", "ladybug")
    >>> s.text
    'MATCH (`n`:`Segment`) WHERE (`n`.`name` = $p0) RETURN `n`.`stage` AS `阶段` LIMIT 10001'
    >>> s.parameters, s.columns
    ({'p0': '锯条'}, ('阶段',))
    """
    c = Cursor(text, engine, parameters or {})
    c.subquery = _subquery
    arms: list[str] = []
    columns: list[str] = []
    joins: set[str] = set()
    while True:
        begin = c.next.at
        c.scope.clear()
        written, names = _single(c, alone=not arms)
        if arms and names != columns:
            c.refuse("UNION 前后的列名不同", "用 AS 给每一段的列起同样的名称", begin)
        arms.append(written)
        columns = names
        if len(arms) > MOST_ARMS:
            c.refuse(f"UNION 超过 {MOST_ARMS} 段", "用 IN 或 OR 合成一个条件", begin)
        if not c.word("UNION"):
            break
        joins.add(" UNION ALL " if c.word("ALL") else " UNION ")
        if len(joins) > 1:
            c.refuse("UNION 和 UNION ALL 不能混用", "都写成 UNION ALL，或都写成 UNION")
    if c.next.kind != "end":
        c.unexpected("RETURN 之后只能是 ORDER BY、SKIP、LIMIT 或 UNION")
    if len(arms) == 1 and " LIMIT " not in _last_clause(arms[0]):
        arms[0] += f" LIMIT {MOST_ROWS + 1}"
    return CypherStatement(
        (joins or {" "}).pop().join(arms), c.bound, tuple(columns),
        frozenset(c.labels), frozenset(c.relations), frozenset(c.properties),
    )  # fmt: skip


def _last_clause(written: str) -> str:
    return written[written.rindex("RETURN ") :]


def _single(c: Cursor, alone: bool) -> tuple[str, list[str]]:
    """One arm: clauses that read, then RETURN."""
    clauses: list[str] = []
    cut = False  # an earlier WITH sorted and kept some
    while not c.next.is_word("RETURN"):
        if len(clauses) >= MOST_CLAUSES:
            c.refuse(f"超过 {MOST_CLAUSES} 个子句", "把查询分成几个")
        if c.word("WITH"):
            before = c.aggregates
            written, sorted_and_cut = _with(c)
            _aggregates_after_cut(c, cut, before)
            cut |= sorted_and_cut
            clauses.append(written)
        elif c.word("UNWIND"):
            clauses.append(_unwind(c))
        elif c.next.is_word("MATCH") or c.next.is_word("OPTIONAL"):
            clauses.append(_match(c))
        else:
            c.unexpected("查询由 MATCH、OPTIONAL MATCH、WHERE、WITH、UNWIND 组成，最后是 RETURN")
    before = c.aggregates
    c.word("RETURN")
    written, names = _return(c)
    _aggregates_after_cut(c, cut, before)
    return " ".join([*clauses, written]), names


def _aggregates_after_cut(c: Cursor, cut: bool, before: int) -> None:
    if cut and c.aggregates > before:
        c.refuse(
            "WITH … ORDER BY … LIMIT 之后不能再汇总：一种图库会忽略顺序，得出错误的结果",
            "先把排在前面的行查出来，再在表格里汇总；或用 WHERE 写明条件",
        )


def _match(c: Cursor) -> str:
    optional = "OPTIONAL " if c.word("OPTIONAL") else ""
    if not c.word("MATCH"):
        c.unexpected("OPTIONAL 后面要有 MATCH")
    path = match_patterns(c, expression)
    conditions = list(path.needs)
    if c.word("WHERE"):
        before = c.aggregates
        conditions.append(expression(c))
        if c.aggregates > before:
            c.refuse("WHERE 里不能汇总", "先写 WITH n, count(x) AS 数，再写 WHERE 数 > 1")
    return f"{optional}MATCH {path.written}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")


def _subquery(c: Cursor) -> str:
    """What stands in EXISTS { … }: one MATCH with its WHERE; its variables end with it."""
    c.take()
    before = list(c.scope)
    c.word("MATCH") or c.next.is_sign("(") or c.unexpected("写成 EXISTS { MATCH … WHERE … }")
    path = match_patterns(c, expression)
    conditions = list(path.needs)
    if c.word("WHERE"):
        conditions.append(expression(c))
    if not c.next.is_sign("}"):
        c.unexpected("EXISTS { … } 里只能有一个 MATCH 和它的 WHERE")
    c.need("}")
    c.scope[:] = before
    return f"MATCH {path.written}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")


def _unwind(c: Cursor) -> str:
    items = expression(c)
    if not c.word("AS"):
        c.unexpected("写成 UNWIND 列表 AS 变量")
    return f"UNWIND {items} AS {c.bind(c.variable())}"


def _with(c: Cursor) -> tuple[str, bool]:
    distinct = "DISTINCT " if c.word("DISTINCT") else ""
    written, names = _items(c, named=True)
    outer, c.scope = c.scope, list(dict.fromkeys([*names, *c.scope]))
    order, cut = _order(c, of_with=True)
    c.scope = names
    del outer
    where = ""
    if c.word("WHERE"):
        where = f" WHERE {expression(c)}"
    return f"WITH {distinct}{written}{order}{where}", cut


def _return(c: Cursor) -> tuple[str, list[str]]:
    distinct = "DISTINCT " if c.word("DISTINCT") else ""
    written, names = _items(c, named=False)
    aliases = [name for name in names if name not in c.scope]
    c.scope = [*c.scope, *aliases]
    order, _ = _order(c, of_with=False)
    return f"RETURN {distinct}{written}{order}", names


def _items(c: Cursor, named: bool) -> tuple[str, list[str]]:
    """What WITH or RETURN hands on: written, and its names."""
    written: list[str] = []
    names: list[str] = []
    if c.sign("*"):
        if not c.scope:
            c.refuse("没有变量可以返回", "写出要返回的内容")
        names += c.scope
        written += map(quoted, c.scope)
        if not c.sign(","):
            return ", ".join(written), names
    while True:
        begin, at = c.mark(), c.next.at
        plain = c.is_variable()
        item = expression(c)
        source = c.source(begin)
        if c.word("AS"):
            name = c.variable("列名")
            item = f"{item} AS {quoted(name)}"
        elif named and not (plain and item == quoted(source.strip("`"))):
            c.refuse("WITH 里的表达式没有名称", "用 AS 起一个名称，如 WITH n.name AS 名称", at)
        else:
            name = source.strip("`") if plain else source
        if name in names:
            c.refuse(f"有两列都叫 {name[:40]}", "用 AS 起不同的名称", at)
        names.append(name)
        written.append(item)
        if not c.sign(","):
            return ", ".join(written), names


def _order(c: Cursor, of_with: bool) -> tuple[str, bool]:
    """ORDER BY, SKIP and LIMIT; whether some rows were kept of an order."""
    parts: list[str] = []
    begin = c.next.at
    ordered = c.word("ORDER", "BY")
    if ordered:
        keys: list[str] = []
        while not keys or c.sign(","):
            key = expression(c)
            if c.word("DESC") or c.word("DESCENDING"):
                key += " DESC"
            elif c.word("ASC") or c.word("ASCENDING"):
                key += " ASC"
            keys.append(key)
        parts.append(f"ORDER BY {', '.join(keys)}")
    counts = {word: _count(c, word) for word in ("SKIP", "LIMIT") if c.word(word)}
    if ordered and of_with and not counts:
        c.refuse("WITH 里的 ORDER BY 没有 LIMIT，顺序不会保留", "把 ORDER BY 写在最后的 RETURN 后面", begin)
    parts += [f"{word} {count}" for word, count in counts.items()]
    return "".join(f" {part}" for part in parts), ordered and bool(counts)


def _count(c: Cursor, word: str) -> int:
    at = c.next.at
    number: Any = None
    if c.sign("$"):
        number = c.value_of(c.parameter())
    elif c.next.kind == "number" and c.next.value.isdigit():
        number = int(c.take().value)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        c.refuse(f"{word} 后面要有一个不小于 0 的整数", f"如 {word} 100", at)
    return min(number, MOST_ROWS + 1) if word == "LIMIT" else min(number, 1 << 40)
