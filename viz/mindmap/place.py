"""Where the boxes of the mind map stand, and which are folded at first."""

from __future__ import annotations

from dataclasses import dataclass

from viz.fonts import fit, text_width
from viz.mindmap.tree import NO_SEGMENT, MindNode

SIZE, PAD, BOX_H, ROW, COLUMN_GAP = 14, 20.0, 27.0, 34.0, 64.0
MAX_TEXT = 330.0  # a label wider than this is shortened; the panel has the whole text
FIRST_VIEW = 20  # rows shown at first, so that the text is legible


@dataclass(slots=True)
class Placed:
    """A box of the map with its place: x is the left edge, y the middle."""

    id: int
    node: MindNode
    depth: int
    parent: int | None
    label: str
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0


def place(root: MindNode, depth: int | None = None) -> list[Placed]:
    """Every box of the tree (to a depth), left to right, parents before children, none overlapping."""
    boxes: list[Placed] = []

    def visit(node: MindNode, level: int, parent: int | None, row: float) -> float:
        label = fit(node.label, SIZE, MAX_TEXT)
        box = Placed(len(boxes), node, level, parent, label, w=text_width(label, SIZE) + PAD)
        boxes.append(box)
        below = node.children if depth is None or level < depth else []
        if not below:
            box.y = row * ROW
            return row + 1
        first = len(boxes)
        for child in below:
            row = visit(child, level + 1, box.id, row)
        kids = [b for b in boxes[first:] if b.parent == box.id]
        box.y = (kids[0].y + kids[-1].y) / 2
        return row

    visit(root, 0, None, 0.0)
    lefts = _columns(boxes)
    for box in boxes:
        box.x = lefts[box.depth]
    return boxes


def _columns(boxes: list[Placed]) -> list[float]:
    widest: dict[int, float] = {}
    for box in boxes:
        widest[box.depth] = max(widest.get(box.depth, 0.0), box.w)
    lefts = [0.0]
    for level in sorted(widest):
        lefts.append(lefts[-1] + widest[level] + COLUMN_GAP)
    return lefts


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
    for depth in range(2, max(b.depth for b in boxes) + 1):
        deeper = {i for i in folded if boxes[i].depth > depth or i in loose}
        if _rows(0, kids, deeper) > FIRST_VIEW:
            break
        folded = deeper
    return folded


def _rows(box: int, kids: dict[int, list[int]], folded: set[int]) -> int:
    below = [] if box in folded else kids.get(box, [])
    return sum(_rows(k, kids, folded) for k in below) or 1
