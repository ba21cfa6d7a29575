"""One node with the row behind every value."""

from __future__ import annotations

from typing import cast

from graph.answers.documents.nodes import NodeDocument
from graph.answers.lookup import find_kind, find_node
from graph.answers.state import State
from graph.queries.node_sources import show_node


def show(state: State, kind: str, name: str) -> NodeDocument:
    """The document of `lianpu show`. Raises Unknown and Ambiguous."""
    sort = find_kind(state, kind)
    return cast(NodeDocument, show_node(state.explorer, sort, find_node(state, sort, name), state.records))
