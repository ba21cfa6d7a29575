"""Comparing regions by what they make: advantage, relatedness and complexity of a regions x products matrix.

Rows are regions, columns products (or segments). Conventions are those of the Atlas of Economic Complexity as
its public packages compute them: a region has a product where RCA >= 1; the proximity of two products is the
smaller of the two conditional probabilities, with a zero diagonal; ECI of a region is the mean PCI of its
products, and both are standardised by the mean and standard deviation of ECI over all region-product pairs.
Every region must have a product and every product a region; `trimmed` leaves out what has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Z = 1.959963984540054  # of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Complexity:
    """Indices of regions (rows) and products (columns); `pci_raw` is not standardised."""

    eci: Floats  # (regions,)
    pci: Floats  # (products,)
    pci_raw: Floats  # (products,)
    sd: float  # of the raw ECI over all region-product pairs


def _ratio(above: Floats, below: Floats) -> Floats:
    """Above over below, 0 where there is nothing below."""
    over = np.broadcast_to(below, above.shape)
    ratio: Floats = np.divide(above, over, out=np.zeros_like(above), where=over > 0)
    return ratio


def rca(values: npt.ArrayLike) -> Floats:
    """Revealed comparative advantage: a region's share of a product over its share of everything.

    `values` (regions, products) are non-negative, in any unit. No NaN: where a region or a product has
    nothing, the advantage is 0. Source: Balassa (1965).

    >>> rca([[2, 0], [1, 1]]).round(3).tolist()
    [[1.333, 0.0], [0.667, 2.0]]
    """
    x = np.asarray(values, dtype=float)
    expected = x.sum(axis=1, keepdims=True) * x.sum(axis=0, keepdims=True)
    return _ratio(x * x.sum(), expected)


def has(values: npt.ArrayLike) -> Floats:
    """1 where RCA >= 1, else 0; (regions, products)."""
    return (rca(values) >= 1).astype(float)


def proximity(m: npt.ArrayLike) -> Floats:
    """How often two products go together: the smaller conditional probability, diagonal zero; (products, products).

    Source: Hidalgo, Klinger, Barabasi, Hausmann (2007).

    >>> proximity([[1, 1, 0], [1, 0, 1]]).tolist()
    [[0.0, 0.5, 0.5], [0.5, 0.0, 0.0], [0.5, 0.0, 0.0]]
    """
    owned = np.asarray(m, dtype=float)
    together, ubiquity = owned.T @ owned, owned.sum(axis=0)
    larger = np.maximum.outer(ubiquity, ubiquity)
    phi = _ratio(together, larger)
    np.fill_diagonal(phi, 0.0)
    return phi


def density(m: npt.ArrayLike, phi: Floats) -> Floats:
    """Share of what is related to a product that a region has, in [0, 1]; (regions, products). 0 where nothing is related.

    >>> m = [[1, 1, 0], [1, 0, 1]]
    >>> density(m, proximity(m)).tolist()
    [[0.5, 1.0, 1.0], [0.5, 1.0, 1.0]]
    """
    around = phi.sum(axis=0)
    had = np.asarray(m, dtype=float) @ phi
    return _ratio(had, around)


def complexity(m: npt.ArrayLike) -> Complexity:
    """ECI and PCI by the method of reflections in its eigenvector form; the sign is such that diverse regions are complex.

    Source: Hidalgo, Hausmann (2009); Hausmann et al. (2014). Raises ValueError where a region has no product, a
    product no region, or all regions are alike.

    >>> indices = complexity([[1, 1, 1], [1, 1, 0], [1, 0, 0]])
    >>> indices.eci.argsort().tolist(), indices.pci.argsort().tolist()
    ([2, 1, 0], [0, 1, 2])
    """
    owned = np.asarray(m, dtype=float)
    diversity, ubiquity = owned.sum(axis=1), owned.sum(axis=0)
    if not owned.size or diversity.min() == 0 or ubiquity.min() == 0:
        raise ValueError("every region needs a product and every product a region")
    by_region, by_product = owned / diversity[:, None], owned / ubiquity[None, :]
    values, vectors = np.linalg.eig(by_product.T @ by_region)
    order = np.argsort(values.real)
    pci = vectors[:, order[-2]].real if len(order) > 1 else np.zeros(1)
    eci = by_region @ pci
    apart = np.ptp(diversity) > 0 and np.ptp(eci) > 0
    sign = np.sign(np.corrcoef(diversity, eci)[0, 1]) if apart else 1.0
    eci, pci = sign * eci, sign * pci
    pairs = np.repeat(eci, owned.shape[1])  # one for each region-product pair
    mean, sd = float(pairs.mean()), float(pairs.std(ddof=1)) if len(pairs) > 1 else 0.0
    if sd < 1e-12:
        raise ValueError("all regions are alike")
    return Complexity((eci - mean) / sd, (pci - mean) / sd, pci, sd)


def outlook_index(m: npt.ArrayLike, nearness: Floats, indices: Complexity) -> Floats:
    """COI of each region: how near the complex products are that it lacks; (regions,). From unstandardised PCI."""
    lacks = 1 - np.asarray(m, dtype=float)
    total: Floats = (nearness * lacks * indices.pci_raw).sum(axis=1)
    return total


def outlook_gain(m: npt.ArrayLike, phi: Floats, indices: Complexity) -> Floats:
    """COG: what a product that a region lacks would open up; (regions, products), 0 where it has the product.

    From unstandardised PCI, divided by the standard deviation of ECI.
    """
    lacks = 1 - np.asarray(m, dtype=float)
    around = phi.sum(axis=0)
    worth = _ratio(indices.pci_raw, around)
    gain: Floats = lacks * (lacks @ (phi * worth[:, None])) / indices.sd
    return gain


def location_quotient(count: float, expected: float, prior: float) -> tuple[float, float, float]:
    """A location quotient shrunk towards 1, with its 95 % interval: (low, middle, high).

    `count` makers are here where `expected` would be in proportion; `prior` is how many expected makers the
    belief in 1 weighs. The posterior is Gamma(count + prior, expected + prior). Tiny counts give an interval
    around 1, which says nothing. Source: Clayton, Kaldor (1987); quantiles by Wilson, Hilferty (1931).

    >>> [round(v, 2) for v in location_quotient(1, 1, 2.0)], [round(v, 2) for v in location_quotient(2, 20, 2.0)]
    ([0.2, 1.0, 2.41], [0.05, 0.18, 0.4])
    """
    shape, rate = count + prior, expected + prior
    low, high = ((1 - 1 / (9 * shape) + z / (3 * shape**0.5)) for z in (-Z, Z))
    return shape * max(0.0, low) ** 3 / rate, shape / rate, shape * high**3 / rate
