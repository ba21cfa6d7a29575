"""What projecting gives: the whole graph as plain values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.model import Edge, Node, Remark, Waiting
from graph.projection.decisions import Decisions

if TYPE_CHECKING:
    from graph.naming.same_firm import SameFirm


@dataclass(slots=True)
class Projection:
    """The whole graph, as plain values: nodes by kind and id, edges by relation and id."""

    nodes: dict[str, dict[str, Node]] = field(default_factory=lambda: defaultdict(dict))
    edges: dict[str, dict[str, Edge]] = field(default_factory=lambda: defaultdict(dict))
    waiting: list[Waiting] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    alike: list[SameFirm] = field(default_factory=list)  # firms made one by their names
    decisions: Decisions = field(default_factory=Decisions)

    def size(self) -> int:
        """Number of nodes and edges."""
        return sum(map(len, self.nodes.values())) + sum(map(len, self.edges.values()))
