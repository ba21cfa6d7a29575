"""The end of the report: six lists, sources, parameters, queries."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from graph.model import ViewNode
from viz.report.needs import needs_of
from viz.theme import DEMO_NOTICE

if TYPE_CHECKING:
    from viz.report.word import Report

PARAMETERS = {
    "weak_at_most": "薄弱：在产企业不超过（家）", "strong_at_least": "优势：在产企业不少于（家）", "strong_hhi": "优势：集中度上限",
    "concentrated_makers": "集中：不少于几家时判断", "concentrated_hhi": "集中：集中度超过", "stable_sources": "外购稳定：来源不少于（个）",
    "single_source_hhi": "来源单一：外购集中度超过", "import_dependence": "卡脖子：进口依存度不低于", "stale_years": "数据陈旧：早于（年）",
    "grade_a": "可信度 A 权重", "grade_b": "可信度 B 权重", "grade_c": "可信度 C 权重", "honours": "优势环节要求的资质", "not_honours": "不计入的资质用词",
}  # fmt: skip


def annexes(report: Report) -> None:
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


def _lists(report: Report) -> None:
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


def _sources(report: Report) -> None:
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


def _parameters(report: Report) -> None:
    report.paper.heading("参数", 2)
    rows = []
    for name, caption in PARAMETERS.items():
        value = report.config.get(name)
        if value is not None:
            rows.append((caption, "、".join(map(str, value)) if isinstance(value, list) else value))
    if rows:
        report.paper.table("评定参数", ("参数", "值"), rows, (70, 60))
    else:
        report.paper.say("采用默认参数，见 gap_model.yaml。")
