"""The chain map as plain JSON: lanes, cards, arrows, and for each card the facts with their rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.looks import CardLook
from graph.model import ChainView, ViewEdge, ViewNode
from viz.chainmap.layout import CARD_W, Box, Item, Layout, lay_out
from viz.fonts import fit, text_width, wrap
from viz.theme import DEMO_NOTICE, SAMPLE, STAGES, STATUS_STYLES, is_pale, look_of

NO_STAGE, FROM_OTHERS, TO_OTHERS = "未分阶段", "外链供入", "供给外链"
LANES = (FROM_OTHERS, *STAGES, NO_STAGE, TO_OTHERS)
LANE_TITLES = {"上游": "上游", "中游": "中游", "下游": "下游", "配套": "配套", "应用": "应用市场"}
LEVELS = {"一般": "normal", "可忽略": "slight"}
NAME_SIZE, SMALL = 14.0, 12.0
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
        "title": f"{view.county} · {view.chain}", "as_of": view.as_of, "notice": DEMO_NOTICE if view.demo else "",
        "width": layout.width, "height": layout.height,
        "lanes": [{"name": LANE_TITLES.get(n, n), **_box(b)} for n, b in layout.lanes.items()],
        "cards": cards, "arrows": [_arrow(view, e, layout) for e in feeds],
        "kinds": _kinds(view),
        "legend": [{"status": s.code, "caption": s.caption, "icon": s.icon, "color": s.color, "fill": s.fill}
                   for s in STATUS_STYLES.values() if any(c.get("status") == s.code for c in cards)],
    }  # fmt: skip


def _kinds(view: ChainView) -> list[Document]:
    """The lists beside a card, in order: which key of `details` they stand under, title and colour."""
    lists = [("firms", "企业"), ("sources", "外部来源"), *((card.key, kind) for kind, card in _lists(view))]
    return [{"key": key, "caption": kind, "color": view.looks[kind].color} for key, kind in lists]


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
    count = f"{row['n']}/{row['total']}" if row["n"] != row["total"] else str(row["n"])
    facts = [f"企业{count}"] if row["status"] != "不适用" else []
    counts = [look.card for look in view.ranked() if look.card and look.card.count]
    facts += [f"{card.count}{len(details[card.key])}" for card in counts if details[card.key]]
    room = CARD_W - 30 - text_width(f"{style.icon} {row['caption']}", SMALL)
    while len(facts) > 1 and text_width(" · ".join(facts), SMALL) > room:
        facts.pop()
    return {
        "id": row["segment_id"], "ghost": False, "name": row["segment"], "lines": wrap(row["segment"], NAME_SIZE, CARD_W - 20),
        "status": row["status"], "caption": row["caption"], "icon": style.icon,
        "color": look.color, "fill": look.fill, "hatched": SAMPLE in flags, "pale": pale, "dashed": pale or style.dashed, "flags": flags, "facts": " · ".join(facts),
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
        "firms": _firms(view, row, [(n, e) for n, e in pointing if e.relation == "STANDS_ON" and n.kind == "企业"]),
        **{card.key: _listed(view, [(n, e) for n, e in pointing if n.kind == kind]) for kind, card in _lists(view)},
        "sources": _sources(view, ident), "evidence": list(row["evidence"]),
    }  # fmt: skip


def _lists(view: ChainView) -> list[tuple[str, CardLook]]:
    """The kinds that are listed beside a segment's card, in the order in which a chain has them."""
    return [(look.kind, look.card) for look in view.ranked() if look.card]


def _listed(view: ChainView, standing: list[Standing]) -> list[Document]:
    ordered = sorted(standing, key=lambda s: s[0].name)
    return [{"name": node.name, "evidence": _rows_of(view, edge.records)} for node, edge in ordered]


def _firms(view: ChainView, row: Document, standing: list[Standing]) -> list[Document]:
    share = {m["name"]: m["share"] for m in row["makers"]}
    return [
        {
            "name": node.name, "evidence": _rows_of(view, edge.records), "state": edge.values.get("状态") or "状态未注明",
            "share": share.get(node.name), "place": node.values.get("县市区") or node.values.get("所在地"),
        }
        for node, edge in sorted(standing, key=lambda s: (-share.get(s[0].name, 0.0), s[0].name))
    ]  # fmt: skip


def _sources(view: ChainView, ident: str) -> list[Document]:
    return [
        {"name": view.nodes[e.target].name, "share": e.values.get("占比"), "evidence": _rows_of(view, e.records)}
        for e in view.edges
        if e.relation == "BOUGHT_FROM" and e.source == ident
    ]
