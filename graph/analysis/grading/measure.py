"""What is measured about a segment before it is graded: shares, sources, what it lacks, its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.analysis.facts import AchievementFact, FeedFact, OutputFact, PlatformFact, ProjectFact, StandFact
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.segment import SegmentSupply, producing
from graph.text import norm, split


class Neighbourhood:
    """What is looked up across segments: platforms, achievements, namesakes, who needs whom."""

    def __init__(self, supply: Supply) -> None:
        self.supply, facts = supply, supply.facts
        self.wanted = supply.feeding_makers()
        self.unproven = supply.unproven()
        self.stopped = frozenset(t.segment for t in facts.stands if t.state == "停产" and t.state_dated)
        self.platforms: dict[str, list[PlatformFact]] = defaultdict(list)
        self.achievements: dict[str, list[AchievementFact]] = defaultdict(list)
        for p in facts.platforms:
            self.platforms[p.segment].append(p)
        for a in facts.achievements:
            self.achievements[a.firm].append(a)
        self.county = {c.id: c.county for c in facts.chains}
        self.chain_name = {c.id: c.name for c in facts.chains}
        self.county_name = {r.id: r.name for r in facts.regions}
        self.projects: dict[str, list[ProjectFact]] = defaultdict(list)
        for project in facts.projects:
            self.projects[project.segment].append(project)
        self._fed: dict[str, list[FeedFact]] = defaultdict(list)  # by the segment that feeds
        self._sellers: dict[tuple[str, str], list[str]] = defaultdict(list)  # by the segment fed and what flows
        for f in facts.feeds:
            self._fed[f.source].append(f)
            for item in _items(f.what):
                self._sellers[f.target, item].append(f.source)
        self._alike: dict[str, list[str]] = defaultdict(list)  # name or product -> segments with makers
        for ident, s in supply.segments.items():
            if s.total:
                for mark in (s.fact.name, *s.fact.products):
                    self._alike[mark].append(ident)

    def firm(self, ident: str) -> str:
        """A firm's name."""
        return self.supply.firms[ident].name

    def name(self, segment: str) -> str:
        """A segment's name."""
        return self.supply.segments[segment].fact.name

    def substitutes(self, segment: str) -> list[str]:
        """Segments of other counties' chains that have makers and could fill the gap.

        They bear the same name or share a product (these come first), or feed a buyer of the segment with what the
        segment makes.
        """
        own = self.supply.segments[segment]
        others = {x for mark in (own.fact.name, *own.fact.products) for x in self._alike.get(mark, ())}
        for item in self._makes(segment):
            for buyer in {f.target for f in self._fed[segment]}:
                others.update(self._sellers.get((buyer, item), ()))
        able = [
            ident
            for ident in others
            if (other := self.supply.segments.get(ident)) is not None
            and other.total >= 1
            and other.fact.chain != own.fact.chain
            and other.county != own.county
        ]
        return sorted(able, key=lambda x: (not self.interchangeable(segment, x), x))

    def _makes(self, segment: str) -> set[str]:
        """What a segment makes: what its name, its products and its own feeds say."""
        fact = self.supply.segments[segment].fact
        named = {norm(name) for name in (fact.name, *fact.product_names)}
        return named.union(*(_items(f.what) for f in self._fed[segment]))

    def interchangeable(self, one: str, other: str) -> bool:
        """Whether two segments bear the same name or share a product."""
        a, b = self.supply.segments[one].fact, self.supply.segments[other].fact
        return a.name == b.name or bool(a.products & b.products)


@dataclass(frozen=True, slots=True)
class Maker:
    """A local firm in production on a segment or below, with its share of the output."""

    name: str
    share: float
    state: str


@dataclass(frozen=True, slots=True)
class SegmentMeasure:
    """One segment's numbers, all from named rows."""

    segment: SegmentSupply
    stands: tuple[StandFact, ...]  # local, on it and below
    makers: tuple[Maker, ...]
    maker_ids: tuple[str, ...]
    real_shares: bool
    year: int | None  # of the shares
    output: float | None  # of all makers in that year (万元)
    own_output: float | None  # the part of it that is made directly on the segment: all, where it has no parts
    hhi: float | None
    pending: frozenset[str]
    states_stated: bool
    external_share: float | None
    external_hhi: float | None
    missing_inputs: tuple[str, ...]  # essential inputs that are not available
    lacking: tuple[str, ...]  # these and what they lack in turn
    wanted: bool  # an essential input, direct or through others, of a segment that is made
    honours: tuple[str, ...]
    platforms: tuple[PlatformFact, ...]
    achievements: tuple[AchievementFact, ...]
    rows: tuple[tuple[int, ...], ...]  # records of its own facts
    lack_rows: tuple[tuple[int, ...], ...]  # records that explain what is missing
    projects: tuple[ProjectFact, ...]

    def evidence(self, status: str) -> tuple[int, ...]:
        """The ledger rows behind the status; a 断链 includes the rows of what is missing, 未知 those of projects."""
        groups = [*self.rows, *(self.lack_rows if status == "断链" else ())]
        groups += [p.records for p in self.projects if status == "未知"]
        return tuple(sorted({r for rows in groups for r in rows}))


def measure(ident: str, around: Neighbourhood) -> SegmentMeasure:
    """SegmentMeasure one segment."""
    supply = around.supply
    s = supply.segments[ident]
    stands = tuple(supply.stands(ident))
    outputs, year = segment_outputs(s, supply)
    real = bool(outputs)
    total = sum(outputs.values())
    shares = {f: v / total for f, v in outputs.items()}
    makers = sorted(s.makers, key=lambda f: (-shares.get(f, 0.0), around.firm(f)))
    share = shares if real else dict.fromkeys(makers, 1 / max(s.n, 1))
    missing = tuple(supply.missing(ident))
    lacking = tuple(supply.lacking(missing))
    achievements = tuple(a for f in makers for a in around.achievements[f])
    producing_stands = [t for t in stands if producing(t)]
    return SegmentMeasure(
        segment=s, stands=stands,
        makers=tuple(Maker(around.firm(f), round(share[f], 12), "在产") for f in makers), maker_ids=tuple(makers),
        real_shares=real, year=year, output=total if real else None,
        own_output=sum(o.output for o in s.outputs if o.firm in s.makers and o.year == year) if real else None,
        hhi=herfindahl(share.values()) if makers else None,
        pending=frozenset(t.firm for t in stands if t.state in ("在建", "签约")),
        states_stated=all(t.state is not None for t in producing_stands),
        external_share=_external_share(s), external_hhi=_external_hhi(s),
        missing_inputs=missing, lacking=lacking, wanted=ident in around.wanted,
        honours=tuple(h for f in makers for h in supply.firms[f].honours),
        platforms=tuple(around.platforms[ident]), achievements=achievements,
        rows=tuple(_rows(s, around, achievements)),
        lack_rows=tuple(_lack_rows(lacking if s.total else (), supply)),
        projects=tuple(around.projects[ident]),
    )  # fmt: skip


def _items(what: str | None) -> set[str]:
    """What flows, item by item; the whole cell too, for a name may hold a separator."""
    return {norm(item) for item in (what, *split(what))} if what else set()


def segment_outputs(s: SegmentSupply, supply: Supply) -> tuple[dict[str, float], int | None]:
    """Output per maker in the latest year for which every maker has one and N = n; else nothing."""
    if not s.n or s.total != s.n:
        return {}, None
    by_year: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for output in _outputs(s, supply):
        if output.firm in s.makers:
            by_year[output.year or 0][output.firm] += output.output
    for year in sorted(by_year, reverse=True):
        outputs = by_year[year]
        if len(outputs) == s.n and sum(outputs.values()) > 0:
            return dict(outputs), year or None
    return {}, None


def _outputs(s: SegmentSupply, supply: Supply) -> Iterable[OutputFact]:
    return (o for x in s.subtree for o in supply.segments[x].outputs)


def _external_share(s: SegmentSupply) -> float | None:
    shares = [e.share for e in s.sources if e.share is not None]
    return min(1.0, sum(shares)) if shares else None


def _external_hhi(s: SegmentSupply) -> float | None:
    if not s.sources:
        return None
    shares = [e.share for e in s.sources]
    known = [v for v in shares if v is not None]
    if len(known) < len(shares) or sum(known) <= 0:
        return 1 / len(shares)
    return herfindahl(known)


def _rows(
    s: SegmentSupply, around: Neighbourhood, achievements: Iterable[AchievementFact]
) -> Iterable[tuple[int, ...]]:
    supply, ident = around.supply, s.fact.id
    yield s.fact.records
    yield from (t.records for t in supply.stands(ident))
    yield from (t.records for t in supply.city_makers(ident))
    yield from (o.records for o in _outputs(s, supply) if o.firm in s.makers)
    yield from (e.records for e in s.sources)
    yield from (f.records for f in s.input_feeds)
    yield from (p.records for p in around.platforms[ident])
    yield from (a.records for a in achievements)
    for firm in s.makers:
        if supply.firms[firm].honours:
            yield supply.firms[firm].records


def _lack_rows(lacking: tuple[str, ...], supply: Supply) -> Iterable[tuple[int, ...]]:
    for u in lacking:
        yield supply.segments[u].fact.records
        yield from (t.records for t in supply.stands(u))


def herfindahl(shares: Iterable[float]) -> float:
    """Concentration of a segment's producers: the sum of squared shares, in (0, 1].

    Shares are non-negative and in any unit; they are normalised first. Source: Hirschman (1964).
    Raises ValueError when nothing is positive.

    >>> round(herfindahl([30, 30, 20, 20]), 2)
    0.26
    """
    values = list(shares)
    total = sum(values)
    if total <= 0:
        raise ValueError("no positive share")
    return sum((v / total) ** 2 for v in values)
