"""一、产业定义与口径: what the chain is, what counts as surveyed, what statuses and marks mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from graph.analysis.config import GapConfig
from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.model import ChainView
from viz.paper.document import Paper
from viz.report.context import Context
from viz.wording import some

HALF = 0.5
MARKET = "不适用"
MEANS: dict[str, str] = {
    "强链": "在产企业不少于{strong_at_least}家，产值不集中于个别企业，有高新技术等资质企业，有平台或成果",
    "稳链": "有一定数量的在产企业，供给有保障，尚未达到优势条件",
    "弱链": "在产企业不超过{weak_at_most}家，抗风险能力弱",
    "缺链": "本地没有在产企业，而本地在产环节必需它",
    "断链": "本地有在产企业，但必需的上游投入得不到供给",
    "卡脖子": "本地没有在产企业，且受出口管制，或进口依存度不低于{import_dependence:.0%}",
    "空白": "本地没有在产企业，也没有在产环节必需它，是否延伸由规划决定",
    "未知": "尚未调查，也没有统计家数和企业记录，不判断强弱；未摸底不等于缺失",
    "不适用": "应用市场，不参与评定",
}
MARKS: dict[str, str] = {
    "外部依赖": "部分用量从本地以外购入",
    "协同": "本地没有，市内其他县（市、区）有在产或可供的企业，先合作再招引",
    "待核实": "必需的投入来源没有登记，暂按可得处理",
    "样本不全": "列名少于统计家数，或只凭企业记录，家数是下限，标“暂估”，不排名",
    "份额按家数": "各企业产值不全，份额按家数平分",
    "状态未注明": "有企业没有注明状态，按在产计",
    "归属未注明": "有企业没有注明所在县（市、区），按本地计",
    "集中": "列名企业不少于{concentrated_makers}家，而产值集中于个别企业",
    "单企支撑": "只有一家企业且有资质，宜培育第二家",
    "外购稳定": "本地缺失，但外购来源不少于{stable_sources}个且不集中，以稳定供给为主",
    "来源单一": "本地没有，外购只有一个来源或过于集中",
    "外购来源未登记": "本地没有，从哪里购入尚未调查",
    "上级未细分": "企业登记在上级环节，尚未落到本环节",
    "汇总": "由下级环节合计，不重复计入",
    "数据陈旧": "全部依据早于{stale_years}年以前",
    "相对薄弱": "与其他地区相比，企业数明显偏少",
    "与在产矛盾": "按登记得不到必需的投入，而企业仍在产，须核实来源",
}


def scope(report: Context) -> None:
    """Write the chapter. Where several chains are told in one paper, what words mean is told before them all."""
    report.chapter(1, "产业定义与口径")
    report.say(_definition(report), _counting(report), _coverage(report))
    if report.level == 1:
        meanings(report.paper, report.facts.config, [report.view])


def meanings(paper: Paper, config: GapConfig, views: Sequence[ChainView]) -> None:
    """What each status means, and each mark that some chain bears, with the parameters in force."""
    values, flags = asdict(config), {flag for view in views for s in view.segments for flag in s["flags"]}
    rows = [("状态", STATUSES[code].caption, MEANS[code].format(**values)) for code in BY_GRAVITY if code != MARKET]
    markets = [s["segment"] for s in views[0].segments if s["status"] == MARKET] if len(views) == 1 else []
    named = f"：{some(markets, '个')}" if markets else ""
    rows.append(("状态", STATUSES[MARKET].caption, f"{MEANS[MARKET]}{named}"))
    rows += [("标志", name, meaning.format(**values)) for name, meaning in MARKS.items() if name in flags]
    paper.table("环节状态和本报告所用标志的含义", ("类别", "名称", "含义"), dict.fromkeys(rows), size=9)


def _definition(report: Context) -> str:
    node = report.view.nodes[report.view.chain_id]
    rank = node.values.get("梯队")
    since = node.values.get("起始年")
    own = f"本{report.view.county[-1]}" if report.view.county[-1] in "县区市" else "本地"
    parts = [f"{report.title}是{own}培育的特色产业链"]
    if since:
        parts.append(f"自{since}年起培育")
    if rank:
        parts.append(f"列入{rank}")
    if node.values.get("试点") in (True, "是"):
        parts.append("为试点产业链")
    return f"{'，'.join(parts)}{report.refs(node.records)}。"


def _counting(report: Context) -> str:
    return (
        "在产企业只计县域内已经投产的，在建、签约和别县的不计。调查过、有统计家数或企业记录的为已摸底。"
        "方括号内的数字是附录数据行的编号。"
    )


def _coverage(report: Context) -> str:
    known = sum(s["known"] for s in report.counted)
    if not report.counted:
        return ""
    sure = sum(bool(s["confidence"] is not None and s["confidence"] >= HALF) for s in report.counted if s["known"])
    return (
        f"计入评定的环节已摸底{known}个，覆盖率{known / len(report.counted):.0%}；"
        f"其中依据可信度不低于{HALF:.0%}的{sure}个，其余{known - sure}个宜先核实。"
    )
