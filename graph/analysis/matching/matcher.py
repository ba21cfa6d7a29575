"""Ranks what may answer a need, and says by which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from graph.analysis.matching.genre import genre
from graph.analysis.matching.lexical import Lexical, Numbers, token_counts
from graph.analysis.matching.matchable import Match, Matchable, Reason
from graph.analysis.matching.meaning import MeaningIndex, Weighed, weighed, words_of
from graph.naming.bm25 import tokens
from graph.text import norm

# What the two nearnesses are divided by: how far each spreads over results that have nothing to do with a need.
LEXICAL, MEANING = 0.186, 0.123
MARK = 2.0  # a mark that need and result share and nothing else bears
HALF, FEW, MORE = 8.3, 64, 0.4  # the sum that is worth half a point among few results, and more for twice as many
SPREAD, FREE, STEPS = (
    0.98,
    2,
    5,
)  # each result of one holder after the second counts less than the one before, up to 5 times
DEPTH = 3  # times as many as are asked for are looked at, before holders are spread
NAMED, SAID = 5, 0.02  # reasons named of a score, and the points that each has at least
REST, SHARED, SAME = "其余用词", "同属", "同一单位已列{}项"


@dataclass(frozen=True, slots=True)
class Query:
    """A need as it is compared."""

    need: Matchable
    tokens: dict[str, float]
    words: Weighed
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result by its place, with its sum, its score, and how many of its holder stand before it."""

    place: int
    value: float
    score: float
    before: int


class Matcher:
    """An index of what may answer needs.

    The sum of a result is how much of the need's characters and runs of two it says (BM25), how near the words of both
    are in meaning, and which marks they share; the score is sum / (sum + half), where from half a point something fits.

    Example:
        >>> offers = [Matchable("C1", "高速带锯床颤振抑制技术"), Matchable("C2", "茶叶杀青机")]
        >>> [(m.key, m.fits) for m in Matcher(offers).answers(Matchable("X1", "锯床锯切抖动大"))][:1]
        [('C1', True)]
    """

    def __init__(self, offers: Sequence[Matchable]) -> None:
        self._offers = offers
        self._places = {offer.key: place for place, offer in enumerate(offers)}
        texts = [[norm(t) for t in o.texts()] for o in offers]
        self._lexical, self._meaning = Lexical(texts), MeaningIndex(texts)
        # The best of many looks better than it is: of what has nothing to do with a need, too, one comes near it.
        self._half = HALF + MORE * max(0.0, log2(max(1, len(offers)) / FEW))
        self._marked: dict[str, list[int]] = defaultdict(list)
        for place, offer in enumerate(offers):
            for mark in dict.fromkeys(map(norm, offer.marks)):
                self._marked[mark].append(place)

    def answers(self, need: Matchable, top: int = 10, also: Collection[str] = ()) -> list[Match]:
        """What may answer a need, best first; those with some keys also where others are better."""
        if not self._offers:
            return []
        query = self._query(need)
        sums = self._sums(query)
        best = [int(p) for p in np.argsort(-sums, kind="stable")[: top * DEPTH] if sums[p] > 0]
        order = self._spread(best, sums)
        asked = {p for key in also if (p := self._places.get(key)) is not None and sums[p] > 0}
        later = [r for r in order[top:] if r.place in asked]
        unseen = [self._ranked(p, sums, 0) for p in sorted(asked - set(best))]
        return [self._match(query, r) for r in (*order[:top], *sorted((*later, *unseen), key=lambda r: -r.score))]

    def _query(self, need: Matchable) -> Query:
        texts = [norm(t) for t in need.texts()]
        marks = frozenset(m for mark in need.marks if (m := norm(mark)) in self._marked)
        return Query(need, self._lexical.weights(token_counts(texts)), weighed(texts), marks)

    def _sums(self, query: Query) -> Numbers:
        sums = self._lexical.scores(query.tokens) / LEXICAL + self._meaning.scores(query.words) / MEANING
        for mark in query.marks:
            sums[self._marked[mark]] += self._worth(mark)
        return sums

    def _worth(self, mark: str) -> float:
        return MARK * self._lexical.rarity(len(self._marked[mark]) - 1)

    def _spread(self, best: Sequence[int], sums: Numbers) -> list[Ranked]:
        """Results in an order in which one holder's do not crowd out the others."""
        listed: Counter[str] = Counter()
        order: list[Ranked] = []
        for place in best:
            holder = next(iter(self._offers[place].holders), "")
            order.append(self._ranked(place, sums, listed[holder] if holder else 0))
            listed[holder] += 1
        return sorted(order, key=lambda r: -r.score)

    def _ranked(self, place: int, sums: Numbers, before: int) -> Ranked:
        value = float(sums[place])
        score = value / (value + self._half)
        return Ranked(place, value, score * SPREAD ** min(STEPS, max(0, before - FREE + 1)), before)

    def _match(self, query: Query, ranked: Ranked) -> Match:
        place, value = ranked.place, ranked.value
        score = round(value / (value + self._half), 3)
        named = {t: round(v * score / value, 3) for t, v in self._terms(query, place).items()}
        chosen = sorted((t for t, v in named.items() if v >= SAID), key=lambda t: (-named[t], t))[:NAMED]
        reasons = [Reason(t, named[t]) for t in chosen]
        if rest := round(score - sum(r.points for r in reasons), 3):
            reasons.append(Reason(REST, rest))
        if less := round(round(ranked.score, 3) - score, 3):
            reasons.append(Reason(SAME.format(ranked.before), less))
            score = round(ranked.score, 3)
        return Match(self._offers[place].key, score, tuple(reasons), round(sum(v for v in named.values() if v > 0), 3))

    def _terms(self, query: Query, place: int) -> dict[str, float]:
        """What each word of the need, and each mark that both bear, brings to the sum of one result."""
        by_word = _by_word(query.need, self._lexical.terms(query.tokens, place))
        terms: dict[str, float] = defaultdict(float)
        parts = self._meaning.terms(query.words, place)
        telling = [w for w in parts if len(w) > 1 and w not in genre()]
        for word, other in self._meaning.nearest(telling, place).items():
            term = word if other == word else f"{word}≈{other}"
            terms[term] += by_word[word] / LEXICAL + parts[word] / MEANING
        for mark in query.marks:
            if place in self._marked[mark]:
                terms[f"{SHARED}：{mark}"] += self._worth(mark)
        return terms


def _by_word(need: Matchable, points: dict[str, float]) -> defaultdict[str, float]:
    """The points of tokens, given to the words in which they stand."""
    by_word: defaultdict[str, float] = defaultdict(float)
    left = dict(points)
    for text in dict.fromkeys(map(norm, need.texts())):
        for word in words_of(text):
            for token in tokens(word):
                by_word[word] += left.pop(token, 0.0)
    return by_word
