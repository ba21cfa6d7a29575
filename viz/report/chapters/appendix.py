"""附录: who published what, the rows behind each number, all parameters, what is still blank, how the paper was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Any

from graph.analysis.config import GapConfig, parameters
from viz.paper.document import Paper
from viz.report.cite import Citations
from viz.report.context import Blank
from viz.wording import day_text

Source = Mapping[str, Any]
LONG = 24  # characters of a value
ROW_KEYS = ("file", "sheet", "as_of", "grade")


def appendix(paper: Paper, cite: Citations, blanks: Sequence[Blank], config: GapConfig, content: str) -> None:
    """Write the appendix of a paper about one chain or several."""
    paper.heading("附录　数据来源、参数与待补清单")
    _sources(paper, cite)
    paper.heading("评定参数", 2)
    for title, long in (("评定参数", False), ("评定所用词表", True)):  # long lists would narrow all others
        rows = [
            (p.caption, p.value, f"已改，默认{p.default}" if p.changed else "默认")
            for p in parameters(config)
            if (len(p.value) > LONG) is long
        ]
        paper.table(title, ("参数", "值", "与默认值"), rows, size=9)
    paper.heading("待补清单", 2)
    if blanks:
        several = len({b.chain for b in blanks}) > 1
        lines = [((b.chain,) if several else ()) + (b.subject, b.needs) for b in blanks]
        headers = (("产业链",) if several else ()) + ("事项", "需要补充的内容")
        paper.table("待补清单", headers, lines, size=9)
    else:
        paper.say("本报告所需的内容均已填报。")
    paper.say(
        f"本报告由台账数据生成，生成日期{day_text(paper.day.isoformat())}，数据内容校验码{content}。同一数据和参数，报告内容相同。"
    )


def _sources(paper: Paper, cite: Citations) -> None:
    paper.heading("数据来源", 2)
    if not cite.cited:
        paper.say("没有引用数据行。")
        return
    rows = list(_publishers(cite))
    paper.say(
        f"共引用数据{len(cite.cited)}行，来自{len(rows)}个来源。可信度：甲级（A）为官方或主要媒体，乙级（B）为其他公开来源或本单位台账，丙级（C）为转载未核实。"
    )
    paper.table("数据来源", ("来源", "数据日期", "可信度", "网址", "引用"), rows, size=9)
    paper.table("引用的数据行", ("编号", "资料", "表", "行", "数据日期", "可信度"), list(_lines(cite)), size=9)


def _lines(cite: Citations) -> Iterator[tuple[str, ...]]:
    """The rows behind the numbers; consecutive ones of one table, date and grade share a line, their rows in order."""
    numbered = enumerate(cite.cited, 1)
    for (file, sheet, as_of, grade), group in groupby(numbered, lambda p: tuple(p[1][k] for k in ROW_KEYS)):
        own = list(group)
        first, last = own[0][0], own[-1][0]
        numbers = f"[{first}]" if first == last else f"[{first}]—[{last}]"
        rows = "、".join(str(s["row"]) for _, s in own)
        yield numbers, PurePath(str(file)).stem, str(sheet), rows, str(as_of or ""), str(grade)


def _publishers(cite: Citations) -> Iterator[tuple[str, ...]]:
    """Each publisher and address with the span of its dates and the rows cited from it."""
    groups: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for s in cite.cited:
        groups[s.get("publisher") or "来源未注明", s.get("url") or ""].append(s)
    for (publisher, url), own in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        dates = sorted(s["as_of"] for s in own if s["as_of"])
        span = dates[0] if dates else "未注明"
        if dates and dates[-1] != dates[0]:
            span = f"{span}至{dates[-1]}"
        yield publisher, span, "、".join(sorted({s["grade"] for s in own})), url, cite.of(own)
