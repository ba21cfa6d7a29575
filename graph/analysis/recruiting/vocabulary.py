"""What a segment's name means in the words of product lists: 数控系统 is answered by makers of 伺服驱动 and 运动控制器 too.

The knowledge is data: `words/*.yaml`, one file a trade, each entry one sense of some words by which segments go:

    环节  words that name it, where they end a part of the segment's name
    链    only in chains whose name, or the name of another segment, has one of these words; without it in any chain
    产品  words of product lists whose makers answer it        相关  wider or adjacent words, which count half
    不是  words that tell apart a product that 产品 would match  行业  industries of typical makers
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.analysis.config import GENERAL_WORDS
from graph.text import norm

# What may stand behind the word that names the thing: 车灯类, 弯管机系列, 阀门整机 still are what the word says.
TAILS = (
    "", *GENERAL_WORDS, "类", "系列", "及配件", "配件", "材料", "耗材", "件", "副", "系统", "等", "材", "棒", "管", "板", "带", "线", "丝", "坯", "坯料", "模块", "装置", "服务", "业", "产业",
)  # fmt: skip
# How strongly a chain's name calls for a sense, the names of its other segments, any chain for one that needs no call.
BY_CHAIN, BY_OTHERS, ANYWHERE = 2.0, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of the words by which segments are called.

    `context`: words of which the chain's must have one, none for any chain. A firm that makes one of `products`
    answers the segment, one that makes one of `related` may; none that is called by a word of `excluded` does.
    """

    names: tuple[str, ...]
    context: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainWords:
    """The words around a segment: the chain's name, and the names of its other segments."""

    chain: str
    others: tuple[str, ...] = ()

    def calls_for(self, sense: Sense, segment: str) -> float:
        """How strongly the words around a segment call for a sense; its own name says nothing of its sense.

        >>> around = ChainWords("汽车热管理产业链", ("冷凝器", "压缩机"))
        >>> [around.calls_for(Sense((), words), "压缩机") for words in (("汽车", "冷凝"), ("冷凝",), ("压缩",), ())]
        [2.0, 1.0, 0.0, 0.5]
        """
        if not sense.context:
            return ANYWHERE
        words = [w for w in sense.context if w not in segment]
        if any(w in self.chain for w in words):
            return BY_CHAIN
        return BY_OTHERS if any(w in other for w in words for other in self.others) else 0.0


class Vocabulary:
    """Senses by the words that call for them.

    Example:
        >>> car, air = Sense(("压缩机",), ("汽车",), ("空调压缩机",)), Sense(("压缩机",), ("空分",), ("空压机",))
        >>> both = Vocabulary([car, air])
        >>> both.senses("压缩机", ChainWords("龙泉汽车空调产业链")) == (car,), both.senses("压缩机", ChainWords("家电产业链"))
        (True, ())
    """

    def __init__(self, senses: Iterable[Sense]) -> None:
        self._senses = tuple(senses)
        self._by_name: dict[str, list[Sense]] = defaultdict(list)
        for sense in self._senses:
            for name in set(sense.names).difference(TAILS):
                self._by_name[name].append(sense)
        self._longest = max(map(len, self._by_name), default=0)

    def all(self) -> tuple[Sense, ...]:
        """Every sense, in the order of the files."""
        return self._senses

    def senses(self, segment: str, around: ChainWords) -> tuple[Sense, ...]:
        """What a segment may mean in its chain.

        A word counts where it ends a part of the name: 弯管 is no sense of 弯管设备. Of words within each other
        the longest does; of several senses of a word those that the words around call for most.

        >>> vocabulary = Vocabulary([Sense((n,)) for n in ("阀门", "铸锻件", "阀门铸锻件", "锯片", "锯条")])
        >>> names = ("阀门铸锻件", "核电阀门", "锯片锯条耗材", "阀门检测", "阀门、铸锻件")
        >>> [[s.names[0] for s in vocabulary.senses(n, ChainWords(""))] for n in names]
        [['阀门铸锻件'], ['阀门'], ['锯条'], [], ['阀门', '铸锻件']]
        """
        chosen: dict[Sense, None] = {}
        for part in parts_of(segment):
            spans = dict(self._spans(part, norm(segment), around))
            for (start, end), senses in spans.items():
                if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans):
                    chosen |= dict.fromkeys(senses)
        return tuple(chosen)

    def _spans(self, part: str, segment: str, around: ChainWords) -> Iterator[tuple[tuple[int, int], list[Sense]]]:
        """Where words that name the thing stand, with their senses."""
        for end in _ends(part):
            for start in range(max(0, end - self._longest), end - 1):
                if senses := self._called_for(part[start:end], segment, around):
                    yield (start, end), senses

    def _called_for(self, name: str, segment: str, around: ChainWords) -> list[Sense]:
        """The senses of a word that the words around call for most; the only sense of a word needs no call."""
        senses = self._by_name.get(name, [])
        calls = [around.calls_for(s, segment) for s in senses]
        if len(senses) == 1 or not senses:
            return senses
        return [s for s, call in zip(senses, calls, strict=True) if call and call == max(calls)]


def _ends(part: str) -> list[int]:
    """Where words that name the thing may end: before each general tail."""
    return [len(part) - len(t) for t in TAILS if part.endswith(t) and len(part) - len(t) >= 2]


def parts_of(name: str) -> list[str]:
    """The alternatives that a segment's name joins by 、 及 与 or sets in brackets.

    >>> parts_of("换热器(冷凝器/蒸发器等)"), parts_of("特种纸与特种材料")
    (['换热器', '冷凝器', '蒸发器'], ['特种纸', '特种材料'])
    """
    return [p for part in re.split(r"[、/与和及()·,，;；]", norm(name)) if (p := part.strip().removesuffix("等"))]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the project."""
    folder = files("graph.analysis.recruiting") / "words"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)
    return Vocabulary(_sense(entry) for path in paths for entry in yaml.load(path.read_text("utf-8"), loader))


def _sense(entry: dict[str, Any]) -> Sense:
    keys = ("环节", "链", "产品", "相关", "不是", "行业")
    return Sense(*(tuple(dict.fromkeys(norm(str(word)) for word in entry.get(key) or ())) for key in keys))
