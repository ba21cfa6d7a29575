"""Tables whose rows are not ruled, or only the first of them: each line of text is a row. Pure geometry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from statistics import median

from ingest.readers.glyph import Glyph, Line

FARTHEST = 3.0  # heights of a line between a row and the next
Cells = dict[int, list[Glyph]]  # of a line, by column


def by_column(line: Line, columns: Sequence[float]) -> Cells:
    """The glyphs of a line by the column they stand in."""
    cells: Cells = {}
    for glyph in line.glyphs:
        at = bisect_right(columns, (glyph.x0 + glyph.x1) / 2) - 1
        cells.setdefault(min(max(at, 0), len(columns) - 2), []).append(glyph)
    return cells


def rows_in(lines: Sequence[Line], columns: Sequence[float]) -> list[list[Line]]:
    """The lines of each row that stand between two ruling lines; one row where nothing says that they are several.

    Rows begin with a text in the first column, and some column has a number in each of them.
    """
    parts = [by_column(line, columns) for line in lines]
    first = min((min(cells) for cells in parts), default=0)
    starts = [n for n, cells in enumerate(parts) if first in cells and len(cells) > 1]
    begun = [parts[n] for n in starts]
    numbered = any(all(_is_number(cells.get(column)) for cells in begun) for column in range(len(columns) - 1))
    wraps = any(_is_full(parts[n - 1], first, columns) for n in starts[1:])
    if len(starts) < 2 or starts[0] != 0 or not numbered or wraps or not all(_fits(x, columns) for x in lines):
        return [list(lines)]
    return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def rows_below(lines: Sequence[Line], columns: Sequence[float], bottom: float, end: float) -> list[list[Line]]:
    """The lines of each row under a table, down to `end`, that go on with its columns: it is ruled at its header."""
    rows: list[list[Line]] = []
    at, before, pitch = bottom, Cells(), list[float]()
    for line in lines:
        if line.top < bottom - 1 or line.bottom > end:
            continue
        cells = by_column(line, columns)
        far = line.top - at > (1.5 * median(pitch) + 1 if pitch else FARTHEST * (line.bottom - line.top))
        if far or not _fits(line, columns) or (not rows and len(cells) < 2):
            break
        pitch += [line.top - at] if rows else []
        if rows and len(cells) < len(before) and all(_is_full(before, column, columns) for column in cells):
            rows[-1].append(line)  # what had no room goes on
        else:
            rows.append([line])
            before = cells
        at = line.bottom
    return rows


def _fits(line: Line, columns: Sequence[float]) -> bool:
    """Whether no text of a line goes over the border of a column."""
    if line.glyphs[0].x0 < columns[0] - 1 or line.glyphs[-1].x1 > columns[-1] + 1:
        return False
    for glyph, after in zip(line.glyphs, line.glyphs[1:], strict=False):
        crossed = any(glyph.x0 < x < after.x1 for x in columns[1:-1])
        if crossed and after.x0 - glyph.x1 < 0.3 * (glyph.y1 - glyph.y0):
            return False
    return len(by_column(line, columns)) > 1 or len(line.glyphs) < 12


def _is_number(glyphs: Sequence[Glyph] | None) -> bool:
    text = "".join(g.text for g in glyphs or ())
    return bool(text) and text.strip("年 ").replace(",", "").replace(".", "").replace("-", "").isdigit()


def _is_full(cells: Cells, column: int, columns: Sequence[float]) -> bool:
    """Whether a text had no room for one more character in its column."""
    if not (glyphs := cells.get(column)):
        return False
    last = glyphs[-1]
    return columns[column + 1] - last.x1 - max(0.0, glyphs[0].x0 - columns[column]) < last.x1 - last.x0
