"""What waits for a person, as it is read in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from api.terminal.table import Document, say, table


def show_review(out: Console, d: Document) -> None:
    """Names that may be one, firms that may be placed, what was made one by rule."""
    count = d["count"]
    if not count["same"] and not count["placing"] and not count["leads"]:
        out.print("没有待核对的名称，也没有待归入环节的企业。")
    for item in d["same"]:
        place = item.get("county") or item.get("location") or ("有行在等待这个名称" if item["waits"] else "")
        out.print(f"[bold]{escape(item['kind'])} {escape(item['name'])}[/] {escape(place)} 是不是：")
        for c in item["candidates"]:
            say(out, f"{c['score']:.2f} {c['name']}（{'；'.join(c['reasons'])}）", 2)
    if d["placing"]:
        rows = [
            (p["firm"], s["segment"], s["evidence"], "；".join(s["reasons"])) for p in d["placing"] for s in p["suggestions"]
        ]  # fmt: skip
        out.print(table("可以归入环节的企业（确认之前不计入）", ("企业", "环节", "证据", "理由"), rows))
    if d["leads"]:
        pairs = [(x["one"]["path"], x["other"]["path"], "；".join(x["reasons"])) for x in d["leads"]]
        out.print(table("可能是同一个投资（线索，或线索和项目）", ("一条", "另一条", "理由"), pairs))
    if d["alike"]:
        merged = [(a["other"], a["name"], a["why"]) for a in d["alike"]]
        out.print(table("按名称自动合并", ("名称", "并入", "理由"), merged))
    shown = len(d["same"]) + len(d["placing"]) + len(d["leads"])
    if (total := count["same"] + count["placing"] + count["leads"]) > shown:
        out.print(f"共 {total} 条，只列 {shown} 条；全部用 --top 或 --json")
    if shown:
        out.print(
            "记下决定：lianpu decide 合并 名称 另一个名称（--kind 类别，不写为企业）；"
            "lianpu decide 归入环节 企业 县/链/环节；撤销用 lianpu undo 批次"
        )


def show_decide(out: Console, d: Document) -> None:
    """What a decision did."""
    out.print(f"已记下，批次 {d['batch']}；不对时用 lianpu undo {d['batch']} 撤销")
    touched = {**d["nodes"], **d["edges"]}
    rows = [(k, t["added"], t["changed"], t.get("removed", 0)) for k, t in touched.items() if _changed(t)]
    if rows:
        out.print(table("图库变化", ("类别", "新增", "改变", "移除"), rows))
    for f in d["findings"]:
        say(out, f"{f['message']}：{f['hint']}", 0)


def _changed(tally: Document) -> bool:
    return bool(tally["added"] or tally["changed"] or tally.get("removed"))
