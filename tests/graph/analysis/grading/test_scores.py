"""Scores, one fact each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reference_property import cities, grades
from world import World

from graph.analysis.grading.statuses import SCORES, TOO_FEW_REGIONS
from graph.analysis.supply.availability import Supply


def saw() -> World:
    """锯条 (bought in part) feeds 锯床 (two firms)."""
    w = World().segment("锯条").segment("锯床").feed("锯条", "锯床").source("锯条", "示例外省厂", 0.4)
    return w.firm("甲", "锯条", 100).firm("乙", "锯床", 240).firm("丙", "锯床", 60)


def test_every_component_follows_its_formula():
    scores = saw().grade()["锯条"].scores
    assert scores.gap.value == 40
    assert scores.criticality.value == 100
    assert scores.concentration.value == 100
    assert scores.external.value == 40
    assert scores.priority == pytest.approx((0.3 * 40 + 0.25 * 100 + 0.15 * 100 + 0.15 * 40) / 0.85, abs=1e-6)


def test_what_is_not_known_is_left_out_and_not_zero():
    scores = saw().grade()["锯床"].scores
    assert (scores.gap.value, scores.external.value) == (None, None)
    assert scores.concentration.value == pytest.approx(68)
    assert scores.priority == pytest.approx((0.25 * 75 + 0.15 * 68) / 0.40, abs=1e-6)


def test_criticality_goes_by_number_of_segments_where_an_output_is_missing():
    w = saw().segment("床身").firm("丁", "床身")
    component = w.grade()["锯条"].scores.criticality
    assert component.value == pytest.approx(100 * 2 / 3, abs=1e-6)
    assert "环节数" in component.text


def test_a_segment_with_children_is_lost_with_all_that_is_made_below_it():
    w = (
        World()
        .segment("机床")
        .segment("锯床", parent="机床")
        .firm("甲", "锯床", 10)
        .segment("拉丝机")
        .firm("乙", "拉丝机", 30)
    )
    assert w.grade()["机床"].scores.criticality.value == 25


def test_diversified_purchase_counts_as_at_least_the_floor():
    w = World().segment("锯床").firm("甲", "锯床", 1)
    for k in range(8):
        w.source("锯床", f"示例来源{k}", 0.1)
    assert w.grade()["锯床"].scores.external.value == pytest.approx(100 * 0.8 * 0.25)


def test_few_regions_compare_nothing_and_say_so():
    scores = saw().grade()["锯条"].scores
    assert (scores.feasibility.value, scores.feasibility.text) == (None, TOO_FEW_REGIONS)
    assert scores.target == scores.priority


def test_every_score_has_inputs_weight_evidence_and_a_sentence():
    for name in (s.name for s in SCORES.values() if s.weighed):
        part = getattr(saw().grade()["锯条"].scores, name)
        assert part.inputs
        assert part.weight > 0
        assert part.evidence
        assert part.text.endswith("。")


def test_a_sum_takes_no_rank_beside_its_parts():
    w = World().segment("机床").segment("锯床", parent="机床").firm("甲", "锯床", 10)
    ranks = {i: r.scores.rank for i, r in w.grade().items()}
    assert ranks == {"机床": None, "锯床": 1}


@settings(max_examples=20, deadline=None)
@given(cities())
def test_ranks_and_how_often_they_hold_are_the_same_every_time(w):
    one, other = grades(Supply(w.facts())), grades(Supply(w.facts()))
    assert one == other
    for row in one.values():
        if row.scores and row.scores.rank:
            assert 0 <= row.scores.rank_holds <= 1


@settings(max_examples=60, deadline=None)
@given(cities(outputs=True), st.data())
def test_a_giant_elsewhere_changes_nothing_here_but_criticality(w, data):
    """At any other segment that neither feeds, is fed by, holds nor lies below this one."""
    facts = w.facts()
    names = sorted(w.segments)
    near = {(a, b) for f in facts.feeds for a, b in ((f.source, f.target), (f.target, f.source))}
    near |= {(s.id, s.parent) for s in facts.segments} | {(s.parent, s.id) for s in facts.segments}
    giant = data.draw(st.sampled_from(names))
    touched = {giant}
    while more := {b for a, b in near if a in touched and b} - touched:
        touched |= more
    before = grades(Supply(facts))
    w.firm("示例巨头", giant, 1e9, honours=("单项冠军",))
    after = grades(Supply(w.facts()))
    for ident in set(names) - touched:
        was, now = before[ident], after[ident]
        assert (was.status, set(was.flags) - {"协同"}) == (now.status, set(now.flags) - {"协同"})
        if was.scores:
            for name in set(SCORES) - {"criticality"}:
                assert getattr(was.scores, name) == getattr(now.scores, name)


@settings(max_examples=40, deadline=None)
@given(cities())
def test_nothing_unsurveyed_is_missing_and_nothing_unsurveyed_or_sold_to_has_a_score(w):
    for ident, row in grades(Supply(w.facts())).items():
        stopped = any(t.state == "停产" for t in w.stands)
        if w.segments[ident].surveyed == "否" and row.stated is None and row.total == 0 and not stopped:
            assert row.status in ("未知", "不适用")
        if row.status in ("未知", "不适用"):
            assert row.scores is None
