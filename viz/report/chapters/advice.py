"""九、建议: for each gap to close, in the one order, what each of four kinds of measure can do, whose it is and by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.answers.documents.plan import TargetDocument
from graph.answers.documents.recruiting import GapDocument, ResourceDocument
from graph.answers.remedies import OF_CHAIN
from viz.report.candidates import firms_of, place_text
from viz.report.chapters.deadlines import MET, ordered
from viz.report.chapters.directions import INVITED, SUPPLIED, gap_name
from viz.report.context import Context
from viz.wording import day_text, some

SHARED = "协同"
WAYS = (("转化", "科技成果"), ("平台", "平台"), ("人才", "人才"))
KINDS: dict[str, tuple[str, ...]] = {
    "招引": ("引进", "招引", "招商"), "转化": ("成果",), "平台": ("平台", "研发机构"), "人才": ("人才", "专员"),
}  # fmt: skip
ORDINALS = ("一", "二", "三", "四")
WORDS = {"招引": "招引", "转化": "成果转化", "平台": "平台", "人才": "人才"}


def advice(report: Context) -> None:
    """Write the chapter. What several outside sources supply (外购稳定) is to be kept, what neighbours can supply (协同)
    to be shared: neither is recruited for."""
    report.chapter(9, "建议")
    gaps = report.plan["gaps"]
    if gaps:
        report.say(_choice(report))
    for gap in gaps:
        report.say(f"{place_text(gap)}：{gap_name(report, gap)}（{gap['caption']}）。{''.join(_measures(report, gap))}")
    if owners := list(_owners(report)):
        report.say(f"责任分工，计划已明确的：{'；'.join(owners)}。计划未明确责任单位和期限的，待明确。")
    elif gaps:
        report.say("上述各项的责任单位和完成期限待明确。")
    if thin := [g["segment"] for g in report.plan["gaps"] if g["rank"] is None]:
        report.say(f"{some(thin, '个')}先补齐企业名单和同一年产值，再定招引方向；责任单位和期限待明确。")
    if unknown := report.of_status("未知"):
        report.say(f"{some([s['segment'] for s in unknown], '个')}先完成摸底，再作强弱判断；责任单位和期限待明确。")
    if not report.plan["gaps"] and not report.of_status("未知"):
        report.say(
            "没有须补强的环节，以巩固现有优势为主，支持企业技术改造和研发机构建设。"
            if report.counted
            else "环节摸底完成后提出。"
        )


def _measures(report: Context, gap: GapDocument) -> Iterator[str]:
    """What each of the four kinds of measure can do, with rows; kinds of which the chain has nothing for it in one sentence."""
    marks = iter(ORDINALS)
    yield f"{next(marks)}是招引，{_recruiting(report, gap)}。"
    lacking: list[str] = []
    for way, what in WAYS:
        own: Sequence[ResourceDocument] = gap["remedies"][way]  # type: ignore[literal-required]
        if fitting := [x for x in own if x["why"] != OF_CHAIN]:
            rows = report.cite.of(s for x in fitting for s in x["sources"])
            yield f"{next(marks)}是{WORDS[way]}，依托{some([x['name'] for x in fitting], '个')}{rows}。"
        else:
            lacking.append(what)
    if lacking:
        yield f"{'、'.join(lacking)}尚无对应本环节的。"


def _choice(report: Context) -> str:
    """What of the chain can be chosen from for links that nothing is registered for."""
    there = [f"{what}{len(own)}个" for what in ("平台", "人才") if (own := report.linked(what))]
    choose = f"没有对应平台、人才的环节，从本链已录的{'、'.join(there)}中选配；" if there else ""
    return f"各环节依先后次序提出如下建议。{choose}没有对应成果的，先征集对接。"


def _recruiting(report: Context, gap: GapDocument) -> str:
    if SUPPLIED in gap["flags"]:
        return "现有外购来源稳定，以签订长期供货为主，不列入招引"
    if SHARED in gap["flags"]:
        firms = [f for p in gap["partners"] for f in p["firms"]]
        return f"先与市内{some(firms, '家')}对接配套，不重复招引" if firms else "先与市内同类环节对接配套，不重复招引"
    firms = [c["firm"] for c in firms_of(report.plan, gap)]
    waiting = [s["segment"] for s in gap["unblocks"]]
    after = f"，补上后{some(waiting, '个')}恢复供给" if waiting else ""
    if not firms:
        return f"尚无对得上的外地企业，先补充外地企业名录{after}"
    marks = report.cite.of(s for c in firms_of(report.plan, gap)[:INVITED] for s in c["sources"])
    return f"对接{some(firms, '家')}{after}{marks}"


def _owners(report: Context) -> Iterator[str]:
    """For each kind of measure the next target of the plan that asks for it, whose it is and by when."""
    open_targets = [t for t in ordered(report.facts.targets) if t["light"] != MET and t["owners"]]
    open_targets.sort(key=_over)  # what is still ahead first
    for way, words in KINDS.items():
        target = next((t for t in open_targets if t["subject_kind"] in ("产业链", "县市区") and _asks(t, words)), None)
        if target is not None:
            by = (
                f"，期限{day_text(target['deadline'])}{'（已逾期）' if _over(target) else ''}"
                if target["deadline"]
                else ""
            )
            yield f"{WORDS[way]}对应目标“{target['indicator']}”，由{some(target['owners'], '个单位')}负责{by}"


def _over(target: TargetDocument) -> bool:
    return target["days_left"] is not None and target["days_left"] < 0


def _asks(target: TargetDocument, words: Sequence[str]) -> bool:
    return any(word in target["indicator"] for word in words)
