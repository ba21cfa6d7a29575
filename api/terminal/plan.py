"""Targets, lists and the ladder as a person reads them in a terminal, at 80 columns too."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.terminal.table import Document, say, table
from viz.theme import LIGHT_STYLES

BEGIN = "还没有计划指标。用 lianpu template 写出模板，填“计划”“指标”两张表，再用 lianpu load 导入。"
DUE_SHOWN = 12
SAID = {True: "✓", False: "✕", None: "?"}


def show_progress(out: Console, d: Document) -> None:
    """The targets, the gravest first; the lights of each county; what is due."""
    if not d["targets"]:
        out.print(BEGIN)
        return
    out.print(escape(f"截至 {d['at']}。{d['rule']}"))
    grid = Table(title="目标进度", title_justify="left", header_style="bold", expand=True)
    grid.add_column("灯", width=10)
    grid.add_column("指标", ratio=4, overflow="fold")
    grid.add_column("期限", width=10)
    grid.add_column("情况和下一步", ratio=6, overflow="fold")
    for t in d["targets"]:
        flags = f"\n〔{' '.join(t['flags'])}〕" if t["flags"] else ""
        cells = (
            light_text(t["light"]),
            f"{t['subject']}\n{t['indicator']}",
            t["deadline"] or "无期限",
            t["text"] + flags,
        )
        grid.add_row(*map(escape, cells))
    out.print(grid)
    for s in d["spread"]:
        say(out, f"{s['indicator']}（{s['deadline'] or '无期限'}）：{s['text']}", 0)
    _show_counties(out, d)
    _show_due(out, d)
    if d.get("file"):
        out.print(escape(f"已写出：{d['file']}"))


def light_text(word: str) -> str:
    """A light as its sign and word.

    >>> light_text("滞后")
    '◐滞后'
    """
    return f"{LIGHT_STYLES[word].sign}{word}"


def _show_counties(out: Console, d: Document) -> None:
    if not d["counties"]:
        return
    words = [w for w in LIGHT_STYLES if any(c["lights"][w] for c in d["counties"])]
    rows = [(c["county"], *(c["lights"][w] or "" for w in words)) for c in d["counties"]]
    out.print(table("各县（市、区）的灯数", ("县市区", *map(light_text, words)), rows))


def _show_due(out: Console, d: Document) -> None:
    if d["due"]:
        out.print("[bold]90 天内到期、还没有达标[/]")
    for due in d["due"][:DUE_SHOWN]:
        what = f"{due['subject']} {due['indicator']}：剩 {due['days_left']} 天（{due['deadline']}）"
        say(out, f"{light_text(due['light'])} {what}", 2)
    if len(d["due"]) > DUE_SHOWN:
        say(out, f"等 {len(d['due'])} 项，用 --county 或 --json 查看", 2)


def show_zero(out: Console, d: Document) -> None:
    """The lists of each county: who is on them, who may be, whose output nobody states."""
    if not d["lists"]:
        out.print("没有可以列清单的企业年报。“企业年报”表要有年份、产值、研发活动、研发机构。")
        return
    for (county, year), lists in groupby(d["lists"], key=lambda x: (x["county"], x["year"])):
        several = list(lists)
        out.print(f"[bold]{escape(county)}[/]（{year} 年年报）")
        for one in several:
            blank = f"，另 {one['blank']} 家留空待核实" if one["blank"] else ""
            say(out, f"{one['list']}：{one['no']} 家{blank}", 2)
            for firm in one["firms"]:
                output = f"产值 {firm['output']:.0f} 万元"
                say(
                    out,
                    f"{'✕' if firm['said'] else '▨'} {firm['firm']}，{output}，{firm['said'] or '留空'}{_six(firm)}",
                    4,
                )
        if several[0]["unknown"]:
            say(out, f"产值不详：{'、'.join(several[0]['unknown'])}", 2)
    if d.get("file"):
        out.print(escape(f"已写出：{d['file']}"))


def _six(firm: Document) -> str:
    """What its platforms have of the six; nothing where it has no platform."""
    return "；" + " ".join(f"{SAID[have]}{item}" for item, have in firm["six"].items()) if firm["platforms"] else ""


def show_ladder(out: Console, d: Document) -> None:
    """How many firms stand on each rung; who is next, the ready first."""
    if not d["firms"]:
        out.print("还没有规上企业或有效的资质。填“企业年报”“资质认定”两张表。")
        return
    out.print(table("企业梯队", ("梯级", "企业数"), d["rungs"].items()))
    rows = [
        (f["firm"], "、".join(f["held"]), ("✓ " if f["ready"] else "") + (f["next"] or "已在最上"), _missing(f))
        for f in d["firms"]
    ]
    out.print(table("下一梯级（✓ 年报已具备条件）", ("企业", "已在", "下一梯级", "还缺"), rows))


def _missing(firm: Document) -> str:
    unsaid = [f"{text}（年报没有说明）" for text in firm["unsaid"]]
    return "；".join([*firm["lacking"], *unsaid])
