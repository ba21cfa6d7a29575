"""A need beside one thing that may answer it: what both say, how they match, how far they have come."""

from __future__ import annotations

from dataclasses import dataclass

from graph.answers.documents.matching import MatchedDocument
from graph.answers.documents.pairing import PairDocument
from graph.answers.matching import matching
from graph.answers.matching.decisions import decisions
from graph.answers.matching.pairings import pair_documents
from graph.answers.matching.registered import NEED, OTHERS, RESULT, registered_of
from graph.answers.state import State
from graph.errors import Unknown
from graph.model import ViewNode
from graph.plan.pair import basis_of
from graph.text import norm


@dataclass(frozen=True, slots=True)
class PairSides:
    """Both sides. `written` is how a row names the object so that nothing else is meant; empty where no name does.

    `hit` is None where words do not bring them together.
    """

    need: ViewNode
    object: ViewNode
    raised_by: tuple[str, ...]
    holders: tuple[str, ...]
    linked: bool
    pair: PairDocument | None
    hit: MatchedDocument | None
    basis: str
    written: str


def pair_sides(state: State, need: str, thing: str) -> PairSides:
    """A need and an object by their ids. Raises Unknown."""
    registered = registered_of(state)
    own = registered.things[NEED].get(need)
    kind = next((k for k in (RESULT, *OTHERS) if thing in registered.things[k]), None)
    if own is None:
        raise Unknown(NEED, need, [])
    if kind is None:
        raise Unknown("对象", thing, [])
    (need_node,), (object_node,) = state.explorer.nodes(NEED, [need]), state.explorer.nodes(kind, [thing])
    (match,) = matching(state, top=len(registered.things[RESULT]) or 1, ids=[need])["matches"]
    decided = decisions(state).get((need, thing))
    return PairSides(
        need_node,
        object_node,
        own.holders,
        registered.things[kind][thing].holders,
        (thing, need) in registered.linked,
        pair_documents(state, [decided])[0] if decided else None,
        next((h for h in (*match["hits"], *match["others"]) if h["id"] == thing), None),
        basis_of(need_node, object_node),
        written_name(state, object_node.kind, object_node.name),
    )


def written_name(state: State, kind: str, name: str) -> str:
    """How a row names something so that nothing else is meant; empty where no name tells it from another of its kind."""
    things = registered_of(state).things
    bearers = [k for k in (RESULT, *OTHERS) for other in things[k].values() if norm(other.title) == norm(name)]
    if bearers.count(kind) > 1:
        return ""
    return name if len(bearers) == 1 else f"{name}（{kind}）"
