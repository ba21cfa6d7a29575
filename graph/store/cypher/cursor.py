"""Where the reading of a query stands: the next token, the variables in sight, and what was met so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

from graph.store.cypher.functions import LADYBUG, REFUSED
from graph.store.cypher.tokens import Token, refused, tokens_of

DEEPEST = 100
# What cannot be a variable, because the grammar could not tell; any other word can, and is quoted where it goes on.
_CLAUSES = (
    "MATCH",
    "OPTIONAL",
    "WHERE",
    "WITH",
    "UNWIND",
    "RETURN",
    "UNION",
    "ORDER",
    "SKIP",
    "LIMIT",
    "AS",
    "DISTINCT",
)
_LOGIC = ("AND", "OR", "XOR", "NOT", "IN", "IS", "NULL", "TRUE", "FALSE", "CASE", "WHEN", "THEN", "ELSE")
RESERVED = frozenset((*_CLAUSES, *_LOGIC))
PARAMETERS = 200


class Cursor:
    """Reads one query for one engine. What an expression or a pattern comes to is text of that engine."""

    def __init__(self, text: str, engine: str, given: Mapping[str, Any]) -> None:
        self.text, self.engine = text, engine
        self._tokens = tokens_of(text)
        self._given = given
        self._at = 0
        self._deep = 0
        self._made = 0
        self._names: dict[str, str] = {}  # of parameters that people gave
        self.scope: list[str] = []  # variables in sight, in order
        self.bound: dict[str, Any] = {}  # parameters of the text that is written
        self.labels: dict[str, int] = {}  # with where each stands first
        self.relations: dict[str, int] = {}
        self.properties: dict[str, int] = {}
        self.aggregates = 0
        self.subquery: Callable[[Cursor], str]

    @property
    def is_ladybug(self) -> bool:
        """Whether it is read for the embedded engine."""
        return self.engine == LADYBUG

    # -- tokens -----------------------------------------------------------------------------------

    @property
    def next(self) -> Token:
        """The next token, which stays."""
        return self._tokens[self._at]

    def ahead(self, steps: int) -> Token:
        """A later token."""
        return self._tokens[min(self._at + steps, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The next token."""
        token = self.next
        if token.kind != "end":
            self._at += 1
        return token

    def word(self, *words: str) -> bool:
        """Take these keywords, where they come next."""
        if all(self.ahead(n).is_word(word) for n, word in enumerate(words)):
            self._at += len(words)
            return True
        return False

    def sign(self, sign: str) -> bool:
        """Take this sign, where it comes next."""
        if self.next.is_sign(sign):
            self._at += 1
            return True
        return False

    def need(self, sign: str) -> None:
        """Take this sign. Raises CypherRefused."""
        if not self.sign(sign):
            self.unexpected(f"这里应是“{sign}”")

    def mark(self) -> int:
        """Where we are, to come back to."""
        return self._at

    def back(self, mark: int) -> None:
        """To where we were."""
        self._at = mark

    def source(self, begin: int) -> str:
        """What people wrote since a mark, on one line."""
        first, last = self._tokens[begin], self._tokens[max(self._at - 1, begin)]
        return " ".join(self.text[first.at : last.end].split())

    # -- refusals ---------------------------------------------------------------------------------

    def refuse(self, reason: str, hint: str, at: int | None = None) -> NoReturn:
        """Raise CypherRefused for what stands at a character, or comes next."""
        raise refused(self.text, self.next.at if at is None else at, reason, hint)

    def unexpected(self, hint: str) -> NoReturn:
        """Raise CypherRefused for the next token, which stands where it must not."""
        token = self.next
        if token.kind == "end":
            self.refuse("查询没有写完", hint)
        if token.kind == "word" and token.value.isascii() and token.value.upper() in REFUSED:
            self.refuse(
                f"不能用 {token.value.upper()}：这里只能读取图里的内容",
                "只用 MATCH、WHERE、WITH、UNWIND、RETURN 等读取的子句",
            )
        self.refuse(f"不认识“{token.value[:40]}”的写法", hint)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting. Raises CypherRefused where there are too many."""
        self._deep += 1
        if self._deep > DEEPEST:
            self.refuse(f"嵌套超过 {DEEPEST} 层", "去掉多余的括号，或用 WITH 分步写")
        yield
        self._deep -= 1

    # -- names ------------------------------------------------------------------------------------

    def name(self, what: str) -> Token:
        """A name where keywords mean nothing: a property, a label, a key. Raises CypherRefused."""
        if self.next.kind not in ("word", "name"):
            self.unexpected(f"这里应是{what}")
        return self.take()

    def is_variable(self) -> bool:
        """Whether a variable comes next."""
        token = self.next
        if token.kind == "name":
            return True
        return token.kind == "word" and not (token.value.isascii() and token.value.upper() in RESERVED)

    def variable(self, what: str = "变量名") -> str:
        """A variable's name. Raises CypherRefused."""
        if not self.is_variable():
            self.unexpected(f"这里应是{what}")
        return self.take().value

    def bind(self, name: str) -> str:
        """A variable comes into sight; its written form."""
        if name not in self.scope:
            self.scope.append(name)
        return quoted(name)

    def fresh(self) -> str:
        """A variable that nobody can have written: its written form."""
        self._made += 1
        return f"`:{self._made}`"

    # -- values -----------------------------------------------------------------------------------

    def literal(self, value: Any) -> str:
        """A value that goes to the engine as a parameter."""
        name = f"p{len(self.bound)}"
        if len(self.bound) >= PARAMETERS:
            self.refuse(f"文字和参数超过 {PARAMETERS} 个", "把一长串值写成一个列表参数，如 n.name IN $names")
        self.bound[name] = value
        return f"${name}"

    def parameter(self) -> str:
        """A parameter that people gave, after its `$`. Raises CypherRefused."""
        at = self.next.at
        name = self.name("参数名").value
        if name not in self._given:
            self.refuse(f"参数 ${name} 没有给出值", f"在参数里写 {name}=值", at)
        if self._given[name] is None:
            return "null"  # as a parameter it would have a type
        if name not in self._names:
            self._names[name] = self.literal(self._given[name])
        return self._names[name]

    def value_of(self, written: str) -> Any:
        """The value of what `literal` and `parameter` wrote."""
        return self.bound.get(written[1:])


def quoted(name: str) -> str:
    """A name as both engines take it, whatever word it is. Tokens have no back-quote in them.

    >>> quoted("set")
    '`set`'
    """
    return f"`{name}`"
