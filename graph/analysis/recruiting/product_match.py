"""How well a product answers a segment by their names: in Chinese the last word is the thing itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from graph.analysis.config import GapConfig
from graph.analysis.recruiting.vocabulary import TAILS, ChainWords, Sense, Vocabulary, parts_of, vocabulary
from graph.text import norm

EQUAL, KIND_OF, BROADER = 1.0, 0.9, 0.5  # the same name; a sort of it; the wider class that it belongs to
DOUBTFUL = 0.5  # a word of its own that ends like it
INSIDE, RELATED = 0.8, 0.5  # it stands in the name; a wider or adjacent word does
LONGEST = 24  # characters: beyond, it is half a sentence
_ODD = re.compile(r"^[\W_]|[^\w)\]}%]$|^[\d\W_]+$")


class Words(Protocol):
    """Cuts names into words."""

    def head(self, text: str) -> str:
        """The last word of a name."""


def is_noise(product: str, config: GapConfig) -> bool:
    """Whether a "product" is none: an accounting row, a recipe line, half a sentence, a word that says nothing.

    >>> [w for w in ("带锯条", "平衡项目", "分部间抵销", "冰糖适量", "打碎)", "科技", "以上") if is_noise(w, GapConfig())]
    ['平衡项目', '分部间抵销', '冰糖适量', '打碎)', '科技', '以上']
    """
    return _is_noise(norm(product), config.noise_products, config.noise_parts)


@lru_cache(maxsize=1 << 16)
def _is_noise(name: str, words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return (
        not 2 <= len(name) <= LONGEST
        or name in words
        or any(p in name for p in parts)
        or bool(_ODD.search(name))
        or any(name.count(a) != name.count(b) for a, b in ("()", "[]", "“”"))
    )


def terms(name: str, config: GapConfig) -> tuple[str, ...]:
    """The names a segment goes by: alternatives joined by 、 及 与 or set in brackets, without general last words.

    >>> terms("减速器及齿轮箱（RV）", GapConfig()), terms("球阀整机", GapConfig()), terms("热管理阀件(膨胀阀等)", GapConfig())
    (('减速器', '齿轮箱', 'RV'), ('球阀整机', '球阀'), ('热管理阀件', '膨胀阀'))
    """
    names: list[str] = []
    for part in parts_of(name):
        if len(part) >= 2 and part not in config.noise_products:
            names += [part, *_without_general(part, config)]
    return tuple(dict.fromkeys(names)) or (norm(name),)


def _without_general(part: str, config: GapConfig) -> list[str]:
    """The part without a last word that only says "making" or "goods": 材料 or 设备 would change what is meant."""
    return [part.removesuffix(w) for w in config.general_words if part.endswith(w) and len(part) - len(w) >= 2][:1]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a segment goes by: its names, and what they mean in the words of product lists."""

    terms: tuple[str, ...]
    senses: tuple[Sense, ...] = ()

    def words(self) -> tuple[str, ...]:
        """Everything by which a product may answer."""
        meant = (word for s in self.senses for word in (*s.products, *s.related))
        return tuple(dict.fromkeys((*self.terms, *meant)))


def sought(name: str, around: ChainWords, config: GapConfig, words: Vocabulary | None = None) -> Sought:
    """What a segment of a chain is called, and what that means in the chain's context."""
    return Sought(terms(name, config), (words or vocabulary()).senses(name, around))


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """How well products answer what a segment goes by.

    `common` tells how many products end with a name: one that very many end with (装备, 材料) says too
    little to stand for what it is the last word of. `words` cuts names into words (`graph.naming.terms`);
    without it the last characters decide alone.
    """

    config: GapConfig
    common: Mapping[str, int] = field(default_factory=dict)
    words: Words | None = None

    def of(self, term: str, product: str) -> float:
        """How well a product answers a term, in [0, 1].

        >>> match = ProductMatch(GapConfig(), {"阀门": 35, "轴承": 5000})
        >>> [match.of("锯带", p) for p in ("锯带", "双金属锯带", "锯带设备", "锯", "其他")]
        [1.0, 0.9, 0.0, 0.0, 0.0]
        >>> match.of("核电阀门", "阀门"), match.of("直线轴承", "轴承")
        (0.5, 0.0)
        """
        if is_noise(product, self.config):
            return 0.0
        product = norm(product)
        if product == term:
            return EQUAL
        if _ends(product, term):
            return DOUBTFUL if self._is_another_word(term, product) else KIND_OF
        wide = self.common.get(product, 0) > self.config.common_at_most
        return BROADER if _ends(term, product) and not wide else 0.0

    def answering(self, sought: Sought, products: Iterable[str]) -> dict[str, float]:
        """Of some products those that answer a segment, each with how well; see `answers`."""
        holding = re.compile("|".join(map(re.escape, sought.words())))  # most hold none of the words: that is told fast
        wanted = (p for p in products if holding.search(n := norm(p)) or any(n in term for term in sought.terms))
        return {p: value for p in wanted if (value := self.answers(sought, p))}

    def answers(self, sought: Sought, product: str) -> float:
        """How well a product answers a segment, in [0, 1], by its names and what they mean.

        >>> plc = Sense(("数控系统",), products=("伺服", "PLC"), related=("工控",), excluded=("电梯",))
        >>> sought = Sought(("数控系统",), (plc,))
        >>> [ProductMatch(GapConfig()).answers(sought, p) for p in ("交流伺服", "PLC产品", "工控产品", "电梯伺服", "伺服检测设备")]
        [0.9, 0.8, 0.5, 0.0, 0.0]
        """
        if is_noise(product, self.config):
            return 0.0
        name = norm(product)
        meant = [self._in_sense(sense, name) for sense in sought.senses]
        named = [self.of(term, name) for term in sought.terms]
        if name not in sought.terms and any(value is None for value in meant) and not any(meant):
            return 0.0
        return max(*named, *(value or 0.0 for value in meant), 0.0)

    def _in_sense(self, sense: Sense, product: str) -> float | None:
        """How well a product answers one sense; None where a word tells it apart."""
        if any(word in product for word in sense.excluded):
            return None
        values = [self._means(word, product) for word in sense.products]
        values += [RELATED for word in sense.related if self._means(word, product)]
        return max(values, default=0.0)

    def _means(self, word: str, product: str) -> float:
        """How well a product's name answers a word of its trade: at its end, or before what is no other thing."""
        if product == word:
            return EQUAL
        if _ends(product, word):
            return KIND_OF
        behind = product[product.rfind(word) + len(word) :] if word in product else None
        if not behind or behind.endswith(self.config.other_things):
            return 0.0
        return INSIDE if len(word) > 2 or behind in TAILS else 0.0

    def _is_another_word(self, term: str, product: str) -> bool:
        """Whether a product's last word is the term with one more character in front: 压铸件 is a word of its own.

        In the graded set of firms and segments ten of ten such products answer nothing; of those that end with
        the term as whole words, 35 of 99 do. 锂电池 still is a 电池, so it is a doubt and no refusal.
        """
        return self.words is not None and len(self.words.head(product)) == len(term) + 1


def _ends(whole: str, part: str) -> bool:
    """Whether a name ends with another, a Latin word not within a longer one (IP is not the end of DIP)."""
    before, first = whole[: -len(part)][-1:], part[:1]
    within = before.isascii() and before.isalnum() and first.isascii() and first.isalnum()
    return whole.endswith(part) and not within
