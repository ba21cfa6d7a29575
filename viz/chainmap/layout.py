"""Where cards stand: lanes by stage, children beneath their parent, few crossings; deterministic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

CARD_W, CARD_H = 176.0, 66.0
GAP_X, GAP_Y, LANE_GAP = 18.0, 14.0, 84.0
INDENT = 16.0
TOP, SIDE, LANE_PAD, LANE_HEAD = 70.0, 24.0, 14.0, 40.0
MAX_ROWS = 14  # cards beneath each other before a lane gets a second column
SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """What is laid out: a card in a lane, perhaps beneath a parent."""

    id: str
    lane: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; x and y are its top left corner."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes of lanes (in order) and cards, and the size of the whole."""

    lanes: dict[str, Box]
    cards: dict[str, Box]
    width: float
    height: float


def lay_out(items: Sequence[Item], links: Iterable[tuple[str, str]], lanes: Sequence[str]) -> Layout:
    """Place cards in lanes from left to right. Lanes without cards are left out.

    >>> layout = lay_out([Item("a", "上游"), Item("b", "下游")], [("a", "b")], ["上游", "中游", "下游"])
    >>> list(layout.lanes), layout.cards["a"].x < layout.cards["b"].x
    (['上游', '下游'], True)
    """
    trees = _trees(items)
    used = [lane for lane in lanes if trees.get(lane)]
    order = _uncrossed({lane: list(trees[lane]) for lane in used}, trees, links)
    columns = {lane: _columns(order[lane], trees[lane]) for lane in used}
    tallest = max((_rows(c) for lane in used for c in columns[lane]), default=1)
    height = tallest * (CARD_H + GAP_Y) - GAP_Y
    boxes: dict[str, Box] = {}
    cards: dict[str, Box] = {}
    x = SIDE
    for lane in used:
        width = len(columns[lane]) * (CARD_W + INDENT) + (len(columns[lane]) - 1) * GAP_X
        boxes[lane] = Box(x, TOP, width + 2 * LANE_PAD, height + LANE_HEAD + LANE_PAD)
        for place, column in enumerate(columns[lane]):
            left = x + LANE_PAD + place * (CARD_W + INDENT + GAP_X)
            slack = (tallest - _rows(column)) * (CARD_H + GAP_Y) / 2
            row = 0
            for tree in column:
                for ident, depth in tree:
                    top = TOP + LANE_HEAD + slack + row * (CARD_H + GAP_Y)
                    indent = min(depth, 1) * INDENT
                    cards[ident] = Box(left + indent, top, CARD_W, CARD_H)
                    row += 1
        x += boxes[lane].w + LANE_GAP
    width = x - LANE_GAP + SIDE if used else 2 * SIDE
    return Layout(boxes, cards, max(width, 480.0), TOP + height + LANE_HEAD + LANE_PAD + SIDE)


Tree = list[tuple[str, int]]  # (card, depth), parent first


def _trees(items: Sequence[Item]) -> dict[str, dict[str, Tree]]:
    """Per lane, root -> its tree. A child in another lane than its parent is a root of its own."""
    lane_of = {i.id: i.lane for i in items}
    children: dict[str, list[str]] = defaultdict(list)
    roots: list[Item] = []
    for item in items:
        if item.parent in lane_of and lane_of[item.parent or ""] == item.lane and item.parent != item.id:
            children[item.parent or ""].append(item.id)
        else:
            roots.append(item)
    trees: dict[str, dict[str, Tree]] = defaultdict(dict)
    placed: set[str] = set()
    for root in roots:
        trees[root.lane][root.id] = _walk(root.id, children, placed)
    for item in items:  # a loop of parents has no root: break it where it is met first
        if item.id not in placed:
            trees[item.lane][item.id] = _walk(item.id, children, placed)
    return trees


def _walk(root: str, children: dict[str, list[str]], placed: set[str]) -> Tree:
    tree: Tree = []
    stack = [(root, 0)]
    while stack:
        ident, depth = stack.pop()
        if ident not in placed:
            placed.add(ident)
            tree.append((ident, depth))
            stack += [(c, depth + 1) for c in reversed(children[ident])]
    return tree


def _uncrossed(
    order: dict[str, list[str]], trees: dict[str, dict[str, Tree]], links: Iterable[tuple[str, str]]
) -> dict[str, list[str]]:
    """Order the trees of each lane by the mean place of what they are linked to (barycentre sweeps)."""
    root_of = {card: root for lane in order for root in order[lane] for card, _ in trees[lane][root]}
    neighbours: dict[str, list[str]] = defaultdict(list)
    for a, b in links:
        if a in root_of and b in root_of and root_of[a] != root_of[b]:
            neighbours[root_of[a]].append(root_of[b])
            neighbours[root_of[b]].append(root_of[a])
    lane_of = {root: lane for lane in order for root in order[lane]}
    for sweep in range(SWEEPS):
        place = {r: (i + 0.5) / len(order[lane]) for lane in order for i, r in enumerate(order[lane])}
        for lane in list(order)[:: 1 if sweep % 2 == 0 else -1]:
            ranked = sorted((_mean(r, neighbours[r], place, lane_of), place[r], r) for r in order[lane])
            order[lane] = [r for _, _, r in ranked]
            place |= {r: (i + 0.5) / len(order[lane]) for i, r in enumerate(order[lane])}
    return order


def _mean(root: str, linked: Iterable[str], place: Mapping[str, float], lane_of: Mapping[str, str]) -> float:
    others = [place[n] for n in linked if lane_of[n] != lane_of[root]]
    return sum(others) / len(others) if others else place[root]


def _rows(column: Sequence[Tree]) -> int:
    return sum(len(tree) for tree in column)


def _columns(order: Sequence[str], trees: dict[str, Tree]) -> list[list[Tree]]:
    """Trees in columns of at most MAX_ROWS cards; a long tree continues in the next column."""
    pieces = [
        tree[i : i + MAX_ROWS] for root in order for tree in (trees[root],) for i in range(0, len(tree), MAX_ROWS)
    ]
    columns: list[list[Tree]] = [[]]
    for piece in pieces:
        if columns[-1] and _rows(columns[-1]) + len(piece) > MAX_ROWS:
            columns.append([])
        columns[-1].append(piece)
    return columns
