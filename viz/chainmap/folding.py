"""What of a chain is on screen: parents that are folded stand for all beneath them; statuses and cards may be hidden."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.analysis.grading.statuses import BY_GRAVITY
from graph.model import ChainView, ViewEdge
from viz.theme import STATUS_STYLES

ALL, NONE = "all", "none"
FOLD_ABOVE = 40  # segments: beyond this a map opens folded
LEVELS = {"一般": "normal", "可忽略": "slight"}
HEAVIEST = ("slight", "normal", "essential")
NAMED = 2  # of the things that flow along an arrow, how many it names
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What a person set. `open`: the parents that show what is beneath them; None shows everything."""

    open: frozenset[str] | None = None
    statuses: frozenset[str] = frozenset()  # whose cards are hidden
    cards: frozenset[str] = frozenset()  # hidden one by one

    @classmethod
    def asked(cls, opened: Iterable[str], statuses: Iterable[str] = (), cards: Iterable[str] = ()) -> OnScreen:
        """What an address says: the parents that are open, or all, or none."""
        marks = set(opened)
        return cls(None if ALL in marks else frozenset(marks - {NONE}), frozenset(statuses), frozenset(cards))

    @classmethod
    def of(cls, view: ChainView, opened: Iterable[str], statuses: Iterable[str], cards: Iterable[str]) -> OnScreen:
        """The same; an address that says nothing opens a large map folded."""
        large = len(view.segments) > FOLD_ABOVE
        return cls.asked(set(opened) or {NONE if large else ALL}, statuses, cards)

    def hides(self, card: Mapping[str, Any]) -> bool:
        """Whether a card is taken off the drawing; what is left stays where it is."""
        return card["id"] in self.cards or card.get("status") in self.statuses


@dataclass(slots=True)
class Folding:
    """The segments of a chain as a forest, and which of them stands for each."""

    parents: dict[str, str]
    shown: dict[str, str] = field(default_factory=dict)  # segment -> the card that stands for it
    beneath: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # all, not only the next

    @classmethod
    def of(cls, view: ChainView, opened: Collection[str] | None) -> Folding:
        """The forest of a chain."""
        own = [s["segment_id"] for s in view.segments]
        folding = cls(_acyclic({e.source: e.target for e in view.edges if e.relation == "SUBSEGMENT_OF"}, set(own)))
        for ident in own:
            above = folding.above(ident)
            folding.shown[ident] = next((a for a in reversed(above) if opened is not None and a not in opened), ident)
            for ancestor in above:
                folding.beneath[ancestor].append(ident)
        return folding

    def above(self, ident: str) -> list[str]:
        """The ancestors of a segment, the nearest first."""
        above = []
        while ident in self.parents:
            ident = self.parents[ident]
            above.append(ident)
        return above

    def summary(self, ident: str, rows: Mapping[str, Document], opened: bool) -> Document | None:
        """What a parent says of all beneath it: how many, and their statuses, the gravest first."""
        beneath = self.beneath.get(ident)
        if not beneath:
            return None
        counts = Counter(rows[b]["status"] for b in beneath)
        grave = [
            {"status": code, "icon": STATUS_STYLES[code].icon, "caption": STATUS_STYLES[code].caption, "count": counts[code]}
            for code in BY_GRAVITY if counts[code]
        ]  # fmt: skip
        worst = " ".join(f"{g['icon']}{g['count']}" for g in grave[:3])
        return {"count": len(beneath), "open": opened, "statuses": grave, "text": f"含{len(beneath)}个环节　{worst}"}


def _acyclic(parents: Mapping[str, str], own: Collection[str]) -> dict[str, str]:
    """The parents within the chain, without those that would close a loop."""
    kept: dict[str, str] = {}
    for ident in sorted(parents):
        above: str | None = parents[ident]
        while above is not None and above != ident:
            above = kept.get(above)
        if above is None and ident in own and parents[ident] in own:
            kept[ident] = parents[ident]
    return kept


def arrows_of(feeds: Iterable[ViewEdge], shown: Mapping[str, str]) -> list[Document]:
    """One arrow for all that flows from card to card, with what, how needed at most, and the rows that say so."""
    between: dict[tuple[str, str], list[ViewEdge]] = defaultdict(list)
    for edge in feeds:
        ends = shown.get(edge.source, edge.source), shown.get(edge.target, edge.target)
        if ends[0] != ends[1]:
            between[ends].append(edge)
    return [_arrow(*ends, edges) for ends, edges in sorted(between.items())]


def _arrow(source: str, target: str, edges: Iterable[ViewEdge]) -> Document:
    listed = list(edges)
    goods = sorted({str(e.values["供给内容"]) for e in listed if e.values.get("供给内容")})
    levels = {LEVELS.get(str(e.values.get("必要性")), "essential") for e in listed}
    more = f"等{len(goods)}项" if len(goods) > NAMED else ""
    return {
        "id": f"{source}-{target}", "source": source, "target": target, "what": "、".join(goods[:NAMED]) + more,
        "goods": goods, "level": max(levels, key=HEAVIEST.index), "feeds": len(listed),
        "records": sorted({r for e in listed for r in e.records}),
    }  # fmt: skip
