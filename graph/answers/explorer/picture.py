"""The picture that a person's steps make: a pure function of where it starts, the steps, and the filters.

Steps are done one after the other and what came in earlier is never asked again, so that who opens the address
later, or elsewhere, sees the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from graph.answers.documents.workbench.explored import (
    ExploredCardDocument,
    ExploredEdgeDocument,
    ExploredGroupDocument,
    ExploredNodeDocument,
    ExploredPictureDocument,
)
from graph.answers.explorer.cards import FACETS, cards, facets, value_of
from graph.answers.explorer.neighbours import BEST, Group, group_of, groups, names_of, net_of, ranked
from graph.answers.explorer.steps import PictureStep
from graph.answers.explorer.ways import LONGEST, all_paths, common, shortest
from graph.answers.state import State

SOFT, HARD = 1000, 3000  # nodes of a picture: beyond the first it says so, beyond the second it takes none


@dataclass(frozen=True, slots=True)
class Arrival:
    """Nodes or discs that come in together: beside one node, or between two."""

    ids: tuple[str, ...]
    beside: tuple[str, ...] = ()
    toward: str | None = None  # a disc: the side on which they come in
    share: float = 0.5  # of the way between two


@dataclass(frozen=True, slots=True)
class Move:
    """A node put elsewhere by hand."""

    id: str
    place: tuple[int, int]


@dataclass(slots=True)
class Picture:
    """What the steps have made so far."""

    arrivals: list[Arrival | Move] = field(default_factory=list)
    drawn: dict[str, None] = field(default_factory=dict)  # nodes ever drawn, in order
    discs: dict[str, tuple[str, Group]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    pinned: set[str] = field(default_factory=set)
    lit: set[frozenset[str]] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    refused: int = 0

    @property
    def visible(self) -> int:
        """How many nodes are drawn and not hidden."""
        return len(self.drawn) - len(self.hidden & self.drawn.keys())

    def take(
        self, ids: Sequence[str], beside: Sequence[str] = (), toward: str | None = None, share: float = 0.5
    ) -> None:
        """Draw some nodes; those that were hidden come back to their place."""
        self.hidden.difference_update(ids)
        new = [i for i in dict.fromkeys(ids) if i not in self.drawn]
        room = max(0, HARD - self.visible)
        self.refused += len(new[room:])
        if new := new[:room]:
            self.drawn |= dict.fromkeys(new)
            self.arrivals.append(Arrival(tuple(new), tuple(n for n in beside if n in self.drawn), toward, share))


def disc_id(ident: str, group: Group) -> str:
    """The id of a disc: it is no node, and no node is called so."""
    return f"{ident}.{group.key}"


def draw(state: State, start: Sequence[str], steps: Sequence[PictureStep]) -> Picture:
    """Do the steps, from some nodes on."""
    net, picture = net_of(state), Picture()
    begin = [i for i in dict.fromkeys(start) if i in net.kinds]
    gone = len(set(start)) - len(begin)
    for ident in begin:
        picture.take([ident])
        _open(state, picture, ident)
    for step in steps:
        if any(ident not in net.kinds for ident in step.ids):
            gone += 1
            continue
        _do(state, picture, step)
    if gone:
        picture.remarks.append(f"链接里有 {gone} 处所说的对象已不在数据里，没有画出")
    if picture.refused:
        picture.remarks.append(f"画面最多 {HARD} 个对象，另有 {picture.refused} 个没有画出：先隐藏，或从表里挑")
    elif picture.visible > SOFT:
        picture.remarks.append(f"已画出 {picture.visible} 个对象，超过 {SOFT} 个会变慢：建议筛选或隐藏")
    return picture


def _do(state: State, picture: Picture, step: PictureStep) -> None:
    first = step.ids[0]
    match step.doer:
        case "add":
            for ident in step.ids:
                picture.take([ident])
                _open(state, picture, ident)
        case "open":
            _open(state, picture, first)
        case "group" if step.group and (group := group_of(state, first, step.group)):
            _expand(state, picture, first, group)
        case "draw":
            picture.take(step.ids[1:], [first], _disc_of(picture, first, step.ids[1]))
        case "path" | "paths" | "common":
            _join(state, picture, step)
        case "hide":
            picture.hidden.update(step.ids)
        case "only":
            picture.hidden.update(i for i in picture.drawn if i not in step.ids and i not in picture.pinned)
        case "pin":
            picture.pinned.update(step.ids)
        case "free":
            picture.pinned.difference_update(step.ids)
        case "move" if step.place and first in picture.drawn:
            picture.arrivals.append(Move(first, step.place))


def _open(state: State, picture: Picture, ident: str) -> None:
    """The discs of a node, once."""
    some = {disc_id(ident, g): (ident, g) for g in groups(state, ident)}
    new = tuple(d for d in some if d not in picture.discs)
    picture.discs |= some
    if new:
        picture.arrivals.append(Arrival(new, (ident,)))


def _expand(state: State, picture: Picture, ident: str, group: Group) -> None:
    """The best of a group that are not drawn yet."""
    picture.take([ident])
    picture.discs.setdefault(disc_id(ident, group), (ident, group))
    picture.hidden.difference_update(set(group.ids) & picture.hidden)
    fresh = [i for i in ranked(state, ident, group) if i not in picture.drawn][:BEST]
    picture.take(fresh, [ident], disc_id(ident, group))


def _disc_of(picture: Picture, ident: str, member: str) -> str | None:
    return next((d for d, (of, g) in picture.discs.items() if of == ident and member in g.ids), None)


def _join(state: State, picture: Picture, step: PictureStep) -> None:
    """The nodes between two picks, each where it stands on the way."""
    net, (start, end) = net_of(state), step.ids[:2]
    names = names_of(state, [start, end])
    between = f"“{names[start]}”和“{names[end]}”"
    picture.take([start])
    if step.doer == "common":
        shared = common(net, step.ids)
        if not shared:
            picture.remarks.append(f"{between}没有共同的相邻对象")
        picture.take([*step.ids], [start])
        picture.take(shared[:BEST], [start, end])
        picture.lit |= {frozenset((i, s)) for i in step.ids for s in shared[:BEST]}
        return
    ways = [shortest(net, start, end)] if step.doer == "path" else all_paths(net, start, end)
    paths = [p for p in ways if p]
    if not paths:
        few = f"{LONGEST} 步以内" if step.doer == "paths" else ""
        picture.remarks.append(f"{between}之间{few}没有路")
    for path in paths:
        _walk(picture, path)
    if step.doer == "path" and paths:
        picture.remarks.append(f"{between}之间最短 {len(paths[0]) - 1} 步")
    elif paths:
        picture.remarks.append(f"{between}之间 {LONGEST} 步以内有 {len(paths)} 条路")


def _walk(picture: Picture, path: Sequence[str]) -> None:
    picture.lit |= {frozenset(pair) for pair in pairwise(path)}
    ends = [path[0], path[-1]] if path[-1] in picture.drawn else []
    for place, ident in enumerate(path[1:], 1):
        picture.take([ident], ends or [path[place - 1]], share=place / (len(path) - 1))


def picture_document(
    state: State, picture: Picture, chosen: Mapping[str, Sequence[str]], off: Sequence[str] = ()
) -> ExploredPictureDocument:
    """The picture with what is filtered; `chosen` are the values to keep by facet, `off` kinds not to show."""
    visible = [i for i in picture.drawn if i not in picture.hidden]
    known = cards(state, visible)
    nodes: list[ExploredNodeDocument] = [
        {**card, "pinned": i in picture.pinned, "shown": i in picture.pinned or _passes(card, chosen, off)}
        for i, card in known.items()
    ]
    shown = {n["id"] for n in nodes if n["shown"]}
    return {
        "nodes": nodes,
        "groups": [
            g for d, (of, group) in picture.discs.items() if of in shown and (g := _group(d, of, group, known.keys()))
        ],
        "edges": _edges(state, shown, picture.lit),
        "facets": facets(list(known.values()), chosen, off),
        "numbers": sorted({c for card in known.values() for c in card["numbers"]}),
        "filters": _filter_words(chosen, off),
        "remarks": picture.remarks,
        "hidden": len(picture.drawn) - len(visible),
    }


def _passes(card: ExploredCardDocument, chosen: Mapping[str, Sequence[str]], off: Sequence[str]) -> bool:
    return card["kind"] not in off and all(value_of(card, f) in some for f, some in chosen.items() if some)


def _group(ident: str, of: str, group: Group, visible: Set[str]) -> ExploredGroupDocument | None:
    """A disc; none once everything in it is drawn."""
    drawn = sum(i in visible for i in group.ids)
    if drawn == len(group.ids):
        return None
    return {
        "id": ident, "of": of, "group": str(group.key), "kind": group.kind, "caption": group.caption,
        "total": len(group.ids), "drawn": drawn,
    }  # fmt: skip


def _edges(state: State, shown: set[str], lit: set[frozenset[str]]) -> list[ExploredEdgeDocument]:
    net, relations = net_of(state), state.city.schema.relations
    return [
        {
            "id": f"{ident}-{tie.relation}-{tie.other}", "source": ident, "target": tie.other, "relation": tie.relation,
            "caption": relations[tie.relation].caption, "lit": frozenset((ident, tie.other)) in lit,
        }
        for ident in sorted(shown)
        for tie in net.ties(ident)
        if tie.out and tie.other in shown
    ]  # fmt: skip


def _filter_words(chosen: Mapping[str, Sequence[str]], off: Sequence[str]) -> list[str]:
    """The filters as a person reads them.

    >>> _filter_words({"county": ["示例县"]}, ["产品"])
    ['县（市、区）：示例县', '不看：产品']
    """
    words = [f"{FACETS[name]}：{'、'.join(some)}" for name, some in chosen.items() if some]
    return [*words, f"不看：{'、'.join(off)}"] if off else words
