"""The words that speak for the segments of a city: which stand in a text, and whose all together are likest to it.

Terms of a segment are its name and aliases and the products included in it (its own), and the products of the firms
that stand on it (learnt).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from graph.naming.bm25 import BM25
from graph.naming.firm import STOP, TAILS
from graph.naming.terms import tokenizer
from graph.text import norm

COMMON = 0.2  # a term that more of the firms' texts share says nothing
FEW = 10  # ... once there are this many firms
REMARK = re.compile(r"\([^()]*\)|（[^（）]*）")
_STOPS = re.compile("|".join(sorted(STOP, key=lambda w: (-len(w), w))))
_PARTS = re.compile(r"[、与和及,;/()·\s]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word that speaks for a segment, by its id; `own` where it belongs to the segment itself."""

    word: str
    segment: str
    own: bool


class SegmentTerms:
    """The terms of some segments (ids, in a fixed order), found in texts that use the brands of the city's firms."""

    def __init__(self, terms: Sequence[Term], segments: Sequence[str], brands: Collection[str]) -> None:
        self.segments = segments
        self.of: dict[str, list[Term]] = defaultdict(list)
        self._by_word: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self.of[term.segment].append(term)
            self._by_word[term.word].append(term)
        self._words = sorted(self._by_word)
        self._finder = AhoCorasick(self._words, matchkind=MatchKind.Standard)
        self._tokenizer = tokenizer(frozenset((*self._words, *brands)))
        self._index = BM25(["、".join(t.word for t in self.of[s]) for s in segments])
        self._place = {segment: place for place, segment in enumerate(segments)}

    def standing_in(self, text: str, common: Collection[str] = ()) -> Iterator[Term]:
        """The terms that stand in a text, the common ones left out."""
        return (term for word in sorted(self._words_in(text).difference(common)) for term in self._by_word[word])

    def _words_in(self, text: str) -> set[str]:
        """The terms that stand in a text, not those that two of its words make by chance (钢带 in 不锈钢带锯)."""
        matches = self._finder.find_matches_as_indexes(text, overlapping=True) if text else []
        return {self._words[w] for w, start, end in matches if self._tokenizer.stands(text, start, end)}

    def common(self, texts: Sequence[str]) -> set[str]:
        """The terms that so many of some texts share that they say nothing."""
        counts = Counter(word for text in texts for word in self._words_in(text))
        return {w for w, n in counts.items() if len(texts) > FEW and n > COMMON * len(texts)}

    def likest(self, query: str, among: Iterable[str]) -> dict[str, float]:
        """Segments by the likeness (BM25) of all their words to a text, the likest first."""
        ranked = self._index.search(_STOPS.sub("、", query), {self._place[s] for s in among})
        return {self.segments[place]: score for place, score in ranked}


def words_of_segment(name: str) -> list[str]:
    """The words that a segment's name is made of, longest first.

    >>> words_of_segment("动力运动车辆与智能家电(关联产业)"), words_of_segment("木制玩具制造")
    (['动力运动车辆', '智能家电'], ['木制玩具制造', '木制玩具'])
    """
    words: list[str] = []
    whole = norm(REMARK.sub("", name))
    for part in (whole, *_PARTS.split(whole)) if not _PARTS.search(whole) else _PARTS.split(whole):
        words.append(part)
        for tail in TAILS:
            if part.endswith(tail) and len(part) - len(tail) > 1:
                words.append(part.removesuffix(tail))
    return [w for w in dict.fromkeys(words) if len(w) > 1 and w not in STOP]


def shared_runs(query: str, words: Iterable[str]) -> list[str]:
    """Runs of two to four characters that a text shares with some words, longest first; stop words are none."""
    runs = {w[i : i + size] for w in words for size in (4, 3, 2) for i in range(len(w) - size + 1)} - STOP
    runs = {r for r in runs if not any(c.isdigit() for c in r)}
    cleaned = _STOPS.sub("、", query)
    kept = sorted((r for r in runs if r in cleaned), key=lambda r: (-len(r), r))
    return [r for at, r in enumerate(kept) if not any(r in longer for longer in kept[:at])]
