"""Stores: one protocol, several engines, chosen by URL."""

from __future__ import annotations

from pathlib import Path

from graph.errors import BadGraphUrl
from graph.schema.kinds import Schema
from graph.store.protocol import GraphStore

__all__ = ["GraphStore", "is_at", "open_store"]


def is_at(store: GraphStore, url: str) -> bool:
    """Whether a URL means the folder that an embedded store holds open: it must not be opened twice."""
    ours, asked = (u.removeprefix("ladybug:///") for u in (store.url, url))
    return ours != store.url and asked != url and Path(ours).resolve() == Path(asked).resolve()


def open_store(url: str, schema: Schema) -> GraphStore:
    """The store that a `LIANPU_GRAPH_URL` names. Raises BadGraphUrl for an unknown engine."""
    scheme = url.partition("://")[0] if "://" in url else ""
    # Each engine is imported by its users only.
    if scheme == "ladybug":
        from graph.store.ladybug_.store import LadybugStore

        return LadybugStore(Path(url.removeprefix("ladybug:///")), schema)
    if scheme.partition("+")[0] in ("neo4j", "bolt"):
        from graph.store.neo4j.store import Neo4jStore

        return Neo4jStore(url, schema)
    raise BadGraphUrl(f"不认识的类型 {scheme}" if scheme.isalnum() else "看不出类型")
