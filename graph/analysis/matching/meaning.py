"""How near texts are in meaning: the vectors of their words, the rare ones foremost."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from graph.analysis.matching.genre import genre
from graph.analysis.matching.lexical import Numbers
from graph.naming.meanings import SIZE, Vector, meanings, unit
from graph.naming.terms import rarity, tokenizer

OF_GENRE = 0.3  # what a word of the genre counts
NEAR, KIN = 0.6, 0.4  # from which two words are named beside each other, and those that share a character

Weighed = dict[str, float]


def words_of(text: str) -> list[str]:
    """The words of a text that hold a letter or character; what the dictionary cuts into single ones is one word.

    >>> words_of("高速锯切，精密液控")
    ['高速', '锯切', '精密', '液控']
    """
    words = tokenizer(frozenset()).words(text)
    runs = groupby(words, lambda w: len(w) == 1 and w.isalpha() and w not in genre())
    joined = (w for single, run in runs for w in (["".join(run)] if single else run))
    return [w for w in joined if any(c.isalpha() for c in w)]


def weighed(texts: Sequence[str]) -> Weighed:
    """The words of some texts with what each counts."""
    counts = Counter(w for text in texts for w in words_of(text))
    return {w: rarity(w) * math.sqrt(n) * (OF_GENRE if w in genre() else 1.0) for w, n in counts.items()}


def vector_of(words: Weighed) -> Vector:
    """The direction in which some words point."""
    return unit(_sum(words))


def _sum(words: Weighed) -> Vector:
    return sum((weight * meanings().of(w) for w, weight in words.items()), np.zeros(SIZE))


class MeaningIndex:
    """The vectors of some texts."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._words = [weighed(t) for t in texts]
        self._vectors = np.array([vector_of(w) for w in self._words]).reshape(-1, SIZE)

    def scores(self, words: Weighed) -> Numbers:
        """How near every text is, from -1 to 1."""
        return self._vectors @ vector_of(words)

    def terms(self, words: Weighed, place: int) -> dict[str, float]:
        """What each word brings to the nearness of one text."""
        length = float(np.linalg.norm(_sum(words))) or 1.0
        return {w: weight * float(meanings().of(w) @ self._vectors[place]) / length for w, weight in words.items()}

    def nearest(self, words: Sequence[str], place: int) -> dict[str, str]:
        """Beside each word the one of a text that is nearest: itself where it stands there, none where none is near."""
        own = self._words[place]
        nearest = {w: w for w in words if w in own}
        others = [w for w in words if w not in own]
        telling = [w for w in own if len(w) > 1 and w not in genre()]
        if others and telling:
            values = _matrix(others) @ _matrix(telling).T
            bars = np.array([[KIN if set(w) & set(t) else NEAR for t in telling] for w in others])
            for word, row in zip(others, values - bars, strict=True):
                if row.max() >= 0:
                    nearest[word] = telling[int(row.argmax())]
        return nearest


def _matrix(words: Sequence[str]) -> Numbers:
    return np.array([meanings().of(w) for w in words])
