"""招商对接清单: whom to call for which gap, with columns left to fill in; filled in, it loads back as 招商线索."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.answers.documents.plan import LeadDocument
from graph.answers.documents.recruiting import CandidateDocument, PartnerDocument
from graph.files import row_places
from graph.naming.chain import chain_title
from viz.errors import UnknownFormat
from viz.report.printing import Band, Cell, PrintedSheet, Styled, print_sheet
from viz.report.sheets import Book
from viz.wording import plain, some

NAME = "招商对接清单"
COLUMNS = (
    "序号", "对应环节", "环节状态", "先抓次序", "优先级", "全称", "所在地", "产品", "得分", "理由", "落地后变化", "市内可协同", "切入话题", "线索编码",
    "阶段", "负责人", "下一步", "日期", "项目名称", "县市区", "产业链", "来源",
)  # fmt: skip
FILLED = ("线索编码", "阶段", "负责人", "下一步", "日期")  # by hand: who fills none of them has not taken the firm on
PRINTED = 18  # columns; the rest is for the screen, and for reading the list back
ASK = ("序号", "待核实环节", "要问的问题", "可先了解的外地企业")
FOLLOWED = "在跟的线索"
NOBODY = "数据中没有对得上的外地企业"
ROOM = 5  # characters of a column to write in


Leads = Mapping[tuple[str, str], LeadDocument]  # those that go on, by segment and firm (ids)


def write_candidates(document: Mapping[str, Any], path: Path, leads: Leads | None = None) -> None:
    """Write the document of `candidates` as a workbook, with what the leads that go on say already. Raises UnknownFormat
    and NotWritable.
    """
    if path.suffix.lower() != ".xlsx":
        raise UnknownFormat(path.suffix, (".xlsx",))
    book, of = Book(path), _title(document)
    lines = [[number, *line] for number, line in enumerate(_lines(document, leads or {}), 1)]
    print_sheet(book, PrintedSheet(NAME, f"{of}{NAME}", COLUMNS, [Band("", lines)], frozen=2, printed=PRINTED, bare=True, room=dict.fromkeys(FILLED, ROOM)))  # fmt: skip
    asks = [
        [number, a["segment"], a["question"], _to_ask(a["targets"])]
        for number, a in enumerate(document["to_survey"], 1)
    ]
    print_sheet(book, PrintedSheet("待核实", f"{of}待核实环节", ASK, [Band("", asks)], frozen=2, bare=True))
    book.close()


def _title(document: Mapping[str, Any]) -> str:
    return chain_title(document["county"], document["chain"]) if document.get("chain") else ""


def _lines(document: Mapping[str, Any], leads: Leads) -> Iterator[list[Cell]]:
    """Gap by gap in their order, the firms of each in theirs, then those that are followed already; a gap without any
    keeps its line.
    """
    for gap in document["gaps"]:
        about: list[Cell] = [gap["segment"], gap["caption"], place_text(gap), Styled(gap["priority"], format="0.0")]
        place = [gap["county"], gap["chain"]]
        partners = partners_text(gap.get("partners", ()))
        firms = firms_of(document, gap)
        for c in firms:
            lead = leads.get((gap["segment_id"], c["firm_id"]))
            name = lead["name"] if lead else f"{c['firm']}·{gap['segment']}"
            yield [
                *about, c["firm"], c["location"], c["product"], Styled(c["score"], format="0"), c["reasons"], plain(c["change"]), partners,
                c["topic"], *_followed(lead), name, *place, row_places(c["sources"]),
            ]  # fmt: skip
        listed, others = {c["firm_id"] for c in firms}, _others(leads, gap["segment_id"])
        for lead in (x for x in others if not listed.intersection(x["firm_ids"])):
            firm = "、".join(lead["firms"]) or None
            yield [
                *about,
                firm,
                None,
                None,
                None,
                FOLLOWED,
                None,
                partners,
                None,
                *_followed(lead),
                lead["name"],
                *place,
                None,
            ]
        if not firms and not others:
            name = f"{gap['segment']}（待找企业）"
            yield [*about, None, None, None, None, NOBODY, None, partners, None, *_followed(None), name, *place, None]


def _others(leads: Leads, segment: str) -> list[LeadDocument]:
    """The leads of a segment, each once."""
    return list({lead["id"]: lead for (on, _), lead in leads.items() if on == segment}.values())


def _followed(lead: LeadDocument | None) -> list[Cell]:
    """What people fill in: what the lead says already, with the day of its last row; blank where nobody follows."""
    day = "yyyy-mm-dd"
    if lead is None:
        return [*(None for _ in FILLED[:-1]), Styled(None, format=day)]
    return [lead["code"], lead["stage"], lead["owner"], lead["next_step"], Styled(lead["last"], format=day)]


def partners_text(partners: Sequence[PartnerDocument]) -> str:
    """Who of the same city makes it already, or the like of it: to work with, not to recruit.

    >>> partners_text([{"county": None, "chain": None, "segment": "锯条", "segment_id": "s", "how": "市内在产", "firms": ["甲", "乙"]}])
    '甲、乙（市内在产）'
    >>> partners_text([{"county": "示例县", "chain": "甲产业链", "segment": "带钢", "segment_id": "s", "how": "可供同类", "firms": ["丙"]}])
    '示例县甲产业链“带钢”：丙（可供同类）'
    """
    texts = []
    for partner in partners:
        where = (
            f"{chain_title(partner['county'] or '', partner['chain'])}“{partner['segment']}”："
            if partner["chain"]
            else ""
        )
        texts.append(f"{where}{some(partner['firms'], '家')}（{partner['how']}）")
    return "；".join(texts)


def firms_of(document: Mapping[str, Any], gap: Mapping[str, Any]) -> list[CandidateDocument]:
    """The candidates for a gap, best first."""
    return [c for c in document["candidates"] if all(c[k] == gap[k] for k in ("county", "chain", "segment"))]


def place_text(gap: Mapping[str, Any]) -> str:
    """Where a gap stands in the order, ties said.

    >>> place_text({"rank": 3, "tied": True}), place_text({"rank": None, "priority": None})
    ('并列第3', '先补名单')
    >>> place_text({"rank": None, "priority": 50.0})  # no gap, asked for by name
    '不在先抓之列'
    """
    if gap["rank"] is None:
        return "先补名单" if gap["priority"] is None else "不在先抓之列"
    return f"{'并列' if gap['tied'] else ''}第{gap['rank']}"


def _to_ask(targets: Sequence[Mapping[str, Any]]) -> str:
    return "；".join(f"{t['firm']}（{t['reasons'].rstrip('。')}）" for t in targets) or NOBODY
