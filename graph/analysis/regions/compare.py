"""What comparing regions says of each segment; nothing where too few regions can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from graph.analysis.config import GapConfig
from graph.analysis.regions.complexity import complexity, density, has, location_quotient, proximity
from graph.analysis.supply.availability import Supply
from graph.text import norm


@dataclass(frozen=True, slots=True)
class Regional:
    """What comparing regions says of a segment: density and complexity (its rank by PCI) in [0, 1], and the
    location quotient of its makers, shrunk, with a 95 % interval."""

    density: float
    complexity: float
    quotient: tuple[float, float, float]  # low, middle, high


def compare_regions(supply: Supply, config: GapConfig) -> dict[str, Regional]:
    """The regional figures of each segment (id) whose name other regions know too.

    Regions are the chains' counties; a product is a segment's name, in whatever chain; what is counted is N.
    Sums over children are left out. Empty where fewer than `regions_at_least` regions share a segment with
    another: then nothing may be said.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for s in supply.segments.values():
        if s.total and not s.children and s.fact.stage != "应用":
            counts[s.county, norm(s.fact.name)] += s.total
    shared = Counter(name for _, name in counts)
    counts = Counter({key: n for key, n in counts.items() if shared[key[1]] > 1})
    regions = {r: i for i, r in enumerate(sorted({r for r, _ in counts}))}
    if len(regions) < config.regions_at_least:
        return {}
    names = {n: i for i, n in enumerate(sorted({n for _, n in counts}))}
    makers = np.zeros((len(regions), len(names)))
    for (region, name), n in counts.items():
        makers[regions[region], names[name]] = n
    owned = has(makers)
    try:
        pci = complexity(owned).pci
    except ValueError:  # all regions alike: there is nothing to compare
        return {}
    related = density(owned, proximity(owned))
    expected = makers.sum(axis=1, keepdims=True) * makers.sum(axis=0, keepdims=True) / makers.sum()
    rank = (pci[:, None] > pci[None, :]).mean(axis=1) + (pci[:, None] == pci[None, :]).mean(axis=1) / 2
    figures = {}
    for ident, s in supply.segments.items():
        row, column = regions.get(s.county), names.get(norm(s.fact.name))
        if row is not None and column is not None:
            quotient = location_quotient(
                float(makers[row, column]), float(expected[row, column]), config.quotient_prior
            )
            figures[ident] = Regional(float(related[row, column]), float(rank[column]), quotient)
    return figures
