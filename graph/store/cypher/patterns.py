"""Patterns of a query: nodes, relations between them, walks and shortest paths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

from graph.store.cypher.cursor import Cursor, quoted

Expression = Callable[[Cursor], str]
LONGEST_WALK = 30  # steps; the embedded engine goes no further
MOST_STEPS = 20  # relations in one pattern
SHORTEST = {"shortestpath": "SHORTEST", "allshortestpaths": "ALL SHORTEST"}


@dataclass(slots=True)
class Stretch:
    """A relation of a pattern: its written variable, its names (none: any), whether it is walked several times."""

    variable: str
    names: frozenset[str]
    walked: bool
    at: int


@dataclass(slots=True)
class PathPattern:
    """A pattern as the engine takes it."""

    written: str
    steps: list[Stretch] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)  # what must hold beside it

    def where(self) -> str:
        """A WHERE of what must hold."""
        return f" WHERE {' AND '.join(self.needs)}" if self.needs else ""


def match_patterns(c: Cursor, expression: Expression) -> PathPattern:
    """The patterns of one MATCH. An edge is met once in it, which the embedded engine must be asked for."""
    at = c.next.at
    paths = [path_pattern(c, expression, at)]
    while c.sign(","):
        paths.append(path_pattern(c, expression, at))
    steps = [step for path in paths for step in path.steps]
    return PathPattern(", ".join(p.written for p in paths), steps, _met_once(c, steps))


def path_pattern(c: Cursor, expression: Expression, at: int) -> PathPattern:
    """One pattern: a node, and relations to further ones. Raises CypherRefused."""
    name = ""
    if c.is_variable() and c.ahead(1).is_sign("="):
        name = f"{c.bind(c.variable())} = "
        c.need("=")
    word = c.next.value.lower() if c.next.kind == "word" else ""
    if word in SHORTEST and c.ahead(1).is_sign("("):
        return _shortest(c, expression, name, word)
    path = _chain(c, expression)
    path.written = name + path.written
    if not name:
        path.needs = _met_once(c, path.steps)
    return path


def _shortest(c: Cursor, expression: Expression, name: str, word: str) -> PathPattern:
    function = c.take()
    c.need("(")
    path = _chain(c, expression, SHORTEST[word] if c.is_ladybug else "SHORTEST")
    c.need(")")
    if len(path.steps) != 1 or not path.steps[0].walked:
        c.refuse(f"{function.value} 里要有一段变长的关系", "写成 shortestPath((a)-[*1..6]-(b))", function.at)
    path.written = name + (path.written if c.is_ladybug else f"{function.value}({path.written})")
    path.steps.clear()  # a shortest path meets no edge twice
    return path


def _chain(c: Cursor, expression: Expression, shortest: str = "") -> PathPattern:
    if not c.next.is_sign("("):
        c.unexpected("这里应是节点，如 (n:Enterprise)")
    path = PathPattern(_node(c, expression))
    while c.next.is_sign("-") or c.next.is_sign("<"):
        path.written += _relation(c, expression, path.steps, shortest) + _node(c, expression)
        if len(path.steps) > MOST_STEPS:
            c.refuse(f"一个模式超过 {MOST_STEPS} 段关系", "分成几个 MATCH")
    return path


def _node(c: Cursor, expression: Expression) -> str:
    c.need("(")
    written = c.bind(c.variable()) if c.is_variable() else ""
    labels: list[str] = []
    if c.sign(":"):
        labels.append(_label(c, "类别"))
        while c.sign("|"):
            c.sign(":")
            labels.append(_label(c, "类别"))
        if c.next.is_sign(":"):
            c.refuse("一个节点只有一个类别；连写两个，两种图库的意思相反", "几个类别之一写成 :A|B")
    for name in labels:
        written += ("|" if "`:" in written else ":") + name
    if not labels and not c.is_ladybug:
        written += ":Lianpu"  # what the store notes beside the graph is no part of it
    if c.next.is_sign("{"):
        written += f" {properties(c, expression)}"
    if not c.next.is_sign(")"):
        c.unexpected("节点写成 (变量:类别 {属性: 值})；条件写在 WHERE 里")
    c.need(")")
    return f"({written})"


def _label(c: Cursor, what: str) -> str:
    at = c.next.at
    name = c.name(what).value
    (c.labels if what == "类别" else c.relations).setdefault(name, at)
    return quoted(name)


def properties(c: Cursor, expression: Expression) -> str:
    """A map: keys with their values."""
    c.need("{")
    items: list[str] = []
    while not c.sign("}"):
        if items:
            c.need(",")
        at = c.next.at
        name = c.name("属性名").value
        if not c.sign(":"):
            c.unexpected("写成 {属性: 值}")
        if name.startswith("_"):
            c.refuse(f"不能用内部属性 {name}", "用列出的属性", at)
        c.properties.setdefault(name, at)
        items.append(f"{quoted(name)}: {expression(c)}")
    return f"{{{', '.join(items)}}}"


def _relation(c: Cursor, expression: Expression, steps: list[Stretch], shortest: str) -> str:
    at = c.next.at
    left = c.sign("<")
    c.need("-")
    variable, names, walk, values = "", [], "", ""
    if c.sign("["):
        if c.is_variable():
            variable = c.bind(c.variable())
        names = _relation_names(c)
        if c.next.is_sign("*"):
            walk = _walk(c, shortest)
        if c.next.is_sign("{"):
            values = f" {properties(c, expression)}"
        if not c.next.is_sign("]"):
            c.unexpected("关系写成 -[变量:关系]-> 或 -[:关系*1..3]->")
        c.need("]")
    c.need("-")
    right = c.sign(">")
    if left and right:
        c.refuse("关系两头都有箭头", "方向不限时写成 -[:关系]-", at)
    variable = variable or c.fresh()
    steps.append(Stretch(variable, frozenset(names), bool(walk), at))
    kinds = ":" + "|".join(map(quoted, names)) if names else ""
    return f"{'<' if left else ''}-[{variable}{kinds}{walk}{values}]-{'>' if right else ''}"


def _relation_names(c: Cursor) -> list[str]:
    names: list[str] = []
    if c.sign(":"):
        names.append(_label(c, "关系").strip("`"))
        while c.sign("|"):
            c.sign(":")
            names.append(_label(c, "关系").strip("`"))
    return names


def _walk(c: Cursor, shortest: str) -> str:
    """How many times a relation is followed, and which walks count."""
    at = c.next.at
    c.need("*")
    if not shortest:
        shortest = _shortest_word(c, at)
    least = _steps(c)
    several = c.sign("..")
    most = _steps(c) if several else least
    if most is not None and least is not None and most < least:
        c.refuse("步数的上限小于下限", "写成 *1..3", at)
    if not c.is_ladybug:
        low, high = "" if least is None else least, "" if most is None else most
        return f"*{low}{'..' if several else ''}{high}"
    if most is None and not shortest:
        c.refuse("变长路径没有写上限", f"写上最多几步，如 *1..6（最多 {LONGEST_WALK} 步）", at)
    if (most or 0) > LONGEST_WALK:
        c.refuse(f"变长路径超过 {LONGEST_WALK} 步", f"最多写 *1..{LONGEST_WALK}", at)
    return f"* {shortest or 'TRAIL'} {1 if least is None else least}..{LONGEST_WALK if most is None else most}"


def _shortest_word(c: Cursor, at: int) -> str:
    word = ""
    if c.word("ALL", "SHORTEST"):
        word = "ALL SHORTEST"
    elif c.word("SHORTEST"):
        word = "SHORTEST"
    elif c.word("TRAIL"):
        word = "TRAIL"
    elif c.word("ACYCLIC"):
        word = "ACYCLIC"
    if word and not c.is_ladybug:
        c.refuse(f"{word} 只有本机图库能用", "写成 p = shortestPath((a)-[*1..6]-(b))", at)
    return word


def _steps(c: Cursor) -> int | None:
    if c.next.kind != "number":
        return None
    if not c.next.value.isdigit():
        c.refuse("步数要是整数", "写成 *1..3")
    return int(c.take().value)


def _met_once(c: Cursor, steps: list[Stretch]) -> list[str]:
    """What keeps one edge from being met twice by two relations of a MATCH, where the engine does not see to it."""
    needs: list[str] = []
    for one, other in combinations(steps, 2) if c.is_ladybug else ():
        if one.variable == other.variable or not _may_be_one(one, other):
            continue
        walks = one.walked + other.walked
        if walks == 2:
            c.refuse(
                "一个 MATCH 里有两段可能走同一条边的变长路径，本机图库会重复走",
                "分成两个 MATCH，或给两段写不同的关系",
                other.at,
            )
        if walks == 1:
            walk, step = (one, other) if one.walked else (other, one)
            needs.append(f"(NOT {step.variable}.`id` IN properties(rels({walk.variable}), 'id'))")
        else:
            needs.append(f"(id({one.variable}) <> id({other.variable}))")
    return needs


def _may_be_one(one: Stretch, other: Stretch) -> bool:
    return not one.names or not other.names or bool(one.names & other.names)
