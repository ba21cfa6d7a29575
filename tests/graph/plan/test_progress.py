"""Where a target stands: the value by its deadline, growth against its base, and what came too late."""

from __future__ import annotations

from datetime import date

import pytest

from graph.plan.chain_targets import asked_text, reached_text, verdict_text
from graph.plan.progress import Filing, Goal, progress_of

TODAY = date(2026, 11, 1)


def filed(value, written, unit=None):
    return Filing(value, date.fromisoformat(written), unit, written)


def words(goal, *filings, today=TODAY):
    there = progress_of(goal, filings, today)
    return there.met, reached_text(goal, there), verdict_text(goal, there)


SIX = filed(6, "2024-12-20", "项")
ELEVEN = filed(11, "2026-06-30", "项")


def test_what_is_filed_after_the_deadline_does_not_count_for_it():
    past = Goal("累计≥", 6, "项", date(2024, 12, 31))
    ahead = Goal("累计≥", 15, "项", date(2026, 12, 31))
    assert words(past, ELEVEN, SIX) == (True, "6项（2024-12-20）", "已达标")
    assert words(ahead, ELEVEN, SIX) == (False, "11项（2026-06-30）", "尚差4项")
    assert words(ahead, ELEVEN, SIX, today=date(2025, 1, 1)) == (False, "6项（2024-12-20）", "尚差9项")


def test_growth_is_told_against_its_base_in_percent_a_year():
    goal = Goal("增长≥", 8, "%", date(2026, 12, 31), 2024, 177100)
    assert words(goal, filed(188300, "2025-12-31", "万元")) == (
        False, "年均+6.3%（2025-12-31为188300万元）", "尚差1.7个百分点",
    )  # fmt: skip
    assert words(goal, filed(8.4, "2025-12-31", "%")) == (True, "8.4%（2025-12-31）", "已达标")
    two_years = Goal("增长≥", 10, "%", None, 2023, 100)
    assert progress_of(two_years, [filed(121, "2025-12-31", "万元")], TODAY).met


@pytest.mark.parametrize("goal", [Goal("增长≥", 8, "%"), Goal("增长≥", 8, "%", None, 2025, 100), Goal("增长≥", 8, "%", None, 2024, 0)])  # fmt: skip
def test_growth_without_a_base_before_it_is_not_computed(goal):
    met, reached, verdict = words(goal, filed(188300, "2025-12-31", "万元"))
    assert (met, verdict) == (None, "待核实")
    assert "缺少基期" in reached


def test_a_value_that_came_after_the_deadline_is_told_beside_it():
    goal = Goal("≥", 10, "项", date(2024, 6, 30))
    assert words(goal, filed(17, "2026-06-30", "项")) == (None, "期限前未报", "到期后达标（2026-06-30为17项）")
    covered = Goal("≥", 85, "%", date(2024, 12, 31))
    later = filed(88.5, "2026-06-30", "%")
    assert words(covered, filed(83, "2024-12-31", "%"), later) == (
        False, "83%（2024-12-31）", "到期后达标（2026-06-30为88.5%）",
    )  # fmt: skip
    assert words(covered, filed(83, "2024-12-31", "%")) == (False, "83%（2024-12-31）", "到期未达标，尚差2个百分点")
    assert words(Goal("清零", None, "家", date(2024, 12, 31)), filed(1, "2025-12-31", "家"))[1:] == (
        "期限前未报", "到期后仍未达标（2025-12-31为1家）",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "value", "unit", "met"),
    [
        (Goal("≤", 3, "%"), 2.1, "%", True),
        (Goal("<", 3, "%"), 3.0, "%", False),
        (Goal(">", 90, "%"), 90.0, "%", False),
        (Goal("=", 3, "家"), 3.0, "家", True),
        (Goal("清零", None, "家"), 1.0, "家", False),
        (Goal("倍增", None, "家", None, 2023, 6), 12.0, "家", True),
        (Goal("倍增", 3, "家", None, 2023, 6), 12.0, "家", False),
        (Goal("倍增", None, "家"), 12.0, "家", None),
        (Goal("完成"), True, None, True),
        (Goal("完成"), 5.0, "项", None),
        (Goal("≥", 2, "亿元"), 25000.0, "万元", True),
        (Goal("≥", 2, "亿元"), 5.0, "%", None),
        (Goal(None, 2, "项"), 5.0, "项", None),
    ],
)  # fmt: skip
def test_each_comparison_has_its_own_rule(goal, value, unit, met):
    assert progress_of(goal, [filed(value, "2025-12-31", unit)], TODAY).met is met


def test_every_year_is_judged_by_its_own_value():
    goal = Goal("每年≥", 1, "场", date(2026, 12, 31))
    both = filed(2, "2025-05-16", "场"), filed(1, "2026-04-20", "场")
    assert words(goal, *both) == (True, "2025年2场、2026年1场", "已达标")
    assert words(goal, both[0])[0] is None, "this year is not filed yet"
    assert words(Goal("每年≥", 1, "场", date(2025, 12, 31)), filed(0, "2025-05-16", "场"))[2].startswith("到期未达标")


def test_nothing_filed_is_never_called_missed():
    assert words(Goal("≥", 6, "项", date(2027, 1, 1))) == (None, "未报", "未报")
    assert words(Goal("≥", 6, "项", date(2024, 1, 1))) == (None, "未报", "到期未报")


def test_what_is_asked_is_said_in_words():
    assert asked_text(Goal("倍增", None, "家", None, 2023, 6)) == "比2023年的6家倍增，达到12家"
    assert asked_text(Goal("增长≥", 8, "%", None, 2024, 177100), "万元") == "年均增长不低于8%（比2024年的177100万元）"
    assert asked_text(Goal(">", 90, "%")) == "超过90%"
    assert asked_text(Goal("每年≥", 1, "场")) == "每年不少于1场"
    assert asked_text(Goal("完成")) == "完成"
