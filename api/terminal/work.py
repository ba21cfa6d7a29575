"""Tasks and leads as a person reads them in a terminal, at 80 columns too."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.terminal.table import Document, say
from viz.plan.timeline import look_of_task

NO_TASKS = (
    "还没有任务。用 lianpu template 写出模板，填“任务”表（名称、牵头单位、开始、期限、节点），再用 lianpu load 导入。"
)
NO_LEADS = "没有招商线索。填“招商线索”表后用 lianpu load 导入，或在页面 /leads 上登记。"


def show_tasks(out: Console, d: Document) -> None:
    """The tasks of each plan: who leads, by when, how far, what is in the way."""
    if not d["tasks"]:
        out.print(NO_TASKS)
        return
    counts = "，".join(f"{word} {n}" for word, n in d["counts"].items() if n)
    late = f"；已过期限 {d['late']} 项" if d["late"] else ""
    out.print(escape(f"截至 {d['at']}：{counts}{late}"))
    grid = Table(title="任务", title_justify="left", header_style="bold", expand=True)
    grid.add_column("进展", width=10)
    grid.add_column("任务", ratio=4, overflow="fold")
    grid.add_column("牵头单位", ratio=2, overflow="fold")
    grid.add_column("期限", width=10)
    grid.add_column("问题和下一步", ratio=4, overflow="fold")
    for t in d["tasks"]:
        style = look_of_task(t)
        share = f"\n{t['share']:.0%}" if t["share"] is not None else ""
        moved = f"\n延{len(t['moved'])}次" if t["moved"] else ""
        name = " ".join(p for p in (t["code"], t["name"]) if p)
        cells = (
            f"{style.sign}{style.caption}{share}",
            f"{t['subject']}\n{name}",
            "、".join(t["owners"]) or "没有写明",
            (t["deadline"] or "无期限") + moved,
            _open(t),
        )
        grid.add_row(*map(escape, cells))
    out.print(grid)


def _open(task: Document) -> str:
    """What is in the way, and what comes next."""
    parts = (("问题", task["problems"]), ("下一步", task["next_step"]))
    return "\n".join(f"{caption}：{words}" for caption, words in parts if words)


def show_leads(out: Console, d: Document) -> None:
    """How many leads stand at each stage, and each lead, stale ones first."""
    if not d["leads"]:
        out.print(NO_LEADS)
        return
    stages = "，".join(f"{stage} {n}" for stage, n in d["stages"].items() if n)
    lost = f"；流失 {d['lost']} 条" if d["lost"] else ""
    out.print(escape(f"截至 {d['at']}：{stages or '没有在跟的线索'}{lost}"))
    sums = (("协议投资额", d["agreed"]), ("累计到资", d["arrived"]), ("当年到资", d["arrived_this_year"]))
    out.print(
        "，".join(
            f"{caption} {amount:,.0f} 万元" if amount is not None else f"{caption}未填" for caption, amount in sums
        )
    )
    for lead in d["leads"]:
        state = "流失" if lead["lost"] else lead["stage"]
        more = [
            lead["state"] if lead["state"] not in (None, "正常", "流失") else "",
            "" if lead["verified"] else "未核验",
        ]
        marks = "".join(f"〔{m}〕" for m in more if m)
        place = "/".join(p for p in (lead["county"], lead["chain"], "、".join(lead["segments"])) if p)
        say(out, f"{'‼ ' if lead['stale'] else ''}{state} {lead['name']}{marks} {place}", 0)
        for words in _about(lead):
            say(out, words, 4)


def _about(lead: Document) -> list[str]:
    """What comes next, and what is amiss."""
    who = lead["owner"] or lead["answered_by"]
    day = f"（{lead['next_date']}）" if lead["next_date"] else ""
    coming = f"下一步：{lead['next_step']}{day}{f'，{who}' if who else ''}" if lead["next_step"] else ""
    reason = f"原因：{lead['reason']}" if lead["reason"] and lead["state"] not in (None, "正常") else ""
    return [w for w in (coming, reason, *lead["findings"]) if w]
