"""How well firms answer a segment: by what they make, and by how like they are to what is sought and who stands there."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.recruiting.outside_firm import PoolFirm, PoolProduct, Wish
from graph.analysis.recruiting.product_match import KIND_OF, ProductMatch, is_noise
from graph.analysis.recruiting.resemblance import Likeness
from graph.naming.firm import parse_firm

# Weights of texts, beside 1 for the names of what is sought: the chain's trade, what local firms make on the segment, the
# words of its senses; of a firm beside what it makes: its industries and what its name says of its trade.
TRADE, LOCAL, MEANING, INDUSTRY, NAME = 0.3, 1.0, 0.1, 0.7, 0.5
# What adds up to the fit: revenue from matching products (its root), likeness to what is sought, to the firms that rows
# place on the segment, to the chain as a whole, and being placed there. Where it is known what the segment means and no
# product of a firm answers it, likeness is DOUBTFUL.
REVENUE, SOUGHT, ALIKE, CHAIN, PLACED, DOUBTFUL = 0.5, 1.0, 0.6, 0.3, 0.15, 0.6
NAMED = 0.5  # what the root of revenue counts at least where a product is called as the segment is: the thing before the share


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a firm answers a segment, in [0, 1], and the products that do, what brings most first.

    `revenue`: the share of one year's revenue that they bring, each counted as well as it matches. `placed`: rows put
    the firm on the segment. `close`: where no product answers by name, the one most like what is sought.
    """

    value: float
    revenue: float = 0.0
    products: tuple[PoolProduct, ...] = ()
    placed: bool = False
    close: str | None = None


class Fitting:
    """The firms of a pool against the segments of a chain."""

    def __init__(self, firms: Sequence[PoolFirm], wishes: Mapping[str, Wish], match: ProductMatch) -> None:
        self.firms, self.wishes, self.match = {f.id: f for f in firms}, wishes, match
        # A firm of which no product is known stands by its industry.
        industries = {f.id: tuple(PoolProduct(name) for name in f.industries) for f in firms}
        self._products = {f.id: in_one_year(f.products) or industries[f.id] for f in firms}
        self._names = {p.name for products in self._products.values() for p in products}
        self._likeness = Likeness({f.id: self._profile(f) for f in firms})
        whole: dict[str, float] = defaultdict(float)
        for wish in wishes.values():
            for text, weight in _query(wish).items():
                whole[text] += weight
        placed = [f.id for f in firms if f.stands]
        self._chain = self._likeness.towards(whole, placed)

    def of(self, segment: str) -> dict[str, Fit]:
        """The firms (ids) that answer a segment (id) well enough to be named."""
        wish, least = self.wishes[segment], self.match.config.match_at_least
        placed = {i for i, f in self.firms.items() if segment in f.stands}
        query = _query(wish)
        near_it, like_them = self._likeness.towards(query), self._likeness.towards({}, placed)
        answers = self.match.answering(wish.sought, self._names)
        fits: dict[str, Fit] = {}
        for ident, firm in self.firms.items():
            revenue, products = self._revenue(firm, answers)
            best = max((answers[p.name] for p in products), default=0.0)
            earned = max(math.sqrt(revenue), NAMED * best if best >= KIND_OF else 0.0)
            likeness = SOUGHT * near_it.get(ident, 0.0) + ALIKE * like_them.get(ident, 0.0)
            trusted = 1.0 if products or not wish.sought.senses else DOUBTFUL
            value = REVENUE * earned + trusted * likeness + PLACED * (ident in placed)
            if value >= least:  # being like the chain lifts who answers the segment, and is no answer
                value += CHAIN * trusted * self._chain.get(ident, 0.0)
                close = None if products else self._likeness.closest(query, (p.name for p in self._products[ident]))
                fits[ident] = Fit(min(1.0, value), revenue, products, ident in placed, close)
        return fits

    def _revenue(self, firm: PoolFirm, answers: Mapping[str, float]) -> tuple[float, tuple[PoolProduct, ...]]:
        """The share of a year's revenue that matching products bring, and these; see `in_one_year`."""
        config, matching = self.match.config, list[tuple[float, PoolProduct]]()
        for product in self._products[firm.id]:
            value = answers.get(product.name, 0.0)
            if value and (product.share is None or product.share >= config.minor_share):
                matching.append((value * (config.unknown_share if product.share is None else product.share), product))
        matching.sort(key=lambda m: (-m[0], m[1].name))
        return min(1.0, sum(v for v, _ in matching)), tuple(p for _, p in matching)

    def _profile(self, firm: PoolFirm) -> dict[str, float]:
        """What a firm goes by: its products by revenue, dampened, its industries, its name."""
        config, profile = self.match.config, defaultdict[str, float](float)
        for product in self._products[firm.id]:
            if not is_noise(product.name, config):
                share = config.unknown_share if product.share is None else product.share
                profile[product.name] = max(profile[product.name], share**0.25)
        for name in firm.industries:
            profile[name] += INDUSTRY
        parts = parse_firm(firm.name)
        if trade := parts.core.removeprefix(parts.brand):  # brands and places say nothing of what is made
            profile[trade] += NAME
        return profile


def in_one_year(products: Iterable[PoolProduct]) -> tuple[PoolProduct, ...]:
    """Products with the shares of the latest year that has any; where several years stand undated among each other, so that
    they come to more than the whole, each share is its part of the sum.

    >>> dated = [PoolProduct("锯条", 0.6, 2023), PoolProduct("锯片", 0.4, 2022), PoolProduct("锯带"), PoolProduct("锯条")]
    >>> [(p.name, p.share) for p in in_one_year(dated)]
    [('锯带', None), ('锯条', 0.6)]
    >>> [p.share for p in in_one_year([PoolProduct("锯条", 0.9), PoolProduct("双金属锯条", 0.9), PoolProduct("锯片", 0.2)])]
    [0.45, 0.45, 0.1]
    """
    latest = max((p.year or 0 for p in products if p.share is not None), default=0)
    shared = {p.name: p for p in products if p.share is not None and (p.year or 0) == latest}
    named = {p.name: p for p in products if p.share is None}
    kept = list({**named, **shared}.values())
    whole = max(1.0, sum(p.share or 0.0 for p in kept))
    return tuple(p if p.share is None else p.part_of(whole) for p in kept)


def _query(wish: Wish) -> dict[str, float]:
    """What is sought of a segment, as weighted texts."""
    texts = defaultdict[str, float](float)
    for term in wish.sought.terms:
        texts[term] += 1.0
    texts[wish.trade] += TRADE
    for products in wish.local:
        for name in products:
            texts[name] += LOCAL / (len(products) * math.sqrt(len(wish.local)))
    for sense in wish.sought.senses:
        for word in (*sense.products, *sense.industries):
            texts[word] += MEANING
    return texts
