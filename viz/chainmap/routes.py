"""How arrows run between columns: out at a port, up or down on a track of the channel, through passages, in at a port."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from viz.chainmap.columns import Arrow

PORT_STEP, PORT_ROOM = 10.0, 48.0  # between ports on a side of a card; the part of the side that has ports
CLOSE = 4.0  # lines nearer than this look like one
LEFT, RIGHT = "left", "right"
Point = tuple[float, float]


class Net(NamedTuple):
    """The arrows that share their way: of one source and level, to the same side."""

    source: str
    level: str
    side: str


class Terminal(NamedTuple):
    """Where a net touches a channel: the port of a card on one of its sides, or a passage (side "")."""

    part: str
    side: str
    net: Net


class Hop(NamedTuple):
    """The part of a way within one channel; channel k lies before column k."""

    channel: int
    start: Terminal
    end: Terminal


def passage(net: Net, column: int) -> str:
    """The name of the passage of a net through a column."""
    return "\n".join((*net, str(column)))


def way(link: Arrow, column_of: Mapping[str, int]) -> list[Hop]:
    """The hops of an arrow, from its source to its target.

    >>> [hop.channel for hop in way(Arrow("a", "b"), {"a": 0, "b": 2})]
    [1, 2]
    """
    source, target = column_of[link.source], column_of[link.target]
    forward = source <= target
    out, into = (RIGHT, LEFT if source < target else RIGHT) if forward else (LEFT, RIGHT)
    net = Net(link.source, link.level, out)
    between = range(source + 1, target) if forward else range(source - 1, target, -1)
    stops = [Terminal(link.source, out, net), *(Terminal(passage(net, c), "", net) for c in between)]
    stops.append(Terminal(link.target, into, net))
    channels = [source + 1, *(c + 1 for c in between)] if forward else [source, *between]
    return [Hop(c, a, b) for c, a, b in zip(channels, stops, stops[1:], strict=False)]


@dataclass(slots=True)
class Trunk:
    """What a net occupies in a channel: the heights at which it comes from the left and from the right."""

    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)

    @property
    def low(self) -> float:
        """The upper end."""
        return min((*self.lefts, *self.rights))

    @property
    def high(self) -> float:
        """The lower end."""
        return max((*self.lefts, *self.rights))

    @property
    def straight(self) -> bool:
        """Whether it needs no track: it goes straight across."""
        return self.high == self.low


class Routes:
    """The ways of all arrows between columns whose heights are known."""

    def __init__(self, links: Sequence[Arrow], column_of: Mapping[str, int], y: Callable[[str], float]) -> None:
        self.ways = {link: way(link, column_of) for link in links}
        self.heights = _ports([hop for hops in self.ways.values() for hop in hops], y)
        trunks: dict[int, dict[Net, Trunk]] = defaultdict(lambda: defaultdict(Trunk))
        for hops in self.ways.values():
            for hop in hops:
                trunk = trunks[hop.channel][hop.start.net]
                for end in (hop.start, hop.end):
                    column = column_of[end.part]
                    (trunk.lefts if column < hop.channel else trunk.rights).append(self.heights[end])
        self.tracks = {channel: tracks(nets) for channel, nets in trunks.items()}

    def tracks_of(self, channel: int) -> int:
        """How many tracks a channel needs."""
        return max(self.tracks.get(channel, {}).values(), default=-1) + 1

    def points(self, link: Arrow, ends: tuple[float, float], x: Callable[[int, int], float]) -> tuple[Point, ...]:
        """The corners of an arrow between the x of its ends; `x` gives that of a channel's track."""
        hops = self.ways[link]
        points: list[Point] = [(ends[0], self.heights[hops[0].start])]
        for channel, start, end in hops:
            track = self.tracks[channel].get(start.net)
            if track is not None:
                points += [(x(channel, track), self.heights[start]), (x(channel, track), self.heights[end])]
        points.append((ends[1], self.heights[hops[-1].end]))
        return _corners(points)


def _ports(hops: Iterable[Hop], y: Callable[[str], float]) -> dict[Terminal, float]:
    """How high each terminal is: ports of a side in the order of what they lead to, passages where they pass."""
    towards: dict[Terminal, set[str]] = defaultdict(set)
    for _, start, end in hops:
        towards[start].add(end.part)
        towards[end].add(start.part)
    heights: dict[Terminal, float] = {t: round(y(t.part)) for t in towards if not t.side}
    sides: dict[tuple[str, str], list[tuple[float, Terminal]]] = defaultdict(list)
    for terminal, parts in towards.items():
        if terminal.side:
            mean = sum(sorted(y(p) for p in parts)) / len(parts)
            sides[terminal.part, terminal.side].append((round(mean, 3), terminal))
    for (part, _), ports in sides.items():
        step = min(PORT_STEP, PORT_ROOM / max(1, len(ports) - 1))
        for place, (_, terminal) in enumerate(sorted(ports)):
            heights[terminal] = round(y(part) + (place - (len(ports) - 1) / 2) * step)
    return heights


def tracks(trunks: Mapping[Net, Trunk]) -> dict[Net, int]:
    """A track for each net of a channel, from the left: no two on one where they would touch.

    A line that comes from the left must turn off before one begins that leaves to the right at the same height; where
    lines ask that of each other in a circle, the circle is cut.
    """
    turning = {net: t for net, t in trunks.items() if not t.straight}
    order = sorted(turning, key=lambda net: (_wish(turning[net]), net))
    place_of = {net: place for place, net in enumerate(order)}
    before = _before(turning)
    after: dict[Net, list[Net]] = defaultdict(list)
    for net, others in before.items():
        for other in others:
            after[other].append(net)
    waiting = {net: len(before[net]) for net in order}
    ready = [place for place, net in enumerate(order) if not waiting[net]]
    rank: dict[Net, int] = {}
    occupied: list[list[tuple[float, float]]] = []
    circles = iter(range(len(order)))
    while len(rank) < len(order):
        place = heappop(ready) if ready else next(circles)
        net = order[place]
        if net in rank:
            continue
        rank[net] = _free(occupied, max((rank[b] + 1 for b in before[net] if b in rank), default=0), turning[net])
        for other in after[net]:
            waiting[other] -= 1
            if not waiting[other] and other not in rank:
                heappush(ready, place_of[other])
    return rank


def _free(occupied: list[list[tuple[float, float]]], first: int, trunk: Trunk) -> int:
    """The first track from one on where a trunk touches nothing; it is taken."""
    low, high = trunk.low - CLOSE, trunk.high + CLOSE
    track = first
    while track < len(occupied) and any(low < b and a < high for a, b in occupied[track]):
        track += 1
    while len(occupied) <= track:
        occupied.append([])
    occupied[track].append((trunk.low, trunk.high))
    return track


def _before(trunks: Mapping[Net, Trunk]) -> dict[Net, set[Net]]:
    """For each net those that must turn off left of it."""
    lefts = sorted((y, net) for net, trunk in trunks.items() for y in trunk.lefts)
    heights = [y for y, _ in lefts]
    return {
        net: {
            other
            for y in trunk.rights
            for _, other in lefts[bisect_right(heights, y - CLOSE) : bisect_left(heights, y + CLOSE)]
            if other != net
        }
        for net, trunk in trunks.items()
    }


def _wish(trunk: Trunk) -> tuple[int, float]:
    """Lines that go down take the tracks from the left in order from below, those that go up from above."""
    start = min(trunk.lefts, default=trunk.low)
    end = max(trunk.rights, default=trunk.high)
    return (0, -start) if end > start else (1, start)


def _corners(points: Iterable[Point]) -> tuple[Point, ...]:
    """The same line without points that lie on it."""
    kept: list[Point] = []
    for x, y in points:
        point = (round(x, 1), round(y, 1))
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return tuple(kept)
