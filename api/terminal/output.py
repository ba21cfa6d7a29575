"""Documents as a person reads them in a terminal: the text of each command."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from api.terminal.advice import show_candidates, show_cuts, show_gaps, show_scenarios, show_whatif
from api.terminal.data import (
    show_batches,
    show_check,
    show_load,
    show_map,
    show_node,
    show_search,
    show_status,
    show_undo,
)
from api.terminal.review import show_decide, show_review
from api.terminal.table import Document


def show_needs(out: Console, d: Document) -> None:
    """What a needs list holds."""
    out.print(
        f"{d['file']}：共性 {d['common']} 项，关键 {d['key']} 项；已录共性 {d['common']} 项，距10项差 {d['missing']} 项"
    )


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
    "file": "文件", "files": "文件", "bytes": "字节", "seconds": "用时（秒）", "missing": "缺项", "rows": "行数",
    "graph": "图库", "nodes": "节点", "edges": "关系", "hash": "内容哈希", "in_step": "与台账同步",
}  # fmt: skip
SCREENS: dict[str, Callable[[Console, Document], None]] = {
    "cuts": show_cuts, "whatif": show_whatif, "scenarios": show_scenarios, "candidates": show_candidates,
    "load": show_load, "gaps": show_gaps, "status": show_status, "show": show_node, "batches": show_batches,
    "search": show_search, "undo": show_undo, "needs": show_needs, "export": show_export,
    "check": show_check, "review": show_review, "decide": show_decide, "map": show_map,
}  # fmt: skip
