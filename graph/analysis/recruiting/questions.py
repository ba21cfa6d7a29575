"""What to ask locally about a segment before anyone is called, and what to open a conversation with."""

from __future__ import annotations

from graph.analysis.grading.segment_status import SegmentStatus
from graph.analysis.grading.sentences import names, under_way
from graph.analysis.supply.availability import Supply
from graph.analysis.supply.segment import producing


def question_of(row: SegmentStatus, supply: Supply) -> str:
    """The question that would settle what is not known of a segment; empty where nothing is open.

    It names who can answer: makers on the segment above, and local users of what the segment makes.
    """
    if row.status == "未知":
        above, users = _above(row, supply), _users(row.segment_id, supply)
        first = f"{names(above)}做不做“{row.segment}”" if above else f"“{row.segment}”本地有哪些企业在产、产值多少"
        if begun := under_way(row.segment_id, supply):
            first = f"{begun}？{first}"
        where = f"不产的话，{names(users)}从哪里买、占用量多少" if users else "不产的话，从哪里买、占用量多少"
        return f"{first}？{where}？"
    if row.status == "断链" and "与在产矛盾" in row.flags:
        return f"{names([m.name for m in row.makers]) or '在产企业'}现在用的原料和部件从哪里来？请填『外部供给』。"
    if "样本不全" in row.flags:
        known = f"除{names([m.name for m in row.makers])}外，本地" if row.makers else "本地"
        return f"{known}还有哪些企业做“{row.segment}”？产值各多少？"
    if "外购来源未登记" in row.flags:
        return f"“{row.segment}”现在从哪里买、占用量多少？"
    return ""


def topic_of(row: SegmentStatus, supply: Supply) -> str:
    """What to open the conversation with: who here needs it, directly or further down."""
    users = _users(row.segment_id, supply)
    if users:
        return f"本地{names(users, unit='家')}在用“{row.segment}”，可谈就近配套"
    county = supply.segments[row.segment_id].county
    for ident in supply.downstream(row.segment_id):
        below = supply.segments[ident]
        if below.total and below.county == county:
            return f"本地“{below.fact.name}”有{below.total}家在产，上游要用“{row.segment}”，可谈就近配套"
    return f"本地有{row.chain}，可谈“{row.segment}”的市场和配套"


def _above(row: SegmentStatus, supply: Supply) -> list[str]:
    """Makers that stand directly on the nearest segment above that has any."""
    for ident in supply.segments[row.segment_id].ancestors:
        if makers := sorted({supply.firms[t.firm].name for t in supply.segments[ident].here if producing(t)}):
            return makers
    return []


def _users(segment: str, supply: Supply) -> list[str]:
    """Local makers on the segments that need it."""
    needing = [supply.segments[u] for u in supply.users(segment)]
    return sorted({supply.firms[f].name for s in needing for f in s.makers})
