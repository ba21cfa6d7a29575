"""Two writings of the plan's rules say the same of random plans, from the cells of a workbook to the documents."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from random_plans import COUNTIES, RandomPlan
from second_writing import LISTS, Board, Said

from graph.analysis.config import GapConfig
from graph.answers.plan.progress import progress
from graph.answers.plan.zero import zero
from graph.answers.state import State

DAYS = (date(2024, 3, 15), date(2024, 12, 31), date(2025, 6, 1), date(2025, 12, 10), date(2026, 8, 1), date(2027, 2, 1))
LIGHTS = {"达标", "正常", "滞后", "严重滞后", "逾期", "待核实", "未报"}
FLAGS = {"台账不足", "台账更多", "待核实", "临期", "迟完成", "口径未定", "基期缺失", "催报", "按台账"}


def of_document(target):
    """What the document says of a target."""
    pace, c = target["pace"], target["computed"]
    return {
        **{k: target[k] for k in ("met", "light", "v_from", "deadline", "days_left")},
        "v": rounded(target["v"]), "flags": set(target["flags"]),
        "pace": (rounded(pace["expected"]), rounded(pace["actual"])) if pace else None,
        "computed": (rounded(c["value"]), c["blank"]) if c else None,
        "filed": target["filed"]["date"] if target["filed"] else None,
    }  # fmt: skip


def of_cells(one: Said):
    """The same, as the second writing says it."""
    return {
        "met": one.met, "light": one.light, "v_from": one.v_from, "days_left": one.days_left,
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "v": rounded(one.v), "flags": one.flags, "pace": tuple(map(rounded, one.pace)) if one.pace else None,
        "computed": (rounded(one.computed.value), one.computed.blank) if one.computed else None,
        "filed": str(one.filed["日期"]) if one.filed else None,
    }  # fmt: skip


def rounded(v):
    return round(float(v), 6) if isinstance(v, int | float) and not isinstance(v, bool) else v


def differences(plan, document, day):
    """The targets of which the two say different things, with both."""
    board = Board(plan.sheets, day)
    mine = {(s.name, s.subject): of_cells(s) for s in board.targets()}
    theirs = {(t["indicator"], t["subject"]): of_document(t) for t in document["targets"]}
    assert theirs.keys() == mine.keys()
    return [
        (day.isoformat(), *key, {k: (v, theirs[key][k]) for k, v in one.items() if v != theirs[key][k]})
        for key, one in mine.items()
        if one != theirs[key]
    ]


@pytest.fixture(params=range(5))
def plan_and_state(request, load_sheets, city):
    """A random plan that was loaded, and the state that answers of it."""
    plan = RandomPlan(request.param)
    report = load_sheets(plan.tables())
    assert [f for f in report.findings if f.level != "note"] == []
    return plan, State(city, GapConfig(), DAYS[0])


def test_both_say_the_same_of_every_target_county_deadline_and_list(plan_and_state):
    plan, state = plan_and_state
    for day in DAYS:
        document, board = progress(state, at=day), Board(plan.sheets, day)
        assert differences(plan, document, day) == []
        counties = {c["county"]: {k: n for k, n in c["lights"].items() if n} for c in document["counties"]}
        assert counties == board.counties()
        open_days = [s.days_left for s in board.targets() if s.met != "是" and s.days_left in range(91)]
        assert [d["days_left"] for d in document["due"]] == sorted(open_days)
        assert all(d["within"] - 30 < d["days_left"] <= d["within"] or d["days_left"] == 0 for d in document["due"])
    lists = {(z["county"], z["list"]): z for z in zero(state)["lists"]}
    for county in COUNTIES:
        for name in LISTS:
            year = lists[county, name]["year"] if (county, name) in lists else None
            firms, unknown = board.zero(county, name, year or 2026)
            there = lists.get((county, name), {"firms": [], "unknown_output": 0})
            assert {(f["firm"], f["said"]) for f in there["firms"]} == firms
            assert there["unknown_output"] == unknown


def test_the_random_plans_show_every_light_flag_and_comparison():
    plans = [RandomPlan(seed) for seed in range(5)]
    there = [s for plan in plans for day in DAYS for s in Board(plan.sheets, day).targets()]
    assert Counter(s.light for s in there).keys() == LIGHTS
    assert {f for s in there for f in s.flags} == FLAGS
    compared = {t["比较"] for plan in plans for t in plan.sheets["指标"]}
    assert compared == {"≥", ">", "≤", "<", "=", "累计≥", "每年≥", "增长≥", "倍增", "清零", "完成"}
