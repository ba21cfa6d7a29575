"""What projecting gives: the whole graph as plain values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.model import Edge, Node, Remark, Waiting
from graph.projection.decisions import Decisions

if TYPE_CHECKING:
    from graph.naming.same_firm import SameFirm


RULES = 2  # to be raised where the same rows come to another graph: one that was built by other rules is built anew


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

    def things(self) -> list[Node | Edge]:
        """Every node and edge."""
        nodes = [node for of in self.nodes.values() for node in of.values()]
        return [*nodes, *(edge for of in self.edges.values() for edge in of.values())]

    def in_order(self) -> Projection:
        """The same in the order of the rows; updates leave it in the order in which things came."""

        def place(thing: Node | Edge) -> tuple[int, str, str]:
            node = self.nodes[thing.target_kind][thing.target] if isinstance(thing, Edge) else thing
            return min(thing.records, default=0), node.name, thing.id

        return replace(
            self,
            nodes={kind: {n.id: n for n in sorted(of.values(), key=place)} for kind, of in sorted(self.nodes.items())},
            edges={name: {e.id: e for e in sorted(of.values(), key=place)} for name, of in sorted(self.edges.items())},
            waiting=sorted(self.waiting, key=lambda w: (w.file, w.record, w.where)),
        )
