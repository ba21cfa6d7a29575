"""Filings are watched by county and period: due, filed, on time, missing by name, changed once the period was locked."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from graph.analysis.config import GapConfig
from graph.answers.plan.filing import asked_filings, filing_watch
from graph.answers.state import State
from graph.plan.config import PlanModel
from graph.plan.filing_watch import by_county, by_period, due_filings
from graph.plan.period import Period, ended_periods, period_called
from graph.plan.progress import Filing, Goal
from graph.plan.target import CITY, COUNTY, Filed, Plan, Target, TargetSubject

HERE = TargetSubject(COUNTY, "示例县", "k1", "示例县")
PLAN = Plan("示例计划", 2026, 2026)
TODAY = date(2026, 8, 5)


def target(name="示例立项数", frequency="季", subject=HERE, deadline=date(2026, 12, 31), **more):
    return Target(name, name, subject, Goal("≥", 5, "项", deadline), plan=PLAN, frequency=frequency, **more)


def filed(day, period="", value=1.0, records=()):
    return Filed(Filing(value, date.fromisoformat(day), "项", day, records), period=period)


def due(targets, filings=None, today=TODAY, arrivals=None):
    return due_filings(targets, filings or {}, today, PlanModel(), arrivals)


def test_a_filing_is_due_for_each_period_that_ended_and_for_none_that_runs():
    assert [d.period.text for d in due([target()])] == ["2026年第一季度", "2026年第二季度"]
    assert [d.period.text for d in due([target()], today=date(2026, 6, 30))] == ["2026年第一季度"]  # its last day runs
    assert due([target(frequency="年")]) == []
    assert due([target(frequency="")]) == []


def test_the_period_of_the_deadline_is_the_last_and_that_of_the_start_the_first():
    short = target(deadline=date(2026, 2, 10), frequency="月", since=date(2026, 1, 20))
    assert [d.period.text for d in due([short])] == ["2026-01", "2026-02"]


def test_on_time_is_within_ten_days_of_the_end_by_the_day_it_bears():
    of = {("示例立项数", "k1"): [filed("2026-04-10", "2026年第一季度"), filed("2026-07-11", "2026年二季度")]}
    first, second = due([target()], of)
    assert (bool(first.filed), first.on_time) == (True, True)
    assert (bool(second.filed), second.on_time) == (True, False)


def test_without_a_period_a_filing_is_for_the_one_in_which_its_day_lies():
    first, second = due([target()], {("示例立项数", "k1"): [filed("2026-05-08")]})
    assert (first.filed, bool(second.filed)) == ((), True)


def test_a_filing_of_tomorrow_is_not_there_yet():
    later = {("示例立项数", "k1"): [filed("2026-08-06", "2026年第一季度")]}
    assert due([target()], later)[0].filed == ()


def test_one_filing_serves_all_targets_of_a_name():
    two = [target(), target(deadline=date(2026, 9, 30))]
    assert len(due(two)) == 2


def test_who_misses_most_is_first_and_the_missing_are_named():
    city = TargetSubject(CITY, CITY)
    filings = {("示例城市数", ""): [filed("2026-03-31"), filed("2026-06-30")]}
    all_due = due([target(owners=("示例局",)), target("示例城市数", subject=city)], filings)
    counties = by_county(all_due)
    assert [(c.county, len(c.due), c.filed, c.on_time) for c in counties] == [("示例县", 2, 0, 0), ("", 2, 2, 2)]
    assert [(d.indicator, d.owners) for d in counties[0].missing] == [("示例立项数", ("示例局",))] * 2
    assert [(c.period.text, c.county) for c in by_period(all_due)][:2] == [
        ("2026年第二季度", ""),
        ("2026年第二季度", "示例县"),
    ]


def test_a_batch_that_files_again_after_the_lock_is_named():
    of = {
        ("示例立项数", "k1"): [
            filed("2026-04-08", "2026年第一季度", 1, (1,)),
            filed("2026-04-09", "2026年第一季度", 3, (2, 3)),
        ]
    }
    loaded = {1: (1, date(2026, 4, 8)), 2: (2, date(2026, 4, 9)), 3: (7, date(2026, 7, 1))}
    first = due([target()], of, arrivals=loaded)[0]
    assert first.locked
    assert first.changes == (7,)
    assert due([target()], of, arrivals=loaded | {3: (7, date(2026, 4, 10))})[0].changes == ()


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2026-3", "2026-03"), ("2026年3月份", "2026-03"), ("2026.12", "2026-12"), ("2026年", "2026年"), ("2026年度", "2026年"),
        ("2026年第3季度", "2026年第三季度"), ("2026 年 四季度", "2026年第四季度"), ("2026-Q1", "2026年第一季度"), ("2026年上半年", "2026年上半年"),
        ("2026年13月", None), ("上半年", None), ("", None),
    ],
)  # fmt: skip
def test_periods_are_read_as_people_write_them(written, text):
    period = period_called(written)
    assert (period.text if period else None) == text


@pytest.mark.parametrize("frequency", ["月", "季", "半年", "年"])
def test_periods_join_without_a_gap(frequency):
    periods = list(ended_periods(date(2023, 5, 17), None, date(2026, 1, 1), frequency))
    assert periods[0].first <= date(2023, 5, 17) <= periods[0].last
    assert all((b.first - a.last).days == 1 for a, b in pairwise(periods))
    assert all(period_called(p.text) == p for p in periods)
    assert periods[-1].last == date(2025, 12, 31)
    assert Period(2025, 1, "年") in periods or frequency != "年"


SHEETS = {
    "县市区": [["名称", "上级"], ["示例市", None], ["示例县", "示例市"]],
    "产业链": [["名称", "县市区"], ["示例锯床产业链", "示例县"]],
    "计划": [["名称", "起始年", "结束年"], ["示例计划", 2026, 2026]],
    "指标": [
        ["名称", "对象", "比较", "数值", "单位", "期限", "计划", "频次", "责任单位"],
        ["示例立项数", "示例县", "≥", 5, "项", "2026-12", "示例计划", "季", "示例局"],
        ["示例活动数", "示例锯床产业链", "≥", 5, "场", "2026-12", "示例计划", None, None],
    ],
    "完成情况": [
        ["指标", "对象", "数值", "单位", "日期", "期间"],
        ["示例立项数", "示例县", 1, "项", "2026-04-08", "2026年第一季度"],
    ],
}


def test_the_answer_names_what_is_missing_and_what_a_form_may_still_file(city, load_sheets):
    load_sheets(SHEETS)
    state = State(city, GapConfig(), TODAY)
    watch = filing_watch(state, "示例县")
    assert [(c["county"], c["due"], c["filed"], c["on_time"]) for c in watch["counties"]] == [("示例县", 2, 1, 1)]
    missing = watch["counties"][0]["missing"][0]
    assert (missing["indicator"], missing["period"], missing["by"], missing["locked"], missing["owners"]) == (
        "示例立项数", "2026年第二季度", "2026-07-10", True, ["示例局"],
    )  # fmt: skip
    assert watch["changed"] == []
    asked = {a.there.target.name: a for a in asked_filings(state, "示例县")}
    assert [p.caption for p in asked["示例立项数"].periods] == [
        "2026年第二季度（未填，已锁定）",
        "2026年第一季度（已填，已锁定）",
    ]
    assert asked["示例立项数"].is_correction("2026年第一季度")
    assert not asked["示例立项数"].is_correction("2026年第二季度")
    assert asked["示例活动数"].cells() == {"指标": "示例活动数", "对象": "示例锯床产业链", "县市区": "示例县"}
    assert asked_filings(state, "") == []
