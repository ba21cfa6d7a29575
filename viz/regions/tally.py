"""What the chains of a region come to, from the rows of the director's table and the reports of the chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.analysis.grading.statuses import STATUSES
from graph.answers.documents.recruiting import GapDocument
from graph.answers.papers.region import RegionFacts
from graph.answers.papers.report import ReportFacts
from graph.measures.needs import NeedsCount, needs_of
from graph.naming.chain import chain_title
from viz.report.chapters.directions import SUPPLIED

GRADED = tuple(code for code, s in STATUSES.items() if s.graded)  # those that are a verdict
UNKNOWN = "未知"
KINDS = {"项目": "个", "平台": "个", "科技成果": "项", "人才": "人"}  # what supports a chain, with its unit
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChainTally:
    """One chain as the comparison tells it. `things` are by kind, None where nobody filed any of the kind anywhere."""

    facts: ReportFacts
    row: Row
    needs: NeedsCount
    things: Mapping[str, int | None]

    @property
    def title(self) -> str:
        """What the chain is called, with its county."""
        return chain_title(self.facts.view.county, self.facts.view.chain)

    @property
    def gaps(self) -> list[GapDocument]:
        """The gaps that have a place in the one order and are to be closed."""
        return [g for g in self.facts.plan["gaps"] if g["rank"] is not None and SUPPLIED not in g["flags"]]

    def named(self, gap: GapDocument) -> str:
        """The segment of a gap, with its chain where that is another one."""
        if self.owns(gap):
            return gap["segment"]
        return f"{gap['segment']}（{chain_title(gap['county'], gap['chain'])}）"

    def owns(self, gap: GapDocument) -> bool:
        """Whether a gap is of this chain, not of one that it waits for."""
        return (gap["county"], gap["chain"]) == (self.facts.view.county, self.facts.view.chain)

    @property
    def thin(self) -> list[str]:
        """Segments of which too little is known to have a place."""
        return [g["segment"] for g in self.facts.plan["gaps"] if g["rank"] is None]


@dataclass(frozen=True, slots=True)
class Shared:
    """A gap that a neighbour of the same city can help to close."""

    tally: ChainTally
    gap: GapDocument
    where: str
    firms: Sequence[str]


def tallies(facts: RegionFacts) -> list[ChainTally]:
    """Every chain of a region, by county and name."""
    rows = {row["chain_id"]: row for row in facts.rows}
    filed = {n.kind for one in facts.chains for n in one.view.nodes.values()}
    return [
        ChainTally(
            one,
            rows[one.view.chain_id],
            needs_of(one.view),
            {kind: len(one.view.belonging(kind)) if kind in filed else None for kind in KINDS},
        )
        for one in facts.chains
    ]


def by_county(chains: Iterable[ChainTally]) -> dict[str, list[ChainTally]]:
    """The chains of each county, in their order."""
    counties: dict[str, list[ChainTally]] = defaultdict(list)
    for one in chains:
        counties[one.facts.view.county].append(one)
    return dict(counties)


def total(chains: Iterable[ChainTally], key: str) -> int:
    """A column of the director's table, summed."""
    return sum(one.row[key] or 0 for one in chains)


def things(chains: Sequence[ChainTally], kind: str) -> int | None:
    """How many things of a kind some chains have together, each once; None where nobody filed any."""
    if all(one.things[kind] is None for one in chains):
        return None
    return len({n.id for one in chains for n in one.facts.view.belonging(kind)})


def shared_gaps(chains: Iterable[ChainTally]) -> Iterator[Shared]:
    """The gaps that firms of the same city can close, each with whom."""
    for one in chains:
        for gap in one.gaps:
            for partner in gap["partners"]:
                where = (
                    chain_title(str(partner["county"]), partner["chain"])
                    if partner["chain"]
                    else "市内其他县（市、区）"
                )
                yield Shared(one, gap, where, partner["firms"])


def alike(chains: Iterable[ChainTally]) -> dict[str, list[ChainTally]]:
    """Gaps of one name in several chains: to be closed once, for all of them."""
    names: dict[str, list[ChainTally]] = defaultdict(list)
    for one in chains:
        for name in dict.fromkeys(g["segment"] for g in one.gaps if one.owns(g)):
            names[name].append(one)
    return {name: own for name, own in sorted(names.items()) if len(own) > 1}
