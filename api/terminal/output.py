"""Documents as a person reads them in a terminal: the text of each command."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from rich.console import Console

from api.terminal.table import Document


def show_needs(out: Console, d: Document) -> None:
    """What a needs list holds."""
    verdict = f"距10项差 {d['missing']} 项" if d["missing"] else "已达标"
    out.print(f"{d['file']}：已录 {d['common'] + d['key']} 项（共性 {d['common']}、关键 {d['key']}），{verdict}")


def show_export(out: Console, d: Document) -> None:
    """What an export wrote; a command line on a line of its own, to be copied."""
    show_plain(out, {k: v for k, v in d.items() if k != "command"})
    if "command" in d:
        out.print("在安装 Neo4j 的机器上、服务器停止时运行（或运行文件夹里的 import.sh）：")
        out.print(d["command"], markup=False, soft_wrap=True)


def show_plain(out: Console, d: Document) -> None:
    """Any other document: one line per key."""
    for key, value in d.items():
        text = "\n  ".join(map(str, value)) if isinstance(value, list) else value
        out.print(f"{LABELS.get(key, key)}：{text}", markup=False)


LABELS = {
    "file": "文件", "files": "文件", "bytes": "字节", "seconds": "用时（秒）", "missing": "缺项", "chains": "产业链", "left_out": "没有收入", "rows": "行数",
    "graph": "图库", "nodes": "节点", "edges": "关系", "hash": "内容哈希", "in_step": "与台账同步",
}  # fmt: skip
SCREENS = {
    "cuts": "advice.show_cuts", "whatif": "advice.show_whatif", "scenarios": "advice.show_scenarios",
    "candidates": "advice.show_candidates", "gaps": "advice.show_gaps",
    "load": "data.show_load", "status": "data.show_status", "show": "data.show_node", "batches": "data.show_batches",
    "search": "data.show_search", "undo": "data.show_undo", "map": "data.show_map",
    "check": "data.show_check",
    "changes": "changes.show_changes",
    "regions": "regions.show_regions", "compare": "regions.show_comparison",
    "brief": "visits.show_visit",
    "progress": "plan.show_progress", "zero": "plan.show_zero", "ladder": "plan.show_ladder",
    "tasks": "work.show_tasks", "leads": "work.show_leads",
    "match": "matching.show_match", "meeting": "matching.show_meeting",
    "review": "review.show_review", "decide": "review.show_decide",
    "plan read": "plan_text.show_plan_text",
    "query": "query.show_query",
    "needs": "output.show_needs", "export": "output.show_export",
}  # fmt: skip


def screen_of(command: str) -> Callable[[Console, Document], None]:
    """What prints the document of a command; imported where it is asked for."""
    module, _, name = SCREENS.get(command, "output.show_plain").partition(".")
    screen: Callable[[Console, Document], None] = getattr(import_module(f"api.terminal.{module}"), name)
    return screen
