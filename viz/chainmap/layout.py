"""Where cards stand and how arrows run: fixed lanes, few crossings, no arrow through a card; the same for permuted rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from viz.chainmap.columns import Arrow, Item, Tree, columns_of
from viz.chainmap.order import GAP_Y, Board, Slot
from viz.chainmap.routes import Point, Routes, way

__all__ = ["CARD_H", "CARD_W", "Arrow", "Box", "Item", "Layout", "lay_out"]

CARD_W, CARD_H = 176.0, 66.0
INDENT = 16.0
TOP, SIDE, LANE_PAD, LANE_HEAD, FOOT = 64.0, 24.0, 14.0, 36.0, 16.0
COLUMN_GAP, LANE_GAP = 24.0, 64.0  # at least, where no arrow needs more
TRACK, BESIDE = 8.0, 16.0  # between tracks of a channel; between a track and a card
PASSAGE = 8.0  # height of a passage


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; x and y are its top left corner."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes of lanes (in order) and cards, the corners of arrows, and the size of the whole."""

    lanes: dict[str, Box]
    cards: dict[str, Box]
    routes: dict[Arrow, tuple[Point, ...]]
    width: float
    height: float


def lay_out(items: Sequence[Item], links: Iterable[Arrow], lanes: Sequence[str]) -> Layout:
    """Place cards in lanes from left to right. Lanes without cards are left out, and arrows from a card to itself.

    >>> layout = lay_out([Item("a", "上游"), Item("b", "下游")], [Arrow("a", "b")], ["上游", "中游", "下游"])
    >>> list(layout.lanes), layout.cards["a"].x < layout.cards["b"].x, layout.routes[Arrow("a", "b")]
    (['上游', '下游'], True, ((214.0, 133), (306.0, 133)))
    """
    here = {i.id for i in items}
    arrows = sorted({Arrow(*k) for k in links if k[0] in here and k[1] in here and k[0] != k[1]})
    columns = columns_of(items, arrows, lanes)
    board = _board(columns, arrows)
    height = ceil(board.settle() / 2) * 2
    column_of = {part: at for at, slots in enumerate(board.columns) for slot in slots for part in slot.parts}
    down = TOP + LANE_HEAD + height / 2
    routes = Routes(arrows, column_of, lambda part: board.y(part) + down)
    edges = _Edges(columns, routes)
    cards = {
        ident: Box(edges.left[at] + min(depth, 1) * INDENT, round(board.y(ident) + down - CARD_H / 2, 1), CARD_W, CARD_H)
        for at, (_, trees) in enumerate(columns) for tree in trees for ident, depth in tree
    }  # fmt: skip
    boxes = {lane: Box(x, TOP, w, height + LANE_HEAD + LANE_PAD) for lane, (x, w) in edges.lanes().items()}
    ways = {a: routes.points(a, _ends(cards[a.source], cards[a.target], column_of, a), edges.track) for a in arrows}
    return Layout(boxes, cards, ways, max(edges.width, 480.0), TOP + height + LANE_HEAD + LANE_PAD + FOOT)


def _board(columns: Sequence[tuple[str, list[Tree]]], links: Iterable[Arrow]) -> Board:
    """The columns with a passage wherever an arrow crosses one, and the wires between neighbours."""
    slots = [[_slot(tree) for tree in trees] for _, trees in columns]
    at = {part: place for place, column in enumerate(slots) for slot in column for part in slot.parts}
    passages: set[str] = set()
    wires = set()
    for link in links:
        for _, start, end in way(link, at):
            wires.add((start.part, end.part))
            passages |= {terminal.part for terminal in (start, end) if not terminal.side}
    for name in sorted(passages):
        slots[int(name.rsplit("\n", 1)[1])].append(Slot(name, {name: PASSAGE / 2}, PASSAGE, passage=True))
    return Board(slots, sorted(wires))


def _slot(tree: Tree) -> Slot:
    step = CARD_H + GAP_Y
    parts = {ident: row * step + CARD_H / 2 for row, (ident, _) in enumerate(tree)}
    return Slot(tree[0][0], parts, len(tree) * step - GAP_Y)


def _ends(a: Box, b: Box, column_of: Mapping[str, int], link: Arrow) -> tuple[float, float]:
    """The x at which an arrow leaves and at which it arrives."""
    source, target = column_of[link.source], column_of[link.target]
    return (a.x + a.w if source <= target else a.x), (b.x if source < target else b.x + b.w)


class _Edges:
    """The x of columns and tracks."""

    def __init__(self, columns: Sequence[tuple[str, list[Tree]]], routes: Routes) -> None:
        self.lane_of = [lane for lane, _ in columns]
        self.left: list[float] = []
        self.right: list[float] = []
        self.channel: list[tuple[float, float]] = []  # of each channel: its first track, and its end
        x = SIDE + LANE_PAD
        self.channel.append((x, x))
        for at, (lane, trees) in enumerate(columns):
            self.left.append(x)
            x += CARD_W + INDENT * any(depth for tree in trees for _, depth in tree)
            self.right.append(x)
            last = at + 1 == len(columns)
            least = 0.0 if last else COLUMN_GAP if lane == columns[at + 1][0] else LANE_GAP + 2 * LANE_PAD
            count = routes.tracks_of(at + 1)
            needed = 2 * BESIDE + (count - 1) * TRACK if count else 0.0
            wide = max(least, needed)
            self.channel.append((x + (wide - (count - 1) * TRACK) / 2, x + wide))
            x += wide
        self.width = max(x, self.right[-1] + LANE_PAD if columns else 0.0) + SIDE

    def track(self, channel: int, track: int) -> float:
        """The x of a track."""
        return self.channel[channel][0] + track * TRACK

    def lanes(self) -> dict[str, tuple[float, float]]:
        """The x and the width of each lane."""
        firsts: dict[str, float] = {}
        ends: dict[str, float] = {}
        for at, lane in enumerate(self.lane_of):
            firsts.setdefault(lane, self.left[at] - LANE_PAD)
            ends[lane] = self.right[at] + LANE_PAD
        return {lane: (x, ends[lane] - x) for lane, x in firsts.items()}
