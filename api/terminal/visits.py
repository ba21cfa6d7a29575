"""What the command line says before somebody calls on a firm."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from api.terminal.table import Document, say, table


def show_visit(out: Console, d: Document) -> None:
    """Why the firm, who needs it, what changes, what to offer."""
    place = f"{d['county']}/{d['chain']}/{d['segment']}"
    out.print(escape(f"拜访 {d['firm']}：为 {place}（{d['caption']}）"))
    for words in (d["reason"], d["why"], *(f"先核实：{r}" for r in d["risks"])):
        if words:
            say(out, words, 2)
    rows = [(b["firm"], "、".join(b["segments"]), _bought(b)) for b in d["buyers"]]
    if rows:
        out.print(table("本地用户", ("企业", "在产的下游环节", "已登记的采购"), rows))
    for c in d["changes"]:
        say(out, f"落地后：{c['segment']} 由{c['before_caption']}转为{c['after_caption']}", 2)
    if not d["changes"]:
        say(out, "落地后：按现有资料推算，各环节状态不变", 2)
    for p in d["policies"]:
        say(out, f"政策：{p['name']} {p['strength']}", 2)
    if d.get("file"):
        out.print(escape(f"已写出 {d['file']}"))


def _bought(buyer: Document) -> str:
    amounts = [p["amount"] for p in buyer["purchases"] if p["amount"] is not None]
    return f"{sum(amounts):,.0f} 万元" if amounts else "未登记"
