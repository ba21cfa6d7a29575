"""七、强链补链方向: whom to invite for each gap in the one order, whom to work with, and what their landing would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.analysis.grading.statuses import STATUSES
from graph.answers.documents.recruiting import CandidateDocument, EffectDocument, GapDocument
from graph.naming.chain import chain_title
from viz.report.candidates import NOBODY, firms_of, place_text
from viz.report.context import Context
from viz.report.wording import plain
from viz.wording import some, value_text

INVITED = 3  # firms named for a gap
SUPPLIED = "外购稳定"  # flag of a gap that is not to be recruited for


def directions(report: Context) -> None:
    """Write the chapter."""
    paper, gaps = report.paper, report.plan["gaps"]
    report.chapter(7, "强链补链方向")
    _order(report, gaps)
    if gaps:
        headers = ("环节", "企业", "所在地", "得分", "理由", "落地后变化", "依据")
        paper.table("招引目标", headers, list(_invited(report, gaps)), size=9)
    report.say(*_shared(gaps))
    if effects := report.facts.effects:
        report.say("对先抓环节的首位候选企业分别推算，落地后变化如下；各方案单独推算，不相加。")
        compared = ("方案", "状态改变的环节", "恢复供给的环节", "产值变化")
        paper.table("落地方案比较", compared, [_effect(e) for e in effects], size=9)
    _to_survey(report)


def _order(report: Context, gaps: Sequence[GapDocument]) -> None:
    """The gaps in the one order, with the next step of each; those that thin data leaves without a place."""
    ranked, thin = [g for g in gaps if g["rank"] is not None], [g for g in gaps if g["rank"] is None]
    if ranked:
        report.say("按缺口大小、关键程度、集中度和外部依赖排出先后，得分相同的并列。")
        rows = [
            (place_text(g), gap_name(report, g), g["caption"], STATUSES[g["status"]].verb, plain(g["next"]))
            for g in ranked
        ]
        report.paper.table("强链补链次序", ("次序", "环节", "状态", "行动", "再进一步"), rows, size=9)
    else:
        report.say("已摸底环节中没有排出先后的断点、缺失和薄弱环节。")
    if thin:
        report.say(f"{some([g['segment'] for g in thin], '个')}资料不足，不排名，先补企业名单。")


def _invited(report: Context, gaps: Iterable[GapDocument]) -> Iterator[tuple[object, ...]]:
    """The firms of each gap in the order of the candidates; a gap without any says so."""
    for gap in gaps:
        name, firms = gap_name(report, gap), firms_of(report.plan, gap)[:INVITED]
        for c in firms:
            yield name, *_firm(c), plain(c["reasons"]), plain(c["change"]), report.cite.of(c["sources"])
        if not firms:
            yield name, NOBODY, "", "", "", "", ""


def _firm(candidate: CandidateDocument) -> tuple[str, str, str]:
    return candidate["firm"], candidate["location"] or "未注明", f"{candidate['score']:.0f}"


def _shared(gaps: Iterable[GapDocument]) -> Iterator[str]:
    """Whom of the city to work with, instead of recruiting."""
    for gap in gaps:
        for partner in gap["partners"]:
            firms = some(partner["firms"], "家")
            if partner["chain"]:
                chain = chain_title(str(partner["county"]), partner["chain"])
                yield f"“{gap['segment']}”可与{chain}的“{partner['segment']}”（{firms}）协同配套，不重复招引。"
            else:
                yield f"“{gap['segment']}”有市内企业{firms}在产，先对接配套，不重复招引。"


def _effect(effect: EffectDocument) -> tuple[str, ...]:
    landing = effect["changes"]["add"][0]
    changed = [f"{c['segment']}由{c['before_caption']}变为{c['after_caption']}" for c in effect["changed"]]
    restored = [s["segment"] for s in effect["restored"]]
    change = effect["output_change"]
    return (
        f"{landing['firm']}落地“{landing['segment']}”",
        "；".join(changed) or "没有环节改变状态",
        some(restored, "个") or "无",
        "企业产值未登记，不推算" if change is None else f"增加{value_text(change, '万元')}" if change > 0 else "无变化",
    )


def _to_survey(report: Context) -> None:
    rows = [
        (a["segment"], a["question"], some([c["firm"] for c in a["targets"]], "家") or NOBODY)
        for a in report.plan["to_survey"]
    ]
    if rows:
        headers = ("环节", "要问清的问题", "可先了解的外地企业")
        report.paper.table("待摸底环节（先调查，后招引）", headers, rows, size=9)


def gap_name(report: Context, gap: GapDocument) -> str:
    """The segment of a gap, with its chain where that is another one."""
    if (gap["county"], gap["chain"]) == (report.view.county, report.view.chain):
        return gap["segment"]
    return f"{gap['segment']}（{chain_title(gap['county'], gap['chain'])}）"
