"""How characters are read, and the ways to take what is typed as their pinyin: every reading of each counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice

MOST = 24  # ways to take one word
LONGEST = 60  # letters of a word that is taken as pinyin
_FIRST, _LAST = 0x3400, 0x9FFF  # characters that are spelled
_INITIALS = ("zh", "ch", "sh")
Pieces = tuple[str, ...]  # syllables, or what they begin with


@lru_cache(maxsize=1 << 15)
def readings(character: str) -> tuple[str, ...]:
    """All readings of a character, without tones; a letter reads as itself.

    >>> readings("重"), readings("c"), readings("，")
    (('zhong', 'chong', 'tong'), ('c',), ())
    """
    if character.isascii():
        return (character.lower(),) if character.isalpha() else ()
    if not _FIRST <= ord(character) <= _LAST:
        return ()
    from pypinyin import Style, pinyin

    read = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(r for r in read if r.isascii() and r.isalpha()))


class Spelling:
    """How some characters are read."""

    def __init__(self, characters: Collection[str]) -> None:
        self._read: dict[str, list[str]] = defaultdict(list)
        for character in characters:
            for reading in readings(character):
                self._read[reading].append(character)
        self._begun: dict[str, list[str]] = defaultdict(list)
        for reading, read in self._read.items():
            for end in range(1, len(reading) + 1):
                self._begun[reading[:end]] += read

    def read(self, piece: str) -> Collection[str]:
        """The characters of which a reading is a piece, or begins with it.

        >>> sorted(Spelling("锯床车").read("ch")), Spelling("锯床车").read("ju")
        (['床', '车'], ['锯', '车'])
        """
        return self._read[piece] if self._is_syllable(piece) else self._begun.get(piece, [])

    def ways(self, word: str) -> list[Pieces]:
        """The ways to take a word, at most `MOST`: syllables before first letters; the last piece may be a beginning.

        >>> Spelling("锯床").ways("juchuang"), Spelling("锯床").ways("jc"), Spelling("锯床").ways("juc")
        ([('ju', 'chuang')], [('j', 'c')], [('ju', 'c')])
        """
        if len(word) > LONGEST:
            return []
        ends: list[list[int]] = []  # from each letter on, where a piece may end from which the rest can be taken
        for start in range(len(word) - 1, -1, -1):
            ends.insert(0, [e for e in range(len(word), start, -1) if self._is_piece(word, start, e, ends)])
        return list(islice(_ways(word, 0, ends), MOST))

    def _is_piece(self, word: str, start: int, end: int, after: list[list[int]]) -> bool:
        piece = word[start:end]
        if end == len(word):
            return piece in self._begun
        if not after[end - start - 1]:
            return False
        return (len(piece) == 1 or piece in _INITIALS or self._is_syllable(piece)) and piece in self._begun

    def _is_syllable(self, piece: str) -> bool:
        return (len(piece) > 1 and piece in self._read) or (piece in {"a", "e", "o"} and piece in self._read)

    def is_whole(self, pieces: Pieces) -> bool:
        """Whether all but the last are whole syllables: the last may be typed in part."""
        return len(pieces[0]) > 1 and all(self._is_syllable(p) for p in pieces[:-1])


def _ways(word: str, start: int, ends: list[list[int]]) -> Iterator[Pieces]:
    for end in ends[start] if start < len(word) else ():
        if end == len(word):
            yield (word[start:],)
        else:
            yield from ((word[start:end], *rest) for rest in _ways(word, end, ends))
