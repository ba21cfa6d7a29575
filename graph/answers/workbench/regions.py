"""Counties on a map: one figure of each, and what flows between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph.answers.documents.workbench.regions import (
    CountyFigureDocument,
    CountyFlowDocument,
    FlowItemDocument,
    RegionsDocument,
)
from graph.answers.plan.progress import sources_of
from graph.answers.state import State
from graph.answers.workbench.figures import REGION, SURVEYED, RegionFigure, RegionSubject, counties, figures
from graph.plan.sentence import amount_text

FEEDS, SUPPLIES = "环节供给", "企业供货"
ESSENTIAL = {2: "必需", 1: "一般", 0: "可忽略", None: "必需（没有写明）"}
Pair = tuple[str, str]  # counties (ids)


def regions(state: State, by: str | None = None) -> RegionsDocument:
    """The document of `lianpu regions`: the counties by one figure (code or caption). Raises Unknown."""
    own, known = counties(state), figures(state)
    figure = known.called(by or SURVEYED, own)
    return {
        "at": state.today.isoformat(),
        "figure": figure.document(),
        "counties": list(_counties(state, figure, own)),
        "flows": state.once(("county flows",), lambda: list(_flows(state))),
        "choices": [f.document() for f in known.choices(own)],
    }


def _counties(state: State, figure: RegionFigure, own: list[RegionSubject]) -> Iterator[CountyFigureDocument]:
    rows = {r["id"]: r for r in state.reader.nodes(REGION)}
    parents = {r.id: r.parent for r in state.facts().regions}
    for county in own:
        parent = parents.get(county.id)
        yield {
            "county": county.name,
            "county_id": county.id,
            "city": str(rows[parent]["name"]) if parent in rows else None,
            "code": str(rows[county.id].get("code") or "") or None,
            **figures(state).of(figure, county).document(state),
        }


def _flows(state: State) -> Iterator[CountyFlowDocument]:
    """What flows between counties, the pairs with most first."""
    items: dict[Pair, list[FlowItemDocument]] = defaultdict(list)
    for pair, item in (*_feeds(state), *_supplies(state)):
        items[pair].append(item)
    names = {r.id: r.name for r in state.facts().regions}
    order = sorted(items, key=lambda p: (-len(items[p]), names[p[0]], names[p[1]]))
    for source, target in order:
        yield {
            "source": names[source],
            "source_id": source,
            "target": names[target],
            "target_id": target,
            "items": sorted(
                items[source, target], key=lambda i: (i["kind"], i["source"], i["target"], i["what"] or "")
            ),
        }


def _feeds(state: State) -> Iterator[tuple[Pair, FlowItemDocument]]:
    """Segments that feed one of another county."""
    facts = state.facts()
    chains, segments = {c.id: c for c in facts.chains}, {s.id: s for s in facts.segments}
    for feed in facts.feeds:
        ends = [segments[end] for end in (feed.source, feed.target)]
        source, target = (chains[end.chain] for end in ends)
        pair = source.county, target.county
        if pair[0] != pair[1]:
            yield (
                pair,
                {
                    "kind": FEEDS,
                    "source": ends[0].name,
                    "source_id": feed.source,
                    "source_chain": source.name,
                    "target": ends[1].name,
                    "target_id": feed.target,
                    "target_chain": target.name,
                    "what": feed.what,
                    "detail": ESSENTIAL[feed.essentiality],
                    "rows": sources_of(state, feed.records),
                },
            )


def _supplies(state: State) -> Iterator[tuple[Pair, FlowItemDocument]]:
    """Firms that supply one of another county."""
    firms = {f.id: f for f in state.facts().firms}
    own = {c.id for c in counties(state)}
    for edge in state.reader.edges("SUPPLIES", "企业", "企业"):
        source, target = firms[edge["source"]], firms[edge["target"]]
        if source.region in own and target.region in own and source.region != target.region:
            amount = f"{amount_text(edge['amount'])}万元" if edge.get("amount") is not None else ""
            yield (
                (str(source.region), str(target.region)),
                {
                    "kind": SUPPLIES,
                    "source": source.name,
                    "source_id": source.id,
                    "source_chain": None,
                    "target": target.name,
                    "target_id": target.id,
                    "target_chain": None,
                    "what": edge.get("what") or None,
                    "detail": " ".join(p for p in (f"{edge['year']}年" if edge.get("year") else "", amount) if p),
                    "rows": sources_of(state, edge["records"]),
                },
            )
