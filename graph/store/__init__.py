"""Stores: one protocol, several engines, chosen by URL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import BadGraphUrl
from graph.schema import Schema
from graph.store.base import GraphStore
from graph.store.ladybug_ import LadybugStore

__all__ = ["GraphStore", "open_store"]


def open_store(url: str, schema: Schema) -> GraphStore:
    """The store that a `LIANPU_GRAPH_URL` names. Raises BadGraphUrl for an unknown engine."""
    parts = urlsplit(url)
    if parts.scheme == "ladybug":
        return LadybugStore(Path(url.removeprefix("ladybug:///")), schema)
    raise BadGraphUrl(parts.scheme or url)
