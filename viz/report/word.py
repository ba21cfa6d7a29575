"""The report 《产业链技术分析报告》: chapters in order, every number followed by its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graph.analysis.grading.statuses import BY_GRAVITY, STATUSES
from graph.model import ChainView, ViewNode
from viz.chainmap.drawing import chain_svg
from viz.drawing.png import svg_to_png
from viz.errors import UnknownFormat
from viz.mindmap.html import mindmap_svg
from viz.report.annex import annexes
from viz.report.cite import Citations
from viz.report.docx import Paper
from viz.report.needs import ASKED, count, need_cells, needs_of, shortfall
from viz.theme import DEMO_NOTICE, STATUS_STYLES

Row = Mapping[str, Any]
UNFILED = "尚未填报"


class Report:
    """One report under construction."""

    def __init__(self, view: ChainView, gap_config: Mapping[str, Any], generated: date) -> None:
        self.view, self.config, self.generated = view, gap_config, generated
        self.paper = Paper(f"{view.county}{view.chain}技术分析报告", generated)
        self.cite = Citations(view.sources)
        self.segments = [s for s in view.segments if s["status"] != "不适用"]
        self.counted = [s for s in self.segments if "汇总" not in s["flags"]]
        self.counts = Counter(s["status"] for s in self.counted)

    def write(self, path: Path) -> int:
        """Write all chapters; the number of bytes."""
        self._cover()
        for chapter in (
            self._summary, self._scope, self._map, self._strengths, self._needs, self._projects, self._support,
            self._directions, self._targets, self._advice,
        ):  # fmt: skip
            chapter()
        annexes(self)
        return self.paper.save(path)

    # -- helpers for chapters ----------------------------------------------------------------------

    def linked(self, kind: str) -> list[ViewNode]:
        """Nodes of a kind that belong to the chain or stand on its segments."""
        own = {s["segment_id"] for s in self.view.segments} | {self.view.chain_id}
        ids = {
            e.source
            for e in self.view.edges
            if e.target in own and e.relation in ("IN_CHAIN", "ON_SEGMENT", "STANDS_ON")
        }
        return [n for n in self.view.of_kind(kind) if n.id in ids]

    def names(self, node: ViewNode, relation: str) -> str:
        """Names of what a node points to."""
        return "、".join(n.name for n in self.view.targets(node.id, relation))

    def unfiled(self, what: str, sheet: str) -> None:
        """Say that something was not filed, and where to file it."""
        self.paper.say(f"{what}{UNFILED}。请在“{sheet}”表填写后重新生成本报告。")

    def of_status(self, *codes: str) -> list[Row]:
        """Segments with one of the statuses, in the order of the codes."""
        return [s for code in codes for s in self.counted if s["status"] == code]

    # -- chapters ----------------------------------------------------------------------------------

    def _cover(self) -> None:
        view, paper = self.view, self.paper
        paper.header(DEMO_NOTICE if view.demo else "")
        paper.title(f"{view.county}{view.chain}\n技术分析报告")
        paper.centred(f"数据日期：{view.as_of}")
        paper.centred(f"生成日期：{self.generated.isoformat()}")
        if view.demo:
            paper.centred(DEMO_NOTICE)
        paper.new_page()
        paper.contents()
        paper.new_page()

    def _summary(self) -> None:
        paper, known = self.paper, len(self.counted) - self.counts["未知"]
        paper.heading("摘要")
        paper.say(
            f"本报告依据截至{self.view.as_of}已录入的数据，分析{self.view.county}{self.view.chain}。全链计入评定的环节"
            f"{len(self.counted)}个，已摸底{known}个，未摸底{self.counts['未知']}个；未摸底不等于缺失，应先调查。"
        )
        shown = [f"{STATUS_STYLES[c].caption}{self.counts[c]}个" for c in BY_GRAVITY if self.counts[c] and c != "未知"]
        paper.say(f"已摸底环节中，{'、'.join(shown)}。" if shown else "目前没有已摸底的环节，不作强弱判断。")
        for lead, codes in (
            ("断点和缺失", ("断链", "缺链")),
            ("卡脖子", ("卡脖子",)),
            ("薄弱", ("弱链",)),
            ("优势", ("强链",)),
        ):
            if rows := self.of_status(*codes):
                some = "、".join(s["segment"] for s in rows[:6]) + (f"等{len(rows)}个" if len(rows) > 6 else "")
                paper.say(f"{lead}环节：{some}。")
        common, key, _ = count(self.view)
        paper.say(f"技术需求：共性已录{common}项，距{ASKED}项差{max(0, ASKED - common)}项；关键已录{key}项。")
        numbers = [
            f"{t}{len(self.linked(k))}{u}"
            for k, t, u in (("项目", "项目", "个"), ("科技成果", "成果", "项"), ("平台", "平台", "个"))
        ]
        paper.say(f"支撑要素：{'、'.join(numbers)}（以已录入为限）。")
        first = next((s for s in self.of_status(*BY_GRAVITY) if s["remedies"]), None)
        if first:
            paper.say(f"下一步首先：{first['segment']}——{first['remedies'][0]}。")
        paper.new_page()

    def _scope(self) -> None:
        paper, node = self.paper, self.view.nodes[self.view.chain_id]
        paper.heading("一、产业定义与口径")
        extras = "；".join(f"{k}{v}" for k, v in node.values.items() if k not in ("县市区",))
        paper.say(
            f"{self.view.chain}由{self.view.county}培育{self.cite(node.records)}。{extras + '。' if extras else ''}"
        )
        stages = Counter(s["stage"] or "未分阶段" for s in self.view.segments)
        paper.say(
            f"产业链分为{'、'.join(f'{k}{n}个环节' for k, n in stages.items())}。"
            if stages
            else "环节尚未填报。请在“环节”表填写。"
        )
        paper.say(
            "在产企业指县域内该环节及其下级环节状态为在产的企业；统计家数大于列名企业时以统计家数评定，份额按列名企业产值计算。"
            "在建和签约企业投产前不计入。市内其他县（市、区）的企业计为可得供给，不计入本县家数。"
        )
        paper.say("评定按附录所列参数进行，每个判断后的方括号数字是附录数据来源的编号。")

    def _map(self) -> None:
        if not self.view.segments:
            self.paper.heading("二、产业链全景图")
            self.unfiled("环节", "环节")
            return
        self.paper.turn(landscape=True)
        self.paper.heading("二、产业链全景图")
        self.paper.picture(
            svg_to_png(chain_svg(self.view)),
            f"{self.view.chain}全景图（颜色、图标、文字表示状态，斜纹为样本不全）",
            width=245,
            height=128,
        )
        self.paper.turn(landscape=False)
        depth = 3 if len(self.view.segments) <= 16 else 2
        self.paper.picture(
            svg_to_png(mindmap_svg(self.view, depth=depth), scale=1.6),
            f"{self.view.chain}创新思维导图（展开到第{depth + 1}层，全图见附件）",
        )

    def _strengths(self) -> None:
        paper = self.paper
        paper.heading("三、环节强弱分析", new_page=True)
        if not self.segments:
            self.unfiled("环节", "环节")
            return
        rows = [
            (s["segment"], s["caption"], _count(s), " ".join(s["flags"]), f"{s['confidence']:.0%}" if s["confidence"] is not None else "",
             self.cite.of(s["evidence"]))
            for s in self.of_status(*BY_GRAVITY) + [s for s in self.segments if "汇总" in s["flags"]]
        ]  # fmt: skip
        paper.table(
            "环节状态一览", ("环节", "状态", "在产企业", "标志", "置信度", "依据"), rows, (30, 16, 12, 34, 11, 27)
        )
        for code in BY_GRAVITY:
            if STATUSES[code].graded and (found := self.of_status(code)):
                paper.heading(f"{STATUS_STYLES[code].caption}环节（{len(found)}个）", 2)
                for s in found:
                    flip = f"{s['flip']['text']}。" if s["flip"] else ""
                    paper.say(f"{s['segment']}：{s['reason']}{flip}{self.cite.of(s['evidence'])}")
        if unknown := self.of_status("未知"):
            paper.heading(f"未摸底环节（{len(unknown)}个）", 2)
            paper.say(
                f"{'、'.join(s['segment'] for s in unknown)}。这些环节没有企业记录或统计家数，不评定强弱，列为摸底任务。"
            )

    def _needs(self) -> None:
        paper = self.paper
        paper.heading("四、技术需求清单")
        paper.say(shortfall(self.view) + "。")
        needs = needs_of(self.view)
        if not needs:
            self.unfiled("技术需求", "技术需求")
            return
        for title, category in (("共性技术需求", "共性"), ("关键技术需求", "关键"), ("未注明类别的技术需求", None)):
            some = [n for n in needs if n.values.get("类别") == category]
            if not some and category:
                paper.heading(title, 2)
                paper.say(f"{title}{UNFILED}。请在“技术需求”表填写，类别选“{category}”。")
            elif some:
                paper.heading(title, 2)
                rows = []
                for number, node in enumerate(some, 1):
                    cells = need_cells(self.view, node, number)
                    said = "；".join(str(v) for v in (cells[6], cells[7]) if v)
                    rows.append((number, node.name, cells[3], cells[5], said, cells[13], self.cite(node.records)))
                paper.table(
                    title,
                    ("序号", "名称", "环节", "提出单位", "描述与指标", "进展", "依据"),
                    rows,
                    (9, 34, 18, 24, 28, 13, 14),
                )

    def _projects(self) -> None:
        self.paper.heading("五、技术攻关与项目")
        projects = self.linked("项目")
        if not projects:
            self.unfiled("项目", "项目")
            return
        states = Counter(str(n.values.get("状态") or "状态未注明") for n in projects)
        self.paper.say(f"已录项目{len(projects)}个：{'、'.join(f'{k}{n}个' for k, n in states.items())}。")
        rows = [
            (n.name, n.values.get("类型"), n.values.get("级别"), self.names(n, "UNDERTAKEN_BY"), _number(n.values.get("金额(万元)")),
             n.values.get("年份"), n.values.get("状态"), self.cite(n.records))
            for n in projects
        ]  # fmt: skip
        self.paper.table(
            "项目",
            ("名称", "类型", "级别", "承担单位", "金额(万元)", "年份", "状态", "依据"),
            rows,
            (34, 15, 9, 28, 15, 13, 11, 13),
        )

    def _support(self) -> None:
        self.paper.heading("六、成果与平台、人才支撑")
        for kind, title, columns, widths in (
            ("科技成果", "科技成果", (("类型", "类型"), ("级别", "级别"), ("持有单位", "HELD_BY"), ("年份", "年份")), (38, 18, 10, 36, 14, 15)),
            ("平台", "科创平台", (("类型", "类型"), ("依托单位", "HOSTED_BY")), (46, 34, 36, 14)),
            ("人才", "人才团队", (("角色", "角色"), ("单位", "单位"), ("专长", "EXPERT_IN")), (32, 32, 34, 26, 14)),
            ("关键技术", "关键技术", (("水平", "水平"), ("优势单位", "LED_BY")), (52, 12, 40, 14)),
        ):  # fmt: skip
            self.paper.heading(title, 2)
            found = self.linked(kind)
            if not found:
                self.unfiled(title, kind)
                continue
            rows = [
                (
                    n.name,
                    *(self.names(n, field) if field.isascii() else n.values.get(field) for _, field in columns),
                    self.cite(n.records),
                )
                for n in found
            ]
            self.paper.table(title, ("名称", *(c for c, _ in columns), "依据"), rows, widths)

    def _directions(self) -> None:
        paper = self.paper
        paper.heading("七、强链补链方向与招引目标")
        targets = self.of_status(*(code for code in BY_GRAVITY if STATUSES[code].is_gap))
        if targets:
            rows = [
                (
                    s["segment"],
                    s["caption"],
                    s["verb"],
                    "；".join(s["remedies"]),
                    s["flip"]["text"] if s["flip"] else "",
                )
                for s in targets
            ]
            paper.table("强链补链方向", ("环节", "状态", "行动", "举措", "再进一步"), rows, (24, 14, 10, 54, 34))
        else:
            paper.say("已摸底环节中没有断点、缺失、薄弱环节。")
        if unknown := self.of_status("未知"):
            asked = [(s["segment"], "本地有哪些企业在产、产值多少；原料和部件从哪里买") for s in unknown]
            paper.table("待摸底清单（与缺失分开，先调查后招引）", ("环节", "要问什么"), asked, (40, 90))
        outside = self._outside()
        if outside:
            paper.table(
                "外地候选企业（已录入的行，未评分）",
                ("企业", "所在地", "对应环节", "主要产品", "依据"),
                outside,
                (38, 20, 26, 44, 12),
            )
        else:
            paper.say(f"招引候选企业{UNFILED}。请在“企业”表以状态“外部”填写外地企业及其对应环节。")

    def _outside(self) -> list[tuple[object, ...]]:
        own = {s["segment_id"]: s["segment"] for s in self.view.segments}
        found: list[tuple[object, ...]] = []
        for n in self.linked("企业"):
            if n.values.get("状态") == "外部":
                places = [
                    own[e.target]
                    for e in self.view.edges
                    if e.relation == "STANDS_ON" and e.source == n.id and e.target in own
                ]
                found.append(
                    (n.name, n.values.get("所在地"), "、".join(places), self.names(n, "MAKES"), self.cite(n.records))
                )
        return found

    def _targets(self) -> None:
        self.paper.heading("八、目标完成情况与时限")
        targets = list(self.view.of_kind("指标"))
        if not targets:
            self.unfiled("目标和完成情况", "指标")
            return
        rows = []
        for n in targets:
            done = sorted(self.view.origins(n.id, "MEASURES"), key=lambda m: str(m.values.get("日期")))
            last = done[-1].values if done else {}
            goal = f"{n.values.get('比较') or ''}{_number(n.values.get('数值'))}{n.values.get('单位') or ''}"
            actual = f"{last['数值']}（{last['日期']}）" if last else "未报"
            rows.append(
                (
                    n.name,
                    n.values.get("对象"),
                    goal,
                    n.values.get("期限"),
                    actual,
                    self.names(n, "ANSWERED_BY"),
                    self.cite(n.records),
                )
            )
        self.paper.table(
            "目标与完成值",
            ("指标", "对象", "目标", "期限", "最近完成值", "责任单位", "依据"),
            rows,
            (32, 20, 16, 16, 20, 22, 12),
        )

    def _advice(self) -> None:
        paper = self.paper
        paper.heading("九、建议")
        weak = self.of_status("断链", "缺链", "弱链")
        names = "、".join(s["segment"] for s in weak[:5])
        platforms, achievements = self.linked("平台"), self.linked("科技成果")
        choked = self.of_status("卡脖子")
        advice = (
            ("招引", f"围绕{names}招引企业；与市内已有企业的环节先协同配套，不重复招引。" if weak else "先完成摸底，再确定招引方向。"),
            ("成果转化", f"已录成果{len(achievements)}项，逐项与技术需求对接。" if achievements else f"科技成果{UNFILED}，先建成果库，再与技术需求对接。"),
            ("平台", f"已录平台{len(platforms)}个，按场地、人员、投入、设备、成果、制度六个方面补齐。" if platforms else f"平台{UNFILED}，先登记企业研发机构和公共平台。"),
            ("人才", f"围绕{'、'.join(s['segment'] for s in choked[:3])}引进攻关团队。" if choked else "围绕技术需求选派科技特派员和专家团队。"),
        )  # fmt: skip
        for title, text in advice:
            paper.heading(title, 2)
            paper.say(text)


def _count(s: Row) -> str:
    return f"{s['n']}家" if s["n"] == s["total"] else f"{s['total']}家（列名{s['n']}）"


def _number(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def write_report(view: ChainView, path: Path, *, gap_config: Mapping[str, Any], generated: date) -> int:
    """Write the report as .docx; the number of bytes. Same view and date, same bytes.

    Raises UnknownFormat and NotWritable.
    """
    if path.suffix.lower() != ".docx":
        raise UnknownFormat(path.suffix, (".docx",))
    return Report(view, gap_config, generated).write(path)
