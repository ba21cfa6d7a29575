"""Where the boxes of the mind map stand, on two sides of its root, and which are folded at first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from viz.fonts import fit, text_width
from viz.mindmap.cited import CitedSources
from viz.mindmap.node import MindNode
from viz.mindmap.tree import NO_SEGMENT

SIZE, LINE, PAD, PAD_Y, GAP, LEVEL_GAP = 14, 17.0, 9.0, 1.5, 3.0, 30.0
PAGE_PAD = 16.0  # beside a label of the page, which a browser sets in a font of its own
ROW = 34.0  # from one row of the page to the next
MAX_TEXT = 330.0  # a label of the page wider than this is shortened; its panel has the whole text
WRAPPED, MOST_LINES = 280.0, 12  # a label of a drawing wider than this goes on in the next line
FIRST_VIEW = 20  # rows shown at first, so that the text is legible
WEIGHED = 12  # branches of which every division between two sides is weighed
RIGHT, LEFT = 1, -1
# A number or a day stays whole and with its unit, a sign with what it marks; brackets stay with what they hold.
_TOKEN = re.compile(
    r"[（(【“]*(?:\[[0-9:]+\]|第?[0-9][0-9.,%-]*.?|[^\w\s\[] \S|[A-Za-z.+/-]{1,24}|.)[，。；：、·）)】”]*", re.DOTALL
)


@dataclass(slots=True)
class Placed:
    """A box of the map with its place: x is the left edge, y the middle; `side` is where it grows to."""

    id: int
    node: MindNode
    depth: int
    parent: int | None
    lines: Sequence[str]
    w: float
    h: float
    side: int = RIGHT
    x: float = 0.0
    y: float = 0.0

    @property
    def label(self) -> str:
        """All that it says."""
        return "".join(self.lines)


class MapLayout:
    """Every box of a tree, parents before children, none overlapping; x and y begin at 0."""

    def __init__(self, root: MindNode, cited: CitedSources | None = None, one_sided: bool = False) -> None:
        """With `cited` the boxes are those of a drawing: of several lines, with their rows; without, of a page."""
        self._cited = cited
        self.boxes: list[Placed] = []
        self._kids: list[list[Placed]] = []
        self._need: list[float] = []  # the height of a box and all below it
        top = self._add(root, 0, None)
        heights_of = [self._need[k.id] for k in self._kids[0]]
        sides = [RIGHT] * len(heights_of) if one_sided else _sides(heights_of)
        for kid, side in zip(self._kids[0], sides, strict=True):
            self._turn(kid, side)
        heights = {s: sum(self._need[k.id] for k in self._kids[0] if k.side == s) for s in (RIGHT, LEFT)}
        tall = max(*heights.values(), self._need[0] if not self._kids[0] else top.h)
        for side, height in heights.items():
            at = (tall - height) / 2
            for kid in (k for k in self._kids[0] if k.side == side):
                self._stand(kid, at, top.w + LEVEL_GAP if side == RIGHT else -LEVEL_GAP)
                at += self._need[kid.id]
        top.y = tall / 2
        left = min(b.x for b in self.boxes)
        for box in self.boxes:
            box.x -= left
        self.width, self.height = max(b.x + b.w for b in self.boxes), tall

    def _add(self, node: MindNode, depth: int, parent: int | None) -> Placed:
        lines = self._lines(node)
        width = max(text_width(line, SIZE) for line in lines) + 2 * (PAD if self._cited else PAGE_PAD)
        high = len(lines) * LINE + 2 * PAD_Y if self._cited else ROW - GAP
        box = Placed(len(self.boxes), node, depth, parent, lines, width, high)
        self.boxes.append(box)
        self._kids.append([])
        self._need.append(0.0)
        for child in node.children:
            self._kids[box.id].append(self._add(child, depth + 1, box.id))
        below = sum(self._need[k.id] for k in self._kids[box.id])
        self._need[box.id] = max(box.h + GAP, below)
        return box

    def _lines(self, node: MindNode) -> Sequence[str]:
        if self._cited is None:
            return [fit(node.label, SIZE, MAX_TEXT)]
        mark = self._cited.cite(node)
        return wrapped(f"{node.label} {mark}" if mark else node.label)

    def _turn(self, box: Placed, side: int) -> None:
        box.side = side
        for kid in self._kids[box.id]:
            self._turn(kid, side)

    def _stand(self, box: Placed, top: float, edge: float) -> None:
        """Put a box into the band that begins at `top`, with its inner edge at `edge`, and those below it beside it."""
        kids, need = self._kids[box.id], self._need[box.id]
        box.x = edge if box.side == RIGHT else edge - box.w
        at = top + (need - sum(self._need[k.id] for k in kids)) / 2
        for kid in kids:
            self._stand(kid, at, box.x + box.w + LEVEL_GAP if box.side == RIGHT else box.x - LEVEL_GAP)
            at += self._need[kid.id]
        middle = (kids[0].y + kids[-1].y) / 2 if kids else top + need / 2
        box.y = min(max(middle, top + box.h / 2), top + need - box.h / 2)


def place(root: MindNode) -> list[Placed]:
    """The boxes of a page."""
    return MapLayout(root).boxes


def _sides(heights: list[float]) -> list[int]:
    """On which side each branch stands: as even as can be, the first on the right, in order where that costs nothing.

    >>> _sides([3.0, 1.0, 1.0, 1.0]), _sides([5.0]), _sides([])
    ([1, -1, -1, -1], [1], [])
    """
    if not heights:
        return []
    rest = len(heights) - 1
    choices: list[tuple[int, ...]]
    if rest < WEIGHED:
        choices = [(RIGHT, *c) for c in product((RIGHT, LEFT), repeat=rest)]
    else:
        choices = [(RIGHT,) * n + (LEFT,) * (rest + 1 - n) for n in range(1, rest + 2)]

    def worth(sides: tuple[int, ...]) -> tuple[float, int]:
        right = sum(h for h, s in zip(heights, sides, strict=True) if s == RIGHT)
        turns = sum(a != b for a, b in pairwise(sides))
        return max(right, sum(heights) - right), turns

    best = min(choices, key=worth)
    return list(best)


@lru_cache(maxsize=1 << 14)
def wrapped(text: str) -> tuple[str, ...]:
    """A label in as many lines as it needs; numbers are not parted.

    >>> wrapped("短"), wrapped("年产12000台" * 5)[0]
    (('短',), '年产12000台年产12000台年产12000台年产')
    """
    if text_width(text, SIZE) <= WRAPPED:
        return (text,)
    lines, width = [""], 0.0
    for token in _TOKEN.findall(text):
        wide = text_width(token, SIZE)
        if lines[-1] and width + wide > WRAPPED:
            lines.append("")
            width = 0.0
        lines[-1] += token
        width += wide
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], fit(lines[MOST_LINES - 1] + "…", SIZE, WRAPPED)]
    return tuple(lines)


def first_folded(root: MindNode) -> set[int]:
    """Which boxes (by their number in `place`) are folded at first: as deep as stays legible.

    Segments always show; the branch of what has no segment opens only when it is short.

    >>> first_folded(MindNode("链", "产业链", children=[MindNode("上游", "阶段")]))
    set()
    """
    boxes = place(root)
    kids: dict[int, list[int]] = {}
    for box in boxes:
        if box.parent is not None:
            kids.setdefault(box.parent, []).append(box.id)
    loose = {b.id for b in boxes if b.node.label == NO_SEGMENT and len(kids.get(b.id, [])) > 4}
    folded = {b.id for b in boxes if b.depth >= 2 and b.id in kids} | loose
    sides = [[b.id for b in boxes if b.parent == 0 and b.side == side] for side in (RIGHT, LEFT)]
    for depth in range(2, max(b.depth for b in boxes) + 1):
        deeper = {i for i in folded if boxes[i].depth > depth or i in loose}
        if max(sum(_rows(branch, kids, deeper) for branch in side) for side in sides) > FIRST_VIEW:
            break
        folded = deeper
    return folded


def _rows(box: int, kids: dict[int, list[int]], folded: set[int]) -> int:
    below = [] if box in folded else kids.get(box, [])
    return sum(_rows(k, kids, folded) for k in below) or 1
