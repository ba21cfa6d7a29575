"""What a change would do, one fact each; equality with grading anew is in test_reference_property."""

from __future__ import annotations

import pytest
from world import TODAY, World

from graph.analysis.config import GapConfig
from graph.analysis.facts import AchievementFact
from graph.analysis.scenario import Effect, Landing, Purchase, Scenario, changed_shares, what_if
from graph.analysis.supply.availability import Supply


def effect(w: World, **changes: tuple) -> Effect:
    return what_if(Supply(w.facts()), Scenario(**changes), "链", config=GapConfig(), today=TODAY)


def after(w: World, **changes: tuple) -> dict:
    return {r.segment_id: r for r in effect(w, **changes).after}


def saw() -> World:
    """锯条 feeds 锯床; one firm on each."""
    w = World().segment("锯条").segment("锯床").feed("锯条", "锯床")
    return w.firm("甲", "锯条", 10).firm("乙", "锯床", 10)


def test_losing_the_only_maker_of_an_input_breaks_its_user_and_is_no_contradiction():
    found = effect(saw(), remove=("甲",))
    assert found.stopped == ("锯条", "锯床")
    assert {a.segment: (b.status, b.caption) for a, b in found.changed()} == {
        "锯条": ("缺链", "缺失"),
        "锯床": ("断链", "断点"),
    }


def test_taking_away_a_firm_that_had_stopped_explains_no_break():
    w = World().segment("锯条").segment("锯床").feed("锯条", "锯床").firm("乙", "锯床", 1)
    w.firm("旧厂", "锯条", state="停产")
    assert after(w, remove=("旧厂",))["锯床"].caption == "断点·待核实"


def test_a_loss_lowers_the_count_that_a_report_states():
    w = World().segment("锯床", stated=3).firm("甲", "锯床", 1)
    assert after(w, remove=("甲",))["锯床"].total == 2


def test_removing_makes_nothing_unknown():
    w = World().segment("锯床", surveyed="否").firm("甲", "锯床", 1)
    assert after(w, remove=("甲",))["锯床"].status == "空白"


def test_landing_at_an_unsurveyed_segment_makes_its_makers_known_and_those_above():
    w = World().segment("机床", surveyed="否").segment("锯床", parent="机床", surveyed="否")
    found = after(w, add=(Landing("示例新厂", "锯床"),))
    assert [found[x].status for x in ("机床", "锯床")] == ["弱链", "弱链"]


def test_a_survey_that_finds_no_source_lets_the_break_show():
    w = World().segment("锯条", surveyed="仅本地").segment("锯床").feed("锯条", "锯床").firm("乙", "锯床", 1)
    assert after(w)["锯床"].status == "弱链"
    found = after(w, survey=("锯条",))
    assert (found["锯床"].status, found["锯条"].available) == ("断链", False)


def test_buying_an_input_restores_what_needs_it():
    w = saw()
    w.stands.pop(0)
    found = effect(w, buy=(Purchase("示例外省厂", "锯条", 0.6),))
    assert found.restored == ("锯条", "锯床")
    assert {r.segment: r.external_share for r in found.after}["锯条"] == 0.6


def test_a_landing_with_output_takes_its_share_in_the_year_that_counts_here_and_above():
    w = World().segment("机床").segment("锯床", parent="机床").segment("拉床", parent="机床")
    w.firm("甲", "拉床", 30, year=2023).firm("甲", "拉床", 99, year=2024).firm("乙", "拉床", 10, year=2023)
    found = effect(w, add=(Landing("示例新厂", "锯床", 60.0),))
    shares = {m.name: m.share for m in next(r for r in found.after if r.segment == "机床").makers}
    assert shares == {"甲": 0.3, "示例新厂": 0.6, "乙": 0.1}
    assert set(changed_shares(found)) == {"机床", "锯床"}


def test_a_firm_that_stands_here_already_lands_with_its_new_output_not_with_both():
    w = World().segment("锯床").firm("甲", "锯床", 10).firm("乙", "锯床", 10)
    shares = {m.name: m.share for m in after(w, add=(Landing("甲", "锯床", 30.0),))["锯床"].makers}
    assert shares == {"甲": 0.75, "乙": 0.25}


def test_an_outside_firm_that_lands_brings_honours_and_achievements():
    w = World().segment("锯床").firm("外企", "锯床", external=True, honours=("单项冠军",), location="示例省")
    w.achievements.append(AchievementFact("示例成果", "外企", w.row()))
    for name in "甲乙丙":
        w.firm(name, "锯床", 10)
    found = after(w, add=(Landing("外企", "锯床", 10.0),))
    assert (found["锯床"].n, found["锯床"].status) == (4, "强链")


def test_scenarios_add_up_in_any_order():
    w = saw()
    leave, land = Scenario(remove=("甲",)), Scenario(add=(Landing("甲", "锯床", 5.0),))
    options = {"chain": "链", "config": GapConfig(), "today": TODAY}
    one, other = (what_if(Supply(w.facts()), s, **options) for s in (leave + land, land + leave))
    assert one.after == other.after
    assert {m.name: m.share for r in one.after for m in r.makers} == {
        "乙": pytest.approx(2 / 3),
        "甲": pytest.approx(1 / 3),
    }


def test_cuts_gained_and_lost_are_told():
    found = effect(saw(), add=(Landing("示例新厂", "锯条"),))
    assert [c.lost[0].id for c in found.cuts_lost] == ["甲"]
    assert found.cuts_gained == ()
