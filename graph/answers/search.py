"""Search by name, former name and code."""

from __future__ import annotations

from graph.answers.documents.nodes import HitDocument, SearchDocument
from graph.answers.lookup import path_of
from graph.answers.state import State
from graph.queries.search_index import PLACES, NamedNode
from graph.schema.kinds import Kind
from graph.text import norm

LIMIT = 200


def search(state: State, text: str) -> SearchDocument:
    """The document of `lianpu search`: names first, then former names and codes."""
    hits: dict[str, tuple[Kind, NamedNode]] = {}
    for form in dict.fromkeys((text.strip(), norm(text))):
        for kind in state.city.schema.kinds.values() if form else ():
            for node in _holding(state, kind.caption, form):
                hits.setdefault(node.id, (kind, node))

    def rank(hit: tuple[Kind, NamedNode]) -> tuple[bool, int, str, str]:
        kind, node = hit
        return node.matched != text, len(node.name), kind.caption, node.name

    return {"hits": [_hit(state, *hit) for hit in sorted(hits.values(), key=rank)[:LIMIT]]}


def _holding(state: State, kind: str, text: str) -> list[NamedNode]:
    """The nodes of a kind that hold a text, in order of id: as the index says, or the engine where there is none."""
    if state.names is not None:
        return state.names.holding(kind, text)
    matched = state.reader.nodes_matching(kind, text)
    return [
        NamedNode(node.id, node.name, next((p for c in PLACES if (p := node.values.get(c))), None), matched[node.id])
        for node in state.explorer.nodes(kind, matched)
    ]


def _hit(state: State, kind: Kind, node: NamedNode) -> HitDocument:
    path = path_of(state, kind, {"id": node.id, "name": node.name}) if kind.caption == "环节" else ""
    county, _, chain = path.removesuffix(f"/{node.name}").partition("/")
    return {
        "kind": kind.caption,
        "name": node.name,
        "id": node.id,
        "county": node.place or county or None,
        "chain": chain or None,
        "matched": node.matched,
    }
