"""The picture of a neighbourhood as plain JSON: nodes with their places, discs of groups, edges, legend."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import atan2, pi, sqrt
from typing import Any

from graph.answers.documents.workbench.explored import ExploredNodeDocument, ExploredPictureDocument
from graph.answers.explorer.picture import Arrival, Move, Picture
from graph.looks import Looks
from viz.fonts import wrap
from viz.graphmap.places import DISC_H, DISC_RING, DISC_W, Fan, NodePlaces, Place
from viz.theme import GROUP, STATUS_STYLES

LABEL_W, LABEL = 120.0, 12.0
SMALLEST, PLAIN, LARGEST = 12.0, 15.0, 27.0  # radii
PALETTE = ("#0e7480", "#b8470b", "#0b5cad", "#722ed1", "#237804", "#a8071a", "#6b5300", "#50565e")
Document = dict[str, Any]


def places_of(arrivals: Iterable[Arrival | Move], drawn: Collection[str]) -> dict[str, Place]:
    """Where everything stands, in the order in which it came: the same arrivals, the same places."""
    places = NodePlaces()
    for arrival in arrivals:
        if isinstance(arrival, Move):
            places.put(arrival.id, arrival.place)
        elif any(i not in drawn for i in arrival.ids):
            _discs(places, arrival)
        else:
            _nodes(places, arrival)
    return places.of


def _discs(places: NodePlaces, arrival: Arrival) -> None:
    """All round a lone node, else on the side where there is room."""
    (owner,) = arrival.beside
    alone, count = len(places.of) == 1, len(arrival.ids)
    heading = places.heading(owner, -pi / 2)
    first = max(DISC_RING, count * 11.0) if alone else DISC_RING  # one ring for all of them
    width = 2 * pi if alone else min(2 * pi, 0.75 * count)
    for number, disc in enumerate(arrival.ids):
        part = number / count if alone else (number + 0.5) / count - 0.5
        candidates = Fan(places.of[owner], heading + part * width, pi, first, 50)
        places.settle(disc, candidates, DISC_W, DISC_H)


def _nodes(places: NodePlaces, arrival: Arrival) -> None:
    beside = [places.of[n] for n in arrival.beside if n in places.of]
    for ident in arrival.ids:
        if not beside:
            right = max((x for x, _ in places.of.values()), default=-480.0)
            places.settle(ident, Fan((right + 480.0, 0.0), 0.0, 2 * pi, 0.0))
        elif len(beside) > 1:
            (ax, ay), (bx, by) = beside[0], beside[1]
            middle = (ax + (bx - ax) * arrival.share, ay + (by - ay) * arrival.share)
            places.settle(ident, Fan(middle, pi / 2, 2 * pi, 0.0))
        else:
            places.settle(ident, Fan(beside[0], _angle(places, arrival)))


def _angle(places: NodePlaces, arrival: Arrival) -> float:
    """From what they are near to the disc that they come out of."""
    (owner,) = arrival.beside[:1]
    if arrival.toward in places.of:
        (x, y), (dx, dy) = places.of[owner], places.of[arrival.toward or ""]
        return atan2(dy - y, dx - x)
    return places.heading(owner)


def graph_scene(
    picture: Picture,
    document: ExploredPictureDocument,
    looks: Mapping[str, Looks],
    size: str | None = None,
    color: str | None = None,
) -> Document:
    """What the page and the files draw. `size` is a column of numbers, `color` a facet."""
    places = places_of(picture.arrivals, picture.drawn)
    colors = _colors(document, looks, color)
    most = max((_amount(n, size) or 0.0 for n in document["nodes"]), default=0.0)
    marks = _marks(looks)
    nodes = [
        {
            **node,
            "x": places[node["id"]][0],
            "y": places[node["id"]][1],
            "lines": wrap(node["name"], LABEL, LABEL_W),
            "mark": marks[node["kind"]],
            "color": colors[_shade(node, color)],
            "r": _radius(_amount(node, size), most, size),
            "unknown": bool(size) and _amount(node, size) is None,
        }
        for node in document["nodes"]
        if node["id"] in places
    ]
    groups = [
        {**g, "x": places[g["id"]][0], "y": places[g["id"]][1], "w": DISC_W - 8, "h": DISC_H - 6,
         "color": looks[g["kind"]].color}
        for g in document["groups"] if g["id"] in places
    ]  # fmt: skip
    legend = [{"caption": c, "color": v} for c, v in colors.items()]
    words = [f"大小：{size}"] if size else []
    return {**document, "nodes": nodes, "groups": groups, "legend": legend, "words": [*document["filters"], *words]}


def _marks(kinds: Iterable[str]) -> dict[str, str]:
    """A character of each kind's caption that no kind before it has.

    >>> _marks(["企业", "企业年报", "产品"])
    {'企业': '企', '企业年报': '业', '产品': '产'}
    """
    marks: dict[str, str] = {}
    for kind in kinds:
        marks[kind] = next((c for c in kind if c not in marks.values()), kind[0])
    return marks


def _amount(node: ExploredNodeDocument, size: str | None) -> float | None:
    return float(node["weight"]) if size == "关系数" else node["numbers"].get(size or "")


def _radius(amount: float | None, most: float, size: str | None) -> float:
    """By the root of the amount, so that areas compare; what is not told is small, and drawn dashed."""
    if not size:
        return PLAIN
    if amount is None or most <= 0:
        return SMALLEST
    return round(SMALLEST + (LARGEST - SMALLEST) * sqrt(max(amount, 0.0) / most), 1)


def _shade(node: ExploredNodeDocument, color: str | None) -> str:
    values: Mapping[str, Any] = node
    return str(values[color] or "未写明") if color and color != "kind" else node["kind"]


def _colors(document: ExploredPictureDocument, looks: Mapping[str, Looks], color: str | None) -> dict[str, str]:
    """The colour of each value, in order; what is not told is grey."""
    values = sorted({_shade(n, color) for n in document["nodes"]})
    if not color or color == "kind":
        return {v: looks[v].color or GROUP for v in sorted(values, key=list(looks).index)}
    statuses = {s.caption: s.color for s in STATUS_STYLES.values()} if color == "status" else {}
    rest = iter(v for v in values if v not in statuses and v != "未写明")
    shades = {v: PALETTE[n % len(PALETTE)] for n, v in enumerate(rest)}
    return {v: statuses.get(v) or shades.get(v) or GROUP for v in values}
