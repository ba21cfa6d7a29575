"""The classes that counties are coloured by: numbers in up to five steps, lights as they are, what has no number hatched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.text import digits
from viz.theme import LIGHT_STYLES, RAMP, RAMP_EDGE, SOFT

STEPS = len(RAMP)
EMPTY = "none"  # the key of what has no number
Row = Mapping[str, Any]  # a county of the document of regions


@dataclass(frozen=True, slots=True)
class Shade:
    """A class of the legend: its key (which stylesheets know), what it says, its colours, how many counties are in it."""

    key: str
    caption: str
    fill: str
    edge: str = RAMP_EDGE
    sign: str = ""
    count: int = 0

    @property
    def empty(self) -> bool:
        """Whether it is of what has no number: hatched."""
        return self.key == EMPTY


def shades(rows: Sequence[Row], unit: str) -> tuple[list[Shade], dict[str, Shade]]:
    """The classes that occur, in order, and the class of each county (id).

    >>> rows = [{"county_id": n, "value": v, "light": None, "text": ""} for n, v in (("a", 0.0), ("b", 3.0), ("c", 3.0))]
    >>> [(s.key, s.caption, s.count) for s in shades(rows, "个")[0]]
    [('ramp-0', '0个', 1), ('ramp-4', '3个', 2)]
    """
    steps = _steps([row["value"] for row in rows if row["value"] is not None], unit)
    of = {row["county_id"]: _shade(row, steps) for row in rows}
    counts = Counter(of.values())
    order = [
        *dict.fromkeys(s for _, s in steps),
        *_lights(counts),
        *sorted({s for s in counts if s.empty}, key=_caption),
    ]
    counted = {s: Shade(s.key, s.caption, s.fill, s.edge, s.sign, counts[s]) for s in order if counts[s]}
    return list(counted.values()), {ident: counted[s] for ident, s in of.items()}


def _caption(shade: Shade) -> str:
    return shade.caption


def _lights(counts: Mapping[Shade, int]) -> list[Shade]:
    order = list(LIGHT_STYLES)
    return sorted((s for s in counts if s.sign), key=lambda s: order.index(s.caption))


def _shade(row: Row, steps: Sequence[tuple[float, Shade]]) -> Shade:
    if row["light"]:
        style = LIGHT_STYLES[row["light"]]
        return Shade(f"light-fill-{row['light']}", style.word, style.fill, style.edge, style.sign)
    if row["value"] is not None:
        return next(shade for most, shade in steps if row["value"] <= most)
    return Shade(EMPTY, row["text"].partition("：")[0], SOFT)


def _steps(values: Sequence[float], unit: str) -> list[tuple[float, Shade]]:
    """Classes with the largest value of each: of shares each fifth, of few numbers each its own, else about as many
    counties in each."""
    distinct = sorted(set(values))
    if not distinct:
        return []
    if unit == "%" and distinct[0] >= 0 and distinct[-1] <= 100:
        most = [20.0, 40.0, 60.0, 80.0, 100.0]
        return [(m, _step(n, f"{f'{most[n - 1]:g}–' if n else '0–'}{m:g}%")) for n, m in enumerate(most)]
    if len(distinct) <= STEPS:
        spread = [round(n * (STEPS - 1) / max(len(distinct) - 1, 1)) for n in range(len(distinct))]
        return [(v, _step(n, f"{digits(round(v, 1))}{unit}")) for v, n in zip(distinct, spread, strict=True)]
    ends = sorted({distinct[(len(distinct) * n) // STEPS - 1] for n in range(1, STEPS + 1)})
    starts = [distinct[0], *(next(v for v in distinct if v > e) for e in ends[:-1])]
    spans = zip(starts, ends, strict=True)
    return [(e, _step(n, _span(s, e, unit))) for n, (s, e) in enumerate(spans)]


def _span(start: float, end: float, unit: str) -> str:
    low, high = digits(round(start, 1)), digits(round(end, 1))
    return f"{low}{unit}" if low == high else f"{low}–{high}{unit}"


def _step(number: int, caption: str) -> Shade:
    return Shade(f"ramp-{number}", caption, RAMP[number])
