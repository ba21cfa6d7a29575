"""Gaps, cuts, what-if and candidates as a person reads them in a terminal, at 80 columns too."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from api.terminal.table import Document, say, table
from graph.answers.remedies import OF_CHAIN
from graph.files import row_place
from graph.naming.chain import chain_title
from graph.text import digits
from viz.theme import STATUS_STYLES

WIDE = 120  # columns from which the gap table has room for the action


def show_gaps(out: Console, d: Document) -> None:
    """The gap table, chain by chain; then what to do first."""
    if not d["segments"]:
        out.print("没有符合条件的环节。先用 lianpu load 导入产业链和环节，或放宽筛选条件。")
        return
    by_chain: dict[tuple[str, str], list[Document]] = {}
    for s in d["segments"]:
        by_chain.setdefault((s["county"], s["chain"]), []).append(s)
    wide = out.width >= WIDE
    for (county, chain), segments in by_chain.items():
        grid = Table(title=escape(f"{county} · {chain}"), title_justify="left", header_style="bold", expand=True)
        grid.add_column("环节", ratio=4, overflow="fold")
        grid.add_column("状态", width=12, overflow="fold")
        grid.add_column("企业", width=9, overflow="fold")
        grid.add_column("原因", ratio=9, overflow="fold")
        if wide:
            grid.add_column("首要行动", ratio=6, overflow="fold")
        for s in segments:
            grid.add_row(*map(escape, _gap_cells(s, wide)))
        out.print(grid)
    show_next(out, d["next"])


def _gap_cells(s: Document, wide: bool) -> list[str]:
    name = f"　{s['segment']}" if s["parent"] else s["segment"]
    action = (s["remedies"] or [""])[0]
    reason = s["reason"] + (f"\n〔{' '.join(s['flags'])}〕" if s["flags"] else "")
    what = [reason, action] if wide else [reason + (f"\n→{action}" if action else "")]
    return [name, f"{STATUS_STYLES[s['status']].icon}{s['caption']}", s["count"], *what]


def show_next(out: Console, steps: list[Document]) -> None:
    """What to do in each chain: the survey before all, then the first gaps."""
    if not steps:
        return
    out.print("[bold]下一步[/]（未摸底不是缺失，先问清再谈招商）")
    for step in steps:
        out.print(escape(f"{step['county']} · {step['chain']}"))
        if step["survey"]:
            out.print(escape(f"  先摸底 {len(step['survey'])} 个环节：{'、'.join(step['survey'])}"))
        for gap in step["first"]:
            tied = "，并列" if gap["tied"] else ""
            what = f"{gap['segment']}（{gap['caption']}，优先级 {gap['priority']:.1f}{tied}）：{gap['verb']}"
            out.print(escape(f"  {gap['rank']}. {what}"))
        if step["thin"]:
            names = "、".join(f"{g['segment']}（{g['caption']}）" for g in step["thin"])
            out.print(escape(f"  先补名单 {len(step['thin'])} 个环节（资料不足不排名）：{names}"))


def show_cuts(out: Console, d: Document) -> None:
    """What breaks the chain, the widest break first."""
    rows = [(" + ".join(c["lost"]), len(c["stops"]), "、".join(s["segment"] for s in c["stops"])) for c in d["cuts"]]
    if rows:
        out.print(table(f"{d['county']} · {d['chain']}：失去谁会断供", ("失去", "断供环节数", "断供环节"), rows))
    else:
        out.print("没有哪一个企业或来源的离开会单独造成断供。")
    if d["supply_unknown"]:
        out.print(f"另有 {d['supply_unknown']} 个环节的外购情况没有摸底，无法判断。")
    if d["capped"]:
        out.print("组合太多，只看了一部分。")


def show_whatif(out: Console, d: Document) -> None:
    """What would change, and why."""
    changes = d["changes"]
    supposed = [
        f"{a['firm']} 落地 {a['segment']}" + (f"（产值{digits(a['output'])}万元）" if a["output"] is not None else "")
        for a in changes["add"]
    ]
    supposed += [f"{n} 离开" for n in changes["remove"]] + [f"{n} 断供" for n in changes["stop"]]
    supposed += [f"{n} 完成摸底" for n in changes["survey"]]
    out.print(escape(f"{d['county']} · {d['chain']}：如果 {'；'.join(supposed) or '什么也不变'}"))
    rows = [
        (c["segment"] if c["chain"] == d["chain"] else f"{c['segment']}（{chain_title(c['county'], c['chain'])}）",
         f"{c['before_caption']} → {c['after_caption']}", c["why"])
        for c in d["changed"]
    ]  # fmt: skip
    for ask in d["asks"]:
        out.print(escape(f"数据中没有“{ask['name']}”，按新企业推算；是否指：{'、'.join(ask['near'])}"))
    out.print(table("状态变化", ("环节", "变化", "变化后的情况"), rows) if rows else "没有环节改变状态。")
    for segment in d["touched"]:
        _show_touched(out, segment, changes)
    for firm in d["dealings"]:
        for caption, key in (("向它供货的", "suppliers"), ("它供货的", "customers")):
            if firm[key]:
                say(out, f"{firm['firm']}：{caption}有{'、'.join(firm[key])}", 3)
    if d["touched"]:
        out.print(f"本链产值：{change_text(d['output_change'], changes)}")
    for caption, key in (("恢复供给", "restored"), ("断供", "stopped")):
        if d[key]:
            out.print(escape(f"{caption}：{'、'.join(s['segment'] for s in d[key])}"))
    for caption, key in (("新增的单点风险", "cuts_gained"), ("消除的单点风险", "cuts_lost")):
        if d[key]:
            out.print(escape(f"{caption}：{'、'.join('+'.join(c) for c in d[key])}"))
    if d.get("scenario"):
        out.print(escape(f"已保存为方案“{d['scenario']}”，用 lianpu scenarios 比较"))


def _show_touched(out: Console, s: Document, changes: Document) -> None:
    """One segment that is touched, whether or not its status changes."""
    out.print(f"[bold]{escape(s['segment'])}[/]（{escape(s['after_caption'])}）")
    hhi = "，集中度 ".join(("", f"{_hhi(s['hhi_before'])} 变为 {_hhi(s['hhi_after'])}"))
    say(
        out, f"企业 {s['count_before']} 变为 {s['count_after']}{hhi}，产值{change_text(s['output_change'], changes)}", 3
    )
    say(out, f"距更高状态：{s['next'] or '已是最高或不评定'}{steps_text(s)}", 3)
    for caption, key in (("上游供给", "suppliers"), ("下游用户", "buyers")):
        if s[key]:
            say(out, f"{caption}：{'、'.join(map(_linked, s[key]))}", 3)


def _linked(s: Document) -> str:
    who = "、".join((s["firms"] or s["sources"])[:3])
    return f"{s['segment']}（{who}）" if who else s["segment"]


def _hhi(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def steps_text(s: Document) -> str:
    """How many steps are left to the next status, and how many it were where that is the same one.

    >>> steps_text({"steps_before": 2, "steps_after": 1, "before_caption": "薄弱", "after_caption": "薄弱"})
    '（还差 1 步，原来 2 步）'
    """
    if s["steps_after"] is None:
        return ""
    same = s["steps_before"] is not None and s["before_caption"] == s["after_caption"]
    return f"（还差 {s['steps_after']} 步" + (f"，原来 {s['steps_before']} 步）" if same else "）")


def change_text(change: float | None, changes: Document) -> str:
    """By how much an output changes; where that is unknown, whose output is.

    >>> both = {"add": ["甲"], "remove": ["乙"]}
    >>> change_text(5000.0, both), change_text(-300.0, both), change_text(0.0, both), change_text(None, both)
    ('增加5000万元', '减少300万元', '不变', '增减不详（来去的企业没有产值）')
    >>> change_text(None, {"add": [], "remove": ["乙"]}), change_text(None, {"add": ["甲"], "remove": []})
    ('减少多少不详（离开的企业没有产值）', '增加多少不详（落地的企业没有产值）')
    """
    if change is not None:
        return "不变" if not change else f"{'增加' if change > 0 else '减少'}{digits(abs(change))}万元"
    if changes["add"] and changes["remove"]:
        return "增减不详（来去的企业没有产值）"
    return "减少多少不详（离开的企业没有产值）" if changes["remove"] else "增加多少不详（落地的企业没有产值）"


def show_scenarios(out: Console, d: Document) -> None:
    """Saved scenarios side by side."""
    rows = [
        (s["name"], s.get("error") or s["chain"], s.get("changed"), s.get("restored"), s.get("stopped"),
         s.get("cuts_lost"), s.get("cuts_gained"), " ".join(f"{k}{n}" for k, n in s.get("statuses", {}).items()))
        for s in d["scenarios"]
    ]  # fmt: skip
    headers = ("方案", "产业链", "状态变化", "恢复", "断供", "消除单点", "新增单点", "之后的状态")
    out.print(table("方案比较", headers, rows) if rows else "还没有方案。用 lianpu whatif ... --save 名称 保存。")


def show_candidates(out: Console, d: Document) -> None:
    """What to ask first where nobody surveyed; then whom to call, gap by gap."""
    out.print(f"[bold]{escape(d['county'])} · {escape(d['chain'])}[/]")
    if d["to_survey"]:
        out.print("[bold]先摸底[/]（未摸底不是缺失；下列企业待核实后再联系）")
    for ask in d["to_survey"]:
        out.print(f"[bold]? {escape(ask['segment'])}[/]")
        say(out, f"问：{ask['question']}", 3)
        for firm in ask["targets"]:
            _show_firm(out, firm, None)
    if d["gaps"]:
        out.print("[bold]缺口和可以找的企业[/]")
    for gap in d["gaps"]:
        _show_gap(out, gap)
        firms = [c for c in d["candidates"] if c["segment_id"] == gap["segment_id"]]
        for rank, firm in enumerate(firms, 1):
            _show_firm(out, firm, rank)
        if not firms:
            say(out, "招引：数据中没有对得上的外地企业", 3)
    if not d["gaps"] and not d["to_survey"]:
        out.print("没有需要招引的环节。")
    if d.get("file"):
        out.print(escape(f"已写出：{d['file']}"))


def _show_gap(out: Console, gap: Document) -> None:
    tied = "，并列" if gap["tied"] else ""
    unranked = "先补名单，资料不足不排名" if gap["priority"] is None else "不在先抓之列"
    score = f"优先级 {gap['priority']:.1f}{tied}" if gap["rank"] else unranked
    name = escape(f"{gap['segment']}（{gap['caption']}，{score}）")
    place = f"{gap['rank']}." if gap["rank"] else "·"
    out.print(f"[bold]{place} {STATUS_STYLES[gap['status']].icon}{name}[/]")
    say(out, gap["reason"], 3)
    if gap["question"]:
        say(out, f"先问：{gap['question']}", 3)
    if gap["unblocks"]:
        say(out, f"补上后恢复：{'、'.join(s['segment'] for s in gap['unblocks'])}", 3)
    for partner in gap["partners"]:
        where = chain_title(partner["county"], partner["chain"]) if partner["chain"] else ""
        say(out, f"协同：{where}“{partner['segment']}” {'、'.join(partner['firms'])}（{partner['how']}）", 3)
    for way in ("转化", "平台", "人才"):
        # What merely belongs to the chain answers every gap alike, so it is left to the page.
        remedies = [f"{x['name']}（{x['why']}）" for x in gap["remedies"][way] if x["why"] != OF_CHAIN]
        if remedies:
            say(out, f"{way}：{'、'.join(remedies[:3])}", 3)


def _show_firm(out: Console, firm: Document, rank: int | None) -> None:
    """One candidate: who, how good and why, what changes, what to say, from which rows."""
    where = f"（{firm['location']}）" if firm["location"] else ""
    place = f"({'并列' if firm['tied'] else ''}{firm['rank']})" if rank else "·"
    head = f"{place} [bold]{escape(firm['firm'])}[/]{escape(where)} {firm['score']:.0f} 分"
    out.print(Padding(head, (0, 0, 0, 3)))
    say(out, firm["reasons"], 7)
    if rank:
        say(out, f"落地后：{firm['change']}", 7)
        say(out, f"可以谈：{firm['topic']}", 7)
    say(out, f"来源：{places_text(firm['sources'])}", 7)


def places_text(sources: Iterable[Document]) -> str:
    """Source rows in few words."""
    places = list(dict.fromkeys(map(row_place, sources)))
    return "；".join(places[:3]) + (f"；等{len(places)}处" if len(places) > 3 else "")
