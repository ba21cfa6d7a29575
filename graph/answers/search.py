"""Search by name, former name and code."""

from __future__ import annotations

from graph.answers.documents.nodes import HitDocument, SearchDocument
from graph.answers.lookup import path_of
from graph.answers.state import State
from graph.model import ViewNode
from graph.schema.kinds import Kind
from graph.text import norm

LIMIT = 200


def search(state: State, text: str) -> SearchDocument:
    """The document of `lianpu search`: names first, then former names and codes."""
    hits: dict[str, HitDocument] = {}
    for form in dict.fromkeys((text.strip(), norm(text))):
        for kind in state.city.schema.kinds.values() if form else ():
            matched = state.reader.nodes_matching(kind.caption, form)
            for node in state.explorer.nodes(kind.caption, matched):
                hits.setdefault(node.id, _hit(state, kind, node, matched[node.id]))
    ranked = sorted(hits.values(), key=lambda h: (h["matched"] != text, len(h["name"]), h["kind"], h["name"]))
    return {"hits": ranked[:LIMIT]}


def _hit(state: State, kind: Kind, node: ViewNode, matched: str) -> HitDocument:
    county = node.values.get("县市区") or node.values.get("所在地")
    path = path_of(state, kind, {"id": node.id, "name": node.name}) if kind.caption == "环节" else ""
    return {
        "kind": kind.caption,
        "name": node.name,
        "county": county or (path.split("/")[0] or None),
        "chain": path.split("/")[1] if path.count("/") == 2 else None,
        "matched": matched,
    }
