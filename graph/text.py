"""How names and words are compared: one normal form, one way to split a cell into a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_SEPARATORS = "、，；;,/\n\r"
_SEPARATING = re.compile(f"[{_SEPARATORS}]")
# Where substituents stand: 1,4-丁二醇, N,N-二甲基甲酰胺, 2,4-D. Their commas part nothing.
_LOCANTS = re.compile(r"(?<![0-9A-Za-z])(?:\d{1,2}|[A-Za-zα-ω])['′]?(?:[,，](?:\d{1,2}|[A-Za-zα-ω])['′]?)+(?=[-‐‑–－])")
_AND_SO_ON = re.compile("(?<![一二三四五六七八九十中高同平上下初低优特均相])等$")
_OPENING, _CLOSING = "（(【[《“", "）)】]》”"
_MARKS = re.compile(f"[{_SEPARATORS}{re.escape(_OPENING + _CLOSING)}]")


def clean(text: str) -> str:
    """The name as it is stored: trimmed, inner runs of spaces to one, zero-width characters dropped.

    >>> clean("  晨龙\\u200b 锯床 ")
    '晨龙 锯床'
    """
    if text.isascii() or _ZERO_WIDTH.search(text):
        text = _ZERO_WIDTH.sub("", text)
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=1 << 18)
def norm(text: str) -> str:
    """The form in which names are compared: cleaned, then NFKC.

    >>> norm("ＡＢＣ（浙江） 公司") == norm("ABC(浙江) 公司")
    True
    """
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return clean(text)


def split(cell: str) -> list[str]:
    """The items of a list cell, split at 、 ， ； ; , / and line breaks outside brackets; 等 at its end is none.

    >>> split("带锯床、圆锯机(含数控、液压)；锯条")
    ['带锯床', '圆锯机(含数控、液压)', '锯条']
    >>> split("N,N-二甲基甲酰胺、2,4-D原药"), split("锯床、锯条等")
    (['N,N-二甲基甲酰胺', '2,4-D原药'], ['锯床', '锯条'])
    """
    return [part for part, _ in _pieces(cell)]


def first_pieces(name: str) -> set[str]:
    """With what the pieces of a cell may begin where this name stands in it, brackets closed or not.

    >>> sorted(first_pieces("特钢（甲、乙）/不锈钢"))
    ['特钢（甲', '特钢（甲、乙）']
    """
    cuts = (_pieces(name), _cut(name, nested=False) if _SEPARATING.search(name) else None)
    return {cut[0][0] for cut in cuts if cut}


def single_item(cell: object) -> str | None:
    """The one item that a list cell holds, in its normal form; None for none or several.

    >>> single_item("带锯床"), single_item("带锯床、锯条"), single_item(None)
    ('带锯床', None, None)
    """
    items = split(str(cell)) if cell else []
    return norm(items[0]) if len(items) == 1 else None


def split_known(cell: str, known: Container[str]) -> list[str]:
    """The items of a list cell, a defined name kept whole even where it holds a separator.

    `known` holds normal forms. The longest run of neighbouring pieces that is a defined name wins.

    >>> split_known("特钢/不锈钢材料、铸件", {"特钢/不锈钢材料"})
    ['特钢/不锈钢材料', '铸件']
    """
    pieces = _pieces(cell)
    if len(pieces) < 2:
        return [part for part, _ in pieces]
    if norm(cell) in known:
        return [clean(cell)]
    items: list[str] = []
    start = 0
    while start < len(pieces):
        for end in range(len(pieces), start + 1, -1):
            joined = clean(cell[pieces[start][1] : pieces[end - 1][1] + len(pieces[end - 1][0])])
            if norm(joined) in known:
                items.append(joined)
                start = end
                break
        else:
            items.append(pieces[start][0])
            start += 1
    return items


def _pieces(cell: str) -> list[tuple[str, int]]:
    """The cleaned pieces of a cell with the place where each begins.

    A bracket that is never closed does not hide the separators after it.
    """
    if not _SEPARATING.search(cell):  # as most cells are: one piece, whatever its brackets
        whole = clean(cell)
        return [(whole, len(cell) - len(cell.lstrip()))] if whole else []
    pieces = _cut(cell, nested=True)
    if pieces is None:
        pieces = _cut(cell, nested=False) or []
    if len(pieces) > 1 and (last := _AND_SO_ON.sub("", pieces[-1][0])):
        pieces[-1] = (last, pieces[-1][1])
    return pieces


def _cut(cell: str, nested: bool) -> list[tuple[str, int]] | None:
    pieces: list[tuple[str, int]] = []
    depth = start = 0
    whole = {place for locants in _LOCANTS.finditer(cell) for place in range(*locants.span())}
    for mark in _MARKS.finditer(cell + "、"):
        place, char = mark.start(), mark[0]
        at_end = place == len(cell)
        if nested and char in _OPENING:
            depth += 1
        elif nested and char in _CLOSING:
            depth -= 1
            if depth < 0:
                return None
        elif char in _SEPARATORS and place not in whole and (depth == 0 or at_end):
            if depth and at_end:
                return None
            raw = cell[start:place]
            if part := clean(raw):
                pieces.append((part, start + len(raw) - len(raw.lstrip())))
            start = place + 1
    return pieces


# A mobile phone, a landline, an identity number: what stands on the left and right of the digits to hide.
_PERSONAL = re.compile(
    r"(?<!\d)(?:(1[3-9]\d)\d{4}(\d{4})|(0\d{2,3}[- ]?)\d{3,4}(\d{4})|(\d{6})(?:19|20)\d{6}(\d{3}[\dXx]))(?![\dA-Za-z])"
)


def masked(value: object) -> str:
    """A value as a page may show it: the middle of phone and identity numbers hidden.

    >>> masked("王某 13812345678、0578-3123456"), masked("330000199001011234"), masked(12000)
    ('王某 138****5678、0578-****3456', '330000****1234', '12000')
    """
    return _PERSONAL.sub(lambda m: "****".join(g for g in m.groups() if g), str(value))


def near(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Names that share most two-character runs with `name`, best first.

    >>> near("带锯床", ["圆锯机", "数控带锯床", "阀门"])
    ['数控带锯床']
    """
    wanted = bigrams(name)
    scored = []
    for other in names:
        shared = len(wanted & (theirs := bigrams(other)))
        if shared:
            scored.append((-2 * shared / (len(wanted) + len(theirs)), other))
    return [other for score, other in sorted(scored)[:limit] if score <= -0.3]


def bigrams(name: str) -> frozenset[str]:
    """The set of two-character runs of a name (the name itself when shorter)."""
    name = norm(name)
    return frozenset(name[i : i + 2] for i in range(len(name) - 1)) or frozenset((name,))


def digits(value: float) -> str:
    """A number with all its digits and at most two decimals, as papers print it.

    >>> digits(6.0), digits(188300.0), digits(12345678), digits(6.324)
    ('6', '188300', '12345678', '6.32')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
