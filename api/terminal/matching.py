"""Needs with what may answer them, and the list of an event, as a person reads them in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from api.terminal.table import Document, say, table

TERMS = 4  # of a score that are named
BEGIN = "还没有技术需求。用 lianpu template 写出模板，填“技术需求”和“科技成果”两张表，再用 lianpu load 导入。"


def show_match(out: Console, d: Document) -> None:
    """Each need with its hits, why, and how far they have come; 没有合适的 where nothing fits."""
    for note in d["notes"]:
        out.print(escape(note))
    if not d["matches"]:
        out.print(BEGIN)
        return
    fits = f"{d['needs'] - d['without']} 项有合适的成果，{d['without']} 项没有合适的"
    out.print(escape(f"技术需求 {d['needs']} 项，参加对接的成果 {d['offers']} 项：{fits}"))
    for m in d["matches"]:
        places = "、".join(f"{c['county']}/{c['chain']}" for c in m["chains"])
        out.print(f"[bold]{escape(m['title'])}[/]{escape(f'（{places}）' if places else '')}")
        if not m["fits"]:
            say(out, "没有合适的成果" + ("，最接近的：" if m["hits"] else ""), 2)
        for hit in m["hits"]:
            say(out, _hit(hit), 4)
        for hit in m["others"]:
            say(out, f"{hit['kind']}　{_hit(hit)}", 4)
        for one in m["refused"]:
            say(out, f"未成　{one['name']}：{one['reason'] or '没有写明理由'}（{one['date'] or '没有日期'}）", 4)
        if m["projects"]:
            say(out, f"已立项：{'、'.join(p['name'] for p in m['projects'])}", 4)


def _hit(hit: Document) -> str:
    """One hit: its score, name, holders, state and the terms that speak for it.

    >>> _hit({"score": 0.62, "title": "示例锯", "holders": ["示例所"], "state": "洽谈", "linked": False,
    ...     "reasons": [{"term": "锯切", "points": 0.6}]})
    '62分　示例锯（示例所）〔洽谈〕：锯切'
    """
    holders = f"（{'、'.join(hit['holders'])}）" if hit["holders"] else ""
    state = hit["state"] or ("已对应" if hit["linked"] else "")
    terms = "、".join(r["term"] for r in hit["reasons"][:TERMS])
    score = f"{hit['score'] * 100:.0f}分　" if hit["score"] else ""
    return f"{score}{hit['title']}{holders}{f'〔{state}〕' if state else ''}{f'：{terms}' if terms else ''}"


def show_meeting(out: Console, d: Document) -> None:
    """Who meets at an event."""
    place = " ".join(str(p) for p in (d["date"], d["county"], d["chain"]) if p)
    rows = [
        (r["pair"]["need"], "、".join(r["raised_by"]), r["pair"]["object"], "、".join(r["pair"]["holders"]), r["pair"]["state"])
        for r in d["rows"]
    ]  # fmt: skip
    out.print(table(f"{d['event']}（{place}）", ("技术需求", "企业", "对象", "持有单位", "状态"), rows))
    if not rows:
        out.print("这场活动还没有列入任何对接。在“供需对接”表的“活动”列写上它的名称，或在供需对接页列入。")
    if d["file"]:
        out.print(escape(f"已写出：{d['file']}"))
