"""Counties on a map and side by side, for a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from api.terminal.table import Document, say, table

SHOWN = 12  # products of one county


def show_regions(out: Console, d: Document) -> None:
    """A figure of each county, and what flows between counties."""
    figure = d["figure"]
    unit = f"（{figure['unit']}）" if figure["unit"] else ""
    rows = [(c["city"] or "", c["county"], c["text"], len(c["rows"]) or "") for c in d["counties"]]
    out.print(table(f"{figure['caption']}{unit}，截至 {d['at']}", ("上级", "县（市、区）", "数", "依据行"), rows))
    say(out, f"怎么算：{figure['about']}", 0)
    flows = [
        (
            f["source"],
            f["target"],
            len(f["items"]),
            "、".join(dict.fromkeys(i["what"] or i["source"] for i in f["items"])),
        )
        for f in d["flows"]
    ]
    if flows:
        out.print(table("县（市、区）之间的供给", ("供给方", "需要方", "项", "内容"), flows))
    _written(out, d)


def show_comparison(out: Console, d: Document) -> None:
    """Figures and segments side by side, and where a county stands."""
    names = [s["name"] for s in d["subjects"]]
    figures = [(f["figure"]["caption"], f["figure"]["unit"], *(v["text"] for v in f["values"])) for f in d["figures"]]
    out.print(table(f"并排比较，截至 {d['at']}", ("数", "单位", *names), figures))
    shared = [
        (s["segment"], *("、".join(x["caption"] for x in cell) or "没有" for cell in s["states"]))
        for s in d["segments"]
    ]
    if shared:
        out.print(table("同名环节", ("环节", *names), shared))
    if d["standing"]:
        _standing(out, d["standing"])
    _written(out, d)


def _standing(out: Console, d: Document) -> None:
    out.print(escape(f"{d['county']}与同组（{d['group']}，{len(d['peers'])} 个）："))
    if d["missing"]:
        say(out, d["missing"], 2)
    for p in d["points"][:SHOWN]:
        where = f"区位商 {p['presence']:.2f}，关联度 {p['related']:.2f}（同组 {p['usual']:.2f}）"
        say(out, f"{p['quadrant']} {p['product']}：{where}", 2)
    for idea in d["ideas"]:
        say(out, f"可考虑 {idea['product']}：已有{'、'.join(idea['beside'])}", 2)
    for one in d["alike"]:
        shared = "、".join(s["segment"] for s in one["shared"])
        say(out, f"相近 {one['county']} {one['likeness']:.0%}：都在产 {shared}", 2)
    for one in d["nearby"]:
        where = "、".join(dict.fromkeys(m["county"] for m in one["elsewhere"]))
        say(out, f"可借 {one['gap']['segment']}（{one['gap']['caption']}）：{where}有企业在产", 2)


def _written(out: Console, d: Document) -> None:
    if d.get("file"):
        out.print(escape(f"已写出：{d['file']}"))
