"""The chain map as plain JSON: lanes, cards, arrows, and for each card the facts with their rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.looks import CardLook
from graph.model import ChainView, ViewEdge, ViewNode
from graph.naming.chain import chain_title
from viz.chainmap.layout import CARD_W, Box, Item, Layout, lay_out
from viz.fonts import fit, text_width, wrap
from viz.theme import ARROW, INK, PALE, STAGES, STATUS_STYLES, WHITE, demo_notice, is_pale, is_thin, look_of

NO_STAGE, FROM_OTHERS, TO_OTHERS = "未分阶段", "外链供入", "供给外链"
LANES = (FROM_OTHERS, *STAGES, NO_STAGE, TO_OTHERS)
LANE_TITLES = {"上游": "上游", "中游": "中游", "下游": "下游", "配套": "配套", "应用": "应用市场"}
LEVELS = {"一般": "normal", "可忽略": "slight"}
NAME_SIZE, SMALL = 14.0, 12.0
# The lists of firms beside a card, each apart; only the first counts.
FIRM_LISTS = {
    "makers": "本地在产企业", "pending": "在建或签约", "stopped": "停产", "city": "市内其他县", "outside": "外地候选企业",
}  # fmt: skip
Document = dict[str, Any]
Standing = tuple[ViewNode, ViewEdge]  # what stands on a segment, and by which edge


def chain_scene(view: ChainView) -> Document:
    """What the chain map draws, in page units, with the rows behind every fact."""
    rows = {s["segment_id"]: s for s in view.segments}
    feeds = [e for e in view.edges if e.relation == "FEEDS" and (e.source in rows or e.target in rows)]
    layout = lay_out(list(_items(view, rows, feeds)), [(e.source, e.target) for e in feeds], LANES)
    cards = [
        _card(view, rows[ident], box) if ident in rows else _ghost(view, view.nodes[ident], box)
        for ident, box in layout.cards.items()
    ]
    return {
        "title": chain_title(view.county, view.chain), "as_of": view.as_of, "notice": demo_notice([view.county]) if view.demo else "",
        "width": layout.width, "height": layout.height,
        "lanes": [{"name": LANE_TITLES.get(n, n), **_box(b)} for n, b in layout.lanes.items()],
        "cards": cards, "arrows": [_arrow(view, e, layout) for e in feeds],
        "kinds": _kinds(view),
        "legend": [{"status": s.code, "caption": s.caption, "icon": s.icon, "color": s.color, "fill": s.fill}
                   for s in STATUS_STYLES.values() if any(c.get("status") == s.code for c in cards)],
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


def _items(view: ChainView, rows: dict[str, Document], feeds: Iterable[ViewEdge]) -> Iterable[Item]:
    parents = {e.source: e.target for e in view.edges if e.relation == "SUBSEGMENT_OF"}
    for ident, row in rows.items():
        yield Item(ident, row["stage"] or NO_STAGE, parents.get(ident))
    seen: set[str] = set()
    for e in feeds:
        for ident, lane in ((e.source, FROM_OTHERS), (e.target, TO_OTHERS)):
            if ident not in rows and ident not in seen:
                seen.add(ident)
                yield Item(ident, lane)


def _box(b: Box) -> dict[str, float]:
    return {"x": round(b.x, 1), "y": round(b.y, 1), "w": round(b.w, 1), "h": round(b.h, 1)}


def _card(view: ChainView, row: Document, box: Box) -> Document:
    style = STATUS_STYLES[row["status"]]
    flags = list(row["flags"])
    details = _details(view, row)
    pale, look = is_pale(flags), look_of(row["status"], flags)
    facts = [row["count"]] if row["status"] != "不适用" else []
    counts = [look.card for look in view.ranked() if look.card and look.card.count]
    facts += [f"{card.count}{len(details[card.key])}" for card in counts if details[card.key]]
    room = CARD_W - 30 - text_width(f"{style.icon} {row['caption']}", SMALL)
    while len(facts) > 1 and text_width(" · ".join(facts), SMALL) > room:
        facts.pop()
    return {
        "id": row["segment_id"], "ghost": False, "name": row["segment"], "lines": wrap(row["segment"], NAME_SIZE, CARD_W - 20),
        "status": row["status"], "caption": row["caption"], "icon": style.icon,
        "color": look.color, "fill": look.fill, "hatched": is_thin(row), "pale": pale, "dashed": pale or style.dashed, "flags": flags, "count": row["count"], "total": row["total"], "facts": " · ".join(facts),
        "reason": row["reason"], "remedies": list(row["remedies"]),
        "flip": row["flip"]["text"] if row["flip"] else "", "details": details, **_box(box),
    }  # fmt: skip


def _ghost(view: ChainView, node: ViewNode, box: Box) -> Document:
    chain = str(node.values.get("产业链") or "其他产业链")
    return {
        "id": node.id, "ghost": True, "name": node.name, "lines": [fit(node.name, NAME_SIZE, CARD_W - 20)],
        "facts": fit(chain, 12, CARD_W - 20), "chain": chain, **_box(box),
    }  # fmt: skip


def _arrow(view: ChainView, edge: ViewEdge, layout: Layout) -> Document:
    a, b = layout.cards[edge.source], layout.cards[edge.target]
    return {
        "id": f"{edge.source}-{edge.target}", "source": edge.source, "target": edge.target,
        "what": str(edge.values.get("供给内容") or ""), "level": LEVELS.get(str(edge.values.get("必要性")), "essential"),
        "points": _curve(a, b), "evidence": _rows_of(view, edge.records),
    }  # fmt: skip


def _curve(a: Box, b: Box) -> list[float]:
    """A cubic curve from card to card: start, two controls, end."""
    ay, by = a.y + a.h / 2, b.y + b.h / 2
    if b.x > a.x + a.w:
        ax, bx = a.x + a.w, b.x
        bend = max(30.0, (bx - ax) / 2)
        points = [ax, ay, ax + bend, ay, bx - bend, by, bx, by]
    elif b.x + b.w < a.x:
        ax, bx = a.x, b.x + b.w
        bend = max(30.0, (ax - bx) / 2)
        points = [ax, ay, ax - bend, ay, bx + bend, by, bx, by]
    else:
        ax, bx = a.x + a.w, b.x + b.w
        bend = 30.0 + min(40.0, abs(by - ay) / 6)
        points = [ax, ay, max(ax, bx) + bend, ay, max(ax, bx) + bend, by, bx, by]
    return [round(p, 1) for p in points]


def _rows_of(view: ChainView, records: Iterable[int]) -> list[Document]:
    return [view.sources[r] for r in records if r in view.sources]


def _details(view: ChainView, row: Document) -> Document:
    ident = row["segment_id"]
    pointing = [(view.nodes[e.source], e) for e in view.edges if e.target == ident]
    return {
        **row["firms"],
        **{card.key: _listed(view, [(n, e) for n, e in pointing if n.kind == kind]) for kind, card in _lists(view)},
        "sources": _sources(view, ident), "evidence": list(row["evidence"]),
    }  # fmt: skip


def _lists(view: ChainView) -> list[tuple[str, CardLook]]:
    """The kinds that are listed beside a segment's card, in the order in which a chain has them."""
    return [(look.kind, look.card) for look in view.ranked() if look.card]


def _listed(view: ChainView, standing: list[Standing]) -> list[Document]:
    ordered = sorted(standing, key=lambda s: s[0].name)
    return [{"id": node.id, "name": node.name, "evidence": _rows_of(view, edge.records)} for node, edge in ordered]


def _sources(view: ChainView, ident: str) -> list[Document]:
    return [
        {
            "id": e.target,
            "name": view.nodes[e.target].name,
            "share": e.values.get("占比"),
            "evidence": _rows_of(view, e.records),
        }
        for e in view.edges
        if e.relation == "BOUGHT_FROM" and e.source == ident
    ]
