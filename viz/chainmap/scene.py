"""The chain map as plain JSON: lanes, cards, arrows, and for each card the facts with their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.looks import CardLook
from graph.model import ChainView, ViewEdge, ViewNode
from graph.naming.chain import chain_title
from viz.chainmap.folding import Folding, OnScreen, arrows_of
from viz.chainmap.layout import CARD_W, Arrow, Box, Item, Layout, lay_out
from viz.fonts import fit, text_width, wrap
from viz.theme import ARROW, INK, PALE, STAGES, STATUS_STYLES, WHITE, demo_notice, is_pale, is_thin, look_of

NO_STAGE, FROM_OTHERS, TO_OTHERS = "未分阶段", "外链供入", "供给外链"
LANES = (FROM_OTHERS, *STAGES, NO_STAGE, TO_OTHERS)
LANE_TITLES = {"上游": "上游", "中游": "中游", "下游": "下游", "配套": "配套", "应用": "应用市场"}
NAME_SIZE, SMALL = 14.0, 12.0
# The lists of firms beside a card, each apart; only the first counts.
FIRM_LISTS = {
    "makers": "本地在产企业", "pending": "在建或签约", "stopped": "停产", "city": "市内其他县", "outside": "外地候选企业",
}  # fmt: skip
Document = dict[str, Any]
Standing = tuple[ViewNode, ViewEdge]  # what stands on a segment, and by which edge


def chain_scene(view: ChainView, screen: OnScreen | None = None) -> Document:
    """What the chain map draws, in page units, with the rows behind every fact; all of it, or what is on screen."""
    screen = screen or OnScreen()
    rows = {s["segment_id"]: s for s in view.segments}
    folding = Folding.of(view, screen.open)
    feeds = [e for e in view.edges if e.relation == "FEEDS" and (e.source in rows or e.target in rows)]
    arrows = arrows_of(feeds, folding.shown)
    links = [Arrow(a["source"], a["target"], a["level"]) for a in arrows]
    layout = lay_out(list(_items(view, rows, feeds, folding)), links, LANES)
    of = _OfCards(view, rows, folding, screen)
    drawn = [
        _card(of, rows[ident], box) if ident in rows else _ghost(view, view.nodes[ident], box)
        for ident, box in layout.cards.items()
    ]
    cards = [c for c in drawn if not screen.hides(c)]
    left = {c["id"] for c in cards}
    return {
        "county": view.county, "chain": view.chain, "chain_id": view.chain_id,
        "title": chain_title(view.county, view.chain), "as_of": view.as_of, "notice": demo_notice([view.county]) if view.demo else "",
        "width": layout.width, "height": layout.height,
        "lanes": [{"name": LANE_TITLES.get(n, n), **_box(b)} for n, b in layout.lanes.items()],
        "cards": cards,
        "arrows": [_arrow(view, a, layout) for a in arrows if a["source"] in left and a["target"] in left],
        "kinds": _kinds(view), "parents": folding.parents,
        "open": sorted({c["id"] for c in drawn if c["fold"] and c["fold"]["open"]}),
        "folded": sum(ident != card for ident, card in folding.shown.items()), "hidden": len(drawn) - len(cards),
        "legend": [{"status": s.code, "caption": s.caption, "icon": s.icon, "color": s.color, "fill": s.fill}
                   for s in STATUS_STYLES.values() if any(c.get("status") == s.code for c in drawn)],
        "marks": _marks(cards),
    }  # fmt: skip


def _marks(cards: Iterable[Document]) -> list[Document]:
    """What hatching and paleness mean, where a card of the map is drawn so."""
    thin = {"caption": "斜纹 样本不全·暂估", "hatched": True, "fill": WHITE, "color": ARROW, "ink": INK, "dash": None}
    pale = {
        "caption": "淡色 待核实",
        "hatched": False,
        "fill": PALE.fill,
        "color": PALE.color,
        "ink": PALE.ink,
        "dash": "5 3",
    }
    drawn = [c for c in cards if not c["ghost"]]
    return [mark for mark, key in ((thin, "hatched"), (pale, "pale")) if any(c[key] for c in drawn)]


def _kinds(view: ChainView) -> list[Document]:
    """The lists beside a card, in order: which key of `details` they stand under, title and colour."""
    own = [*((key, caption, "企业") for key, caption in FIRM_LISTS.items()), ("sources", "外部来源", "外部来源")]
    lists = [*own, *((card.key, kind, kind) for kind, card in _lists(view))]
    return [{"key": k, "caption": c, "kind": kind, "color": view.looks[kind].color} for k, c, kind in lists]


def _items(
    view: ChainView, rows: Mapping[str, Document], feeds: Iterable[ViewEdge], folding: Folding
) -> Iterable[Item]:
    for ident, row in rows.items():
        if folding.shown[ident] == ident:
            yield Item(ident, row["stage"] or NO_STAGE, folding.parents.get(ident), row["segment"])
    lanes: dict[str, str] = {}
    for e in feeds:
        for ident, lane in ((e.source, FROM_OTHERS), (e.target, TO_OTHERS)):
            if ident not in rows:  # one that feeds and is fed stands with those that feed
                lanes[ident] = min(lane, lanes.get(ident, lane), key=LANES.index)
    yield from (Item(ident, lane, None, view.nodes[ident].name) for ident, lane in lanes.items())


def _box(b: Box) -> dict[str, float]:
    return {"x": round(b.x, 1), "y": round(b.y, 1), "w": round(b.w, 1), "h": round(b.h, 1)}


@dataclass(frozen=True, slots=True)
class _OfCards:
    """What cards are made from, with the edges by the segment that they touch."""

    view: ChainView
    rows: Mapping[str, Document]
    folding: Folding
    screen: OnScreen
    into: dict[str, list[ViewEdge]] = field(default_factory=lambda: defaultdict(list))
    bought: dict[str, list[ViewEdge]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for edge in self.view.edges:
            if edge.target in self.rows:
                self.into[edge.target].append(edge)
            if edge.relation == "BOUGHT_FROM":
                self.bought[edge.source].append(edge)

    def fold(self, ident: str) -> Document | None:
        """What a parent says of what is beneath it."""
        return self.folding.summary(ident, self.rows, self.screen.open is None or ident in self.screen.open)


def _card(of: _OfCards, row: Document, box: Box) -> Document:
    view, style = of.view, STATUS_STYLES[row["status"]]
    flags = list(row["flags"])
    details = _details(of, row)
    pale, look = is_pale(flags), look_of(row["status"], flags)
    facts = [row["count"]] if row["status"] != "不适用" else []
    counts = [look.card for look in view.ranked() if look.card and look.card.count]
    facts += [f"{card.count}{len(details[card.key])}" for card in counts if details[card.key]]
    room = CARD_W - 30 - text_width(f"{style.icon} {row['caption']}", SMALL)
    while len(facts) > 1 and text_width(" · ".join(facts), SMALL) > room:
        facts.pop()
    ident = row["segment_id"]
    fold = of.fold(ident)
    lines = [fit(row["segment"], NAME_SIZE, CARD_W - 20)] if fold else wrap(row["segment"], NAME_SIZE, CARD_W - 20)
    return {
        "id": ident, "ghost": False, "name": row["segment"], "lines": lines, "fold": fold, "stage": row["stage"],
        "status": row["status"], "caption": row["caption"], "icon": style.icon,
        "color": look.color, "fill": look.fill, "hatched": is_thin(row), "pale": pale, "dashed": pale or style.dashed, "flags": flags, "count": row["count"], "total": row["total"], "facts": " · ".join(facts),
        "reason": row["reason"], "remedies": list(row["remedies"]),
        "flip": row["flip"]["text"] if row["flip"] else "", "details": details, **_box(box),
    }  # fmt: skip


def _ghost(view: ChainView, node: ViewNode, box: Box) -> Document:
    chain = str(node.values.get("产业链") or "其他产业链")
    return {
        "id": node.id, "ghost": True, "fold": None, "name": node.name, "lines": [fit(node.name, NAME_SIZE, CARD_W - 20)],
        "facts": fit(chain, 12, CARD_W - 20), "chain": chain, **_box(box),
    }  # fmt: skip


def _arrow(view: ChainView, arrow: Document, layout: Layout) -> Document:
    """An arrow with the corners of its way: x, y, x, y … from card to card, round every other card."""
    points = layout.routes[Arrow(arrow["source"], arrow["target"], arrow["level"])]
    records = arrow.pop("records")
    return {**arrow, "points": [c for point in points for c in point], "evidence": _rows_of(view, records)}


def _rows_of(view: ChainView, records: Iterable[int]) -> list[Document]:
    return [view.sources[r] for r in records if r in view.sources]


def _details(of: _OfCards, row: Document) -> Document:
    ident, view = row["segment_id"], of.view
    pointing = [(view.nodes[e.source], e) for e in of.into[ident]]
    return {
        **row["firms"],
        **{card.key: _listed(view, [(n, e) for n, e in pointing if n.kind == kind]) for kind, card in _lists(view)},
        "sources": _sources(view, of.bought[ident]), "evidence": list(row["evidence"]),
    }  # fmt: skip


def _lists(view: ChainView) -> list[tuple[str, CardLook]]:
    """The kinds that are listed beside a segment's card, in the order in which a chain has them."""
    return [(look.kind, look.card) for look in view.ranked() if look.card]


def _listed(view: ChainView, standing: list[Standing]) -> list[Document]:
    ordered = sorted(standing, key=lambda s: s[0].name)
    return [{"id": node.id, "name": node.name, "evidence": _rows_of(view, edge.records)} for node, edge in ordered]


def _sources(view: ChainView, bought: Iterable[ViewEdge]) -> list[Document]:
    return [
        {
            "id": e.target,
            "name": view.nodes[e.target].name,
            "share": e.values.get("占比"),
            "evidence": _rows_of(view, e.records),
        }
        for e in bought
    ]
