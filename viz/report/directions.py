"""Chapters seven and nine, and the list of firms: which gaps to close in which order, whom to invite for each, and
what else closes them. All of it is read from the one answer that lists candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.analysis.grading.statuses import STATUSES
from graph.answers.documents.recruiting import CandidateDocument, GapDocument
from graph.answers.remedies import OF_CHAIN
from graph.naming.chain import chain_title
from viz.report.candidates import NOBODY, firms_of, place_text
from viz.report.context import UNFILED, Context

SUPPLIED, SHARED = "外购稳定", "协同"  # flags of a gap that is not to be recruited for
NAMED = 3  # firms named in a sentence


def directions(report: Context) -> None:
    """七: the gaps in their order, whom to invite for each, whom to work with, and what to ask first."""
    paper, gaps = report.paper, report.plan["gaps"]
    paper.heading("七、强链补链方向与招引目标")
    if ranked := [g for g in gaps if g["rank"] is not None]:
        rows = [(place_text(g), _name(report, g), g["caption"], *_next(report, g)) for g in ranked]
        paper.table(
            "强链补链方向（按先抓次序）",
            ("次序", "环节", "状态", "行动", "举措", "再进一步"),
            rows,
            size=9,
        )
    else:
        paper.say("已摸底环节中没有排出先后的断点、缺失、薄弱环节。")
    if thin := [g for g in gaps if g["rank"] is None]:
        listed = [(_name(report, g), g["caption"], g["count"], _next(report, g)[1]) for g in thin]
        paper.table("先补名单（资料不足，不排名）", ("环节", "状态", "在产企业", "先做什么"), listed)
    _to_survey(report)
    _invited(report)
    for sentence in _shared(gaps):
        paper.say(sentence)


def _next(report: Context, gap: GapDocument) -> tuple[str, str, str]:
    """The action, in words, and the next step, of a gap; those of a segment of another chain stand in its report."""
    own = (gap["county"], gap["chain"]) == (report.view.county, report.view.chain)
    row = next((s for s in report.view.segments if own and s["segment"] == gap["segment"]), None)
    if row is None:
        return STATUSES[gap["status"]].verb, "见该产业链的分析报告", ""
    return row["verb"], "；".join(row["remedies"]), step_text(row["flip"])


def _to_survey(report: Context) -> None:
    asked = [
        (a["segment"], a["question"], _some([c["firm"] for c in a["targets"]]) or NOBODY)
        for a in report.plan["to_survey"]
    ]
    if asked:
        title = "待摸底清单（与缺失分开，先调查后招引）"
        report.paper.table(title, ("环节", "要问什么", "可先了解的外地企业"), asked, size=9)


def _invited(report: Context) -> None:
    """The firms of each gap in the order of the candidates; a gap without any says so."""
    rows: list[tuple[object, ...]] = []
    for gap in report.plan["gaps"]:
        firms = firms_of(report.plan, gap)
        rows += [
            (_name(report, gap), *_firm(report, c), plain(c["change"]), report.cite.of(c["sources"])) for c in firms
        ]
        if not firms:
            rows.append((_name(report, gap), NOBODY, "", "", "", "", ""))
    if rows:
        headers = ("环节", "企业", "所在地", "得分", "理由", "落地后变化", "依据")
        report.paper.table("招引目标", headers, rows, size=9)


def _firm(report: Context, candidate: CandidateDocument) -> tuple[object, ...]:
    return candidate["firm"], candidate["location"] or "未注明", f"{candidate['score']:.0f}", candidate["reasons"]


def _shared(gaps: Iterable[GapDocument]) -> Iterator[str]:
    """Whom of the city to work with, instead of recruiting."""
    for gap in gaps:
        for partner in gap["partners"]:
            firms = _some(partner["firms"])
            if partner["chain"]:
                chain = chain_title(str(partner["county"]), partner["chain"])
                yield f"协同：“{gap['segment']}”可与{chain}的“{partner['segment']}”（{firms}）对接配套，不重复招引。"
            else:
                yield f"协同：“{gap['segment']}”有市内企业{firms}在产，先对接配套，不重复招引。"


def advice(report: Context) -> None:
    """九: for each gap to close, in the one order, what each of four ways can do. What several outside sources supply
    (外购稳定) and what neighbours can supply (协同) is not to be recruited for."""
    paper = report.paper
    paper.heading("九、建议")
    to_close = [g for g in report.plan["gaps"] if g["rank"] is not None and SUPPLIED not in g["flags"]]
    recruits = [_recruiting(report, g) for g in to_close if SHARED not in g["flags"]]
    platforms, achievements = report.linked("平台"), report.linked("科技成果")
    transfer = (
        f"已录成果{len(achievements)}项，逐项与技术需求对接。"
        if achievements
        else f"科技成果{UNFILED}，先建成果库，再与技术需求对接。"
    )
    hosting = (
        f"已录平台{len(platforms)}个，按场地、人员、投入、设备、成果、制度六个方面补齐。"
        if platforms
        else f"平台{UNFILED}，先登记企业研发机构和公共平台。"
    )
    for title, sentences, general in (
        ("招引", recruits, "" if recruits else "先完成摸底和企业名单，再确定招引方向。"),
        ("成果转化", _ways(to_close, "转化"), transfer),
        ("平台", _ways(to_close, "平台"), hosting),
        ("人才", _ways(to_close, "人才"), "围绕技术需求选派科技特派员和专家团队。"),
    ):
        paper.heading(title, 2)
        for sentence in (*sentences, *([general] if general else [])):
            paper.say(sentence)


def _recruiting(report: Context, gap: GapDocument) -> str:
    waiting = "、".join(f"“{s['segment']}”" for s in gap["unblocks"])
    why = f"，补上后{waiting}恢复供给" if waiting else ""
    firms = _some([c["firm"] for c in firms_of(report.plan, gap)])
    whom = f"可对接{firms}" if firms else f"{NOBODY}，先补充外地企业名录"
    return f"{place_text(gap)}　{_name(report, gap)}（{gap['caption']}{why}）：{whom}。"


def _ways(gaps: Iterable[GapDocument], way: str) -> list[str]:
    """What of the chain helps with each gap; what merely belongs to the chain answers every gap alike."""
    sentences = []
    for gap in gaps:
        ways: Mapping[str, Any] = gap["remedies"]
        some = [f"“{x['name']}”（{x['why']}）" for x in ways[way] if x["why"] != OF_CHAIN]
        if some:
            sentences.append(f"{gap['segment']}：{_some(some, '个')}。")
    return sentences


def invitations(report: Context) -> None:
    """招引清单: the candidates in their order, then whom to ask about what is not surveyed, then other firms known."""
    plan, own = report.plan, {s["segment_id"]: s["segment"] for s in report.view.segments}
    asked = [c for a in plan["to_survey"] for c in a["targets"]]
    rows: list[tuple[object, ...]] = [
        (use, c["segment"], c["firm"], c["location"] or "未注明", c["product"] or "", report.cite.of(c["sources"]))
        for use, some in (("招引", plan["candidates"]), ("待核实", asked))
        for c in some
    ]
    listed = {row[2] for row in rows}
    for n in report.linked("企业"):
        if n.values.get("状态") == "外部" and n.name not in listed:
            places = "、".join(s.name for s in report.view.targets(n.id, "STANDS_ON") if s.id in own)
            location = n.values.get("所在地") or "未注明"
            rows.append(("仅录入", places, n.name, location, report.names(n, "MAKES"), report.cite(n.records)))
    if not rows:
        report.unfiled("招引", "企业")
        return
    headers = ("用途", "对应环节", "企业", "所在地", "产品", "依据")
    report.paper.table("招引清单", headers, rows, size=9)


def first_text(report: Context) -> str:
    """先抓 in a sentence: the first places of the order, ties said."""
    ranked = [g for g in report.plan["gaps"] if g["rank"] is not None and SUPPLIED not in g["flags"]]
    places: dict[str, list[str]] = {}
    for gap in ranked[:6]:
        places.setdefault(place_text(gap), []).append(f"{_name(report, gap)}（{gap['caption']}）")
    return "；".join(f"{place}{'、'.join(names)}" for place, names in places.items())


def step_text(flip: Mapping[str, Any] | None) -> str:
    """The next step up; empty where there is none."""
    return plain(flip["text"]) if flip else ""


def plain(text: str) -> str:
    """A sentence of the screens as papers write it, without arrows.

    >>> plain("再有2家在产企业 → 稳定")
    '再有2家在产企业，可升为稳定'
    """
    return text.replace(" → ", "，可升为")


def _name(report: Context, gap: GapDocument) -> str:
    """The segment of a gap, with its chain where that is another one."""
    if (gap["county"], gap["chain"]) == (report.view.county, report.view.chain):
        return gap["segment"]
    return f"{gap['segment']}（{chain_title(gap['county'], gap['chain'])}）"


def _some(names: Sequence[str], unit: str = "家") -> str:
    """Names in a sentence; more than a few end 等n家."""
    return "、".join(names[:NAMED]) + (f"等{len(names)}{unit}" if len(names) > NAMED else "")
