"""The neighbours of a node in groups: how many of each kind by each relation, and which come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.answers.explorer.net import TieNet
from graph.answers.explorer.steps import GroupKey
from graph.answers.state import State
from graph.queries.rows import node_name

BEST = 30  # neighbours that a group opens with; the rest is drawn from its table


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours of one kind by one relation."""

    key: GroupKey
    kind: str
    caption: str  # of the relation, with an arrow: where it leads
    ids: tuple[str, ...]


def net_of(state: State) -> TieNet:
    """The net of a state, read once."""
    return state.once(("net",), lambda: TieNet.read(state.reader))


def groups(state: State, ident: str) -> list[Group]:
    """The groups of a node, in the order of the kinds' sheets."""
    return state.answer(("groups", ident), lambda: _groups(state, ident))


def _groups(state: State, ident: str) -> list[Group]:
    net, schema = net_of(state), state.city.schema
    members: dict[tuple[str, bool, str], dict[str, None]] = {}
    for tie in net.ties(ident):
        if tie.other != ident:
            members.setdefault((tie.relation, tie.out, net.kinds[tie.other]), {})[tie.other] = None
    ordered = [
        Group(
            GroupKey(relation, out, schema.kinds[kind].label),
            kind,
            f"{'→' if out else '←'}{schema.relations[relation].caption}",
            tuple(ids),
        )
        for (relation, out, kind), ids in members.items()
    ]
    return sorted(ordered, key=lambda g: (schema.kinds[g.kind].order, str(g.key)))


def group_of(state: State, ident: str, key: GroupKey) -> Group | None:
    """One group of a node; None where it has no such neighbours."""
    return next((g for g in groups(state, ident) if g.key == key), None)


def names_of(state: State, ids: Sequence[str]) -> dict[str, str]:
    """What people call some nodes."""
    net, schema = net_of(state), state.city.schema
    by_kind: dict[str, list[str]] = {}
    for ident in ids:
        by_kind.setdefault(net.kinds[ident], []).append(ident)
    return {
        row["id"]: node_name(schema.kinds[kind], row)
        for kind, some in by_kind.items()
        for row in state.reader.nodes(kind, some)
    }


def ranked(state: State, ident: str, group: Group) -> list[str]:
    """The members of a group of a node, the most tied first, then by name."""

    def order() -> list[str]:
        net, names = net_of(state), names_of(state, group.ids)
        return sorted(group.ids, key=lambda n: (-net.weight(n), names.get(n, ""), n))

    return state.answer(("ranked", ident, group.key), order)
