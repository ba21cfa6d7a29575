"""How much of what a need says stands in other texts: BM25 over characters and runs of two, comparable between needs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.naming.bm25 import K1, B, tokens

Numbers = NDArray[np.float64]


class Lexical:
    """An index of texts.

    As `graph.naming.bm25`, but how often the query says a token counts by its root, and sums are divided by the root
    of the most that the query could reach, with idf in [0, 1]: they mean the same for short and long needs, and for
    few and many results.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        counts = [token_counts(t) for t in texts]
        lengths = [c.total() for c in counts]
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, count in enumerate(counts):
            for token, n in count.items():
                postings[token].append((place, n * (K1 + 1) / (n + K1 * (1 - B + B * lengths[place] / mean))))
        self._size = len(texts)
        self._postings = {t: (np.array([p for p, _ in of]), np.array([w for _, w in of])) for t, of in postings.items()}

    def rarity(self, holding: int) -> float:
        """The idf of what stands in some of the texts, in [0, 1]."""
        return _idf(self._size, holding) / _idf(self._size, 0)

    def weights(self, query: Counter[str]) -> dict[str, float]:
        """What each token of a query may bring; the sum of what it finds is divided already."""
        raw = {t: self.rarity(len(self._postings.get(t, ((),))[0])) * math.sqrt(n) for t, n in query.items()}
        most = math.sqrt(sum(raw.values())) or 1.0
        return {t: w / most for t, w in raw.items()}

    def scores(self, weights: Mapping[str, float]) -> Numbers:
        """The sum of every text."""
        sums = np.zeros(self._size)
        for token, weight in weights.items():
            if posting := self._postings.get(token):
                sums[posting[0]] += weight * posting[1]
        return sums

    def terms(self, weights: Mapping[str, float], place: int) -> dict[str, float]:
        """What each token brings to the sum of one text."""
        terms: dict[str, float] = {}
        for token, weight in weights.items():
            if posting := self._postings.get(token):
                at: Any = np.searchsorted(posting[0], place)
                if at < len(posting[0]) and posting[0][at] == place:
                    terms[token] = weight * float(posting[1][at])
        return terms


def token_counts(texts: Sequence[str]) -> Counter[str]:
    """How often some texts say each token."""
    return Counter(token for text in texts for token in tokens(text))


def _idf(size: int, holding: int) -> float:
    return math.log(1 + (size - holding + 0.5) / (holding + 0.5))
