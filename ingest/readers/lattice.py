"""Tables on a drawn page: cells between ruling lines, or text that stands in columns. Pure geometry.

Lengths are points; x grows to the right, y downwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.base import Merge
from ingest.readers.glyph import Glyph, Line, lines_of, wrapped
from ingest.readers.half_ruled import by_column, rows_in

SNAP = 4.0  # lines nearer than this are one line
SHORTEST = 6.0  # what is shorter rules no table
MOST_LINES = 3_000  # beyond, a page is a drawing
RIVER = 5.0  # white from top to bottom, at least this wide, parts columns


@dataclass(frozen=True, slots=True)
class RulingEdge:
    """A piece of a ruling line: where it is, and from where to where it goes."""

    vertical: bool
    at: float
    low: float
    high: float

    def reaches(self, across: RulingEdge) -> bool:
        """Whether it goes as far as a line across it, or nearly."""
        return self.low - SNAP <= across.at <= self.high + SNAP


@dataclass(slots=True)
class Grid:
    """A table: its column borders, its place on the page, its texts (counted from 0) and merged cells."""

    columns: list[float]
    top: float
    bottom: float
    cells: dict[tuple[int, int], str]
    merges: list[Merge]
    height: int
    ruled: bool = True

    def go_on(self, rows: Sequence[Sequence[Line]]) -> None:
        """Take in rows of text that stand under the table in its columns."""
        for lines in rows:
            cells: dict[int, str] = {}
            for line in lines:
                for column, glyphs in by_column(line, self.columns).items():
                    cells[column] = cells.get(column, "") + Line(glyphs).text()
            self.cells |= {(self.height, column): text for column, text in cells.items()}
            self.height += 1
            self.bottom = lines[-1].bottom
        self.ruled = self.ruled and not rows


def ruled_tables(edges: Iterable[RulingEdge], glyphs: Sequence[Glyph]) -> tuple[list[Grid], list[Glyph]]:
    """Tables between ruling lines from top to bottom, and the glyphs outside of them."""
    lines = _joined(edges)
    grids: list[Grid] = []
    if len(lines) > MOST_LINES:
        return grids, list(glyphs)
    rest = list(glyphs)
    for group in _crossing(lines):
        frame = _Frame(group)
        if len(frame.xs) < 3 or len(frame.ys) < 2:  # a box round a text is no table
            continue
        inside = [g for g in rest if frame.holds(g)]
        if inside:
            rest = [g for g in rest if not frame.holds(g)]
            grids.append(frame.grid(inside))
    return sorted(grids, key=lambda g: (g.top, g.columns[0])), rest


def _joined(edges: Iterable[RulingEdge]) -> list[RulingEdge]:
    """Edges on one line become one where they touch; what is too short to rule anything is left out."""
    joined: list[RulingEdge] = []
    for vertical in (True, False):
        groups: list[tuple[float, list[RulingEdge]]] = []
        for edge in sorted((e for e in edges if e.vertical == vertical), key=lambda e: e.at):
            if not groups or edge.at - groups[-1][0] > SNAP:
                groups.append((edge.at, []))
            groups[-1][1].append(edge)
        for at, group in groups:
            held: RulingEdge | None = None
            for edge in sorted(group, key=lambda e: e.low):
                if held and edge.low - held.high <= SNAP:
                    held = RulingEdge(vertical, at, held.low, max(held.high, edge.high))
                else:
                    joined += [held] if held else []
                    held = RulingEdge(vertical, at, edge.low, edge.high)
            joined += [held] if held else []
    return [e for e in joined if e.high - e.low >= SHORTEST]


def _crossing(lines: list[RulingEdge]) -> Iterator[list[RulingEdge]]:
    """Lines in groups that hang together."""
    parent = list(range(len(lines)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    flat = [i for i, e in enumerate(lines) if not e.vertical]
    for i, upright in enumerate(lines):
        if not upright.vertical:
            continue
        for j in flat:
            level = lines[j]
            if upright.reaches(level) and level.reaches(upright):
                parent[root(i)] = root(j)
    groups: dict[int, list[RulingEdge]] = defaultdict(list)
    for i, line in enumerate(lines):
        groups[root(i)].append(line)
    yield from groups.values()


class _Frame:
    """The grid that lines which hang together make. Its outer sides count as closed, drawn or not."""

    def __init__(self, lines: Sequence[RulingEdge]) -> None:
        self.upright, self.level = (
            defaultdict[float, list[RulingEdge]](list),
            defaultdict[float, list[RulingEdge]](list),
        )
        for line in lines:
            (self.upright if line.vertical else self.level)[line.at].append(line)
        flat = [e for e in lines if not e.vertical]
        tall = [e for e in lines if e.vertical]
        self.xs = _with_ends(self.upright, flat)
        self.ys = _with_ends(self.level, tall)

    def holds(self, glyph: Glyph) -> bool:
        """Whether the middle of a glyph lies within."""
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def _cell_of(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each unit of the grid -> the first unit of its cell: units without a line between them are one."""
        parent: dict[tuple[int, int], tuple[int, int]] = {}

        def root(unit: tuple[int, int]) -> tuple[int, int]:
            while (up := parent.setdefault(unit, unit)) != unit:
                unit = up
            return unit

        for r in range(len(self.ys) - 1):
            y = (self.ys[r] + self.ys[r + 1]) / 2
            for c in range(len(self.xs) - 1):
                x = (self.xs[c] + self.xs[c + 1]) / 2
                unit = root((r, c))
                if r and not _drawn(self.level.get(self.ys[r], ()), x):
                    parent[max(unit, root((r - 1, c)))] = unit = min(unit, root((r - 1, c)))
                if c and not _drawn(self.upright.get(self.xs[c], ()), y):
                    parent[max(unit, root((r, c - 1)))] = min(unit, root((r, c - 1)))
        return {unit: root(unit) for unit in list(parent)}

    def _rule_rows(self, glyphs: Sequence[Glyph]) -> None:
        """Rule the rows between two lines across the whole table, where text stands in several."""
        middles = [(a + b) / 2 for a, b in pairwise(self.xs)]
        for top, bottom in list(pairwise(self.ys)):
            closed = all(_drawn(self.level.get(y, ()), x) for y in (top, bottom) for x in middles)
            lines = lines_of(g for g in glyphs if top <= (g.y0 + g.y1) / 2 < bottom) if closed else []
            for row in rows_in(lines, self.xs)[1:] if len(lines) > 1 else []:
                at = row[0].top - 1
                self.level[at].append(RulingEdge(False, at, self.xs[0], self.xs[-1]))
                for x in self.xs:
                    self.upright[x].append(RulingEdge(True, x, top, bottom))
        self.ys = sorted({*self.ys, *self.level})

    def grid(self, glyphs: Sequence[Glyph]) -> Grid:
        """The table with these glyphs in its cells."""
        drawn = len(self.ys)
        self._rule_rows(glyphs)
        cell_of = self._cell_of()
        inside: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            r = bisect_right(self.ys, (glyph.y0 + glyph.y1) / 2) - 1
            c = bisect_right(self.xs, (glyph.x0 + glyph.x1) / 2) - 1
            inside[cell_of[min(r, len(self.ys) - 2), min(c, len(self.xs) - 2)]].append(glyph)
        last: dict[tuple[int, int], tuple[int, int]] = {}
        for (r, c), first in cell_of.items():
            r0, c0 = last.get(first, first)
            last[first] = (max(r, r0), max(c, c0))
        margin = min((g.x0 - self.xs[first[1]] for first, some in inside.items() for g in some), default=0.0)
        cells = {
            first: wrapped(lines_of(some), self.xs[last[first][1] + 1] - self.xs[first[1]] - 2 * max(0.0, margin))
            for first, some in inside.items()
        }
        merges = [Merge(r0 + 1, c0, r1 + 1, c1) for (r0, c0), (r1, c1) in last.items() if (r0, c0) != (r1, c1)]
        return Grid(self.xs, self.ys[0], self.ys[-1], cells, merges, len(self.ys) - 1, ruled=len(self.ys) == drawn)


def _with_ends(lines: dict[float, list[RulingEdge]], across: Sequence[RulingEdge]) -> list[float]:
    places = sorted(lines)
    low, high = min((e.low for e in across), default=0.0), max((e.high for e in across), default=0.0)
    if not places or low < places[0] - SHORTEST:
        places.insert(0, low)
    if high > places[-1] + SHORTEST:
        places.append(high)
    return places


def _drawn(lines: Iterable[RulingEdge], at: float) -> bool:
    return any(e.low - 1 <= at <= e.high + 1 for e in lines)


def aligned_tables(lines: Sequence[Line]) -> list[Grid]:
    """Tables without ruling lines: neighbouring lines of text whose parts stand in the same columns."""
    grids = []
    block: list[Line] = []
    for line in [*lines, None]:
        if line and len(_parts(line)) > 1:
            block.append(line)
            continue
        if len(block) > 1 and (grid := _aligned(block)):
            grids.append(grid)
        block = []
    return grids


def _parts(line: Line) -> list[Line]:
    """The runs of a line that white parts."""
    parts: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if not parts or glyph.x0 - parts[-1][-1].x1 > max(RIVER, 0.8 * (glyph.y1 - glyph.y0)):
            parts.append([])
        parts[-1].append(glyph)
    return [Line(part) for part in parts]


def _aligned(block: Sequence[Line]) -> Grid | None:
    spans = sorted((g.x0, g.x1) for line in block for g in line.glyphs)
    columns, end = [spans[0][0]], spans[0][1]
    for x0, x1 in spans:
        if x0 - end > RIVER:
            columns.append(x0)
        end = max(end, x1)
    if len(columns) < 2:
        return None
    cells: dict[tuple[int, int], str] = {}
    for r, line in enumerate(block):
        for part in _parts(line):
            c = bisect_right(columns, part.glyphs[0].x0) - 1
            cells[r, c] = f"{cells[r, c]} {part.text()}" if (r, c) in cells else part.text()
    return Grid([*columns, end], block[0].top, block[-1].bottom, cells, [], len(block), ruled=False)
