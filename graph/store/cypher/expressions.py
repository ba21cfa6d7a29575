"""Expressions of a query: read with their precedence, written with their brackets."""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from graph.store.cypher.cursor import DEEPEST, Cursor, quoted
from graph.store.cypher.functions import FUNCTIONS, QUANTIFIERS, REFUSED, WRONG
from graph.store.cypher.patterns import path_pattern, properties

LONGEST = 1_000  # operators in a row
_OR, _XOR, _AND, _NOT, _COMPARED, _TEXTS, _SUM, _PRODUCT, _POWER, _SIGN, _ATOM = range(11)  # how tightly each binds
_SIGNS = {
    **dict.fromkeys(("=", "<>", "<=", ">=", "<", ">"), _COMPARED),
    **{"=~": _TEXTS, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "%": _PRODUCT, "^": _POWER},
}
_WORDS = {
    ("OR",): _OR,
    ("XOR",): _XOR,
    ("AND",): _AND,
    **dict.fromkeys((("STARTS", "WITH"), ("ENDS", "WITH"), ("CONTAINS",), ("IN",)), _TEXTS),
}
_INSIDE = "列表推导、模式推导和映射投影不能用"


class _Operator(NamedTuple):
    binds: int
    text: str
    before: bool = False  # stands before its one operand


class _Written(NamedTuple):
    """A part of an expression as the engine takes it, and how tightly its loosest operator binds."""

    text: str
    binds: int = _ATOM

    def within(self, binds: int = _ATOM) -> str:
        """The part beside an operator: in brackets, but for what stands alone and for the head of a row of equals."""
        return self.text if self.binds in (_ATOM, binds) else f"({self.text})"


def expression(c: Cursor) -> str:
    """An expression, as the engine takes it. Operators wait on a stack: a long one is no deep one."""
    waiting: list[_Operator] = []
    parts: list[_Written] = []
    with c.deeper():
        while True:
            _prefixes(c, waiting)
            before = waiting[-1] if waiting else None
            parts.append(_Written(_regex(c) if before and before.text == "=~" else _operand(c)))
            operator = _operator(c, waiting, parts)
            if operator is None:
                break
            waiting.append(operator)
            if len(waiting) + len(parts) > LONGEST:
                _too_long(c)
    _settle(c, waiting, parts, 0)
    return parts[0].within()


def _prefixes(c: Cursor, waiting: list[_Operator]) -> None:
    count = 0
    while True:
        if c.word("NOT"):
            waiting.append(_Operator(_NOT, "NOT ", before=True))
        elif c.sign("-"):
            waiting.append(_Operator(_SIGN, "-", before=True))
        elif not c.sign("+"):
            return
        if (count := count + 1) > DEEPEST:
            c.refuse(f"连续的 NOT 或正负号超过 {DEEPEST} 个", "去掉多余的")


def _operator(c: Cursor, waiting: list[_Operator], parts: list[_Written]) -> _Operator | None:
    """The operator that comes next; what binds tighter before it is settled. None where the expression ends."""
    while c.word("IS"):
        negated = "NOT " if c.word("NOT") else ""
        if not c.word("NULL"):
            c.unexpected("写成 IS NULL 或 IS NOT NULL")
        _settle(c, waiting, parts, _SUM)
        parts[-1] = _Written(f"{parts[-1].within()} IS {negated}NULL", _TEXTS)
    for words, binds in _WORDS.items():
        if c.word(*words):
            _settle(c, waiting, parts, binds)
            return _Operator(binds, " ".join(words))
    if c.next.kind == "sign" and (level := _SIGNS.get(c.next.value)) is not None:
        at = c.next.at
        sign = c.take().value
        _settle(c, waiting, parts, level)
        if level == _COMPARED and parts[-1].binds == _COMPARED:
            c.refuse("连续比较两种图库不同", "用 AND 分开，如 1 < x AND x < 3", at)
        return _Operator(level, sign)
    return None


def _settle(c: Cursor, waiting: list[_Operator], parts: list[_Written], least: int) -> None:
    """Write what binds at least so tightly."""
    while waiting and waiting[-1].binds >= least:
        operator = waiting.pop()
        right = parts.pop()
        if operator.before:
            parts.append(_Written(f"{operator.text}{right.within()}", operator.binds))
            continue
        left = parts.pop()
        text = f"{left.within(operator.binds)} {operator.text} {right.within()}"
        parts.append(_Written(text, operator.binds))


def _regex(c: Cursor) -> str:
    """The pattern after =~. Neo4j's own engine can take for ever over some, and nothing stops it."""
    at = c.next.at
    written = _operand(c)
    if not c.is_ladybug:
        if not written.startswith("$") or not isinstance(pattern := c.value_of(written), str):
            c.refuse("正则表达式不是固定的文字", "写成 '.*文字.*' 或一个参数", at)
        if _may_explode(pattern):
            c.refuse(
                "正则表达式里有重复的重复，可能永远算不完", "改用 CONTAINS、STARTS WITH，或去掉括号外的 + 和 *", at
            )
    return written


def _may_explode(pattern: str) -> bool:
    """Whether a group is repeated, or a part before is referred to.

    >>> _may_explode("(a+)+$"), _may_explode(".*锯床.*"), _may_explode("(甲|乙)厂")
    (True, False, False)
    """
    closes = [n for n, sign in enumerate(pattern) if sign == ")"]
    repeated = any(pattern[n + 1 : n + 2] in ("+", "*", "{") for n in closes)
    referred = any(pattern[n + 1 : n + 2] in tuple("123456789k") for n, sign in enumerate(pattern) if sign == "\\")
    return repeated or referred or sum(pattern.count(sign) for sign in "*+{") > 10


def _operand(c: Cursor) -> str:
    written = _atom(c)
    for _ in range(LONGEST):
        if c.sign("."):
            at = c.next.at
            name = c.name("属性名").value
            if c.next.is_sign("(") or c.next.is_sign("."):
                c.refuse(f"“{name}”不是可用的函数或属性", "只能用列出的函数；属性写成 变量.属性", at)
            _property(c, name, at)
            written = f"{written}.{quoted(name)}"
        elif c.next.is_sign("["):
            c.refuse(
                "不能用下标：列表在一种图库里从 0 数起，在另一种里从 1 数起", "用 UNWIND 展开列表，或用 min()、max()"
            )
        elif c.next.is_sign("{"):
            c.refuse(_INSIDE, "写出要哪些属性，如 n.name, n.output")
        elif c.next.is_sign(":"):
            c.refuse("这里不能用“:类别”作条件", "类别写在 MATCH 的括号里，或用 label(n) = '…'")
        else:
            return written
    return written


def _property(c: Cursor, name: str, at: int) -> None:
    if name.startswith("_"):
        c.refuse(f"不能用内部属性 {name}", "用列出的属性", at)
    c.properties.setdefault(name, at)


def _atom(c: Cursor) -> str:
    token = c.next
    if token.kind == "number":
        return c.take().value
    if token.kind == "text":
        return c.literal(c.take().value)
    if c.sign("$"):
        return c.parameter()
    if c.sign("["):
        return _list(c)
    if token.is_sign("{"):
        return properties(c, expression)
    if token.is_sign("("):
        return _in_brackets(c)
    for word in ("NULL", "TRUE", "FALSE"):
        if c.word(word):
            return word.lower()
    if c.word("CASE"):
        return _case(c)
    if token.kind == "word" and c.ahead(1).is_sign("{"):
        return _exists(c)
    if token.kind == "word" and c.ahead(1).is_sign("("):
        return _call(c)
    if not c.is_variable():
        c.unexpected("这里应是一个值：变量、属性、数字、'文字'、$参数 或函数")
    name = c.take().value
    if name not in c.scope:
        c.refuse(f"变量 {name[:40]} 没有定义", "先在 MATCH、UNWIND 或 WITH 里写出它；文字要加引号", token.at)
    return quoted(name)


def _in_brackets(c: Cursor) -> str:
    """Something in brackets, or a pattern that must be there."""
    mark = c.mark()
    if c.ahead(1).kind in ("word", "name") or c.ahead(1).is_sign(")") or c.ahead(1).is_sign(":"):
        steps = 1 if c.ahead(1).kind in ("word", "name") else 0
        after = c.ahead(steps + 1)
        closed = after.is_sign(")") and (
            (c.ahead(steps + 2).is_sign("-") and (c.ahead(steps + 3).is_sign("[") or c.ahead(steps + 3).is_sign("-")))
            or (c.ahead(steps + 2).is_sign("<") and c.ahead(steps + 3).is_sign("-") and c.ahead(steps + 4).is_sign("["))
        )
        if closed or after.is_sign(":") or after.is_sign("{"):
            return _pattern(c)
    c.back(mark)
    c.need("(")
    inner = expression(c)
    c.need(")")
    return inner


def _pattern(c: Cursor) -> str:
    before = list(c.scope)
    path = path_pattern(c, expression, c.next.at)
    if new := [name for name in c.scope if name not in before]:
        c.refuse(f"条件里的模式不能引入新的变量 {new[0]}", "先在 MATCH 里写出它，或写成 EXISTS { MATCH … }")
    return f"EXISTS {{ MATCH {path.written}{path.where()} }}"


def _exists(c: Cursor) -> str:
    word = c.next
    if word.is_word("COUNT") or word.is_word("COLLECT"):
        c.refuse(
            f"不能用 {word.value.upper()} {{ … }}：一种图库会丢掉结果为 0 的行",
            "写成 OPTIONAL MATCH … WITH n, count(x) AS 数",
        )
    if not c.word("EXISTS"):
        c.refuse(_INSIDE, "写出要哪些属性，如 n.name, n.output")
    with c.deeper():
        return f"EXISTS {{ {c.subquery(c)} }}"


def _list(c: Cursor) -> str:
    if c.is_variable() and c.ahead(1).is_word("IN"):
        c.refuse(_INSIDE, "用 UNWIND 展开，WHERE 筛选，再用 collect() 收起")
    items: list[str] = []
    while not c.sign("]"):
        if items:
            c.need(",")
        items.append(expression(c))
        if c.next.is_sign("|"):
            c.refuse(_INSIDE, "用 UNWIND 展开，WHERE 筛选，再用 collect() 收起")
        if len(items) > LONGEST:
            _too_long(c)
    return f"[{', '.join(items)}]"


def _case(c: Cursor) -> str:
    with c.deeper():
        parts = ["CASE"]
        if not c.next.is_word("WHEN"):
            parts.append(expression(c))
        if not c.next.is_word("WHEN"):
            c.unexpected("CASE 后面要有 WHEN … THEN …")
        while c.word("WHEN"):
            condition = expression(c)
            if not c.word("THEN"):
                c.unexpected("WHEN 后面要有 THEN")
            parts.append(f"WHEN {condition} THEN {expression(c)}")
        if c.word("ELSE"):
            parts.append(f"ELSE {expression(c)}")
        if not c.word("END"):
            c.unexpected("CASE 的末尾要有 END")
        return " ".join([*parts, "END"])


def _call(c: Cursor) -> str:
    token = c.take()
    name = token.value.lower() if token.value.isascii() else token.value
    if name in QUANTIFIERS:
        return _quantified(c, name)
    if name in WRONG:
        c.refuse(WRONG[name][0], WRONG[name][1], token.at)
    function = FUNCTIONS.get(name)
    if function is None:
        c.back(c.mark() - 1)
        if name.upper() in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            c.refuse(f"{token.value} 只能写在 MATCH 里", "写成 MATCH p = shortestPath((a)-[*1..6]-(b))")
        if name.upper() in REFUSED:
            c.unexpected("")
        c.refuse(f"没有可用的函数 {token.value[:40]}", "可用的函数列在查询框下面")
    c.need("(")
    with c.deeper():
        if name == "count" and c.sign("*"):
            c.aggregates += 1
            c.need(")")
            return "count(*)"
        distinct = "DISTINCT " if function.aggregate and c.word("DISTINCT") else ""
        arguments: list[str] = []
        while not c.sign(")"):
            if arguments:
                c.need(",")
            arguments.append(expression(c))
        if not function.least <= len(arguments) <= function.most:
            c.refuse(f"{function.name}() 的参数个数不对", f"{function.name}：{function.about}", token.at)
    c.aggregates += function.aggregate
    if distinct:
        arguments[0] = distinct + arguments[0]
    return function.written(c.engine, arguments)


def _quantified(c: Cursor, name: str) -> str:
    c.need("(")
    with c.deeper():
        variable = c.variable()
        if not c.word("IN"):
            c.unexpected(f"写成 {name}(x IN 列表 WHERE 条件)")
        items = expression(c)
        if not c.word("WHERE"):
            c.unexpected(f"写成 {name}(x IN 列表 WHERE 条件)")
        before = list(c.scope)
        written = c.bind(variable)
        condition = expression(c)
        c.scope[:] = before
        c.need(")")
    return f"{name}({written} IN {items} WHERE {condition})"


def _too_long(c: Cursor) -> NoReturn:
    c.refuse(f"一个表达式里超过 {LONGEST} 项", "把一长串值写成一个列表参数，如 n.name IN $names")
