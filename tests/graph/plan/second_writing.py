"""The rules of the plan written a second time, from their text alone, straight over the cells of the sheets.

Slow and plain on purpose: every value looks at every row again. Nothing of the product is used; where the two differ, one
of them reads the text wrongly. `sheets` are rows by caption; a cell that is not there is blank.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = Mapping[str, Any]
TINY, CITY, REPORT = 1e-9, "全市", "企业年报"
MONEY = {"万元": 1.0, "亿元": 1e4}
SHARES = {"技改覆盖率": "技术改造", "研发活动覆盖率": "研发活动", "研发机构覆盖率": "研发机构"}
LISTS = {"亿元无机构": (10000, "研发机构"), "五千万无活动": (5000, "研发活动"), "五千万无机构": (5000, "研发机构")}
GROWTHS = {"产值增幅": "产值(万元)", "利润增幅": "利润(万元)", "研发费用增幅": "研发费用(万元)"}
SUMS = {"产值": "产值(万元)", "利润": "利润(万元)", "研发费用": "研发费用(万元)"}
HONOURS = {
    "国高数": ("国家高新技术企业", 3),
    "专精特新数": ("省专精特新中小企业", None),
    "隐形冠军数": ("省隐形冠军", None),
}
SIGNED = ("签约", "开工", "投产", "达产")
UNITS = {
    **dict.fromkeys((*SHARES, *GROWTHS), "%"), **dict.fromkeys(LISTS, "家"), **dict.fromkeys(SUMS, "万元"),
    **dict.fromkeys((*HONOURS, "规上企业数"), "家"), "立项数": "项", "招引项目数": "个", "推介活动数": "场", "需求数": "项",
    "成果数": "项", "标志性成果数": "项", "科技专员团队数": "支", "技术交易额": "万元", "招引投资额": "万元", "人才赛场次": "场",
}  # fmt: skip
COUNTS: dict[str, tuple[str, str | None]] = {  # of which kind, dated by which column
    "立项数": ("项目", "年份"), "推介活动数": ("活动", "日期"), "人才赛场次": ("活动", "日期"), "需求数": ("技术需求", None),
    "成果数": ("科技成果", "年份"), "标志性成果数": ("科技成果", "年份"), "科技专员团队数": ("人才", None),
    "技术交易额": ("技术合同", "日期"), "招引项目数": ("项目", "年份"), "招引投资额": ("项目", "年份"),
}  # fmt: skip
PARTIES = ("承担单位", "持有单位", "提出企业", "单位", "买方", "卖方")
ADDED_UP = ("技术交易额", "招引投资额")


def last_day(cell: Any) -> date:
    """The day, or the last day of a month or year."""
    parts = [int(p) for p in str(cell).split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def first_day(cell: Any) -> date:
    """The day, or the first day of a month or year."""
    parts = [int(p) for p in str(cell).split("-")]
    return date(*[*parts, 1, 1][:3])


def passes(row: Row, name: str) -> bool:
    """Whether a row counts for a measure."""
    state = row.get("状态")
    match name:
        case "立项数":
            granted = row.get("级别") in ("国家", "省", "市", "县")
            return row.get("类型") == "攻关" and granted and state not in ("谋划", "终止")
        case "推介活动数":
            return row.get("类型") in ("推介会", "对接会")
        case "人才赛场次":
            return row.get("类型") == "人才赛"
        case "标志性成果数":
            return row.get("标志性") == "是"
        case "科技专员团队数":
            return row.get("类型") == "科技专员"
        case "招引项目数" | "招引投资额":
            return row.get("类型") == "招引" and state in ("在建", "完成")
    return True


@dataclass
class Computed:
    """What the ledger says; `proves` is no more than a lower bound (a count)."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    blank: int = 0
    proves: bool = False


@dataclass
class Said:
    """Where one target stands for one subject."""

    name: str
    subject: str
    deadline: date | None
    met: str = "未知"
    light: str = "未报"
    v: Any = None
    v_from: str | None = None
    filed: Any = None
    computed: Computed | None = None
    pace: tuple[float, float] | None = None
    days_left: int | None = None
    flags: set[str] = field(default_factory=set)


class Cells:
    """The sheets, and who belongs to what."""

    def __init__(self, sheets: Mapping[str, list[Row]]) -> None:
        self.sheets = sheets
        self.firms = {r["名称"]: r for r in self["企业"]}
        self.chains = {r["名称"]: r["县市区"] for r in self["产业链"]}

    def __getitem__(self, sheet: str) -> list[Row]:
        return list(self.sheets.get(sheet, []))

    def chains_of_firm(self, firm: Any) -> set[str]:
        row = self.firms.get(firm, {})
        return {c for c in [row.get("产业链")] if c and self.chains[c] == row.get("县市区")}

    def belongs(self, sheet: str, row: Row, subject: str) -> bool:
        """Whether a row belongs to the city, a county or a chain."""
        if subject == CITY:
            return True
        if sheet in (REPORT, "资质认定"):
            return subject in {self.firms[row["企业"]]["县市区"], *self.chains_of_firm(row["企业"])}
        firms = [f for column in PARTIES if (f := row.get(column)) in self.firms]
        chains = {row["产业链"]} if row.get("产业链") else {c for f in firms for c in self.chains_of_firm(f)}
        counties = {row["县市区"]} if row.get("县市区") else {self.chains[c] for c in chains}
        return subject in (counties or {self.firms[f]["县市区"] for f in firms}) | chains

    def rows(self, sheet: str, subject: str) -> list[Row]:
        return [r for r in self[sheet] if self.belongs(sheet, r, subject)]


class Ledger(Cells):
    """The values of measures."""

    def year(self, subject: str, until: int) -> int | None:
        return max((r["年份"] for r in self.rows(REPORT, subject) if r["年份"] <= until), default=None)

    def computed(self, name: str, subject: str, keep: Any, until: int, base: int | None) -> Computed | None:
        """What a measure comes to; `keep` says of a date's cell whether its row counts."""
        if name in COUNTS:
            return self._counted(name, subject, keep)
        if name in HONOURS:
            return self._honoured(name, subject, until)
        year = keep.year or self.year(subject, until)
        reports = [r for r in self.rows(REPORT, subject) if r["年份"] == year]
        if not reports:
            return None
        if name == "规上企业数":
            number = sum(r.get("规上") == "是" for r in reports)
            return Computed(number, number, None, sum(r.get("规上") is None for r in reports), True)
        if name in SUMS:
            told = [r[SUMS[name]] for r in reports if r.get(SUMS[name]) is not None]
            return Computed(sum(told), sum(told), None, len(reports) - len(told), True) if told else None
        if name in GROWTHS:
            return self._growth(GROWTHS[name], subject, base, year)
        if name in SHARES:
            there, said = [r for r in reports if r.get("规上") == "是"], "是"
            column, scale = SHARES[name], 100 / len(there) if there else 0
            if not there:
                return None
        else:
            least, column = LISTS[name]
            there, said, scale = [r for r in reports if (r.get("产值(万元)") or 0) >= least], "否", 1
        sure, blank = sum(r.get(column) == said for r in there), sum(r.get(column) is None for r in there)
        return Computed(None if blank else sure * scale, sure * scale, (sure + blank) * scale, blank)

    def _counted(self, name: str, subject: str, keep: Any) -> Computed | None:
        sheet, dated = COUNTS[name]
        rows = [(r, r.get(dated) if dated else None) for r in self.rows(sheet, subject)]
        leads = self.rows("招商线索", subject) if name.startswith("招引") else []
        if not rows and not leads:
            return None
        counting = [r for r, day in rows if passes(r, name) and (day is None or keep(day))]
        if name == "科技专员团队数":
            teams = {r["团队"] for r in counting if r.get("团队")}
            return Computed(len(teams) or min(1, len(counting)), proves=True)
        amount = "金额(万元)"
        things = {(r["名称"], r.get("产业链")): r.get(amount) for r in counting}
        for lead in self.standing_leads(leads, keep):
            if things.get(lead["thing"]) is None:
                things[lead["thing"]] = lead.get("协议投资额(万元)")
        if name not in ADDED_UP:
            return Computed(len(things), proves=True)
        told = [a for a in things.values() if a is not None]
        return None if things and not told else Computed(sum(told), blank=len(things) - len(told), proves=True)

    def standing_leads(self, rows: list[Row], keep: Any) -> Iterator[dict[str, Any]]:
        """The leads that are signed after their rows up to the day, dated by when they came to be; a lead and its project
        (same code, else same name and chain) are one thing."""
        leads: dict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            leads[row.get("编码") or (row["项目名称"], row["产业链"])].append(row)
        for code, steps in leads.items():
            known: dict[str, Any] = {}
            since = None
            for step in sorted(steps, key=lambda r: last_day(r["日期"])):
                if last_day(step["日期"]) <= keep.at:
                    known |= {k: v for k, v in step.items() if v is not None}
                    signed = known["阶段"] in SIGNED and known.get("状态") != "流失"
                    since = (since or step["日期"]) if signed else None
            if since and keep(since):
                project = next((p for p in self["项目"] if p.get("编码") and p["编码"] == code), known)
                yield {**known, "thing": (project.get("名称") or project.get("项目名称"), project.get("产业链"))}

    def _honoured(self, name: str, subject: str, until: int) -> Computed | None:
        rows, (honour, years) = self.rows("资质认定", subject), HONOURS[name]
        year = self.year(subject, until) or until
        if not rows:
            return None
        firms = set()
        for r in rows:
            ends = last_day(r["有效期止"]).year if r.get("有效期止") else r["年份"] + years if years else 9999
            if r["资质"] == honour and r["年份"] <= year <= ends:
                firms.add(r["企业"])
        return Computed(len(firms), proves=True)

    def _growth(self, column: str, subject: str, base: int | None, year: int | None) -> Computed | None:
        if base is None or year is None or base >= year:
            return None
        sums: dict[str, dict[int, float]] = defaultdict(dict)
        for r in self.rows(REPORT, subject):
            if r["年份"] in (base, year) and r.get(column) is not None:
                sums[r["企业"]][r["年份"]] = r[column]
        both = [s for s in sums.values() if len(s) == 2]
        then, now = sum(s[base] for s in both), sum(s[year] for s in both)
        if not both or then <= 0 or now < 0:
            return None
        growth = ((now / then) ** (1 / (year - base)) - 1) * 100
        return Computed(growth, growth, growth)


def compared(how: str, v: float, goal: float) -> bool:
    """≥ > ≤ < = with the tolerance; 累计≥ 每年≥ 增长≥ 倍增 as ≥."""
    if how == ">":
        return v > goal + TINY
    if how == "<":
        return v < goal - TINY
    if how == "≤":
        return v <= goal + TINY
    return abs(v - goal) <= TINY if how == "=" else v >= goal - TINY


class Board(Ledger):
    """The targets on a day."""

    def __init__(self, sheets: Mapping[str, list[Row]], at: date) -> None:
        super().__init__(sheets)
        self.at = at
        self.plans = {p["名称"]: p for p in self["计划"]}

    def targets(self) -> Iterator[Said]:
        """Every target for each of its subjects."""
        for row in self["指标"]:
            each = {"各县市区": sorted(set(self.chains.values())), "各产业链": list(self.chains)}
            for subject in each.get(row["对象"], [row["对象"]]):
                yield OneTarget(self, row, subject).said()

    def counties(self) -> dict[str, dict[str, int]]:
        """The lights of each county, its chains with it."""
        lights: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for one in self.targets():
            if one.subject != CITY:
                lights[self.chains.get(one.subject, one.subject)][one.light] += 1
        return lights

    def zero(self, county: str, name: str, year: int) -> tuple[set[tuple[str, Any]], int]:
        """The firms on a list with what they say, and how many state no output."""
        least, column = LISTS[name]
        reports = [r for r in self.rows(REPORT, county) if r["年份"] == year]
        large = [r for r in reports if (r.get("产值(万元)") or 0) >= least and r.get(column) != "是"]
        return {(r["企业"], r.get(column)) for r in large}, sum(r.get("产值(万元)") is None for r in reports)


class OneTarget:
    """One target for one subject."""

    def __init__(self, board: Board, row: Row, subject: str, at: date | None = None) -> None:
        self.board, self.row, self.subject, self.at = board, row, subject, at or board.at
        self.how, self.goal, self.unit = row["比较"], row.get("数值"), row.get("单位")
        plan = board.plans.get(row.get("计划"), {})
        self.deadline = self._moved(row["期限"]) if row.get("期限") else None
        if self.deadline is None and plan.get("结束年"):
            self.deadline = date(plan["结束年"], 12, 31)
        begins = f"{plan['起始年']}" if plan.get("起始年") else None
        self.start = first_day(row.get("起算") or begins) if row.get("起算") or begins else None
        self.measure = row.get("口径")

    def _moved(self, written: Any) -> date:
        day = last_day(written)
        moves = [(r["日期"], last_day(r["原期限"]), last_day(r["新期限"])) for r in self.board["延期"]
                 if r["指标或任务"] == self.row["名称"] and r["对象"] in (self.subject, self.row["对象"])]  # fmt: skip
        for _, old, new in sorted(moves):
            if old == day:
                day = new
        return day

    # -- values ---------------------------------------------------------------

    def filings(self, year: int | None = None) -> list[Row]:
        """What was filed up to the day (within a year), the latest last."""
        rows = [r for r in self.board["完成情况"]
                if r["指标"] == self.row["名称"] and r["对象"] == self.subject and last_day(r["日期"]) <= self.at
                and year in (None, last_day(r["日期"]).year)]  # fmt: skip
        return sorted(rows, key=lambda r: last_day(r["日期"]))

    def ledger(self, year: int | None = None) -> Computed | None:
        """What the ledger says (of a year)."""
        if not self.measure:
            return None
        capped = min(self.at.year, self.deadline.year if self.deadline else 9999)
        only = year
        if self.how not in ("累计≥", "每年≥") and self.deadline:
            only = self.deadline.year

        def keep(cell: Any) -> bool:
            exact = "-" in str(cell)
            if (last_day(cell) > self.at) if exact else (int(cell) > self.at.year):
                return False
            if only is not None:
                return last_day(cell).year == only
            if self.how == "累计≥" and self.start:
                return last_day(cell) >= self.start
            return True

        keep.at, keep.year = self.at, year  # type: ignore[attr-defined]
        return self.board.computed(self.measure, self.subject, keep, year or capped, self.row.get("基期年"))

    def filed_met(self, row: Row) -> tuple[Any, bool | None]:
        """A filed value as it compares, and whether it passes."""
        v, unit = row["数值"], row.get("单位") or self.unit
        if self.how == "完成":
            return v == "已完成", v == "已完成"
        if self.how == "增长≥":
            if unit != "%":
                base, year = self.row.get("基期值"), self.row.get("基期年")
                years = last_day(row["日期"]).year - year if year else 0
                if not base or base <= 0 or years <= 0:
                    return None, None
                v = ((v / base) ** (1 / years) - 1) * 100
        elif unit in MONEY and self.unit in MONEY:
            v = v * MONEY[unit] / MONEY[self.unit]
        return v, self.judged(v)

    def judged(self, v: float) -> bool | None:
        """Whether a value passes."""
        if self.how == "清零":
            return abs(v) <= TINY
        if self.how == "倍增":
            base = self.row.get("基期值")
            return None if base is None else compared("≥", v, (self.goal or 2) * base)
        return compared(self.how, v, self.goal)

    def ledger_met(self, c: Computed | None) -> bool | None:
        """Whether what the ledger says passes: a bound that cannot tip it is enough."""
        if c is None:
            return None
        if c.value is not None:
            return self.judged(c.value)
        if self.how == "清零" and not c.lower:
            return None
        ends = {self.judged(v) for v in (c.lower, c.upper) if v is not None}
        return ends.pop() if len(ends) == 1 else None

    def tasks_done(self) -> bool | None:
        """Whether every task of that plan and name is done: those of the subject and of the city, for the city all."""
        of = [t for t in self.board["任务"] if t["名称"] == self.row["名称"] and t.get("计划") == self.row.get("计划")]
        of = [t for t in of if self.subject == CITY or t["对象"] in (CITY, self.subject)]
        return all(t.get("进展") == "已完成" for t in of) if of else None

    def one_value(self, year: int | None = None) -> tuple[Any, str | None, bool | None, Computed | None, Row | None]:
        """The value that counts (of a year), where it is from, whether it passes, and both beside each other."""
        rows, c = self.filings(year), self.ledger(year)
        if rows:
            v, met = self.filed_met(rows[-1])
            return v, "filed" if v is not None else None, met, c, rows[-1]
        if self.how == "完成":
            met = self.tasks_done()
            return met, "computed" if met is not None else None, met, c, None
        v = c.value if c else None
        return v, "computed" if v is not None else None, self.ledger_met(c), c, None

    def said(self) -> Said:
        """Met, light, value, pace, flags."""
        one = Said(self.row["名称"], self.subject, self.deadline)
        one.days_left = (self.deadline - self.at).days if self.deadline else None
        failed, shown = False, self.one_value()
        met, of_ledger = shown[2], shown[3]
        if self.how == "每年≥":
            met, failed, shown = self.years()
            of_ledger = shown[3]
        one.v, one.v_from, one.computed = shown[0], shown[1], of_ledger
        one.filed = shown[4]
        one.met = "未知" if met is None else "是" if met else "否"
        bounded = not one.filed and of_ledger is not None and of_ledger.lower is not None
        there = one.v is not None or one.filed is not None or bounded
        one.pace = self.pace(one)
        one.light = self.light(one, there, failed)
        one.flags = set(self.flags(one, met, there))
        return one

    def years(self) -> tuple[bool | None, bool, Any]:
        """Every year from the start to today: met, whether an ended one failed, and the last one's value."""
        last = min(self.at.year, self.deadline.year if self.deadline else 9999)
        first = self.start.year if self.start else self.deadline.year if self.deadline else last
        values = {y: self.one_value(y) for y in range(min(first, last), last + 1)}
        failed = any(v[2] is False for y, v in values.items() if y < self.at.year)
        if failed:
            return False, True, values[last]
        return (True if all(v[2] for v in values.values()) else values[last][2]), False, values[last]

    # -- light ----------------------------------------------------------------

    def light(self, one: Said, there: bool, failed: bool) -> str:
        """The first line of the table that applies."""
        if one.met == "是":
            return "达标"
        if one.met == "未知":
            return "待核实" if there else "未报"
        if self.deadline is None or one.days_left is None:
            return "正常"
        if self.at > self.deadline or failed:
            return "逾期"
        if one.pace is None:
            return "正常" if one.days_left > 30 else "滞后"
        e, p = one.pace
        return "正常" if p >= e - TINY else "滞后" if p >= e / 2 - TINY else "严重滞后"

    def pace(self, one: Said) -> tuple[float, float] | None:
        """What time asks and what is reached, for what grows."""
        v = one.v if one.v is not None or one.filed or not one.computed else one.computed.lower
        if self.how not in ("≥", ">", "累计≥", "每年≥", "倍增", "增长≥") or v is None or self.deadline is None:
            return None
        start, end, base, goal = self.start or date(self.deadline.year, 1, 1), self.deadline, 0.0, self.goal
        if self.how == "每年≥":
            year = min(self.at.year, end.year)
            start, end = date(year, 1, 1), min(end, date(year, 12, 31))
        if self.how == "倍增":
            if self.row.get("基期值") is None:
                return None
            base = self.row["基期值"]
            goal = (goal or 2) * base
        return (self.at - start).days / (end - start).days, (v - base) / (goal - base)  # type: ignore[operator]

    def flags(self, one: Said, met: bool | None, there: bool) -> Iterable[str]:
        """All that apply."""
        c = one.computed
        counts = self.measure in HONOURS or (self.measure in {*COUNTS, "规上企业数"} and self.measure not in ADDED_UP)
        if one.filed and counts and c and c.value is not None and self.how != "增长≥":
            v = one.filed["数值"]
            if abs(v - c.value) > TINY:
                yield "台账不足" if v > c.value else "台账更多"
        if c and c.blank and not one.filed and self.open_to_blanks(c):
            yield "待核实"
        if c and c.proves and one.v_from == "computed":
            yield "按台账"
        if met is not True and one.days_left is not None and 0 <= one.days_left <= 30:
            yield "临期"
        if met and self.late(one):
            yield "迟完成"
        if not self.measure:
            yield "口径未定"
        if not there and one.days_left is not None and one.days_left <= 90:
            yield "催报"
        if self.how in ("倍增", "增长≥") and self.base_missing(one):
            yield "基期缺失"

    def base_missing(self, one: Said) -> bool:
        """Whether a base is needed and not given."""
        if self.how == "倍增":
            return self.row.get("基期值") is None
        if one.filed and (one.filed.get("单位") or self.unit) == "%":
            return False
        if not one.filed and self.measure in GROWTHS:
            return self.row.get("基期年") is None
        return self.row.get("基期值") is None or self.row.get("基期年") is None

    def open_to_blanks(self, c: Computed) -> bool:
        """Whether the blanks of a share or list could change the verdict."""
        if c.proves or c.lower is None or c.upper is None:
            return False
        steps = [c.lower + (c.upper - c.lower) * n / c.blank for n in range(c.blank + 1)]
        return len({self.judged(v) for v in steps}) > 1

    def late(self, one: Said) -> bool:
        """Whether the value by which it is met is dated after the deadline."""
        if self.deadline is None or self.at <= self.deadline:
            return False
        if one.filed:
            return last_day(one.filed["日期"]) > self.deadline
        if self.how == "完成":
            return False
        year = self.deadline.year if self.how == "每年≥" else None
        then = OneTarget(self.board, self.row, self.subject, self.deadline)
        return then.ledger_met(then.ledger(year)) is not True
