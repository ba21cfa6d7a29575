"""The targets that reach a chain from above: those of its county, of what that is part of, and of the whole city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graph.queries.explorer import Explorer
from graph.store.rows import Row

TARGET, REGION, WHOLE = "指标", "县市区", "全市"
Sources = Callable[[Iterable[int]], Mapping[int, dict[str, Any]]]


def targets_above(explorer: Explorer, county: str, sources: Sources) -> set[str]:
    """The targets (ids) set for a county (id), for the regions above it, or for the whole of its city.

    全市 means the city of the regions that its own file defines; in a file without regions, every city.
    """
    reader = explorer.reader
    above = {e["source"]: e["target"] for e in reader.edges("PART_OF", REGION, REGION)}
    line = [county]
    while line[-1] in above and above[line[-1]] not in line:
        line.append(above[line[-1]])
    targets = {e["source"] for e in reader.edges("SET_FOR", TARGET, REGION, end=set(line))}
    wide = [r for r in reader.nodes(TARGET) if r.get("object") == WHOLE]
    if not wide:
        return targets
    regions = reader.nodes(REGION)
    files = sources({seq for row in (*wide, *regions) for seq in row["records"]})
    tops: dict[str, set[str]] = defaultdict(set)  # file -> the highest regions of what it defines
    for row in regions:
        for file in _files(row, files):
            tops[file].add(_top(row["id"], above))
    own = _top(county, above)

    def reaches(row: Row) -> bool:
        defined = {top for file in _files(row, files) for top in tops[file]}
        return not defined or own in defined

    return targets | {row["id"] for row in wide if reaches(row)}


def _files(row: Row, files: Mapping[int, dict[str, Any]]) -> Iterable[str]:
    return {files[seq]["file"] for seq in row["records"] if seq in files}


def _top(region: str, above: Mapping[str, str]) -> str:
    seen = [region]
    while seen[-1] in above and above[seen[-1]] not in seen:
        seen.append(above[seen[-1]])
    return seen[-1]
