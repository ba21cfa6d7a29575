"""Random plans as sheets: counties, chains, what the ledger counts, targets of every comparison, filings, moved dates."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from builders import Table
from second_writing import GROWTHS, HONOURS, LISTS, SHARES, SUMS, UNITS

Sheets = dict[str, list[dict[str, Any]]]
COUNTIES, CHAINS = ("示例甲县", "示例乙县", "示例丙县"), {"示例甲链": "示例甲县", "示例乙链": "示例乙县"}
SUBJECTS = ("全市", "各县市区", "各产业链", *COUNTIES, *CHAINS)
YEARS = (2023, 2024, 2025, 2026)


class RandomPlan:
    """One world of a seed. Days of one indicator and subject differ, so that no order of rows decides."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.free: list[dict[str, Any]] = []  # projects that no lead became yet
        self.sheets: Sheets = {
            "县市区": [
                {"名称": "示例市", "级别": "市"},
                *({"名称": c, "级别": "县", "上级": "示例市"} for c in COUNTIES),
            ],
            "产业链": [{"名称": c, "县市区": county} for c, county in CHAINS.items()],
            "环节": [{"产业链": c, "名称": f"{c}环节"} for c in CHAINS],
            "计划": [{"名称": "示例计划", "起始年": 2024, "结束年": 2026}, {"名称": "无年份计划"}],
        }
        self._firms()
        self._counted()
        self._targets()

    def some(self, *words: Any) -> Any:
        return self.chance.choice(words)

    def often(self, value: Any, share: float = 0.7) -> Any:
        return value if self.chance.random() < share else None

    def day(self) -> Any:
        """A day, or a month."""
        month = f"{self.some(*YEARS)}-{self.some(*range(1, 13)):02d}"
        return self.some(month, f"{month}-{self.some(1, 10, 15, 28):02d}")

    # -- what the ledger counts ------------------------------------------------

    def _firms(self) -> None:
        firms, reports, honours = [], [], []
        for n in range(self.some(4, 9)):
            chain = self.some(None, *CHAINS)
            firm = f"示例{'甲乙丙丁戊己庚辛壬'[n]}机械有限公司"
            county = CHAINS[chain] if chain and self.chance.random() < 0.7 else self.some(*COUNTIES)
            firms.append(
                {"名称": firm, "县市区": county, "产业链": chain, "环节": chain and f"{chain}环节", "状态": "在产"}
            )
            for year in YEARS[: self.some(1, 3, 4)]:
                if self.chance.random() < 0.8:
                    reports.append(self._report(firm, year))
            for honour, _ in HONOURS.values():
                if self.chance.random() < 0.4:
                    ends = self.often(f"{self.some(2024, 2025, 2026, 2027)}-12-31", 0.3)
                    honours.append(
                        {"企业": firm, "资质": honour, "年份": self.some(2021, 2022, 2023, 2024), "有效期止": ends}
                    )
        self.sheets |= {"企业": firms, "企业年报": reports, "资质认定": honours}
        self.firms = [f["名称"] for f in firms]

    def _report(self, firm: str, year: int) -> dict[str, Any]:
        yes = lambda: self.often(self.some("是", "否"), 0.85)  # noqa: E731
        return {
            "企业": firm, "年份": year, "产值(万元)": self.often(self.some(800, 5000, 6200, 9999, 10000, 21000), 0.9),
            "利润(万元)": self.often(self.some(-200, 0, 150, 900)), "研发费用(万元)": self.often(self.some(0, 60, 300)),
            "规上": yes(), "研发机构": yes(), "研发活动": yes(), "技术改造": yes(),
        }  # fmt: skip

    def _many(self, sheet: str, most: int, row: Callable[[int], dict[str, Any]]) -> None:
        if rows := [row(n) for n in range(self.chance.randrange(most))]:
            self.sheets[sheet] = rows

    def _place(self) -> dict[str, Any]:
        return {"产业链": self.often(self.some(*CHAINS))}

    def _counted(self) -> None:
        year = lambda: self.often(self.some(*YEARS), 0.9)  # noqa: E731
        self._many("项目", 14, lambda n: {
            "名称": f"示例项目{n}", "类型": self.some("攻关", "攻关", "招引", "技改"), "级别": self.some("国家", "省", "市", "县", "企业"),
            "状态": self.some("谋划", "在建", "完成", "终止", None), "年份": year(), "承担单位": self.often(self.some(*self.firms)),
            "金额(万元)": self.often(self.some(100, 2000)), "编码": self.often(f"示例码{n}", 0.5), **self._place(),
        })  # fmt: skip
        self.free = list(self.sheets.get("项目", []))
        if leads := [row for n in range(self.chance.randrange(8)) for row in self._lead(n)]:
            self.sheets["招商线索"] = leads
        self._many("活动", 8, lambda n: {
            "名称": f"示例活动{n}", "类型": self.some("推介会", "对接会", "人才赛", "论坛"), "日期": self.day(),
            "县市区": self.often(self.some(*COUNTIES), 0.5), **self._place(),
        })  # fmt: skip
        self._many("科技成果", 8, lambda n: {
            "名称": f"示例成果{n}", "标志性": self.some("是", "否", None), "年份": year(), "持有单位": self.often(self.some(*self.firms)),
            **self._place(),
        })  # fmt: skip
        self._many("技术需求", 6, lambda n: {"名称": f"示例需求{n}", "年份": year(), **self._place()})
        self._many("技术合同", 6, lambda n: {
            "名称": f"示例合同{n}", "卖方": self.firms[0], "买方": self.firms[-1], "金额(万元)": self.some(20, 55),
            "日期": self.often(self.day(), 0.9), **self._place(),
        })  # fmt: skip
        self._many("人才", 6, lambda n: {
            "姓名": f"示例专员{n}", "单位": self.some(*self.firms), "类型": self.some("科技专员", "专家"), "团队": self.often(self.some("甲队", "乙队"), 0.6),
            **self._place(),
        })  # fmt: skip

    def _lead(self, n: int) -> Iterator[dict[str, Any]]:
        """A lead as the rows of its history, in any order."""
        same = self.free.pop() if self.free and self.chance.random() < 0.4 else {}
        lead = {
            "项目名称": same.get("名称") or f"示例线索{n}", "产业链": same.get("产业链") or self.some(*CHAINS), "编码": same.get("编码"),
        }  # fmt: skip
        for day in self.chance.sample([f"{y}-{m}" for y in YEARS for m in ("02", "06-15", "11")], self.some(1, 2, 3)):
            stage, state = self.some("在谈", "签约", "开工", "投产"), self.some("正常", "正常", "流失", None)
            money = self.often(self.some(3000, 8000))
            yield {**lead, "阶段": stage, "日期": day, "状态": state, "原因": "示例原因", "协议投资额(万元)": money}

    # -- the plan --------------------------------------------------------------

    def _targets(self) -> None:
        self.sheets |= {"指标": [], "完成情况": [], "延期": [], "任务": []}
        for n in range(24):
            name, target = f"示例指标{n}", self._target()
            written = {"名称": name, **target}
            self.sheets["指标"].append(written)
            subjects = {"各县市区": COUNTIES[:2], "各产业链": tuple(CHAINS)}.get(target["对象"], (target["对象"],))
            for subject in subjects:
                self._filings(written, subject)
            if target["期限"] and self.chance.random() < 0.25:
                self.sheets["延期"].append(self._move(written))
            if target["比较"] == "完成":
                self.sheets["任务"] += [
                    {
                        "名称": name,
                        "计划": target["计划"],
                        "对象": o,
                        "进展": self.some("已完成", "已完成", "进行中", "未开始"),
                    }
                    for o in (["全市"], ["全市", *COUNTIES[:1]], [])[self.chance.randrange(3)]
                ]

    def _target(self) -> dict[str, Any]:
        how = self.some("≥", "≥", ">", "≤", "<", "=", "累计≥", "累计≥", "每年≥", "增长≥", "倍增", "清零", "完成")
        measure = self._measure(how)
        unit = UNITS.get(measure, self.some("项", "家", "%", "万元")) if how != "增长≥" else "%"
        large = unit == "万元"
        value: Any = (
            self.some(1000, 20000, 60000) if large else self.some(30, 64, 80) if unit == "%" else self.some(1, 2, 3, 6)
        )
        row: dict[str, Any] = {
            "对象": self.some(*SUBJECTS), "比较": how, "数值": value, "单位": unit, "口径": measure,
            "期限": self.often(self.some("2024-12", "2025-06-30", "2025-12-31", 2026, "2026-12"), 0.9),
            "计划": self.often(self.some("示例计划", "示例计划", "无年份计划"), 0.8),
            "起算": self.often(self.some("2024-01-01", "2024-05", "2024-03-15"), 0.3) if how in ("累计≥", "每年≥", "≥") else None,
        }  # fmt: skip
        if how == "增长≥":
            row |= {"数值": self.some(3, 8, 40), "基期年": self.often(2023, 0.8), "基期值": self.often(1000, 0.8)}
        if how == "倍增":
            row |= {
                "数值": self.often(3, 0.4),
                "基期年": 2023,
                "基期值": self.often(20000 if large else self.some(1, 2, 4), 0.8),
            }
        if how in ("清零", "完成"):
            row |= {"数值": None}
        if how == "完成":
            row |= {"单位": None}
        return row

    def _measure(self, how: str) -> str | None:
        counts = [m for m in UNITS if m not in (*GROWTHS, *SHARES, *LISTS, *SUMS, *HONOURS, "规上企业数")]
        some: Mapping[str, list[Any]] = {
            "完成": [None], "清零": [None, *LISTS], "增长≥": [None, *GROWTHS], "倍增": [None, *SUMS, *HONOURS, "规上企业数"],
            "累计≥": [None, *counts], "每年≥": [None, *counts, *SHARES], "=": [None, *counts, *LISTS, "规上企业数"],
            "≤": [None, *LISTS, *counts], "<": [None, *LISTS, *counts],
        }  # fmt: skip
        return self.some(*some.get(how, [None, *counts, *SHARES, *SUMS, *HONOURS, "规上企业数"]))

    def _filings(self, target: Mapping[str, Any], subject: str) -> None:
        months = self.chance.sample([f"{y}-{m:02d}" for y in YEARS for m in (3, 6, 9, 12)], 3)
        for month in months[: self.chance.choice((0, 0, 1, 3))]:
            self.sheets["完成情况"].append({
                "指标": target["名称"], "对象": subject, "日期": self.some(month, f"{month}-10"), **self._value(target),
            })  # fmt: skip

    def _value(self, target: Mapping[str, Any]) -> dict[str, Any]:
        how, unit, goal = target["比较"], target["单位"], target["数值"] or 0
        if how == "完成":
            return {"数值": self.some("已完成", "未完成")}
        if how == "增长≥":
            return self.some(
                {"数值": self.some(2, 8, 9), "单位": "%"}, {"数值": self.some(1050, 1080, 1300), "单位": "万元"}
            )
        if unit == "万元":
            return self.some(
                {"数值": self.some(0.5, 2, 6), "单位": "亿元"}, {"数值": self.some(500, 60000), "单位": "万元"}
            )
        return {"数值": max(0, goal + self.some(-2, -1, 0, 0, 1)), "单位": self.often(unit)}

    def _move(self, target: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "指标或任务": target["名称"], "对象": target["对象"], "原期限": target["期限"], "新期限": "2027-03-31",
            "理由": "示例理由", "批准单位": "示例市政府", "日期": "2024-02-01",
        }  # fmt: skip

    def tables(self) -> dict[str, Table]:
        """The sheets as tables with their headers."""
        made: dict[str, Table] = {}
        for sheet, rows in self.sheets.items():
            head = list(dict.fromkeys(k for row in rows for k in row))
            if rows:
                made[sheet] = [head, *([row.get(k) for k in head] for row in rows)]
        return made
