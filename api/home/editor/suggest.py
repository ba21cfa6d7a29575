"""Existing names for a field that refers to things: those that hold what was typed, the shortest first."""

from __future__ import annotations

from collections.abc import Iterable

from graph.answers.search import find_names
from graph.answers.state import State
from graph.queries.names.kind_names import NamedNode
from graph.text import norm

MOST = 30
SEGMENT, CHAIN, COUNTY = "环节", "产业链", "县市区"


def names_like(state: State, kinds: Iterable[str], text: str, chain: str = "") -> list[dict[str, str]]:
    """At most so many names of some kinds, each with what tells it from its namesakes; segments of a chain where one is named."""
    wanted = norm(text)
    hits: dict[str, str] = {}
    for kind in kinds:
        if kind == SEGMENT:
            rows = [r for r in state.graded() if not chain or norm(r.chain) in norm(chain)]
            hits |= {r.segment: f"{r.county} · {r.chain}" for r in rows if wanted in norm(r.segment)}
        elif kind == CHAIN:
            hits |= {c.name: c.county for c in state.chains() if wanted in norm(c.name)}
        elif kind in state.city.schema.kinds:
            hits |= {node.name: node.place or kind for node in _holding(state, kind, text.strip())}
    ordered = sorted(hits, key=lambda name: (not norm(name).startswith(wanted), len(name), name))
    return [{"name": name, "about": hits[name]} for name in ordered[:MOST]]


def _holding(state: State, kind: str, text: str) -> list[NamedNode]:
    if not text:
        return [NamedNode("", name, None) for name in state.reader.names(kind)[:MOST]]
    return [hit.node for hit in find_names(state, text, MOST, {kind}).best]
