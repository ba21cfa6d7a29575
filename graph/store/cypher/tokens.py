"""A query cut into tokens. Whatever is not one of the few forms below is refused, with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from graph.store.cypher.errors import CypherRefused

MOST_BYTES, MOST_TOKENS = 20_000, 4_000
_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_SPACE = " \t\n\r"
_NUMBER = re.compile(r"(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_SIGNS = ("<>", "<=", ">=", "=~", "..")
_SINGLE = "()[]{}:,.|<>=+-*/%^$"
_BLOCK = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE = re.compile(r"//[^\n\r]*")
_QUOTED_NAME = re.compile(r"[\w \-./()（）·、]{1,64}")  # nothing that could end a quoted name


@dataclass(frozen=True, slots=True)
class Token:
    """One word, quoted name, text, number or sign. `value` is what it means, `at` where it begins."""

    kind: str  # word, name, text, number, sign, end
    value: str
    at: int
    end: int

    def is_word(self, word: str) -> bool:
        """Whether it is a keyword; of other alphabets none looks like one."""
        return self.kind == "word" and self.value.isascii() and self.value.upper() == word

    def is_sign(self, sign: str) -> bool:
        """Whether it is this sign."""
        return self.kind == "sign" and self.value == sign


def place(text: str, at: int) -> str:
    """Where a character stands, for a person.

    >>> place("MATCH (n)\\nSET n.x = 1", 10)
    '第 2 行第 1 个字符'
    """
    lines = text[:at].split("\n")
    return f"第 {len(lines)} 行第 {len(lines[-1]) + 1} 个字符"


def refused(text: str, at: int, reason: str, hint: str) -> CypherRefused:
    """The refusal of what stands at a place."""
    return CypherRefused(reason, hint, place(text, at))


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query, an end after them. Raises CypherRefused.

    >>> [t.value for t in tokens_of("MATCH (n) /* SET */ RETURN n.`名 称` // x")]
    ['MATCH', '(', 'n', ')', 'RETURN', 'n', '.', '名 称', '']
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise refused(text, 0, f"查询有 {size} 字节，最多 {MOST_BYTES} 字节", "把查询分成几个，或用参数传入长的列表")
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if (after := _after_blank(text, at)) > at:
            at = after
            continue
        token = _token(text, at)
        tokens.append(token)
        at = token.end
        if len(tokens) > MOST_TOKENS:
            raise refused(text, at, f"查询超过 {MOST_TOKENS} 个词", "把查询分成几个")
    return [*tokens, Token("end", "", len(text), len(text))]


def _after_blank(text: str, at: int) -> int:
    if text[at] in _SPACE:
        return at + 1
    if text.startswith("//", at):
        return _LINE.match(text, at).end()  # type: ignore[union-attr]
    if text.startswith("/*", at):
        if not (block := _BLOCK.match(text, at)):
            raise refused(text, at, "注释没有结束", "补上 */")
        return block.end()
    return at


def _token(text: str, at: int) -> Token:
    sign = text[at]
    if sign in "'\"":
        return _text(text, at)
    if sign == "`":
        return _quoted_name(text, at)
    if (sign.isascii() and sign.isdigit()) or (
        sign == "." and text[at + 1 : at + 2].isdigit() and text[at + 1].isascii()
    ):
        return _number(text, at)
    if _begins_word(sign):
        end = at + 1
        while end < len(text) and _in_word(text[end]):
            end += 1
        return Token("word", text[at:end], at, end)
    for long in _SIGNS:
        if text.startswith(long, at):
            return Token("sign", long, at, at + len(long))
    if sign in _SINGLE:
        return Token("sign", sign, at, at + 1)
    raise _strange(text, at)


def _begins_word(sign: str) -> bool:
    return sign == "_" or (sign.isalpha() and _is_plain(sign))


def _in_word(sign: str) -> bool:
    return sign == "_" or ((sign.isalpha() or sign.isdecimal()) and _is_plain(sign))


def _is_plain(sign: str) -> bool:
    """Whether a letter is what it looks like: no wide, stylised or joined form of another one."""
    return unicodedata.normalize("NFKC", sign) == sign


def _strange(text: str, at: int) -> CypherRefused:
    sign = text[at]
    if sign in ";；":
        return refused(text, at, "出现了分号：一次只能执行一条查询", "去掉分号，也不要写在末尾")
    if sign == "\\":
        return refused(text, at, "出现了反斜杠：查询里不能用转义字符代替字母", "直接写这个字")
    if sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc", "Zs", "Zl", "Zp", "Co", "Cn", "Cs"):
        return refused(text, at, f"出现了看不见的字符 U+{ord(sign):04X}", "删掉它，用普通的空格和换行隔开")
    return refused(text, at, f"出现了不能用的字符“{sign}”", "标点用英文半角；名称里有特殊字符时写成参数")


def _number(text: str, at: int) -> Token:
    number = _NUMBER.match(text, at)
    assert number
    end = number.end()
    if end < len(text) and _in_word(text[end]):
        raise refused(text, at, "数字后面紧跟着字母", "数字写成 12、1.5 或 1e3；名称以字母开头")
    if number[0].isdigit():
        if int(number[0][:40]) >= 1 << 63 or len(number[0]) > 19:
            raise refused(text, at, "整数太大", "最大 9223372036854775807")
        return Token("number", str(int(number[0])), at, end)
    value = float(number[0])
    if value == float("inf"):
        raise refused(text, at, "小数太大", "写一个小一些的数")
    return Token("number", repr(value), at, end)


def _text(text: str, at: int) -> Token:
    quote, parts, here = text[at], [], at + 1
    while here < len(text) and text[here] != quote:
        sign = text[here]
        if sign == "\\":
            if (following := text[here + 1 : here + 2]) not in _ESCAPES or not following:
                hint = "直接写这个字" if following in ("u", "U") else "反斜杠本身写成两个 \\\\"
                raise refused(text, here, f"文字里有不认识的转义 \\{following}", hint)
            parts.append(_ESCAPES[following])
            here += 2
            continue
        if (sign < " " and sign not in _SPACE) or "\ud800" <= sign <= "\udfff":
            raise refused(text, here, f"文字里有控制字符 U+{ord(sign):04X}", "删掉它")
        parts.append(sign)
        here += 1
    if here >= len(text):
        raise refused(text, at, "引号没有结束", f"补上 {quote}")
    return Token("text", "".join(parts), at, here + 1)


def _quoted_name(text: str, at: int) -> Token:
    end = text.find("`", at + 1)
    if end < 0:
        raise refused(text, at, "反引号没有结束", "补上 `")
    name = text[at + 1 : end]
    if not _QUOTED_NAME.fullmatch(name) or text[end + 1 : end + 2] == "`":
        raise refused(
            text, at, "反引号里的名称有不能用的字符", "名称只能有文字、数字、空格和 _ - . / ( )，最多 64 个字"
        )
    return Token("name", name, at, end + 1)
