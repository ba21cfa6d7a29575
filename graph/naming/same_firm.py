"""Which names of firms are one firm beyond doubt: those that state one region, one core and no two legal forms.

Everything less certain is for people to decide (`graph.review`). Never one by name: a branch and its parent, a group
and its member, 有限公司 and 股份有限公司, a region in front and one in brackets, two regions, two valid codes, a name
that is nothing but a region and an industry.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.naming.divisions import bare
from graph.naming.firm import FirmName, parse_firm

BY_REGION = "地区、字号、行业一致"
BY_COUNTY = "同在一县，字号、行业一致"
MIN_BRAND = 2


@dataclass(slots=True)
class Writing:
    """A name in its normal form with what its rows state of it: counties as written, valid codes, stock codes."""

    counties: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class SameFirm:
    """Two names of one firm: the fuller is kept."""

    kept: str
    other: str
    why: str


def same_firms(writings: Mapping[str, Writing]) -> Iterator[SameFirm]:
    """Pairs of names that are one firm, in a fixed order. Costs one pass over the names.

    >>> here = lambda county: Writing({county})
    >>> names = {"浙江示例锯床股份有限公司": here("缙云县"), "浙江省示例锯床": here("缙云县"), "示例锯床": here("缙云县"),
    ...          "浙江示例锯床集团有限公司": here("缙云县"), "莲都示例锯床有限公司": here("莲都区")}
    >>> [(a.other, a.why) for a in same_firms(names)]
    [('示例锯床', '同在一县，字号、行业一致'), ('浙江省示例锯床', '地区、字号、行业一致')]
    """
    by_key: dict[object, list[str]] = defaultdict(list)
    by_core: dict[tuple[str, bool], list[str]] = defaultdict(list)
    blank: dict[tuple[str, bool], None] = {}
    for name in sorted(writings):
        parts = parse_firm(name)
        if parts.branch or len(parts.brand) < MIN_BRAND:
            continue
        if parts.region:
            by_key[parts.key].append(name)
        else:
            blank[parts.core, parts.group] = None
        if not parts.bracket:
            by_core[parts.core, parts.group].append(name)
    pairs = [a for names in by_key.values() for a in _one_firm(names, names, writings, BY_REGION)]
    for core in blank:
        pairs += _in_one_county(by_core[core], writings)
    yield from {a.other: a for a in reversed(pairs)}.values()


def _in_one_county(names: Sequence[str], writings: Mapping[str, Writing]) -> Iterator[SameFirm]:
    """Names of one core, some without a region: one firm where they are the only ones that the county may have."""
    by_county: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(counties := writings[name].counties) == 1:
            by_county[bare(next(iter(counties)))].append(name)
    anywhere = [n for n in names if not writings[n].counties]
    for here in by_county.values():
        if len({r for n in (*here, *anywhere) if (r := parse_firm(n).region)}) <= 1:
            yield from _one_firm(here, (*here, *anywhere), writings, BY_COUNTY)


def _one_firm(names: Sequence[str], rivals: Sequence[str], writings: Mapping[str, Writing], why: str) -> list[SameFirm]:
    forms = {form for n in rivals if (form := parse_firm(n).form)}
    codes = Counter(len(code) for code in {code for n in rivals for code in writings[n].codes})
    if len(names) < 2 or len(forms) > 1 or max(codes.values(), default=0) > 1:  # two codes of one sort
        return []
    kept, *others = sorted(names, key=_fuller, reverse=True)
    return [SameFirm(kept, other, why) for other in others]


def _fuller(name: str) -> tuple[bool, bool, int, str]:
    parts: FirmName = parse_firm(name)
    return parts.form is not None, bool(parts.region), len(name), name
