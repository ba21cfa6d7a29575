"""What changed between two moments, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.terminal.table import Document, say, table

SHOWN = 40


def show_changes(out: Console, d: Document) -> None:
    """Segments, firms, lights and values; the first of each."""
    out.print(escape(f"从 {d['since']['text']} 到 {d['until']['text']}，其间 {len(d['batches'])} 次导入或撤销。"))
    _listed(out, "环节", ("环节", "变化", "原来", "后来", "家数"), [_segment(s) for s in d["segments"]])
    firms = [(f["name"], f["change"], f["place"] or "", "、".join(f["on"])) for f in d["firms"]]
    _listed(out, "企业", ("企业", "变化", "所在", "环节"), firms)
    targets = [(t["subject"], t["indicator"], t["before"] or "没有", t["after"] or "没有") for t in d["targets"]]
    _listed(out, "指标", ("对象", "指标", "原来的灯", "后来的灯"), targets)
    values = [(f"{v['kind']} {v['name']}", v["field"], _value(v["before"]), _value(v["after"])) for v in d["values"]]
    _listed(out, "值", ("对象", "列", "原来", "后来"), values)
    if d.get("file"):
        out.print(escape(f"已写出：{d['file']}"))


def _listed(out: Console, what: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    if not rows:
        out.print(f"{what}：没有变化")
        return
    out.print(table(f"{what}（{len(rows)}）", columns, rows[:SHOWN]))
    if len(rows) > SHOWN:
        say(out, f"等 {len(rows)} 个，用 --county、--chain、-o 或 --json 查看", 2)


def _segment(s: Document) -> tuple[str, ...]:
    count = f"{s['before_count'] or '没有'} → {s['after_count'] or '没有'}"
    where = f"{s['county']}/{s['chain']}/{s['segment']}"
    return where, s["change"], s["before"] or "没有", s["after"] or "没有", count


def _value(value: Document | None) -> str:
    return "没有" if value is None else str(value["value"])
