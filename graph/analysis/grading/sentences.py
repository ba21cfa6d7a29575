"""Sentences that a director understands: reasons, remedies and the smallest next step."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.grading.measure import Neighbourhood, SegmentMeasure
from graph.analysis.grading.statuses import STATUSES, count_of
from graph.analysis.supply.availability import Supply
from graph.naming.chain import chain_title


def verb_of(status: str, flags: tuple[str, ...]) -> str:
    """The action that comes first: cooperate before recruiting, and ask before either."""
    if status == "未知":
        return STATUSES[status].verb
    flagged = {"外购稳定": "稳供", "上级未细分": "调查", "协同": "协同"}
    return next((verb for flag, verb in flagged.items() if flag in flags), STATUSES[status].verb)


def names(items: list[str], limit: int = 3, unit: str = "个") -> str:
    """Names in a sentence.

    >>> names(["甲", "乙", "丙", "丁"])
    '甲、乙、丙等4个'
    """
    return "、".join(items[:limit]) + (f"等{len(items)}{unit}" if len(items) > limit else "")


@dataclass(frozen=True, slots=True)
class Case:
    """A measured segment with its status and flags, and what lies around it: what there is to speak of."""

    measure: SegmentMeasure
    status: str
    flags: tuple[str, ...]
    around: Neighbourhood

    @property
    def segment(self) -> str:
        """Its id."""
        return self.measure.segment.fact.id


def reason_of(case: Case) -> str:
    """Why a segment has its status, in one or two sentences."""
    if case.status == "断链":
        sentence = _broken(case)
    elif case.status == "卡脖子":
        sentence = _choked(case.measure)
    elif case.status == "缺链":
        sentence = _missing(case)
    else:
        sentence = STATUSES[case.status].plain or _made(case.measure, case.status)
    if case.status == "未知" and (begun := under_way(case.segment, case.around.supply)):
        sentence += f"{begun}？"
    return sentence + _aside(case)


def under_way(segment: str, supply: Supply) -> str:
    """What was begun on a segment that nobody surveyed, as the question to ask first; empty where nothing was.

    Projects that were not given up, and local firms 在建 or 签约.
    """
    begun: dict[str, list[str]] = {}
    for p in supply.facts.projects:
        if p.segment == segment and p.state != "终止":
            state = {"谋划": "谋划中", "完成": "已完成"}.get(p.state or "", p.state or "（进展未注明）")
            begun.setdefault(state, []).append(f"“{p.name}”")
    for t in supply.stands(segment):
        if t.state in ("在建", "签约"):
            begun.setdefault(t.state, []).append(supply.firms[t.firm].name)
    words = [names(list(dict.fromkeys(listed))) + state for state, listed in begun.items()]
    return f"已有{'、'.join(words)}，是否在产" if words else ""


def _made(m: SegmentMeasure, status: str) -> str:
    s = m.segment
    count = f"本地在产企业{count_of(s, status)}" + (f"（列名{s.n}家）" if s.total != s.n else "")
    if m.makers and m.real_shares:
        top = m.makers[0]
        year = f"{m.year}年" if m.year else ""
        alone = f"：{top.name}" if s.lower_bound else f"，只有{top.name}"
        count += f"，{year}最大一家{top.name}占{top.share:.0%}" if s.n > 1 else alone
    elif m.makers:
        count += f"：{names([maker.name for maker in m.makers], unit='家')}"
    if status == "强链":
        return count + "，有高新、小巨人等资质企业，并有平台或成果支撑。"
    few = status == "弱链" and not s.lower_bound  # where nobody counted, nobody knows that they are few
    return count + ("，家数少，抗风险弱。" if few else "。")


def _broken(case: Case) -> str:
    m, around = case.measure, case.around
    missing = names([f"“{around.name(u)}”" for u in m.missing_inputs])
    stopped = [f"{around.firm(t.firm)}已停产" for u in m.lacking for t in around.supply.stands(u) if t.state == "停产"]
    why = (
        f"（{names(list(dict.fromkeys(stopped)), unit='家')}，又没有登记外购来源）"
        if stopped
        else "（本地不产，也没有登记外购来源）"
    )
    ending = "本环节难以生产。"
    if "与在产矛盾" in case.flags:
        ending = "但本环节仍有在产企业，请在『外部供给』填写来源。"
    return f"必需的输入{missing}得不到供给{why}，{ending}"


def _choked(m: SegmentMeasure) -> str:
    dependence = m.segment.fact.import_dependence
    if m.segment.fact.controlled:
        return "本地没有在产企业，且在管制清单内，供应可能被切断。"
    return f"本地没有在产企业，进口依存度{dependence or 0:.0%}，受制于境外供应。"


def _missing(case: Case) -> str:
    supply = case.around.supply
    users = [case.around.name(u) for u in supply.users(case.segment) if supply.segments[u].total >= 1]
    through = f"是在产环节{names([f'“{u}”' for u in users])}的必需输入" if users else "经其他环节，是在产环节的必需输入"
    return f"本地没有在产企业，却{through}。"


def _aside(case: Case) -> str:
    m = case.measure
    parts = []
    if m.segment.total == 0 and m.segment.sources:
        sources = names([e.name for e in m.segment.sources])
        share = f"，占用量{m.external_share:.0%}" if m.external_share is not None else ""
        parts.append(f"现从{sources}购入{share}。")
    if m.pending and case.status != "未知":
        firms = names(sorted(case.around.firm(f) for f in m.pending), unit="家")
        parts.append(f"{firms}在建或签约，投产前不计入。")
    if "样本不全" in case.flags:
        stated = f"（列名{m.segment.n}家，报告称{m.segment.fact.stated}家）" if m.segment.unnamed else ""
        parts.append(f"样本不全{stated}{'，家数只是下限' if m.segment.lower_bound else ''}。")
    if "待核实" in case.flags:
        parts.append("上游有必需输入的来源未登记，暂按可得处理。")
    return "".join(parts)


def remedies_of(case: Case) -> tuple[str, ...]:
    """What to do, the main action first."""
    name, flags = case.measure.segment.fact.name, case.flags
    remedies: list[str] = []
    if case.status == "未知":  # ask before anything else
        begun = under_way(case.segment, case.around.supply)
        remedies = [f"调查：{begun}"] * bool(begun) + _main_remedy(case)
    if "样本不全" in flags:
        remedies.append(f"调查：补齐“{name}”的企业名单和产值")
    if "上级未细分" in flags:
        remedies.append(f"调查：把上级环节的企业落到“{name}”")
    if "协同" in flags:
        remedies.append(f"协同：{_partner(case)}，先对接配套，不重复招引")
    remedies += _main_remedy(case)
    if "单企支撑" in flags:
        remedies.append("培育第二家：在配套企业中选育，或招引同类")
    if "来源单一" in flags:
        remedies.append(f"稳供：为“{name}”再找一个外购来源")
    if "外购来源未登记" in flags:
        remedies.append(f"调查：在『外部供给』登记“{name}”从哪里买")
    return tuple(dict.fromkeys(remedies))


def _main_remedy(case: Case) -> list[str]:
    name, status = case.measure.segment.fact.name, case.status
    if status == "断链":
        missing = names([f"“{case.around.name(u)}”" for u in case.measure.missing_inputs])
        first = (
            f"调查：在『外部供给』填写{missing}的来源"
            if "与在产矛盾" in case.flags
            else f"补链：在{missing}环节恢复生产、招引或落实外购"
        )
        return [first]
    if status == "缺链":
        return (
            [f"稳供：与“{name}”的现有来源签长期供货"]
            if "外购稳定" in case.flags
            else [f"补链：招引“{name}”企业，或转化相关成果"]
        )
    row = STATUSES["未知" if "上级未细分" in case.flags else status]
    return [row.remedy.format(name)] if row.remedy else []


def _partner(case: Case) -> str:
    around, ident = case.around, case.segment
    supply = around.supply
    firms = [around.firm(t.firm) for t in supply.city_makers(ident)]
    if firms:
        return f"市内{names(list(dict.fromkeys(firms)), unit='家')}在产"
    other = around.substitutes(ident)[0]
    fact = supply.segments[other].fact
    owner = chain_title(around.county_name[supply.segments[other].county], around.chain_name[fact.chain])
    if around.interchangeable(ident, other):
        return f"{owner}的“{fact.name}”可供"
    return f"{owner}的“{fact.name}”已供本链同样的东西"
