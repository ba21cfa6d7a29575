"""The targets that reach a chain from above: those of its county, of what that is part of, and of the whole city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graph.queries.explorer import Explorer
from graph.queries.rows import GraphReader
from graph.store.rows import Row

TARGET, REGION, WHOLE = "指标", "县市区", "全市"
Sources = Callable[[Iterable[int]], Mapping[int, dict[str, Any]]]


class Cities:
    """Which city 全市 means in a row: that of the regions which its own file defines; in a file without regions, every
    city."""

    def __init__(self, reader: GraphReader, sources: Sources, rows: Iterable[Row]) -> None:
        self._above = {e["source"]: e["target"] for e in reader.edges("PART_OF", REGION, REGION)}
        regions = reader.nodes(REGION)
        self.tops = {self.line(row["id"])[-1] for row in regions}
        self._files = sources({seq for row in (*rows, *regions) for seq in row["records"]}) if rows else {}
        self._of_file: dict[str, set[str]] = defaultdict(set)  # file -> the highest regions of what it defines
        for row in regions:
            for file in self._files_of(row["records"]):
                self._of_file[file].add(self.line(row["id"])[-1])

    def line(self, region: str) -> list[str]:
        """A region and those above it, the nearest first."""
        line = [region]
        while line[-1] in self._above and self._above[line[-1]] not in line:
            line.append(self._above[line[-1]])
        return line

    def of(self, records: Iterable[int]) -> set[str]:
        """The highest regions of what the files of some rows define; empty where they define none."""
        return {top for file in self._files_of(records) for top in self._of_file[file]}

    def _files_of(self, records: Iterable[int]) -> set[str]:
        return {self._files[seq]["file"] for seq in records if seq in self._files}


def targets_above(explorer: Explorer, county: str, sources: Sources) -> set[str]:
    """The targets (ids) set for a county (id), for the regions above it, or for the whole of its city."""
    reader = explorer.reader
    wide = [r for r in reader.nodes(TARGET) if r.get("object") == WHOLE]
    cities = Cities(reader, sources, wide)
    line = cities.line(county)
    targets = {e["source"] for e in reader.edges("SET_FOR", TARGET, REGION, end=set(line))}
    return targets | {row["id"] for row in wide if not (tops := cities.of(row["records"])) or line[-1] in tops}
