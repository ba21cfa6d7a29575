"""How high everything stands: few crossings, and what is linked as level as there is room for."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SWEEPS, EASINGS = 8, 4
GAP_Y, PASS_GAP = 12.0, 8.0  # between cards; between a card and an arrow that passes


@dataclass(eq=False, slots=True)
class Slot:
    """What takes room in a column: a tree of cards, or the passage of an arrow. `parts`: each one's middle in it."""

    key: str
    parts: dict[str, float]
    height: float
    passage: bool = False
    top: float = 0.0


@dataclass(slots=True)
class Board:
    """Columns of slots, and the wires between parts of columns that stand beside each other."""

    columns: list[list[Slot]]
    wires: list[tuple[str, str]]
    slot_of: dict[str, Slot] = field(default_factory=dict)
    wired: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.slot_of = {part: slot for column in self.columns for slot in column for part in slot.parts}
        for a, b in self.wires:
            if self.slot_of[a] is not self.slot_of[b]:
                self.wired[a].append(b)
                self.wired[b].append(a)

    def y(self, part: str) -> float:
        """The middle of a part."""
        slot = self.slot_of[part]
        return slot.top + slot.parts[part]

    def settle(self) -> float:
        """Order the columns by barycentres, then ease them; the height of the whole."""
        for column in self.columns:
            _stack(column)
        best, fewest = [list(c) for c in self.columns], self._crossings()
        for sweep in range(SWEEPS):
            for column in self.columns[:: 1 if sweep % 2 == 0 else -1]:
                wished = {slot.key: self._wished(slot) for slot in column}
                column.sort(key=lambda slot, wished=wished: (wished[slot.key], slot.top, slot.key))  # type: ignore[misc]
                _stack(column)
            if (crossings := self._crossings()) < fewest:
                best, fewest = [list(c) for c in self.columns], crossings
        self.columns[:] = best
        height = max((_stack(column) for column in self.columns), default=0.0)
        for sweep in range(EASINGS):
            for column in self.columns[:: 1 if sweep % 2 == 0 else -1]:
                _ease(column, [self._wished(slot) for slot in column], height)
        return height

    def _wished(self, slot: Slot) -> float:
        """The top of a slot whose parts would stand level with what they are linked to."""
        wishes = [self.y(other) - middle for part, middle in slot.parts.items() for other in self.wired.get(part, ())]
        return round(sum(wishes) / len(wishes), 3) if wishes else slot.top

    def _crossings(self) -> int:
        """How many wires cross between columns beside each other."""
        place = {part: at for at, column in enumerate(self.columns) for slot in column for part in slot.parts}
        between: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for a, b in self.wires:
            left, right = (a, b) if place[a] < place[b] else (b, a)
            if place[left] != place[right]:
                between[place[left]].append((self.y(left), self.y(right)))
        return sum(_inversions(ends) for ends in between.values())


def _inversions(ends: list[tuple[float, float]]) -> int:
    count, before = 0, list[float]()
    for _, y in sorted(ends, key=lambda e: (e[0], -e[1]), reverse=True):
        count += bisect_left(before, y)
        insort(before, y)
    return count


def _gap(a: Slot, b: Slot) -> float:
    if a.passage and b.passage:
        return 0.0
    return PASS_GAP if a.passage or b.passage else GAP_Y


def _offsets(column: Sequence[Slot]) -> list[float]:
    """Where each slot of a column begins when they stand as close as they may; last, its height."""
    offsets, at = [], 0.0
    for slot, below in zip(column, [*column[1:], None], strict=True):
        offsets.append(at)
        at += slot.height + (_gap(slot, below) if below else 0.0)
    return [*offsets, at]


def _stack(column: Sequence[Slot]) -> float:
    """Slots as close as they may, around the middle; the height of the column."""
    *offsets, height = _offsets(column)
    for slot, offset in zip(column, offsets, strict=True):
        slot.top = offset - height / 2
    return height


def _ease(column: Sequence[Slot], wished: Iterable[float], height: float) -> None:
    """Each slot as near to its wish as order, distances and the height allow (least squares, pooled neighbours)."""
    *offsets, own = _offsets(column)
    pools: list[tuple[float, int]] = []  # mean wish, how many slots
    for wish, offset in zip(wished, offsets, strict=True):
        mean, count = wish - offset, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (mean * count + before * many) / (count + many), count + many
        pools.append((mean, count))
    tops = [min(max(mean, -height / 2), height / 2 - own) for mean, count in pools for _ in range(count)]
    for slot, top, offset in zip(column, tops, offsets, strict=True):
        slot.top = float(round(top + offset))
