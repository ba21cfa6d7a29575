"""Chapters three to nine of the report: what is strong and weak, what is asked and there, where to go."""

from __future__ import annotations

from collections import Counter

from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.measures.chain_targets import targets_of
from graph.text import digits
from viz.report.context import UNFILED, Context, Row
from viz.report.needs import need_cells, shortfall


def _strengths(report: Context) -> None:
    paper = report.paper
    paper.heading("三、环节强弱分析", new_page=True)
    if not report.segments:
        report.unfiled("环节", "环节")
        return
    rows = [
        (s["segment"], s["caption"], _count(s), " ".join(s["flags"]), f"{s['confidence']:.0%}" if s["confidence"] is not None else "",
         report.cite.of(s["evidence"]))
        for s in report.of_status(*BY_GRAVITY) + [s for s in report.segments if "汇总" in s["flags"]]
    ]  # fmt: skip
    paper.table("环节状态一览", ("环节", "状态", "在产企业", "标志", "置信度", "依据"), rows, (30, 16, 12, 34, 11, 27))
    for code in BY_GRAVITY:
        if STATUSES[code].graded and (rows_of_code := report.of_status(code)):
            paper.heading(f"{STATUSES[code].caption}环节（{len(rows_of_code)}个）", 2)
            for s in rows_of_code:
                flip = f"{s['flip']['text']}。" if s["flip"] else ""
                paper.say(f"{s['segment']}：{s['reason']}{flip}{report.cite.of(s['evidence'])}")
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
                cells = need_cells(report.view, node, number)
                words = "；".join(str(v) for v in (cells[6], cells[7]) if v)
                rows.append((number, node.name, cells[3], cells[5], words, cells[13], report.cite(node.records)))
            paper.table(
                title,
                ("序号", "名称", "环节", "提出单位", "描述与指标", "进展", "依据"),
                rows,
                (9, 34, 18, 24, 28, 13, 14),
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
        (34, 15, 9, 28, 15, 13, 11, 13),
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


def _directions(report: Context) -> None:
    paper = report.paper
    paper.heading("七、强链补链方向与招引目标")
    targets = report.of_status(*(code for code in BY_GRAVITY if STATUSES[code].is_gap))
    if targets:
        rows = [
            (
                s["segment"],
                s["caption"],
                s["verb"],
                "；".join(s["remedies"]),
                s["flip"]["text"] if s["flip"] else "",
            )
            for s in targets
        ]
        paper.table("强链补链方向", ("环节", "状态", "行动", "举措", "再进一步"), rows, (24, 14, 10, 54, 34))
    else:
        paper.say("已摸底环节中没有断点、缺失、薄弱环节。")
    if unknown := report.of_status("未知"):
        asked = [(s["segment"], "本地有哪些企业在产、产值多少；原料和部件从哪里买") for s in unknown]
        paper.table("待摸底清单（与缺失分开，先调查后招引）", ("环节", "要问什么"), asked, (40, 90))
    outside = _outside(report)
    if outside:
        paper.table(
            "外地候选企业（已录入的行，未评分）",
            ("企业", "所在地", "对应环节", "主要产品", "依据"),
            outside,
            (38, 20, 26, 44, 12),
        )
    else:
        paper.say(f"招引候选企业{UNFILED}。请在“企业”表以状态“外部”填写外地企业及其对应环节。")


def _outside(report: Context) -> list[tuple[object, ...]]:
    own = {s["segment_id"]: s["segment"] for s in report.view.segments}
    firms: list[tuple[object, ...]] = []
    for n in report.linked("企业"):
        if n.values.get("状态") == "外部":
            places = [
                own[e.target]
                for e in report.view.edges
                if e.relation == "STANDS_ON" and e.source == n.id and e.target in own
            ]
            firms.append(
                (n.name, n.values.get("所在地"), "、".join(places), report.names(n, "MAKES"), report.cite(n.records))
            )
    return firms


def _targets(report: Context) -> None:
    report.paper.heading("八、目标完成情况与时限")
    targets = targets_of(report.view, report.generated)
    if not targets:
        report.unfiled("目标和完成情况", "指标")
        return
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
        (26, 17, 21, 14, 24, 19, 17, 10),
        size=9,
    )


def _advice(report: Context) -> None:
    paper = report.paper
    paper.heading("九、建议")
    weak = report.of_status("断链", "缺链", "弱链")
    names = "、".join(s["segment"] for s in weak[:5])
    platforms, achievements = report.linked("平台"), report.linked("科技成果")
    choked = report.of_status("卡脖子")
    advice = (
        ("招引", f"围绕{names}招引企业；与市内已有企业的环节先协同配套，不重复招引。" if weak else "先完成摸底，再确定招引方向。"),
        ("成果转化", f"已录成果{len(achievements)}项，逐项与技术需求对接。" if achievements else f"科技成果{UNFILED}，先建成果库，再与技术需求对接。"),
        ("平台", f"已录平台{len(platforms)}个，按场地、人员、投入、设备、成果、制度六个方面补齐。" if platforms else f"平台{UNFILED}，先登记企业研发机构和公共平台。"),
        ("人才", f"围绕{'、'.join(s['segment'] for s in choked[:3])}引进攻关团队。" if choked else "围绕技术需求选派科技特派员和专家团队。"),
    )  # fmt: skip
    for title, text in advice:
        paper.heading(title, 2)
        paper.say(text)


def _count(s: Row) -> str:
    return f"{s['n']}家" if s["n"] == s["total"] else f"{s['total']}家（列名{s['n']}）"


def _number(value: object) -> str:
    return "" if value is None else digits(value) if isinstance(value, float) else str(value)


ALL = (_strengths, _needs, _projects, _support, _directions, _targets, _advice)
