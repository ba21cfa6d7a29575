"""Whether two firms are one, or of one house: a listed company and the subsidiary that stands here.

From what rows say alone: codes, names they have or had, who is written as owner, whom a note mentions. What only a
shared brand suggests is a question: 青山纸业 has nothing to do with 青山钢铁.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from graph.naming.firm import ABRIDGED, FirmName, parse_firm
from graph.text import norm, split

OWNERS = ("母公司", "控股股东", "上级公司", "所属集团", "所属企业集团", "隶属企业", "投资方", "股东")  # captions
SHORTEST = 4  # characters of a name that a note mentions


class Kin(Enum):
    """How two firms belong together, the surest first."""

    SAME = "同一家"
    SISTER = "母子或同一集团"
    LIKELY = "可能同一集团"


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two firms belong together, and why, in words."""

    kin: Kin
    why: str


@dataclass(frozen=True, slots=True)
class KnownFirm:
    """What rows say of who a firm is: every name it has or had, its codes, its owners, and what else they note."""

    names: tuple[str, ...]
    codes: frozenset[str] = frozenset()
    owners: tuple[str, ...] = ()
    notes: str = field(default="", repr=False)

    @classmethod
    def of(cls, name: str, aliases: str | None, codes: tuple[str | None, ...], extras: Mapping[str, str]) -> KnownFirm:
        """The firm of a node: its name and former names, codes as they identify, and what its extra columns say.

        >>> KnownFirm.of("示例科技（丽水）有限公司", "示例厂", (None, "002050"), {"母公司": "示例科技股份有限公司、示例投资"})
        KnownFirm(names=('示例科技（丽水）有限公司', '示例厂'), codes=frozenset({'002050'}), owners=('示例科技股份有限公司', '示例投资'))
        """
        owners = tuple(owner for caption in OWNERS for owner in split(extras.get(caption, "")))
        notes = "\n".join(v for k, v in sorted(extras.items()) if k not in OWNERS)
        return cls((name, *split(aliases or "")), frozenset(c for c in codes if c), owners, notes)


def kinship(local: KnownFirm, other: KnownFirm) -> Kinship | None:
    """How a local firm and another belong together; None where nothing says that they do.

    >>> listed = KnownFirm(("上海示例科技股份有限公司", "示例科技"), frozenset({"688950"}))
    >>> [k and k.kin.name for name in ("示例科技", "示例科技（丽水）有限公司", "浙江示例竹木有限公司", "浙江另例科技有限公司")
    ...  for k in [kinship(KnownFirm((name,)), listed)]]
    ['SAME', 'SISTER', 'LIKELY', None]
    """
    return _same(local, other) or _sister(local, other) or _likely(local, other)


class Relatives:
    """The firms of a place, asked who of them belongs together with another firm. Costs what has a name, code or brand in
    common, not all pairs.

    Example:
        >>> here = Relatives([KnownFirm(("示例科技（丽水）有限公司",)), KnownFirm(("浙江另例锯床有限公司",))])
        >>> [(k.kin.name, local) for local, k in [here.of(KnownFirm(("上海示例科技股份有限公司", "示例科技")))]]
        [('SISTER', '示例科技（丽水）有限公司')]
    """

    def __init__(self, firms: Iterable[KnownFirm]) -> None:
        self._firms = tuple(firms)
        self._by_key: dict[str, list[KnownFirm]] = defaultdict(list)
        for firm in self._firms:
            for key in _keys(firm):
                self._by_key[key].append(firm)

    def of(self, other: KnownFirm) -> tuple[str, Kinship] | None:
        """The name of the firm here that belongs together with another most surely, and how; None where none does."""
        likely = {id(f): f for key in _keys(other) for f in self._by_key.get(key, ())}
        long = [n for n in other.names if len(n) >= SHORTEST]
        likely |= {id(f): f for f in self._firms if f.notes and any(n in f.notes for n in long)}
        if other.notes:
            likely |= {id(f): f for f in self._firms if any(len(n) >= SHORTEST and n in other.notes for n in f.names)}
        kin = [(f.names[0], k) for f in likely.values() if (k := kinship(f, other)) is not None]
        return min(kin, key=lambda pair: (list(Kin).index(pair[1].kin), pair[0]), default=None)


def _keys(firm: KnownFirm) -> set[str]:
    """What firms that belong together have at least one of in common, beside what notes say."""
    parts = [parse_firm(n) for n in firm.names]
    return {
        *firm.codes,
        *(norm(n) for n in firm.names),
        *map(_bare, (*firm.names, *firm.owners)),
        *(x for p in parts for x in (p.core, p.brand) if len(x) > 1),
    }


def _same(a: KnownFirm, b: KnownFirm) -> Kinship | None:
    if a.codes & b.codes:
        return Kinship(Kin.SAME, "代码相同")
    if shared := {norm(n) for n in a.names} & {norm(n) for n in b.names}:
        return Kinship(Kin.SAME, f"名称相同（{min(shared)}）")
    return None


def _sister(a: KnownFirm, b: KnownFirm) -> Kinship | None:
    for one, other in ((a, b), (b, a)):
        known = {_bare(n) for n in other.names}
        if owner := next((o for o in one.owners if _bare(o) in known), None):
            return Kinship(Kin.SISTER, f"写明的母公司或股东：{owner}")
        for name in one.names:
            parts = parse_firm(name)
            if parts.core in known and (parts.bracket or (parts.full and not parts.region)):
                return Kinship(Kin.SISTER, f"名称是“{parts.core}”加{'地名' if parts.bracket else '组织形式'}")
            if parts.branch and any(norm(name).startswith(norm(n)) for n in other.names if parse_firm(n).full):
                return Kinship(Kin.SISTER, f"是它的{parts.branch}")
    return None


def _likely(a: KnownFirm, b: KnownFirm) -> Kinship | None:
    for one, other in ((a, b), (b, a)):
        if name := next((n for n in other.names if len(n) >= SHORTEST and n in one.notes), None):
            return Kinship(Kin.LIKELY, f"备注提到“{name}”")
    brands = [{p.brand for p in map(parse_firm, f.names) if _tells(p)} for f in (a, b)]
    if shared := brands[0] & brands[1]:
        return Kinship(Kin.LIKELY, f"字号相同（{min(shared)}）")
    return None


def _bare(name: str) -> str:
    """A name without region and legal form, as a short name has it."""
    parts = parse_firm(name)
    return parts.core if parts.full or parts.region else norm(name).removesuffix(ABRIDGED)


def _tells(parts: FirmName) -> bool:
    return len(parts.brand) >= 2 and not parts.branch
