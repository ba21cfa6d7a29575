"""How wide the columns of a table are: as wide as what stands in them, no number broken over two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from viz.fonts import text_width
from viz.paper.styles import PADDING, pitch_of

SPARE = 1.06  # the fonts of offices are a little wider than ours
_WHOLE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|[0-9A-Za-z.,:%+\-‑/]+[万亿元家项个年月日度%]{0,2}|\[\d+\]")
_STEP = 4.0  # points given at a time
WORD, SHORT = 4, 8  # characters of a word that is not broken, and of a cell that is not where there is room
ROOM = 0.85  # of the text's width that such cells may take
TALLEST = 200.0  # points of a row that no page breaks
TALL = 14  # lines of a row from where on words are broken rather than rows made taller


def column_widths(
    headers: Sequence[str], rows: Sequence[Sequence[str]], size: float, total: float
) -> tuple[float, ...]:
    """Widths in points that add up to `total`.

    Every column has room for its longest number, date or short word, and where there is enough for its short cells; what is
    left goes, step by step, to the column that makes the most rows tall.

    Example:
        >>> column_widths(["环节", "产值"], [["锯床整机及其控制系统的研发制造", "12,345.6万元"]] * 3, 10, 160)
        (81.9, 78.1)
    """
    cells = [list(headers), *rows]
    texts = np.array([[text_width(c, size) * SPARE for c in row] for row in cells], dtype=float)
    wanted = texts.max(axis=0) + 2 * PADDING
    columns = list(zip(*cells, strict=True))
    widths = np.array([max(_least(c, size), _short(c, size)) for c in columns], dtype=float) + 2 * PADDING
    if widths.sum() >= total * ROOM:
        widths = _crowded(columns, texts, size, total)
    if widths.sum() >= total:
        return _rounded(widths * total / widths.sum(), total)
    for _ in range(int((total - widths.sum()) // _STEP)):
        inner = widths - 2 * PADDING
        tall = np.where(widths < wanted, texts / inner, 0.0)
        if not tall.any():
            break
        votes = np.bincount(
            tall.argmax(axis=1), weights=np.maximum(tall.max(axis=1) - 1, 0) + 1e-6, minlength=len(inner)
        )
        widths[int(np.where(widths < wanted, votes, -1).argmax())] += _STEP
    return _rounded(widths + (total - widths.sum()) * wanted / wanted.sum(), total)


def is_tall(row: Sequence[str], widths: Sequence[float], size: float) -> bool:
    """Whether a row may be taller than what a page has left, so that it is better broken than moved or cut off."""
    lines = max(text_width(text, size) * SPARE / (width - 2 * PADDING) for text, width in zip(row, widths, strict=True))
    return lines * pitch_of(size) > TALLEST


def _crowded(
    columns: Sequence[Sequence[str]],
    texts: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    size: float,
    total: float,
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The least widths, with shorter words left whole where long texts would otherwise stand in slits."""
    for word in range(WORD, 1, -1):
        widths = np.array([_least(c, size, word) for c in columns], dtype=float)
        rest = total - widths.sum() - 2 * PADDING * len(columns)
        lines = np.ceil(np.maximum(texts - widths, 0) / widths)  # beyond the first
        tall = texts.max(axis=0)[lines.max(axis=0) >= TALL / 2].sum()
        if rest > 0 and tall <= TALL * rest:
            break
    return widths + 2 * PADDING


def _rounded(widths: np.ndarray[tuple[int, ...], np.dtype[np.float64]], total: float) -> tuple[float, ...]:
    rounded = [round(float(w), 1) for w in widths]
    rounded[-1] = round(total - sum(rounded[:-1]), 1)
    return tuple(rounded)


def _least(column: Sequence[str], size: float, word: int = WORD) -> float:
    """What a column cannot do without: its longest number, and a word of a few characters."""
    numbers = [m for text in column for m in _WHOLE.findall(text)]
    words = min(max(map(len, column), default=1), word) * size
    return max([words, *(text_width(n, size) for n in numbers if len(n) <= 24)]) * SPARE


def _short(column: Sequence[str], size: float) -> float:
    """What its short cells would like: not to be broken."""
    return max((text_width(text, size) for text in column if len(text) <= SHORT), default=0.0) * SPARE
