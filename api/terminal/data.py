"""Loads, rows, nodes and the columns of tables as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.terminal.table import Document, say, table
from graph.dates import local_time
from graph.files import source_line

MAX_FINDINGS = 60
PARTS = {"ledger": "台账", "graph": "图库", "config": "参数", "scenarios": "方案", "mappings": "映射"}
LEVELS = {"error": "[red]错误[/]", "warning": "[yellow]提醒[/]", "note": "[dim]说明[/]"}


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
    show_edits(out, d.get("edits", ()))
    show_withdrawn(out, d)
    show_statuses(out, d.get("statuses", ()))
    show_questions(out, d)
    show_findings(out, d["findings"])
    if d.get("marked"):
        out.print(f"被拒绝的行已标出，改好后重新导入：{d['marked']}")
    if d["rows"]["rejected"] == 0 and d["batch"]:
        out.print("下一步：lianpu gaps 查看各环节状态")


def show_edits(out: Console, edits: Sequence[Document]) -> None:
    """What was edited in a mind map, and what that writes."""
    rows = [(e["change"], e["text"], "\n".join(e["rows"])) for e in edits[:MAX_FINDINGS]]
    if rows:
        out.print(table("思维导图的改动", ("改动", "内容", "写入的行"), rows))
    if len(edits) > MAX_FINDINGS:
        out.print(f"另有 {len(edits) - MAX_FINDINGS} 处改动，用 --json 查看全部")
    if any(e["change"] == "删去" and not e["taken"] for e in edits):
        out.print("[yellow]删去的没有撤下[/]：确认要撤下，加 --yes")


def show_statuses(out: Console, changes: Sequence[Document]) -> None:
    """Which segments would change status, and how."""
    rows = [
        ("/".join((c["county"], c["chain"], c["segment"])), status_text(c["before"], c["count_before"], "新环节"),
         status_text(c["after"], c["count_after"], "不在了"), c["reason"])
        for c in changes[:MAX_FINDINGS]
    ]  # fmt: skip
    if rows:
        out.print(table("会变的环节状态", ("环节", "现在", "导入后", "依据"), rows))
    if len(changes) > MAX_FINDINGS:
        out.print(f"另有 {len(changes) - MAX_FINDINGS} 个环节，用 --json 查看全部")


def status_text(caption: str | None, count: str | None, nothing: str) -> str:
    """A status with its count of makers, in one line."""
    return nothing if caption is None else f"{caption}（{count}）"


def show_withdrawn(out: Console, d: Document) -> None:
    """Rows that a replacement takes away."""
    if d["withdrawn"]:
        rows = [(w["file"], w["where"], w["batch"], w["text"]) for w in d["withdrawn"][:MAX_FINDINGS]]
        what = ("将" if d["dry_run"] else "已") + ("撤下或改写" if "edits" in d else "撤下")
        out.print(table(f"{what} {len(d['withdrawn'])} 行", ("文件", "位置", "批次", "内容"), rows))
    for reason in d["refused"] if d["dry_run"] else ():
        out.print(f"[yellow]要加 --yes 才会替换[/]：{escape(reason)}")


def show_questions(out: Console, d: Document) -> None:
    """What a load asks, and how to answer."""
    if d["questions"]:
        rows = [(q["file"], q["sheet"], q["text"], f"--set {q['set']}") for q in d["questions"][:MAX_FINDINGS]]
        out.print(
            table(
                "请补充（答案加在 lianpu load 后面再导入一次；不需要就不必理会）",
                ("文件", "工作表", "问题", "怎么答"),
                rows,
            )
        )


def show_findings(out: Console, findings: list[Document]) -> None:
    """Errors first, then warnings and notes; long lists are cut with a count."""
    order = {"error": 0, "warning": 1, "note": 2}
    ranked = sorted(findings, key=lambda f: order[f["level"]])
    if not ranked:
        return
    grid = Table(title="发现的问题", title_justify="left", header_style="bold")
    for header in ("级别", "文件", "位置", "内容", "怎么办"):
        grid.add_column(header, overflow="fold")
    for f in ranked[:MAX_FINDINGS]:
        grid.add_row(LEVELS[f["level"]], *(escape(str(f[k] or "")) for k in ("file", "where", "message", "hint")))
    out.print(grid)
    if len(ranked) > MAX_FINDINGS:
        out.print(f"另有 {len(ranked) - MAX_FINDINGS} 条，用 --json 查看全部")


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


def show_check(out: Console, d: Document) -> None:
    """What is damaged, what is safe, and what to do."""
    for x in d["damages"]:
        out.print(f"{PARTS[x['part']]}有损坏：{x['where']}", markup=False)
        for text in (x["message"], f"没有受影响的：{x['safe']}", f"怎么办：{x['hint']}"):
            say(out, text, 2)
    if d["whole"]:
        out.print(f"没有发现损坏：台账 {d['rows']} 行，图库与台账一致，内容哈希 {d['hash']}")
    out.print(f"最近一份完好的台账备份：{d['copy'] or '还没有'}", markup=False)


def show_node(out: Console, d: Document) -> None:
    """One node with sources."""
    rows = []
    for caption, value in d["values"].items():
        rows.append((caption, value["value"], source_text(value["source"])))
        rows += [("", f"（另有）{a['value']}", source_text(a["source"])) for a in value["alternatives"]]
    out.print(table(f"{d['kind']}：{d['name']}", ("项目", "值", "来源"), rows))
    edges = []
    for e in d["edges"]:
        way = (e["caption"], "→" if e["direction"] == "out" else "←", e["kind"], e["name"])
        edges.append((*way, pairs_text(e["values"]), source_text(e["source"])))
        edges += [
            ("", "", "", "", f"（另有）{pairs_text(a['value'])}", source_text(a["source"])) for a in e["alternatives"]
        ]
    if edges:
        out.print(table("关系", ("关系", "", "类别", "名称", "内容", "来源"), edges))


def pairs_text(values: Document) -> str:
    """Captions with their values, in one line."""
    return "，".join(f"{k} {v}" for k, v in values.items())


def source_text(source: Document | None) -> str:
    """Where a value was written, in one line."""
    return f"{source_line(source)}，批次{source['batch']}" if source else ""


def show_batches(out: Console, d: Document) -> None:
    """All loads."""
    rows = [
        (b["batch"], local_time(b["loaded_at"]), "、".join(b["files"]), b["rows"], b["withdrawn"] or "", b["by"],
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


def show_map(out: Console, d: Document) -> None:
    """What each column of a table may be."""
    for sheet in d["tables"]:
        rows = [
            (c["column"], c["caption"], "、".join(c["to"]) if c["taken"] else "附加列", f"{c['confidence']:.2f}",
             c["reason"] + ("" if c["taken"] or not c["to"] else f"（可能：{c['to'][0]}）"))
            for c in sheet["columns"]
        ]  # fmt: skip
        title = f"{sheet['file']} {sheet['sheet']}：{'、'.join(sheet['kinds'])}"
        out.print(table(title, ("列", "表里的列名", "对应", "把握", "理由"), rows))
    show_findings(out, d["findings"])
    if not d["tables"]:
        out.print("没有看到表格。")
    elif d["file"]:
        out.print(f"已写出：{d['file']}\n看一遍、改好后：lianpu load 文件 --map {d['file']}", markup=False)
    else:
        out.print("加 -o 映射.yaml 写成文件，改好后用 lianpu load 文件 --map 映射.yaml 导入")
