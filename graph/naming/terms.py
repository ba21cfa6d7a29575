"""Chinese text cut into words by jieba, which here also knows a city's own names.

Words are for what has a beginning and an end: whether a term stands in a text as such (钢带 does not stand in
不锈钢带锯), and which word comes last (the thing itself). Whole texts are ranked by characters and runs of two
(`graph.naming.bm25`), which measured better than BM25 over words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import Any

from graph.text import norm

COMMON = 1e-4  # the share of all words from which a word tells half of what it could
UNSEEN = 3  # uses of a word that the dictionary lacks
SHORTEST = 2  # characters of a word that may be part of a longer one


@cache
def _frequencies() -> tuple[dict[str, int], int]:
    """The words of Chinese with how often each is used, and their sum.

    Parsed anew in each process (0.7 s): jieba's own cache, a marshal file under a fixed name in the folder for
    temporary files that anybody may have put there, loads no faster (0.8 s), so none is written or read.
    """
    import jieba

    reader = jieba.Tokenizer()
    frequencies: dict[str, int]
    frequencies, total = reader.gen_pfdict(reader.get_dict_file())
    return frequencies, total


def rarity(word: str) -> float:
    """How much a word tells by being rare in Chinese at large, in [0, 1].

    >>> [round(rarity(w), 2) for w in ("的", "技术", "锯条")]
    [0.02, 0.14, 1.0]
    """
    frequencies, total = _frequencies()
    uses = frequencies.get(word, 0) or UNSEEN
    return COMMON / (COMMON + uses / total)


class Tokenizer:
    """Cuts texts into words; names given are words too. Nothing is loaded before the first text.

    Example:
        >>> tokenizer = Tokenizer(["带锯条"])
        >>> tokenizer.words("双金属带锯条"), tokenizer.head("双金属带锯条")
        (('双金属', '带锯条'), '带锯条')
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = sorted({n for name in names if len(n := norm(name)) >= SHORTEST})
        self._cut: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _jieba(self) -> Any:
        import jieba

        frequencies, total = _frequencies()
        own = jieba.Tokenizer()
        own.FREQ, own.total, own.initialized = dict(frequencies), total, True
        for name in self._names:
            own.add_word(name)
        return own

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a text in its normal form, in order; together they are the text."""
        if text not in self._cut:
            self._cut[text] = tuple(self._jieba.cut(text, HMM=False))
        return self._cut[text]

    def head(self, text: str) -> str:
        """The last word: in Chinese the thing itself. Empty for an empty text."""
        return self.words(text)[-1] if text else ""

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether a run of characters is no chance meeting of the end of one word and the beginning of the next.

        It may lie within one word (传感器 in 温度传感器), and begin or end with a word that is part of a longer one.

        >>> at = lambda text, term: (text, text.index(term), text.index(term) + len(term))
        >>> pairs = [("不锈钢带锯", "钢带"), ("数控制造", "控制"), ("不锈钢带", "钢带"), ("锂电池材料", "电池材料")]
        >>> [Tokenizer().stands(*at(text, term)) for text, term in pairs]
        [False, False, True, True]
        """
        borders = [0, *accumulate(map(len, self.words(text)))]
        inner = [b for b in borders if start < b < end]
        return not inner or end in borders or self._is_word(text[inner[-1] : end])

    def _is_word(self, text: str) -> bool:
        return len(text) >= SHORTEST and self._jieba.FREQ.get(text, 0) > 0


@lru_cache(maxsize=2)
def tokenizer(names: frozenset[str]) -> Tokenizer:
    """The tokenizer of a city with these names, kept: each holds a dictionary of its own (40 MB)."""
    return Tokenizer(names)
