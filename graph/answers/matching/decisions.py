"""What people decided about needs and what may answer them, as it stands today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.answers.state import State
from graph.dates import as_date
from graph.model import ViewNode
from graph.plan.pair import NO_FACTS, PairNow, basis_of
from graph.queries.pair_reader import NEED, read_pairs


@dataclass(frozen=True, slots=True)
class Decided:
    """One pair today; `changed` says that need or object changed since nothing came of it, so that it is open again."""

    now: PairNow
    need: ViewNode
    object: ViewNode
    changed: bool

    @property
    def refused(self) -> bool:
        """Whether it is not to be proposed."""
        return self.now.failed and not self.changed


Decisions = Mapping[tuple[str, str], Decided]  # by the ids of need and object


def decisions(state: State) -> Decisions:
    """Every pair that people brought together, read once."""

    def read() -> dict[tuple[str, str], Decided]:
        pairs = read_pairs(state.reader, state.records)
        wanted: dict[str, set[str]] = {NEED: {p.need for p in pairs}}
        for pair in pairs:
            wanted.setdefault(pair.object_kind, set()).add(pair.object)
        nodes = {n.id: n for kind, ids in wanted.items() for n in state.explorer.nodes(kind, ids)}
        today = [now for p in pairs if (now := p.at(state.today))]
        return {(n.pair.need, n.pair.object): _decided(state, n, nodes) for n in today}

    return state.once(("decided pairs",), read)


def _decided(state: State, now: PairNow, nodes: Mapping[str, ViewNode]) -> Decided:
    need, thing = nodes[now.pair.need], nodes[now.pair.object]
    day = now.decisive.day
    changed = now.failed and now.outdated(basis_of(need, thing), bool(day and _news(state, day, need, thing)))
    return Decided(now, need, thing, changed)


def _news(state: State, day: date, *nodes: ViewNode) -> bool:
    """Whether rows dated after a day say of one of some nodes what none of its rows before did."""
    for node in nodes:
        captions = {c.caption for c in state.city.schema.kinds[node.kind].columns} - NO_FACTS
        rows = state.records(node.records).values()
        later = [r for r in rows if (dated := as_date(r.as_of)) and dated > day]
        before = [r for r in rows if r not in later]
        known = {(c, str(r.values.get(c))) for r in before for c in captions}
        if before and any((c, str(v)) not in known for r in later for c, v in r.values.items() if c in captions):
            return True
    return False
