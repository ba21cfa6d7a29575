"""Arcs between places on a map: bent to one hand, so that two ways do not cover each other, clear of the names at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from viz.regionmap.outline import Point

BEND, CLEAR, APART = 0.22, 26.0, 20.0
ALIGNED, COLUMN = 1.0, 70.0
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)  # where the number of an arc may stand


@dataclass(frozen=True, slots=True)
class Arc:
    """The paths of a line and of its tip, how wide it is, and where its number stands."""

    line: str
    tip: str
    width: float
    mark: Point


def arc_between(start: Point, end: Point, width: float, marks: Sequence[Point] = ()) -> Arc:
    """An arc from place to place; its number stands apart from the `marks` of others.

    >>> arc = arc_between((0, 0), (100, 0), 2)
    >>> arc.line, arc.mark
    ('M23.8 10.5Q50.0 22.0 69.8 13.3', (50.0, 16.2))
    """
    (x1, y1), (x2, y2) = start, end
    down = y2 - y1
    if abs(x1 - x2) < ALIGNED:  # squares of a column: out to the left, the two ways of a pair not over each other
        bend = min(x1, x2) - COLUMN * (1.3 if down > 0 else 0.9), (y1 + y2) / 2
    else:
        bend = (x1 + x2) / 2 - down * BEND, (y1 + y2) / 2 + (x2 - x1) * BEND
    first, last = _towards(start, bend), _towards(end, bend)
    size = 5 + width
    ux, uy = _unit(bend, last)
    base = last[0] - ux * size, last[1] - uy * size
    wings = [(base[0] - uy * size / 2, base[1] + ux * size / 2), (base[0] + uy * size / 2, base[1] - ux * size / 2)]
    places = [_on(first, bend, last, t) for t in ALONG]
    mark = next((p for p in places if all(hypot(p[0] - x, p[1] - y) > APART for x, y in marks)), places[0])
    line = f"M{first[0]:.1f} {first[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {base[0]:.1f} {base[1]:.1f}"
    tip = f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in (last, *wings))}Z"
    return Arc(line, tip, width, mark)


def _unit(start: Point, end: Point) -> Point:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _towards(place: Point, bend: Point) -> Point:
    """A little way from a place, clear of its name; half of the way where that is less."""
    ux, uy = _unit(place, bend)
    way = min(CLEAR, hypot(bend[0] - place[0], bend[1] - place[1]) / 2)
    return place[0] + ux * way, place[1] + uy * way


def _on(start: Point, bend: Point, end: Point, part: float) -> Point:
    rest = 1 - part
    x = rest * rest * start[0] + 2 * rest * part * bend[0] + part * part * end[0]
    y = rest * rest * start[1] + 2 * rest * part * bend[1] + part * part * end[1]
    return round(x, 1), round(y, 1)
