"""Where the nodes of a picture stand: in rings beside what they came from, never over one another, never moved again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, ceil, cos, hypot, pi, sin

NODE_W, NODE_H = 128.0, 92.0  # a node with its name below it
DISC_W, DISC_H = 104.0, 46.0
RING, FIRST = 96.0, 150.0  # between two rings, and the first round a node
DISC_RING = 118.0
FAN = 5 * pi / 6  # the angle within which a group comes in
CELL = 128.0
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Taken:
    """The box round something that has its place."""

    x: float
    y: float
    w: float
    h: float

    def meets(self, other: Taken) -> bool:
        """Whether two boxes overlap.

        >>> Taken(0, 0, 10, 10).meets(Taken(9, 0, 10, 10)), Taken(0, 0, 10, 10).meets(Taken(10, 0, 10, 10))
        (True, False)
        """
        return abs(self.x - other.x) * 2 < self.w + other.w and abs(self.y - other.y) * 2 < self.h + other.h


@dataclass(frozen=True, slots=True)
class Fan:
    """Rings round a middle, within an angle."""

    middle: Place
    toward: float
    spread: float = FAN
    first: float = FIRST
    step: float = RING


class NodePlaces:
    """The places given so far."""

    def __init__(self) -> None:
        self.of: dict[str, Place] = {}
        self._boxes: dict[str, Taken] = {}
        self._cells: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        self._left: dict[tuple[object, ...], Iterator[Place]] = {}  # candidates that were not tried yet

    def put(self, ident: str, place: Place, w: float = NODE_W, h: float = NODE_H) -> None:
        """Give a place, whatever stands there: what a person moves may lie over something."""
        if ident in self._boxes:
            for cell in _cells(self._boxes[ident]):
                self._cells[cell].discard(ident)
        box = self._boxes[ident] = Taken(*place, w, h)
        self.of[ident] = place
        for cell in _cells(box):
            self._cells[cell].add(ident)

    def _is_free(self, box: Taken) -> bool:
        around = {ident for cell in _cells(box) for ident in self._cells.get(cell, ())}
        return not any(box.meets(self._boxes[ident]) for ident in around)

    def settle(self, ident: str, fan: Fan, w: float = NODE_W, h: float = NODE_H) -> None:
        """The first place of a fan that is free. What was taken once is not tried again for a box of the same size."""
        for x, y in self._left.setdefault((fan, w, h), rings(fan)):
            if self._is_free(Taken(x, y, w, h)):
                self.put(ident, (round(x), round(y)), w, h)
                return

    def heading(self, ident: str, default: float = 0.0) -> float:
        """Away from the middle of everything: where there is most room."""
        x, y = self.of[ident]
        others = [p for other, p in self.of.items() if other != ident]
        if not others:
            return default
        mid = (sum(p[0] for p in others) / len(others), sum(p[1] for p in others) / len(others))
        return atan2(y - mid[1], x - mid[0]) if hypot(x - mid[0], y - mid[1]) > 1 else default


def rings(fan: Fan) -> Iterator[Place]:
    """The places of a fan, near ones first; in each ring from its direction to both sides.

    >>> x, y = next(rings(Fan((0, 0), 0.0, first=100)))
    >>> round(x), round(y)
    (125, 0)
    """
    radius, step = fan.first, fan.step
    while True:
        # After some rings of a fan that is full, all round: there is always a place.
        width = fan.spread if radius < fan.first + 12 * step else 2 * pi
        count = max(1, ceil(radius * width / (NODE_W * 0.52)))
        for turn in range(count + 1):
            angle = fan.toward + (turn + 1) // 2 * (1 if turn % 2 else -1) * width / max(count, 1)
            yield fan.middle[0] + radius * cos(angle) * 1.25, fan.middle[1] + radius * sin(angle)
        radius += step / 2


def _cells(box: Taken) -> Iterator[tuple[int, int]]:
    for i in range(int((box.x - box.w / 2) // CELL), int((box.x + box.w / 2) // CELL) + 1):
        for j in range(int((box.y - box.h / 2) // CELL), int((box.y + box.h / 2) // CELL) + 1):
            yield i, j
