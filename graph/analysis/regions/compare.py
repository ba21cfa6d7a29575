"""What comparing regions says of each segment; nothing where too few regions can be compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analysis.config import GapConfig
from graph.analysis.regions.complexity import complexity, density, has, location_quotient, proximity
from graph.analysis.supply.availability import Supply
from graph.text import norm

if TYPE_CHECKING:
    import pandas as pd


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
    Mere sums over children (汇总) are left out. Empty where fewer than `regions_at_least` regions share a segment with
    another: then nothing may be said.
    """
    table = makers_by_region(supply)
    if len(table) < config.regions_at_least:
        return {}
    makers = table.to_numpy(dtype=float)
    owned = has(makers)
    try:
        pci = complexity(owned).pci
    except ValueError:  # all regions alike: there is nothing to compare
        return {}
    related = density(owned, proximity(owned))
    expected = makers.sum(axis=1, keepdims=True) * makers.sum(axis=0, keepdims=True) / makers.sum()
    rank = (pci[:, None] > pci[None, :]).mean(axis=1) + (pci[:, None] == pci[None, :]).mean(axis=1) / 2
    rows, columns = ({name: at for at, name in enumerate(axis)} for axis in (table.index, table.columns))
    figures = {}
    for ident, s in supply.segments.items():
        row, column = rows.get(s.county), columns.get(norm(s.fact.name))
        if row is not None and column is not None:
            quotient = location_quotient(
                float(makers[row, column]), float(expected[row, column]), config.quotient_prior
            )
            figures[ident] = Regional(float(related[row, column]), float(rank[column]), quotient)
    return figures


def makers_by_region(supply: Supply, among: Collection[str] | None = None) -> pd.DataFrame:
    """Makers (N) of each product (a segment's name) that several regions make, a row for each of these regions; of some
    regions (ids) alone where `among` is given."""
    import pandas as pd  # takes half a second: loaded only where regions are compared

    leaves = [s for s in supply.segments.values() if s.total and s.counted and (among is None or s.county in among)]
    counts = pd.DataFrame(
        {
            "region": [s.county for s in leaves],
            "product": [norm(s.fact.name) for s in leaves],
            "makers": [s.total for s in leaves],
        }
    )
    table = counts.pivot_table(index="region", columns="product", values="makers", aggfunc="sum", fill_value=0)
    shared = table.loc[:, (table > 0).sum() > 1]
    return shared[shared.sum(axis=1) > 0]
