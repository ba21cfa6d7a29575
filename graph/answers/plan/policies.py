"""The policies that a county can use: its own, those of its chains, and those for everybody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from graph.answers.state import State
from graph.dates import as_date
from graph.model import ViewNode

POLICY = "政策"


@dataclass(frozen=True, slots=True)
class UsablePolicy:
    """One policy, for whom and until when."""

    node: ViewNode
    chains: tuple[str, ...]
    over: bool  # no longer in force

    def value(self, caption: str) -> str:
        """What stands in a column; "" where it is empty."""
        value = self.node.values.get(caption)
        return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def policies_of(state: State, county: str) -> list[UsablePolicy]:
    """The policies for a county (id): those in force first, then by name."""
    chains = {c.id: c for c in state.chains()}
    regions, of_chains = _ends(state, "LOCATED_IN", "县市区"), _ends(state, "IN_CHAIN", "产业链")
    own = {e["source"] for e in state.reader.edges("LOCATED_IN", "产业链", "县市区") if e["target"] == county}
    out = []
    for node in state.explorer.nodes(POLICY):
        places, targets = regions[node.id], of_chains[node.id]
        if places <= {county} and (county in places or not targets or targets & own):
            names = sorted(chains[c].name for c in targets & own)
            end = as_date(node.values.get("止"))
            out.append(UsablePolicy(node, tuple(names), end is not None and end < state.today))
    return sorted(out, key=lambda p: (p.over, p.node.name))


def _ends(state: State, relation: str, to: str) -> dict[str, set[str]]:
    ends: dict[str, set[str]] = defaultdict(set)
    for edge in state.reader.edges(relation, POLICY, to):
        ends[edge["source"]].add(edge["target"])
    return ends
