"""四、技术需求: common and key needs against ten, which have a project, which a result."""

from __future__ import annotations

from graph.measures.needs import needs_of
from graph.model import ViewNode
from viz.report.context import Context
from viz.wording import some

PARTS = (("共性技术需求", "共性"), ("关键技术需求", "关键"), ("未注明类别的技术需求", None))


def needs(report: Context) -> None:
    """Write the chapter."""
    report.chapter(4, "技术需求")
    own = report.linked("技术需求")
    report.say(f"{report.title}：技术需求{needs_of(report.view).text}。")
    if not own:
        report.mention("技术需求", "需求名称、类别、提出单位、技术指标、期望时限")
        return
    projects = {n.id: report.view.origins(n.id, "SOLVES") for n in own}
    results = {n.id: report.view.origins(n.id, "MEETS") for n in own}
    solved, met = (sum(bool(x) for x in some_of.values()) for some_of in (projects, results))
    fitting = {m["id"]: [h["title"] for h in m["hits"] if h["fits"]] for m in report.facts.matches}
    answered = sum(bool(fitting.get(n.id)) for n in own)
    rest = len(own) - answered
    report.say(
        f"其中有攻关项目的{solved}项，已登记对应成果的{met}项。将需求与已录的科技成果按内容比对，有合适成果的{answered}项"
        f"{f'，没有合适的{rest}项，须另行征集' if rest else ''}。"
    )
    for title, category in PARTS:
        rows = [
            (number, n.name, report.own_segments(n, "ON_SEGMENT"), report.names(n, "RAISED_BY"),
             _linked(projects[n.id], results[n.id]), some(fitting.get(n.id, []), "项", 2) or "没有合适的", n.values.get("进展"), report.refs(n.records))
            for number, n in enumerate((n for n in own if n.values.get("类别") == category), 1)
        ]  # fmt: skip
        if rows:
            headers = ("序号", "名称", "环节", "提出单位", "对应项目和成果", "可对接成果", "进展", "依据")
            report.paper.table(title, headers, rows, size=9)
        elif category:
            report.mention(title, "需求名称、提出单位、技术指标")


def _linked(projects: list[ViewNode], results: list[ViewNode]) -> str:
    """The projects and results that are registered for a need."""
    parts = [
        f"{title}：{some([n.name for n in nodes], '项')}"
        for title, nodes in (("项目", projects), ("成果", results))
        if nodes
    ]
    return "；".join(parts)
