"""How like two names are: the shorter sought in the longer, rare characters counting most.

Short names of firms keep some characters of the full name, in order (华瓷 of 湖南华联瓷业): so an ordered subsequence
weighted by rarity, with a premium for runs that stay together, finds the full name better than edit distance does.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence

_NUMBER = re.compile(r"第[一二三四五六七八九十百\d]+|\d+|[A-Za-z]+|[一二三四五六七八九十](?=厂|车间|分|号|期)")
RARE = 40  # a run of characters that more names than this share says nothing
POOL = 400  # names looked at for one short name, at most
SHORT = 6  # characters up to which a name may be an abbreviation: sought character by character
SHORTEST = 4  # up to which one of them may be wrong
OVERLAP = 0.6  # of the shorter name's characters that the longer must have at all


class Similarity:
    """Names of one kind, ready to be compared.

    `texts` are what is compared; `keys` the part of each that tells it from others (a firm's brand), by whose rare
    two-character runs longer names are found: no name is ever compared with all others.

    Example:
        >>> names = Similarity(["湖南华联瓷业", "浙江华兴机械", "宁夏天元锰业"], ["华联", "华兴", "天元"])
        >>> [(names.texts[place], round(score, 2)) for place, score in names.nearest("华瓷")]
        [('湖南华联瓷业', 0.71)]
    """

    def __init__(self, texts: Sequence[str], keys: Sequence[str]) -> None:
        self.texts = texts
        self._chars = [frozenset(text) for text in texts]
        self._of_char: dict[str, set[int]] = defaultdict(set)
        self._of_run: dict[str, list[int]] = defaultdict(list)
        for place, (chars, key) in enumerate(zip(self._chars, keys, strict=True)):
            for char in chars:
                self._of_char[char].add(place)
            for run in runs(key):
                self._of_run[run].append(place)
        self._total = max(1, len(texts))

    def weight(self, char: str) -> float:
        """How much a character says: the rarer, the more."""
        return math.log(1 + self._total / (1 + len(self._of_char.get(char, ()))))

    def nearest(self, text: str, threshold: float = 0.5, limit: int = 10) -> list[tuple[int, float]]:
        """(place, score in [0, 1]) of the names most like a text, best first."""
        scored = [(place, self.score(text, self.texts[place])) for place in self.comparable(text, text)]
        kept = [f for f in scored if f[1] >= threshold]
        return sorted(kept, key=lambda f: (-f[1], len(self.texts[f[0]]), self.texts[f[0]], f[0]))[:limit]

    def comparable(self, text: str, key: str, short: bool = True) -> set[int]:
        """Places of the names worth comparing with a text.

        They share a rare run with its key; or, where it may be an abbreviation (`short`), hold its few characters.
        """
        places = {place for run in runs(key) if len(self._of_run.get(run, ())) <= RARE for place in self._of_run[run]}
        chars = frozenset(text)
        if short and len(text) <= SHORT:
            places |= self._holding(chars)
            if 2 < len(text) <= SHORTEST:
                places |= {p for char in chars for p in self._holding(chars - {char})}
        least = OVERLAP * len(chars)
        return {p for p in places if len(chars & self._chars[p]) >= min(least, OVERLAP * len(self._chars[p]))}

    def _holding(self, chars: frozenset[str]) -> set[int]:
        postings = sorted((self._of_char.get(c, set()) for c in chars), key=len)
        common = postings[0].intersection(*postings[1:]) if postings else set()
        return common if len(common) <= POOL else set()

    def score(self, a: str, b: str) -> float:
        """Similarity in [0, 1]: how much of the shorter stands in the longer, in order and together, and how much is left."""
        short, long = sorted((a, b), key=lambda t: (len(t), t))
        if not short:
            return 0.0
        weights = [self.weight(c) for c in short]
        matched, together = best_match(short, long, weights)
        mine, theirs = sum(weights), sum(map(self.weight, long))
        runs_kept = together / max(1, len(short) - 1)
        return 0.65 * matched / mine + 0.15 * runs_kept + 0.2 * min(1.0, matched / theirs)


def best_match(short: str, long: str, weights: Sequence[float]) -> tuple[float, int]:
    """The heaviest ordered match of `short` within `long`: its weight, and how many neighbours stayed neighbours.

    >>> best_match("华瓷", "华联瓷业", [1.0, 2.0]), best_match("联瓷", "华联瓷业", [1.0, 1.0])
    ((3.0, 0), (2.0, 1))
    """
    # For each place in `long`: the best match that ends there, and the best that ends there or before.
    ends: list[tuple[float, int]] = [(0.0, 0)] * (len(long) + 1)
    upto = ends[:]
    for place, char in enumerate(short):
        new_ends: list[tuple[float, int]] = [(0.0, 0)] * (len(long) + 1)
        new_upto = upto[:]
        for at, other in enumerate(long, 1):
            if char == other:
                after = upto[at - 1]
                run = ends[at - 1]
                loose = (after[0] + weights[place], after[1])
                tight = (run[0] + weights[place], run[1] + 1) if run[0] > 0 else loose
                new_ends[at] = max(loose, tight)
            new_upto[at] = max(new_upto[at], new_upto[at - 1], new_ends[at])
        ends, upto = new_ends, new_upto
    return upto[-1]


def runs(text: str) -> set[str]:
    """Two-character runs without digits, which number things and tell nothing.

    >>> sorted(runs("锯条12号"))
    ['锯条']
    """
    return {text[i : i + 2] for i in range(len(text) - 1) if not any(c.isdigit() for c in text[i : i + 2])}


def numbers(text: str) -> list[str]:
    """Numbers, ordinals and letters, which tell things of one name apart; a numeral may be part of a brand.

    >>> numbers("第一机床厂2"), numbers("九灵笔刷"), numbers("二厂B")
    (['第一', '2'], [], ['二', 'B'])
    """
    return _NUMBER.findall(text)


def within(short: str, long: str) -> bool:
    """Whether all characters of a text stand in another, in order.

    >>> within("华瓷", "华联瓷业"), within("瓷华", "华联瓷业")
    (True, False)
    """
    rest = iter(long)
    return all(char in rest for char in short)


def sounds_alike(a: str, b: str) -> bool:
    """Whether two names of one length are read the same, character by character, yet written differently.

    >>> sounds_alike("九灵笔刷", "久灵笔刷"), sounds_alike("九灵", "十灵")
    (True, False)
    """
    from pypinyin import lazy_pinyin

    return len(a) == len(b) and a != b and lazy_pinyin(a) == lazy_pinyin(b)
