"""Ranks what may answer a need."""

from __future__ import annotations

from collections.abc import Sequence

from graph.analysis.matching.matchable import Match, Matchable, Reason
from graph.naming.bm25 import BM25

HALF = 40.0  # the sum that is worth half a point


class Matcher:
    """An index of what may answer needs.

    Example:
        >>> offers = [Matchable("C1", "高速带锯床锯切振动抑制技术"), Matchable("C2", "茶叶杀青机")]
        >>> [a.key for a in Matcher(offers).answers(Matchable("X1", "锯床锯切振动大"))]
        ['C1']
    """

    def __init__(self, offers: Sequence[Matchable]) -> None:
        self._offers = offers
        self._index = BM25([_text(o) for o in offers])

    def answers(self, need: Matchable, top: int = 10) -> list[Match]:
        """What may answer a need, best first."""
        found_here = self._index.search(_text(need))[:top]
        return [self._scored(place, value) for place, value in found_here]

    def _scored(self, place: int, value: float) -> Match:
        score = round(value / (value + HALF), 3)
        return Match(self._offers[place].key, score, (Reason("用词相近", score),))


def _text(of: Matchable) -> str:
    return "。".join((of.title, of.detail, *of.marks))
