"""What a query answers, in a terminal."""

from __future__ import annotations

from rich.console import Console

from api.terminal.table import Document, table
from graph.answers.workbench.cells import text_of

SHOWN = 200


def show_query(out: Console, d: Document) -> None:
    """The rows of a query, or the queries that there are."""
    if d["queries"]:
        _list(out, d)
        return
    for hint in d["hints"]:
        out.print(hint, markup=False)
    if d["rows"]:
        heads = [column["caption"] + (f"（{column['unit']}）" if column["unit"] else "") for column in d["columns"]]
        out.print(table("", heads, ([text_of(value) for value in row] for row in d["rows"][:SHOWN])))
    more = "；结果更多，没有列全" if d["more"] else ""
    shown = f"，显示前 {SHOWN} 行" if d["n"] > SHOWN else ""
    out.print(f"{d['n']} 行{shown}{more}，用时 {d['seconds']} 秒", markup=False)
    if "file" in d:
        out.print(f"已写入 {d['file']}", markup=False)


def _list(out: Console, d: Document) -> None:
    group = ""
    for query in d["queries"]:
        if query["group"] != group:
            group = query["group"]
            out.print(group, markup=False, style="bold")
        words = " ".join(
            f"{p['name']}={p['caption']}" if p["required"] else f"[{p['name']}={p['caption']}]"
            for p in query["parameters"]
        )
        out.print(f"  {query['query']} {words}", markup=False)
        out.print(f"    {query['about']}", markup=False)
    out.print("执行：lianpu query 名称 参数=值；自己写：lianpu query --cypher 语句", markup=False)
