"""Where everything stands on a map of counties: outlines to scale, a square for each county that has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from math import cos, hypot, radians

from viz.fonts import text_width
from viz.regionmap.outline import NamedCounty, Outline, Point, Ring, codes_of, outlines, prefecture_name, prefectures_of

WIDTH, TALLEST, MARGIN = 760.0, 560.0, 14.0
TILE, TILE_TALL, TILE_GAP, TILE_HEAD = 150.0, 48.0, 8.0, 24.0
NAME, LEADING = 12.0, 15.0
BESIDE = 9  # squares that stand in a column beside the outlines; more stand in rows below
GRID = 14  # places tried across a county for its middle
AROUND = [(0, 0), *((dx * r, dy * r) for r in range(1, 12) for dx, dy in (
    (0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1),
))]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """A county as it is drawn: its rings on the page, or the box of its square; `county` None is not in the data."""

    name: str
    county: NamedCounty | None
    rings: tuple[Ring, ...]
    middle: Point
    tile: bool = False


@dataclass(slots=True)
class Ground:
    """All areas, the height of the map, and the names of the prefectures that are drawn to scale."""

    areas: list[Area]
    height: float
    prefectures: list[str]
    tiles_from: Point | None = None  # where the squares begin
    ports: dict[str, Point] = field(default_factory=dict)  # by county (id), where its arcs end


def ground_of(counties: Sequence[NamedCounty]) -> Ground:
    """The ground of some counties: the whole of each prefecture that any of them lies in, then squares for the rest."""
    codes = codes_of(counties)
    keys = prefectures_of(codes.values(), {c.city for c in counties if c.city})
    by_code = {codes[c.id]: c for c in counties if c.id in codes}
    drawn = [(outline, middle) for key in keys for outline, middle in zip(outlines(key), middles(key), strict=True)]
    rest = [c for c in counties if c.id not in codes]
    beside = bool(drawn) and 0 < len(rest) <= BESIDE
    areas, height = _to_scale(drawn, by_code, WIDTH - (TILE + MARGIN) * beside) if drawn else ([], 0.0)
    start = (WIDTH - MARGIN - TILE, 0.0) if beside else (MARGIN, height)
    tiles, bottom = _tiles(rest, start)
    ground = Ground([*areas, *tiles], max(bottom, height), [prefecture_name(k) for k in keys], start if rest else None)
    ground.ports = {
        a.county.id: (a.rings[0][0][0], a.middle[1]) if a.tile and beside else a.middle
        for a in ground.areas
        if a.county
    }
    return ground


def _to_scale(
    drawn: Sequence[tuple[Outline, Point]], by_code: Mapping[str, NamedCounty], width: float
) -> tuple[list[Area], float]:
    points = [p for outline, _ in drawn for ring in outline.rings for p in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    flat = cos(radians((south + north) / 2))
    wide, tall = max((east - west) * flat, 1e-6), max(north - south, 1e-6)
    scale = min((width - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    left = (width - wide * scale) / 2

    def on_page(point: Point) -> Point:
        return left + (point[0] - west) * flat * scale, MARGIN + (north - point[1]) * scale

    areas = [
        Area(o.name, by_code.get(o.code), tuple(tuple(map(on_page, r)) for r in o.rings), on_page(middle))
        for o, middle in drawn
    ]
    return areas, tall * scale + 2 * MARGIN


def _tiles(rest: Sequence[NamedCounty], start: Point) -> tuple[list[Area], float]:
    """A square for each county without an outline, in rows from a place on, each city beginning a row; where they end."""
    left, top = start
    abreast = int((WIDTH - MARGIN - left + TILE_GAP) // (TILE + TILE_GAP))
    areas: list[Area] = []
    row = 0
    for _, some in groupby(rest, key=lambda c: c.city):
        for number, county in enumerate(some):
            row += bool(areas) and number % abreast == 0
            x, y = left + number % abreast * (TILE + TILE_GAP), top + TILE_HEAD + row * (TILE_TALL + TILE_GAP)
            box: Ring = ((x, y), (x + TILE, y), (x + TILE, y + TILE_TALL), (x, y + TILE_TALL))
            areas.append(Area(county.name, county, (box,), (x + TILE / 2, y + TILE_TALL / 2), tile=True))
    return areas, max((a.rings[0][2][1] + MARGIN for a in areas), default=top)


@cache
def middles(prefecture: str) -> tuple[Point, ...]:
    """For each county of a prefecture the place in it that is farthest from its border, where its name stands."""
    return tuple(_middle(max(o.rings, key=_box_of)) for o in outlines(prefecture))


def _box_of(ring: Ring) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _middle(ring: Ring) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    west, south, wide, tall = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    best, room = (west + wide / 2, south + tall / 2), 0.0
    for across in range(1, GRID):
        for up in range(1, GRID):
            point = west + wide * across / GRID, south + tall * up / GRID
            if _within(point, ring) and (free := _to_border(point, ring)) > room:
                best, room = point, free
    return best


def _within(point: Point, ring: Ring) -> bool:
    x, y = point
    inside = False
    for n, (x1, y1) in enumerate(ring):
        x2, y2 = ring[n - 1]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _to_border(point: Point, ring: Ring) -> float:
    x, y = point
    return min(hypot(px - x, py - y) for px, py in ring)


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a name and where the first begins (its middle); `off` where it stands beside its county."""

    area: Area
    lines: tuple[str, ...]
    at: Point
    off: bool


def labels(ground: Ground, texts: Mapping[str, str]) -> list[Label]:
    """A name with its value for each area, none over another; where there is no room the drawing says it on pointing."""
    taken: list[tuple[float, float, float, float]] = []
    placed = []
    for area in sorted(ground.areas, key=lambda a: (a.county is None, a.name)):
        value = texts.get(area.county.id, "") if area.county else ""
        lines = tuple(line for line in (area.name, value) if line)
        wide = max(text_width(line, NAME) for line in lines)
        tall = LEADING * len(lines)
        for dx, dy in AROUND[:1] if area.tile else AROUND:
            x, y = area.middle[0] + dx * (wide / 4 + 14), area.middle[1] + dy * LEADING * 1.2
            box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            if (
                box[0] >= 2
                and box[2] <= WIDTH - 2
                and box[1] >= 2
                and box[3] <= ground.height
                and not any(_over(box, other) for other in taken)
            ):
                taken.append(box)
                placed.append(Label(area, lines, (x, y - tall / 2 + NAME), bool(dx or dy)))
                break
    return placed


def _over(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
