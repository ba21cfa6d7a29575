"""拜访提纲 as a paper: one page of A4, so that it is read on the way; what does not fit is left out by count, never cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from graph.answers.documents.recruiting import ChangedSegmentDocument
from graph.answers.documents.workbench.visit import (
    BuyerDocument,
    OfferedPolicyDocument,
    PurchaseDocument,
    VisitDocument,
)
from graph.files import row_places
from graph.naming.chain import chain_title
from viz.paper.document import Paper
from viz.paper.files import paper_format, save
from viz.paper.pdf import pages_of
from viz.paper.styles import STYLES, ParagraphStyle
from viz.theme import demo_notice
from viz.wording import day_text, due_text, plain, some, value_text

HEADERS = ("本地企业", "在产的下游环节", "已登记的采购（万元）")
SMALL = {"title": (18, 26), "body": (11.5, 18), "h3": (12.5, 19), "caption": (10, 14), "note": (8.5, 11.5)}


@dataclass(frozen=True, slots=True)
class VisitRoom:
    """How much of each list is shown."""

    buyers: int = 6
    policies: int = 4
    changes: int = 4
    sources: int = 160  # characters
    words: int = 160  # characters of a paragraph
    cell: int = 80  # characters of a cell
    scale: float = 1.0  # of type


ROOMS = (
    VisitRoom(),
    VisitRoom(5, 3, 3, 120, 120, 60, 0.93),
    VisitRoom(4, 2, 2, 80, 80, 40, 0.88),
    VisitRoom(2, 1, 1, 30, 45, 20, 0.82),
)


def write_visit(path: Path, visit: VisitDocument, demo: bool, styles: Mapping[str, ParagraphStyle] = STYLES) -> int:
    """Write it as .docx, .pdf or .html; the number of bytes. Raises UnknownFormat and NotWritable."""
    paper_format(path)
    return save(one_page(visit, demo, styles), path)


def one_page(visit: VisitDocument, demo: bool, styles: Mapping[str, ParagraphStyle] = STYLES) -> Paper:
    """The paper with as much of each list as one page holds."""
    for room in ROOMS[:-1]:
        paper = _paper(visit, demo, styles, room)
        if pages_of(paper) == 1:
            return paper
    return _paper(visit, demo, styles, ROOMS[-1])


def visit_title(visit: VisitDocument) -> str:
    """What the paper is called."""
    return f"{visit['firm']}拜访提纲"


def _paper(visit: VisitDocument, demo: bool, styles: Mapping[str, ParagraphStyle], room: VisitRoom) -> Paper:
    small = {k: _smaller(s, *SMALL[k], room.scale) if k in SMALL else s for k, s in styles.items()}
    small["body"] = replace(small["body"], first=0)
    small["title"] = replace(small["title"], before=0, after=4)
    notice = demo_notice([visit["county"]]) if demo else ""
    paper = Paper(visit_title(visit), date.fromisoformat(visit["at"]), notice=notice, styles=small)
    paper.title(_short(visit_title(visit), 36))
    place = f"{chain_title(visit['county'], visit['chain'])}“{visit['segment']}”（{visit['caption']}）"
    paper.say(f"为{_short(place, 60)}拜访，资料截至{day_text(visit['at'])}。{_short(_followed(visit), 60)}")
    _chapter(paper, "企业情况", _short(about_text(visit), room.words))
    _chapter(paper, "为什么找它", _short(f"{visit['reason']}{visit['why']}", room.words * 2), *_risks(visit, room))
    paper.heading("谁要用、用多少", 3)
    paper.say(_short(_needed(visit), room.words))
    if visit["buyers"]:
        left = len(visit["buyers"]) - room.buyers
        caption = f"本地用户{len(visit['buyers'])}家" + (f"（列出前{room.buyers}家）" if left > 0 else "")
        paper.table(caption, HEADERS, [_buyer(b, room.cell) for b in visit["buyers"][: room.buyers]], size=9)
    _chapter(paper, "落地后有什么变化", *_changes(visit, room))
    _chapter(paper, "可以谈的政策", *_policies(visit["policies"], room))
    if visit["topic"]:
        _chapter(paper, "怎么开头", _short(f"{visit['topic']}。", room.words))
    paper.line(f"依据：{_short(row_places(visit['sources']), room.sources)}（共{len(visit['sources'])}行）。", "note")
    return paper


def _smaller(style: ParagraphStyle, size: float, pitch: float, scale: float) -> ParagraphStyle:
    return replace(style, size=size * scale, pitch=pitch * scale)


def _chapter(paper: Paper, title: str, *texts: str) -> None:
    paper.heading(title, 3)
    for text in texts:
        paper.say(text)


def _short(text: str, most: int) -> str:
    """A text of so many characters at most, its loss shown.

    >>> _short("示例带锯床整机", 4), _short("示例", 4)
    ('示例带…', '示例')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def about_text(visit: VisitDocument) -> str:
    """Where it is, what it makes, how big it is, in a sentence; what nobody filed is said to be unknown."""
    output = value_text(visit["output"], "万元")
    year = f"{visit['year']}年" if visit["year"] and output else ""
    parts = [
        f"所在地{visit['location'] or '未登记'}",
        f"产品{some(visit['products'], '种', 5) or '未登记'}",
        f"{year}产值{output or '未登记'}",
        *([f"资质{some(visit['honours'], '项', 4)}"] if visit["honours"] else []),
    ]
    return f"{'；'.join(parts)}。"


def _followed(visit: VisitDocument) -> str:
    """Who follows it, how far it is, what comes next."""
    lead = visit["lead"]
    if not lead:
        return "还没有立为线索。"
    who = lead["owner"] or lead["answered_by"]
    coming = f"，下一步{lead['next_step']}" if lead["next_step"] else ""
    when = f"（{due_text(lead['next_date'])}）" if lead["next_step"] and lead["next_date"] else ""
    return f"已立为线索：{lead['stage']}{f'，{who}' if who else ''}{coming}{when}。"


def _risks(visit: VisitDocument, room: VisitRoom) -> Sequence[str]:
    if not visit["risks"]:
        return ()
    return (_short(f"先核实：{'；'.join(visit['risks'])}。", room.words),)


def _needed(visit: VisitDocument) -> str:
    """How the segment is supplied today, and what rows say local firms buy."""
    outside = [o["name"] if o["share"] is None else f"{o['name']}（{o['share']:.0%}）" for o in visit["outside"]]
    now = f"现在外购自{some(outside, '处', 4)}。" if outside else "外购来源未登记。"
    known = [p["amount"] for b in visit["buyers"] for p in b["purchases"] if p["amount"] is not None]
    if not visit["buyers"]:
        return f"{now}资料中没有本地用户。"
    sums = f"已登记的采购合计{value_text(sum(known), '万元')}" if known else "采购量没有登记，请当面问清"
    return f"{now}本地{len(visit['buyers'])}家企业用得上，{sums}。"


def _buyer(buyer: BuyerDocument, most: int) -> tuple[str, ...]:
    places = some(buyer["segments"], "个", 3) or "已是客户"
    bought = "；".join(_purchase(p) for p in buyer["purchases"][:3]) or "未登记"
    return tuple(_short(text, most) for text in (buyer["firm"], places, bought))


def _purchase(one: PurchaseDocument) -> str:
    amount = "金额未登记" if one["amount"] is None else f"{one['amount']:,.0f}"
    year = f"，{one['year']}年" if one["year"] else ""
    return f"{one['what'] or '内容未登记'} {amount}（{one['seller']}{year}）"


def _changes(visit: VisitDocument, room: VisitRoom) -> list[str]:
    changes = visit["changes"]
    if not changes:
        more = f"再进一步：{plain(visit['next'])}。" if visit["next"] else ""
        return [f"按现有资料推算，各环节状态不变。{more}"]
    left = len(changes) - room.changes
    lines = [_short(_change(visit, c), room.words) for c in changes[: room.changes]]
    return [*lines, *([f"另有{left}个环节的状态改变。"] if left > 0 else [])]


def _change(visit: VisitDocument, one: ChangedSegmentDocument) -> str:
    here = (one["county"], one["chain"]) == (visit["county"], visit["chain"])
    place = "" if here else chain_title(one["county"], one["chain"])
    return f"{place}“{one['segment']}”由{one['before_caption']}转为{one['after_caption']}：{one['why']}"


def _policies(policies: Sequence[OfferedPolicyDocument], room: VisitRoom) -> list[str]:
    if not policies:
        return ["数据中没有可用的政策。"]
    left = len(policies) - room.policies
    lines = [_short(_policy(p), room.words) for p in policies[: room.policies]]
    return [*lines, *([f"另有{left}项。"] if left > 0 else [])]


def _policy(policy: OfferedPolicyDocument) -> str:
    issuer = f"（{policy['issuer']}）" if policy["issuer"] else ""
    strength = f"：{policy['strength']}" if policy["strength"] else ""
    until = f"，至{due_text(policy['until'])}" if policy["until"] else ""
    return f"《{policy['name']}》{issuer}{strength}{until}。"
