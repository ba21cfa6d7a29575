"""五、技术攻关与项目 and 六、成果与平台、人才支撑: what there is, with level, year and state; what platforms have of the six."""

from __future__ import annotations

from collections import Counter

from graph.answers.papers.report import RND
from graph.measures.six import SIX, all_six
from viz.report.context import Context
from viz.wording import some, value_text

YES_NO = {True: "有", False: "无", None: "未填"}


def projects(report: Context) -> None:
    """Write chapter five."""
    report.chapter(5, "技术攻关与项目")
    own = report.linked("项目")
    if not own:
        report.mention("技术攻关与项目", "项目名称、承担单位、金额、年份、状态")
        return
    states = Counter(str(n.values.get("状态") or "状态未注明") for n in own)
    report.say(f"已录项目{len(own)}个：{'、'.join(f'{k}{n}个' for k, n in states.items())}。")
    rows = [
        (n.name, n.values.get("类型"), n.values.get("级别"), report.names(n, "UNDERTAKEN_BY"),
         value_text(n.values.get("金额(万元)"), "万元"), n.values.get("年份"), n.values.get("状态"), report.refs(n.records))
        for n in sorted(own, key=lambda n: (-(n.values.get("年份") or 0), n.name))
    ]  # fmt: skip
    headers = ("名称", "类型", "级别", "承担单位", "金额", "年份", "状态", "依据")
    report.paper.table("技术攻关与项目", headers, rows, size=9)


def support(report: Context) -> None:
    """Write chapter six."""
    report.chapter(6, "成果与平台、人才支撑")
    if spent := report.facts.figures.get(RND):
        year = f"{spent.year}年" if spent.year else ""
        report.say(
            f"{year}填报研发费用的企业{spent.firms}家，合计{value_text(spent.value, '万元')}{report.refs(spent.rows)}。"
        )
    sections = [(look.section, look.kind) for look in report.view.looks.values() if look.section]
    for section, kind in sorted(sections, key=lambda s: s[0].order):
        if nodes := report.linked(kind):
            report.listed(section, nodes, more=("级别", "年份", "成立年", "水平", "转化方式"))
            if kind == "平台":
                _six(report)
        else:
            report.mention(section.title, f"{section.title}的名称、单位和所属环节")
    _zero(report)


def _six(report: Context) -> None:
    """六有 of each platform."""
    own, six = report.linked("平台"), report.facts.six
    verdicts = {n.id: all_six(six[n.id]) for n in own}
    met, unsure = sum(v is True for v in verdicts.values()), sum(v is None for v in verdicts.values())
    report.say(
        f"按有场地、有人员、有投入、有设备、有成果、有制度衡量，平台{len(own)}个中达到六有的{met}个"
        f"{f'，填报不全、待核实的{unsure}个' if unsure else ''}。"
    )
    rows = [
        (
            n.name,
            *(YES_NO[six[n.id][item]] for item in SIX),
            {True: "达到", False: "未达到", None: "待核实"}[verdicts[n.id]],
        )
        for n in own
    ]
    report.paper.table("平台六有情况", ("平台", *(item.removeprefix("有") for item in SIX), "六有"), rows, size=9)


def _zero(report: Context) -> None:
    """The three lists of the county, as they are counted for its plan."""
    if not report.facts.zero:
        report.mention(f"{report.view.county}清零清单", "企业年报中的产值、研发机构、研发活动")
        return
    rows = [
        (one["list"], one["year"], len(one["firms"]), one["no"], one["blank"], one["unknown_output"],
         some([f["firm"] for f in one["firms"]], "家"), report.cite.of(s for f in one["firms"] for s in f["evidence"]))
        for one in report.facts.zero
    ]  # fmt: skip
    headers = ("清单", "年份", "在列", "已填否", "待核实", "产值不详", "企业", "依据")
    report.paper.table(f"{report.view.county}研发机构和研发活动清零清单", headers, rows, size=9)
