"""What was read from a plan's text as a person reads it in a terminal."""

from __future__ import annotations

from rich.console import Console

from api.terminal.table import Document, table


def show_plan_text(out: Console, d: Document) -> None:
    """The targets and tasks that a text seems to set, and what to do next."""
    years = f"（{d['start_year']}-{d['end_year']}）" if d["start_year"] else ""
    out.print(
        f"{d['plan'] or '没有认出计划名称'}{years}：指标 {len(d['targets'])} 个，任务 {len(d['tasks'])} 项，都待确认",
        markup=False,
    )
    targets = [
        (t["indicator"], t["subject"], _aim(t), t["deadline"] or "", f"{t['confidence']:.2f}", "；".join(t["doubts"]))
        for t in d["targets"]
    ]
    if targets:
        out.print(table("指标", ("指标", "对象", "目标", "期限", "把握", "疑点"), targets))
    tasks = [(t["code"], t["name"], "、".join(t["owners"]), t["deadline"] or "") for t in d["tasks"]]
    if tasks:
        out.print(table("任务", ("编号", "任务", "责任单位", "期限"), tasks))
    if d["file"]:
        out.print(f"已写出：{d['file']}。逐行核对，“采用”写 是 的行用 lianpu load 导入", markup=False)
    elif targets or tasks:
        out.print("加 -o 文件.xlsx 写成待确认的工作簿", markup=False)


def _aim(target: Document) -> str:
    value = "" if target["value"] is None else f"{target['value']:g}"
    return f"{target['comparator']}{value}{target['unit'] or ''}"
