"""Chain views from small made-up cities."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from builders import BASICS, write_book

from graph.analysis.config import GapConfig
from graph.answers.documents.recruiting import CandidatesDocument
from graph.answers.lookup import find_chain
from graph.answers.papers.report import ReportFacts, report_facts
from graph.answers.state import State
from graph.city.city import City, open_city
from graph.model import ChainView
from ingest.load.pipeline import load
from viz.mindmap.drawing import MapTitle, draw_map
from viz.mindmap.html import mindmap_page
from viz.mindmap.tree import mind_tree

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></script><svg onload=alert(1)>",
    "=1+1",
    "@SUM(A1)",
]

RICH: dict[str, Any] = {
    **BASICS,
    "关键技术": [["名称", "产业链", "环节", "水平"], ["示例焊接技术", "示例锯床产业链", "锯条", "跟跑"]],
    "高校院所": [["名称"], ["示例大学"]],
    "技术需求": [
        ["名称", "类别", "产业链", "环节", "关键技术", "提出企业", "责任人", "期望时限"],
        ["示例有技术的需求", "共性", "示例锯床产业链", "锯条", "示例焊接技术", "示例甲锯业有限公司", "示例责任人", "2025"],
        ["示例无技术的需求", "关键", "示例锯床产业链", "锯条", None, None, None, None],
        ["示例无环节的需求", None, "示例锯床产业链", None, None, None, None, None],
    ],
    "科技成果": [["名称", "持有单位", "产业链", "对应技术需求"], ["示例成果", "示例大学", "示例锯床产业链", "示例有技术的需求"], ["示例散成果", "示例大学", "示例锯床产业链", None]],
    "项目": [["名称", "承担单位", "产业链", "对应技术需求", "状态"], ["示例项目", "示例甲锯业有限公司", "示例锯床产业链", "示例有技术的需求", "在建"], ["示例散项目", None, "示例锯床产业链", None, "谋划"]],
    "平台": [["名称", "依托单位", "产业链", "环节"], ["示例平台", "示例大学", "示例锯床产业链", "锯条"], ["示例散平台", None, "示例锯床产业链", None]],
    "人才": [["姓名", "单位", "产业链", "关键技术"], ["示例团队", "示例大学", "示例锯床产业链", "示例焊接技术"]],
    "活动": [["名称", "日期", "产业链"], ["示例对接会", "2025-05", "示例锯床产业链"]],
    "外部供给": [["产业链", "环节", "外部来源", "占比"], ["示例锯床产业链", "锯条", "示例外省厂", "30%"]],
}  # fmt: skip


def view_of(folder: Path, sheets: dict[str, Any], chain: str = "示例锯床产业链") -> ChainView:
    """Load sheets into a city in `folder` and give the view of its chain."""
    return planned_view(folder, sheets, chain)[0]


def planned_view(
    folder: Path, sheets: dict[str, Any], chain: str = "示例锯床产业链"
) -> tuple[ChainView, CandidatesDocument]:
    """The same, with whom to invite for its gaps."""
    facts = facts_of(folder, sheets, chain)
    return facts.view, facts.plan


def facts_of(
    folder: Path, sheets: dict[str, Any], chain: str = "示例锯床产业链", config: GapConfig | None = None
) -> ReportFacts:
    """The same, with all that the chain's report tells."""
    city: City = open_city(folder / "home")
    city.demo = True
    try:
        load(city, [write_book(folder / "示例.xlsx", sheets)])
        state = State(city, config or GapConfig(), date(2026, 6, 1))
        return report_facts(state, find_chain(state, chain, None))
    finally:
        city.close()


def hostile(sheets: dict[str, Any], mark: str) -> dict[str, Any]:
    """The same sheets with every made-up name carrying a hostile text."""

    def spoil(cell: Any) -> Any:
        return (
            f"{cell}{mark}"
            if isinstance(cell, str) and cell.startswith("示例") and cell not in ("示例市", "示例县", "示例邻县")
            else cell
        )

    return {name: [rows[0], *([spoil(c) for c in row] for row in rows[1:])] for name, rows in sheets.items()}


def mindmap_html(view: ChainView, *, title: str) -> str:
    """The page of a chain's mind map."""
    return mindmap_page(mind_tree(view), MapTitle(title, MapTitle.of(view).about))


def mindmap_svg(view: ChainView) -> str:
    """The drawing of a chain's mind map."""
    return draw_map(mind_tree(view), MapTitle.of(view)).svg
