"""Documents as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from viz.theme import STATUS_STYLES

Document = dict[str, Any]
MAX_FINDINGS = 60
LEVELS = {"error": "[red]错误[/]", "warning": "[yellow]提醒[/]", "note": "[dim]说明[/]"}


def table(title: str, headers: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """A table of plain cells."""
    made = Table(title=escape(title), title_justify="left", header_style="bold", show_lines=False)
    for header in headers:
        made.add_column(header, overflow="fold")
    for row in rows:
        made.add_row(*(escape("" if c is None else str(c)) for c in row))
    return made


def show_load(out: Console, d: Document) -> None:
    """What a load did."""
    r = d["rows"]
    what = "试运行，没有写入" if d.get("dry_run") else (f"批次 {d['batch']}" if d["batch"] else "没有变化，没有写入")
    out.print(
        f"{what}：读 {r['read']} 行，接受 {r['accepted']}，未变 {r['unchanged']}，"
        f"拒绝 {r['rejected']}，跳过 {r['skipped']}；等待名称 {d['waiting']} 处"
    )
    touched = [
        (k, t) for k, t in {**d["nodes"], **d["edges"]}.items() if t["added"] or t["changed"] or t.get("removed")
    ]
    if touched:
        rows = [(k, t["added"], t["changed"], t["unchanged"], t.get("removed", 0)) for k, t in touched]
        out.print(table("图库变化", ("类别", "新增", "改变", "未变", "移除"), rows))
    show_withdrawn(out, d)
    show_findings(out, d["findings"])
    if d.get("marked"):
        out.print(f"被拒绝的行已标出，改好后重新导入：{d['marked']}")
    if d["rows"]["rejected"] == 0 and d["batch"]:
        out.print("下一步：lianpu gaps 查看各环节状态")


def show_withdrawn(out: Console, d: Document) -> None:
    """Rows that a replacement takes away."""
    if d["withdrawn"]:
        rows = [(w["file"], w["where"], w["batch"], w["name"]) for w in d["withdrawn"][:MAX_FINDINGS]]
        what = "将撤下" if d["dry_run"] else "已撤下"
        out.print(table(f"{what} {len(d['withdrawn'])} 行", ("文件", "位置", "批次", "内容"), rows))
    for reason in d["refused"] if d["dry_run"] else ():
        out.print(f"[yellow]要加 --yes 才会替换[/]：{escape(reason)}")


def show_findings(out: Console, findings: list[Document]) -> None:
    """Errors first, then warnings and notes; long lists are cut with a count."""
    order = {"error": 0, "warning": 1, "note": 2}
    ranked = sorted(findings, key=lambda f: order[f["level"]])
    if not ranked:
        return
    made = Table(title="发现的问题", title_justify="left", header_style="bold")
    for header in ("级别", "文件", "位置", "内容", "怎么办"):
        made.add_column(header, overflow="fold")
    for f in ranked[:MAX_FINDINGS]:
        made.add_row(LEVELS[f["level"]], *(escape(str(f[k] or "")) for k in ("file", "where", "message", "hint")))
    out.print(made)
    if len(ranked) > MAX_FINDINGS:
        out.print(f"另有 {len(ranked) - MAX_FINDINGS} 条，用 --json 查看全部")


def show_gaps(out: Console, d: Document) -> None:
    """The gap table, chain by chain."""
    if not d["segments"]:
        out.print("没有符合条件的环节。先用 lianpu load 导入产业链和环节，或放宽筛选条件。")
        return
    by_chain: dict[tuple[str, str], list[Document]] = {}
    for s in d["segments"]:
        by_chain.setdefault((s["county"], s["chain"]), []).append(s)
    for (county, chain), segments in by_chain.items():
        made = Table(title=escape(f"{county} · {chain}"), title_justify="left", header_style="bold", expand=True)
        for header, ratio in (("环节", 4), ("状态", 2), ("企业", 1), ("标志", 4), ("原因", 9), ("首要行动", 6)):
            made.add_column(header, ratio=ratio, overflow="fold")
        for s in segments:
            count = str(s["n"]) if s["n"] == s["total"] else f"{s['n']}/{s['total']}"
            name = f"　{s['segment']}" if s["parent"] else s["segment"]
            style = STATUS_STYLES[s["status"]]
            cells = (
                name,
                f"{style.icon}{s['caption']}",
                count,
                " ".join(s["flags"]),
                s["reason"],
                (s["remedies"] or [""])[0],
            )
            made.add_row(*map(escape, cells))
        out.print(made)
    show_survey(out, d)


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
    made = d["changes"]
    said = [
        f"{a['firm']} 落地 {a['segment']}" + (f"（产值{a['output']:g}万元）" if a["output"] else "")
        for a in made["add"]
    ]
    said += [f"{n} 离开" for n in made["remove"]] + [f"{n} 断供" for n in made["stop"]]
    said += [f"{n} 完成摸底" for n in made["survey"]]
    out.print(f"{d['county']} · {d['chain']}：如果 {'；'.join(said) or '什么也不变'}")
    rows = [(c["chain"], c["segment"], f"{c['before_caption']} → {c['after_caption']}", c["why"]) for c in d["changed"]]
    if rows:
        out.print(table("状态变化", ("产业链", "环节", "变化", "原因"), rows))
    else:
        out.print("没有环节改变状态。")
    for caption, key in (("恢复供给", "restored"), ("断供", "stopped")):
        if d[key]:
            out.print(f"{caption}：{'、'.join(s['segment'] for s in d[key])}")
    for caption, key in (("新增的单点风险", "cuts_gained"), ("消除的单点风险", "cuts_lost")):
        if d[key]:
            out.print(f"{caption}：{'、'.join('+'.join(c) for c in d[key])}")
    if d.get("scenario"):
        out.print(f"已保存为方案“{d['scenario']}”，用 lianpu scenarios 比较")


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
    """Whom to call, gap by gap; what to ask first where nobody surveyed."""
    if d["to_survey"]:
        rows = [(a["segment"], a["question"], "、".join(t["firm"] for t in a["targets"])) for a in d["to_survey"]]
        out.print(table("先摸底：这些环节还不知道有没有", ("环节", "要问的问题", "可先了解的外地企业"), rows))
    for gap in d["gaps"]:
        found = [c for c in d["candidates"] if c["segment"] == gap["segment"]]
        first = f"{gap['segment']}（{gap['caption']}" + (
            f"，优先级 {gap['priority']:.0f}）" if gap["priority"] else "）"
        )
        out.print(f"[bold]{escape(first)}[/] {escape(gap['reason'])}")
        for partner in gap["partners"]:
            where = "".join(partner[k] or "" for k in ("county", "chain"))
            out.print(f"  协同：{escape(where)} {escape('、'.join(partner['firms']))}")
        for way in ("转化", "平台", "人才"):
            if names := [f"{x['name']}（{x['why']}）" for x in gap["remedies"][way][:3]]:
                out.print(f"  {way}：{escape('、'.join(names))}")
        if found:
            firms = [(c["firm"], c["location"], f"{c['score']:.0f}", c["reasons"], c["change"]) for c in found]
            out.print(table("  招引", ("企业", "所在地", "得分", "理由", "落地后变化"), firms))
        else:
            out.print("  招引：数据中没有对得上的外地企业")
    if not d["gaps"] and not d["to_survey"]:
        out.print("没有需要招引的环节。")
    if d.get("file"):
        out.print(f"已写出：{d['file']}")


def show_survey(out: Console, d: Document) -> None:
    """Segments that nobody surveyed, as the next step."""
    unknown: dict[tuple[str, str], list[str]] = {}
    for s in d["segments"]:
        if s["status"] == "未知":
            unknown.setdefault((s["county"], s["chain"]), []).append(s["segment"])
    if unknown:
        rows = [(k, c, len(names), "、".join(names)) for (k, c), names in unknown.items()]
        out.print(table("下一步：摸底清单（未摸底不是缺失）", ("县市区", "产业链", "环节数", "待摸底环节"), rows))


def show_status(out: Console, d: Document) -> None:
    """What the home holds."""
    out.print(
        f"链谱 {d['version']}，台账 {d['ledger']['batches']} 批 {d['ledger']['records']} 行，图库{'同步' if d['in_step'] else '待重建'}"
    )
    counts = [*d["graph"]["nodes"].items(), *d["graph"]["edges"].items()]
    out.print(table(f"图库 {d['graph']['url']}  内容哈希 {d['graph']['hash']}", ("类别", "数量"), counts))
    if d["waiting"]:
        rows = [
            (w["file"], w["where"], w["name"], "、".join(w["near"]), w["message"]) for w in d["waiting"][:MAX_FINDINGS]
        ]
        out.print(table(f"等待名称的 {len(d['waiting'])} 处", ("文件", "位置", "名称", "相近", "说明"), rows))


def show_node(out: Console, d: Document) -> None:
    """One node with sources."""
    rows = []
    for caption, told in d["values"].items():
        rows.append((caption, told["value"], source_text(told["source"])))
        rows += [("", f"（另有）{a['value']}", source_text(a["source"])) for a in told["alternatives"]]
    out.print(table(f"{d['kind']}：{d['name']}", ("项目", "值", "来源"), rows))
    edges = [
        (e["caption"], "→" if e["direction"] == "out" else "←", e["kind"], e["name"],
         "，".join(f"{k} {v}" for k, v in e["values"].items()), source_text(e["source"]))
        for e in d["edges"]
    ]  # fmt: skip
    if edges:
        out.print(table("关系", ("关系", "", "类别", "名称", "内容", "来源"), edges))


def source_text(source: Document | None) -> str:
    """Where a value was written, in one line."""
    if not source:
        return ""
    dated = f" {source['as_of']}" if source["as_of"] else ""
    return f"{source['file']} {source['sheet']} 第{source['row']}行{dated} {source['grade']}级"


def show_batches(out: Console, d: Document) -> None:
    """All loads."""
    rows = [
        (b["batch"], b["loaded_at"], "、".join(b["files"]), b["rows"], b["withdrawn"] or "", b["by"],
         "已撤销" if b["undone"] else "")
        for b in d["batches"]
    ]  # fmt: skip
    out.print(table("批次", ("批次", "导入时间", "文件", "行数", "撤下", "导入人", "状态"), rows))


def show_search(out: Console, d: Document) -> None:
    """Search hits."""
    if not d["hits"]:
        out.print("没有找到。换一个更短的词试试。")
        return
    rows = [(h["kind"], h["name"], h["county"], h["matched"]) for h in d["hits"]]
    out.print(table("搜索结果", ("类别", "名称", "县市区", "匹配"), rows))


def show_undo(out: Console, d: Document) -> None:
    """What an undo did."""
    out.print(f"已撤销批次 {d['batch']}")
    rows = [(k, t["added"], t["changed"], t.get("removed", 0)) for k, t in {**d["nodes"], **d["edges"]}.items()]
    out.print(table("图库变化", ("类别", "恢复", "改变", "移除"), rows))


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
        said = "\n  ".join(map(str, value)) if isinstance(value, list) else value
        out.print(f"{LABELS.get(key, key)}：{said}", markup=False)


LABELS = {
    "file": "文件", "files": "文件", "bytes": "字节", "seconds": "用时（秒）", "missing": "缺项", "rows": "行数",
    "graph": "图库", "nodes": "节点", "edges": "关系", "hash": "内容哈希", "in_step": "与台账同步",
}  # fmt: skip
SCREENS: dict[str, Callable[[Console, Document], None]] = {
    "cuts": show_cuts, "whatif": show_whatif, "scenarios": show_scenarios, "candidates": show_candidates,
    "load": show_load, "gaps": show_gaps, "status": show_status, "show": show_node, "batches": show_batches,
    "search": show_search, "undo": show_undo, "needs": show_needs, "export": show_export,
}  # fmt: skip
