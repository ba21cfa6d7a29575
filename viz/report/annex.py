"""The end of the report: six lists, sources, parameters, queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.analysis.config import parameters
from graph.looks import ListLook
from graph.model import ViewNode
from viz.report.context import Context
from viz.report.directions import invitations
from viz.theme import demo_notice

FIRM = "企业"
RECRUITING = ListLook("招引清单", 60, ())  # read from the candidates
_NUMERALS = (
    "零",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    *(f"十{n}" for n in "一二三四五六七八九"),
)


@dataclass(frozen=True, slots=True)
class Annex:
    """One list at the end of the report."""

    look: ListLook
    kind: str
    nodes: list[ViewNode]


def annexes(report: Context) -> None:
    """附表 (六清单, and one more for each kind that brings one) and 附录."""
    report.paper.turn(landscape=True)
    lists = _annexes(report)
    report.paper.heading(f"附表　{_NUMERALS[len(lists)]}清单")
    _lists(report, lists)
    report.paper.turn(landscape=False)
    report.paper.heading("附录　数据来源、参数与生成说明")
    _sources(report)
    _parameters(report)
    report.paper.heading("查询与生成时间", 2)
    view = report.view
    report.paper.say(
        f"范围：{view.county} {view.chain}；数据日期{view.as_of}；生成日期{report.generated.isoformat()}。"
        f"环节状态可用命令 lianpu gaps --county {view.county} --chain {view.chain} 复核，任一名称可用 lianpu show 类别 名称 查到来源行。"
    )
    if view.demo:
        report.paper.say(f"{demo_notice([view.county])}。")


def _lists(report: Context, lists: Sequence[Annex]) -> None:
    for annex in lists:
        report.paper.heading(annex.look.title, 2)
        if annex.look is RECRUITING:
            invitations(report)
        elif annex.nodes:
            report.listed(annex.look, annex.nodes, size=9)
        else:
            report.unfiled(annex.look.title.removesuffix("清单"), annex.kind)


def _annexes(report: Context) -> list[Annex]:
    """The lists at the end: one for each kind that has one, and the firms to invite in one of their own."""
    outside = [n for n in report.linked(FIRM) if n.values.get("状态") == "外部"]
    lists = [Annex(RECRUITING, FIRM, [])]
    for look in report.view.looks.values():
        if look.annex:
            lists.append(Annex(look.annex, look.kind, [n for n in report.linked(look.kind) if n not in outside]))
    return sorted(lists, key=lambda annex: annex.look.order)


def _sources(report: Context) -> None:
    report.paper.heading("数据来源", 2)
    cited = report.cite.cited
    if not cited:
        report.paper.say("没有引用数据行。")
        return
    files = Counter(f"{s['file']} {s['sheet']}" for s in cited)
    report.paper.say(
        f"共引用{len(cited)}行，来自{len(files)}张表。可信度：A 官方或主要媒体，B 其他公开来源或本单位台账，C 转载未核实。"
    )
    rows = [
        (f"[{n}]", s["file"], s["sheet"], s["row"], s["as_of"] or "", s["grade"], s.get("url") or "")
        for n, s in enumerate(cited, 1)
    ]
    report.paper.table("数据来源", ("编号", "文件", "表", "行", "数据日期", "级", "网址"), rows, size=8)


def _parameters(report: Context) -> None:
    """Every parameter with the value in force; the home's own ones say what they replace."""
    report.paper.heading("参数", 2)
    rows = [(p.caption, p.value, f"已改，默认 {p.default}" if p.changed else "默认") for p in parameters(report.config)]
    report.paper.table("评定参数", ("参数", "值", "与默认值"), rows, size=9)
