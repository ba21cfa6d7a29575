"""Chapters three to eight of the report: what is strong and weak, what is asked and there, what was promised."""

from __future__ import annotations

from collections import Counter

from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.plan.chain_targets import targets_of
from graph.text import digits
from viz.report.context import UNFILED, Context
from viz.report.directions import advice, directions, step_text
from viz.report.need import need_cells
from viz.report.needs import shortfall


def _strengths(report: Context) -> None:
    paper = report.paper
    paper.heading("三、环节强弱分析", new_page=True)
    if not report.segments:
        report.unfiled("环节", "环节")
        return
    rows = [
        (s["segment"], s["caption"], s["count"], "、".join(s["flags"]), f"{s['confidence']:.0%}" if s["confidence"] is not None else "",
         report.cite.of(s["evidence"]))
        for s in report.of_status(*BY_GRAVITY) + [s for s in report.segments if not s["counted"]]
    ]  # fmt: skip
    paper.table("环节状态一览", ("环节", "状态", "在产企业", "标志", "置信度", "依据"), rows)
    for code in BY_GRAVITY:
        if STATUSES[code].graded and (rows_of_code := report.of_status(code)):
            paper.heading(f"{STATUSES[code].caption}环节（{len(rows_of_code)}个）", 2)
            for s in rows_of_code:
                flip = f"{step_text(s['flip'])}。" if s["flip"] else ""
                doubt = f"（{s['caption']}）" if s["caption"] != STATUSES[code].caption else ""
                paper.say(f"{s['segment']}{doubt}：{s['reason']}{flip}{report.cite.of(s['evidence'])}")
    if unknown := report.of_status("未知"):
        paper.heading(f"未摸底环节（{len(unknown)}个）", 2)
        paper.say(
            f"{'、'.join(s['segment'] for s in unknown)}。这些环节没有企业记录或统计家数，不评定强弱，列为摸底任务。"
        )


def _needs(report: Context) -> None:
    paper = report.paper
    paper.heading("四、技术需求清单")
    paper.say(shortfall(report.view) + "。")
    needs = report.linked("技术需求")
    if not needs:
        report.unfiled("技术需求", "技术需求")
        return
    for title, category in (("共性技术需求", "共性"), ("关键技术需求", "关键"), ("未注明类别的技术需求", None)):
        some = [n for n in needs if n.values.get("类别") == category]
        if not some and category:
            paper.heading(title, 2)
            paper.say(f"{title}{UNFILED}。请在“技术需求”表填写，类别选“{category}”。")
        elif some:
            paper.heading(title, 2)
            rows = []
            for number, node in enumerate(some, 1):
                cells = need_cells(report.view, node)
                words = "；".join(cells[c] for c in ("主要问题和现状", "预期目标") if cells[c])
                own = (cells[c] for c in ("环节", "提出单位"))
                rows.append((number, node.name, *own, words, cells["进展"], report.cite(node.records)))
            paper.table(
                title,
                ("序号", "名称", "环节", "提出单位", "描述与指标", "进展", "依据"),
                rows,
                size=9,
            )


def _projects(report: Context) -> None:
    report.paper.heading("五、技术攻关与项目")
    projects = report.linked("项目")
    if not projects:
        report.unfiled("项目", "项目")
        return
    states = Counter(str(n.values.get("状态") or "状态未注明") for n in projects)
    report.paper.say(f"已录项目{len(projects)}个：{'、'.join(f'{k}{n}个' for k, n in states.items())}。")
    rows = [
        (n.name, n.values.get("类型"), n.values.get("级别"), report.names(n, "UNDERTAKEN_BY"), _number(n.values.get("金额(万元)")),
         n.values.get("年份"), n.values.get("状态"), report.cite(n.records))
        for n in projects
    ]  # fmt: skip
    report.paper.table(
        "项目",
        ("名称", "类型", "级别", "承担单位", "金额(万元)", "年份", "状态", "依据"),
        rows,
        size=9,
    )


def _support(report: Context) -> None:
    report.paper.heading("六、成果与平台、人才支撑")
    sections = [(look.section, look.kind) for look in report.view.looks.values() if look.section]
    for section, kind in sorted(sections, key=lambda s: s[0].order):
        report.paper.heading(section.title, 2)
        if nodes := report.linked(kind):
            report.listed(section, nodes)
        else:
            report.unfiled(section.title, kind)


def _targets(report: Context) -> None:
    title, targets = "八、目标完成情况与时限", targets_of(report.view, report.generated)
    if not targets:
        report.paper.heading(title)
        report.unfiled("目标和完成情况", "指标")
        return
    report.paper.turn(landscape=True)  # eight columns, none of which may break a date
    report.paper.heading(title)
    day = report.generated.isoformat()
    report.paper.say(f"下列完成值，期限已过的截至期限，期限未到的截至{day}；增长按基期年均计算。")
    rows = [
        (
            t.node.name,
            t.node.values.get("对象") or "",
            t.asked,
            t.node.values.get("期限") or "",
            t.reached,
            t.verdict,
            report.names(t.node, "ANSWERED_BY"),
            report.cite(t.records),
        )
        for t in targets
    ]
    report.paper.table(
        "目标与完成值",
        ("指标", "对象", "目标", "期限", "完成值", "结论", "责任单位", "依据"),
        rows,
        size=9,
    )
    report.paper.turn(landscape=False)


def _number(value: object) -> str:
    return "" if value is None else digits(value) if isinstance(value, float) else str(value)


ALL = (_strengths, _needs, _projects, _support, directions, _targets, advice)
