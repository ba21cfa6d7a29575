"""The smallest step up, one fact each; minimality against trying everything is in test_reference_property."""

from __future__ import annotations

import pytest
from world import World

from graph.analysis.facts import PlatformFact


def broken() -> World:
    """锯床 needs 锯条 and 床身, which nobody makes or sells here."""
    w = World().segment("锯条").segment("床身").segment("锯床").firm("甲", "锯床", 1)
    return w.feed("锯条", "锯床").feed("床身", "锯床")


def test_a_break_is_mended_by_one_source_for_each_missing_input():
    flip = broken().grade()["锯床"].flip
    assert (flip.to, flip.steps) == ("弱链", 2)
    assert {(c.what, c.segment) for c in flip.changes} == {("外部来源", "锯条"), ("外部来源", "床身")}


def test_one_source_of_what_both_inputs_lack_is_fewer():
    w = broken().segment("钢").feed("钢", "锯条").feed("钢", "床身").firm("乙", "锯条", 1).firm("丙", "床身", 1)
    flip = w.grade()["锯床"].flip
    assert (flip.steps, flip.changes[0].segment) == (1, "钢")
    assert flip.text == "补上“钢”的供给（各1家企业或1个外购来源） → 薄弱"


def test_one_maker_below_serves_two_inputs_where_two_sources_would_be_needed():
    w = World().segment("刀具").segment("锯条", parent="刀具").segment("锯床").firm("甲", "锯床", 1)
    flip = w.feed("刀具", "锯床").feed("锯条", "锯床").grade()["锯床"].flip
    assert (flip.steps, flip.text) == (1, "“锯条”各有1家企业投产 → 薄弱")


def test_a_missing_segment_needs_its_first_maker_and_what_that_maker_needs():
    w = World().segment("钢").segment("锯条").segment("锯床").feed("钢", "锯条").feed("锯条", "锯床")
    flip = w.firm("甲", "锯床", 1).grade()["锯条"].flip
    assert (flip.to, flip.steps) == ("弱链", 2)
    assert flip.text == "有1家企业投产，并补上“钢”的供给（各1家企业或1个外购来源） → 薄弱"


def test_in_a_loop_the_first_maker_brings_its_own_input_back():
    w = World().segment("锯条").segment("废钢").feed("锯条", "废钢").feed("废钢", "锯条").firm("甲", "废钢", 1)
    flip = w.grade()["锯条"].flip
    assert (flip.to, flip.steps, flip.text) == ("弱链", 1, "有1家企业投产 → 薄弱")


def test_where_a_report_counts_more_than_have_a_name_the_named_have_to_reach_the_number():
    w = World().segment("锯床", stated=2).firm("甲", "锯床", 1)
    flip = w.grade()["锯床"].flip
    assert (flip.steps, flip.text) == (2, "列名在产企业再有2家 → 稳定")
    assert w.firm("乙", "锯床", 1).firm("丙", "锯床", 1).grade()["锯床"].status == "稳链"


@pytest.mark.parametrize(("status", "text"), [("未知", "先摸底"), ("空白", "延链"), ("卡脖子", "攻关")])
def test_a_task_stands_where_no_distance_is_counted(status, text):
    w = World().segment("未知", surveyed="否").segment("空白").segment("卡脖子", controlled=True)
    flip = w.grade()[status].flip
    assert (flip.to, flip.steps) == (None, None)
    assert text in flip.text


def test_newcomers_of_the_right_size_spread_the_output_enough():
    w = World().segment("整机").firm("大", "整机", 70, honours=("国高",))
    for name in ("小", "微"):
        w.firm(name, "整机", 15)
    w.platforms.append(PlatformFact("示例平台", "整机", w.row()))
    row = w.grade()["整机"]
    assert row.hhi == pytest.approx(0.535)
    assert (row.flip.to, row.flip.steps) == ("强链", 2)  # 1 / (1/0.535 + 1) = 0.349, with two 0.259
    for name in ("新一", "新二"):
        w.firm(name, "整机", 100 * row.hhi)
    assert w.grade()["整机"].status == "强链"


def test_what_a_strong_segment_still_lacks_is_listed():
    w = World().segment("整机")
    for name in "甲乙丙丁":
        w.firm(name, "整机")
    flip = w.grade()["整机"].flip
    assert flip.text == "补齐各企业同一年产值、1家取得高新、小巨人等资质、1个平台或1项成果 → 优势"


def test_the_strongest_has_no_step_left():
    w = World().segment("整机")
    for name in "甲乙丙丁":
        w.firm(name, "整机", 1, honours=("单项冠军",))
    w.platforms.append(PlatformFact("示例平台", "整机", w.row()))
    assert (w.grade()["整机"].status, w.grade()["整机"].flip) == ("强链", None)
