"""The lights of a province: 500 targets for each of 90 counties of 1,000 firms, from the rows to every light.

    python bench/progress.py [COUNTIES] [FIRMS] [TARGETS]

Counties, firms with three years of reports, honours, projects, events and leads are made up; every target is set for
各县市区, a third are filed. Timed is everything between the rows that were read and the lights with their sentences:
reading and loading left out, best of two runs. The same at half the counties and at half the firms says how it grows.
The last line is JSON.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from graph.measures.entry import Entry, When  # noqa: E402
from graph.measures.measure import HONOURS, LIST, SHARE, Measure, load_measures  # noqa: E402
from graph.measures.value import Values  # noqa: E402
from graph.plan.board import standings  # noqa: E402
from graph.plan.config import load_plan_model  # noqa: E402
from graph.plan.progress import Filing, Goal  # noqa: E402
from graph.plan.sentence import sentence  # noqa: E402
from graph.plan.target import COUNTY, Filed, Plan, Target, TargetSubject  # noqa: E402
from graph.plan.task import Task  # noqa: E402

TODAY, YEARS = date(2026, 6, 1), (2023, 2024, 2025)
PROVINCE, PLAN = "省", Plan("示例计划", 2024, 2026)
COMPARISONS = {SHARE: ("≥", ">", "每年≥"), LIST: ("清零", "≤"), "growth": ("增长≥",), HONOURS: ("倍增", "≥")}


@dataclass(frozen=True)
class Province:
    """What a board is made of, as the graph is read into it."""

    entries: list[Entry]
    targets: list[Target]
    filings: dict[tuple[str, str], tuple[Filed, ...]]
    tasks: tuple[Task, ...] = ()


def province(counties: int, firms: int, targets: int) -> Province:
    """A made-up province."""
    chance, entries, filings = random.Random(7), [], {}
    measures = load_measures()
    goals = [
        (f"示例指标{n}", measures[n % len(measures)], goal_of(measures[n % len(measures)], n)) for n in range(targets)
    ]
    made: list[Target] = []
    for c in range(counties):
        county = f"县{c}"
        entries += entries_of(county, firms, chance)
        subject = TargetSubject(COUNTY, f"示例县{c}", county, f"示例县{c}")
        for n, (name, measure, goal) in enumerate(goals):
            made.append(Target(f"{n}", name, subject, goal, plan=PLAN, measure=measure, each="各县市区"))
            if chance.random() < 1 / 3:
                filing = Filing(float(chance.randrange(9)), date(2026, 3, 31), measure.unit, "2026-03", (n,))
                filings[name, county] = (Filed(filing),)
    return Province(entries, made, filings)


def goal_of(measure: Measure, number: int) -> Goal:
    """A goal that fits a measure."""
    some = COMPARISONS.get(measure.form, ("累计≥", "每年≥", "≥"))
    comparison = some[number // 37 % len(some)]
    return Goal(comparison, 2.0 if comparison == "倍增" else 8.0, measure.unit, date(2026, 12, 31), 2023, 5.0)


def entries_of(county: str, firms: int, chance: random.Random) -> list[Entry]:
    """What a county's rows say: firms, three reports and an honour each, a project for each tenth, events, leads."""
    subjects, made = (county, PROVINCE, f"链{county}"), []

    def add(kind: str, ident: str, values: dict[str, object], firm: str = "", **more: object) -> None:
        made.append(
            Entry(
                kind,
                ident,
                str(values.get("名称", ident)),
                values,
                (len(made),),
                (*subjects, *((firm,) if firm else ())),
                firm=firm,
                **more,
            )
        )  # type: ignore[arg-type]

    for n in range(firms):
        firm = f"{county}企{n}"
        add("企业", firm, {"名称": firm}, firm)
        for year in YEARS:
            yes = {c: chance.choice(("是", "是", "否", None)) for c in ("规上", "研发机构", "研发活动", "技术改造")}
            money = {f"{c}(万元)": chance.randrange(20000) for c in ("产值", "利润", "研发费用")}
            add("企业年报", f"{firm}{year}", {"年份": year, **yes, **money}, firm)
        add("资质认定", f"{firm}资质", {"名称": chance.choice(("国家高新技术企业", "省隐形冠军")), "年份": 2024}, firm)
        if n % 10 == 0:
            kinds = {
                "类型": chance.choice(("攻关", "招引")),
                "级别": "省",
                "状态": "在建",
                "年份": chance.choice(YEARS),
            }
            add("项目", f"{firm}项目", {"名称": f"{firm}项目", **kinds, "金额(万元)": 300})
            step = {"阶段": "签约", "日期": "2025-05", "协议投资额(万元)": 800}
            add("招商线索", f"{firm}线索", step, steps=((When.of("2025-05"), step),))
            add("活动", f"{firm}活动", {"类型": "对接会", "日期": f"{chance.choice(YEARS)}-05-16"})
            add("科技成果", f"{firm}成果", {"年份": 2024, "标志性": "是"})
            add("技术需求", f"{firm}需求", {"类别": "共性"})
    return made


def lights(world: Province) -> int:
    """Every light with its sentence."""
    there = standings(world, Values(world.entries), TODAY, load_plan_model())
    return sum(len(sentence(s)) > 0 for s in there)


def best(work: Callable[[], object], runs: int = 2) -> float:
    """Seconds of the fastest of some runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print how long it takes and how it grows."""
    counties, firms, targets = (int(a) for a in (*sys.argv[1:], "90", "1000", "500")[:3])
    seconds = {}
    for name, size in {
        "whole": (counties, firms),
        "half the counties": (counties // 2, firms),
        "half the firms": (counties, firms // 2),
    }.items():
        world = province(*size, targets)
        seconds[name] = best(lambda world=world: lights(world))
        print(
            f"{name}: {len(world.targets)} targets, {len(world.entries)} rows: {seconds[name]:.2f} s of processor time"
        )
    growth = {k: round(seconds["whole"] / v, 2) for k, v in seconds.items() if k != "whole"}
    print(json.dumps({"seconds": round(seconds["whole"], 2), "whole_to_half": growth}))


if __name__ == "__main__":
    main()
