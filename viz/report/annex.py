"""The end of the report: six lists, sources, parameters, queries."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graph.analysis.config import parameters
from graph.model import ViewNode
from viz.report.context import Context
from viz.report.needs import needs_of
from viz.theme import DEMO_NOTICE


def annexes(report: Context) -> None:
    """附表 六清单 and 附录."""
    report.paper.turn(landscape=True)
    report.paper.heading("附表　六清单")
    _lists(report)
    report.paper.turn(landscape=False)
    report.paper.heading("附录　数据来源、参数与生成说明")
    _sources(report)
    _parameters(report)
    report.paper.heading("查询与生成时间", 2)
    view = report.view
    report.paper.say(
        f"范围：{view.county} {view.chain}；数据日期{view.as_of}；生成日期{report.generated.isoformat()}。"
        f"环节状态可用命令 lianpu gaps --county {view.county} --chain {view.chain} 复核，任一名称可用 lianpu show 类别 名称 查到来源行。"
    )
    if view.demo:
        report.paper.say(f"{DEMO_NOTICE}。")


def _lists(report: Context) -> None:
    firms = [n for n in report.linked("企业") if n.values.get("状态") != "外部"]
    outside = [n for n in report.linked("企业") if n.values.get("状态") == "外部"]
    own = {s["segment_id"] for s in report.view.segments}

    def segments(node: ViewNode, relation: str) -> str:
        return "、".join(n.name for n in report.view.targets(node.id, relation) if n.id in own)

    def honours(node: ViewNode) -> str:
        return "、".join(n.name for n in report.view.origins(node.id, "AWARDED_TO"))

    plans: tuple[tuple[str, str, list[ViewNode], tuple[str, ...], Any, tuple[int, ...]], ...] = (
        ("企业清单", "企业", firms, ("名称", "县市区", "环节", "主要产品", "资质"),
         lambda n: (n.name, n.values.get("县市区"), segments(n, "STANDS_ON"), report.names(n, "MAKES"), honours(n)), (44, 22, 40, 60, 50, 18)),
        ("项目清单", "项目", report.linked("项目"), ("名称", "环节", "承担单位", "状态"),
         lambda n: (n.name, segments(n, "ON_SEGMENT"), report.names(n, "UNDERTAKEN_BY"), n.values.get("状态")), (70, 40, 70, 16, 18)),
        ("平台清单", "平台", report.linked("平台"), ("名称", "类型", "依托单位", "环节"),
         lambda n: (n.name, n.values.get("类型"), report.names(n, "HOSTED_BY"), segments(n, "ON_SEGMENT")), (66, 44, 60, 36, 18)),
        ("需求清单", "技术需求", needs_of(report.view), ("名称", "类别", "环节", "提出单位", "期望时限"),
         lambda n: (n.name, n.values.get("类别"), segments(n, "ON_SEGMENT"), report.names(n, "RAISED_BY"), n.values.get("期望时限")), (66, 14, 40, 56, 20, 18)),
        ("成果清单", "科技成果", report.linked("科技成果"), ("名称", "类型", "持有单位", "对应需求"),
         lambda n: (n.name, n.values.get("类型"), report.names(n, "HELD_BY"), report.names(n, "MEETS")), (66, 24, 56, 56, 18)),
        ("招引清单", "企业", outside, ("名称", "所在地", "对应环节", "主要产品"),
         lambda n: (n.name, n.values.get("所在地"), segments(n, "STANDS_ON"), report.names(n, "MAKES")), (56, 30, 50, 70, 18)),
    )  # fmt: skip
    for title, sheet, nodes, headers, cells, widths in plans:
        report.paper.heading(title, 2)
        if nodes:
            rows = [(*cells(n), report.cite(n.records)) for n in nodes]
            report.paper.table(title, (*headers, "依据"), rows, widths, size=9)
        else:
            report.unfiled(title.removesuffix("清单"), sheet)


def _sources(report: Context) -> None:
    report.paper.heading("数据来源", 2)
    cited = report.cite.cited
    if not cited:
        report.paper.say("没有引用数据行。")
        return
    files = Counter(f"{s['file']} {s['sheet']}" for s in cited)
    report.paper.say(
        f"共引用{len(cited)}行，来自{len(files)}张表。可信度：A 官方或主要媒体，B 其他公开来源或本单位台账，C 转载未核实。"
    )
    rows = [
        (f"[{n}]", s["file"], s["sheet"], s["row"], s["as_of"] or "", s["grade"], s.get("url") or "")
        for n, s in enumerate(cited, 1)
    ]
    report.paper.table(
        "数据来源", ("编号", "文件", "表", "行", "数据日期", "级", "网址"), rows, (11, 30, 16, 8, 18, 6, 42), size=8
    )


def _parameters(report: Context) -> None:
    """Every parameter with the value in force; the home's own ones say what they replace."""
    report.paper.heading("参数", 2)
    rows = [(p.caption, p.value, f"已改，默认 {p.default}" if p.changed else "默认") for p in parameters(report.config)]
    report.paper.table("评定参数", ("参数", "值", "与默认值"), rows, (58, 60, 34), size=9)
