"""Cover and 摘要: one page of prose with scale, the three first gaps and what follows from them, needs, targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.answers.documents.recruiting import GapDocument
from graph.answers.papers.report import OUTPUT
from graph.measures.measure import load_measures
from graph.measures.needs import needs_of
from graph.measures.of_chain import count_of_chain
from viz.report.candidates import place_text
from viz.report.chapters.deadlines import lights_text
from viz.report.chapters.directions import SUPPLIED, gap_name
from viz.report.context import Context
from viz.report.wording import plain
from viz.wording import some, value_text

FIRST = 3  # gaps that the summary tells of


def summary(report: Context) -> None:
    """摘要, four paragraphs."""
    report.paper.heading("摘要", report.level)
    report.say(_scale(report), _first(report), _support(report), _targets(report))


def _scale(report: Context) -> str:
    counted = report.counted
    if not counted:
        return f"{report.title}的环节尚未填报，强弱暂不判断，需补充的内容列入附录“待补清单”。"
    stages = Counter(s["stage"] or "未分阶段" for s in counted)
    known = sum(s["known"] for s in counted)
    split = "、".join(f"{k}{n}个" for k, n in stages.items())
    shown = [_counted(report, c) for c in BY_GRAVITY if report.counts[c] and c != "未知"]
    statuses = f"已摸底环节中，{'、'.join(shown)}。" if shown else "目前没有已摸底的环节，不作强弱判断。"
    return f"{report.title}计入评定的环节{len(counted)}个（{split}），已摸底{known}个。{statuses}{''.join(_figures(report))}"


def _counted(report: Context, code: str) -> str:
    """How many segments have a status, and how many of them only provisionally."""
    provisional = sum(s["provisional"] for s in report.of_status(code))
    return f"{STATUSES[code].caption}{report.counts[code]}个" + (f"（暂估{provisional}个）" if provisional else "")


def _figures(report: Context) -> Iterator[str]:
    """Firms, output with its share of the county, research: each with its year and how many firms state it."""
    firms = next(m for m in load_measures() if m.id == "firms")
    number = count_of_chain(firms, report.view, {n.kind for n in report.view.nodes.values()})
    if number:
        yield f"登记的本地企业{number}家。"
    output, county = report.facts.figures.get(OUTPUT), report.facts.county_figures.get(OUTPUT)
    if output is None:
        report.note("企业产值", "链上企业同一年度的产值")
        yield "链上企业产值暂无数据，列入附录“待补清单”。"
        return
    share = ""
    if county and (county.year, county.reported) == (output.year, output.reported) and county.value > 0:
        share = f"，占{report.view.county}同年已知企业产值的{output.value / county.value:.0%}"
    year = f"{output.year}年" if output.year else ""
    stating = "年报填有产值" if output.reported else "填有产值"
    yield f"{year}{stating}的企业{output.firms}家，产值合计{value_text(output.value, '万元')}{share}{report.refs(output.rows)}。"


def _first(report: Context) -> str:
    """The three first gaps: why, and what follows if nothing is done."""
    gaps = [g for g in report.plan["gaps"] if g["rank"] is not None and SUPPLIED not in g["flags"]]
    thin = [g["segment"] for g in report.plan["gaps"] if g["rank"] is None]
    later = f"{some(thin, '个')}资料不足，不排名，先补企业名单。" if thin else ""
    unknown = [s["segment"] for s in report.of_status("未知")]
    asked = f"{some(unknown, '个')}尚未摸底，应先调查。" if unknown else ""
    if not gaps:
        return f"已摸底环节中没有排出先后的断点、缺失和薄弱环节。{later}{asked}" if report.counted else ""
    lead = (
        f"须补强的环节{len(gaps)}个，先抓的{'三个' if len(gaps) >= FIRST else ''}为："
        if len(gaps) > 1
        else "须先抓的环节："
    )
    return f"{lead}{''.join(_gap(report, g) for g in gaps[:FIRST])}{later}{asked}"


def _gap(report: Context, gap: GapDocument) -> str:
    buyers = report.buyers(gap["segment_id"])
    waiting = [s["segment"] for s in gap["unblocks"]]
    if waiting:
        then = f"不补上则{some(waiting, '个')}难以恢复供给"
    elif buyers:
        then = f"不解决则{some(buyers, '个')}的供给没有保障"
    else:
        then = "不解决则该环节的短板继续存在"
    why = plain(gap["reason"]).partition("。")[0]
    return f"{place_text(gap)}为{gap_name(report, gap)}（{gap['caption']}），{why}，{then}。"


def _support(report: Context) -> str:
    needs = needs_of(report.view)
    own = report.linked("技术需求")
    solved = sum(bool(report.view.origins(n.id, "SOLVES")) for n in own)
    met = sum(bool(report.view.origins(n.id, "MEETS")) for n in own)
    fits = f"，有攻关项目的{solved}项，有对应成果的{met}项" if own else ""
    looks = [(look.summary, len(report.linked(look.kind))) for look in report.view.ranked() if look.summary]
    numbers = [f"{look.title}{n}{look.unit}" for look, n in looks if n]
    none = [look.title for look, n in looks if not n]
    there = f"支撑要素已录{'、'.join(numbers)}。" if numbers else ""
    gone = f"{'、'.join(none)}暂无数据。" if none else ""
    return f"技术需求{needs.text}{fits}。{there}{gone}"


def _targets(report: Context) -> str:
    if not report.facts.targets:
        return "目标和完成情况暂无数据。"
    return lights_text(report.facts.targets)
