"""What words mean: 45,000 common Chinese words as small vectors, so that 抖动 and 颤振 are known to be near.

The table stands in `meanings.bin` (`tools/word_vectors.py` makes it): the length of the list of words, the list, then
for each word 128 numbers of four bits.
"""

from __future__ import annotations

import zlib
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

SIZE, LEVELS = 128, 7
LONGEST = 4  # characters of a word of the table
Vector = NDArray[np.float64]


class Meanings:
    """The vectors of words. A word that the table lacks means what its parts mean.

    Example:
        >>> table = meanings()
        >>> [float(table.of(a) @ table.of(b)) > 0.3 for a, b in (("噪声", "噪音"), ("噪声", "茶叶"))]
        [True, False]
    """

    def __init__(self, data: bytes) -> None:
        end = 4 + int.from_bytes(data[:4], "big")
        self._rows = {word: row for row, word in enumerate(zlib.decompress(data[4:end]).decode().split("\n"))}
        self._packed = np.frombuffer(data, np.uint8, offset=end).reshape(-1, SIZE // 2)

    @lru_cache(maxsize=1 << 14)  # noqa: B019 - there is one table, and it stays
    def of(self, word: str) -> Vector:
        """The vector of a word, of length 1; of length 0 where nothing in it is known."""
        row = self._rows.get(word)
        if row is not None:
            return unit(self._unpacked(row))
        return unit(sum((unit(self._unpacked(self._rows[p])) for p in self._parts(word)), np.zeros(SIZE)))

    def _unpacked(self, row: int) -> Vector:
        pairs = self._packed[row]
        levels: Vector = np.stack((pairs >> 4, pairs & 15), axis=1).reshape(-1).astype(np.float64)
        return levels - LEVELS

    def _parts(self, word: str) -> list[str]:
        """The longest known words that a word is made of, from its beginning."""
        parts: list[str] = []
        start = 0
        while start < len(word):
            ends = range(min(len(word), start + LONGEST), start, -1)
            end = next((e for e in ends if word[start:e] in self._rows), 0)
            if end:
                parts.append(word[start:end])
            start = end or start + 1
        return parts


def unit(vector: Vector) -> Vector:
    """A vector of length 1 in the same direction; nothing where there is none."""
    length = float(np.linalg.norm(vector))
    return np.divide(vector, length) if length else vector


@cache
def meanings() -> Meanings:
    """The table, read once."""
    return Meanings((files("graph.naming") / "meanings.bin").read_bytes())
