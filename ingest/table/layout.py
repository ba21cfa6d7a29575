"""How tables lie on a sheet: merged cells, titles within, a second table below the first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from graph.text import clean, norm
from ingest.finding import column_letter
from ingest.readers.base import Cell, Merge, RawRow
from ingest.table.captions import caption_key, is_serial
from ingest.table.cells import show
from ingest.table.no_value import without_shapeless

_CAPTION = 40  # characters; what is longer is no caption


class RowQueue:
    """Rows with a look ahead; blank ones are left out."""

    def __init__(self, rows: Iterator[RawRow]) -> None:
        self._rows = (r for r in rows if not is_blank_row(r))
        self._ahead: deque[RawRow] = deque()

    def peek(self, count: int) -> list[RawRow]:
        """Up to this many of the next rows, which stay."""
        self._ahead.extend(islice(self._rows, max(0, count - len(self._ahead))))
        return list(islice(self._ahead, count))

    def __iter__(self) -> Iterator[RawRow]:
        while self._ahead or self.peek(1):
            yield self._ahead.popleft()


def is_blank_row(row: RawRow) -> bool:
    """Whether nothing is to be seen in a row."""
    return not any(c is not None and (not isinstance(c, str) or clean(without_shapeless(c))) for c in row.cells)


class MergedCells:
    """Merged cells: what stands in the first row of one applies, in its first column, to all its rows."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._tall = deque(sorted(m for m in merges if m.is_tall))
        self._open: list[tuple[Merge, Cell]] = []
        self._width = {(m.first, m.left): m.width for m in merges}

    def width(self, row: int, column: int) -> int:
        """How many columns the cell covers."""
        return self._width.get((row, column), 1)

    def fill(self, row: RawRow) -> dict[int, int]:
        """Fill a row in; from which row each filled column has its value."""
        self._open = [(m, c) for m, c in self._open if m.last >= row.number]
        while self._tall and self._tall[0].first <= row.number:
            merge = self._tall.popleft()
            if merge.first == row.number and merge.left < len(row.cells) and row.cells[merge.left] is not None:
                self._open.append((merge, row.cells[merge.left]))
        filled: dict[int, int] = {}
        for merge, cell in self._open:
            if merge.first < row.number:
                row.cells.extend([None] * (merge.left + 1 - len(row.cells)))
                if row.cells[merge.left] is None:
                    row.cells[merge.left], filled[merge.left] = cell, merge.first
        return filled


def title_in(
    row: RawRow, columns: int, merges: MergedCells, below: Sequence[RawRow], captions: frozenset[str]
) -> str | None:
    """The title that a row within a table is: one cell, merged over several columns or standing over a header."""
    filled = [i for i, c in enumerate(row.cells) if c is not None]
    if len(filled) != 1 or columns < 2 or not isinstance(row.cells[filled[0]], str):
        return None
    over_header = any(names_columns(r, captions) for r in below[:1])
    over_columns = merges.width(row.number, filled[0]) > columns // 2
    return norm(show(row.cells[filled[0]])) if over_header or over_columns else None


def names_columns(row: RawRow, captions: frozenset[str]) -> bool:
    """Whether a row reads like a header: two captions at least, and half of its cells."""
    words = [c for c in row.cells if c is not None]
    if len(words) < 2 or not any(_is_caption(c, captions) for c in words[:2]):
        return False
    known = sum(_is_caption(c, captions) for c in words)
    return known >= 2 and 2 * known >= len(words)


def _is_caption(cell: Cell, captions: frozenset[str]) -> bool:
    return isinstance(cell, str) and len(cell) < _CAPTION and (caption_key(cell) in captions or is_serial(cell))


def first_cell(row: RawRow) -> str:
    """The address within its sheet of the first cell that holds something."""
    return f"{column_letter(next(i for i, c in enumerate(row.cells) if c is not None))}{row.number}"
