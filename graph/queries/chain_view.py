"""Everything that hangs on one chain, as one value that chain map, mind map and report draw from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.dates import last_day
from graph.model import ChainView, ViewEdge, ViewNode
from graph.queries.explorer import Explorer, Link
from graph.queries.plan_targets import TARGET, targets_above
from graph.queries.rows import GraphReader

Sources = Callable[[Iterable[int]], Mapping[int, dict[str, Any]]]  # Source documents of ledger rows


@dataclass(frozen=True, slots=True, order=True)
class Chain:
    """A chain and the county that it belongs to."""

    county: str
    name: str
    id: str

    def document(self) -> dict[str, str]:
        """How documents name it.

        >>> Chain("示例县", "示例链", "c1").document()
        {'county': '示例县', 'chain': '示例链', 'chain_id': 'c1'}
        """
        return {"county": self.county, "chain": self.name, "chain_id": self.id}


def read_chains(reader: GraphReader) -> list[Chain]:
    """Every chain, by county and name."""
    counties = {r["id"]: r["name"] for r in reader.nodes("县市区")}
    county_of = {e["source"]: counties[e["target"]] for e in reader.edges("LOCATED_IN", "产业链", "县市区")}
    return sorted(Chain(county_of[r["id"]], r["name"], r["id"]) for r in reader.nodes("产业链"))


class _Gatherer:
    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.ids: dict[str, set[str]] = defaultdict(set)
        self.edges: dict[tuple[str, str, str, tuple[int, ...], str], ViewEdge] = {}

    def add(self, links: list[Link]) -> None:
        for link in links:
            edge = link.edge
            self.ids[link.source_kind].add(edge.source)
            self.ids[link.target_kind].add(edge.target)
            self.edges[edge.relation, edge.source, edge.target, edge.records, str(edge.values)] = edge

    def nodes(self) -> dict[str, ViewNode]:
        return {n.id: n for kind, ids in sorted(self.ids.items()) for n in self.explorer.nodes(kind, ids)}


def gather(explorer: Explorer, chain: str, sources: Sources) -> tuple[dict[str, ViewNode], tuple[ViewEdge, ...]]:
    """The nodes and edges around a chain (by id): its county, segments, what stands on them, and the targets that
    reach it from above."""
    g, looks = _Gatherer(explorer), explorer.schema.looks
    g.ids["产业链"].add(chain)
    g.add(explorer.edges_from("产业链", {chain}))
    g.add(explorer.edges_to("产业链", {chain}))
    for county in g.ids["县市区"]:
        g.ids[TARGET] |= targets_above(explorer, county, sources)
    own = set(g.ids["环节"])
    g.add(explorer.edges_to("环节", own))
    g.add(explorer.edges_from("环节", own, skip=("IN_CHAIN",)))
    for _ in range(2):  # a need's project, then the project's undertaker
        for kind in (k for k, look in looks.items() if look.carried):
            g.add(explorer.edges_from(kind, set(g.ids[kind]), skip=("ON_SEGMENT", "IN_CHAIN")))
        for kind in (k for k, look in reversed(looks.items()) if look.answered):  # what asks before what is asked for
            g.add(explorer.edges_to(kind, set(g.ids[kind])))
    firms = set(g.ids["企业"])
    g.add(explorer.edges_from("企业", firms, skip=explorer.schema.unfollowed(backward=False)))
    g.add(explorer.edges_to("企业", firms, skip=explorer.schema.unfollowed(backward=True)))
    g.add(explorer.edges_from("环节", set(g.ids["环节"]) - own, skip=("FEEDS", "SUBSEGMENT_OF", "BOUGHT_FROM")))
    nodes = g.nodes()
    edges = sorted(g.edges.values(), key=lambda e: (e.relation, e.source, e.target, e.records, str(e.values)))
    return nodes, tuple(e for e in edges if e.source in nodes and e.target in nodes)


def chain_view(
    explorer: Explorer, chain: Chain, segments: Sequence[dict[str, Any]], today: date, sources: Sources, *, demo: bool
) -> ChainView:
    """The view of one chain, whose segments are given as documents."""
    nodes, edges = gather(explorer, chain.id, sources)
    stating = sources({s for n in nodes.values() for s in n.records} | {s for e in edges for s in e.records})
    dates = [last_day(s["as_of"]) for s in stating.values() if s["as_of"]]
    as_of = min(max(dates), today.isoformat()) if dates else today.isoformat()
    looks = explorer.schema.looks
    return ChainView(chain.county, chain.name, chain.id, as_of, tuple(segments), nodes, edges, stating, looks, demo)
