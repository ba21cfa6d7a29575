"""Names that may mean one thing: what a person should look at, with the reasons for and against.

A pure function of the projection and its decisions: nothing is stored, and a decision takes its pair off the list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from graph.model import Node
from graph.naming.divisions import bare
from graph.naming.firm import FirmName, parse_firm
from graph.naming.fold import folded
from graph.naming.similarity import Similarity, numbers, sounds_alike, within
from graph.projection.decisions import APART
from graph.projection.result import Projection
from graph.projection.segment_path import SegmentPath, segment_paths
from graph.schema.kinds import Kind, Schema
from graph.text import norm, split

THRESHOLD, THRESHOLD_OTHERS = 0.6, 0.7  # scores from which a pair of firms, or of anything else, is shown
CANDIDATES = 5  # shown for one name, at most
LONGEST = 60  # characters of a name that are compared
INSTITUTES = ("大学", "学院", "研究院", "研究所", "学校")
ORDINALS = frozenset("甲乙丙丁戊己庚辛一二三四五六七八九十东南西北大小新老")
ALL_BUT_FORM, STATED, SAME_BUT_SIGNS = 0.97, 0.98, 0.99


@dataclass(frozen=True, slots=True)
class NameInQuestion:
    """A name of a node, or of nothing yet (a row waits for it), that may mean what another means."""

    name: str  # as decisions name it: 县/链/环节 for a segment
    text: str  # what is compared
    key: str  # the part that tells it from others
    region: tuple[str, ...]
    writing: str = ""  # without case, punctuation, leading number, in one form of each character
    node: Node | None = None
    records: tuple[int, ...] = ()
    firm: FirmName | None = None
    segment: SegmentPath | None = None  # of a segment: names are compared within its chain

    @property
    def outside(self) -> bool:
        """Whether this is a firm of elsewhere, which nobody compares with its like: listed ones, or those that are not."""
        return self.node is not None and self.node.values.get("state") == "外部"

    @property
    def listed(self) -> bool:
        """Whether a stock code identifies it."""
        return self.node is not None and self.node.values.get("stock_code") is not None


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a name may stand for, with a score in [0, 1] and the reasons in words."""

    named: NameInQuestion
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Duplicate:
    """A name, and what it may stand for, best first."""

    kind: str
    named: NameInQuestion
    candidates: list[NameMatch] = field(default_factory=list)


def find_duplicates(projection: Projection, schema: Schema, kind: str | None = None) -> list[Duplicate]:
    """Every name that may mean what another means, the likeliest first."""
    duplicates = [d for k in schema.compared if kind in (None, k) for d in _of_kind(projection, schema.kinds[k])]
    return sorted(duplicates, key=lambda d: (-d.candidates[0].score, d.kind, d.named.name))


def _of_kind(projection: Projection, kind: Kind) -> list[Duplicate]:
    names = list(_names(projection, kind))
    similarity = Similarity([n.text for n in names], [n.key for n in names])
    apart = {frozenset((norm(d.kept), norm(d.other))) for d in projection.decisions.of_verdict(APART, kind.caption)}
    related = _related(projection, kind.caption)
    writings: dict[str, set[int]] = defaultdict(set)
    for place, named in enumerate(names):
        writings[named.writing].add(place)
    pairs: dict[tuple[int, int], NameMatch] = {}
    for mine, named in enumerate(names):
        if (named.outside and named.listed) or not named.text:
            continue
        for other in _worth_comparing(named, similarity) | writings[named.writing]:
            left, right = sorted((mine, other), key=lambda p: _completeness(names[p]))
            if mine == other or (left, right) in pairs or not _may_be_one(names[left], names[right], apart, related):
                continue
            match = compare(names[left], names[right], similarity)
            if match.score >= (THRESHOLD if kind.codes else THRESHOLD_OTHERS):
                pairs[left, right] = match
    return _grouped(kind.caption, names, pairs)


def _worth_comparing(named: NameInQuestion, similarity: Similarity) -> set[int]:
    """Places of the names worth comparing with this one, and with the names that it states itself."""
    places = similarity.comparable(named.text, named.key, short=not (named.firm and named.firm.full))
    for stated in named.firm.former if named.firm else ():
        other = parse_firm(stated)
        places |= similarity.comparable("".join(other.region) + other.core, other.brand or other.core)
    return places


def _grouped(kind: str, names: list[NameInQuestion], pairs: dict[tuple[int, int], NameMatch]) -> list[Duplicate]:
    by_left: dict[int, list[NameMatch]] = defaultdict(list)
    for (left, _), candidate in pairs.items():
        by_left[left].append(candidate)
    ranked = {left: sorted(cs, key=lambda c: (-c.score, c.named.name)) for left, cs in by_left.items()}
    return [Duplicate(kind, names[left], _once(cs)[:CANDIDATES]) for left, cs in ranked.items()]


def _once(candidates: list[NameMatch]) -> list[NameMatch]:
    """A node that several of its names lead to is shown once, by the best of them."""
    best: dict[str, NameMatch] = {}
    for c in candidates:
        best.setdefault(c.named.node.id if c.named.node else c.named.name, c)
    return list(best.values())


def _completeness(named: NameInQuestion) -> tuple[bool, bool, int, str]:
    """Names in order of how little they say: what waits first, then what lacks a legal form, then the shorter."""
    return named.node is not None, bool(named.firm and named.firm.full), len(named.text), named.name


def _names(projection: Projection, kind: Kind) -> Iterator[NameInQuestion]:
    paths = segment_paths(projection) if kind.caption == "环节" else {}
    for node in projection.nodes.get(kind.caption, {}).values():
        path = paths.get(node.id)
        for name in (node.name, *split(str(node.values.get("aliases") or ""))):
            yield replace(
                _parsed(kind, name, path), name=str(path or node.name), node=node, records=tuple(node.records)
            )
    waiting: dict[str, list[int]] = defaultdict(list)
    for w in projection.waiting:
        if w.reason == "undefined" and kind.caption in w.kinds and kind.caption != "环节":
            waiting[w.name].append(w.record)
    for name, records in waiting.items():
        yield replace(_parsed(kind, name, None), records=tuple(records))


def _parsed(kind: Kind, name: str, path: SegmentPath | None) -> NameInQuestion:
    if kind.codes:
        firm = parse_firm(name)
        text = ("".join(firm.region) + firm.core)[:LONGEST]
        return NameInQuestion(name, text, firm.brand or firm.core, firm.region, folded(name), firm=firm)
    form = norm(name)[:LONGEST]
    region = parse_firm(name).region if path is None else ()
    return NameInQuestion(name, form, form.removeprefix("".join(region)), region, folded(name), segment=path)


def _related(projection: Projection, kind: str) -> set[frozenset[str]]:
    """Pairs that some row relates to each other: what supplies, feeds or contains another is not the other."""
    return {
        frozenset((e.source, e.target))
        for edges in projection.edges.values()
        for e in edges.values()
        if e.source_kind == e.target_kind == kind
    }


def _may_be_one(a: NameInQuestion, b: NameInQuestion, apart: set[frozenset[str]], related: set[frozenset[str]]) -> bool:
    if (
        (a.node is None and b.node is None)
        or _chain(a) != _chain(b)
        or (a.outside and b.outside and a.listed == b.listed)
    ):
        return False
    if a.node and b.node and (a.node.id == b.node.id or frozenset((a.node.id, b.node.id)) in related):
        return False
    if any(frozenset((x, y)) in apart for x in _all_names(a) for y in _all_names(b)):
        return False
    codes = [n.node.values.get("code") for n in (a, b) if n.node]
    return len([c for c in codes if c]) < 2 and (a.writing == b.writing or not _two_of_a_kind(a, b))


def _two_of_a_kind(a: NameInQuestion, b: NameInQuestion) -> bool:
    """Whether names differ in just what tells things of one name apart."""
    branches = bool(a.firm and b.firm and (a.firm.branch or b.firm.branch))
    differ = numbers(a.text) != numbers(b.text) or _one_of_a_row(a.text, b.text)
    return branches or differ or _two_institutes(a.text, b.text)


def _one_of_a_row(a: str, b: str) -> bool:
    """Whether two names differ in nothing but an ordinal: 甲 and 乙, 东 and 西, 一 and 二."""
    differ = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(differ) == 1 and ORDINALS.issuperset(differ[0])


def _two_institutes(a: str, b: str) -> bool:
    """Whether both are whole names of institutes of one sort: more than a slip between them makes them two."""
    slips = sum(x != y for x, y in zip(a, b, strict=False)) if len(a) == len(b) else len(a)
    return slips > 1 and a.endswith(INSTITUTES) and a[-2:] == b[-2:]


def _all_names(named: NameInQuestion) -> set[str]:
    aliases = split(str(named.node.values.get("aliases") or "")) if named.node else []
    ways = named.segment.ways() if named.segment else set()
    return ways | {norm(n) for n in (named.name, *([named.node.name] if named.node else []), *aliases)}


def _chain(named: NameInQuestion) -> str | None:
    return named.segment.chain_id if named.segment else None


def compare(a: NameInQuestion, b: NameInQuestion, similarity: Similarity) -> NameMatch:
    """What speaks for and against `b` being what `a` names."""
    if a.writing == b.writing:
        reason = "只差大小写、标点、编号或字形（繁体、异体、部首）" if a.text != b.text else "去掉标点和编号后相同"
        return NameMatch(b, SAME_BUT_SIGNS, (reason,))
    if a.firm and b.firm and (sure := _nearly_certain(a.firm, b.firm, waits=a.node is None)):
        return NameMatch(b, sure.weight, (sure.reason,))
    # Two stated regions are compared as such; their characters say nothing about the rest.
    texts = [n.text.removeprefix("".join(n.region)) if a.region and b.region else n.text for n in (a, b)]
    score = similarity.score(*texts)
    reasons = [f"字面相近 {score:.0%}"]
    for argument in chain(_of_firms(a, b), _of_regions(a, b), _of_parts(a, b), _of_counties(a, b), _of_standing(a, b)):
        score += argument.weight
        reasons.append(argument.reason)
    return NameMatch(b, round(min(1.0, max(0.0, score)), 3), tuple(reasons))


@dataclass(frozen=True, slots=True)
class _Argument:
    """What speaks for (above zero) or against two names meaning one thing, in words."""

    weight: float
    reason: str


def _of_regions(a: NameInQuestion, b: NameInQuestion) -> Iterator[_Argument]:
    if a.region and b.region:
        both = "、".join("".join(r) for r in dict.fromkeys((a.region, b.region)))
        if set(a.region) & set(b.region):
            yield _Argument(0.05, f"地区一致（{both}）")
        else:
            yield _Argument(-0.15 if a.firm else -0.4, f"名称中的地区不同（{both}）")
    elif a.region or b.region:
        yield _Argument(0.0, "其中一个没有写地区")


def _of_parts(a: NameInQuestion, b: NameInQuestion) -> Iterator[_Argument]:
    if a.firm:
        return
    if b.text.startswith(a.text):
        yield _Argument(-0.2, "可能是其中的一部分")
    elif b.text.endswith(a.text) and len(b.text) > len(a.text) + 1:
        yield _Argument(-0.3, "可能是其中的一种")


def _of_counties(a: NameInQuestion, b: NameInQuestion) -> Iterator[_Argument]:
    counties = [str(c) for n in (a, b) if n.node and (c := n.node.values.get("county"))]
    if len(counties) < 2:
        return
    if bare(counties[0]) == bare(counties[1]):
        yield _Argument(0.05, f"同在{counties[0]}")
    else:
        yield _Argument(-0.1, f"县市区不同（{'、'.join(counties)}）")


def _of_standing(a: NameInQuestion, b: NameInQuestion) -> Iterator[_Argument]:
    if a.node is None:
        yield _Argument(0.0, "有行在等待这个名称")
    elif a.outside != b.outside:
        yield _Argument(-0.3, "一个是外地企业，一个在本地（可能是它的子公司）")


def _nearly_certain(a: FirmName, b: FirmName, waits: bool) -> _Argument | None:
    if {a.core, b.core} & {parse_firm(s).core for s in (*a.former, *b.former)}:
        return _Argument(STATED, "名称的括号里写明了另一个名称")
    if a.key != b.key or not a.region:
        return None
    if a.form == b.form or None in (a.form, b.form):
        return _Argument(
            ALL_BUT_FORM, "地区、字号、行业一致，" + ("有行在等待这个名称" if waits else "但同样的名称不止一个")
        )
    return _Argument(ALL_BUT_FORM, f"地区、字号、行业一致，组织形式不同（{a.form}、{b.form}），多为改制更名")


def _of_firms(a: NameInQuestion, b: NameInQuestion) -> Iterator[_Argument]:
    ours, theirs = a.firm, b.firm
    if ours is None or theirs is None:
        return
    both_full = ours.full and theirs.full
    if ours.brand and ours.brand == theirs.brand:
        yield _Argument(0.1, f"字号相同（{ours.brand}）")
    elif sounds_alike(ours.brand, theirs.brand):
        yield _Argument(0.0, "字号读音相同（仅供参考）")
    elif both_full or not (within(ours.brand, b.text) or within(theirs.brand, a.text)):
        yield _Argument(-0.3 if both_full else -0.2, "字号不完全相同")
    if ours.group != theirs.group:
        yield _Argument(-0.25 if both_full else -0.1, "其中一个是集团")
    if ours.bracket != theirs.bracket:
        yield _Argument(-0.1, "地区的写法不同（括号）")
