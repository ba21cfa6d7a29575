"""附表: six lists, and one more for each kind that brings one, with what the body left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.looks import ListLook
from graph.model import ViewNode
from viz.paper.official import numeral
from viz.report.context import Context
from viz.wording import value_text

FIRM, OUTSIDE = "企业", "外部"
CHAPTERS = frozenset(("项目", "技术需求"))  # kinds that a chapter of their own tells
RECRUITING = ListLook("招引清单", 60, ())  # read from the candidates
MORE: dict[str, tuple[str, ...]] = {
    "技术需求": ("需求描述", "技术指标", "现状", "拟投入(万元)", "合作方式", "期望时限", "责任人"),
    "项目": ("编码", "开工日期", "竣工日期", "年度计划投资(万元)", "累计完成投资(万元)", "形象进度"),
    "平台": ("场地面积", "专职人数", "研发投入(万元)", "设备原值(万元)", "成果数"),
    "科技成果": ("登记号", "阶段", "入库级别", "应用情况"),
}
ABOUT_FIRMS = ("统一社会信用代码", "状态", "公开联系方式")


@dataclass(frozen=True, slots=True)
class Annex:
    """One list at the end of the report."""

    look: ListLook
    kind: str
    nodes: list[ViewNode]


def annexes(report: Context) -> None:
    """Write the lists, on pages that lie on their side."""
    report.paper.turn(landscape=True)
    lists = _annexes(report)
    report.paper.heading(f"附表　{numeral(len(lists))}清单", report.level)
    for annex in lists:
        report.section(annex.look.title)
        if annex.look is RECRUITING:
            _invitations(report)
        elif annex.kind == FIRM and annex.nodes:
            _firms(report, annex)
        elif annex.nodes:
            report.listed(annex.look, annex.nodes, MORE.get(annex.kind, ()))
        else:
            _none(report, annex)
    report.paper.turn(landscape=False)


def _none(report: Context, annex: Annex) -> None:
    """Say that a list is empty; what is to be filled in is kept once, by the chapter that tells of the kind."""
    title = annex.look.title.removesuffix("清单")
    if annex.kind in CHAPTERS or report.view.looks[annex.kind].section:
        report.paper.say(f"{title}暂无数据。")
    else:
        report.mention(title, f"{title}的名称、单位和所属环节")


def _annexes(report: Context) -> list[Annex]:
    """The lists at the end: one for each kind that has one, and the firms to invite in one of their own."""
    lists = [Annex(RECRUITING, FIRM, [])]
    for look in report.view.looks.values():
        if look.annex:
            own = [n for n in report.linked(look.kind) if n.values.get("状态") != OUTSIDE]
            lists.append(Annex(look.annex, look.kind, own))
    return sorted(lists, key=lambda annex: annex.look.order)


def _firms(report: Context, annex: Annex) -> None:
    """The firms with what identifies and reaches them, their last output, and whether they are above the size."""
    rows = []
    for n in annex.nodes:
        output, year = n.values.get("产值(万元)"), n.values.get("年份")
        amount = f"{value_text(output, '万元')}{f'（{year}年）' if year else ''}" if output is not None else ""
        reports = report.view.origins(n.id, "REPORT_OF")
        large = next((r.values["规上"] for r in reversed(reports) if r.values.get("规上") is not None), None)
        rows.append([
            n.name, report.own_segments(n, "STANDS_ON"), report.names(n, "MAKES"), amount, large,
            *(n.values.get(c) for c in ABOUT_FIRMS), report.refs(n.records),
        ])  # fmt: skip
    headers = ("名称", "环节", "主要产品", "产值", "规上", *ABOUT_FIRMS, "依据")
    report.paper.table(annex.look.title, *_without_empty(headers, rows), size=9)


def _without_empty(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> tuple[list[str], list[list[object]]]:
    """A table without the columns of which no cell holds anything; the first stays."""
    kept = [i for i in range(len(headers)) if i == 0 or any(row[i] not in (None, "") for row in rows)]
    return [headers[i] for i in kept], [[row[i] for i in kept] for row in rows]


def _invitations(report: Context) -> None:
    rows = list(_invited(report))
    if rows:
        report.paper.table("招引清单", ("用途", "对应环节", "企业", "所在地", "产品", "依据"), rows, size=9)
    else:
        report.mention("招引企业", "对应环节的外地企业、所在地、产品")


def _invited(report: Context) -> Iterator[tuple[object, ...]]:
    """The candidates in their order, then whom to ask about what is not surveyed, then other firms known."""
    plan, own = report.plan, {s["segment_id"] for s in report.view.segments}
    asked = [c for a in plan["to_survey"] for c in a["targets"]]
    listed: set[str] = set()
    for use, firms in (("招引", plan["candidates"]), ("待核实", asked)):
        for c in firms:
            listed.add(c["firm"])
            yield (
                use,
                c["segment"],
                c["firm"],
                c["location"] or "未注明",
                c["product"] or "",
                report.cite.of(c["sources"]),
            )
    for n in report.linked(FIRM):
        if n.values.get("状态") == OUTSIDE and n.name not in listed:
            places = "、".join(s.name for s in report.view.targets(n.id, "STANDS_ON") if s.id in own)
            location = n.values.get("所在地") or "未注明"
            yield "仅录入", places, n.name, location, report.names(n, "MAKES"), report.refs(n.records)
