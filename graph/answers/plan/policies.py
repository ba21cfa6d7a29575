"""The policies that a county can use: its own, those of its chains, and those of its city."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from graph.answers.state import State
from graph.dates import as_date
from graph.model import ViewNode
from graph.queries.plan_targets import Cities

POLICY, REGION = "政策", "县市区"


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


def policies_of(state: State, county: str, at: date | None = None) -> list[UsablePolicy]:
    """The policies for a county (id) on a day: of its own, of what is above it, of its chains, and those of its city that name
    nobody. Those in force first, then by name.
    """
    chains = {c.id: c for c in state.chains()}
    regions, of_chains = _ends(state, "LOCATED_IN", REGION), _ends(state, "IN_CHAIN", "产业链")
    cities = Cities(state.reader, state.city.sources, state.reader.nodes(POLICY))
    line = cities.line(county)
    own = {e["source"] for e in state.reader.edges("LOCATED_IN", "产业链", REGION) if e["target"] == county}
    out = []
    for node in state.explorer.nodes(POLICY):
        places, targets = regions[node.id], of_chains[node.id]
        here = places <= set(line) if places else line[-1] in (cities.of(node.records) or line)
        if here and (not targets or targets & own):
            names = sorted(chains[c].name for c in targets & own)
            end = as_date(node.values.get("止"))
            out.append(UsablePolicy(node, tuple(names), end is not None and end < (at or state.today)))
    return sorted(out, key=lambda p: (p.over, p.node.name))


def _ends(state: State, relation: str, to: str) -> dict[str, set[str]]:
    ends: dict[str, set[str]] = defaultdict(set)
    for edge in state.reader.edges(relation, POLICY, to):
        ends[edge["source"]].add(edge["target"])
    return ends
