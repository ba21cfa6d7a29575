"""Whether a value meets what a target asks, each comparison by its own rule, and what is asked in words."""

from __future__ import annotations

from datetime import date

import pytest

from graph.plan.chain_targets import asked_text
from graph.plan.progress import Filing, Goal, comparable, is_met


def filed(value, written, unit=None):
    return Filing(value, date.fromisoformat(written), unit, written)


def test_growth_is_told_against_its_base_in_percent_a_year():
    goal = Goal("增长≥", 8, "%", date(2026, 12, 31), 2024, 177100)
    grown = filed(188300, "2025-12-31", "万元")
    assert round(comparable(goal, grown), 1) == 6.3
    assert is_met(goal, grown) is False
    assert is_met(goal, filed(8.4, "2025-12-31", "%")) is True
    assert is_met(Goal("增长≥", 10, "%", None, 2023, 100), filed(121, "2025-12-31", "万元")) is True


@pytest.mark.parametrize("goal", [Goal("增长≥", 8, "%"), Goal("增长≥", 8, "%", None, 2025, 100), Goal("增长≥", 8, "%", None, 2024, 0)])  # fmt: skip
def test_growth_without_a_base_before_it_is_not_computed(goal):
    assert comparable(goal, filed(188300, "2025-12-31", "万元")) is None
    assert is_met(goal, filed(188300, "2025-12-31", "万元")) is None


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
    assert is_met(goal, filed(value, "2025-12-31", unit)) is met


def test_nothing_filed_is_never_called_missed():
    assert is_met(Goal("≥", 6, "项", date(2024, 1, 1)), None) is None


def test_what_is_asked_is_said_in_words():
    assert asked_text(Goal("倍增", None, "家", None, 2023, 6)) == "比2023年的6家倍增，达到12家"
    assert asked_text(Goal("增长≥", 8, "%", None, 2024, 177100), "万元") == "年均增长不低于8%（比2024年的177100万元）"
    assert asked_text(Goal(">", 90, "%")) == "超过90%"
    assert asked_text(Goal("每年≥", 1, "场")) == "每年不少于1场"
    assert asked_text(Goal("完成")) == "完成"
