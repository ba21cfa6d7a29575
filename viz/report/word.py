"""The report 《产业链技术分析报告》: chapters in order, every number followed by its rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.answers.papers.report import ReportFacts
from graph.measures.needs import needs_of
from viz.chainmap.drawing import chain_svg
from viz.mindmap.drawing import mindmap_svg
from viz.paper.files import paper_format, save
from viz.report import chapters
from viz.report.annex import annexes
from viz.report.context import Context
from viz.report.directions import first_text
from viz.theme import demo_notice


def write_report(facts: ReportFacts, path: Path) -> int:
    """Write the report as .docx, .pdf or .html; the number of bytes. Same facts, same bytes.

    Raises UnknownFormat and NotWritable.
    """
    paper_format(path)
    report = Context(facts.view, facts.config, facts.day, facts.plan)
    for chapter in (_cover, _summary, _scope, _map, *chapters.ALL, annexes):
        chapter(report)
    return save(report.paper, path)


def _cover(report: Context) -> None:
    view, paper = report.view, report.paper
    paper.cover(f"{report.title}\n技术分析报告")
    paper.centred(f"数据日期：{view.as_of}")
    paper.centred(f"生成日期：{report.generated.isoformat()}")
    if view.demo:
        paper.centred(demo_notice([view.county]))
    paper.new_page()
    paper.contents()
    paper.new_page()


def _summary(report: Context) -> None:
    paper, known = report.paper, sum(s["known"] for s in report.counted)
    paper.heading("摘要")
    paper.say(
        f"本报告依据截至{report.view.as_of}已录入的数据，分析{report.title}。全链计入评定的环节"
        f"{len(report.counted)}个，已摸底{known}个，未摸底{report.counts['未知']}个；未摸底不等于缺失，应先调查。"
    )
    shown = [_counted(report, c) for c in BY_GRAVITY if report.counts[c] and c != "未知"]
    paper.say(f"已摸底环节中，{'、'.join(shown)}。" if shown else "目前没有已摸底的环节，不作强弱判断。")
    for lead, codes in (
        ("断点和缺失", ("断链", "缺链")),
        ("卡脖子", ("卡脖子",)),
        ("薄弱", ("弱链",)),
        ("优势", ("强链",)),
    ):
        if rows := report.of_status(*codes):
            some = "、".join(s["segment"] for s in rows[:6]) + (f"等{len(rows)}个" if len(rows) > 6 else "")
            paper.say(f"{lead}环节：{some}。")
    paper.say(f"技术需求{needs_of(report.view).text}。")
    counted = [(look.kind, look.summary) for look in report.view.ranked() if look.summary]
    numbers = [f"{summary.title}{len(report.linked(kind))}{summary.unit}" for kind, summary in counted]
    paper.say(f"支撑要素：{'、'.join(numbers)}（以已录入为限）。")
    if first := first_text(report):
        paper.say(f"先抓环节：{first}。")
    if thin := [g["segment"] for g in report.plan["gaps"] if g["rank"] is None]:
        paper.say(f"先补名单环节（资料不足，不排名）：{'、'.join(thin)}。")
    if unknown := report.of_status("未知"):
        paper.say(f"先摸底环节：{'、'.join(s['segment'] for s in unknown)}。")
    paper.new_page()


def _counted(report: Context, code: str) -> str:
    """How many segments have a status, and how many of them only provisionally."""
    provisional = sum(s["provisional"] for s in report.of_status(code))
    return f"{STATUSES[code].caption}{report.counts[code]}个" + (f"（暂估{provisional}个）" if provisional else "")


def _scope(report: Context) -> None:
    paper, node = report.paper, report.view.nodes[report.view.chain_id]
    paper.heading("一、产业定义与口径")
    extras = "；".join(f"{k}{v}" for k, v in node.values.items() if k not in ("县市区",))
    paper.say(f"{report.title}由{report.view.county}培育{report.cite(node.records)}。{extras + '。' if extras else ''}")
    stages = Counter(s["stage"] or "未分阶段" for s in report.view.segments)
    paper.say(
        f"产业链分为{'、'.join(f'{k}{n}个环节' for k, n in stages.items())}。"
        if stages
        else "环节尚未填报。请在“环节”表填写。"
    )
    paper.say(
        "在产企业指县域内该环节及其下级环节状态为在产的企业；统计家数大于列名企业时以统计家数评定，份额按列名企业产值计算。"
        "家数只凭企业记录得知、没有调查或统计家数佐证的，标“暂估”，写“至少n家”，不排名，先补名单；没有摸底的写“—”。"
        "在建和签约企业投产前不计入。市内其他县（市、区）的企业计为可得供给，不计入本县家数。"
    )
    paper.say("评定按附录所列参数进行，每个判断后的方括号数字是附录数据来源的编号。")


def _map(report: Context) -> None:
    if not report.view.segments:
        report.paper.heading("二、产业链全景图")
        report.unfiled("环节", "环节")
        return
    report.paper.turn(landscape=True)
    report.paper.heading("二、产业链全景图")
    report.paper.picture(
        chain_svg(report.view),
        f"{report.view.chain}全景图（颜色、图标、文字表示状态，斜纹为样本不全）",
        width=245,
        height=128,
    )
    report.paper.turn(landscape=False)
    depth = 3 if len(report.view.segments) <= 16 else 2
    report.paper.picture(
        mindmap_svg(report.view, report.plan, depth=depth),
        f"{report.view.chain}创新思维导图（展开到第{depth + 1}层，全图见附件）",
    )
