"""Boxes in columns, joined from left to right: trees that flow over as many sheets as they need, none of it left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from viz.charts.sheet import A3, A4, HEAD, MARGIN, ChartSheet, ChartSubject, PaperSize, sheets, words
from viz.drawing.svg import tag
from viz.fonts import text_width, wrap
from viz.theme import INK, LINK, MUTED, WHITE, Look

NAME, NOTE, LEADING, PAD, GAP, BETWEEN = 10.0, 9.0, 13.0, 6.0, 6.0, 30.0
STRIPED = 18.0  # how much of a tile is hatched
CAPTIONS = 20.0  # the line that names the columns
LINES = 4  # lines of a name, at most
PLAIN = Look(INK, WHITE, LINK)
MORE = "（续）"


@dataclass(frozen=True, slots=True)
class Tile:
    """A box of a column, with those that hang on it in columns further right."""

    name: str
    column: int = 0
    look: Look = PLAIN
    note: str = ""
    hatched: bool = False
    children: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True)
class TileColumns:
    """The columns of a drawing: their captions and shares of the width."""

    captions: tuple[str, ...]
    shares: tuple[float, ...]

    def lefts(self, size: PaperSize) -> list[tuple[float, float]]:
        """Where each column begins, and how wide its boxes are."""
        room = size.room[0] - BETWEEN * (len(self.shares) - 1)
        placed, x = [], MARGIN
        for share in self.shares:
            width = room * share / sum(self.shares)
            placed.append((x, width))
            x += width + BETWEEN
        return placed


@dataclass(frozen=True, slots=True)
class _Written:
    """The lines of a tile, and the note that stands beside its name instead of under it."""

    names: tuple[str, ...]
    notes: tuple[str, ...]
    beside: str = ""


@dataclass(slots=True)
class _Page:
    """Boxes drawn on one size of paper."""

    columns: TileColumns
    size: PaperSize
    lefts: list[tuple[float, float]] = field(init=False)
    _kept: dict[tuple[str, str, int, bool], _Written] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.lefts = self.columns.lefts(self.size)

    @property
    def room(self) -> float:
        return self.size.room[1] - CAPTIONS

    def written(self, tile: Tile) -> _Written:
        """The lines of a tile; name and note beside each other where there is room."""
        key = (tile.name, tile.note, tile.column, tile.hatched)
        if key not in self._kept:
            width = self.lefts[tile.column][1] - 2 * PAD - (STRIPED if tile.hatched else 0)
            if tile.note and text_width(tile.name, NAME) + PAD + text_width(tile.note, NOTE) <= width:
                self._kept[key] = _Written((tile.name,), (), tile.note)
            else:
                notes = wrap(tile.note, NOTE, width, 2) if tile.note else ()
                self._kept[key] = _Written(tuple(wrap(tile.name, NAME, width, LINES)), tuple(notes))
        return self._kept[key]

    def own(self, tile: Tile) -> float:
        """How high a tile is by itself."""
        lines = self.written(tile)
        return len(lines.names) * LEADING + len(lines.notes) * (LEADING - 1) + 2 * PAD - 3

    def height(self, box: Tile) -> float:
        """With all that hangs on it: each column of children is a stack of its own."""
        stacks: dict[int, float] = defaultdict(float)
        for child in box.children:
            stacks[child.column] += self.height(child)
        return max(self.own(box) + GAP, *stacks.values(), 0.0)

    def pages(self, trees: Sequence[Tile]) -> list[list[Tile]]:
        """Trees packed onto sheets; one that is taller than a sheet is continued on the next under its own name."""
        pages: list[list[Tile]] = [[]]
        left = self.room
        for tree in trees:
            for number, part in enumerate(self._parts(tree, left)):
                tall = self.height(part)
                if (number or tall > left) and pages[-1]:
                    pages.append([])
                    left = self.room
                pages[-1].append(part)
                left -= tall
        return pages

    def _parts(self, tree: Tile, left: float) -> list[Tile]:
        if self.height(tree) <= self.room or not tree.children:
            return [tree]
        parts: list[tuple[Tile, ...]] = []
        children: list[Tile] = []
        stacks: dict[int, float] = defaultdict(float)
        most = left if left > self.room / 3 else self.room
        for child in (part for c in tree.children for part in self._parts(c, self.room)):
            tall = self.height(child)
            if children and stacks[child.column] + tall > most:
                parts.append(tuple(children))
                children, most = [], self.room
                stacks.clear()
            children.append(child)
            stacks[child.column] += tall
        parts.append(tuple(children))
        name = tree.name.removesuffix(MORE)
        return [replace(tree, name=name + MORE if n else tree.name, children=part) for n, part in enumerate(parts)]

    def captions(self, captions: Sequence[str]) -> Iterator[str]:
        for caption, (x, width) in zip(captions, self.lefts, strict=False):
            yield words(x + width / 2, HEAD + 12, caption, NAME, MUTED, anchor="middle", weight="bold")

    def side_by_side(self, stacks: Sequence[tuple[str, Sequence[Tile]]]) -> Iterator[str]:
        yield from self.captions([caption for caption, _ in stacks])
        for column, (_, stack) in enumerate(stacks):
            y = HEAD + CAPTIONS
            for tile in stack:
                tall = self.height(tile)
                yield from self.box(replace(tile, column=column), y + (tall - GAP) / 2)
                y += tall

    def draw(self, trees: Sequence[Tile]) -> Iterator[str]:
        yield from self.captions(self.columns.captions)
        links: list[str] = []
        tiles: list[str] = []
        y = HEAD + CAPTIONS
        for tree in trees:
            self._place(tree, y, links, tiles)
            y += self.height(tree)
        yield from (*links, *tiles)

    def _place(self, box: Tile, top: float, links: list[str], tiles: list[str]) -> None:
        middle = top + (self.height(box) - GAP) / 2
        tiles += self.box(box, middle)
        below: dict[int, float] = defaultdict(lambda: top)
        for child in box.children:
            at, tall = below[child.column], self.height(child)
            below[child.column] += tall
            links.append(self._link(box, middle, child, at + (tall - GAP) / 2))
            self._place(child, at, links, tiles)

    def _link(self, box: Tile, y1: float, child: Tile, y2: float) -> str:
        x, width = self.lefts[box.column]
        return link(x + width, y1, self.lefts[child.column][0], y2)

    def box(self, tile: Tile, middle: float) -> Iterator[str]:
        x, width = self.lefts[tile.column]
        tall, lines = self.own(tile), self.written(tile)
        top = middle - tall / 2
        yield tag("rect", x=x, y=top, width=width, height=tall, rx=4, fill=tile.look.fill, stroke=tile.look.edge)
        if tile.hatched:  # at the end alone: a name on stripes is hard to read
            yield tag("rect", x=x + width - STRIPED, y=top, width=STRIPED, height=tall, rx=4, fill="url(#thin)")
        y = top + PAD + 7
        if lines.beside:
            yield words(x + 2 * PAD + text_width(tile.name, NAME), y, lines.beside, NOTE, MUTED)
        for line in lines.names:
            yield words(x + PAD, y, line, NAME, tile.look.ink or tile.look.color, weight="bold")
            y += LEADING
        for line in lines.notes:
            yield words(x + PAD, y, line, NOTE, MUTED)
            y += LEADING - 1


def link(x1: float, y1: float, x2: float, y2: float, color: str = LINK) -> str:
    """A curve from box to box."""
    bend = (x2 - x1) / 2
    path = f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return tag("path", d=path, fill="none", stroke=color, stroke_width=1)


def tile_sheets(subject: ChartSubject, columns: TileColumns, trees: Sequence[Tile]) -> list[ChartSheet]:
    """Trees on one sheet of A4 where they fit, else on sheets of A3."""
    page = _Page(columns, A4)
    packed = page.pages(trees)
    if len(packed) > 1:
        page = _Page(columns, A3)
        packed = page.pages(trees)
    return sheets(subject, page.size, [list(page.draw(one)) for one in packed])


def stack_sheets(subject: ChartSubject, stacks: Sequence[tuple[str, Sequence[Tile]]]) -> list[ChartSheet]:
    """Columns with their captions, side by side, each from the top down; what has no room continues in the next column."""
    for size, abreast in ((A4, 3), (A3, 5), (A3, 6)):
        page = _Page(TileColumns(("",) * abreast, (1.0,) * abreast), size)
        columns = [
            (caption + MORE if number else caption, part)
            for caption, stack in stacks
            for number, part in enumerate(page.pages(stack))
        ]
        if len(columns) <= abreast:
            break
    drawn = [list(page.side_by_side(columns[n : n + abreast])) for n in range(0, len(columns), abreast)]
    return sheets(subject, page.size, drawn)
