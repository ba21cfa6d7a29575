"""All members of a group, and the panel of a node."""

from __future__ import annotations

from graph.answers.documents.workbench.explored import ExploredPanelDocument, MembersDocument, OnChainDocument
from graph.answers.explorer.cards import SEGMENT, cards, facets, view_nodes
from graph.answers.explorer.neighbours import groups, names_of, net_of, ranked
from graph.answers.explorer.picture import disc_id
from graph.answers.explorer.steps import GroupKey
from graph.answers.state import State
from graph.errors import Unknown
from graph.naming.chain import chain_title
from graph.text import masked

MOST = 3000  # rows of a group's table


def members(state: State, ident: str, key: str) -> MembersDocument:
    """The table of a group, the most tied first. Raises Unknown."""
    wanted = GroupKey.parse(key)
    group = next((g for g in groups(state, _known(state, ident)) if g.key == wanted), None)
    if group is None:
        raise Unknown("相邻对象", key, [])
    known = list(cards(state, ranked(state, ident, group)[:MOST]).values())
    return {
        "of": ident,
        "name": names_of(state, [ident])[ident],
        "group": key,
        "kind": group.kind,
        "caption": group.caption,
        "total": len(group.ids),
        "members": known,
        "facets": [f for f in facets(known, {}) if f["name"] != "kind"],
    }


def panel(state: State, ident: str) -> ExploredPanelDocument:
    """What stands beside the picture of a picked node. Raises Unknown."""
    node = view_nodes(state, [_known(state, ident)])[ident]
    return {
        "card": cards(state, [ident])[ident],
        "facts": [{"caption": c, "value": masked(v)} for c, v in node.values.items()],
        "groups": [
            {
                "id": disc_id(ident, g), "of": ident, "group": str(g.key), "kind": g.kind, "caption": g.caption,
                "total": len(g.ids), "drawn": 0,
            }
            for g in groups(state, ident)
        ],
        "chains": _chains(state, ident),
    }  # fmt: skip


def _chains(state: State, ident: str) -> list[OnChainDocument]:
    """The chains that a node is tied to, or a segment of which it is tied to."""
    net = net_of(state)
    around = {ident, *(t.other for t in net.ties(ident))}
    segments = [n for n in around if net.kinds[n] == SEGMENT]
    ids = around | {t.other for n in segments for t in net.ties(n) if t.out}
    return [{"id": c.id, "name": chain_title(c.county, c.name)} for c in state.chains() if c.id in ids]


def _known(state: State, ident: str) -> str:
    if ident not in net_of(state).kinds:
        raise Unknown("对象", ident, [])
    return ident
