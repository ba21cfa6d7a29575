"""What a node of the picture tells at a glance, and by what it can be filtered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.answers.documents.workbench.explored import ExploredCardDocument, FacetDocument
from graph.answers.explorer.neighbours import net_of
from graph.answers.state import State
from graph.model import ViewNode
from graph.schema.kinds import Kind

FACETS = {"kind": "类别", "county": "县（市、区）", "status": "状态", "year": "年份", "grade": "可信度"}
UNTOLD = "未写明"
STATES, YEARS = ("状态", "进展"), ("年份", "统计年份", "认定年份")
COUNTY, CHAIN, SEGMENT = "县市区", "产业链", "环节"


def view_nodes(state: State, ids: Iterable[str]) -> dict[str, ViewNode]:
    """Some nodes as people see them; those that are not there are left out."""
    net = net_of(state)
    by_kind: dict[str, list[str]] = {}
    for ident in ids:
        if ident in net.kinds:
            by_kind.setdefault(net.kinds[ident], []).append(ident)
    return {n.id: n for kind, some in by_kind.items() for n in state.explorer.nodes(kind, some)}


def cards(state: State, ids: Sequence[str]) -> dict[str, ExploredCardDocument]:
    """The cards of some nodes, in their order."""
    nodes, net = view_nodes(state, ids), net_of(state)
    seqs = {s for n in nodes.values() for s in n.records}
    sources = state.city.sources(sorted(seqs))
    graded = state.by_id() if any(n.kind == SEGMENT for n in nodes.values()) else {}
    shaped: dict[str, ExploredCardDocument] = {}
    for ident in dict.fromkeys(i for i in ids if i in nodes):
        node = nodes[ident]
        own = [sources[s] for s in node.records if s in sources]
        status = graded.get(ident)
        shaped[ident] = {
            "id": ident,
            "kind": node.kind,
            "name": node.name or node.kind,
            "county": _county(state, node),
            "status": status.caption if status else _text(node, STATES),
            "year": _year(node, [s["as_of"] for s in own]),
            "grade": min((s["grade"] for s in own), default=None),
            "weight": net.weight(ident),
            "numbers": _numbers(state.city.schema.kinds[node.kind], node),
            "code": status.status if status else None,
        }
    return shaped


def _text(node: ViewNode, captions: Iterable[str]) -> str | None:
    return next((str(node.values[c]) for c in captions if node.values.get(c) not in (None, "")), None)


def _year(node: ViewNode, days: Iterable[str | None]) -> str | None:
    written = _text(node, YEARS)
    return written or max((day[:4] for day in days if day), default=None)


def _numbers(kind: Kind, node: ViewNode) -> dict[str, float]:
    """The values of columns that hold amounts; what is not told is not there."""
    amounts = (c.caption for c in kind.fields if c.type in ("money", "number", "int", "share"))
    return {
        c: float(v) for c in amounts if isinstance(v := node.values.get(c), int | float) and not isinstance(v, bool)
    }


def _county(state: State, node: ViewNode) -> str | None:
    """Where a node stands: as written, else where the chain or the only chains that it is tied to stand."""
    if node.kind == COUNTY:
        return node.name
    places = _counties_of_chains(state)
    if node.id in places:
        return places[node.id]
    if written := _text(node, (COUNTY,)):
        return written
    around = {places[t.other] for t in net_of(state).ties(node.id) if t.other in places}
    return around.pop() if len(around) == 1 else None


def _counties_of_chains(state: State) -> Mapping[str, str]:
    """The county of every chain and segment (id)."""

    def read() -> dict[str, str]:
        chains = {c.id: c.county for c in state.chains()}
        return chains | {ident: path.partition("/")[0] for ident, path in state.paths().items()}

    return state.once(("counties of chains",), read)


def facets(
    some: Collection[ExploredCardDocument], chosen: Mapping[str, Collection[str]], off: Collection[str] = ()
) -> list[FacetDocument]:
    """By what some cards can be filtered: each value with its count, the frequent ones first.

    Of kinds those are on that are not put off; of everything else what is chosen.
    """
    shaped: list[FacetDocument] = []
    for name, caption in FACETS.items():
        counts: dict[str, int] = {}
        for card in some:
            value = value_of(card, name)
            counts[value] = counts.get(value, 0) + 1
        picked = off if name == "kind" else chosen.get(name, ())
        counts |= {value: 0 for value in picked if value not in counts}
        ordered = sorted(counts.items(), key=lambda item: (item[0] == UNTOLD, -item[1], item[0]))
        shaped.append(
            {
                "name": name,
                "caption": caption,
                "values": [{"value": v, "count": n, "on": (v in picked) != (name == "kind")} for v, n in ordered],
            }
        )
    return shaped


def value_of(card: ExploredCardDocument, facet: str) -> str:
    """What a card says under a facet; 未写明 where nothing is told, which is a value to choose too."""
    values: Mapping[str, object] = card
    return str(values[facet] or UNTOLD)
