"""Where a region stands with each product against its peers, which regions are alike, what a region could take up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analysis.config import GapConfig
from graph.analysis.regions.complexity import complexity, density, has, location_quotient, proximity

if TYPE_CHECKING:
    import pandas as pd

STRENGTH, THREAT, CHANCE, WEAKNESS = "优势", "威胁", "机会", "劣势"
BESIDE = 3  # products named that go with one


@dataclass(frozen=True, slots=True)
class ProductStanding:
    """One product in one region, against its peers.

    `quotient` is the location quotient of its makers (low, middle, high); `related` the share of what goes with it that
    the region has, `usual` the mean of that over all peers; `complexity` its rank by PCI in [0, 1]. `beside` are the
    products of the region that go with it most often, `elsewhere` the peers that have it.
    """

    product: str
    makers: int
    quotient: tuple[float, float, float]
    related: float
    usual: float
    complexity: float
    quadrant: str
    beside: tuple[str, ...]
    elsewhere: tuple[str, ...]


def quadrant_of(quotient: float, related: float, usual: float) -> str:
    """Presence by relatedness: what is here and goes with much that is here is a strength.

    >>> quadrant_of(1.2, 0.6, 0.5), quadrant_of(1.2, 0.4, 0.5), quadrant_of(0.8, 0.6, 0.5), quadrant_of(0.8, 0.4, 0.5)
    ('优势', '威胁', '机会', '劣势')
    """
    if quotient >= 1:
        return STRENGTH if related >= usual else THREAT
    return CHANCE if related >= usual else WEAKNESS


def product_standings(table: pd.DataFrame, region: str, config: GapConfig) -> list[ProductStanding]:
    """Every product of a table of makers (regions x products) as it stands in a region, by name.

    Empty where the region is not in the table, where the table has fewer than `regions_at_least` regions, or all of them
    are alike: then nothing may be said.
    """
    if len(table) < config.regions_at_least or region not in table.index:
        return []
    makers = table.to_numpy(dtype=float)
    owned = has(makers)
    try:
        pci = complexity(owned).pci
    except ValueError:
        return []
    phi = proximity(owned)
    related = density(owned, phi)
    expected = makers.sum(axis=1, keepdims=True) * makers.sum(axis=0, keepdims=True) / makers.sum()
    rank = (pci[:, None] > pci[None, :]).mean(axis=1) + (pci[:, None] == pci[None, :]).mean(axis=1) / 2
    row, products, regions = table.index.get_loc(region), list(table.columns), list(table.index)
    standings = []
    for column, product in enumerate(products):
        quotient = location_quotient(float(makers[row, column]), float(expected[row, column]), config.quotient_prior)
        usual = float(related[:, column].mean())
        going = sorted(
            (n for n in range(len(products)) if owned[row, n] and phi[n, column] > 0 and n != column),
            key=lambda n: (-phi[n, column], products[n]),
        )
        standings.append(
            ProductStanding(
                str(product),
                int(makers[row, column]),
                quotient,
                float(related[row, column]),
                usual,
                float(rank[column]),
                quadrant_of(quotient[1], float(related[row, column]), usual),
                tuple(str(products[n]) for n in going[:BESIDE]),
                tuple(str(r) for n, r in enumerate(regions) if n != row and makers[n, column]),
            )
        )
    return standings


@dataclass(frozen=True, slots=True)
class AlikeRegion:
    """A region that makes much of the same: `likeness` in (0, 1], the products that both make."""

    region: str
    likeness: float
    shared: tuple[str, ...]


def alike_regions(made: Mapping[str, Collection[str]], region: str) -> list[AlikeRegion]:
    """The regions that make any of what a region makes, the most alike first: what both make over what either makes.

    Source: Jaccard (1901).

    >>> made = {"甲": {"锯条", "铸件", "轴承"}, "乙": {"锯条", "铸件"}, "丙": {"阀门"}}
    >>> [(a.region, round(a.likeness, 2), a.shared) for a in alike_regions(made, "甲")]
    [('乙', 0.67, ('铸件', '锯条'))]
    """
    own = set(made.get(region, ()))
    alike = []
    for other, products in made.items():
        both = own & set(products)
        if other != region and both:
            alike.append(AlikeRegion(other, len(both) / len(own | set(products)), tuple(sorted(both))))
    return sorted(alike, key=lambda a: (-a.likeness, -len(a.shared), a.region))


def chances(standings: Collection[ProductStanding]) -> list[ProductStanding]:
    """What a region could take up: what it does not make and is near to, above all what is complex and made by peers."""
    open_ = [s for s in standings if s.quadrant == CHANCE and not s.makers and s.elsewhere and s.beside]
    return sorted(open_, key=lambda s: (-(s.related - s.usual) * (0.5 + s.complexity), s.product))
